"""The architectures: parameters by the names that theirs have, and a function of them."""

import math

import torch
import torch.nn.functional as F

from texts import CLASSES, CONTEXT, VOCABULARY


class Seeded(dict):
    def __init__(self, seed, std=0.04):
        self.g, self.std = torch.Generator().manual_seed(seed), std

    def matrix(self, name, *shape, std=None):
        self[name] = torch.randn(*shape, generator=self.g) * (std or self.std)

    def uniform(self, name, bound, *shape):
        self[name] = (torch.rand(*shape, generator=self.g) * 2 - 1) * bound

    def flat(self, name, size, value):
        self[name] = torch.full((size,), float(value))


def attend(q, k, v):
    t, d = q.shape[-2:]
    mask = torch.full((t, t), float("-inf")).triu(1)
    return torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(d) + mask, -1) @ v


def rotary(x):
    t, d = x.shape[-2:]
    angle = torch.arange(t)[:, None] * 10000.0 ** (-torch.arange(0, d, 2) / d)
    cos, sin = torch.cat([angle, angle], 1).cos(), torch.cat([angle, angle], 1).sin()
    return x * cos + torch.cat([-x[..., d // 2 :], x[..., : d // 2]], -1) * sin


def rms(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * gain


def split(x, heads):
    b, t, d = x.shape
    return x.view(b, t, heads, d // heads).transpose(1, 2)


class Llama:
    def __init__(self, d=128, ff=384, layers=3, heads=4, kv=4):
        self.shape = dict(hidden=d, intermediate=ff, layers=layers, heads=heads, kv_heads=kv)

    def init(self, seed):
        p, s = Seeded(seed), self.shape
        d = s["hidden"]
        kv = d // s["heads"] * s["kv_heads"]
        p.matrix("model.embed_tokens.weight", VOCABULARY, d)
        for i in range(s["layers"]):
            at = f"model.layers.{i}."
            p.flat(at + "input_layernorm.weight", d, 1)
            for name, out in (("q", d), ("k", kv), ("v", kv), ("o", d)):
                p.matrix(f"{at}self_attn.{name}_proj.weight", out, d)
            p.flat(at + "post_attention_layernorm.weight", d, 1)
            self.init_mlp(p, at)
        p.flat("model.norm.weight", d, 1)
        p.matrix("lm_head.weight", VOCABULARY, d)
        return p

    def init_mlp(self, p, at):
        d, ff = self.shape["hidden"], self.shape["intermediate"]
        p.matrix(at + "mlp.gate_proj.weight", ff, d)
        p.matrix(at + "mlp.up_proj.weight", ff, d)
        p.matrix(at + "mlp.down_proj.weight", d, ff)

    def mlp(self, p, at, x):
        gate, up, down = (p[f"{at}mlp.{n}_proj.weight"] for n in ("gate", "up", "down"))
        return F.linear(F.silu(F.linear(x, gate)) * F.linear(x, up), down)

    def outputs(self, p, x, train=True):
        s = self.shape
        h = F.embedding(x, p["model.embed_tokens.weight"])
        for i in range(s["layers"]):
            at = f"model.layers.{i}."
            n = rms(h, p[at + "input_layernorm.weight"])
            q, k, v = (F.linear(n, p[f"{at}self_attn.{c}_proj.weight"]) for c in "qkv")
            k, v = (
                split(y, s["kv_heads"]).repeat_interleave(s["heads"] // s["kv_heads"], 1)
                for y in (k, v)
            )
            a = attend(rotary(split(q, s["heads"])), rotary(k), v).transpose(1, 2).reshape(h.shape)
            h = h + F.linear(a, p[at + "self_attn.o_proj.weight"])
            h = h + self.mlp(p, at, rms(h, p[at + "post_attention_layernorm.weight"]))
        return F.linear(rms(h, p["model.norm.weight"]), p["lm_head.weight"])

    vocabulary = ("model.embed_tokens.weight", "lm_head.weight")


class Mixtral(Llama):
    def __init__(self, d=128, ff=256, layers=2, heads=4, kv=4, experts=4):
        super().__init__(d, ff, layers, heads, kv)
        self.shape["experts"] = experts

    def init_mlp(self, p, at):
        d, ff = self.shape["hidden"], self.shape["intermediate"]
        p.matrix(at + "block_sparse_moe.gate.weight", self.shape["experts"], d)
        for e in range(self.shape["experts"]):
            p.matrix(f"{at}block_sparse_moe.experts.{e}.w1.weight", ff, d)
            p.matrix(f"{at}block_sparse_moe.experts.{e}.w2.weight", d, ff)
            p.matrix(f"{at}block_sparse_moe.experts.{e}.w3.weight", ff, d)

    def mlp(self, p, at, x):
        at += "block_sparse_moe."
        rows = x.reshape(-1, x.shape[-1])
        share = torch.softmax(F.linear(rows, p[at + "gate.weight"]), -1)
        top, chosen = share.topk(2)
        top = top / top.sum(-1, keepdim=True)
        out, busy = torch.zeros_like(rows), []
        for e in range(self.shape["experts"]):
            row, slot = (chosen == e).nonzero(as_tuple=True)
            w1, w2, w3 = (p[f"{at}experts.{e}.w{n}.weight"] for n in (1, 2, 3))
            y = F.linear(F.silu(F.linear(rows[row], w1)) * F.linear(rows[row], w3), w2)
            out = out.index_add(0, row, y * top[row, slot, None])
            busy.append(len(row) / len(rows))
        self.balance.append((torch.tensor(busy) * share.mean(0)).sum() * self.shape["experts"])
        return out.view(x.shape)

    def outputs(self, p, x, train=True):
        self.balance = []
        return super().outputs(p, x, train)

    def besides(self):
        return 0.02 * sum(self.balance)


class Gpt2:
    def __init__(self, d=128, ff=512, layers=3, heads=4):
        self.shape = dict(hidden=d, intermediate=ff, layers=layers, heads=heads)

    def init(self, seed):
        p, s = Seeded(seed), self.shape
        d, ff = s["hidden"], s["intermediate"]
        p.matrix("transformer.wte.weight", VOCABULARY, d)
        p.matrix("transformer.wpe.weight", CONTEXT, d, std=0.02)
        for i in range(s["layers"]):
            at = f"transformer.h.{i}."
            sizes = dict(attn_c_attn=(d, 3 * d), attn_c_proj=(d, d), mlp_c_fc=(d, ff))
            sizes["mlp_c_proj"] = (ff, d)
            for name, (rows, columns) in sizes.items():
                where = at + name.replace("_", ".", 1)
                p.matrix(where + ".weight", rows, columns)
                p.flat(where + ".bias", columns, 0)
            for name in ("ln_1", "ln_2"):
                p.flat(f"{at}{name}.weight", d, 1)
                p.flat(f"{at}{name}.bias", d, 0)
        p.flat("transformer.ln_f.weight", d, 1)
        p.flat("transformer.ln_f.bias", d, 0)
        return p

    def outputs(self, p, x, train=True):
        def norm(y, at):
            return F.layer_norm(y, y.shape[-1:], p[at + ".weight"], p[at + ".bias"])

        def conv(y, at):
            return y @ p[at + ".weight"] + p[at + ".bias"]

        heads, embedding = self.shape["heads"], p["transformer.wte.weight"]
        h = F.embedding(x, embedding) + p["transformer.wpe.weight"][: x.shape[1]]
        for i in range(self.shape["layers"]):
            at = f"transformer.h.{i}."
            qkv = conv(norm(h, at + "ln_1"), at + "attn.c_attn").chunk(3, -1)
            a = attend(*(split(y, heads) for y in qkv)).transpose(1, 2).reshape(h.shape)
            h = h + conv(a, at + "attn.c_proj")
            up = F.gelu(conv(norm(h, at + "ln_2"), at + "mlp.c_fc"))
            h = h + conv(up, at + "mlp.c_proj")
        return F.linear(norm(h, "transformer.ln_f"), embedding)

    vocabulary = ("transformer.wte.weight",)


class Lstm:
    def __init__(self, d=192, layers=1):
        self.shape = dict(hidden=d, layers=layers)

    def init(self, seed):
        p, d = Seeded(seed), self.shape["hidden"]
        p.matrix("encoder.weight", VOCABULARY, d, std=0.1)
        for i in range(self.shape["layers"]):
            for name in ("weight_ih", "weight_hh"):
                p.uniform(f"rnn.{name}_l{i}", d**-0.5, 4 * d, d)
            for name in ("bias_ih", "bias_hh"):
                p.uniform(f"rnn.{name}_l{i}", d**-0.5, 4 * d)
        p.matrix("decoder.weight", VOCABULARY, d)
        p.flat("decoder.bias", VOCABULARY, 0)
        return p

    def outputs(self, p, x, train=True):
        d, layers = self.shape["hidden"], self.shape["layers"]
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        flat = [p[f"rnn.{n}_l{i}"] for i in range(layers) for n in names]
        h = F.embedding(x, p["encoder.weight"])
        zero = torch.zeros(layers, x.shape[0], d)
        h = torch._VF.lstm(h, (zero, zero), flat, True, layers, 0.0, train, False, True)[0]
        return F.linear(h, p["decoder.weight"], p["decoder.bias"])


class Conv:
    channels = (1, 64, 96, 128, 160)

    def __init__(self, norm=True):
        self.shape = dict(layers=4, batch_norm=norm)

    def init(self, seed):
        p, norm = Seeded(seed), self.shape["batch_norm"]
        for i in range(4):
            inner, outer = self.channels[i : i + 2]
            at = 3 * i if norm else 2 * i
            p.matrix(f"features.{at}.weight", outer, inner, 9, std=(2 / (9 * inner)) ** 0.5)
            p.flat(f"features.{at}.bias", outer, 0)
            if norm:
                for name, value in dict(weight=1, bias=0, running_mean=0, running_var=1).items():
                    p.flat(f"features.{at + 1}.{name}", outer, value)
        p.matrix("classifier.weight", CLASSES, self.channels[-1])
        p.flat("classifier.bias", CLASSES, 0)
        return p

    def outputs(self, p, x, train=True):
        for i in range(4):
            at = 3 * i if self.shape["batch_norm"] else 2 * i
            x = F.conv1d(x, p[f"features.{at}.weight"], p[f"features.{at}.bias"], 2, 4)
            if self.shape["batch_norm"]:
                names = ("running_mean", "running_var", "weight", "bias")
                x = F.batch_norm(x, *(p[f"features.{at + 1}.{n}"] for n in names), train)
            x = F.relu(x)
        return F.linear(x.mean(-1), p["classifier.weight"], p["classifier.bias"])
