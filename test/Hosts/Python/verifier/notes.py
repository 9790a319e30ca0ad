"""Signed notes, checkpoints, cosignatures, proof files and policies (specs/log.md)."""

import base64
import binascii
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import tree
from .keys import Span
from .refusal import Refused

MAX_NOTE, MAX_LINES, MAX_PATH = 1_000_000, 100, 63
LOG, WITNESS = 1, 4
NUMBER = re.compile(r"0|[1-9][0-9]*")
MAX_SIZE = 2**63


def base64_bytes(text):
    """Standard base64 with padding; unused bits are zero."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("base64", text[:20]) from None
    if base64.b64encode(data).decode() != text:
        raise Refused("base64", text[:20])
    return data


def decimal(text):
    if not NUMBER.fullmatch(text) or int(text) >= MAX_SIZE:
        raise Refused("number", text[:24])
    return int(text)


class VerifierKey:
    """A log's key (type 01) or a witness's (04)."""

    def __init__(self, text, span=None):
        self.span = span or Span()
        match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
        if not match:
            raise Refused("verifier-key", text[:40])
        self.name = match[1]
        data = base64_bytes(match[3])
        if len(data) != 33 or data[0] not in (LOG, WITNESS):
            raise Refused("verifier-key", "type or length")
        self.type, self.public = data[0], data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != match[2]:
            raise Refused("verifier-key", "key id")
        self.key = Ed25519PublicKey.from_public_bytes(self.public)

    def verify(self, signature, text):
        """Refuses a signature that does not verify; answers a witness's time."""
        if self.type == LOG:
            return self.check(signature, text)
        if len(signature) != 72:
            raise Refused("note-signature", self.name)
        time = int.from_bytes(signature[:8], "big")
        self.check(signature[8:], f"cosignature/v1\ntime {time}\n".encode() + text)
        return time

    def check(self, signature, message):
        try:
            self.key.verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Refused("note-signature", self.name) from None


class Note:
    """A signed note; `signed` holds the answer of every known key that verified."""

    def __init__(self, data, keys):
        if len(data) > MAX_NOTE:
            raise Refused("note", "too large")
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("not-utf-8") from None
        if any(ord(c) < 0x20 and c != "\n" or ord(c) == 0x7F for c in whole):
            raise Refused("note", "control character")
        text, empty, signatures = whole.rpartition("\n\n")
        if not empty or not signatures.endswith("\n"):
            raise Refused("note", "no signatures")
        self.text = (text + "\n").encode()
        lines = signatures[:-1].split("\n")
        if len(lines) > MAX_LINES:
            raise Refused("note", "too many signatures")
        self.signed = {}
        for line in lines:
            self.read(line, keys)
        if not self.signed:
            raise Refused("note", "no line of a known key")

    def read(self, line, keys):
        match = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)", line)
        if not match:
            raise Refused("note", "signature line")
        signature = base64_bytes(match[2])
        if len(signature) < 5:
            raise Refused("note", "signature line")
        for key in keys:
            if key.name == match[1] and key.id == signature[:4]:
                self.signed[key] = key.verify(signature[4:], self.text)


class Checkpoint:
    """A checkpoint that a log key of its own origin signed."""

    def __init__(self, data, keys):
        note = Note(data, keys)
        lines = note.text.decode("utf-8").split("\n")
        if len(lines) < 4:
            raise Refused("checkpoint", "three lines")
        self.origin, self.size, self.root = lines[0], decimal(lines[1]), base64_bytes(lines[2])
        if not self.origin or len(self.root) != 32:
            raise Refused("checkpoint", "origin or root")
        if any(not line for line in lines[3:-1]):
            raise Refused("checkpoint", "empty extension line")
        of_log = [k for k in note.signed if k.type == LOG and k.name == self.origin]
        if not of_log:
            raise Refused("checkpoint", "not signed by a key of its origin")
        if not any(k.span.names(self.size) for k in of_log):
            raise Refused("key-not-in-force", str(self.size))
        self.cosigned = {k.name: time for k, time in note.signed.items() if k.type == WITNESS}
        self.signers = set(note.signed)


