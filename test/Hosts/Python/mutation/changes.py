"""Changes that know nothing of acts: bits, lengths, and CBOR items taken apart."""

from verifier import cbor


def plain(random, data):
    """A change that knows nothing of the format."""
    changed = bytearray(data)
    place = random.randrange(len(data))
    kind = random.randrange(8)
    if kind <= 2:
        changed[place] ^= 1 << random.randrange(8)
    elif kind == 3:
        changed[place] = random.choice((0, 0x1F, 0x7F, 0x80, 0xFF, random.randrange(256)))
    elif kind == 4:
        del changed[place : place + random.choice((1, 1, 2, 32))]
    elif kind == 5:
        changed[place:place] = random.randbytes(random.choice((1, 1, 2, 32)))
    elif kind == 6:
        del changed[place:]
    else:
        changed += random.randbytes(random.choice((1, 2, 16)))
    return bytes(changed)


def wide(major, argument, width):
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26, 8: 27}[width]]) + argument.to_bytes(
        width, "big")


def items(data):
    """The label and value of a map, each as encoded."""
    reader, result = cbor.Reader(data), []
    for _ in range(reader.expect(cbor.MAP)):
        start = reader.position
        reader.integer()
        middle = reader.position
        skip(reader)
        result.append((data[start:middle], data[middle : reader.position]))
    return result


def skip(reader):
    major, argument = reader.head()
    if major in (cbor.BYTES, cbor.TEXT):
        reader.take(argument)
    for _ in range({cbor.ARRAY: 1, cbor.MAP: 2}.get(major, 0) * argument):
        skip(reader)


def integer(value):
    return cbor.head(0, value) if value >= 0 else cbor.head(1, -1 - value)


def widened(item):
    """An item whose head is longer than it must be, where that can be said."""
    reader = cbor.Reader(item)
    major, argument = reader.head()
    width = reader.position - 1
    wider = {0: 1, 1: 2, 2: 4, 4: 8}.get(width)
    return item if wider is None else wide(major, argument, wider) + item[reader.position :]
