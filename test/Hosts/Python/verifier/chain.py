"""The keys of a log as its roots name them (specs/log.md, Keys take over from each other).

Nothing is folded but what says which key signs trees of which size: genesis, the key sets after it,
revocations of keys by roots, and the ticks by which a revocation says since when.
"""

from . import acts, signers
from .keys import Key, Span
from .notes import VerifierKey
from .refusal import Refused
from .statements import Statement
from .texts import instant

FOUNDED, REPLACED = "network/genesis/1", "network/key-set/1"
CONCERNS = FOUNDED, REPLACED, "network/revoke-key/1", "network/tick/1"


class Chain:
    """The key sets that were in force, each with the first size of a tree that it signs."""

    def __init__(self, entries):
        self.genesis, self.sets, self.revoked, self.ticks = None, [], {}, []
        self.signed = {}
        for index, data in enumerate(entries):
            if any(name.encode() in data for name in CONCERNS):
                self.read(index, data)

    @property
    def founded(self):
        """The first size whose tree says who the roots are."""
        if not self.sets:
            raise Refused("no-genesis")
        return self.sets[0][0]

    @property
    def predecessor(self):
        return (self.genesis or {}).get("predecessor")

    def read(self, index, data):
        try:
            statement = Statement(data)
            act = None if statement.sealed else acts.read(
                statement.payload, statement.header.act_type)
        except Refused:
            return
        name = act["act"] if act else None
        if name == FOUNDED and self.genesis is None:
            if self.sign(statement, self.root_of(act, statement)) >= act["roots"]["t"]:
                self.genesis = act
                self.take(act["key_set"], statement, index)
        elif name == REPLACED and self.genesis:
            self.follow(act, statement, index)
        elif name == "network/revoke-key/1" and self.genesis:
            if self.root_of(self.genesis, statement):
                since = act.get("compromised_since")
                self.revoked.setdefault(bytes.fromhex(act["key"]), (index + 1, since))
        elif name == "network/tick/1" and self.genesis:
            self.ticks.append((instant(act["time"]), index + 1))

    def follow(self, act, statement, index):
        """Counts with t roots, and officers where it makes stopping harder or lifting easier."""
        last, digest = self.sets[-1][1], self.sets[-1][2]
        before = f"sha256:{digest.hex()}"
        if act["previous"] != before or act["body"]["epoch"] != last["epoch"] + 1:
            return
        signer = self.root_of(self.genesis, statement) or institution_of(
            self.genesis["origin"], last, statement)
        self.sign(statement, signer)
        signed = self.signed.get(statement.act_digest, set())
        roots = sum(one.startswith("root/") for one in signed)
        was, will = last["thresholds"], act["body"]["thresholds"]
        stricter = will["k_stop"] > was["k_stop"] or will["k_lift"] < was["k_lift"]
        officers = was["k_lift"] if stricter else 0
        if roots >= self.genesis["roots"]["t"] and len(signed) - roots >= officers:
            self.take(act["body"], statement, index)

    def sign(self, statement, signer):
        """How many have signed this act, with the one who does now."""
        signed = self.signed.setdefault(statement.act_digest, set())
        if signer:
            signed.add(signer)
        return len(signed)

    def take(self, body, statement, index):
        self.sets.append((index + 1, body, statement.act_digest))

    def root_of(self, genesis, statement):
        """The root that signed, where it says itself to be that root of this log."""
        for named in genesis["roots"]["keys"]:
            speaker = f"root/{named['name']}"
            if speaks(named["key"], f"{genesis['origin']}#{speaker}", statement):
                return speaker
        return None

    def span(self, has):
        """From the set that first names a key until the first after it that does not."""
        first = next(size for size, body, _ in self.sets if has(body))
        later = (size for size, body, _ in self.sets if size > first and not has(body))
        return first, next(later, None)

    def log_keys(self):
        named = dict.fromkeys(key for _, body, _ in self.sets for key in body["log_keys"])
        return [VerifierKey(text, Span(*self.span(lambda body, t=text: t in body["log_keys"])))
            for text in named]

    def receipt_keys(self):
        named = {}
        for _, body, _ in self.sets:
            for one in body["authority_keys"]:
                if one["purpose"] == "receipt":
                    key = Key.of_jwk(one["key"])
                    named.setdefault(key.thumbprint, key)
        for thumbprint, key in named.items():
            first, until = self.span(lambda body, t=thumbprint: names_receipt_key(body, t))
            gone, since = self.revoked.get(thumbprint, (None, None))
            ends = [size for size in (until, gone) if size is not None]
            key.span = Span(first, min(ends, default=None), self.size_at(since) if since else None)
        return list(named.values())

    def size_at(self, since):
        """The first size at which the last tick is not before a time."""
        return next((size for time, size in self.ticks if time >= instant(since)), None)


def names_receipt_key(body, thumbprint):
    return any(one["purpose"] == "receipt" and Key.of_jwk(one["key"]).thumbprint == thumbprint
        for one in body["authority_keys"])


def institution_of(origin, body, statement):
    """The institution of the officer that signed: officers of one count once."""
    for institution in body["institutions"]:
        for officer in institution["officers"]:
            speaker = f"officer/{institution['name']}/{officer['name']}"
            if speaks(officer["key"], f"{origin}#{speaker}", statement):
                return f"institution/{institution['name']}"
    return None


def speaks(jwk, issuer, statement):
    key = Key.of_jwk(jwk)
    if key.thumbprint != statement.header.kid or statement.header.iss != issuer:
        return False
    try:
        signers.verify(statement, key)
        return True
    except Refused:
        return False