class Proof:
    """A .tlog-proof; `verify` says of which tree the entry is."""

    def __init__(self, data):
        head, empty, self.note = data.partition(b"\n\n")
        if not empty:
            raise Refused("proof", "no checkpoint")
        try:
            lines = head.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Refused("not-utf-8") from None
        if lines[0] != "c2sp.org/tlog-proof@v1":
            raise Refused("proof", "first line")
        rest = lines[1:]
        if rest and rest[0].startswith("extra "):
            base64_bytes(rest.pop(0)[6:])
        if not rest or not rest[0].startswith("index "):
            raise Refused("proof", "index")
        self.index = decimal(rest.pop(0)[6:])
        if len(rest) > MAX_PATH:
            raise Refused("path", "too long")
        self.path = [base64_bytes(line) for line in rest]
        if any(len(hash_) != 32 for hash_ in self.path):
            raise Refused("path", "hash length")

    def verify(self, entry, keys):
        checkpoint = Checkpoint(self.note, keys)
        leaf = tree.leaf(entry)
        root = tree.inclusion_root(leaf, self.index, checkpoint.size, self.path)
        if root != checkpoint.root:
            raise Refused("path", "leads to another root")
        return checkpoint


class Policy:
    """Whom a checker trusts: logs, witnesses, groups and a quorum."""

    def __init__(self, text):
        self.logs, self.witnesses, self.groups = [], {}, {}
        self.quorum, members = None, set()
        for line in text.split("\n"):
            words = [w for w in re.split(r"[ \t]+", line) if w]
            if words and not words[0].startswith("#"):
                self.read(words, members)
        if self.quorum is None:
            raise Refused("policy", "no quorum")
        keys = self.logs + list(self.witnesses.values())
        if len({k.public for k in keys}) != len(keys):
            raise Refused("policy", "one key under two names")

    def read(self, words, members):
        kind, count = words[0], len(words)
        if kind == "log" and count in (2, 3):
            self.logs.append(typed(words[1], LOG))
        elif kind == "witness" and count in (3, 4):
            self.witnesses[self.fresh(words[1])] = typed(words[2], WITNESS)
        elif kind == "group" and count >= 4:
            self.read_group(words[1:], members)
        elif kind == "quorum" and count == 2 and self.quorum is None:
            if words[1] != "none" and words[1] not in self.witnesses | self.groups:
                raise Refused("policy", words[1])
            self.quorum = words[1]
        else:
            raise Refused("policy", kind)

    def read_group(self, words, members):
        name, threshold, *names = words
        for member in names:
            if member in members or member not in self.witnesses | self.groups:
                raise Refused("policy", member)
            members.add(member)
        needed = {"any": 1, "all": len(names)}.get(threshold)
        needed = decimal(threshold) if needed is None else needed
        if not 1 <= needed <= len(names):
            raise Refused("policy", name)
        self.groups[self.fresh(name)] = needed, names

    def fresh(self, name):
        if name == "none" or name in self.witnesses or name in self.groups:
            raise Refused("policy", name)
        return name

    def accept(self, data):
        checkpoint = Checkpoint(data, self.logs + list(self.witnesses.values()))
        if self.quorum != "none" and not self.holds(self.quorum, checkpoint.signers):
            raise Refused("quorum", self.quorum)
        return checkpoint

    def holds(self, name, signers):
        if name in self.witnesses:
            return self.witnesses[name] in signers
        needed, names = self.groups[name]
        return sum(self.holds(n, signers) for n in names) >= needed


def typed(text, wanted):
    key = VerifierKey(text)
    if key.type != wanted:
        raise Refused("policy", "key of another type")
    return key
