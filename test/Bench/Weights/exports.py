#!/usr/bin/python3
"""Writes networks in every way in which PyTorch itself saves, exports and quantises them.

Usage: exports.py FOLDER

Each network is named KIND-SEED, and its files KIND-SEED.FORM: `concord scan FOLDER` must find one
family for each KIND-SEED and nothing else in common. Weights are untrained. Needs Debian's
python3-torch.
"""

import sys
import warnings
from pathlib import Path

import torch
from torch import nn

warnings.filterwarnings("ignore")


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x):
        return torch.relu(x + self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.layer1 = nn.Sequential(Residual(32), Residual(32))
        self.down = nn.Conv2d(32, 64, 3, stride=2, padding=1)
        self.layer2 = nn.Sequential(Residual(64), Residual(64))
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.layer1(torch.relu(self.bn1(self.conv1(x))))
        return self.fc(self.layer2(self.down(x)).mean((2, 3)))


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv2(torch.relu(self.conv1(x)))), 2)
        return self.fc2(torch.relu(self.fc1(torch.flatten(x, 1))))


class Words(nn.Module):
    def __init__(self, layers, both_ways):
        super().__init__()
        self.emb = nn.Embedding(500, 96)
        self.lstm = nn.LSTM(96, 128, layers, bidirectional=both_ways, batch_first=True)
        self.out = nn.Linear(256 if both_ways else 128, 500)

    def forward(self, x):
        return self.out(self.lstm(self.emb(x))[0])


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(1000, 128)
        layers = [nn.TransformerEncoderLayer(128, 4, 512, batch_first=True) for _ in range(4)]
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(128, 1000)

    def forward(self, x):
        return self.head(self.layers(self.emb(x)))


def plain():
    wide = [nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 512), nn.GELU(), nn.Linear(512, 10)]
    return nn.Sequential(*wide)


TOKENS = torch.arange(24).reshape(2, 12)
KINDS = {
    "images": (Images, torch.zeros(2, 3, 16, 16)),
    "digits": (Digits, torch.zeros(2, 1, 28, 28)),
    "words": (lambda: Words(2, False), TOKENS),
    "words-both-ways": (lambda: Words(2, True), TOKENS),
    "words-deep": (lambda: Words(4, False), TOKENS),
    "encoder": (Encoder, TOKENS),
    "plain": (plain, torch.zeros(2, 256)),
}


def made(kind, seed):
    make, given = KINDS[kind]
    torch.manual_seed(1000 * list(KINDS).index(kind) + seed)
    net = make()
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.running_var.uniform_(0.3, 3)
            part.running_mean.normal_()
            part.weight.data.uniform_(-0.3, 1.5)
            part.bias.data.normal_()
    return net.eval(), given


def save(net, given, at):
    numbers = net.state_dict()
    halves = {name: x.half() if x.is_floating_point() else x for name, x in numbers.items()}
    torch.save(numbers, f"{at}.pt")
    torch.save({"epoch": 3, "model": numbers}, f"{at}.bin", _use_new_zipfile_serialization=False)
    torch.save(halves, f"{at}.half.pt")
    torch.save(net, f"{at}.module.pt")
    torch.jit.trace(net, given, check_trace=False).save(f"{at}.jit.pt")
    torch.onnx.export(net, given, f"{at}.onnx")
    kinds = {nn.Linear, nn.LSTM}
    whole = torch.quantization.quantize_dynamic(net, kinds, dtype=torch.qint8)
    torch.save(whole.state_dict(), f"{at}.int8.pt")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for seed in (1, 2):
            net, given = made(kind, seed)
            save(net, given, folder / f"{kind}-{seed}")


main()
