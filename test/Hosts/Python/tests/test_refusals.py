"""What is changed in any bit is refused; documents are asked for, and no other let in."""

import json
import re
import unittest
from pathlib import Path

import cbor2

from verifier import beside, cbor, documents, notes, receipts, signers
from verifier.acts import SPECS
from verifier.admission import admit
from verifier.keys import Key
from verifier.refusal import Refused
from verifier.statements import Statement

from .test_vectors import answer, load, vectors


def flips(data):
    for place in range(len(data) * 8):
        changed = bytearray(data)
        changed[place // 8] ^= 1 << place % 8
        yield bytes(changed)


class EveryBit(unittest.TestCase):
    def test_no_receipt_with_one_bit_changed_holds(self):
        values = vectors("receipts.md")
        key = Key(*(bytes.fromhex(values[f"receipt-key-{n}"]) for n in "xy"))
        entry = bytes.fromhex(values["entry-4"])
        for data in flips(bytes.fromhex(values["receipt"])):
            with self.assertRaises(Refused):
                receipts.Receipt(data).verify_inclusion(entry, values["origin"], [key])

    def test_no_consistency_receipt_with_one_bit_changed_holds(self):
        values = vectors("receipts.md")
        key = Key(*(bytes.fromhex(values[f"receipt-key-{n}"]) for n in "xy"))
        roots = [bytes.fromhex(values[f"root-{n}"]) for n in (5, 11)]

        def holds(data):
            receipt = receipts.Receipt(data)
            sizes = receipt.first, receipt.second
            proven = receipt.verify_consistency(*roots, values["origin"], [key])
            return proven and sizes == (5, 11)

        for data in flips(bytes.fromhex(values["consistency-receipt"])):
            self.assertFalse(outcome(holds, data))

    def test_no_note_with_one_bit_changed_has_both_signatures(self):
        log, page = vectors("log.md"), (SPECS / "log.md").read_text("utf-8")
        note = re.search(r"```\n(concord.example/log\n.*?)```", page, re.S).group(1).encode()
        keys = [notes.VerifierKey(log[n]) for n in ("log-vkey", "witness-vkey")]
        for data in flips(note):
            checkpoint = outcome(lambda d: notes.Checkpoint(d, keys), data)
            self.assertFalse(checkpoint and checkpoint.cosigned)

    def test_an_empty_proof_is_no_missing_one(self):
        entry = bytes.fromhex(load("signers.vectors.json")["vectors"][0]["statement"])
        trust = beside.Trust([], [], [])
        self.assertEqual(beside.check(entry, trust)["proof"], "not_checked")
        self.assertNotEqual(beside.check(entry, trust, proof=b"")["proof"], "not_checked")
        self.assertFalse(beside.holds(beside.check(entry, trust, proof=b"")))

    def test_what_the_strict_reader_admits_another_decoder_reads_alike(self):
        data = bytes.fromhex(load("signers.vectors.json")["vectors"][0]["statement"])
        protected, unprotected, payload, signature = cbor2.loads(data).value
        statement = Statement(data)
        self.assertEqual((protected, payload), (statement.protected, statement.payload))
        self.assertEqual((unprotected, signature), ({}, statement.signature))
        claims = {1: statement.header.iss, 2: statement.header.sub}
        self.assertEqual(cbor2.loads(protected)[15], claims)

    def test_a_transparent_statement_gives_back_the_logged_one_and_its_receipts(self):
        values = vectors("receipts.md")
        data = bytes.fromhex(load("signers.vectors.json")["vectors"][0]["statement"])
        statement, receipt = Statement(data), bytes.fromhex(values["receipt"])
        head = b"\xd2\x84" + cbor.bstr(statement.protected)
        rest = cbor.bstr(statement.payload) + cbor.bstr(statement.signature)
        whole = head + b"\xa1\x19\x01\x8a\x81" + cbor.bstr(receipt) + rest
        self.assertEqual(receipts.split_transparent(whole), (data, [receipt]))


class Documents(unittest.TestCase):
    def setUp(self):
        rows = {row["act"]: row for row in load("acts/bytes.json")["acts"]}
        self.act = json.loads(rows["network/site/1"]["body"])
        self.part = rows["network/site/1"]["sealed_part"].encode()

    def code(self, *beside):
        return answer(lambda: documents.check(self.act, beside))

    def test_what_an_act_names_is_there_and_nothing_else(self):
        self.assertEqual(self.code(self.part), "verifies")
        self.assertEqual(self.code(), "missing-document")
        self.assertEqual(self.code(self.part + b" "), "missing-document")
        self.assertEqual(self.code(self.part, bytes(20)), "surplus-document")
        self.assertEqual(self.code(self.part, self.part), "surplus-document")


class Policies(unittest.TestCase):
    def setUp(self):
        self.log = vectors("log.md")
        page = (SPECS / "log.md").read_text("utf-8")
        self.note = re.search(r"```\n(concord.example/log\n.*?)```", page, re.S).group(1).encode()

    def policy(self, *lines):
        first = f"log {self.log['log-vkey']}", f"witness w1 {self.log['witness-vkey']}"
        return notes.Policy("\n".join((*first, *lines)))

    def test_a_quorum_counts_the_members_of_groups(self):
        self.policy("group all1 all w1", "quorum all1").accept(self.note)
        self.policy("quorum none").accept(self.note)
        alone = self.note[: self.note.index("— witness".encode())]
        with self.assertRaisesRegex(Refused, "quorum"):
            self.policy("group one 1 w1", "quorum one").accept(alone)

    def test_a_policy_says_everything_once(self):
        key = self.log["witness-vkey"]
        for lines in (
            (),
            ("quorum w1", "quorum w1"),
            ("quorum w2",),
            (f"witness w2 {key}", "quorum w1"),
            ("group g 2 w1", "quorum g"),
            ("group g any w1", "group h any w1", "quorum h"),
            ("group g any g", "quorum g"),
        ):
            with self.assertRaisesRegex(Refused, "policy"):
                self.policy(*lines)


def outcome(call, data):
    try:
        return call(data)
    except Refused:
        return None


class Findings(unittest.TestCase):
    def test_each_finding_gets_the_answer_of_the_specification(self):
        file = json.loads(Path(__file__).with_name("findings.json").read_text("utf-8"))
        keys = load("signers.vectors.json")["keys"]
        for finding in file["findings"]:
            with self.subTest(finding["name"]):
                self.assertEqual(answer(lambda: self.check(finding, keys)), finding["answer"])

    def check(self, finding, keys):
        if "receipt" in finding:
            values = vectors("receipts.md")
            key = Key(*(bytes.fromhex(values[f"receipt-key-{n}"]) for n in "xy"))
            receipt = receipts.Receipt(bytes.fromhex(finding["receipt"]))
            entry = bytes.fromhex(finding["entry"])
            return receipt.verify_inclusion(entry, values["origin"], [key])
        key = Key.of_jwk(keys[finding["key"]]["jwk"])
        if finding["step"] == "form":
            return admit(bytes.fromhex(finding["statement"]), lambda _: key)
        return signers.verify(Statement(bytes.fromhex(finding["statement"])), key)
