"""Acts (specs/acts/README.md): read strictly, by their schemas and the rules beside them."""

import json
from functools import lru_cache
from pathlib import Path

from . import cbor, texts
from .refusal import Refused
from .rules import check_together
from .statements import CBOR_ACT, JSON_ACT

SPECS = Path(__file__).resolve().parents[4] / "specs"
MAX_DEPTH, MAX_ACT, EXACT = 32, 61440, 2**53 - 1
OPEN_MEMBERS = ("changes", "rulebook")
SALTED_FORMS = {f"registry/{name}/1": "sealed" for name in ("answer", "ask", "deploy")}


@lru_cache(maxsize=None)
def schemas():
    """The schemas by title; that of a sealed part has the title `<act> sealed part`."""
    files = sorted((SPECS / "acts").glob("*/*.schema.json"))
    return {s["title"]: s for s in (json.loads(f.read_text("utf-8")) for f in files)}


class Fraction:
    """A number that is written with a fraction or an exponent."""


class Members(dict):
    """An object; `twice` is the first name that stands in it a second time."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.twice = None
        if len(self) != len(pairs):
            seen = set()
            self.twice = next(n for n, _ in pairs if n in seen or seen.add(n))


def parse_json(data):
    if len(data) > MAX_ACT:
        raise Refused("payload-too-large")
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused("byte-order-mark", "$")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not-utf-8", "$") from None
    return parse_text(text)


def parse_text(text):
    start = len(text) - len(text.lstrip(" \t\n\r"))
    decoder = json.JSONDecoder(
        object_pairs_hook=Members, parse_float=lambda _: Fraction(), parse_constant=not_json
    )
    try:
        document, end = decoder.raw_decode(text, start)
    except RecursionError:
        raise Refused("too-deep", "$") from None
    except ValueError as error:
        place = getattr(error, "pos", 0)
        raise Refused("comment" if text[place : place + 1] == "/" else "not-json", "$") from None
    if text[end:].strip(" \t\n\r"):
        raise Refused("trailing-bytes", "$")
    check_depth(document)
    return document


def not_json(word):
    raise ValueError(word)


def check_depth(document):
    level, depth = [document], 0
    while level:
        level = [v for v in level if isinstance(v, (dict, list))]
        depth += bool(level)
        if depth > MAX_DEPTH:
            raise Refused("too-deep", "$")
        level = [x for v in level for x in (v.values() if isinstance(v, dict) else v)]


def read(data, content_type=JSON_ACT):
    """The act that these bytes are; refuses with one rule and one path."""
    if content_type == CBOR_ACT:
        reader = cbor.Reader(data)
        document = reader.document()
        reader.end()
        check_depth(document)
    else:
        document = parse_json(data)
    return read_document(document)


def read_document(document, title=None):
    if not isinstance(document, dict):
        raise Refused("not-an-object", "$")
    check_twice(document, "$")
    title = title or act_type(document)
    schema = schemas()[title]
    check(document, schema, "$")
    check_together(title, document)
    return document


def act_type(document):
    if "act" not in document:
        raise Refused("missing-member", "$.act")
    name = document["act"]
    if not isinstance(name, str):
        raise Refused("null-member" if name is None else "wrong-type", "$.act")
    if name not in schemas() or name.endswith(" sealed part"):
        raise Refused("unknown-act", "$.act")
    return name


def read_sealed_part(data, act):
    return read_document(parse_json(data), f"{act['act']} sealed part")


def form(act):
    """open, sealed or split; the act's type and its member sealed_part say which."""
    if act["act"] in SALTED_FORMS:
        return SALTED_FORMS[act["act"]]
    return "split" if "sealed_part" in act else "open"


