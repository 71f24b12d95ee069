"""How things look: the names of colours and shapes, and the looks that several visuals share."""

# names of colours; painter.css and picture.py say what they are in each theme
COLOURS = (
    "ink",
    "muted",
    "faint",
    "paper",
    "blue",
    "orange",
    "vermilion",
    "green",
    "purple",
)
# viridis, dark for low and light for high, readable in grey and by all kinds of colour vision
PALETTE = [
    [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    for colour in (
        "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725".split()
    )
]
# outlines of radius 1, as SVG paths: kinds of dots differ by shape, not by colour alone
MARKERS = {
    "circle": "M1 0A1 1 0 1 1-1 0 1 1 0 1 1 1 0z",
    "square": "M-.9-.9H.9V.9H-.9z",
    "triangle": "M0-1.2 1.1.8H-1.1z",
    "diamond": "M0-1.3 1.3 0 0 1.3-1.3 0z",
    "star": "M0-1.6.4-.5 1.5-.5.6.2 1 1.3 0 .6-1 1.3-.6.2-1.5-.5-.4-.5z",
    "box": "M-1-.8Q-1-1-.9-1H.9Q1-1 1-.8V.8Q1 1 .9 1H-.9Q-1 1-1 .8z",
}
# by which short arrows are drawn out until they are seen
FACTORS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
MIDDLE_GREY = 117  # of 255: black and white are equally far from it
# what the page's painter is told of all this
LOOKS = {"palette": PALETTE, "markers": MARKERS, "factors": FACTORS, "middleGrey": MIDDLE_GREY}
