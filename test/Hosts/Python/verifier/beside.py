"""What lies beside each other under one name: a statement, its receipt, its proof."""

from . import acts, notes, receipts, signers
from .admission import check_form
from .refusal import Refused
from .statements import Statement


class Trust:
    """The keys that a check relies on; what is not known is not checked."""

    def __init__(self, log_keys=(), receipt_keys=(), signers_=()):
        self.log_keys = list(log_keys)
        self.receipt_keys = list(receipt_keys)
        self.signers = {key.thumbprint: key for key in signers_}
        self.ended = {}

    def follow(self, chain):
        """Takes the keys that a log's roots name, and where the log before it ended."""
        witnesses = [key for key in self.log_keys if key.type == notes.WITNESS]
        self.log_keys, before = chain.log_keys() + witnesses, chain.predecessor
        self.receipt_keys += chain.receipt_keys()
        if before:
            self.ended[before["origin"]] = before["size"]
            self.log_keys.append(notes.VerifierKey(before["verifier_key"]))

    def check_end(self, origin, size):
        """Refuses a tree of a log that ended before it was so large, whoever signed it."""
        if size > self.ended.get(origin, size):
            raise Refused("ended", str(size))

    @property
    def origins(self):
        return {key.name for key in self.log_keys if key.type == notes.LOG}


def check(statement, trust, receipt=None, proof=None, only_signer=None):
    """The answer of each check: `ok`, `not_checked`, or the code of the refusal."""
    try:
        parsed = Statement(statement)
    except Refused as refused:
        return {"statement": refused.code}
    answers = {"statement": "ok", "act": "not_checked", "form": "not_checked"}
    if not parsed.sealed:
        answers |= check_act(parsed)
    key = only_signer or trust.signers.get(parsed.header.kid)
    answers["signature"] = answer(signers.verify, parsed, key) if key else "not_checked"
    answers |= {"proof": "not_checked", "receipt": "not_checked"}
    if proof is not None:
        answers["proof"] = answer(check_proof, statement, proof, trust)
    if receipt is not None:
        answers["receipt"] = answer(check_receipt, statement, receipt, trust)
    return answers


def check_act(statement):
    try:
        act = acts.read(statement.payload, statement.header.act_type)
    except Refused as refused:
        return {"act": refused.code}
    return {"act": "ok", "form": answer(check_form, statement, act)}


def answer(check_, *arguments):
    try:
        check_(*arguments)
        return "ok"
    except Refused as refused:
        return refused.code


def check_proof(entry, data, trust):
    checkpoint = notes.Proof(data).verify(entry, trust.log_keys)
    trust.check_end(checkpoint.origin, checkpoint.size)


def check_receipt(entry, data, trust):
    receipt = receipts.Receipt(data)
    origin = next((o for o in trust.origins if o == receipt.iss), None)
    trust.check_end(receipt.iss, receipt.size)
    receipt.verify_inclusion(entry, origin, trust.receipt_keys)


def holds(answers):
    return all(a in ("ok", "not_checked") for a in answers.values())


def proves(answers):
    """Nothing is refused, and a key speaks for it."""
    return holds(answers) and "ok" in (answers.get(n) for n in ("signature", "proof", "receipt"))
