"""Texts, dates, digests, ids, figures: rules 4 to 8 of specs/acts/README.md."""

import datetime
import re
import unicodedata
from decimal import Decimal

from .refusal import Refused

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UNSEEN = set("\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
WHITE = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
MAX_MARKS = 30
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def check_characters(text, path):
    """What holds for every text of an act, also inside changes and rulebooks."""
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise Refused("lone-surrogate", path)
    if any(unicodedata.category(c) == "Cc" or c in UNSEEN for c in text):
        raise Refused("control-character", path)
    if not text.isascii() and (too_many_marks(text) or not unicodedata.is_normalized("NFC", text)):
        raise Refused("not-normalised", path)


def too_many_marks(text):
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MAX_MARKS:
            return True
    return False


def check_text(text, schema, path):
    check_lone(text, path)
    if "enum" in schema:
        return check_word(text, schema["enum"], path)
    if "minLength" in schema:
        check_length(text, schema, path)
    check_characters(text, path)
    if text and (WHITE.match(text[0]) or WHITE.match(text[-1])):
        raise Refused("untrimmed-text", path)
    if "pattern" in schema:
        check_pattern(text, schema["pattern"], path)


def check_lone(text, path):
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise Refused("lone-surrogate", path)


def check_word(text, words, path):
    if text not in words:
        raise Refused("unknown-country" if "ZW" in words else "unknown-word", path)


def check_length(text, schema, path):
    if len(text) < schema["minLength"]:
        raise Refused("too-short" if text else "empty-text", path)
    if len(text) > schema["maxLength"]:
        raise Refused("too-long", path)


def check_pattern(text, pattern, path):
    rule, further = next((r for start, *r in FORMS if pattern.startswith(start)),
        ("malformed-text", None))
    if not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text):
        raise Refused(rule, path)
    if further:
        further(text, rule, path)


def check_date(text, rule, path):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused(rule, path) from None


def check_instant(text, rule, path):
    try:
        datetime.datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise Refused(rule, path) from None
    if text[17:19] > "59" or text[19:] == ".000Z":
        raise Refused(rule, path)


def instant(text):
    """A moment as (seconds text, milliseconds), which compares as time does."""
    return text[:19], int(text[20:23]) if len(text) > 20 else 0


def check_id(text, rule, path):
    parts = text.split("-")
    digits = "".join(parts[1:])
    index = crockford(digits[:-2])
    if len(parts) == 4 and index < 32**6 or text != identifier(text[0], index):
        raise Refused(rule, path)


def crockford(digits):
    value = 0
    for digit in digits:
        value = value * 32 + CROCKFORD.index(digit)
    return value


def identifier(kind, index):
    """The id of a thing: kind, log index and two check digits."""
    check = (37 * ord(kind) + index) % 1021
    digits = encode(index, 6 if index < 32**6 else 10) + encode(check, 2)
    return "-".join([kind] + [digits[i : i + 4] for i in range(0, len(digits), 4)])


def encode(value, width):
    digits = ""
    for _ in range(width):
        digits = CROCKFORD[value % 32] + digits
        value //= 32
    return digits


def check_flop(text, rule, path):
    if Decimal(text) > Decimal("1e36"):
        raise Refused(rule, path)


def check_number(text, rule, path):
    if int(text) >= 2**128:
        raise Refused(rule, path)


def check_lei(text, _, path):
    if int("".join(str(int(c, 36)) for c in text)) % 97 != 1:
        raise Refused("lei-check-digits", path)


def check_ror(text, _, path):
    value = crockford(text[1:7].upper())
    if int(text[7:]) != 98 - value * 100 % 97:
        raise Refused("ror-check-digits", path)


FORMS = [
    (DATE, "malformed-date", check_date),
    (DATE[:-1] + "T", "malformed-instant", check_instant),
    ("^sha256:", "malformed-digest", None),
    ("^[0-9a-f]{64}", "malformed-key-id", None),
    ("^[0-9]{1,37}", "malformed-flop", check_flop),
    ("^(0|[1-9]", "malformed-number", check_number),
    ("^[A-Za-z0-9_-]{42}", "malformed-key", None),
    ("^[A-Za-z0-9_-]{21}", "malformed-salt", None),
    ("^[A-Z0-9]{18}", "malformed-lei", check_lei),
    ("^0[a-hj-km-np-tv-z0-9]", "malformed-ror", check_ror),
    ("^[AMPRSD](-", "malformed-id", check_id),
    ("^[A](-", "malformed-id", check_id),
    ("^[M](-", "malformed-id", check_id),
    ("^[P](-", "malformed-id", check_id),
    ("^[R](-", "malformed-id", check_id),
    ("^[S](-", "malformed-id", check_id),
    ("^[MR](-", "malformed-id", check_id),
]
