"""Files mutants of statements with a running sandbox, and compares the first fault of each.

    python3 -m mutation.online --data DIR --url URL [--keys DIR] [--count N] [--seed N]

Whether steps 1 to 7 refuse a mutant is compared; where only the word differs, it is counted.
"""

import argparse
import collections
import http.client
import json
import random
import sys
import time
import urllib.parse

from verifier.admission import admit
from verifier.network import Network
from verifier.refusal import Refused

from .corpus import Corpus
from .statements import StatementMutants


def main():
    parser = argparse.ArgumentParser(prog="mutation.online")
    parser.add_argument("--data", required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--keys", action="append", default=[])
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    corpus = Corpus(options.data, *options.keys)
    network = Network.of_log(corpus.log.entries)
    chance = random.Random(options.seed)
    mutants = StatementMutants(chance, corpus)
    known = [s for s in corpus.statements if s.header.kid in corpus.signers]
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(options.url).netloc)
    tally, words, differ = collections.Counter(), collections.Counter(), []
    by_kind = {}
    for statement in known:
        head = statement.header
        kind = head.kid, head.act_type, head.alg, statement.sealed
        by_kind.setdefault(kind, []).append(statement)
    groups = list(by_kind.values())
    for _ in range(options.count):
        statement = chance.choice(chance.choice(groups))
        data = mutants.make(statement, corpus.signers[statement.header.kid])
        ours, theirs = first_fault(data, network), filed(connection, data)
        tally[ours] += 1
        if (ours == "law") != (theirs == "law"):
            differ.append({"python": ours, "concord": theirs, "bytes": data.hex()})
        elif ours != theirs:
            words[f"{ours} / {theirs}"] += 1
    report = {"mutants": options.count, "differ": differ}
    report |= {"other_words": dict(words.most_common())}
    print(json.dumps(report | {"python": dict(tally.most_common())}, indent=2))
    return 1 if differ else 0


def first_fault(data, network):
    try:
        admit(data, network.key)
        return "law"
    except Refused as refused:
        return refused.code


def filed(connection, data):
    connection.request("POST", "/acts", data, {"content-type": "application/cose"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status == 429:
        # Who sends so much that is no filing is kept waiting, and then told.
        time.sleep(int(answer.getheader("retry-after", "1")))
        return filed(connection, data)
    if answer.status in (200, 201):
        return "law"
    problem = json.loads(body)
    law = problem["type"] in ("/problems/refused", "/problems/not-permitted") or problem.get(
        "refusal")
    return "law" if law else problem.get("fault", problem["type"].rpartition("/")[2])


if __name__ == "__main__":
    sys.exit(main())
