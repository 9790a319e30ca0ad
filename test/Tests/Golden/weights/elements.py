"""Decodes made-up bytes of every element type by the rules of the formats, without any library.

A line an element type: its name, the number of bytes, the SHA-256 of the values as binary32, and
the first four of them. Bytes come from a chain of SHA-256. Run it to write elements.txt anew.
"""

import hashlib
import struct
from fractions import Fraction


def single(value):
    """The binary32 nearest to a fraction, ties to even, as a fraction."""
    value = Fraction(value)
    if value == 0:
        return value
    size = abs(value)
    power = size.numerator.bit_length() - size.denominator.bit_length()
    if Fraction(2) ** power > size:
        power -= 1
    step = Fraction(2) ** (max(power, -126) - 23)
    return round(value / step) * step


def bits(value, negative):
    """The bits of a fraction that binary32 holds."""
    sign = 0x80000000 if negative else 0
    return sign | struct.unpack("<I", struct.pack("<f", abs(float(value))))[0]


def small(code, width, exponent_bits, bias):
    """A float of few bits: (sign, fraction)."""
    mantissa_bits = width - 1 - exponent_bits
    exponent = code >> mantissa_bits & ((1 << exponent_bits) - 1)
    mantissa = code & ((1 << mantissa_bits) - 1)
    if exponent:
        mantissa += 1 << mantissa_bits
    return code >> (width - 1), mantissa * Fraction(2) ** (max(exponent, 1) - bias - mantissa_bits)


def half(data):
    sign, size = small(struct.unpack("<H", data)[0], 16, 5, 15)
    return -size if sign else size


NAN = 0x7FC00000


def of_code(code, width, exponent_bits, bias):
    sign, size = small(code, width, exponent_bits, bias)
    return bits(size, sign)


def ieee(code, width, exponent_bits, bias):
    mantissa_bits = width - 1 - exponent_bits
    if code >> mantissa_bits & ((1 << exponent_bits) - 1) == (1 << exponent_bits) - 1:
        sign = code >> (width - 1) << 31
        return sign | 0x7F800000 | (code & ((1 << mantissa_bits) - 1)) << (23 - mantissa_bits)
    return of_code(code, width, exponent_bits, bias)


def of_number(value):
    value = single(value)
    return bits(value, value < 0)


def times(*factors):
    """A product, rounded after every factor: (sign, size), for zero has a sign."""
    sign, size = False, Fraction(1)
    for factor in factors:
        negative, factor = factor if isinstance(factor, tuple) else (factor < 0, abs(factor))
        sign, size = sign != negative, single(size * factor)
    return sign, size


def plus(one, other):
    total = single((-one[1] if one[0] else one[1]) + (-other[1] if other[0] else other[1]))
    if total == 0:
        return one[0] and other[0], total
    return total < 0, abs(total)


def signed_half(data):
    return small(struct.unpack("<H", data)[0], 16, 5, 15)


def small_block(data, high_bits, least, center):
    """Blocks of 32: Q4_0, Q4_1, Q5_0, Q5_1."""
    scale, at = signed_half(data[0:2]), 2
    minimum = None
    if least:
        minimum, at = signed_half(data[2:4]), 4
    fifth = 0
    if high_bits:
        fifth, at = struct.unpack("<I", data[at : at + 4])[0], at + 4
    for i in range(32):
        byte = data[at + i % 16]
        quant = (byte & 15 if i < 16 else byte >> 4) | (fifth >> i & 1) << 4
        value = times(scale, quant - center)
        yield plus(value, minimum) if least else value


def scales_4(packed, group):
    if group < 4:
        return packed[group] & 63, packed[group + 4] & 63
    return (
        packed[group + 4] & 15 | packed[group - 4] >> 6 << 4,
        packed[group + 4] >> 4 | packed[group] >> 6 << 4,
    )


def minus(pair):
    return not pair[0], pair[1]


