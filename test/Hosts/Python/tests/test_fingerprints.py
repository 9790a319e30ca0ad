"""Fingerprints of weights: their vectors, their relations, and what is refused of their bytes."""

import base64
import hashlib
import json
import struct
import unittest

from verifier import kinship, tensors
from verifier.acts import SPECS
from verifier.fingerprints import BASES, HEAD, LAYER, Fingerprint

from .test_vectors import answer, load

LONG = (1 << 64) - 1


def at(key, place):
    """SplitMix64 as the counter of the specification."""
    z = key + 0x9E3779B97F4A7C15 * (place + 1) & LONG
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & LONG
    z = (z ^ z >> 27) * 0x94D049BB133111EB & LONG
    return z ^ z >> 31


class Vectors(unittest.TestCase):
    def setUp(self):
        self.file = load("fingerprint.vectors.json")

    def test_each_tensor_and_all_of_them_have_the_digest_of_the_vectors(self):
        digests = tensors.digests(network(self.file["tensors"]))
        evidence = []
        for tensor in self.file["tensors"]:
            self.assertEqual(digests[tensor["name"]].hex(), tensor["digest"], tensor["name"])
            if tensor["kind"] == "Evidence":
                evidence.append(digests[tensor["name"]])
        self.assertEqual(tensors.weights_digest(evidence).hex(), self.file["weights_digest"])

    def test_the_small_form_is_read_and_written_again(self):
        data = base64.b64decode(self.file["small"])
        small = Fingerprint(data)
        self.assertEqual(small.write(), data)
        self.assertEqual(small.weights.hex(), self.file["weights_digest"])
        (layer,) = small.layers
        self.assertEqual((layer.kind, layer.views, tuple(layer.bits)), (1, 3, BASES[:3]))

    def test_of_each_pair_is_said_what_the_vectors_say(self):
        shelf = SPECS.parent / self.file["shelf"]
        names = {pair[side] for pair in self.file["pairs"] for side in ("one", "other")}
        prints = {n: Fingerprint((shelf / f"{n}.fingerprint").read_bytes()) for n in names}
        self.assertEqual(len(prints), 12)
        for pair in self.file["pairs"]:
            with self.subTest(pair):
                found = kinship.compare(prints[pair["one"]], prints[pair["other"]])
                self.assertEqual(found.agreements, pair["agreements"])
                self.assertAlmostEqual(found.expected, pair["expected"], 8)
                self.assertAlmostEqual(found.log10_p, pair["log10_p"], 5)
                if found.ground:
                    self.assertEqual((found.ground, found.basis), (pair["ground"], pair["basis"]))


def network(described):
    """The network of the vectors as a safetensors file."""
    header, body = {}, b""
    for key, tensor in enumerate(described):
        count = 1
        for size in tensor["shape"]:
            count *= size
        numbers = [((at(key, i) >> 40) - (1 << 23)) / (1 << 23) for i in range(count)]
        if len(tensor["shape"]) == 1:
            numbers = [1 + 0.1 * number for number in numbers]
        data = struct.pack(f"<{count}f", *numbers)
        header[tensor["name"]] = described_as("F32", tensor["shape"], len(body), len(data))
        body += data
    return safetensors(header, body)


def described_as(kind, shape, start, length):
    return {"dtype": kind, "shape": shape, "data_offsets": [start, start + length]}


def safetensors(header, body):
    head = json.dumps(header).encode()
    return struct.pack("<Q", len(head)) + head + body


class Tensors(unittest.TestCase):
    def test_equal_numbers_have_one_digest_in_every_type(self):
        numbers = [0.5, -2.0, 0.0, float("inf"), 65280.0]
        single, half = struct.pack("<5f", *numbers), struct.pack("<5e", *numbers[:4], 0)
        narrow = b"".join(single[i + 2 : i + 4] for i in range(0, 20, 4))
        bare = hashlib.sha256(narrow).digest()
        head = b"\x01\x01" + bytes(6) + struct.pack("<Q", 5)
        self.assertEqual(tensors.digest("F32", [5], single), hashlib.sha256(head + bare).digest())
        self.assertEqual(tensors.digest("BF16", [1, 5], narrow), tensors.digest("F32", [5], single))
        zeroed = single[:16] + bytes(4)
        self.assertEqual(tensors.digest("F16", [5], half), tensors.digest("F32", [5], zeroed))

    def test_zero_has_one_sign_and_there_is_one_nan(self):
        for kind, one, other in (
            ("F32", "00000000 0000c07f 01008047", "00000080 010080ff 01008047"),
            ("F16", "0000 007e 013c", "0080 01fc 013c"),
            ("BF16", "0000 c07f 803f", "0080 81ff 803f"),
        ):
            one, other = bytes.fromhex(one), bytes.fromhex(other)
            self.assertEqual(tensors.digest(kind, [3], one), tensors.digest(kind, [3], other))
        double, negative = struct.pack("<d", 0.0), struct.pack("<d", -0.0)
        self.assertNotEqual(tensors.digest("F64", [], double), tensors.digest("F64", [], negative))

    def test_pieces_have_half_a_million_numbers(self):
        data = bytes(tensors.PIECE * 2) + b"\x05\x00"
        pieces = (hashlib.sha256(part).digest() for part in (data[:-2], data[-2:]))
        head = b"\x0b\x01" + bytes(6) + struct.pack("<Q", tensors.PIECE + 1)
        expected = hashlib.sha256(head + b"".join(pieces)).digest()
        self.assertEqual(tensors.digest("U16", [tensors.PIECE + 1], data), expected)

    def test_a_file_that_is_none_is_refused(self):
        one = described_as("I8", [2], 0, 2)
        for code, data in (
            ("truncated", b"\x05"),
            ("truncated", struct.pack("<Q", 9) + b"{}"),
            ("malformed-json", struct.pack("<Q", 2) + b"{,"),
            ("malformed-json", struct.pack("<Q", 2) + b"[]"),
            ("offsets", safetensors({"a": 5}, b"")),
            ("offsets", safetensors({"a": one}, b"1")),
            ("offsets", safetensors({"a": one, "b": one}, b"12")),
            ("shape", safetensors({"a": one | {"shape": [3]}}, b"12")),
            ("shape", safetensors({"a": one | {"shape": [True, 2]}}, b"12")),
            ("dtype", safetensors({"a": one | {"dtype": "Q4"}}, b"12")),
            ("trailing", safetensors({"a": one}, b"123")),
        ):
            self.assertEqual(answer(lambda d=data: tensors.digests(d)), code, data)


