"""Core deterministic CBOR (RFC 8949 section 4.2.1), as far as statements and receipts use it.

cbor2 reads what is not deterministic, so the bytes are walked here; the tests let cbor2 decode
whatever this reader admits and compare.
"""

from .refusal import Refused

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
MAX_DEPTH = 32


class Reader:
    """Reads items one after the other out of a byte string."""

    def __init__(self, data, position=0):
        self.data = data
        self.position = position

    def take(self, count):
        end = self.position + count
        if end > len(self.data):
            raise Refused("truncated", f"byte {self.position}")
        piece = self.data[self.position : end]
        self.position = end
        return piece

    def head(self):
        """The major type and argument of the next item, which has its shortest form."""
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if 28 <= info <= 30:
            raise Refused("malformed-cbor", f"byte {self.position - 1}")
        if info == 31:
            definite = major not in (BYTES, TEXT, ARRAY, MAP)
            raise Refused("malformed-cbor" if definite else "indefinite-length")
        width = 1 << (info - 24)
        argument = int.from_bytes(self.take(width), "big")
        if major == SIMPLE:
            raise Refused("malformed-cbor" if info == 24 and argument < 32 else "wrong-type")
        if argument < (24 if width == 1 else 1 << (4 * width)):
            raise Refused("non-minimal", f"byte {self.position - width - 1}")
        return major, argument

    def expect(self, wanted):
        major, argument = self.head()
        if major != wanted:
            raise Refused("wrong-type", f"byte {self.position}")
        return argument

    def bytes(self):
        return self.take(self.expect(BYTES))

    def text(self):
        return utf8(self.take(self.expect(TEXT)))

    def integer(self):
        major, argument = self.head()
        if major not in (UNSIGNED, NEGATIVE):
            raise Refused("wrong-type", f"byte {self.position}")
        return argument if major == UNSIGNED else -1 - argument

    def unsigned(self):
        return self.expect(UNSIGNED)

    def array(self, count):
        if self.expect(ARRAY) != count:
            raise Refused("wrong-structure", f"no array of {count}")

    def end(self):
        if self.position != len(self.data):
            raise Refused("trailing-bytes", f"byte {self.position}")

    def labels(self):
        """The labels of a map one by one; each must come after the last in encoded order."""
        last = None
        for _ in range(self.expect(MAP)):
            start = self.position
            label = self.integer()
            encoded = self.data[start : self.position]
            if last is not None and encoded <= last:
                raise Refused("duplicate-label" if encoded == last else "map-order", str(label))
            last = encoded
            yield label

    def document(self, depth=0):
        """Any value of which a JSON document has one: what genesis and key sets are made of."""
        if depth > MAX_DEPTH:
            raise Refused("too-deep")
        start = self.position
        major, argument = self.head()
        if major == UNSIGNED:
            return argument
        if major == NEGATIVE:
            return -1 - argument
        if major == TEXT:
            return utf8(self.take(argument))
        if major == ARRAY:
            return [self.document(depth + 1) for _ in range(self.bounded(argument))]
        if major == MAP:
            return self.members(self.bounded(argument), depth)
        if major == SIMPLE and argument in (20, 21, 22):
            return {20: False, 21: True, 22: None}[argument]
        raise Refused("wrong-type", f"byte {start}")

    def bounded(self, count):
        if count > len(self.data) - self.position:
            raise Refused("truncated")
        return count

    def members(self, count, depth):
        result, last = {}, None
        for _ in range(count):
            start = self.position
            name = self.text()
            encoded = self.data[start : self.position]
            if last is not None and encoded <= last:
                raise Refused("duplicate-member" if encoded == last else "map-order", name)
            last = encoded
            result[name] = self.document(depth + 1)
        return result


def utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not-utf-8") from None


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    width = next(w for w in (1, 2, 4, 8) if argument < 1 << (8 * w))
    return bytes([major << 5 | 24 + width.bit_length() - 1]) + argument.to_bytes(width, "big")


def bstr(data):
    return head(BYTES, len(data)) + data


def tstr(text):
    data = text.encode("utf-8")
    return head(TEXT, len(data)) + data