def q2_k(data):
    for i in range(256):
        half_block, run, within = i // 128, i % 128 // 32, i % 32
        quant = data[16 + 32 * half_block + within] >> 2 * run & 3
        scale = data[i // 16]
        d, least = signed_half(data[80:82]), signed_half(data[82:84])
        yield plus(times(times(d, scale & 15), quant), minus(times(least, scale >> 4)))


def q3_k(data):
    a, b, c = struct.unpack("<3I", data[96:108])
    words = [
        a & 0x0F0F0F0F | (c & 0x03030303) << 4,
        b & 0x0F0F0F0F | (c >> 2 & 0x03030303) << 4,
        a >> 4 & 0x0F0F0F0F | (c >> 4 & 0x03030303) << 4,
        b >> 4 & 0x0F0F0F0F | (c >> 6 & 0x03030303) << 4,
    ]
    scales = struct.pack("<4I", *words)
    for i in range(256):
        half_block, run, within = i // 128, i % 128 // 32, i % 32
        quant = data[32 + 32 * half_block + within] >> 2 * run & 3
        quant -= 0 if data[within] >> (4 * half_block + run) & 1 else 4
        yield times(times(signed_half(data[108:110]), scales[i // 16] - 32), quant)


def q45_k(data, five):
    quants = 48 if five else 16
    for i in range(256):
        group, within = i // 32, i % 32
        byte = data[quants + 32 * (group // 2) + within]
        quant = byte >> 4 if group % 2 else byte & 15
        if five:
            quant += 16 * (data[16 + within] >> group & 1)
        scale, least = scales_4(data[4:16], group)
        d, minimum = signed_half(data[0:2]), signed_half(data[2:4])
        yield plus(times(times(d, scale), quant), minus(times(minimum, least)))


def q6_k(data):
    for i in range(256):
        half_block, run, within = i // 128, i % 128 // 32, i % 32
        low = data[64 * half_block + 32 * (run % 2) + within]
        low = low & 15 if run < 2 else low >> 4
        high = data[128 + 32 * half_block + within] >> 2 * run & 3
        scale = struct.unpack("b", data[192 + i // 16 : 193 + i // 16])[0]
        yield times(times(signed_half(data[208:210]), scale), (low | high << 4) - 32)


def q8_0(data):
    for quant in struct.unpack("32b", data[2:]):
        yield times(signed_half(data[0:2]), quant)


def six_bits(data, exponent_bits, bias):
    word = int.from_bytes(data, "little")
    return [of_code(word >> 6 * i & 63, 6, exponent_bits, bias) for i in range(4)]


def each(code):
    return lambda data: [code(data)]


def blocks(decode):
    return lambda data: [bits(size, sign) for sign, size in decode(data)]


def whole(signed):
    return each(lambda data: of_number(int.from_bytes(data, "little", signed=signed)))


def double(data):
    word = struct.unpack("<Q", data)[0]
    sign, size = small(word, 64, 11, 1023)
    return bits(single(size), sign)


def one(data):
    return data[0]


def power(data):
    return NAN if data[0] == 255 else bits(Fraction(2) ** (data[0] - 127), False)


# Name, bytes of a block, places of its scales, decoder of a block.
TYPES = [
    ("F64", 8, [], each(double)),
    ("F32", 4, [], each(lambda data: struct.unpack("<I", data)[0])),
    ("F16", 2, [], each(lambda data: ieee(struct.unpack("<H", data)[0], 16, 5, 15))),
    ("BF16", 2, [], each(lambda data: struct.unpack("<H", data)[0] << 16)),
    ("C64", 8, [], lambda data: list(struct.unpack("<2I", data))),
    ("F8E4M3", 1, [], each(lambda d: NAN if one(d) & 127 == 127 else of_code(one(d), 8, 4, 7))),
    ("F8E5M2", 1, [], each(lambda data: ieee(one(data), 8, 5, 15))),
    ("F8E8M0", 1, [], each(power)),
    ("F8E4M3Fnuz", 1, [], each(lambda d: NAN if one(d) == 128 else of_code(one(d), 8, 4, 8))),
    ("F8E5M2Fnuz", 1, [], each(lambda d: NAN if one(d) == 128 else of_code(one(d), 8, 5, 16))),
    ("F6E2M3", 3, [], lambda data: six_bits(data, 2, 1)),
    ("F6E3M2", 3, [], lambda data: six_bits(data, 3, 3)),
    ("F4", 1, [], lambda d: [of_code(one(d) & 15, 4, 2, 1), of_code(one(d) >> 4, 4, 2, 1)]),
    ("Bool", 1, [], each(lambda data: of_number(1 if one(data) else 0))),
    ("I8", 1, [], whole(True)),
    ("U8", 1, [], whole(False)),
    ("I16", 2, [], whole(True)),
    ("U16", 2, [], whole(False)),
    ("I32", 4, [], whole(True)),
    ("U32", 4, [], whole(False)),
    ("I64", 8, [], whole(True)),
    ("U64", 8, [], whole(False)),
    ("Q4_0", 18, [0], blocks(lambda data: small_block(data, False, False, 8))),
    ("Q4_1", 20, [0, 2], blocks(lambda data: small_block(data, False, True, 0))),
    ("Q5_0", 22, [0], blocks(lambda data: small_block(data, True, False, 16))),
    ("Q5_1", 24, [0, 2], blocks(lambda data: small_block(data, True, True, 0))),
    ("Q8_0", 34, [0], blocks(q8_0)),
    ("Q2_K", 84, [80, 82], blocks(q2_k)),
    ("Q3_K", 110, [108], blocks(q3_k)),
    ("Q4_K", 144, [0, 2], blocks(lambda data: q45_k(data, False))),
    ("Q5_K", 176, [0, 2], blocks(lambda data: q45_k(data, True))),
    ("Q6_K", 210, [208], blocks(q6_k)),
]


def made_up(name, size, scales):
    data, link = bytearray(), name.encode()
    count = size * max(40, 4096 // size)
    while len(data) < count:
        link = hashlib.sha256(link).digest()
        data += link
    data = data[:count]
    for block in range(0, count, size):
        for scale in scales:
            data[block + scale + 1] &= 0xBB
        if name == "F64":
            # Around 1, so that rounding is what is tried, and never beyond binary32.
            data[block + 7] = data[block + 7] & 0x80 | 0x3F
            data[block + 6] |= 0xC0
    return bytes(data)


def main():
    with open("elements.txt", "w", encoding="ascii") as out:
        for name, size, scales, decode in TYPES:
            data = made_up(name, size, scales)
            values = [v for at in range(0, len(data), size) for v in decode(data[at : at + size])]
            # One NaN, as the test reads them.
            values = [NAN if v & 0x7FFFFFFF > 0x7F800000 else v for v in values]
            digest = hashlib.sha256(struct.pack("<%dI" % len(values), *values)).hexdigest()
            first = " ".join("%08x" % v for v in values[:4])
            out.write("%s %d %s %s\n" % (name, len(data), digest, first))


if __name__ == "__main__":
    main()
