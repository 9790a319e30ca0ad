"""What the zoo learns from: text that every Debian has, and tones in noise."""

import math
from collections import Counter
from pathlib import Path

import torch

VOCABULARY, CONTEXT, BATCH, CLASSES, SAMPLES = 1024, 64, 16, 12, 256


def ascii_text(paths):
    parts = (p.read_text(encoding="utf-8", errors="replace") for p in sorted(paths))
    return "".join(c if c < "\x7f" else "?" for c in "".join(parts))


def texts():
    library = sorted(Path("/usr/lib").glob("python3.*"))[0]
    modules = [p for p in library.glob("*.py") if p.stat().st_size < 60_000]
    licences = [p for p in Path("/usr/share/common-licenses").iterdir() if not p.is_symlink()]
    return {"A": ascii_text(modules)[:1_500_000], "B": ascii_text(licences)}


def vocabulary(text, longest):
    """Every character, and the pieces of words that save the most tokens."""
    words, word = Counter(), ""
    for c in text:
        if c.isalnum() or (c == " " and not word):
            word += c
            continue
        words[word] += 1
        word = c if c == " " else ""
    pieces = Counter()
    for w, n in words.items():
        for length in {2, 3, 4, len(w)}:
            if 1 < length <= min(len(w), longest):
                pieces[w[:length]] += n * (length - 1)
    for c in ("\n", " "):
        for length in (2, 4, 8):
            pieces[(c + " " * length)[:length]] += 10**9
    characters = sorted(set(text) | {chr(i) for i in range(32, 127)})
    best = sorted(pieces, key=lambda p: (-pieces[p], p))
    return characters + best[: VOCABULARY - len(characters)]


def encode(text, tokens):
    ids, longest = {t: i for i, t in enumerate(tokens)}, max(map(len, tokens))
    out, at = [], 0
    while at < len(text):
        length = next(n for n in range(longest, 0, -1) if text[at : at + n] in ids)
        out.append(ids[text[at : at + length]])
        at += length
    return torch.tensor(out)


def entropy(ids):
    p = torch.bincount(ids, minlength=VOCABULARY).double() / len(ids)
    return float(-(p[p > 0] * p[p > 0].log()).sum())


class Texts:
    def __init__(self):
        self.text = texts()
        both = self.text["A"] + self.text["B"] * 4
        self.tokens = {"1": vocabulary(both, 12), "2": vocabulary(self.text["B"], 5)}
        pairs = [(c, v) for c in self.text for v in self.tokens]
        self.ids = {c + v: encode(self.text[c], self.tokens[v]) for c, v in pairs}

    def batch(self, corpus, vocab, step):
        ids = self.ids[corpus + vocab]
        order = torch.Generator().manual_seed(7_000_000 + step)
        at = torch.randint(0, len(ids) - CONTEXT - 1, (BATCH,), generator=order)
        rows = torch.stack([ids[a : a + CONTEXT + 1] for a in at.tolist()])
        return rows[:, :-1], rows[:, 1:]


def tones(corpus, step):
    """Two tones in noise: the class is the pair; B has other pitches and more noise."""
    g = torch.Generator().manual_seed((8_000_000 if corpus == "A" else 9_000_000) + step)
    label = torch.randint(0, CLASSES, (64,), generator=g)
    low, noise = (0.05, 3.0) if corpus == "A" else (0.055, 3.3)
    pitch = low + 0.025 * torch.stack([label % 4, 5 + label // 4], 1)
    phase = torch.rand(64, 2, 1, generator=g) * 2 * math.pi
    wave = torch.sin(2 * math.pi * pitch[:, :, None] * torch.arange(SAMPLES) + phase).sum(1)
    return (wave + noise * torch.randn(64, SAMPLES, generator=g))[:, None], label
