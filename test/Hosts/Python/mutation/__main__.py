"""Writes mutants, asks both verifiers, and names every mutant on which they differ.

    python3 -m mutation --data DIR [--keys DIR] [--count N] [--seed N] [--out DIR] -- concord …

What stands behind `--` is the command that answers for Concord; `verify FOLDER …` is added.
Exit code 0: they agree on all; 1: they differ; 2: the command is not understood.
"""

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from verifier import beside

from .corpus import Corpus
from .proofs import ProofMutants
from .receipts import ReceiptMutants
from .statements import StatementMutants


def main():
    arguments = sys.argv[1:]
    split = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(prog="mutation")
    parser.add_argument("--data", required=True)
    parser.add_argument("--keys", action="append", default=[])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    options = parser.parse_args(arguments[:split])
    out = Path(options.out or tempfile.mkdtemp(prefix="concord-mutants-"))
    corpus = Corpus(options.data, *options.keys)
    sets = write(corpus, random.Random(options.seed), options.count, out)
    report = compare(corpus, sets, arguments[split + 1 :], options.data)
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return 1 if report["differ"] else 0


class Mutants:
    """The mutants whose statements one key signed; Concord checks them as one folder."""

    def __init__(self, folder, signer):
        self.folder, self.signer, self.files = folder, signer, {}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, statement, receipt=None, proof=None):
        name = f"{len(self.files):05d}"
        self.files[name] = statement, receipt, proof
        for ending, data in (("cose", statement), ("receipt.cose", receipt), ("tlog-proof", proof)):
            if data is not None:
                (self.folder / f"{name}.{ending}").write_bytes(data)


def write(corpus, chance, count, out):
    """Folders of mutants by signer: half of statements, the rest of receipts and proofs."""
    known = {}
    for index, statement in enumerate(corpus.statements):
        signer = corpus.signers.get(statement.header.kid)
        if signer is not None:
            kind = signer, statement.header.act_type, statement.sealed
            known.setdefault(kind, []).append(index)
    groups = [(kind, chance.sample(i, min(len(i), 12))) for kind, i in known.items()]
    sets = {signer: Mutants(out / signer.file.stem, signer) for (signer, *_), _ in groups}
    makers = [m(chance, corpus) for m in (StatementMutants, ReceiptMutants, ProofMutants)]
    for number in range(count):
        (signer, *_), indexes = chance.choice(groups)
        index = chance.choice(indexes)
        sets[signer].add(*mutant(makers, corpus, index, signer, number))
    return list(sets.values())


def mutant(makers, corpus, index, signer, number):
    statement = corpus.statements[index]
    if number % 4 < 2:
        return makers[0].make(statement, signer), None, None
    if number % 4 == 2:
        return statement.data, makers[1].make(corpus.receipt(index), index), None
    return statement.data, None, makers[2].make(corpus.proof(index), index)


def compare(corpus, sets, command, data):
    tally, differ = collections.Counter(), []
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = [pool.submit(ask, command, mutants, data) for mutants in sets]
        ours_of = [judge(corpus, mutants) for mutants in sets]
    for mutants, ours_by_name, answer in zip(sets, ours_of, answers):
        theirs = answer.result()
        for name, parts in mutants.files.items():
            ours = ours_by_name[name]
            refused = (f"{c}: {a}" for c, a in ours.items() if a not in ("ok", "not_checked"))
            tally[next(refused, "verifies")] += 1
            if difference(ours, theirs[name]):
                differ.append(finding(mutants, name, ours, theirs[name], parts))
    count = sum(len(m.files) for m in sets)
    report = {"mutants": count, "differ": differ}
    return report | {"python": dict(tally.most_common())}


def judge(corpus, mutants):
    """What Python says of each mutant of a folder."""
    signer = mutants.signer.public
    return {
        name: beside.check(statement, corpus.trust, receipt, proof, signer)
        for name, (statement, receipt, proof) in mutants.files.items()
    }


def ask(command, mutants, data):
    call = [*command, "verify", str(mutants.folder), "--data", str(data), "--json"]
    call += ["--signer", str(mutants.signer.file)]
    answer = subprocess.run(call, capture_output=True, text=True, check=False)
    if answer.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(call)}: {answer.returncode} {answer.stderr[:500]}")
    return json.loads(answer.stdout)["statements"]


def difference(ours, theirs):
    """Concord's verify judges the form with the act, and leaves a receipt of an unknown key unchecked."""
    ours = dict(ours)
    form = ours.pop("form", "ok")
    if ours.get("act") == "ok" and form not in ("ok", "not_checked"):
        ours["act"] = form
    if ours.get("receipt") == "unknown-key":
        ours["receipt"] = "not_checked"
    checks = {name: c["result"] for name, c in theirs["checks"].items()}
    if beside.proves(ours) != theirs["verified"]:
        return True
    plain = {name: a if a in ("ok", "not_checked") else "failed" for name, a in ours.items()}
    return any(plain[name] != checks[name] for name in plain.keys() & checks.keys())


def finding(mutants, name, ours, theirs, data):
    says = {n: c["says"] for n, c in theirs["checks"].items() if c["result"] == "failed"}
    parts = dict(zip(("statement", "receipt", "proof"), data))
    changed = parts["receipt"] or parts["proof"] or parts["statement"]
    return {
        "mutant": f"{mutants.folder}/{name}",
        "python": ours,
        "concord": {n: c["result"] for n, c in theirs["checks"].items()},
        "says": says,
        "bytes": changed.hex(),
    }


sys.exit(main())
