"""What a visual says of itself at a step, for tests: it opens before the first."""


def told_at(player, step):
    """The sentence that describes the visual when its run has come to `step`."""
    player.lens.state["frame"] = step
    return player.lens.words(player.scene["description"])


def told_at_the_end(player):
    """The sentence that describes the visual when its run is over."""
    [frames] = [c["frames"] for c in player.scene["controls"] if "frames" in c]
    return told_at(player, frames - 1)
