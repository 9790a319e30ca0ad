"""How a statement is changed. Everything follows from the seed."""

import hashlib
import re

from verifier import cbor
from verifier.keys import ORDER
from verifier.statements import ES256, PASSKEY

from .changes import integer, items, plain, wide, widened
from .corpus import encode

HEAD_LABELS = (1, 2, 3, 4, 5, 15, 16, 33, 258, 259, 260, -1)


def placed(index, count, path):
    """A place as it stands behind an assertion."""
    steps = cbor.head(4, len(path)) + b"".join(map(cbor.bstr, path))
    return cbor.head(0, index) + cbor.head(0, count) + steps


class StatementMutants:
    def __init__(self, random, corpus):
        self.random = random
        self.corpus = corpus
        self.kinds = [plain_kind for plain_kind in (
            self.plain, self.plain, self.outer, self.header, self.header, self.signature,
            self.act, self.act, self.spliced)]

    def make(self, statement, signer):
        if statement.header.alg == PASSKEY and self.random.randrange(2):
            return self.assertion(statement, signer)
        return self.random.choice(self.kinds)(statement, signer)

    def assertion(self, statement, signer):
        """Another assertion, signed as it stands: only what a verifier must check refuses it."""
        data, client, signature = statement.assertion
        place, pick = statement.place, self.random.randrange(4)
        if place is not None and self.random.randrange(2):
            return self.placed(statement, self.place(*place))
        if pick == 0:
            data = self.authenticator(data)
        elif pick == 1:
            data = plain(self.random, data)
        elif pick == 2:
            client = plain(self.random, client)
        else:
            client = self.client(client)
        signature = signer.sign_digest(hashlib.sha256(
            data + hashlib.sha256(client).digest()).digest())
        field = b"".join(map(cbor.bstr, (data, client, signature)))
        field = cbor.head(4, 6 if place else 3) + field + (placed(*place) if place else b"")
        return encode(statement.protected, statement.payload, field)

    def placed(self, statement, place):
        """The assertion as it was signed, at a place that was not."""
        field = cbor.head(4, 6) + b"".join(map(cbor.bstr, statement.assertion)) + place
        return encode(statement.protected, statement.payload, field)

    def place(self, index, count, path):
        pick = self.random.randrange(10)
        some = bytes(32), b"", bytes(31), bytes(33), *path
        if pick == 0:
            index = self.random.choice((0, index + 1, count, 2**17, 2**64 - 1))
        elif pick == 1:
            count = self.random.choice((0, 1, count - 1, count + 1, 2**17, 2**17 + 1, 2**63))
        elif pick == 2:
            path = path[:-1]
        elif pick == 3:
            path = [*path, self.random.choice(some)]
        elif pick == 4:
            path = [self.random.choice(some), *path[1:]]
        elif pick == 5:
            path = path[::-1]
        elif pick == 6:
            return plain(self.random, placed(index, count, path))
        elif pick == 7:
            return integer(-1) + placed(index, count, path)[1:]
        elif pick == 8:
            return placed(index, count, path) + b"\x00"
        else:
            return b"\x18" + placed(index, count, path)
        return placed(index, count, path)

    def authenticator(self, data):
        flags = self.random.randrange(256)
        tail = self.random.choice((b"", b"", b"\xa0", b"\x00"))
        return data[:32] + bytes([flags]) + self.random.randbytes(4) + tail

    def client(self, client):
        old, new = self.random.choice((
            (b"{", b' {\n"other":{"a":[1,2.5,null]},'),
            (b"}", b',"topOrigin":"https://x.example"}'), (b"}", b',"topOrigin":null}'),
            (b"false", b"true"), (b"false", b"0"), (b"false", b"null"),
            (b',"crossOrigin":false', b""), (b"webauthn.get", b"webauthn.create"),
            (b"webauthn.get", b"webauthn\\u002eget"), (b'"type"', b'"Type"'),
            (b'"type":', b'"type":"x","type":'),
            (b'"type"', b'"\\u0074ype"'), (b"}", b"}}"), (b"}", b"} "), (b"{", b"\xef\xbb\xbf{"),
            (b"{", b"[{"), (b"}", b',"a":NaN}'),
            (b"https://concord.example", b"https://concord.example/"),
            (b"https://concord.example", b"https://CONCORD.example"),
            (b"https://concord.example", b"https:\\/\\/concord.example"),
            (b"}", b',"a":{"b":1,"b":2}}'), (b"}", b',"a":"\\ud800"}'),
            (b"}", b',}'), (b"}", b',"a":1}//'), (b"}", b',"a":' + b"[" * 70 + b"]" * 70 + b"}"),
            (b"}", b',"a":01}'), (b"}", b',"a":"\xff"}'),
            (b"}", b',"x":"' + b"y" * 1500 + b'"}'), (b"}", b',"x":"' + b"y" * 1900 + b'"}'),
            (b"}", b',"a":"\t"}'), (b"}", b',"":1}'),
        ))
        return client.replace(old, new, 1) if old != b"}" else client[:-1] + new

    def plain(self, statement, _):
        return plain(self.random, statement.data)

    def outer(self, statement, _):
        """The same parts in another encoding."""
        s, pick = statement, self.random.randrange(14)
        parts = [cbor.bstr(s.protected), b"\xa0", cbor.bstr(s.payload), cbor.bstr(s.signature)]
        width = 4 if len(s.payload) < 65536 else 8
        if pick == 0:
            parts[0] = wide(2, len(s.protected), width) + s.protected
        elif pick == 1:
            parts[2] = wide(2, len(s.payload), width) + s.payload
        elif pick == 2:
            parts[3] = wide(2, 64, 2) + s.signature
        elif pick == 3:
            parts[1] = self.random.choice(
                (b"\xb8\x00", b"\xbf\xff", b"\xa1\x04\x41\x00", b"\x80", b"\xf6", b"\x40"))
        elif pick == 4:
            parts[2] = self.random.choice(
                (b"\xf6", b"\x40", b"\xf7", b"\x60", cbor.head(3, len(s.payload)) + s.payload))
        elif pick == 5:
            parts[2] = b"\x5f" + parts[2] + b"\xff"
        elif pick == 6:
            parts.append(b"\x40")
        elif pick == 7:
            del parts[self.random.randrange(4)]
        body = b"".join(parts)
        if pick == 8:
            return b"\xd2\x98\x04" + body
        if pick == 9:
            return b"\xd2\x9f" + body + b"\xff"
        if pick == 10:
            return b"\xd8\x12\x84" + body
        if pick == 11:
            return b"\xd9\xd9\xf7\xd2\x84" + body
        if pick == 12:
            return b"\x84" + body
        if pick == 13:
            return b"\xd2\x84" + body + self.random.randbytes(1)
        return b"\xd2" + cbor.head(4, len(parts)) + body

    def header(self, statement, signer):
        """Another header, signed as it stands: only the rules can refuse it."""
        labels = items(statement.protected)
        pick = self.random.randrange(9)
        place = self.random.randrange(len(labels))
        label, value = labels[place]
        count = None
        if pick == 0:
            del labels[place]
        elif pick == 1:
            labels[place] = label, self.value()
        elif pick == 2:
            labels.append((integer(self.random.choice(HEAD_LABELS)), self.value()))
            labels.sort()
        elif pick == 3:
            self.random.shuffle(labels)
        elif pick == 4:
            labels.insert(place, (label, value))
        elif pick == 5:
            labels[place] = widened(label), value
        elif pick == 6:
            labels[place] = label, widened(value)
        elif pick == 7:
            labels[place] = label, plain(self.random, value)
        else:
            count = b"\xbf"
        body = b"".join(a + b for a, b in labels)
        protected = (cbor.head(5, len(labels)) + body) if count is None else count + body + b"\xff"
        return signer.statement(protected, statement.payload)

    def value(self):
        choices = (
            integer(-7), integer(-35), integer(-8), integer(-16), integer(0), b"\xf6", b"\x80",
            b"\xa0",
            cbor.tstr("application/concord-act+json"), cbor.tstr("application/concord-act+cbor"),
            cbor.tstr("application/concord-statement+cose"), cbor.tstr(""), cbor.tstr("x" * 127),
            cbor.tstr("x" * 128), cbor.tstr("x" * 129), cbor.bstr(bytes(32)), cbor.bstr(bytes(31)),
            cbor.bstr(b""), integer(-70001), b"\x81\x01", self.claims(),
        )
        return self.random.choice(choices)

    def claims(self):
        iss = self.corpus.origin + self.random.choice(
            ("#authority", "", "#", "\0", "\x7f", "#\x85", "#" + "é" * 250))
        sub = self.random.choice(("read", "", "a" * 128, "a" * 129, "é" * 64, "é" * 65, "a\n"))
        extra = self.random.choice((b"", b"", b"\x03\x61x", b"\x06\x00", b"\x20\x00"))
        parts = [b"\x01" + cbor.tstr(iss), b"\x02" + cbor.tstr(sub)]
        if self.random.randrange(5) == 0:
            parts.pop(self.random.randrange(2))
        if self.random.randrange(5) == 0:
            parts.reverse()
        return cbor.head(5, len(parts) + bool(extra)) + b"".join(parts) + extra

    def signature(self, statement, signer):
        s, pick = statement, self.random.randrange(9)
        if s.header.alg != ES256:
            return plain(self.random, s.data)
        r, t = s.signature[:32], int.from_bytes(s.signature[32:], "big")
        other = self.random.choice(list(self.corpus.signers.values()))
        changed = {
            0: r + (ORDER - t).to_bytes(32, "big"),
            1: bytes(64),
            2: r + bytes(32),
            3: bytes(32) + s.signature[32:],
            4: s.signature[32:] + r,
            5: other.sign_digest(s.id),
            6: signer.sign_digest(hashlib.sha256(s.id).digest()),
            7: s.signature[:63],
            8: signer.sign_digest(s.id),
        }[pick]
        return encode(s.protected, s.payload, changed)

    def act(self, statement, signer):
        """Another act, signed as it stands: only its reading can refuse it."""
        data, pick = statement.payload, self.random.randrange(12)
        if statement.sealed or data[:1] != b"{":
            return signer.statement(statement.protected, plain(self.random, data))
        if pick <= 3:
            changed = plain(self.random, data)
        elif pick == 4:
            changed = self.random.choice(
                (b" ", b"\n", b"\t", b"\xef\xbb\xbf", b"\xc2\xa0", b"\x0b")) + data
        elif pick == 5:
            changed = data + self.random.choice((b" ", b"\n\n", b"\0", b"{}", b",", b"//", b"\xff"))
        elif pick == 6:
            changed = data.replace(b'","',
                self.random.choice((b'" ,\n"', b'","x":null,"', b'",,"', b'";"')), 1)
        elif pick == 7:
            changed = data.replace(b":", self.random.choice(
                (b" : ", b"=", b":null,\"x\":", b": /**/ ")), 1)
        elif pick == 8:
            changed = self.number(data)
        elif pick == 9:
            changed = self.text(data)
        else:
            changed = self.piece(data)
        return signer.statement(statement.protected, changed)

    def number(self, data):
        found = list(re.finditer(rb"(?<=:)-?[0-9]+(?=[,}])", data))
        if not found:
            return plain(self.random, data)
        match, value = self.random.choice(found), b""
        value = self.random.choice((b"0", b"-0", b"01", b"1.0", b"1e0", b"1E2", b"-1", b"+1",
            b"1.", b".5",
                                    b"9007199254740991", b"9007199254740992", b"NaN", b"Infinity",
                                    b"0x1",
                                    b"99999999999999999999999", b"true", b'"1"', b"1" * 400))
        return data[: match.start()] + value + data[match.end() :]

    def text(self, data):
        """A text with a character that might not be admitted."""
        found = list(re.finditer(rb'"(?=[,}\]])', data))
        place = self.random.choice(found).start()
        odd = self.random.choice((
            "\\u0000", "\\ud800", "\\ud83d\\ude00", "\\udc00\\ud800", "e\u0301", "\u00e9", " ",
            "\u00a0x", "\u200b",
            "\u200f", "\u2028", "\u202e", "\ufeff", "\\/", "\\x", "\x7f", "\u0085", "\u00adx",
            "\U0001f600", "\\u00e9",
            "\u2066", "\u061c", "\u200dx", "\u3000", "x\u0301" * 3, "e" + "\u0316" * 30,
            "e" + "\u0316" * 31, "\ufffe",
            "\uac00", "\u1100\u1161", "\u212b", "\t", "\\t", "\\u000A", "\U000e0001", "\u180e",
            "\u1680", "\ue000",
        )).encode("utf-8", "surrogatepass")
        return data[:place] + odd + data[place:]

    def piece(self, data):
        """One token left out, doubled, or put elsewhere."""
        tokens = re.findall(rb'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^{}\[\]:,"\s]+', data)
        place, pick = self.random.randrange(len(tokens)), self.random.randrange(4)
        if pick == 0:
            del tokens[place]
        elif pick == 1:
            tokens.insert(place, tokens[place])
        elif pick == 2:
            other = self.random.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        else:
            words = (b"null", b"true", b"[]", b"{}", b'""', b"0", b'"x"')
            tokens[place] = self.random.choice(words)
        return b"".join(tokens)

    def spliced(self, statement, _):
        """Header, payload or signature of another statement."""
        other = self.random.choice(self.corpus.statements)
        parts = [statement.protected, statement.payload, statement.signature]
        place = self.random.randrange(3)
        parts[place] = (other.protected, other.payload, other.signature)[place]
        return encode(*parts)
