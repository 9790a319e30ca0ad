"""Real statements, receipts and proofs: out of a log's tiles and the keys of its sandbox."""

import json
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from verifier import cbor, tree
from verifier.beside import Trust
from verifier.keys import Key
from verifier.log import Log
from verifier.notes import VerifierKey
from verifier.statements import Statement, sig_structure, statement_id


class Signer:
    """A private key of the sandbox or of a party."""

    def __init__(self, file):
        data = Path(file).read_bytes()
        self.file = Path(file)
        self.private = serialization.load_pem_private_key(data, None)
        self.public = Key.of_pem(data) if hasattr(self.private, "curve") else None

    def sign_digest(self, digest):
        der = self.private.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        r, s = utils.decode_dss_signature(der)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def statement(self, protected, payload):
        signature = self.sign_digest(statement_id(protected, payload))
        return encode(protected, payload, signature)


def encode(protected, payload, signature):
    parts = cbor.bstr(protected), b"\xa0", cbor.bstr(payload), cbor.bstr(signature)
    return b"\xd2\x84" + b"".join(parts)


class Corpus:
    """The log of a data folder, and for each entry its signer where the key lies at hand."""

    def __init__(self, data, *key_folders):
        data = Path(data)
        description = json.loads((data / "authority.json").read_text("utf-8"))
        self.origin = description["origin"]
        self.verifier_key = description["verifier_key"]
        files = [f for folder in (data / "keys", *map(Path, key_folders))
            for f in folder.glob("*.pem")]
        signers = [Signer(f) for f in sorted(files)]
        self.signers = {s.public.thumbprint: s for s in signers if s.public}
        self.note_signer = next(s for s in signers if s.file.name == "log.pem")
        self.receipt_signer = next(s for s in signers if s.file.name == "receipt.pem")
        keys = [Key.of_jwk(k) for k in description["receipt_keys"]]
        self.trust = Trust([VerifierKey(self.verifier_key)], keys)
        self.log = Log(data / "log", self.trust.log_keys)
        self.checkpoint = (data / "log" / "checkpoint").read_bytes()
        self.paths = {}
        self.statements = [Statement(e) for e in self.log.entries]

    def path(self, index):
        if index not in self.paths:
            self.paths[index] = tree.inclusion_path(self.log.leaves, index)
        return self.paths[index]

    def receipt(self, index):
        """A receipt as specs/receipts.md has it, signed by the sandbox's own key."""
        size = self.log.checkpoint.size
        claims = cbor.head(5, 2) + b"\x01" + cbor.tstr(self.origin)
        claims += b"\x02" + cbor.tstr(f"checkpoint/{size}")
        kid = self.receipt_signer.public.thumbprint
        protected = b"\xa4\x01\x26\x04" + cbor.bstr(kid) + b"\x0f" + claims + b"\x19\x01\x8b\x01"
        return self.sign_receipt(protected, self.proof_bytes(index), self.log.checkpoint.root)

    def proof_bytes(self, index):
        path = self.path(index)
        head = b"\x83" + cbor.head(0, self.log.checkpoint.size) + cbor.head(0, index)
        return head + cbor.head(4, len(path)) + b"".join(map(cbor.bstr, path))

    def sign_receipt(self, protected, proof, root):
        structure = sig_structure(protected, root)
        digest = hashes.Hash(hashes.SHA256())
        digest.update(structure)
        signature = self.receipt_signer.sign_digest(digest.finalize())
        unprotected = b"\xa1\x19\x01\x8c\xa1\x20\x81" + cbor.bstr(proof)
        parts = cbor.bstr(protected), unprotected, b"\xf6", cbor.bstr(signature)
        return b"\xd2\x84" + b"".join(parts)

    def proof(self, index):
        import base64

        lines = ["c2sp.org/tlog-proof@v1", f"index {index}"]
        lines += [base64.b64encode(h).decode() for h in self.path(index)]
        return "\n".join(lines).encode() + b"\n\n" + self.checkpoint
