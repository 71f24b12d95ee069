"""The one walk over a graph: whatever computes or draws a gradient goes through `history`."""


def history(output):
    """Return every node that `output` was computed from, each one after its inputs.

    output: a Value or a Tensor; it ends the list. Constants are not nodes.
    The walk keeps its own stack: to Python, a chain of a million operations is no deeper than one.
    """
    order = []
    met = set()
    stack = [output]
    while stack:
        node = stack.pop()
        if node is None:  # all inputs of the node below this mark are in the list by now
            order.append(stack.pop())
        elif node not in met:
            met.add(node)
            stack.append(node)
            stack.append(None)
            for source in node.inputs:
                if source not in met:
                    stack.append(source)
    return order


def reverse(output, no_grad):
    """Return the nodes of `history(output)` last first, ready to receive their gradients.

    no_grad: the gradient of every node in between from now on, and of a leaf that has None.
    Other leaves keep what earlier passes left there: a backward pass adds to it.
    """
    order = history(output)
    for node in order:
        if node.inputs or node.grad is None:
            node.grad = no_grad
    order.reverse()
    return order
