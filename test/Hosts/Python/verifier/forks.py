"""The proof that a log contradicted itself (specs/monitor.md, the proof of a fork)."""

from pathlib import Path

from . import tree
from .notes import Checkpoint, base64_bytes
from .refusal import Refused


def check(folder, keys):
    """The two checkpoints that exclude each other; refuses what proves nothing."""
    folder = Path(folder)
    earlier, later = (
        Checkpoint((folder / name).read_bytes(), keys) for name in ("earlier.note", "later.note")
    )
    if earlier.origin != later.origin or earlier.size > later.size:
        raise Refused("not-a-fork", "origins or sizes")
    nodes = [base64_bytes(line) for line in (folder / "nodes.txt").read_text("ascii").split("\n")
        if line]
    if any(len(node) != 32 for node in nodes):
        raise Refused("not-a-fork", "a node of another length")
    if earlier.size == later.size:
        if nodes or earlier.root == later.root:
            raise Refused("not-a-fork", "the same size")
        return earlier, later
    first, last = roots(earlier.size, later.size, nodes)
    if last != later.root:
        raise Refused("not-a-fork", "the nodes do not give the later root")
    if first == earlier.root:
        raise Refused("not-a-fork", "the later tree begins with the earlier")
    return earlier, later


def roots(earlier, later, nodes):
    """The roots after the nodes up to the earlier size, and after all."""
    stack, position, first = [], 0, tree.root([])
    for end, width in subtrees(earlier, later):
        if not nodes:
            raise Refused("not-a-fork", "too few nodes")
        top, size = nodes.pop(0), width
        while stack and stack[-1][1] == size:
            top, size = tree.node(stack.pop()[0], top), size * 2
        stack.append((top, size))
        position += width
        if position == earlier == end:
            first = folded(stack)
    if nodes:
        raise Refused("not-a-fork", "too many nodes")
    return first, folded(stack)


def subtrees(earlier, later):
    for begin, end in ((0, earlier), (earlier, later)):
        while begin < end:
            width = 1
            while width * 2 <= end - begin and begin % (width * 2) == 0:
                width *= 2
            yield end, width
            begin += width


def folded(stack):
    """The root of what lies on the stack, from the top."""
    root = stack[-1][0]
    for below, _ in reversed(stack[:-1]):
        root = tree.node(below, root)
    return root
