"""Standing (specs/standing.md): a fold of the acts that are in force, read at the last tick."""

from .texts import CROCKFORD, crockford, identifier, instant

BAD = ("suspended", "withdrawn")


class Subject:
    """A model or release, and the joint acts that gave or took its standing."""

    def __init__(self, kind, index, act, base):
        self.id, self.act_id = identifier(kind, index), identifier("A", index)
        self.kind, self.base = kind, base
        self.model, self.title, self.version = act.get("model"), act["name"], act.get("version")
        self.withdrawn = self.suspended = self.certified = None
        self.last = self.act_id

    @property
    def name(self):
        return f"{self.title} {self.version}" if self.version else self.title


class Standings:
    """Every model and release of a network's log."""

    def __init__(self, network):
        self.network = network
        self.subjects, self.parents, self.releases = {}, {}, {}
        self.digests, self.replaced = {}, {}
        for _, first, act, _ in network.effects:
            change = CHANGES.get(act["act"])
            if change:
                change(self, act, first)

    def add(self, kind, index, act, base):
        subject = Subject(kind, index, act, base)
        self.subjects[subject.id] = subject
        return subject

    def register(self, act, index):
        model = self.add("M", index, act, "registered")
        for report in act.get("answers", ()):
            self.replaced[report] = model.id

    def report(self, act, index):
        model = self.add("M", index, act, "reported")
        for base in act.get("base_models", ()):
            if "model" in base:
                self.link(model.id, base["model"], index)

    def release(self, act, index):
        release = self.add("R", index, act, "registered")
        self.releases.setdefault(act["model"], []).append(release.id)
        for weights in act["weights"]:
            self.digests.setdefault(weights["digest"], []).append(release.id)

    def derive(self, act, index):
        for parent in act["parents"]:
            self.link(act["child"], parent, index)

    def link(self, child, parent, index):
        self.parents.setdefault(child, []).append((parent, index))

    def withdraw(self, act, index):
        target = number(act["target"])
        for subject in self.subjects.values():
            if number(subject.id) == target:
                subject.withdrawn = identifier("A", index)
        for child, edges in self.parents.items():
            self.parents[child] = [edge for edge in edges if edge[1] != target]

    def rename(self, act, _):
        for subject in self.subjects.values():
            if number(subject.id) == number(act["target"]):
                subject.title = act["changes"].get("name", subject.title)
                subject.version = act["changes"].get("version", subject.version)

    def suspend(self, act, index):
        self.subjects[act["target"]].suspended = identifier("A", index), act

    def restore(self, act, index):
        subject = self.subjects[act["target"]]
        subject.suspended, subject.last = None, identifier("A", index)

    def certify(self, act, index):
        subject = self.subjects[act["target"]]
        subject.last = identifier("A", index)
        subject.certified = subject.last, act

    def expire(self, act, index):
        subject = self.subjects[act["target"]]
        subject.certified, subject.last = None, identifier("A", index)

    def find(self, words):
        """The subjects of an id, a digest or a name."""
        if words in self.subjects:
            return [self.subjects[words]]
        if words.startswith("sha256:"):
            return [self.subjects[i] for i in self.digests.get(words, ())]
        return [s for s in self.subjects.values() if s.name == words]

    def standing(self, subject):
        """The word, and the act that decided it."""
        own = self.own(subject)
        model = self.subjects.get(subject.model)
        if own[0] not in BAD and model is not None:
            above = self.own(model)
            if above[0] in BAD:
                return above
        return own

    def own(self, subject):
        if subject.withdrawn:
            return "withdrawn", subject.withdrawn
        if self.holds(subject.suspended):
            return "suspended", subject.suspended[0]
        if self.holds(subject.certified):
            return "certified", subject.last
        return subject.base, subject.last

    def holds(self, decision):
        if decision is None:
            return False
        until = decision[1].get("until")
        return until is None or instant(self.network.time) < instant(until)

    def marks(self, subject):
        """The ancestors that are suspended or withdrawn, the nearest first."""
        seen, marks = {subject.id}, []
        level = [subject.id] + self.releases.get(subject.id, [])
        seen.update(level)
        while level:
            above = []
            for child in level:
                for parent, _ in self.parents.get(child, ()):
                    parent = self.replaced.get(parent, parent)
                    if parent not in seen:
                        seen.add(parent)
                        above.append(parent)
            bad = [p for p in above if p in self.subjects and self.standing(self.subjects[p])[0] in BAD]
            marks += bad
            level = above + [r for p in above for r in self.releases.get(p, ()) if r not in seen]
            seen.update(level)
        return marks

    def answer(self, subject):
        word, decided_by = self.standing(subject)
        marks = self.marks(subject)
        decision = {"certified": subject.certified, "suspended": subject.suspended}.get(word)
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


def number(identity):
    """The log index inside an id."""
    return crockford("".join(c for c in identity[1:] if c in CROCKFORD)[:-2])


CHANGES = {
    "registry/register-model/1": Standings.register,
    "registry/report-model/1": Standings.report,
    "registry/release/1": Standings.release,
    "registry/derive/1": Standings.derive,
    "registry/withdraw/1": Standings.withdraw,
    "registry/amend/1": Standings.rename,
    "registry/correct/1": Standings.rename,
    "registry/suspend/1": Standings.suspend,
    "registry/restore/1": Standings.restore,
    "registry/certify/1": Standings.certify,
    "registry/expire/1": Standings.expire,
}
