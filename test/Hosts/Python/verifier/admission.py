"""Steps 1 to 7 of admission (specs/statements.md, section 6); what follows is the law's."""

from . import acts, documents, signers
from .keys import Key
from .refusal import Refused
from .statements import Statement


def admit(data, find_key, beside=()):
    """The statement and its act; `find_key` gives the key of a thumbprint, or None."""
    statement = Statement(data)
    key = find_key(statement.header.kid)
    if key is None and not may_bring_its_key(statement):
        raise Refused("unknown-key")
    body, rest = statement.payload, list(beside)
    if statement.sealed:
        body = documents.sealed_act(statement, rest)
        rest.remove(body)
    act = acts.read(body, statement.header.act_type)
    check_form(statement, act)
    documents.check(act, rest)
    key = key or key_of_genesis(statement, act) or invited_key(statement, act)
    if key is None:
        raise Refused("unknown-key")
    signers.verify(statement, key)
    return statement, act


def check_form(statement, act):
    """Content type, form and sub are those of the act."""
    if statement.header.act_type != acts.content_type(act):
        raise Refused("wrong-content-type")
    if (acts.form(act) == "sealed") != statement.sealed:
        raise Refused("wrong-form")
    if statement.header.sub != acts.subject(act):
        raise Refused("wrong-subject")


def key_of_genesis(statement, act):
    """Genesis brings the keys of its roots with it."""
    if act["act"] != "network/genesis/1":
        return None
    roots = (Key.of_jwk(named["key"]) for named in act["roots"]["keys"])
    return next((key for key in roots if key.thumbprint == statement.header.kid), None)


def may_bring_its_key(statement):
    """Genesis brings the keys of its roots, and a key that adds itself by an invitation its own."""
    sub = statement.header.sub
    return sub == "network/genesis" or not statement.sealed and sub.startswith("P-")


def invited_key(statement, act):
    """The key that an act by invitation adds, where it is the one that signs."""
    if act["act"] != "network/add-key/1" or "invitation" not in act:
        return None
    key = Key.of_jwk(act["key"]["key"])
    return key if key.thumbprint == statement.header.kid else None
