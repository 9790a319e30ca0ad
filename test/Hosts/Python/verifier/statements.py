"""Statements (specs/statements.md): one encoding, a closed header, an id."""

import hashlib
import unicodedata

from . import cbor, tree
from .refusal import Refused

ES256, PASSKEY, SHA256 = -7, -70001, -16
TYPE = "application/concord-statement+cose"
JSON_ACT = "application/concord-act+json"
CBOR_ACT = "application/concord-act+cbor"
MAX_STATEMENT, MAX_ACT, MAX_ASSERTION, MAX_BATCH = 65535, 61440, 2048, 1 << 17


class Statement:
    """A statement that the gate admits; nothing is said yet about key, act or law."""

    def __init__(self, data):
        self.data = data
        if len(data) > MAX_STATEMENT:
            raise Refused("too-large")
        if data[:1] != b"\xd2":
            raise Refused("untagged", "byte 0")
        reader = cbor.Reader(data, 1)
        reader.array(4)
        self.protected = reader.bytes()
        if reader.expect(cbor.MAP) != 0:
            raise Refused("unprotected-not-empty")
        self.payload = payload(reader)
        self.signature = reader.bytes()
        reader.end()
        self.header = Header(self.protected)
        self.sealed = self.header.hash is not None
        self.check_payload()
        self.place = None
        self.assertion = self.check_signature()
        self.id = statement_id(self.protected, self.payload)

    def check_payload(self):
        if self.sealed and len(self.payload) != 32:
            raise Refused("digest-length")
        if len(self.payload) > MAX_ACT:
            raise Refused("payload-too-large")

    def check_signature(self):
        """The parts of an assertion, or None for a signature of ES256."""
        if self.header.alg == ES256:
            if len(self.signature) != 64:
                raise Refused("signature-length")
            return None
        if len(self.signature) > MAX_ASSERTION:
            raise Refused("signature-length")
        reader = cbor.Reader(self.signature)
        count = reader.expect(cbor.ARRAY)
        if count not in (3, 6):
            raise Refused("wrong-structure", "no array of three or six")
        parts = reader.bytes(), reader.bytes(), reader.bytes()
        if len(parts[2]) != 64:
            raise Refused("signature-length")
        if count == 6:
            self.place = place(reader)
        reader.end()
        return parts

    @property
    def act_digest(self):
        return self.payload if self.sealed else hashlib.sha256(self.payload).digest()

    @property
    def origin(self):
        return self.header.iss.partition("#")[0]

    @property
    def speaker(self):
        return self.header.iss.partition("#")[2]


class Header:
    """The protected header: exactly the labels of section 2."""

    def __init__(self, data):
        self.alg = self.kid = self.iss = self.sub = self.typ = None
        self.content_type = self.hash = self.preimage = None
        reader = cbor.Reader(data)
        for label in reader.labels():
            self.read(label, reader)
        reader.end()
        self.check()

    def read(self, label, reader):
        if label == 1:
            self.alg = reader.integer()
            if self.alg not in (ES256, PASSKEY):
                raise Refused("alg-not-allowed", str(self.alg))
        elif label == 2:
            raise Refused("unknown-crit")
        elif label == 3:
            self.content_type = media_type(reader.text())
        elif label == 4:
            self.kid = reader.bytes()
            if len(self.kid) != 32:
                raise Refused("kid-length")
        elif label == 15:
            self.read_claims(reader)
        elif label == 16:
            self.typ = reader.text()
            if self.typ != TYPE:
                raise Refused("wrong-typ")
        elif label == 258:
            self.hash = reader.integer()
            if self.hash != SHA256:
                raise Refused("hash-not-allowed")
        elif label == 259:
            self.preimage = media_type(reader.text())
        else:
            raise Refused("unknown-header", str(label))

    def read_claims(self, reader):
        for claim in reader.labels():
            if claim not in (1, 2):
                raise Refused("unknown-claim", str(claim))
            name, longest = ("iss", 512) if claim == 1 else ("sub", 128)
            text = reader.text()
            if not 1 <= len(text.encode("utf-8")) <= longest:
                raise Refused(f"{name}-length")
            if any(unicodedata.category(c) == "Cc" for c in text):
                raise Refused(f"{name}-control")
            setattr(self, name, text)

    def check(self):
        for name in ("alg", "kid", "iss", "sub", "typ"):
            if getattr(self, name) is None:
                raise Refused(f"missing-{name}")
        if self.hash is None and self.preimage is None:
            if self.content_type is None:
                raise Refused("missing-content-type")
            return
        if self.content_type is not None:
            raise Refused("content-type-with-envelope")
        if self.hash is None or self.preimage is None:
            raise Refused("missing-content-type" if self.hash else "unknown-header")

    @property
    def act_type(self):
        return self.content_type or self.preimage


def place(reader):
    """Index, count and path of one among many that one assertion signs."""
    index, count = reader.unsigned(), reader.unsigned()
    if not 1 <= count <= MAX_BATCH:
        raise Refused("batch-count", str(count))
    if index >= count:
        raise Refused("batch-index", str(index))
    if reader.expect(cbor.ARRAY) != tree.path_length(index, count):
        raise Refused("batch-path", "length")
    path = [reader.bytes() for _ in range(tree.path_length(index, count))]
    if any(len(digest) != 32 for digest in path):
        raise Refused("batch-path", "a digest")
    return index, count, path


def media_type(text):
    if not 1 <= len(text.encode("utf-8")) <= 255:
        raise Refused("content-type-length")
    return text


def payload(reader):
    if reader.data[reader.position : reader.position + 1] == b"\xf6":
        raise Refused("payload-missing")
    data = reader.bytes()
    if not data:
        raise Refused("payload-missing")
    return data


def sig_structure(protected, signed):
    return b"\x84" + cbor.tstr("Signature1") + cbor.bstr(protected) + b"\x40" + cbor.bstr(signed)


def statement_id(protected, signed):
    return hashlib.sha256(sig_structure(protected, signed)).digest()
