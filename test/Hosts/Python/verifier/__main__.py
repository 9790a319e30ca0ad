"""The command line: python3 -m verifier VERB …; JSON on standard output.

    statement FILE [--signer KEY]…  the gate, the act, its form and its signature
    receipt FILE --entry FILE       a COSE receipt of a statement, bare, wrapped or transparent
    consistency FILE --earlier CHECKPOINT --later CHECKPOINT
    proof FILE --entry FILE         a .tlog-proof of a statement
    checkpoint FILE [--policy FILE] a signed checkpoint, and who cosigned it
    log PLACE [--known CHECKPOINT]… every byte of a log in a folder or at an address, and its fold
    standing SUBJECT --log PLACE    the standing of an id, digest or name
    answer FILE --log PLACE         a signed answer on standing, held against the log
    fork FOLDER                     the proof that a log signed two trees
    fingerprint FILE [--other FILE] the bytes of a fingerprint of weights, and what it says of another
    tensors FILE                    the digest of each tensor of a safetensors file

Keys: --authority FILE is an authority.json; --vkey KEY a verifier key; --receipt-key and --signer a
PEM or JWK file. --chain PLACE reads them out of a log, by its roots: a key that was given signs it
now, or has signed a --known CHECKPOINT that it goes on from. Exit code 0: it holds; 1: it does not; 2: the command is not understood.
"""

import argparse
import json
import sys
from pathlib import Path

from . import answers, beside, forks, kinship, receipts, standing, tensors, tree
from .fingerprints import Fingerprint
from .keys import Key, Span
from .log import Log
from .network import Network
from .notes import Checkpoint, Policy, Proof, VerifierKey
from .refusal import Refused
from .statements import Statement


