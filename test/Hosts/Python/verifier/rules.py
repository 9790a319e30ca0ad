"""What the members of an act say together (specs/acts/README.md, rule 10)."""

import collections

from decimal import Decimal

from .keys import Key
from .refusal import Refused
from .texts import instant

JOINT_KINDS = {
    "network/genesis/1": "roots",
    "network/key-set/1": "roots",
    "network/adopt-rulebook/1": "institutions",
    "network/decide-appeal/1": "institutions",
    "network/outage/1": "institutions",
    "network/recover-keys/1": "institutions",
    "network/resume-clock/1": "institutions",
    "network/void/1": "institutions",
    "registry/transfer/1": "parties",
}
PURPOSES = ["receipt", "refusal", "registrar", "tick"]


def check_together(title, act):
    check_keys(act, "$")
    check_repeats(act, "attachments", ("digest",))
    if title in CHECKS:
        CHECKS[title](act)
    if "joint" in act:
        check_joint(title, act)


def check_keys(value, path):
    """Every key in the act is a point of the curve, and a passkey's members stand together."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            check_keys(item, f"{path}[{i}]")
    elif isinstance(value, dict) and path not in ("$.rulebook", "$.changes", "$.replacement"):
        if "kty" in value:
            check_key(value, path)
        for name, item in value.items():
            check_keys(item, f"{path}.{name}")


def check_key(jwk, path):
    if len([n for n in ("kind", "rp_id", "origins") if n in jwk]) not in (0, 3):
        raise Refused("malformed-key", path)
    try:
        Key.of_jwk(jwk)
    except (Refused, ValueError):
        raise Refused("malformed-key", path) from None


def check_repeats(parent, name, members, path="$"):
    seen = set()
    for i, item in enumerate(parent.get(name, ())):
        mark = tuple(item.get(m) for m in members)
        if mark in seen:
            raise Refused("repeated-item", f"{path}.{name}[{i}].{members[0]}")
        seen.add(mark)


def check_order(parent, first, last, rule="dates-out-of-order", path="$", read=str):
    if first in parent and last in parent and read(parent[first]) > read(parent[last]):
        raise Refused(rule, f"{path}.{last if rule.startswith('dates') else first}")


def check_claims(act):
    for i, claim in enumerate(act.get("training_compute", ())):
        path = f"$.training_compute[{i}]"
        if "low" not in claim and "high" not in claim:
            raise Refused("no-bound", path)
        check_order(claim, "low", "high", "low-above-high", path, Decimal)
    check_repeats(act, "training_compute", ("profile", "state"))
    check_facts(act)


def check_facts(act):
    check_repeats(act, "facts", ("fact",))
    for i, fact in enumerate(act.get("facts", ())):
        value, path = fact["value"], f"$.facts[{i}].value"
        if isinstance(value, dict):
            if not value:
                raise Refused("no-bound", path)
            check_order(value, "low", "high", "low-above-high", path, int)


def check_register(act):
    check_claims(act)
    training = act["training"]
    if training["state"] != "finished" and "finished_on" in training:
        raise Refused("contradiction", "$.training.finished_on")
    check_order(training, "started_on", "finished_on", path="$.training")


def check_report(act):
    for name in ("training_compute", "finetune_compute"):
        if name in act:
            compute = act[name]
            if not {"figure", "low", "high"} & compute.keys():
                raise Refused("no-bound", f"$.{name}")
            check_order(compute, "low", "high", "low-above-high", f"$.{name}", Decimal)
    check_facts(act)
    for name, value in act.items():
        if isinstance(value, dict) and value.get("source", 0) >= len(act["sources"]):
            raise Refused("no-such-source", f"$.{name}.source")
    for i, fact in enumerate(act.get("facts", ())):
        if "source" not in fact:
            raise Refused("missing-member", f"$.facts[{i}].source")


def check_derive(act):
    check_order(act, "compute_low", "compute_high", "low-above-high", read=Decimal)


def check_deploy(act):
    if ("site" in act) == ("service" in act):
        raise Refused("site-or-service", "$.site")
    check_order(act, "from", "to")


def check_evidence(act):
    for side in ("child", "parent"):
        if len(act[side]) != 1:
            raise Refused("release-or-digest", f"$.{side}")
    if act["child"] == act["parent"]:
        raise Refused("contradiction", "$.parent")


FOUND_BY = {"file": (), "weights": ("weights",), "fingerprint": ("fingerprint", "minus_log10_p")}


def check_found_copy(act):
    for name in FOUND_BY[act["evidence"]]:
        if name not in act:
            raise Refused("evidence-missing", f"$.{name}")
    if act["evidence"] != "fingerprint" and "minus_log10_p" in act:
        raise Refused("contradiction", "$.minus_log10_p")


def check_site(act):
    if "region" in act and not act["region"].startswith(act["country"] + "-"):
        raise Refused("region-of-country", "$.region")


def check_recovery(act):
    if act["key"]["role"] != "administrator":
        raise Refused("no-administrator", "$.key.role")


def check_invite(act):
    if act["code"].get("kind", "cose") != "cose":
        raise Refused("code-is-a-passkey", "$.code")


DELEGABLE = {"network/appeal", "network/site"} | {f"registry/{name}" for name in (
    "amend", "answer", "correct", "deploy", "derive", "register-model", "release",
    "report-model", "transfer", "withdraw")}


def check_delegate(act):
    for i, name in enumerate(act["acts"]):
        if name not in DELEGABLE:
            raise Refused("not-delegable", f"$.acts[{i}]")
    if act["party"] == act["to"]:
        raise Refused("not-delegable", "$.to")


def check_party(act):
    if not any(k["role"] == "administrator" for k in act["keys"]):
        raise Refused("no-administrator", "$.keys")
    unique_keys(((k["key"], f"$.keys[{i}].key") for i, k in enumerate(act["keys"])))


def unique_keys(keys):
    seen = set()
    for jwk, path in keys:
        mark = jwk["x"], jwk["y"]
        if mark in seen:
            raise Refused("repeated-key", path)
        seen.add(mark)


def unique_names(parent, name, path):
    check_repeats(parent, name, ("name",), path)


def check_resume(act):
    if instant(act["from"]) >= instant(act["to"]):
        raise Refused("dates-out-of-order", "$.to")


NOTHING = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def check_daily_root(act):
    if (act["count"] == 0) != (act["root"] == NOTHING):
        raise Refused("root-of-nothing", "$.root")


def check_appeal(act):
    if ("against" in act) == ("refusal" in act):
        raise Refused("act-or-refusal", "$.against")
    if "refusal" in act and "sealed_part" not in act:
        raise Refused("act-or-refusal", "$.sealed_part")


def check_reveal(act):
    if ("document" in act) == ("attachment" in act):
        raise Refused("document-or-attachment", "$.document")


def check_genesis(act):
    roots = act["roots"]
    unique_names(roots, "keys", "$.roots")
    unique_keys((k["key"], f"$.roots.keys[{i}].key") for i, k in enumerate(roots["keys"]))
    if roots["t"] > len(roots["keys"]):
        raise Refused("threshold-above-keys", "$.roots.t")
    if act["key_set"]["epoch"] != 1:
        raise Refused("key-set-epoch", "$.key_set.epoch")
    check_key_set(act["key_set"], "$.key_set")


def check_key_set(body, path):
    numbers, institutions = body["thresholds"], body["institutions"]
    unique_names(body, "institutions", path)
    for i, institution in enumerate(institutions):
        unique_names(institution, "officers", f"{path}.institutions[{i}]")
    unique_names(body, "permitters", path)
    unique_keys(keys_of(body, path))
    check_repeats(numbers, "lifetimes", ("class",), f"{path}.thresholds")
    counts = collections.Counter(k["purpose"] for k in body["authority_keys"])
    if any(not counts[p] for p in PURPOSES) or max(counts.values()) > 2:
        raise Refused("key-purposes", f"{path}.authority_keys")
    if numbers["n"] != len(body["permitters"]):
        raise Refused("permitter-count", f"{path}.thresholds.n")
    for name, most in (("k", len(institutions)), ("k_stop", len(institutions)),
                       ("k_lift", len(institutions)), ("q", numbers["n"])):
        if numbers[name] > most:
            raise Refused("threshold-above-keys", f"{path}.thresholds.{name}")
    if numbers["k_stop"] + numbers["k_lift"] <= len(institutions):
        raise Refused("thresholds-do-not-meet", f"{path}.thresholds.k_lift")


def keys_of(body, path):
    for i, institution in enumerate(body["institutions"]):
        for j, officer in enumerate(institution["officers"]):
            yield officer["key"], f"{path}.institutions[{i}].officers[{j}].key"
    for name in ("permitters", "authority_keys"):
        for i, named in enumerate(body[name]):
            yield named["key"], f"{path}.{name}[{i}].key"


def check_joint(title, act):
    joint = act["joint"]
    if joint["kind"] != JOINT_KINDS.get(title, "officers"):
        raise Refused("joint-kind", "$.joint.kind")
    if (joint["epoch"] == 0) != (title == "network/genesis/1"):
        raise Refused("joint-epoch", "$.joint.epoch")
    if title == "network/genesis/1" and joint["k"] != act["roots"]["t"]:
        raise Refused("joint-k", "$.joint.k")
    if ("parties" in joint) != (joint["kind"] == "parties"):
        raise Refused("joint-parties", "$.joint.parties")
    if "parties" in joint and joint["k"] != len(joint["parties"]):
        raise Refused("joint-parties", "$.joint.k")


CHECKS = {
    "network/genesis/1": check_genesis,
    "network/key-set/1": lambda act: check_key_set(act["body"], "$.body"),
    "network/outage/1": check_resume,
    "network/recover-keys/1": check_recovery,
    "network/resume-clock/1": check_resume,
    "network/admit-party/1": check_party,
    "network/invite/1": check_invite,
    "network/delegate/1": check_delegate,
    "network/appeal/1": check_appeal,
    "network/reveal/1": check_reveal,
    "network/read-root/1": check_daily_root,
    "network/refusal-root/1": check_daily_root,
    "network/site/1": check_site,
    "registry/register-model/1": check_register,
    "registry/register-model/1 sealed part": check_claims,
    "registry/report-model/1": check_report,
    "registry/release/1": lambda act: check_repeats(act, "weights", ("digest",)),
    "registry/derive/1": check_derive,
    "registry/deploy/1": check_deploy,
    "lineage/evidence/1": check_evidence,
    "lineage/found-copy/1": check_found_copy,
}
