"""A signer of statements, written from specs/statements.md and specs/signers.md alone.

Nothing but Python's standard library: P-256 and RFC 6979 are below, so that a second
implementation of every byte stands beside the first one. Slow and not constant in time:
for vectors and tests, never for a real key.

  signer.py vectors                               the file specs/signers.vectors.json
  signer.py jwk SCALAR_HEX                        the public key
  signer.py sign SCALAR_HEX ISSUER SUBJECT < ACT  a statement, on standard output
  signer.py passkey SCALAR_HEX ISSUER SUBJECT RP_ID ORIGIN < ACT
"""

import base64
import hashlib
import hmac
import json
import sys

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
STATEMENT = "application/concord-statement+cose"
ACT = "application/concord-act+json"
PASSKEY_ALG = -70001


def sha256(data):
    return hashlib.sha256(data).digest()


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


# P-256 (FIPS 186-5) and deterministic ECDSA (RFC 6979).


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    if a == b:
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(k, point):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point = add(point, point)
        k >>= 1
    return result


def nonces(scalar, digest):
    seed = scalar.to_bytes(32, "big") + (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    k, v = b"\0" * 32, b"\1" * 32
    for octet in (b"\0", b"\1"):
        k = hmac.digest(k, v + octet + seed, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        yield int.from_bytes(v, "big")
        k = hmac.digest(k, v + b"\0", "sha256")
        v = hmac.digest(k, v, "sha256")


def es256(scalar, digest):
    """r and s, 32 bytes each, over a digest."""
    z = int.from_bytes(digest, "big")
    for k in nonces(scalar, digest):
        if 0 < k < N:
            r = multiply(k, G)[0] % N
            s = pow(k, -1, N) * (z + r * scalar) % N
            if r and s:
                return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Key:
    def __init__(self, scalar):
        self.scalar = scalar
        x, y = multiply(scalar, G)
        self.x, self.y = x.to_bytes(32, "big"), y.to_bytes(32, "big")
        # RFC 9679: SHA-256 of {1: 2, -1: 1, -2: x, -3: y}.
        self.thumbprint = sha256(cbor({1: 2, -1: 1, -2: self.x, -3: self.y}))

    def jwk(self):
        return {"kty": "EC", "crv": "P-256", "x": b64url(self.x), "y": b64url(self.y)}


# Deterministic CBOR (RFC 8949 §4.2.1) of what statements need.


def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 1 << 8 * size:
            return bytes([major << 5 | extra]) + value.to_bytes(size, "big")
    raise ValueError(value)


def cbor(value):
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted((cbor(k), cbor(v)) for k, v in value.items())
    return head(5, len(pairs)) + b"".join(k + v for k, v in pairs)


# Statements.


def protected(key, issuer, subject, alg=-7, content_type=ACT, envelope=False):
    headers = {1: alg, 4: key.thumbprint, 15: {1: issuer, 2: subject}, 16: STATEMENT}
    headers.update({258: -16, 259: content_type} if envelope else {3: content_type})
    return cbor(headers)


def identify(header, payload):
    """The id: the SHA-256 of the Sig_structure."""
    return sha256(cbor(["Signature1", header, b"", payload]))


def assemble(header, payload, signature):
    return b"\xd2" + cbor([header, {}, payload, signature])


def sign(key, issuer, subject, act, **how):
    payload = sha256(act) if how.get("envelope") else act
    header = protected(key, issuer, subject, **how)
    return assemble(header, payload, es256(key.scalar, identify(header, payload)))


# Passkeys: what an authenticator and its browser answer.


def challenge(context, statement_id):
    return sha256(b"concord/" + context.encode() + b"/v1\0" + statement_id)


def leaf(statement_id):
    return sha256(b"\0" + statement_id)


def split(count):
    """The largest power of two below a count."""
    return 1 << (count - 1).bit_length() - 1


def root(leaves):
    """The Merkle root of RFC 9162 §2.1.1 over leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def path(leaves, index):
    """The audit path of RFC 9162 §2.1.3.1, the sibling of the leaf first."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return path(leaves[:k], index) + [root(leaves[k:])]
    return path(leaves[k:], index - k) + [root(leaves[:k])]


def batch_challenge(ids, context="batch"):
    size = len(ids).to_bytes(8, "big")
    return sha256(b"concord/" + context.encode() + b"/v1\0" + size + root([leaf(i) for i in ids]))


def parts_of(
    key,
    challenged,
    rp_id,
    origin,
    kind="webauthn.get",
    flags=0x05,
    extra=',"crossOrigin":false',
    more=b"",
):
    client = (
        f'{{"type":"{kind}","challenge":"{b64url(challenged)}",'
        f'"origin":"{origin}"{extra}}}'
    ).encode()
    data = sha256(rp_id.encode()) + bytes([flags]) + (7).to_bytes(4, "big") + more
    return [data, client, es256(key.scalar, sha256(data + sha256(client)))]


def assertion(key, statement_id, rp_id, origin, context="statement", **how):
    return cbor(parts_of(key, challenge(context, statement_id), rp_id, origin, **how))


def place(ids, index):
    """What stands behind an assertion over a batch: the place of one statement in it."""
    return [index, len(ids), path([leaf(i) for i in ids], index)]


def sign_by_passkey(key, issuer, subject, act, rp_id, origin, of=None, **how):
    header = protected(key, issuer, subject, alg=PASSKEY_ALG)
    statement_id = of or identify(header, act)
    return assemble(header, act, assertion(key, statement_id, rp_id, origin, **how))


# The vectors.


def vectors():
    cose, other, person = Key(int("01" * 32, 16)), Key(int("02" * 32, 16)), Key(int("15" * 32, 16))
    iss, sub = "concord.example/log#P-0000-07WX", "registry/register-model"
    act = b'{"act":"registry/example/1"}'
    rp, origin = "concord.example", "https://concord.example"
    good = sign(cose, iss, sub, act)
    header = protected(cose, iss, sub)
    wide = header[:2] + b"\x38\x06" + header[3:]
    r, s = good[-64:-32], int.from_bytes(good[-32:], "big")
    rows = []

    def row(name, says, key, statement, answer="verifies"):
        gate = answer in AT_THE_GATE
        rows.append(
            {
                "name": name,
                "says": says,
                "key": key,
                "statement": statement.hex(),
                "step": "gate" if gate else "signature",
                "answer": answer,
            }
        )

    row("cose", "A statement that carries its act.", "cose", good)
    row(
        "cose-sealed",
        "A statement that carries the digest of its act (RFC 9995).",
        "cose",
        sign(cose, iss, sub, act, envelope=True),
    )
    row(
        "cose-other-s",
        "The other s of the same signature: the same statement, by the same id.",
        "cose",
        good[:-64] + r + (N - s).to_bytes(32, "big"),
    )
    row(
        "cose-changed-act",
        "One bit of the act is changed.",
        "cose",
        good.replace(b"example/1", b"example/0"),
        "bad-signature",
    )
    row(
        "cose-changed-issuer",
        "The header is signed like the act.",
        "cose",
        good.replace(b"P-0000-07WX", b"P-0000-09WZ"),
        "bad-signature",
    )
    row("cose-zero", "r and s are zero.", "cose", good[:-64] + bytes(64), "bad-signature")
    row("cose-wrong-key", "kid names another key.", "other", good, "wrong-key")
    row(
        "cose-forged",
        "Another key signed under this kid.",
        "cose",
        assemble(header, act, es256(other.scalar, identify(header, act))),
        "bad-signature",
    )
    row(
        "cose-der",
        "DER is not the signature format of COSE.",
        "cose",
        assemble(header, act, b"\x30\x44\x02\x20" + r + b"\x02\x20" + good[-32:]),
        "signature-length",
    )
    row("untagged", "Tag 18 is missing.", "cose", good[1:], "untagged")
    row(
        "wide-header",
        "The algorithm is written in more bytes than it needs, and signed so.",
        "cose",
        assemble(wide, act, es256(cose.scalar, identify(wide, act))),
        "non-minimal",
    )
    loose = b"\xbf" + header[1:] + b"\xff"
    row(
        "indefinite-header",
        "The header is of indefinite length, and signed so.",
        "cose",
        assemble(loose, act, es256(cose.scalar, identify(loose, act))),
        "indefinite-length",
    )
    at = 4 + len(header)
    row(
        "unprotected",
        "Something stands in the unprotected header, which no signature covers.",
        "cose",
        good[:at] + bytes.fromhex("a104420102") + good[at + 1 :],
        "unprotected-not-empty",
    )
    critical = cbor({1: -7, 2: [3], 3: ACT, 4: cose.thumbprint, 15: {1: iss, 2: sub}, 16: STATEMENT})
    row(
        "crit",
        "A statement has no critical extension.",
        "cose",
        assemble(critical, act, es256(cose.scalar, identify(critical, act))),
        "unknown-crit",
    )
    row(
        "es384",
        "Another algorithm, whatever the key.",
        "cose",
        sign(cose, iss, sub, act, alg=-35),
        "alg-not-allowed",
    )
    anonymous = cbor({1: -7, 3: ACT, 4: cose.thumbprint, 15: {2: sub}, 16: STATEMENT})
    row(
        "no-issuer",
        "Nobody says it.",
        "cose",
        assemble(anonymous, act, es256(cose.scalar, identify(anonymous, act))),
        "missing-iss",
    )

    def passkey(name, says, answer="verifies", key="webauthn", at=origin, on=rp, **how):
        row(name, says, key, sign_by_passkey(person, iss, sub, act, on, at, **how), answer)

    passkey("passkey", "A person signs by a passkey.")
    passkey(
        "passkey-synchronised",
        "A synchronised passkey, and a member that the browser adds.",
        flags=0x1D,
        extra=',"crossOrigin":false,"other_keys_can_be_added_here":"do not compare this"',
    )
    passkey("passkey-absent", "Nobody was present.", "user-presence", flags=0x04)
    passkey("passkey-unverified", "Nobody was verified.", "user-verification", flags=0x01)
    passkey("passkey-backup", "Backed up, and cannot be.", "authenticator-data", flags=0x15)
    passkey("passkey-longer", "Bytes behind the data.", "authenticator-data", more=b"\xa0")
    passkey("passkey-create", "The making of a passkey.", "client-type", kind="webauthn.create")
    passkey("passkey-purpose", "A signature for another purpose.", "challenge", context="order")
    passkey("passkey-statement", "One for another statement.", "challenge", of=bytes(32))
    passkey("passkey-origin", "At another origin.", "origin", at="https://concord.example.org")
    passkey("passkey-rp", "For another relying party.", "rp-id", on="example")
    passkey("passkey-frame", "In a frame.", "cross-origin", extra=',"crossOrigin":true')
    passkey("passkey-twice", "A member twice.", "client-data", extra=',"type":"webauthn.get"')
    row(
        "passkey-as-cose",
        "A passkey's key that signs plain COSE.",
        "webauthn",
        sign(person, iss, sub, act),
        "alg-not-of-key",
    )
    row(
        "cose-as-passkey",
        "A plain key that signs as a passkey.",
        "cose",
        sign_by_passkey(cose, iss, sub, act, rp, origin),
        "alg-not-of-key",
    )
    header = protected(person, iss, sub, alg=PASSKEY_ALG)
    field = assertion(person, identify(header, act), rp, origin)
    row(
        "passkey-der",
        "Browsers return DER; the statement has r and s.",
        "webauthn",
        assemble(header, act, field[:-66] + b"\x58\x48" + b"\x30\x46" + field[-64:] + bytes(6)),
        "signature-length",
    )
    batch = batches(row, person, iss, sub, rp, origin)
    passkey_key = person.jwk() | {"kind": "webauthn", "rp_id": rp, "origins": [origin]}
    return {
        "keys": {
            "cose": named(cose, cose.jwk()),
            "other": named(other, other.jwk()),
            "webauthn": named(person, passkey_key),
        },
        "issuer": iss,
        "subject": sub,
        "act": act.decode(),
        "protected_header": protected(cose, iss, sub).hex(),
        "sig_structure": cbor(["Signature1", protected(cose, iss, sub), b"", act]).hex(),
        "statement_id": identify(protected(cose, iss, sub), act).hex(),
        "challenge": challenge("statement", identify(header, act)).hex(),
        "batch": batch,
        "vectors": rows,
    }


def batches(row, person, iss, sub, rp, origin):
    """Seven acts that one touch signs, and what is none of them."""
    acts = [f'{{"act":"registry/example/1","number":{number}}}'.encode() for number in range(7)]
    header = protected(person, iss, sub, alg=PASSKEY_ALG)
    ids = [identify(header, act) for act in acts]
    signed = parts_of(person, batch_challenge(ids), rp, origin)

    def say(name, says, answer="verifies", at=2, act=None, parts=signed, where=None):
        where = place(ids, at) if where is None else where
        statement = assemble(header, act or acts[at], cbor([*parts, *where]))
        row(f"batch-{name}", says, "webauthn", statement, answer)

    _, count, steps = place(ids, 2)
    say("first", "The first of seven.", at=0)
    say("middle", "One in the middle.")
    say("last", "The last of seven, whose path is shorter.", at=6)
    say("of-one", "A batch of one.", act=acts[0],
        parts=parts_of(person, batch_challenge(ids[:1]), rp, origin), where=[0, 1, []])
    say("other-act", "An act that the batch does not hold.", "challenge",
        act=b'{"act":"registry/example/1"}')
    say("other-place", "An act at the place of another.", "challenge", act=acts[3])
    say("other-count", "A root says no count, so the challenge does.", "challenge", at=0,
        parts=parts_of(person, batch_challenge(ids[:4]), rp, origin),
        where=[0, 3, [leaf(ids[1]), root([leaf(i) for i in ids[2:4]])]])
    node = leaf(ids[0]) + leaf(ids[1])
    say("node-as-act", "A node of the tree is no statement.", "challenge",
        act=node, where=[0, 2, [root([leaf(i) for i in ids[2:4]])]])
    say("of-a-single", "An assertion over one statement is none over a batch of one.", "challenge",
        act=acts[0], parts=parts_of(person, challenge("statement", ids[0]), rp, origin),
        where=[0, 1, []])
    say("as-a-single", "An assertion over a batch is none over one statement.", "challenge",
        act=acts[0], parts=parts_of(person, batch_challenge(ids[:1]), rp, origin), where=[])
    say("purpose", "A batch for another purpose.", "challenge",
        parts=parts_of(person, batch_challenge(ids, "order"), rp, origin))
    say("origin", "A batch that was signed at another origin.", "origin",
        parts=parts_of(person, batch_challenge(ids), rp, "https://concord.example.org"))
    say("unverified", "Nobody was verified.", "user-verification",
        parts=parts_of(person, batch_challenge(ids), rp, origin, flags=0x01))
    forged = Key(int("02" * 32, 16))
    say("forged", "Another key answered.", "bad-signature",
        parts=parts_of(forged, batch_challenge(ids), rp, origin))
    say("changed-path", "One bit of the path is changed.", "challenge",
        where=[2, count, [bytes([steps[0][0] ^ 1]) + steps[0][1:], *steps[1:]]])
    say("no-count", "A batch of none.", "batch-count", where=[0, 0, []])
    say("too-many", "More than one assertion may sign.", "batch-count",
        where=[2, (1 << 17) + 1, steps])
    say("behind-the-last", "There is no such place.", "batch-index", where=[7, 7, steps])
    say("short-path", "A digest is missing.", "batch-path", where=[2, count, steps[:-1]])
    say("long-path", "A digest too many.", "batch-path", where=[2, count, [*steps, steps[0]]])
    say("short-digest", "A digest of 31 bytes.", "batch-path",
        where=[2, count, [steps[0][:31], *steps[1:]]])
    say("negative", "A place below the first.", "wrong-type", where=[-1, count, steps])
    say("four", "An array of four.", "wrong-structure", where=[2])
    say("seven", "An array of seven.", "wrong-structure", where=[2, count, steps, 0])
    return {
        "acts": [act.decode() for act in acts],
        "ids": [one.hex() for one in ids],
        "root": root([leaf(i) for i in ids]).hex(),
        "challenge": batch_challenge(ids).hex(),
    }


AT_THE_GATE = {
    "batch-count",
    "batch-index",
    "batch-path",
    "wrong-structure",
    "wrong-type",
    "untagged",
    "non-minimal",
    "indefinite-length",
    "unprotected-not-empty",
    "unknown-crit",
    "alg-not-allowed",
    "missing-iss",
    "signature-length",
}


def named(key, jwk):
    return {"scalar": f"{key.scalar:064x}", "thumbprint": key.thumbprint.hex(), "jwk": jwk}


def main(words):
    if words[:1] == ["vectors"]:
        print(json.dumps(vectors(), indent=2))
    elif words[:1] == ["jwk"]:
        print(json.dumps(Key(int(words[1], 16)).jwk()))
    elif words[:1] == ["sign"]:
        key = Key(int(words[1], 16))
        sys.stdout.buffer.write(sign(key, words[2], words[3], sys.stdin.buffer.read()))
    elif words[:1] == ["passkey"]:
        key, act = Key(int(words[1], 16)), sys.stdin.buffer.read()
        sys.stdout.buffer.write(sign_by_passkey(key, words[2], words[3], act, words[4], words[5]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
