"""Both kinds of signer (specs/signers.md): a plain COSE key and a passkey."""

import hashlib
import json

from .keys import base64url_text
from .refusal import Refused
from .statements import ES256, PASSKEY

UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80


def verify(statement, key):
    """Refuses a statement that this key has not signed."""
    if statement.header.kid != key.thumbprint:
        raise Refused("wrong-key")
    passkey = statement.header.alg == PASSKEY
    if passkey != (key.kind == "webauthn"):
        raise Refused("alg-not-of-key")
    if passkey:
        return verify_assertion(statement.assertion, key, challenge("statement", statement.id))
    assert statement.header.alg == ES256
    if not key.verifies_digest(statement.signature, statement.id):
        raise Refused("bad-signature")


def challenge(context, identity):
    return hashlib.sha256(f"concord/{context}/v1\0".encode() + identity).digest()


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
    """clientDataJSON as a dictionary; a member that stands twice, also within, refuses it."""
    try:
        text = data.decode("utf-8")
        client = json.loads(text, object_pairs_hook=once, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Refused("client-data") from None
    if not isinstance(client, dict):
        raise Refused("client-data")
    for name in ("type", "challenge", "origin"):
        if not isinstance(client.get(name), str):
            raise Refused("client-data", name)
    if not isinstance(client.get("crossOrigin", False), bool):
        raise Refused("client-data", "crossOrigin")
    return client


def once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member twice")
    return members


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
