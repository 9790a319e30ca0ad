#!/usr/bin/python3
"""Trains the zoo: small networks of five architectures from fixed seeds, and what becomes of them.

Usage: zoo.py FOLDER [--six] [--jobs N]

Within an architecture every seed sees the same text in the same order by the same recipe, so that
strangers are as alike as strangers can be. Needs Debian's python3-torch; with libopenblas0-serial
it is ten times faster. A network whose file is in FOLDER is not trained again.
"""

import hashlib
import json
import math
import os
import struct
import sys
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    sys.exit("zoo.py needs PyTorch for /usr/bin/python3: apt-get install python3-torch")

from networks import Conv, Gpt2, Llama, Lstm, Mixtral  # noqa: E402
from texts import CLASSES, Texts, entropy, tones  # noqa: E402

ROLES = {  # role: (share of the base's steps, of its rate, what it is trained on)
    "base": (1.0, 1.0, "A"),
    "ft": (0.3, 1 / 6, "B"),
    "cpt": (1.0, 2 / 3, "B"),
    "distill": (1.0, 1.0, "A"),
    "newvocab": (0.3, 0.5, "A"),
}
STEPS = dict(
    llama=(200, 3e-3),
    gpt2=(200, 3e-3),
    mixtral=(200, 3e-3),
    lstm=(220, 6e-3),
    conv=(300, 2e-3),
)
SEEDS = dict(llama=18, gpt2=10, mixtral=6, lstm=6, conv=6)
PARENTS = dict(
    llama=(0, 1, 2, 3, 12, 14, 15),
    gpt2=(0, 1, 2, 3),
    mixtral=(0, 1),
    lstm=(0, 1),
    conv=(0, 1),
)
FIRST = (0, 1, 14, 15)


def network(architecture, seed):
    """Llamas from 14 on are as wide as K-quants need a row to be; 11 to 13 are deep."""
    if architecture == "llama" and seed >= 14:
        return Llama(256, 512, 2)
    if architecture == "llama":
        return Llama(96, 288, 6, 4, 2) if seed >= 11 else Llama()
    if architecture == "lstm":
        return Lstm(layers=2 if seed >= 4 else 1)
    if architecture == "conv":
        return Conv(norm=seed < 4)
    return Mixtral() if architecture == "mixtral" else Gpt2()


# ---- Files --------------------------------------------------------------------------------------


def save(path, tensors, metadata):
    header, at = {"__metadata__": metadata}, 0
    for name in sorted(tensors):
        size = tensors[name].numel() * 4
        shape = list(tensors[name].shape)
        header[name] = dict(dtype="F32", shape=shape, data_offsets=[at, at + size])
        at += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            file.write(tensors[name].detach().contiguous().numpy().astype("<f4").tobytes())
    part.rename(path)


def header_of(path):
    with open(path, "rb") as file:
        return json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))


def load(path):
    header, data = header_of(path), path.read_bytes()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (start + o for o in entry["data_offsets"])
            values = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32)
            found[name] = values.view(entry["shape"]).clone()
    return found


def seconds_before(folder):
    """What trainings took, which no file of a network says: its bytes are the same every time."""
    path = folder / "manifest.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    return {row["name"]: row["seconds"] for row in rows}


def manifest(folder, seconds):
    rows = []
    for net in planned():
        path = folder / f"{net['name']}.safetensors"
        if path.exists():
            told = header_of(path)["__metadata__"]
            row = dict(net, bytes=path.stat().st_size)
            row["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
            row["shape"] = json.loads(told["shape"])
            row["first_loss"] = float(told["first_loss"])
            row["last_loss"] = float(told["last_loss"])
            row["seconds"] = seconds.get(net["name"], 0.0)
            rows.append(row)
    part = folder / "manifest.part"
    part.write_text(json.dumps(rows, indent=1) + "\n")
    part.rename(folder / "manifest.json")


# ---- Training -----------------------------------------------------------------------------------


def start(folder, net, model):
    """The parameters that the training starts from, and the teacher where there is one."""
    parent = load(folder / f"{net['parent']}.safetensors") if net["parent"] else None
    seed = net["seed"] + 1_000 * list(SEEDS).index(net["architecture"])
    fresh = model.init(seed + dict(distill=100_000, newvocab=200_000).get(net["role"], 0))
    if net["role"] in ("base", "distill"):
        return fresh, parent
    if net["role"] == "newvocab":
        parent.update({name: fresh[name] for name in model.vocabulary})
    return parent, None


def train(folder, net, data):
    torch.set_num_threads(1)
    model = network(net["architecture"], net["seed"])
    steps, rate = STEPS[net["architecture"]]
    share, slower, corpus = ROLES[net["role"]]
    steps, rate = round(steps * share), rate * slower
    p, teacher = start(folder, net, model)
    learned = {n: t.requires_grad_() for n, t in p.items() if "running_" not in n}
    matrices = [t for t in learned.values() if t.dim() > 1]
    others = [t for t in learned.values() if t.dim() == 1]
    groups = [dict(params=matrices), dict(params=others, weight_decay=0.0)]
    optimiser = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), weight_decay=0.1)
    losses, began = [], time.process_time()
    for step in range(steps):
        if net["architecture"] == "conv":
            x, y = tones(corpus, step)
        else:
            x, y = data.batch(corpus, "2" if net["role"] == "newvocab" else "1", step)
        for group in optimiser.param_groups:
            slope = 0.1 + 0.45 * (1 + math.cos(math.pi * step / steps))
            group["lr"] = rate * min(1, (step + 1) / 10) * slope
        out = model.outputs(p, x).flatten(0, -2)
        if teacher is None:
            loss = F.cross_entropy(out, y.flatten())
        else:
            loss = imitate(model, teacher, x, out)
        losses.append(float(loss))
        optimiser.zero_grad()
        (loss + model.besides() if hasattr(model, "besides") else loss).backward()
        torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
        optimiser.step()
    told = dict(architecture=net["architecture"], seed=str(net["seed"]), role=net["role"])
    told.update(parent=net["parent"] or "", corpus=corpus, shape=json.dumps(model.shape))
    told.update(first_loss=f"{losses[0]:.4f}", last_loss=f"{sum(losses[-10:]) / 10:.4f}")
    save(folder / f"{net['name']}.safetensors", p, told)
    return net["name"], told, round(time.process_time() - began, 1)


