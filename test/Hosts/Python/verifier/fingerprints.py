"""The bytes of a fingerprint of weights (specs/fingerprint.md section 5), read strictly."""

import struct
from dataclasses import dataclass

from .refusal import Refused

KINDS = GATED, PLAIN, LSTM, CHANNEL = 1, 2, 3, 4
BASES = STORED, OUTPUT, INPUT, PATH = "Stored", "Output", "Input", "Path"
SIZES = {1: 32 * 1024, 8: 256 * 1024}
MOST_LAYERS, MOST_VIEWS, MOST_UNITS = 64, 8, 512
MOST_BITS, MILLION = 64 * 16, 1_000_000
HEAD = struct.Struct("<4sBBH32sqii128s")
LAYER = struct.Struct("<BBBBHHii")


@dataclass(frozen=True)
class Layer:
    """The units of a layer: bits[basis][view] has a number of 64 · words bits for each unit."""

    kind: int
    number: int
    layers: int
    exchangeable: int
    places: tuple
    bits: dict

    @property
    def units(self):
        return len(self.places)

    @property
    def views(self):
        return len(next(iter(self.bits.values())))


class Fingerprint:
    """A fingerprint as its bytes say it; refused is whatever its specification does not allow."""

    def __init__(self, data):
        if len(data) < HEAD.size:
            raise Refused("truncated", "head")
        magic, version, self.words, count, *rest = HEAD.unpack_from(data)
        self.weights, self.parameters, self.sixteenth_bits, self.zeros, self.scan = rest
        require(magic == b"CNFP", "magic", "byte 0")
        require(version == 1, "version", str(version))
        require(self.words in SIZES, "words", str(self.words))
        require(len(data) <= SIZES[self.words], "size", str(len(data)))
        require(self.parameters >= 0, "parameters", str(self.parameters))
        require(0 <= self.sixteenth_bits <= MOST_BITS, "bits", str(self.sixteenth_bits))
        require(0 <= self.zeros <= MILLION, "zeros", str(self.zeros))
        require(count <= MOST_LAYERS, "layers", str(count))
        require(count > 0 or self.words == 1, "words", "without layers")
        self.layers, at = [], HEAD.size
        for index in range(count):
            layer, at = read_layer(data, at, self.words, f"layer {index}")
            self.layers.append(layer)
        require(at == len(data), "trailing", f"byte {at}")

    def write(self):
        """The bytes of what was read."""
        count = len(self.layers)
        parts = [HEAD.pack(b"CNFP", 1, self.words, count, self.weights, self.parameters,
            self.sixteenth_bits, self.zeros, self.scan)]
        for layer in self.layers:
            bases = sum(1 << BASES.index(basis) for basis in layer.bits)
            parts.append(LAYER.pack(layer.kind, layer.views, bases, 0, layer.number,
                layer.layers, layer.exchangeable, layer.units))
            parts.append(struct.pack(f"<{layer.units}i", *layer.places))
            for views in layer.bits.values():
                parts += (u.to_bytes(8 * self.words, "little") for view in views for u in view)
        return b"".join(parts)


def read_layer(data, at, words, where):
    require(at + LAYER.size <= len(data), "truncated", where)
    head = LAYER.unpack_from(data, at)
    kind, views, bases, zero, number, layers, exchangeable, units = head
    require(kind in KINDS, "kind", where)
    require(1 <= views <= MOST_VIEWS, "views", where)
    require(1 <= bases < 1 << len(BASES), "bases", where)
    require(zero == 0, "zero", where)
    require(number < layers, "number", where)
    require(exchangeable >= 1, "exchangeable", where)
    require(1 <= units <= MOST_UNITS, "units", where)
    at += LAYER.size
    named = [basis for bit, basis in enumerate(BASES) if bases >> bit & 1]
    width = 8 * words
    end = at + 4 * units + len(named) * views * units * width
    require(end <= len(data), "truncated", where)
    places = struct.unpack_from(f"<{units}i", data, at)
    require(min(places) >= 0 and len(set(places)) == units, "places", where)
    at += 4 * units
    bits = {}
    for basis in named:
        bits[basis] = []
        for _ in range(views):
            starts = range(at, at + units * width, width)
            numbers = [int.from_bytes(data[s : s + width], "little") for s in starts]
            bits[basis].append(numbers)
            at += units * width
    return Layer(kind, number, layers, exchangeable, places, bits), at


def require(holds, code, where):
    if not holds:
        raise Refused(code, where)
