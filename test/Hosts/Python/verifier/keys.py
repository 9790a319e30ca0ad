"""P-256 keys, their thumbprints (RFC 9679), and ES256 over bytes or a digest."""

import base64
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from .refusal import Refused

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def base64url(text):
    """Decodes base64url without padding; unused bits must be zero."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise ValueError("not canonical")
    return data


def base64url_text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def thumbprint(x, y):
    return hashlib.sha256(b"\xa4\x01\x02\x20\x01\x21\x58\x20" + x + b"\x22\x58\x20" + y).digest()


class Span:
    """The sizes of the trees that a key signs, by the key set in force in each."""

    def __init__(self, first=None, until=None, contested=None):
        self.first, self.until, self.contested = first, until, contested

    def names(self, size):
        return size >= (self.first or 0) and (self.until is None or size < self.until)

    def check(self, size):
        """Refuses a tree whose key set does not name the key, and one of doubtful times."""
        if not self.names(size):
            raise Refused("key-not-in-force", str(size))
        if self.contested is not None and size >= self.contested:
            raise Refused("contested", str(size))


class Key:
    """A public key of a known kind: `cose`, or `webauthn` with its relying party and origins."""

    def __init__(self, x, y, kind="cose", rp_id=None, origins=()):
        self.x, self.y = x, y
        self.kind, self.rp_id, self.origins = kind, rp_id, tuple(origins)
        self.thumbprint = thumbprint(x, y)
        self.public = public_key(x, y)
        self.span = Span()

    @staticmethod
    def of_jwk(jwk):
        kind = jwk.get("kind", "cose")
        x, y = base64url(jwk["x"]), base64url(jwk["y"])
        key = Key(x, y, kind, jwk.get("rp_id"), jwk.get("origins", ()))
        key.span = Span(jwk.get("from"), jwk.get("until"), jwk.get("contested_from"))
        return key

    @staticmethod
    def of_pem(data):
        from cryptography.hazmat.primitives import serialization

        if b"PRIVATE" in data:
            key = serialization.load_pem_private_key(data, None).public_key()
        else:
            key = serialization.load_pem_public_key(data)
        numbers = key.public_numbers()
        return Key(numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big"))

    def verifies(self, signature, data):
        """Whether r and s sign the SHA-256 of the data."""
        return self.verifies_digest(signature, hashlib.sha256(data).digest())

    def verifies_digest(self, signature, digest):
        if len(signature) != 64:
            return False
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        if not (0 < r < ORDER and 0 < s < ORDER):
            return False
        algorithm = ec.ECDSA(utils.Prehashed(hashes.SHA256()))
        try:
            self.public.verify(utils.encode_dss_signature(r, s), digest, algorithm)
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=4096)
def public_key(x, y):
    try:
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
        )
        return numbers.public_key()
    except ValueError:
        raise Refused("malformed-key", "the point is not on P-256") from None