def form(words=1, layers=1, numbers=(1, 16, 0), version=1, **layer):
    head = HEAD.pack(b"CNFP", version, words, layers, bytes(32), *numbers, bytes(128))
    return head + one_layer(words, **layer) * layers


def one_layer(words=1, kind=1, views=2, bases=1, zero=0, number=0, many=1, among=9, places=(0, 1)):
    head = LAYER.pack(kind, views, bases, zero, number, many, among, len(places))
    count = words * views * bin(bases).count("1") * len(places)
    return head + struct.pack(f"<{len(places)}i", *places) + bytes(8 * count)


class Bytes(unittest.TestCase):
    def test_what_no_fingerprint_says_is_refused_by_its_rule(self):
        whole = form()
        for code, data in (
            ("verifies", whole),
            ("verifies", form(layers=0)),
            ("verifies", form(layers=64)),
            ("verifies", form(8, views=8, bases=15, places=range(6))),
            ("truncated", whole[:183]),
            ("truncated", whole[:190]),
            ("truncated", whole[:-1]),
            ("trailing", whole + b"\0"),
            ("magic", b"cnfp" + whole[4:]),
            ("version", form(version=2)),
            ("words", form(2)),
            ("words", form(8, layers=0)),
            ("layers", form(layers=65)),
            ("size", form(layers=64, places=range(40))),
            ("size", form(8, layers=64, places=range(40))),
            ("parameters", form(numbers=(-1, 16, 0))),
            ("bits", form(numbers=(1, 1025, 0))),
            ("zeros", form(numbers=(1, 16, 1_000_001))),
            ("kind", form(kind=0)),
            ("kind", form(kind=5)),
            ("views", form(views=0)),
            ("views", form(views=9)),
            ("bases", form(bases=0)),
            ("bases", form(bases=16)),
            ("zero", form(zero=1)),
            ("number", form(number=1)),
            ("exchangeable", form(among=0)),
            ("units", form(places=())),
            ("units", form(places=range(513))),
            ("places", form(places=(3, 3))),
            ("places", form(places=(3, -1))),
        ):
            self.assertEqual(answer(lambda d=data: Fingerprint(d)), code, data[:200].hex())

    def test_the_most_bytes_there_may_be_are_read_and_not_one_unit_more(self):
        for words, most, sizes in ((1, 32 * 1024, [387] * 6 + [384]), (8, 256 * 1024, [385] * 10)):
            data = form(words, 0)[:6] + struct.pack("<H", len(sizes)) + form()[8 : HEAD.size]
            *layers, last = (one_layer(words, views=1, places=range(size)) for size in sizes)
            data += b"".join(layers)
            self.assertEqual(len(data + last), most)
            self.assertEqual(Fingerprint(data + last).write(), data + last)
            more = data + one_layer(words, views=1, places=range(sizes[-1] + 1))
            self.assertEqual(answer(lambda d=more: Fingerprint(d)), "size")

    def test_equally_near_units_are_matched_with_none(self):
        self.assertEqual(kinship.match([0, 5], [0, 0], 64), {})
        self.assertEqual(kinship.match([0, 0xFF], [0xFF, LONG], 64), {0: 1, 1: 0})

    def test_the_bound_is_that_of_the_specification(self):
        for count, expected, log in ((0, 0.5, 0), (1, 0.5, -0.30103), (3, 1, -0.77815), (2, 4, 0)):
            self.assertAlmostEqual(kinship.log10_bound(count, expected), log, 5)
