"""COSE receipts (specs/receipts.md): inclusion and consistency."""

from . import cbor, tree
from .refusal import Refused
from .statements import sig_structure

MAX_RECEIPT, MAX_PATH = 4096, 63


class Receipt:
    """A receipt that is formed as specified; `root` and `verify` say whether it holds."""

    def __init__(self, data):
        if len(data) > MAX_RECEIPT:
            raise Refused("too-large")
        reader = cbor.Reader(unwrap(data))
        if reader.expect(cbor.TAG) != 18:
            raise Refused("untagged")
        reader.array(4)
        self.protected = reader.bytes()
        self.label, proof = unprotected(reader)
        if reader.take(1) != b"\xf6":
            raise Refused("payload-not-detached")
        self.signature = reader.bytes()
        if len(self.signature) != 64:
            raise Refused("signature-length")
        reader.end()
        self.kid, self.iss, self.sub = protected(self.protected)
        self.first, self.second, self.path = read_proof(proof)
        if self.sub != f"checkpoint/{self.size}":
            raise Refused("subject")

    @property
    def is_inclusion(self):
        return self.label == -1

    @property
    def size(self):
        return self.first if self.is_inclusion else self.second

    def verify(self, origin, keys, root):
        """Checks issuer, key and signature over a root."""
        if self.iss != origin:
            raise Refused("issuer")
        key = next((k for k in keys if k.thumbprint == self.kid and k.kind == "cose"), None)
        if key is None:
            raise Refused("unknown-key")
        if not key.verifies(self.signature, sig_structure(self.protected, root)):
            raise Refused("bad-signature")
        key.span.check(self.size)
        return root

    def verify_inclusion(self, entry, origin, keys):
        """The root of the tree that holds the entry; the receipt's key has signed it."""
        if not self.is_inclusion:
            raise Refused("not-an-inclusion-receipt")
        root = tree.inclusion_root(tree.leaf(entry), self.second, self.first, self.path)
        return self.verify(origin, keys, root)

    def verify_consistency(self, earlier, later, origin, keys):
        """Whether it proves that the earlier root is the beginning of the later one."""
        try:
            if self.is_inclusion:
                return False
            self.verify(origin, keys, later)
        except Refused:
            return False
        return tree.is_consistent(self.first, earlier, self.second, later, self.path)


def unwrap(data):
    """A receipt may come inside one byte string."""
    if data[:1] and data[0] >> 5 == cbor.BYTES:
        reader = cbor.Reader(data)
        inner = reader.bytes()
        reader.end()
        return inner
    return data


def expect_label(reader, wanted):
    if reader.integer() != wanted:
        raise Refused("header", str(wanted))


def protected(data):
    reader = cbor.Reader(data)
    if reader.expect(cbor.MAP) != 4:
        raise Refused("header")
    expect_label(reader, 1)
    if reader.integer() != -7:
        raise Refused("alg-not-allowed")
    expect_label(reader, 4)
    kid = reader.bytes()
    if len(kid) != 32:
        raise Refused("kid-length")
    expect_label(reader, 15)
    if reader.expect(cbor.MAP) != 2:
        raise Refused("header", "claims")
    expect_label(reader, 1)
    iss = reader.text()
    expect_label(reader, 2)
    sub = reader.text()
    expect_label(reader, 395)
    if reader.integer() != 1:
        raise Refused("header", "vds")
    reader.end()
    return kid, iss, sub


def unprotected(reader):
    if reader.expect(cbor.MAP) != 1:
        raise Refused("header", "unprotected")
    expect_label(reader, 396)
    if reader.expect(cbor.MAP) != 1:
        raise Refused("header", "proofs")
    label = reader.integer()
    if label not in (-1, -2):
        raise Refused("header", str(label))
    reader.array(1)
    return label, reader.bytes()


def read_proof(data):
    reader = cbor.Reader(data)
    reader.array(3)
    first, second = reader.unsigned(), reader.unsigned()
    count = reader.expect(cbor.ARRAY)
    if count > MAX_PATH:
        raise Refused("path", "too long")
    path = [reader.bytes() for _ in range(count)]
    if any(len(hash_) != 32 for hash_ in path):
        raise Refused("path", "hash length")
    reader.end()
    return first, second, path


def split_transparent(data):
    """The logged statement and the receipts of a transparent statement."""
    reader = cbor.Reader(data)
    if reader.expect(cbor.TAG) != 18:
        raise Refused("untagged")
    reader.array(4)
    reader.bytes()
    start = reader.position
    if reader.expect(cbor.MAP) != 1:
        raise Refused("header", "unprotected")
    expect_label(reader, 394)
    receipts = [reader.bytes() for _ in range(reader.expect(cbor.ARRAY))]
    if not receipts:
        raise Refused("header", "394")
    return data[:start] + b"\xa0" + data[reader.position :], receipts
