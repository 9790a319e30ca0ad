"""What Python's own Unicode tables say of Normalization Form C.

Prints a line for every assigned character and for random sequences of letters and marks: its code
points in hexadecimal, and 1 when the text "1…1" around it is in NFC, else 0.
"""

import random
import unicodedata

HIDDEN = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}


def line(points):
    text = "1" + "".join(map(chr, points)) + "1"
    composed = int(unicodedata.is_normalized("NFC", text))
    print(" ".join(f"{point:x}" for point in points), composed)


def main():
    seen = [
        point
        for point in range(0x20, 0x110000)
        if unicodedata.category(chr(point)) not in HIDDEN and point not in DIRECTION
    ]
    for point in seen:
        line([point])
    chance = random.Random(20261125)
    marks = [point for point in seen if unicodedata.combining(chr(point))]
    letters = [point for point in seen if unicodedata.decomposition(chr(point))[:1].isalnum()]
    letters += [ord(c) for c in "aeioudnsAEIOU"] * 40
    jamo = list(range(0x1100, 0x1113)) + list(range(0x1161, 0x1176)) + list(range(0x11A8, 0x11C3))
    for _ in range(60_000):
        pool = chance.choice((marks, marks, letters, jamo))
        points = [chance.choice(letters)] + [chance.choice(pool) for _ in range(chance.randint(1, 4))]
        line(points)
    for _ in range(20_000):
        text = "".join(map(chr, (chance.choice(letters), *chance.choices(marks, k=3))))
        line([ord(c) for c in unicodedata.normalize("NFC", text)])


main()
