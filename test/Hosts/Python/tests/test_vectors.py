"""Every vector of specs/ holds: signers, acts, tree, notes and receipts."""

import hashlib
import json
import re
import unittest

import cbor2

from verifier import acts, cbor, notes, receipts, signers, statements, tree
from verifier.acts import SPECS
from verifier.keys import Key
from verifier.refusal import Refused


def load(path):
    return json.loads((SPECS / path).read_text("utf-8"))


def vectors(page):
    block = re.search(r"```vectors\n(.*?)```", (SPECS / page).read_text("utf-8"), re.S).group(1)
    return dict(line.split(" ", 1) for line in block.splitlines())


def answer(call):
    try:
        call()
        return "verifies"
    except Refused as refused:
        return refused.code


class SignerVectors(unittest.TestCase):
    def test_each_statement_gets_its_answer_at_its_step(self):
        file = load("signers.vectors.json")
        keys = {name: Key.of_jwk(k["jwk"]) for name, k in file["keys"].items()}
        for vector in file["vectors"]:
            with self.subTest(vector["name"]):
                data = bytes.fromhex(vector["statement"])
                step = "gate"
                try:
                    statement = statements.Statement(data)
                    step = "signature"
                    signers.verify(statement, keys[vector["key"]])
                    got = "verifies"
                except Refused as refused:
                    got = refused.code
                self.assertEqual((got, step), (vector["answer"], vector["step"]))

    def test_header_structure_id_and_challenge_are_those_of_the_vectors(self):
        file = load("signers.vectors.json")
        for name, key in file["keys"].items():
            self.assertEqual(Key.of_jwk(key["jwk"]).thumbprint.hex(), key["thumbprint"], name)
        by_name = {v["name"]: bytes.fromhex(v["statement"]) for v in file["vectors"]}
        plain = statements.Statement(by_name["cose"])
        self.assertEqual(plain.protected.hex(), file["protected_header"])
        structure = statements.sig_structure(plain.protected, plain.payload)
        self.assertEqual(structure.hex(), file["sig_structure"])
        self.assertEqual(plain.id.hex(), file["statement_id"])
        self.assertEqual((plain.header.iss, plain.header.sub), (file["issuer"], file["subject"]))
        passkey = statements.Statement(by_name["passkey"])
        self.assertEqual(signers.challenge("statement", passkey.id).hex(), file["challenge"])
        other = statements.Statement(by_name["cose-other-s"])
        self.assertEqual(other.id, plain.id)

    def test_root_and_challenge_of_a_batch_are_those_of_the_vectors(self):
        file = load("signers.vectors.json")
        batch = file["batch"]
        middle = next(v for v in file["vectors"] if v["name"] == "batch-middle")
        header = statements.Statement(bytes.fromhex(middle["statement"])).protected
        ids = [statements.statement_id(header, act.encode()) for act in batch["acts"]]
        self.assertEqual([one.hex() for one in ids], batch["ids"])
        root = tree.root([tree.leaf(one) for one in ids])
        self.assertEqual(root.hex(), batch["root"])
        self.assertEqual(signers.batch_challenge(len(ids), root).hex(), batch["challenge"])

    def test_a_path_is_as_long_as_the_tree_asks(self):
        for size in range(1, 40):
            leaves = [tree.leaf(bytes([n])) for n in range(size)]
            for index in range(size):
                path = tree.inclusion_path(leaves, index)
                self.assertEqual(tree.path_length(index, size), len(path), (index, size))


class ActVectors(unittest.TestCase):
    def test_each_good_act_has_its_bytes_digest_header_and_id(self):
        for row in load("acts/bytes.json")["acts"]:
            with self.subTest(row["act"]):
                body = row["body"]
                data = bytes.fromhex(body[5:]) if body.startswith("cbor:") else body.encode()
                act = acts.read(data, row["content_type"])
                self.assertEqual(hashlib.sha256(data).hexdigest(), row["body_sha256"])
                self.assertEqual(acts.form(act), row["form"])
                signed = data if row["payload"] == "body" else hashlib.sha256(data).digest()
                header = bytes.fromhex(row["protected_header"])
                self.assertEqual(statements.statement_id(header, signed).hex(), row["statement_id"])
                parsed = statements.Header(header)
                self.assertEqual(parsed.sub, row["subject"])
                self.assertEqual(acts.subject(act), row["subject"])
                if row["sealed_part"]:
                    part = row["sealed_part"].encode()
                    acts.read_sealed_part(part, act)
                    digest = hashlib.sha256(part).hexdigest()
                    self.assertEqual(digest, row["sealed_part_sha256"])

    def test_each_bad_act_is_refused_by_its_rule_at_its_path(self):
        count = 0
        for file in sorted((SPECS / "acts").glob("*/*.bad.*.json")):
            with self.subTest(file.name):
                got, wanted = self.refusal_of(file)
                self.assertEqual(got, wanted)
                count += 1
        self.assertGreater(count, 100)

    def refusal_of(self, file):
        bad = json.loads(file.read_text("utf-8"))
        part = ".sealed-part." in file.name
        kind = f"{file.parent.name}/{file.name.split('.')[0]}/1"
        title = f"{kind} sealed part" if part else None
        if "hex" in bad:
            data = bytes.fromhex(bad["hex"])
        elif "text" in bad:
            data = bad["text"].encode("utf-8", "surrogatepass")
        else:
            data = raw_document(file)
        try:
            acts.read_document(acts.parse_json(data), title)
        except Refused as refused:
            return (refused.code, refused.where), (bad["rule"], bad["path"])
        return ("read", "$"), (bad["rule"], bad["path"])

    def test_each_good_example_is_read(self):
        for file in sorted((SPECS / "acts").glob("*/*.good.json")):
            kind = f"{file.parent.name}/{file.name.split('.')[0]}/1"
            title = f"{kind} sealed part" if ".sealed-part." in file.name else None
            with self.subTest(file.name):
                acts.read_document(acts.parse_json(file.read_bytes()), title)


