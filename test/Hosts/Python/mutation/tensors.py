"""Writes safetensors files of odd numbers, types and sizes, with the digests that we have of them.

    python3 -m mutation.tensors [--count N] [--seed N] --out FILE

A line of FILE is a file: its bytes, and the digest of each of its tensors by name.
"""

import argparse
import base64
import json
import random
import struct
import sys
from pathlib import Path

from verifier import tensors

WIDTHS = tensors.FLOATS | {kind: width for kind, (_, width) in tensors.STORED.items()}
#: As F32: zeros, infinities, NaNs, the largest and least of F16 and BF16, and their neighbours.
ODD = (
    0, 0x80000000, 0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC00001, 0x7F800001, 0x477FE000,
    0x477FE001, 0x47800000, 0x33800000, 0x33000000, 0x38800000, 0x387FC000, 0x00010000, 0x00000001,
    0x7F7FFFFF, 0x7F7F0000, 0x3F800000, 0x3F802000, 0x3F801000,
)


def main():
    parser = argparse.ArgumentParser(prog="mutation.tensors")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with options.out.open("w", encoding="utf-8") as lines:
        for number in range(options.count):
            data = file(chance, long=number == 0)
            digests = {name: digest.hex() for name, digest in tensors.digests(data).items()}
            line = {"file": base64.b64encode(data).decode(), "digests": digests}
            print(json.dumps(line), file=lines)
    return 0


def file(chance, long):
    """A file of some tensors; a long one has a tensor of more than a piece."""
    header, body = {}, b""
    for number in range(chance.randint(1, 4)):
        kind = chance.choice(list(WIDTHS))
        shape = [chance.choice((1, 1, 2, 3, 7, 16)) for _ in range(chance.randint(0, 4))]
        if long and number == 0:
            kind, shape = "U8", [tensors.PIECE + 1]
        count = 1
        for size in shape:
            count *= size
        data = numbers(chance, kind, count)
        where = [len(body), len(body) + len(data)]
        header[f"t{number}"] = {"dtype": kind, "shape": shape, "data_offsets": where}
        body += data
    head = json.dumps(header).encode()
    return struct.pack("<Q", len(head)) + head + body


def numbers(chance, kind, count):
    if kind not in tensors.FLOATS:
        return chance.randbytes(count * WIDTHS[kind])
    fits = chance.choice(("any", "BF16", "F16", "odd"))
    words = [number(chance, fits) for _ in range(count)]
    if kind == "BF16":
        return struct.pack(f"<{count}H", *(word >> 16 for word in words))
    if kind == "F16":
        halves = (tensors.half(tensors.plain(word)) for word in words)
        return b"".join(half_or_any(chance, half) for half in halves)
    return struct.pack(f"<{count}I", *words)


def half_or_any(chance, half):
    return chance.randbytes(2) if half is None else half.to_bytes(2, "little")


def number(chance, fits):
    """The bits of an F32: any, or such as a narrower type has."""
    if fits == "odd":
        return chance.choice(ODD)
    if fits == "F16":
        (half,) = struct.unpack("<e", chance.randbytes(2))
        return int.from_bytes(struct.pack("<f", half), "little")
    return chance.getrandbits(32) & (0xFFFF0000 if fits == "BF16" else 0xFFFFFFFF)


if __name__ == "__main__":
    sys.exit(main())