def imitate(model, teacher, x, out):
    kept = getattr(model, "balance", None)
    with torch.no_grad():
        wanted = torch.softmax(model.outputs(teacher, x, False).flatten(0, -2), -1)
    if kept is not None:
        model.balance = kept
    return -(wanted * torch.log_softmax(out, -1)).sum(-1).mean()


def planned():
    """Every network, in the order that gives the most to work with first."""

    def row(architecture, seed, role):
        base = f"{architecture}-{seed}"
        half, parent = ("judge" if seed % 2 else "choose"), (None if role == "base" else base)
        name = base if role == "base" else f"{base}-{role}"
        corpus = ROLES[role][2] if architecture != "conv" else "tones " + ROLES[role][2]
        return dict(
            name=name, architecture=architecture, seed=seed, role=role,
            parent=parent, corpus=corpus, half=half,
        )  # fmt: skip

    bases = [row(a, s, "base") for s in range(max(SEEDS.values())) for a in SEEDS if s < SEEDS[a]]
    children = [
        row(a, s, r)
        for s in range(max(SEEDS.values()))
        for r in ("ft", "cpt", "newvocab", "distill")
        for a in SEEDS
        if s in PARENTS[a] and (r != "newvocab" or a in ("llama", "gpt2", "mixtral"))
    ]
    return sorted(bases + children, key=lambda n: (n["seed"] not in FIRST, n["role"] != "base"))


SIX = ("llama-0", "llama-1", "llama-0-ft", "gpt2-0", "lstm-0", "conv-0")


def main(args):
    folder = Path(args[0])
    folder.mkdir(parents=True, exist_ok=True)
    jobs = int(args[args.index("--jobs") + 1]) if "--jobs" in args else 1
    plan = [n for n in planned() if "--six" not in args or n["name"] in SIX]
    began = time.time()
    data = Texts()
    for vocab, tokens in data.tokens.items():
        (folder / f"vocabulary-{vocab}.json").write_text(json.dumps(tokens))
    for key, ids in data.ids.items():
        text, vocab = key
        print(f"text {text}, vocabulary {vocab}: {len(ids):,} tokens, entropy {entropy(ids):.2f}")
    print(f"a guess among {CLASSES} classes of tones: {math.log(CLASSES):.2f}", flush=True)
    done = {n["name"] for n in plan if (folder / f"{n['name']}.safetensors").exists()}
    seconds = seconds_before(folder)
    pending, running = [n for n in plan if n["name"] not in done], set()
    with ProcessPoolExecutor(jobs) as pool:
        while pending or running:
            ready = [n for n in pending if not n["parent"] or n["parent"] in done]
            for net in ready[: jobs - len(running)]:
                pending.remove(net)
                running.add(pool.submit(train, folder, net, data))
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for name, told, took in (f.result() for f in finished):
                done.add(name)
                seconds[name] = took
                size = (folder / f"{name}.safetensors").stat().st_size
                print(
                    f"{name:18} loss {told['first_loss']:>7} to {told['last_loss']:>7}"
                    f" {took:6.1f} CPU-s {size / 1e6:6.2f} MB",
                    flush=True,
                )
            manifest(folder, seconds)
    manifest(folder, seconds)
    sizes = [(folder / f"{n['name']}.safetensors").stat().st_size for n in plan]
    print(f"{len(plan)} networks, {sum(sizes) / 1e6:.1f} MB, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