def raw_document(file):
    """The bytes of the member `document`, in which a member may stand twice."""
    text = file.read_text("utf-8")
    start = re.search(r'"document":\s*', text).end()
    _, end = json.JSONDecoder().raw_decode(text, start)
    return text[start:end].encode("utf-8")


class LogVectors(unittest.TestCase):
    def setUp(self):
        self.log = vectors("log.md")
        page = (SPECS / "log.md").read_text("utf-8")
        self.note = re.search(r"```\n(concord.example/log\n.*?)```", page, re.S).group(1).encode()

    def test_roots_are_those_of_the_vectors(self):
        entries = self.log["classic-leaves"].replace("-", "").split(",")
        leaves = [tree.leaf(bytes.fromhex(e)) for e in entries]
        for name, root in self.log.items():
            if name.startswith("classic-root"):
                self.assertEqual(tree.root(leaves[: int(name[13:])]).hex(), root)
            if name.startswith("counting"):
                counted = [tree.leaf(i.to_bytes(2, "big")) for i in range(int(name[9:]))]
                self.assertEqual(tree.root(counted).hex(), root)
        self.assertEqual(tree.root([]).hex(), self.log["empty-root"])
        self.assertEqual(tree.leaf(b"").hex(), self.log["leaf-of-nothing"])
        nothing = tree.leaf(b"")
        self.assertEqual(tree.node(nothing, nothing).hex(), self.log["node-of-two-such-leaves"])

    def test_every_inclusion_and_consistency_proof_of_small_trees_holds(self):
        leaves = [tree.leaf(bytes([i])) for i in range(20)]
        for size in range(1, 20):
            root = tree.root(leaves[:size])
            for index in range(size):
                path = tree.inclusion_path(leaves[:size], index)
                self.assertEqual(tree.inclusion_root(leaves[index], index, size, path), root)

    def test_the_cosigned_checkpoint_verifies_by_both_keys(self):
        self.assertEqual(hashlib.sha256(self.note).hexdigest(), self.log["note-sha256"])
        keys = [notes.VerifierKey(self.log[n]) for n in ("log-vkey", "witness-vkey")]
        checkpoint = notes.Checkpoint(self.note, keys)
        self.assertEqual((checkpoint.size, checkpoint.root), (1, tree.leaf(b"")))
        self.assertEqual(checkpoint.cosigned, {keys[1].name: 1700000000})

    def test_tiles_of_a_size_are_those_of_the_vector(self):
        wanted = self.log["tiles-70000"].split(",")
        from verifier import log

        paths = [log.tile_path(*t) for t in log.tiles(70000)]
        partial_or_high = [p for p in paths if ".p/" in p or not p.startswith("tile/0/")]
        self.assertEqual(sorted(partial_or_high), sorted(wanted))


class ReceiptVectors(unittest.TestCase):
    def setUp(self):
        self.values = vectors("receipts.md")
        x, y = (bytes.fromhex(self.values[f"receipt-key-{n}"]) for n in "xy")
        self.key = Key(x, y)

    def bytes(self, name):
        return bytes.fromhex(self.values[name])

    def test_the_receipt_verifies_bare_and_wrapped(self):
        data = self.bytes("receipt")
        for form in (data, cbor.bstr(data)):
            receipt = receipts.Receipt(form)
            root = receipt.verify_inclusion(
                self.bytes("entry-4"), self.values["origin"], [self.key])
            self.assertEqual(root, self.bytes("root-11"))
        self.assertEqual(self.key.thumbprint, self.bytes("receipt-key-kid"))
        self.assertEqual(cbor2.loads(data).tag, 18)

    def test_the_consistency_receipt_leads_from_5_to_11(self):
        receipt = receipts.Receipt(self.bytes("consistency-receipt"))
        roots = self.bytes("root-5"), self.bytes("root-11")
        self.assertTrue(receipt.verify_consistency(*roots, self.values["origin"], [self.key]))
        self.assertFalse(receipt.verify_consistency(
            *roots[::-1], self.values["origin"], [self.key]))
        other = bytes(32), self.bytes("root-11")
        self.assertFalse(receipt.verify_consistency(*other, self.values["origin"], [self.key]))
