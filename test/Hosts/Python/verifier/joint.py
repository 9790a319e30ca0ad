"""Joint acts (specs/statements.md, section 5): in force with the k-th of distinct signers."""

from .refusal import Refused
from .texts import instant


class Joint:
    """A joint act on its way: who of whom has signed, and the entry with which it was in force."""

    def __init__(self, act, digest, index):
        self.act, self.digest, self.index = act, digest, index
        self.terms = act["joint"]
        self.signed, self.in_force = [], None

    def add(self, speaker, index, voice, at):
        """Whose key ended since counts no more, nor does what a key signed in other hands."""
        counted = [one for one, by, when in self.signed if self.counts(by, when)]
        signer = self.signer(speaker, len(counted))
        if signer in counted:
            raise Refused("institution-has-signed", signer)
        self.signed.append((signer, voice, at))
        if self.in_force is None and len(counted) + 1 == self.terms["k"]:
            self.in_force = index
        return self.in_force == index

    def counts(self, voice, at):
        if voice is None:
            return True
        stolen = voice.since and instant(voice.since) <= instant(at)
        return not stolen and (not voice.revoked or self.terms["kind"] == "parties")

    def signer(self, speaker, place):
        """What counts as one signer: a root, an institution, an officer or the next party."""
        kind = self.terms["kind"]
        if not speaker.startswith({"roots": "root/", "parties": "P-"}.get(kind, "officer/")):
            raise Refused("not-permitted", speaker)
        if kind == "institutions":
            return speaker.split("/")[1]
        if kind == "parties" and speaker not in self.terms["parties"][place:][:1]:
            raise Refused("not-your-turn", speaker)
        return speaker
