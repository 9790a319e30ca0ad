"""Standing (specs/standing.md): a fold of the acts that are in force, read at the last tick."""

from datetime import datetime, timezone

from .texts import CROCKFORD, crockford, identifier, instant

BAD = ("suspended", "withdrawn")
LAST = datetime(9999, 12, 31, 23, 59, 59, 999000, timezone.utc)


class Subject:
    """A model or release, and the joint acts that gave or took its standing."""

    def __init__(self, kind, index, act, base):
        self.id, self.act_id = identifier(kind, index), identifier("A", index)
        self.kind, self.base = kind, base
        self.model, self.title, self.version = act.get("model"), act["name"], act.get("version")
        self.withdrawn = self.stayed = self.certified = self.certificate = None
        self.suspensions = []
        self.last = self.act_id

    @property
    def name(self):
        return f"{self.title} {self.version}" if self.version else self.title


class Standings:
    """Every model and release of a network's log."""

    def __init__(self, network):
        self.network = network
        self.subjects, self.acts = {}, {}
        self.parents, self.releases, self.digests, self.replaced = {}, {}, {}, {}
        self.decided, self.appeals = {}, {}
        self.now = None
        for _, first, act, _ in network.effects:
            change = CHANGES.get(act["act"])
            if change:
                change(self, act, first)
        for index, act in sorted(self.acts.items()):
            self.place(act, index)

    def add(self, act, index):
        kind, base = MADE[act["act"]]
        self.acts[index] = act
        if kind:
            subject = Subject(kind, index, act, base)
            self.subjects[subject.id] = subject

    def place(self, act, index):
        """What an act, as amended, says of others: parents, releases, weights, answers."""
        for base in act.get("base_models", ()):
            if "model" in base:
                self.parents.setdefault(identifier("M", index), []).append(base["model"])
        for parent in act.get("parents", ()):
            self.parents.setdefault(act["child"], []).append(parent)
        for report in act.get("answers", ()):
            self.replaced[report] = identifier("M", index)
        if act["act"] == "registry/release/1":
            self.releases.setdefault(act["model"], []).append(identifier("R", index))
        for weights in act.get("weights", ()):
            self.digests.setdefault(weights["digest"], []).append(identifier("R", index))

    def made(self, index):
        """The subject that the act of this index made."""
        kind, _ = MADE[self.acts[index]["act"]]
        return self.subjects[identifier(kind, index)] if kind else None

    def withdraw(self, act, index):
        target = number(act["target"])
        if target in self.acts:
            subject = self.made(target)
            if subject is None:
                del self.acts[target]
            else:
                subject.withdrawn = identifier("A", index)

    def void(self, act, index):
        if "replacement" in act:
            self.change(act["target"], act["replacement"])
        else:
            self.withdraw(act, index)

    def amend(self, act, _):
        self.change(act["target"], act["changes"])

    def change(self, identity, changes):
        target = number(identity)
        if target not in self.acts:
            return
        amended = self.acts[target] | changes
        self.acts[target] = {n: v for n, v in amended.items() if v is not None}
        subject = self.made(target)
        if subject:
            subject.title = self.acts[target]["name"]
            subject.version = self.acts[target].get("version")

    def tick(self, act, _):
        self.now = act["time"]

    def toll(self, outage, _):
        """What was left of a certificate when an outage began is left when it ends."""
        for subject in self.subjects.values():
            if subject.certified is None:
                continue
            decided_by, act = subject.certified
            since, until = moment(act["since"]), moment(act["until"])
            start, end = moment(outage["from"]), moment(outage["to"])
            if until > start and since < end:
                stood = end - max(since, start)
                until = min(until, LAST - stood) + stood
                subject.certified = decided_by, act | {"until": written(until)}

    def suspend(self, act, index):
        subject = self.decide(act, index)
        if not self.holds(subject.certified, self.now):
            subject.certified = None
        subject.suspensions.append((identifier("A", index), act))

    def decide(self, act, index):
        """Its subject, without the suspensions that had lapsed; an appeal names the decision."""
        subject = self.subjects[act["target"]]
        self.decided[identifier("A", index)] = subject
        while subject.suspensions and not self.holds(subject.suspensions[-1], self.now):
            subject.suspensions.pop()
        return subject

    def restore(self, act, index):
        subject = self.decide(act, index)
        subject.suspensions, subject.stayed = [], None
        subject.last = identifier("A", index)

    def certify(self, act, index):
        subject = self.decide(act, index)
        subject.last = subject.certificate = identifier("A", index)
        subject.certified = subject.last, act | {"since": self.now}

    def expire(self, act, index):
        subject = self.decide(act, index)
        subject.certified, subject.last = None, identifier("A", index)

    def appeal(self, act, index):
        self.appeals[identifier("A", index)] = act.get("against")

    def decide_appeal(self, act, index):
        """What was appealed has no effect for a time, or for good, or has it again."""
        against, outcome = self.appeals[act["appeal"]], act["outcome"]
        subject = self.decided.get(against)
        if subject is None:
            return
        appealed = [s for s in subject.suspensions if s[0] == against]
        is_stayed = subject.stayed is not None and subject.stayed[0] == against
        if outcome == "upheld":
            if is_stayed:
                subject.suspensions.insert(0, subject.stayed)
                subject.stayed = None
            return
        if appealed:
            subject.suspensions.remove(appealed[0])
            subject.stayed = appealed[0] if outcome == "stayed" else subject.stayed
        elif is_stayed:
            subject.stayed = None
        elif subject.certificate == against and self.holds(subject.certified, self.now):
            subject.certified = subject.certified[0], subject.certified[1] | {"conditions": []}
        else:
            return
        subject.last = identifier("A", index)

    def suspended(self, subject):
        """The last of its suspensions that has not lapsed."""
        return next((s for s in reversed(subject.suspensions) if self.holds(s)), None)

    def find(self, words):
        """The subjects of an id, a digest or a name."""
        if words in self.subjects:
            return [self.subjects[words]]
        if words.startswith("sha256:"):
            return [self.subjects[i] for i in self.digests.get(words, ())]
        return [s for s in self.subjects.values() if s.name == words]

    def standing(self, subject):
        """The word, and the act that decided it."""
        return self.own(self.decisive(subject))

    def decisive(self, subject):
        """The model of a release where its standing is the release's, else the subject itself."""
        model = self.subjects.get(subject.model)
        if model is not None and self.own(subject)[0] not in BAD and self.own(model)[0] in BAD:
            return model
        return subject

    def own(self, subject):
        if subject.withdrawn:
            return "withdrawn", subject.withdrawn
        if self.suspended(subject):
            return "suspended", self.suspended(subject)[0]
        if self.holds(subject.certified):
            return "certified", subject.last
        return subject.base, subject.last

    def holds(self, decision, now=None):
        if decision is None:
            return False
        until = decision[1].get("until")
        return until is None or instant(now or self.network.time) < instant(until)

    def marks(self, subject):
        """The ancestors that are suspended or withdrawn, the nearest first."""
        seen, marks, level = {subject.id}, [], [subject.id]
        while level:
            children = [c for i in level for c in (i, *reversed(self.releases.get(i, ())))]
            level = []
            for parent in (p for child in children for p in self.parents_of(child)):
                if parent not in seen:
                    seen.add(parent)
                    level.append(parent)
            marks += [p for p in level if p in self.subjects and self.is_bad(p)]
        return marks

    def parents_of(self, child):
        return [self.replaced.get(p, p) for p in reversed(self.parents.get(child, ()))]

    def is_bad(self, identity):
        return self.standing(self.subjects[identity])[0] in BAD

    def answer(self, subject):
        word, decided_by = self.standing(subject)
        marks = self.marks(subject)
        whose = self.decisive(subject)
        decision = {"certified": whose.certified, "suspended": self.suspended(whose)}.get(word)
        act = decision[1] if decision else {}
        return {
            "subject": subject.id,
            "name": subject.name,
            "standing": word,
            "good": word in ("registered", "certified") and not marks,
            "until": act.get("until"),
            "decided_by": decided_by,
            "conditions": act.get("conditions", []),
            "marked_by": marks,
            "size": len(self.network.entries),
            "tick": self.network.time,
        }


def moment(text):
    return datetime.fromisoformat(text)


def written(time):
    """A moment as acts have it: fractions only where there are some."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(".000Z", "Z")


def number(identity):
    """The log index inside an id."""
    return crockford("".join(c for c in identity[1:] if c in CROCKFORD)[:-2])


MADE = {
    "registry/register-model/1": ("M", "registered"),
    "registry/report-model/1": ("M", "reported"),
    "registry/release/1": ("R", "registered"),
    "registry/derive/1": (None, None),
}
CHANGES = {name: Standings.add for name in MADE} | {
    "network/tick/1": Standings.tick,
    "network/outage/1": Standings.toll,
    "registry/withdraw/1": Standings.withdraw,
    "network/void/1": Standings.void,
    "registry/amend/1": Standings.amend,
    "registry/correct/1": Standings.amend,
    "registry/suspend/1": Standings.suspend,
    "registry/restore/1": Standings.restore,
    "registry/certify/1": Standings.certify,
    "registry/expire/1": Standings.expire,
    "network/appeal/1": Standings.appeal,
    "network/decide-appeal/1": Standings.decide_appeal,
}
