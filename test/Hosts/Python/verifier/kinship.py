"""Whether two fingerprints are of networks that were trained independently (section 6)."""

import collections
import itertools
import math
from dataclasses import dataclass, replace

from .fingerprints import BASES, CHANNEL, STORED

GROUNDS = PLACES, VIEWS = "Places", "Views"
ALIKE = 0.02
ROUNDING = 1e-9


@dataclass(frozen=True)
class Evidence:
    """The test that said most: log10 of its p, and what agreed against what was expected."""

    log10_p: float = 0.0
    ground: str | None = None
    basis: str | None = None
    agreements: int = 0
    expected: float = 0.0
    same_weights: bool = False


def compare(one, other):
    """What the pair test says; the same whichever of the two comes first."""
    return strongest(one, other)[0]


def strongest(one, other):
    """The test that says most, and those that say as much but for rounding."""
    first, second = sorted((one, other), key=lambda print_: (print_.weights, print_.write()))
    bits = 64 * min(one.words, other.words)
    tests = []
    for basis in BASES:
        counts, deep = count(first, second, basis, bits)
        for ground in GROUNDS:
            tests += tests_of(counts, deep, ground, basis)
    least = min((test.log10_p for test in tests), default=0.0)
    best = [Evidence()] if least > -ROUNDING else []
    best += [test for test in tests if test.log10_p < least + ROUNDING]
    log10_p = min(0.0, least + math.log10(max(1, len(tests))))
    same = one.weights == other.weights and min(one.parameters, other.parameters) > 0
    return [replace(test, log10_p=log10_p, same_weights=same) for test in best]


def count(first, second, basis, bits):
    """What each two layers say, by their places among those of a basis, and whether both networks
    have layers of the same kinds at the same depths."""
    some = [layer for layer in first.layers if basis in layer.bits]
    others = [layer for layer in second.layers if basis in layer.bits]
    counts = {
        (i, j): grounds(a, b, basis, bits)
        for (i, a), (j, b) in itertools.product(enumerate(some), enumerate(others))
        if comparable(a, b)
    }
    return counts, len(some) == len(others) and all(map(comparable, some, others))


def comparable(a, b):
    return (a.kind, a.views) == (b.kind, b.views)


def grounds(a, b, basis, bits):
    """By ground, how many pairs of units agree and how many are expected to."""
    matchings = [match(x, y, bits) for x, y in zip(a.bits[basis], b.bits[basis])]
    times = collections.Counter(pair for matching in matchings for pair in matching.items())
    expected = 0 if basis == STORED else ALIKE * min(a.units, b.units)
    for some, others in itertools.combinations(matchings, 2):
        expected += len(some) * len(others) / (a.units * b.units)
    found = {VIEWS: (sum(views >= 2 for views in times.values()), expected)}
    if a.kind != CHANNEL:
        pairs = disjoint(a.units, matchings)
        placed = sum(a.places[i] == b.places[j] for j, i in pairs.items())
        found[PLACES] = placed, len(pairs) / min(a.exchangeable, b.exchangeable)
    return found


def disjoint(units, matchings):
    """For units of the second the one of the first whose views match it most; each once."""
    taken = {}
    for unit in range(units):
        named = [matching[unit] for matching in matchings if unit in matching]
        if named:
            taken.setdefault(max(named, key=named.count), unit)
    return taken


def match(some, others, bits):
    """The pairs of units each of which is the other's only nearest."""
    half, mask = bits // 2, (1 << bits) - 1
    some, others = [u & mask for u in some], [u & mask for u in others]
    rows = [[abs(half - (u ^ o).bit_count()) for o in others] for u in some]
    back = [only(column) for column in zip(*rows)]
    nearest = {i: only(row) for i, row in enumerate(rows)}
    return {i: j for i, j in nearest.items() if j is not None and back[j] == i}


def only(row):
    best = max(row)
    return row.index(best) if row.count(best) == 1 else None


def tests_of(counts, deep, ground, basis):
    """The two tests of a ground in a basis: layers of one depth together, and the best pair."""
    said = {layers: by[ground] for layers, by in counts.items() if ground in by}
    together = [said_ for (i, j), said_ in said.items() if i == j]
    if deep and together:
        yield test(*map(sum, zip(*together)), 1, ground, basis)
    if said:
        best = min(said.values(), key=lambda said_: log10_bound(*said_))
        yield test(*best, len(said), ground, basis)


def test(agreements, expected, ways, ground, basis):
    log10_p = min(0.0, log10_bound(agreements, expected) + math.log10(ways))
    return Evidence(log10_p, ground, basis, agreements, expected)


def log10_bound(agreements, expected):
    """log10 of the bound λⁿ / n! of the chance of n agreements, at most 0."""
    if agreements == 0:
        return 0.0
    log = agreements * math.log(expected) - math.lgamma(agreements + 1)
    return min(0.0, log / math.log(10))
