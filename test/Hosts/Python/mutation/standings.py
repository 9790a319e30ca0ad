"""Compares the standing of every registered model and release with what a running sandbox says.

    python3 -m mutation.standings --data DIR --url URL
"""

import argparse
import json
import sys
import urllib.request
from pathlib import Path

from verifier import answers, tree
from verifier.log import Log
from verifier.network import Network
from verifier.notes import VerifierKey
from verifier.refusal import Refused
from verifier.standing import Standings
from verifier.statements import Statement

ATTEMPTS = 3
MEMBERS = ("standing", "until", "conditions", "decided_by", "marked_by")


def main():
    parser = argparse.ArgumentParser(prog="mutation.standings")
    parser.add_argument("--data", required=True)
    parser.add_argument("--url", required=True)
    options = parser.parse_args()
    authority = json.loads((Path(options.data) / "authority.json").read_text("utf-8"))
    keys = [VerifierKey(authority["verifier_key"])]
    for _ in range(ATTEMPTS):
        count, differ = compare(Log(f"{options.url}/log", keys), options.url)
        if not differ:
            break
    print(json.dumps({"subjects": count, "differ": differ}, indent=2, ensure_ascii=False))
    return 1 if differ else 0


def compare(log, url):
    """How many there are, and which differ; a tick in between makes one answer older."""
    folds = Folds(log)
    standings, differ = folds.at(len(log.entries)), []
    for subject in standings.subjects.values():
        ours, theirs = standings.answer(subject), said(url, subject)
        if any(ours[member] != theirs[member] for member in MEMBERS):
            differ.append({"subject": subject.id, "python": ours, "concord": theirs})
        try:
            folds.check(signed(url, subject.id), subject.id)
        except Refused as refused:
            differ.append({"answer": subject.id, "code": refused.code, "where": refused.where})
    return len(standings.subjects), differ


class Folds:
    """A log folded at the sizes that signed answers name."""

    def __init__(self, log):
        self.log, self.known = log, {}

    def at(self, size):
        if size > len(self.log.entries):
            raise Refused("size", str(size))
        if size not in self.known:
            self.known[size] = Standings(Network.of_log(self.log.entries[:size]))
        return self.known[size]

    def check(self, data, asked):
        standings = self.at(json.loads(Statement(data).payload)["size"])
        answer = answers.read(data, standings.network, self.log.checkpoint.origin)
        if answer["asked"] != asked:
            raise Refused("asked", answer["asked"])
        root = tree.root(self.log.leaves[: answer["size"]])
        answers.refute(answer, standings, standings.subjects.get(asked), root)


def signed(url, asked):
    request = urllib.request.Request(f"{url}/standing/{asked}",
        headers={"Accept": "application/cose"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def said(url, subject):
    place = {"M": "models", "R": "releases"}[subject.kind]
    request = urllib.request.Request(f"{url}/{place}/{subject.id}",
        headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        standing = json.load(answer)["standing"]
    return {"until": None, **standing, "standing": standing["state"]}


if __name__ == "__main__":
    sys.exit(main())