def check_twice(value, path):
    """No member stands twice, also where no schema looks."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            check_twice(item, f"{path}[{i}]")
    elif isinstance(value, dict):
        if getattr(value, "twice", None) is not None:
            raise Refused("duplicate-member", f"{path}.{value.twice}")
        for name, item in value.items():
            check_twice(item, f"{path}.{name}")


def check(value, schema, path):
    if "anyOf" in schema:
        return check_any(value, schema["anyOf"], path)
    kind = schema.get("type", "string")
    KINDS[kind](value, schema, path)


def check_any(value, schemas_, path):
    wanted = {bool: "boolean", str: "string", list: "array"}.get(type(value), "object")
    fitting = next((s for s in schemas_ if s["type"] == wanted), None)
    if fitting is None or wanted == "object" and not isinstance(value, dict):
        raise Refused("wrong-type", path)
    check(value, fitting, path)


def check_object(value, schema, path):
    if not isinstance(value, dict):
        raise Refused("wrong-type", path)
    properties = schema.get("properties")
    if properties is None:
        return check_open_object(value, path)
    for name in value:
        if name not in properties:
            raise Refused("unknown-member", f"{path}.{name}")
    for name, inner in properties.items():
        if name in value:
            if value[name] is None:
                raise Refused("null-member", f"{path}.{name}")
            check(value[name], inner, f"{path}.{name}")
        elif name in schema.get("required", ()):
            raise Refused("missing-member", f"{path}.{name}")


def check_open_object(value, path):
    """Changes and rulebooks: their members are judged by the law, their texts here."""
    if not value:
        raise Refused("empty-object", path)
    check_texts(value, path)


def check_texts(value, path):
    if isinstance(value, str):
        texts.check_characters(value, path)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            check_texts(item, f"{path}[{i}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            texts.check_characters(name, path)
            check_texts(item, f"{path}.{name}")


def check_array(value, schema, path):
    if not isinstance(value, list):
        raise Refused("wrong-type", path)
    if len(value) < schema.get("minItems", 0):
        raise Refused("too-few-items", path)
    if len(value) > schema["maxItems"]:
        raise Refused("too-many-items", path)
    for i, item in enumerate(value):
        check(item, schema["items"], f"{path}[{i}]")
    if schema.get("uniqueItems"):
        check_set(value, "$comment" in schema, path)


def check_set(value, ascends, path):
    seen = set()
    for i, item in enumerate(value):
        mark = item if isinstance(item, str) else json.dumps(item, sort_keys=True)
        if mark in seen:
            raise Refused("repeated-item", f"{path}[{i}]")
        seen.add(mark)
        if ascends and i and item.encode("utf-16-be") < value[i - 1].encode("utf-16-be"):
            raise Refused("unsorted-set", f"{path}[{i}]")


def check_integer(value, schema, path):
    if isinstance(value, Fraction):
        raise Refused("not-an-integer", path)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused("wrong-type", path)
    if not max(schema["minimum"], -EXACT) <= value <= min(schema["maximum"], EXACT):
        raise Refused("out-of-range", path)


def check_boolean(value, _, path):
    if not isinstance(value, bool):
        raise Refused("wrong-type", path)


def check_string(value, schema, path):
    if not isinstance(value, str):
        raise Refused("wrong-type", path)
    texts.check_text(value, schema, path)


KINDS = {
    "object": check_object,
    "array": check_array,
    "integer": check_integer,
    "boolean": check_boolean,
    "string": check_string,
}


TARGETED = {"amend", "correct", "withdraw", "certify", "suspend", "restore", "expire"}
SUBJECTS = {
    "network/add-key": "party",
    "network/grant-role": "party",
    "network/invite": "party",
    "network/delegate": "party",
    "network/confirm": "target",
    "network/erase": "target",
    "network/void": "target",
    "network/appeal": "against",
    "network/decide-appeal": "appeal",
    "network/reveal": "target",
    "registry/release": "model",
    "registry/derive": "child",
    "registry/transfer": "release",
    "lineage/fingerprint": "release",
    "lineage/found-copy": "release",
    "lineage/dispute": "target",
} | {f"registry/{name}": "target" for name in TARGETED}


def subject(act):
    """What a statement's sub must be (specs/statements.md, section 2)."""
    if form(act) == "sealed":
        return "sealed"
    name = act["act"].rpartition("/")[0]
    return act.get(SUBJECTS.get(name), name)


def content_type(act):
    return CBOR_ACT if act["act"] in ("network/genesis/1", "network/key-set/1") else JSON_ACT