def main():
    parser = argparse.ArgumentParser(prog="verifier", description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(required=True, dest="verb")
    for name, (call, options) in VERBS.items():
        verb = verbs.add_parser(name)
        verb.set_defaults(call=call)
        for option in options + KEYS:
            many = option in ("--known", "--signer", "--vkey", "--receipt-key")
            needed = {"required": True} if option in REQUIRED else {}
            verb.add_argument(option, **({"action": "append", "default": []} if many else needed))
    options = parser.parse_args()
    try:
        options.trust = trust(options)
        answer = options.call(options)
    except Refused as refused:
        answer = {"holds": False, "code": refused.code, "where": refused.where}
    except (OSError, ValueError) as error:
        print(json.dumps({"error": str(error)}))
        return 2
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0 if answer["holds"] else 1


def trust(options):
    log_keys = [VerifierKey(text_or_file(k)) for k in options.vkey]
    receipt_keys = [key_file(f) for f in options.receipt_key]
    if options.authority:
        authority = json.loads(Path(options.authority).read_text("utf-8"))
        named = authority.get("verifier_keys") or [{"key": authority["verifier_key"]}]
        log_keys += [VerifierKey(k["key"], Span(k.get("from"), k.get("until"))) for k in named]
        receipt_keys += [Key.of_jwk(jwk) for jwk in authority["receipt_keys"]]
    trusted = beside.Trust(log_keys, receipt_keys, [key_file(f) for f in options.signer])
    if options.chain:
        known = [Checkpoint(read(k), log_keys) for k in options.known]
        trusted.follow(Log(options.chain, log_keys, known, follow=True).chain)
    return trusted


def text_or_file(words):
    return Path(words).read_text("utf-8").strip() if Path(words).is_file() else words


def key_file(path):
    data = Path(path).read_bytes()
    return Key.of_pem(data) if data.startswith(b"-----") else Key.of_jwk(json.loads(data))


def read(path):
    return Path(path).read_bytes()


def statement(options):
    data = read(options.file)
    answers = beside.check(data, options.trust)
    answer = {"holds": beside.holds(answers), "checks": answers}
    if answers["statement"] == "ok":
        parsed = Statement(data)
        answer |= {"id": f"sha256:{parsed.id.hex()}", "iss": parsed.header.iss}
        answer |= {"sub": parsed.header.sub, "kid": parsed.header.kid.hex()}
        answer |= {"act_digest": f"sha256:{parsed.act_digest.hex()}"}
    return answer


def receipt(options):
    entry, data = read(options.entry), read(options.file)
    if data[:2] == b"\xd2\x84" and data != entry and is_transparent(data, entry):
        data = receipts.split_transparent(data)[1][0]
    parsed = receipts.Receipt(data)
    origins = options.trust.origins
    if parsed.iss not in origins:
        raise Refused("issuer", parsed.iss)
    options.trust.check_end(parsed.iss, parsed.size)
    root = parsed.verify_inclusion(entry, parsed.iss, options.trust.receipt_keys)
    return {"holds": True, "origin": parsed.iss, "index": parsed.second, "size": parsed.size,
        "root": root.hex()}


def is_transparent(data, entry):
    try:
        return receipts.split_transparent(data)[0] == entry
    except Refused:
        return False


def consistency(options):
    keys = options.trust.log_keys
    earlier, later = Checkpoint(read(options.earlier), keys), Checkpoint(read(options.later), keys)
    parsed = receipts.Receipt(read(options.file))
    fits = (parsed.first, parsed.second) == (earlier.size, later.size)
    holds = fits and earlier.origin == later.origin and parsed.verify_consistency(
        earlier.root, later.root, later.origin, options.trust.receipt_keys
    )
    return {"holds": holds}


def proof(options):
    parsed = Proof(read(options.file))
    checkpoint_ = parsed.verify(read(options.entry), options.trust.log_keys)
    options.trust.check_end(checkpoint_.origin, checkpoint_.size)
    return {"holds": True, "index": parsed.index, **describe(checkpoint_)}


def describe(checkpoint_):
    return {
        "origin": checkpoint_.origin,
        "size": checkpoint_.size,
        "root": checkpoint_.root.hex(),
        "cosigned": checkpoint_.cosigned,
    }


def checkpoint(options):
    data = read(options.file)
    if options.policy:
        accepted = Policy(Path(options.policy).read_text("utf-8")).accept(data)
    else:
        accepted = Checkpoint(data, options.trust.log_keys)
    return {"holds": True, **describe(accepted)}


def fold(options, place):
    known = [Checkpoint(read(k), options.trust.log_keys) for k in options.known]
    log_ = Log(place, options.trust.log_keys, known)
    return log_, Network.of_log(log_.entries)


def log(options):
    log_, network = fold(options, options.file)
    joints = network.joints.values()
    return {
        "holds": True,
        **describe(log_.checkpoint),
        "tick": network.time,
        "epoch": network.epoch,
        "sealed": sum(e.statement.sealed for e in network.entries),
        "joint_in_force": sum(j.in_force is not None for j in joints),
        "joint_pending": sum(j.in_force is None for j in joints),
    }


def standing_of(options):
    _, network = fold(options, options.log)
    standings = standing.Standings(network)
    answers = [standings.answer(subject) for subject in standings.find(options.file)]
    return {"holds": bool(answers) and all(a["good"] for a in answers), "answers": answers}


def answer(options):
    log_ = Log(options.log, options.trust.log_keys)
    data = read(options.file)
    size = json.loads(Statement(data).payload)["size"]
    if size > len(log_.entries):
        raise Refused("size", str(size))
    network = Network.of_log(log_.entries[:size])
    said = answers.read(data, network, log_.checkpoint.origin)
    standings = standing.Standings(network)
    subject = next(iter(standings.find(said["asked"])), None)
    answers.refute(said, standings, subject, tree.root(log_.leaves[:size]))
    return {"holds": True, "said": said}


def fork(options):
    earlier, later = forks.check(options.file, options.trust.log_keys)
    return {"holds": True, "origin": later.origin, "sizes": [earlier.size, later.size]}


def fingerprint(options):
    read_ = Fingerprint(read(options.file))
    answer_ = {"holds": True, "weights": read_.weights.hex(), "layers": len(read_.layers)}
    if options.other:
        answer_["pair"] = vars(kinship.compare(read_, Fingerprint(read(options.other))))
    return answer_


def tensors_of(options):
    digests = tensors.digests(read(options.file))
    return {"holds": True, "tensors": {name: digest.hex() for name, digest in digests.items()}}


KEYS = ["--authority", "--vkey", "--receipt-key", "--signer", "--chain", "--known"]
REQUIRED = ["--entry", "--earlier", "--later", "--log"]
VERBS = {
    "statement": (statement, ["file"]),
    "receipt": (receipt, ["file", "--entry"]),
    "consistency": (consistency, ["file", "--earlier", "--later"]),
    "proof": (proof, ["file", "--entry"]),
    "checkpoint": (checkpoint, ["file", "--policy"]),
    "log": (log, ["file"]),
    "standing": (standing_of, ["file", "--log"]),
    "answer": (answer, ["file", "--log"]),
    "fork": (fork, ["file"]),
    "fingerprint": (fingerprint, ["file", "--other"]),
    "tensors": (tensors_of, ["file"]),
}

sys.exit(main())
