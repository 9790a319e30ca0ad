"""Who may speak, as the log says it: keys and their speakers, key sets, joint acts, the time."""

from . import acts, signers
from .admission import check_form, invited_key, key_of_genesis
from .joint import Joint
from .keys import Key, base64url
from .refusal import Refused
from .statements import Statement
from .texts import identifier, instant


class Voice:
    """A key and the speaker for whom it signs; a revoked key stays known and speaks no more."""

    def __init__(self, key, speaker, purpose=None, expires=None):
        self.key, self.speaker = key, speaker
        self.purpose, self.expires = purpose, expires
        self.revoked, self.since = False, None


class Invitation:
    """What an invitation offers, by whose key; `code` is the key that its code makes."""

    def __init__(self, act, inviter):
        self.party, self.role, self.holder = act["party"], act["role"], act["holder"]
        self.code, self.until = Key.of_jwk(act["code"]), act["until"]
        self.inviter, self.closed = inviter, False


class Entry:
    """An entry of the log that was verified: its statement, its act where it is open."""

    def __init__(self, index, statement, act):
        self.index, self.statement, self.act = index, statement, act

    @property
    def id(self):
        return identifier("A", self.index)


class Network:
    """A fold of the log: every statement's signature, speaker, form and joint terms are checked."""

    def __init__(self):
        self.origin, self.time, self.epoch = None, None, 0
        self.voices, self.joints, self.filed = {}, {}, set()
        self.invitations, self.delegations = {}, {}
        self.genesis = self.key_set = None
        self.entries, self.effects = [], []

    @staticmethod
    def of_log(entries):
        network = Network()
        for data in entries:
            network.apply(data)
        return network

    def key_for(self, purpose, thumbprint):
        """The authority's key for a purpose, of this thumbprint."""
        voice = self.voices.get(thumbprint)
        fits = voice is not None and (voice.speaker, voice.purpose) == ("authority", purpose)
        return voice.key if fits and not voice.revoked else None

    def key(self, thumbprint):
        voice = self.voices.get(thumbprint)
        return voice.key if voice else None

    def apply(self, data):
        index, statement = len(self.entries), Statement(data)
        act = None
        if not statement.sealed:
            act = acts.read(statement.payload, statement.header.act_type)
            check_form(statement, act)
        key = self.key(statement.header.kid)
        if index == 0 and act:
            self.found(act)
            key = key_of_genesis(statement, act)
        joining = act and invited_key(statement, act)
        if key is None and joining:
            key = self.join(act, joining, index)
        if key is None:
            raise Refused("unknown-key", f"entry {index}")
        signers.verify(statement, key)
        self.check_speaker(statement, act, index)
        mark = statement.header.iss, statement.act_digest
        if mark in self.filed:
            raise Refused("duplicate", f"entry {index}")
        self.filed.add(mark)
        self.entries.append(Entry(index, statement, act))
        if act:
            self.take_effect(act, statement, index)

    def check_speaker(self, statement, act, index):
        voice = self.voices[statement.header.kid]
        if statement.header.iss != f"{self.origin}#{voice.speaker}":
            self.check_delegate(statement, act, voice, index)
        if voice.revoked:
            raise Refused("key-revoked", f"entry {index}")
        if voice.expires and self.time and instant(voice.expires) <= instant(self.time):
            raise Refused("key-expired", f"entry {index}")

    def check_delegate(self, statement, act, voice, index):
        """The key of another party signs what that party lets it, while it does. What a sealed
        statement files is not seen here."""
        origin, _, party = statement.header.iss.partition("#")
        found = self.delegations.get((party, voice.speaker))
        if origin != self.origin or found is None:
            raise Refused("issuer-mismatch", f"entry {index}")
        delegation, inviter, at = found
        stolen = inviter.since and instant(inviter.since) <= instant(at)
        if not delegation["acts"] or stolen or instant(delegation["until"]) <= instant(self.time):
            raise Refused("delegation-over", f"entry {index}")
        if act and act["act"].rpartition("/")[0] not in delegation["acts"]:
            raise Refused("not-delegated", f"entry {index}")

    def take_effect(self, act, statement, index):
        """What is not joint has effect at once, the rest with its k-th signer."""
        first = index
        if "joint" in act:
            digest = statement.act_digest
            joint = self.joints.setdefault(digest, Joint(act, digest, index))
            self.check_terms(act)
            voice = self.voices.get(statement.header.kid)
            if not joint.add(statement.speaker, index, voice, self.time):
                return
            first = joint.index
        self.effects.append((index, first, act, statement.speaker))
        change = CHANGES.get(act["act"])
        if change:
            change(self, act, first)
        if act["act"] == "network/invite/1":
            voice = self.voices[statement.header.kid]
            self.invitations[identifier("A", index)] = Invitation(act, voice)
        if act["act"] == "network/delegate/1":
            voice = self.voices[statement.header.kid]
            self.delegations[act["party"], act["to"]] = act, voice, self.time

    def join(self, act, key, index):
        """The key that adds itself: its invitation is open, as it says, and its code is proven."""
        proof, held = act["invitation"], act["key"]
        invitation = self.invitations.get(proof["invite"])
        if invitation is None or not self.is_open(invitation) or invitation.party != act["party"]:
            raise Refused("invitation-not-open", f"entry {index}")
        signature = base64url(proof["proof"])
        if not invitation.code.verifies(signature, b"concord/invitation/v1\0" + key.thumbprint):
            raise Refused("invitation-not-open", f"entry {index}")
        if (held["role"], held["holder"]) != (invitation.role, invitation.holder):
            raise Refused("not-as-invited", f"entry {index}")
        invitation.closed = True
        self.add_key(act, index)
        return key

    def is_open(self, invitation):
        inviter, now = invitation.inviter, instant(self.time)
        lapsed = inviter.expires and instant(inviter.expires) <= now
        may = inviter.purpose == "administrator" and not inviter.revoked and not lapsed
        return may and not invitation.closed and now < instant(invitation.until)

    def check_terms(self, act):
        terms, name = act["joint"], act["act"]
        if name == "network/genesis/1":
            return
        asked = {
            "roots": self.genesis["roots"]["t"],
            "institutions": self.key_set["thresholds"]["k"],
            "officers": 2,
        }.get(terms["kind"], terms["k"])
        if terms["k"] != asked or terms["epoch"] != self.epoch:
            raise Refused("joint-terms", name)

    def found(self, act):
        self.genesis, self.origin = act, act["origin"]
        for root in act["roots"]["keys"]:
            self.add(root["key"], f"root/{root['name']}")

    def add(self, jwk, speaker, purpose=None, expires=None):
        key = Key.of_jwk(jwk)
        self.voices[key.thumbprint] = Voice(key, speaker, purpose, expires)

    def take_key_set(self, body):
        """The officers and authority keys of the last key set speak no more, unless named again."""
        for voice in self.voices.values():
            if voice.speaker == "authority" or voice.speaker.startswith("officer/"):
                voice.revoked = True
        self.key_set, self.epoch = body, body["epoch"]
        for institution in body["institutions"]:
            for officer in institution["officers"]:
                self.add(officer["key"], f"officer/{institution['name']}/{officer['name']}")
        for named in body["authority_keys"]:
            self.add(named["key"], "authority", named["purpose"])

    def admit_party(self, act, index):
        for held in act["keys"]:
            self.add(held["key"], identifier("P", index), held["role"], held.get("expires"))

    def add_key(self, act, _):
        held = act["key"]
        self.add(held["key"], act["party"], held["role"], held.get("expires"))

    def appoint(self, act, _):
        speaker = f"{act['role']}/{act['institution']}/{act['name']}"
        self.add(act["key"], speaker, expires=act["until"])

    def revoke_key(self, act, _):
        voice = self.voices.get(bytes.fromhex(act["key"]))
        if voice:
            voice.revoked, voice.since = True, act.get("compromised_since")
        for invitation in self.invitations.values():
            if invitation.code.thumbprint.hex() == act["key"]:
                invitation.closed = True

    def grant_role(self, act, _):
        voice = self.voices.get(bytes.fromhex(act["key"]))
        if voice:
            voice.purpose = act["role"]

    def set_time(self, time):
        if self.time and instant(time) <= instant(self.time):
            raise Refused("clock-step", time)
        self.time = time


CHANGES = {
    "network/genesis/1": lambda n, act, _: n.take_key_set(act["key_set"]),
    "network/key-set/1": lambda n, act, _: n.take_key_set(act["body"]),
    "network/tick/1": lambda n, act, _: n.set_time(act["time"]),
    "network/resume-clock/1": lambda n, act, _: n.set_time(act["to"]),
    "network/admit-party/1": Network.admit_party,
    "network/add-key/1": Network.add_key,
    "network/appoint/1": Network.appoint,
    "network/recover-keys/1": Network.add_key,
    "network/revoke-key/1": Network.revoke_key,
    "network/grant-role/1": Network.grant_role,
}
