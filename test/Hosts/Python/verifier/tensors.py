"""Digests of tensors and of weights (specs/fingerprint.md sections 1 and 2), out of safetensors."""

import array
import hashlib
import json
import struct
import sys

from . import tree
from .refusal import Refused

PIECE = 1 << 19
BF16, F16, F32 = 1, 2, 3
#: Name in a safetensors file: type of the digest and bytes of a number.
STORED = {
    "F64": (4, 8), "C64": (5, 8), "BOOL": (6, 1), "I8": (8, 1), "U8": (9, 1), "I16": (10, 2),
    "U16": (11, 2), "I32": (12, 4), "U32": (13, 4), "I64": (14, 8), "U64": (15, 8),
}
FLOATS = {"F32": 4, "F16": 2, "BF16": 2}


def digests(data):
    """The digest of each tensor of the bytes of a safetensors file, by name."""
    header, start = read_header(data)
    result, used = {}, 0
    for name, tensor in sorted(header.items(), key=lambda item: offsets(item[1], item[0])):
        begin, end = offsets(tensor, name)
        shape, kind = tensor.get("shape"), tensor.get("dtype")
        if kind not in FLOATS and kind not in STORED:
            raise Refused("dtype", name)
        if not isinstance(shape, list) or not all(is_size(size) for size in shape):
            raise Refused("shape", name)
        if begin != used or start + end > len(data):
            raise Refused("offsets", name)
        width, count = FLOATS.get(kind) or STORED[kind][1], 1
        for size in shape:
            count *= size
        if end - begin != count * width:
            raise Refused("shape", name)
        result[name] = digest(kind, shape, data[start + begin : start + end])
        used = end
    if start + used != len(data):
        raise Refused("trailing", f"byte {start + used}")
    return result


def read_header(data):
    """What the head says of each tensor, and where their numbers begin."""
    if len(data) < 8:
        raise Refused("truncated", "head")
    length = int.from_bytes(data[:8], "little")
    if 8 + length > len(data):
        raise Refused("truncated", "head")
    try:
        header = json.loads(data[8 : 8 + length])
    except ValueError:
        raise Refused("malformed-json", "head") from None
    if not isinstance(header, dict):
        raise Refused("malformed-json", "head")
    header.pop("__metadata__", None)
    return header, 8 + length


def offsets(tensor, name):
    where = tensor.get("data_offsets") if isinstance(tensor, dict) else None
    if not isinstance(where, list) or len(where) != 2 or not all(is_size(w) for w in where):
        raise Refused("offsets", name)
    return where


def is_size(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63


def digest(kind, shape, data):
    """The digest of a tensor of a type and sizes, from its numbers as stored."""
    code, width, data = exact(kind, data) if kind in FLOATS else (*STORED[kind], data)
    sizes = [size for size in shape if size != 1]
    hash_ = hashlib.sha256(bytes([code, len(sizes)]) + bytes(6))
    hash_.update(struct.pack(f"<{len(sizes)}Q", *sizes))
    for start in range(0, len(data), PIECE * width):
        hash_.update(hashlib.sha256(data[start : start + PIECE * width]).digest())
    return hash_.digest()


def exact(kind, data):
    """Floats in the first of BF16, F16 and F32 that has them all exactly."""
    words = [plain(word) for word in widened(kind, data)]
    if all(word & 0xFFFF == 0 for word in words):
        return BF16, 2, packed("H", (word >> 16 for word in words))
    halves = [half(word) for word in words]
    if None not in halves:
        return F16, 2, packed("H", halves)
    return F32, 4, packed("I", words)


def widened(kind, data):
    """The numbers as the bits of an F32."""
    if kind == "F32":
        return unpacked("I", data)
    if kind == "BF16":
        return [word << 16 for word in unpacked("H", data)]
    count = len(data) // 2
    halves = struct.unpack(f"<{count}e", data)
    return struct.unpack(f"<{count}I", struct.pack(f"<{count}f", *halves))


def plain(word):
    """Without a negative zero, and with one NaN only."""
    if word == 0x80000000:
        return 0
    return 0x7FC00000 if word & 0x7FFFFFFF > 0x7F800000 else word


def half(word):
    """The bits of an F16 that is the same number, if there is one."""
    if word == 0x7FC00000:
        return 0x7E00
    (number,) = struct.unpack("<f", struct.pack("<I", word))
    try:
        bits = struct.pack("<e", number)
    except OverflowError:
        return None
    return int.from_bytes(bits, "little") if struct.unpack("<e", bits)[0] == number else None


def packed(code, numbers):
    words = array.array(code, numbers)
    if sys.byteorder == "big":
        words.byteswap()
    return words.tobytes()


def unpacked(code, data):
    words = array.array(code)
    words.frombytes(data)
    if sys.byteorder == "big":
        words.byteswap()
    return words


def weights_digest(evidence):
    """The tree over the digests of the tensors that bear evidence, in the order of their bytes."""
    return tree.root([tree.leaf(digest_) for digest_ in sorted(evidence)])
