"""Both kinds of signer (specs/signers.md): a plain COSE key and a passkey."""

import hashlib
import json

from . import tree
from .keys import base64url_text
from .refusal import Refused
from .statements import ES256, PASSKEY

UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
MAX_DEPTH = 8


def verify(statement, key):
    """Refuses a statement that this key has not signed."""
    if statement.header.kid != key.thumbprint:
        raise Refused("wrong-key")
    passkey = statement.header.alg == PASSKEY
    if passkey != (key.kind == "webauthn"):
        raise Refused("alg-not-of-key")
    if passkey:
        return verify_assertion(statement.assertion, key, wanted_of(statement))
    assert statement.header.alg == ES256
    if not key.verifies_digest(statement.signature, statement.id):
        raise Refused("bad-signature")


def challenge(context, identity):
    return hashlib.sha256(f"concord/{context}/v1\0".encode() + identity).digest()


def batch_challenge(count, root):
    return hashlib.sha256(b"concord/batch/v1\0" + count.to_bytes(8, "big") + root).digest()


def wanted_of(statement):
    """The challenge that the assertion must answer: of the statement, or of its batch."""
    if statement.place is None:
        return challenge("statement", statement.id)
    index, count, path = statement.place
    root = tree.inclusion_root(tree.leaf(statement.id), index, count, path)
    return batch_challenge(count, root)


def verify_assertion(parts, key, wanted):
    data, client, signature = parts
    check_authenticator(data, key)
    check_client(read_client(client), key, wanted)
    if not key.verifies(signature, data + hashlib.sha256(client).digest()):
        raise Refused("bad-signature")


def check_authenticator(data, key):
    if len(data) < 37:
        raise Refused("authenticator-data", "length")
    if data[:32] != hashlib.sha256(key.rp_id.encode()).digest():
        raise Refused("rp-id")
    flags = data[32]
    if not flags & UP:
        raise Refused("user-presence")
    if not flags & UV:
        raise Refused("user-verification")
    if flags & BS and not flags & BE:
        raise Refused("authenticator-data", "backed up and cannot be")
    if flags & AT or bool(flags & ED) != (len(data) > 37):
        raise Refused("authenticator-data", "length and flags")


def read_client(data):
    """clientDataJSON as a dictionary: one object of UTF-8, nested at most eight deep."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("client-data", "not UTF-8") from None
    try:
        pairs = json.loads(text, object_pairs_hook=Pairs, parse_constant=refuse)
        client = once(pairs)
    except (ValueError, RecursionError):
        raise Refused("client-data") from None
    for name in ("type", "challenge", "origin"):
        if not isinstance(client.get(name), str) or is_half(client[name]):
            raise Refused("client-data", name)
    if not isinstance(client.get("crossOrigin", False), bool):
        raise Refused("client-data", "crossOrigin")
    return client


class Pairs(list):
    """The members of an object as they stand: within other members names may repeat."""


def once(pairs):
    if not isinstance(pairs, Pairs) or depth(pairs) > MAX_DEPTH:
        raise ValueError("no object, or too deep")
    members = dict(pairs)
    if len(members) != len(pairs) or any(map(is_half, members)):
        raise ValueError("a member twice, or of half a character")
    return members


def depth(value):
    levels, level = 0, [value]
    while level := [v for v in level if isinstance(v, list)]:
        levels += 1
        level = [x[1] if isinstance(v, Pairs) else x for v in level for x in v]
    return levels


def is_half(text):
    return any(0xD800 <= ord(c) < 0xE000 for c in text)


def refuse(word):
    raise ValueError(word)


def check_client(client, key, wanted):
    if client["type"] != "webauthn.get":
        raise Refused("client-type")
    if client["challenge"] != base64url_text(wanted):
        raise Refused("challenge")
    if client["origin"] not in key.origins:
        raise Refused("origin")
    if client.get("crossOrigin", False) or "topOrigin" in client:
        raise Refused("cross-origin")
