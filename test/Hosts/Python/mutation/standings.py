"""Compares the standing of every registered model and release with what a running sandbox says.

    python3 -m mutation.standings --data DIR --url URL
"""

import argparse
import json
import sys
import urllib.request
from pathlib import Path

from verifier.log import Log
from verifier.network import Network
from verifier.notes import VerifierKey
from verifier.standing import Standings

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
    standings, differ = Standings(Network.of_log(log.entries)), []
    for subject in standings.subjects.values():
        ours, theirs = standings.answer(subject), said(url, subject)
        if any(ours[member] != theirs[member] for member in MEMBERS):
            differ.append({"subject": subject.id, "python": ours, "concord": theirs})
    return len(standings.subjects), differ


def said(url, subject):
    place = {"M": "models", "R": "releases"}[subject.kind]
    request = urllib.request.Request(f"{url}/{place}/{subject.id}",
        headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        standing = json.load(answer)["standing"]
    return {"until": None, **standing, "standing": standing["state"]}


if __name__ == "__main__":
    sys.exit(main())
