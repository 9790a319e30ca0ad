"""Joint acts (specs/statements.md, section 5): in force with the k-th of distinct signers."""

from .refusal import Refused


class Joint:
    """A joint act on its way: who of whom has signed, and the entry with which it was in force."""

    def __init__(self, act, digest, index):
        self.act, self.digest, self.index = act, digest, index
        self.terms = act["joint"]
        self.signers, self.in_force = [], None

    def add(self, speaker, index):
        signer = self.signer(speaker)
        if signer in self.signers:
            raise Refused("institution-has-signed", signer)
        self.signers.append(signer)
        if len(self.signers) == self.terms["k"]:
            self.in_force = index
        return self.in_force == index

    def signer(self, speaker):
        """What counts as one signer: a root, an institution, an officer or the next party."""
        kind = self.terms["kind"]
        if not speaker.startswith({"roots": "root/", "parties": "P-"}.get(kind, "officer/")):
            raise Refused("not-permitted", speaker)
        if kind == "institutions":
            return speaker.split("/")[1]
        if kind == "parties" and speaker not in self.terms["parties"][len(self.signers) :][:1]:
            raise Refused("not-your-turn", speaker)
        return speaker
