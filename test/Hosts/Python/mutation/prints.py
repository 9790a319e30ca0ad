"""Writes pairs of fingerprints, the second a relative of the first that was bent, with our verdict.

    python3 -m mutation.prints --zoo DIR [--count N] [--seed N] --out FILE

A line of FILE is a pair: the bytes of both, our refusal of the second or none, and what the pair test
says of the two where it was asked: the strongest test, or several that are as strong.
"""

import argparse
import base64
import json
import random
import struct
import sys
from pathlib import Path

from verifier import kinship
from verifier.fingerprints import BASES, HEAD, LAYER, Fingerprint
from verifier.refusal import Refused

from .changes import plain

HEAD_PLACES = {0: "B", 4: "B", 5: "B", 6: "H", 40: "q", 48: "i", 52: "i"}
LAYER_PLACES = {0: "B", 1: "B", 2: "B", 3: "B", 4: "H", 6: "H", 8: "i", 12: "i"}
EDGES = 0, 1, 2, 4, 8, 9, 15, 16, 64, 65, 512, 513, 1024, 1025, 1_000_000, 1_000_001, 2**31, 2**63


def main():
    parser = argparse.ArgumentParser(prog="mutation.prints")
    parser.add_argument("--zoo", required=True, type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    trained = [path.read_bytes() for path in sorted(options.zoo.glob("*.fingerprint"))]
    with options.out.open("w", encoding="utf-8") as lines:
        for number in range(options.count):
            one = chance.choice(trained) if number % 16 == 0 else Drawn(chance).write()
            print(json.dumps(pair(chance, one, number)), file=lines)
    return 0


def pair(chance, one, number):
    other = one if number % 16 == 0 else relative(chance, Fingerprint(one))
    other = bent(chance, other) if number % 3 else other
    line = {"one": text(one), "other": text(other), "refused": None}
    try:
        read = Fingerprint(other)
    except Refused as refused:
        return line | {"refused": str(refused)}
    if number % 16:
        line["pair"] = [vars(said) for said in kinship.strongest(Fingerprint(one), read)]
    return line


def text(data):
    return base64.b64encode(data).decode()


class Drawn:
    """A fingerprint of a network that never was: of any kinds, views, bases and sizes."""

    def __init__(self, chance):
        self.chance, self.words = chance, chance.choice((1, 1, 1, 8))
        count = chance.choice((0, 1, 1, 2, 2, 3))
        self.words = self.words if count else 1
        alike = self.head(count)
        heads = [alike if chance.random() < 0.8 else self.head(count) for _ in range(count)]
        self.layers = [self.layer(at, head) for at, head in enumerate(heads)]

    def head(self, count):
        chance = self.chance
        views = chance.choice((1, 2, 2, 3, 3, 3, 4, 5, 5, 8))
        units = chance.randint(1, 16)
        among = chance.choice((units, units + 7, 4096))
        return chance.randint(1, 4), views, chance.randint(1, 15), 0, count, among, units

    def layer(self, at, head):
        *first, count, among, units = head
        places = self.chance.sample(range(2 * units + 8), units)
        size = bin(first[2]).count("1") * first[1] * units
        words = [self.chance.randbytes(8 * self.words) for _ in range(size)]
        return LAYER.pack(*first, at, count, among, units) + joined(places, words)

    def write(self):
        numbers = self.chance.randrange(1 << 40), 256, 0
        head = HEAD.pack(b"CNFP", 1, self.words, len(self.layers), self.chance.randbytes(32),
            *numbers, bytes(128))
        return head + b"".join(self.layers)


def joined(places, words):
    return struct.pack(f"<{len(places)}i", *places) + b"".join(words)


def relative(chance, print_):
    """What was made of a network: noise in its bits, its units in another order, views lost."""
    noise, keeps = chance.choice((0, 0.05, 0.15, 0.3)), chance.random() < 0.7
    words, numbers = print_.words, (chance.choice((0, 1)), 1024, 1_000_000)
    weights = chance.choice((print_.weights, *(chance.randbytes(32) for _ in range(4))))
    parts = [HEAD.pack(b"CNFP", 1, words, len(print_.layers), weights, *numbers, bytes(128))]
    for layer in print_.layers:
        order = list(range(layer.units))
        chance.shuffle(order)
        places = [layer.places[unit] for unit in order]
        if not keeps:
            chance.shuffle(places)
        bits = []
        for views in layer.bits.values():
            for view in views:
                again = view if chance.random() < 0.8 else chance.sample(view, len(view))
                bits += (noisy(chance, again[unit], 64 * words, noise) for unit in order)
        bases = sum(1 << BASES.index(basis) for basis in layer.bits)
        parts.append(LAYER.pack(layer.kind, layer.views, bases, 0, layer.number, layer.layers,
            layer.exchangeable, layer.units))
        parts.append(joined(places, (unit.to_bytes(8 * words, "little") for unit in bits)))
    return b"".join(parts)


def noisy(chance, unit, bits, noise):
    for bit in range(bits if noise else 0):
        unit ^= (chance.random() < noise) << bit
    return unit if chance.random() < 0.5 else unit ^ (1 << bits) - 1


def bent(chance, data):
    """A change of one field, of the places of units, of the size, or of any byte."""
    changed, starts = bytearray(data), layer_starts(data)
    kind = chance.randrange(8)
    if kind == 0:
        put(chance, changed, 0, HEAD_PLACES)
    elif kind <= 2 and starts:
        put(chance, changed, chance.choice(starts), LAYER_PLACES)
    elif kind == 3 and starts:
        start = chance.choice(starts) + LAYER.size
        units = int.from_bytes(data[start - 4 : start], "little")
        place = start + 4 * chance.randrange(units)
        changed[place : place + 4] = chance.choice((data[start : start + 4], b"\xff" * 4, bytes(4)))
    elif kind == 4 and starts:
        start = chance.choice(starts)
        changed = more_layers(changed, data[start:], chance.choice((1, 1, 2, 8, 64)))
    elif kind == 5:
        changed[5] ^= 9
    elif kind == 6 and chance.random() < 0.2:
        changed = crowded(changed, *chance.choice(((512, 1), (513, 1), (3, 8), (3, 9))))
    else:
        return plain(chance, data)
    return bytes(changed)


def crowded(changed, units, views):
    """A layer more, with as many units or views as there may be, or one too many."""
    changed[6] += 1
    head = LAYER.pack(2, views, 1, 0, 0, 1, units, units)
    return changed + head + joined(range(units), [bytes(8 * changed[5])] * units * views)


def more_layers(changed, layers, times):
    """The last layers over and over: more than there may be, and more bytes than may be."""
    count = len(layer_starts(bytes(HEAD.size) + layers, changed[5]))
    changed[6:8] = (changed[6] + times * count).to_bytes(2, "little")
    return changed + layers * times


def put(chance, changed, start, places):
    place, code = chance.choice(list(places.items()))
    size = struct.calcsize(code)
    was = int.from_bytes(changed[start + place : start + place + size], "little")
    value = chance.choice((was + 1, was - 1, chance.choice(EDGES), chance.getrandbits(8)))
    changed[start + place : start + place + size] = (value % 256**size).to_bytes(size, "little")


def layer_starts(data, words=None):
    starts, at, words = [], HEAD.size, words or data[5]
    while at + LAYER.size <= len(data):
        _, views, bases, *_, units = LAYER.unpack_from(data, at)
        starts.append(at)
        at += LAYER.size + 4 * units + 8 * words * bin(bases).count("1") * views * units
    return starts


if __name__ == "__main__":
    sys.exit(main())
