"""A log out of its tiles and bundles (specs/log.md), in a folder or at an address."""

import urllib.error
import urllib.request
from pathlib import Path

from . import tree
from .chain import Chain
from .notes import Checkpoint, decimal
from .refusal import Refused

WIDTH = 256


class Source:
    """Resources below a folder or an address; a missing one is None."""

    def __init__(self, place):
        self.place = str(place).rstrip("/")

    def get(self, path):
        if self.place.startswith(("http://", "https://")):
            try:
                with urllib.request.urlopen(f"{self.place}/{path}", timeout=30) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    return None
                raise
        file = Path(self.place, path)
        return file.read_bytes() if file.is_file() else None


def number(index):
    text = f"{index % 1000:03d}"
    while index := index // 1000:
        text = f"x{index % 1000:03d}/{text}"
    return text


def tile_path(level, index, width, kind=None):
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level if kind is None else kind}/{number(index)}{partial}"


def tiles(size):
    """Level, index and width of every tile of a tree."""
    for level in range(64):
        hashes = size >> (8 * level)
        if not hashes:
            return
        for index in range(hashes // WIDTH):
            yield level, index, WIDTH
        if hashes % WIDTH:
            yield level, hashes // WIDTH, hashes % WIDTH


def fetch(source, level, index, width, kind=None):
    """A tile or bundle; where a partial one is gone, the full one, of which it is the beginning."""
    data = source.get(tile_path(level, index, width, kind))
    if data is None and width < WIDTH:
        data = source.get(tile_path(level, index, WIDTH, kind))
    if data is None:
        raise Refused("missing", tile_path(level, index, width, kind))
    return data


def split_bundle(data, width, path):
    entries, position = [], 0
    while position < len(data) and len(entries) < width:
        length = int.from_bytes(data[position : position + 2], "big")
        entry = data[position + 2 : position + 2 + length]
        if not length or len(entry) != length:
            raise Refused("bundle", path)
        entries.append(entry)
        position += 2 + length
    if len(entries) != width:
        raise Refused("bundle", path)
    return entries, position


class Log:
    """Every entry of a log at its checkpoint, checked byte by byte.

    Where it is followed, the keys that sign it are those that its roots name, and the keys given
    need only have signed what those roots are in."""

    def __init__(self, place, keys, known=(), follow=False):
        self.source = Source(place)
        note = self.source.get("checkpoint")
        if note is None:
            raise Refused("missing", "checkpoint")
        self.entries, self.leaves, self.chain = [], [], None
        if follow:
            self.read_level_0(claimed_size(note))
            self.chain = Chain(self.entries)
            self.checkpoint = Checkpoint(note, self.chain.log_keys())
        else:
            self.checkpoint = Checkpoint(note, keys)
            self.read_level_0(self.checkpoint.size)
        self.check_above()
        if tree.root(self.leaves) != self.checkpoint.root:
            raise Refused("root", str(self.checkpoint.size))
        for kept in known:
            self.check_known(kept)
        if follow:
            self.check_anchor(note, keys, known)

    def check_anchor(self, note, keys, known):
        """A key that was given signs this tree, or has signed an earlier one with the roots in it;
        else anybody could name roots and keys of their own."""
        if any(kept.size >= self.chain.founded for kept in known):
            return
        pinned = {key.public for key in keys}
        try:
            Checkpoint(note, [key for key in self.chain.log_keys() if key.public in pinned])
        except Refused:
            raise Refused("unknown-key", "nothing leads from a key given to this tree") from None

    def read_level_0(self, size):
        for level, index, width in tiles(size):
            if level:
                break
            path = tile_path(0, index, width, "entries")
            bundle = fetch(self.source, 0, index, width, "entries")
            entries, end = split_bundle(bundle, width, path)
            if end != len(bundle) and self.source.get(path) is not None:
                raise Refused("bundle", path)
            leaves = [tree.leaf(entry) for entry in entries]
            self.compare(0, index, width, leaves)
            self.entries += entries
            self.leaves += leaves

    def check_above(self):
        hashes, level = self.leaves, 0
        while len(hashes) >= WIDTH:
            level += 1
            count = len(hashes) // WIDTH
            hashes = [tree.root(hashes[i * WIDTH : (i + 1) * WIDTH]) for i in range(count)]
            for index in range(0, count, WIDTH):
                row = hashes[index : index + WIDTH]
                self.compare(level, index // WIDTH, len(row), row)

    def compare(self, level, index, width, hashes):
        path, wanted = tile_path(level, index, width), b"".join(hashes)
        exact = self.source.get(path)
        if exact is None:
            exact = fetch(self.source, level, index, width)[: 32 * width]
        if exact != wanted:
            raise Refused("tile", path)

    def check_known(self, kept):
        if kept.origin != self.checkpoint.origin or kept.size > self.checkpoint.size:
            raise Refused("rewound", str(kept.size))
        if tree.root(self.leaves[: kept.size]) != kept.root:
            raise Refused("forked", str(kept.size))


def claimed_size(note):
    """What a note says of its size, before anybody has checked who signed it."""
    lines = note.split(b"\n")
    if len(lines) < 3:
        raise Refused("checkpoint", "three lines")
    return decimal(lines[1].decode("ascii", "replace"))
