"""What lies beside a statement: sealed acts, sealed parts and attachments, found by digest."""

import hashlib

from . import acts
from .refusal import Refused

MAX_DOCUMENT, SALT = 61440, 16


def sealed_act(statement, documents):
    """The act of a sealed statement, out of what was filed beside it."""
    document = by_digest(documents).get(statement.payload.hex())
    if document is None:
        raise Refused("wrong-document" if documents else "missing-document")
    if len(document) > MAX_DOCUMENT:
        raise Refused("document-too-large")
    return document


def by_digest(documents):
    return {hashlib.sha256(document).hexdigest(): document for document in documents}


def check(act, documents):
    """Everything that the act names is there, and nothing else; the sealed part is read."""
    here = by_digest(documents)
    if len(here) != len(documents):
        raise Refused("surplus-document")
    part = act.get("sealed_part")
    wanted = [part] if part else []
    wanted += [attachment["digest"] for attachment in act.get("attachments", ())]
    for digest in wanted:
        if digest.removeprefix("sha256:") not in here:
            raise Refused("missing-document", digest)
    if len(here) > len(set(wanted)):
        raise Refused("surplus-document")
    if part:
        check_part(here[part.removeprefix("sha256:")], act)
    for attachment in act.get("attachments", ()):
        if len(here[attachment["digest"].removeprefix("sha256:")]) < SALT:
            raise Refused("wrong-document", "shorter than its salt")


def check_part(document, act):
    if len(document) > MAX_DOCUMENT:
        raise Refused("document-too-large")
    acts.read_sealed_part(document, act)
