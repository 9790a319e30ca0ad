"""The Merkle tree of RFC 6962 and RFC 9162: leaves, roots, inclusion and consistency."""

import hashlib

from .refusal import Refused


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves):
    """The root of any number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    peaks = []
    for position, hash_ in enumerate(leaves):
        while position & 1:
            hash_ = node(peaks.pop(), hash_)
            position >>= 1
        peaks.append(hash_)
    result = peaks.pop()
    while peaks:
        result = node(peaks.pop(), result)
    return result


def inclusion_root(hash_, index, size, path):
    """The root to which a path leads (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise Refused("path", "index outside the tree")
    first, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise Refused("path", "too long")
        if first & 1 or first == last:
            hash_ = node(sibling, hash_)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            hash_ = node(hash_, sibling)
        first >>= 1
        last >>= 1
    if last != 0:
        raise Refused("path", "too short")
    return hash_


def path_length(index, size):
    """How many siblings lead from a leaf to the root of a tree of a size."""
    if size == 1:
        return 0
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return 1 + path_length(index, split)
    return 1 + path_length(index - split, size - split)


def is_consistent(size, earlier, later_size, later, proof):
    """Whether the tree of `size` is the beginning of the later one (RFC 9162 section 2.1.4.2)."""
    if not 0 <= size <= later_size:
        return False
    if size == later_size:
        return not proof and earlier == later
    if size == 0:
        return not proof and earlier == root([])
    path = ([earlier] if size & (size - 1) == 0 else []) + list(proof)
    if not path:
        return False
    first, last = size - 1, later_size - 1
    while first & 1:
        first >>= 1
        last >>= 1
    left = right = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            left, right = node(hash_, left), node(hash_, right)
            while not first & 1 and first:
                first >>= 1
                last >>= 1
        else:
            right = node(right, hash_)
        first >>= 1
        last >>= 1
    return last == 0 and left == earlier and right == later


def inclusion_path(leaves, index):
    """The path of a leaf, its sibling first."""
    if len(leaves) <= 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return inclusion_path(leaves[:split], index) + [root(leaves[split:])]
    return inclusion_path(leaves[split:], index - split) + [root(leaves[:split])]
