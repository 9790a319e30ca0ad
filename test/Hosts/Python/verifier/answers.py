"""A signed answer on standing (specs/standing.md, the signed answer)."""

import json

from . import signers
from .refusal import Refused
from .statements import Statement

TYPE, SUBJECT = "application/concord-standing+json", "standing"


def read(data, network, origin):
    """What an answer says, once a key for standing of the key set in force has signed it."""
    answer = Statement(data)
    if answer.sealed or answer.header.act_type != TYPE:
        raise Refused("wrong-content-type")
    if answer.header.sub != SUBJECT:
        raise Refused("wrong-subject")
    if answer.header.iss != f"{origin}#authority":
        raise Refused("issuer", answer.header.iss)
    key = network.key_for("standing", answer.header.kid)
    if key is None:
        raise Refused("unknown-key")
    signers.verify(answer, key)
    return json.loads(answer.payload)


def refute(said, standings, subject, root):
    """Refuses an answer that the log does not bear out at its size."""
    network = standings.network
    if said["size"] != len(network.entries):
        raise Refused("size", str(said["size"]))
    expected = {"asked": said["asked"], "standing": "unknown", "good": False}
    if subject is not None:
        own = standings.answer(subject)
        expected |= {n: own[n] for n in ("subject", "standing", "good", "decided_by")}
        expected |= {n: own[n] for n in ("conditions", "marked_by")}
        expected |= {"until": own["until"]} if own["until"] else {}
    expected |= {"size": said["size"], "root": f"sha256:{root.hex()}", "tick": network.time}
    expected |= {n: said[n] for n in ("fresh_seconds", "witnessed")}
    if said != expected:
        raise Refused("refuted", ", ".join(n for n in expected if said.get(n) != expected[n]))
