"""Writes what PyTorch makes of chapter 9's model into learnkit/data/twin.json, for where it is
not installed.

python -m tools.store_twin
"""

import json

from learnkit.autograd.graph import history
from learnkit.exercises.chapter_09 import twin_task
from tools.common import ROOT

FILE = ROOT / "learnkit" / "data" / "twin.json"


def main():
    FILE.write_text(json.dumps(measured()) + "\n", encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)} written.")


def measured():
    """Return all that the chapter shows of PyTorch, as JSON can hold it."""
    import torch

    from learnkit import microscope, twin

    task = twin_task()
    model, _ = twin.train_in_torch(*task, lr=0.03, steps=1)
    output, names = microscope.graph_of(*twin.small_module())
    return {
        "version": torch.__version__.split("+")[0],
        "slopes": {name: slope.tolist() for name, slope in twin.slopes_of(model).items()},
        "curve": twin.train_in_torch(*task, lr=0.03, steps=200)[1],
        "check": str(microscope.check_module(*twin.small_module())),
        "graph": as_plain(output, names),
    }


def as_plain(output, names):
    """Return a graph as lists: of each node its data, inputs, what it pulled back, and op."""
    output.backward()
    order = history(output)
    place = {node: i for i, node in enumerate(order)}
    nodes = []
    for node in order:
        pulled = [pull(node.grad).tolist() for pull in node.pulls]
        nodes.append([node.data.tolist(), [place[s] for s in node.inputs], pulled, node.op])
    return {"nodes": nodes, "names": {name: place[node] for name, node in names.items()}}


if __name__ == "__main__":
    main()
