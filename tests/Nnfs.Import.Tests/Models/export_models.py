"""Writes models with PyTorch's exporter, and what PyTorch computes with them, for ReferenceModelTests: python3 export_models.py, in this folder."""

import json
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.first = nn.Conv2d(before, after, 3, stride, 1)
        self.second = nn.Conv2d(after, after, 3, 1, 1)
        self.down = nn.Conv2d(before, after, 1, stride)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.down(x))


class ResNet(nn.Module):
    """Padding that is neither none nor the same on all sides, blocks that skip, a mean over pixels."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, 7, 2, 3)
        self.blocks = nn.Sequential(Block(4, 4, 1), Block(4, 6, 2))
        self.out = nn.Linear(6, 5)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.stem(x)), 3, 2, 1)
        return self.out(torch.flatten(F.adaptive_avg_pool2d(self.blocks(x), 1), 1))


class UNet(nn.Module):
    """Images out of images, with several channels in both."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 4, 3, padding=1)
        self.bottom = nn.Conv2d(4, 6, 3, padding=1)
        self.up = nn.ConvTranspose2d(6, 4, 3, 2, 1, output_padding=1)
        self.out = nn.Conv2d(8, 2, 1)

    def forward(self, x):
        x = F.relu(self.down(x))
        y = self.up(F.gelu(self.bottom(F.max_pool2d(x, 2))))
        return torch.sigmoid(self.out(torch.cat([x, y], 1)))


class Mobile(nn.Module):
    """Convolutions of each channel by itself, and functions that are several nodes."""

    def __init__(self):
        super().__init__()
        self.wide = nn.Conv2d(3, 6, 1)
        self.each = nn.Conv2d(6, 6, 3, 2, 1, groups=6)
        self.out = nn.Linear(6, 3)

    def forward(self, x):
        return self.out(F.silu(self.each(F.hardswish((self.wide(x / 2 - 0.5))))).mean([2, 3]))


class Gpt(nn.Module):
    """Tokens, places, and causal attention whose queries, keys and values come from one product."""

    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(20, 8)
        self.places = nn.Parameter(torch.randn(1, 6, 8) * 0.1)
        self.norm = nn.LayerNorm(8)
        self.attention = nn.Linear(8, 24)
        self.mix = nn.Linear(8, 8)
        self.head = nn.Linear(8, 20, bias=False)
        self.register_buffer("mask", torch.tril(torch.ones(6, 6)).view(1, 1, 6, 6))

    def forward(self, x):
        samples, steps = x.shape
        x = self.tokens(x) + self.places
        parts = self.attention(self.norm(x)).split(8, dim=2)
        q, k, v = [part.view(samples, steps, 2, 4).transpose(1, 2) for part in parts]
        scores = (q @ k.transpose(-2, -1)) * 0.5
        shares = scores.masked_fill(self.mask[:, :, :steps, :steps] == 0, float("-inf")).softmax(-1)
        return self.head(x + self.mix((shares @ v).transpose(1, 2).contiguous().view(samples, steps, 8)))


class Vision(nn.Module):
    """Patches of an image as the steps of a transformer."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.places = nn.Parameter(torch.randn(1, 4, 8))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, norm_first=True, activation="gelu")
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.block(self.patches(x).flatten(2).transpose(1, 2) + self.places).mean(1))


class LastStates(nn.Module):
    """The last states of two layers with two directions."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(5, 4, 1, batch_first=True, bidirectional=True)
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        states = self.rnn(x)[1]
        return self.out(torch.cat([states[-2], states[-1]], 1))


class Stacked(nn.Module):
    """The last state of the second of two layers."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(5, 4, 2, batch_first=True)
        self.out = nn.Linear(4, 3)

    def forward(self, x):
        return self.out(self.rnn(x)[1][0][-1])


class Words(nn.Module):
    """Convolutions of several lengths side by side."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(30, 6)
        self.windows = nn.ModuleList([nn.Conv1d(6, 4, size) for size in (2, 3)])
        self.out = nn.Linear(8, 2)

    def forward(self, x):
        x = self.table(x).transpose(1, 2)
        return F.softmax(self.out(torch.cat([F.relu(window(x)).max(2)[0] for window in self.windows], 1)), 1)


def tensor(value):
    return {"shape": list(value.shape), "data": [float(f"{number:.9g}") for number in value.flatten().tolist()]}


index = []
cases = [
    ("pytorch_resnet", ResNet(), torch.randn(2, 3, 24, 24), 13),
    ("pytorch_unet", UNet(), torch.randn(2, 3, 8, 8), 13),
    ("pytorch_mobile", Mobile(), torch.randn(2, 3, 8, 8), 14),
    ("pytorch_gpt", Gpt(), torch.randint(0, 20, (2, 6)), 13),
    ("pytorch_encoder", nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), torch.randn(2, 6, 8), 17),
    ("pytorch_vision", Vision(), torch.randn(2, 3, 8, 8), 14),
    ("pytorch_last_states", LastStates(), torch.randn(2, 6, 5), 11),
    ("pytorch_stacked", Stacked(), torch.randn(2, 6, 5), 13),
    ("pytorch_words", Words(), torch.randint(0, 30, (2, 9)), 9),
]

for name, model, x, version in cases:
    model.eval()
    torch.onnx.export(
        model, (x,), f"Files/{name}.onnx", input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "batch"}}, opset_version=version)

    with torch.no_grad():
        index.append({"model": f"{name}.onnx", "inputs": {"x": tensor(x)}, "outputs": {"y": tensor(model(x))}})

with open("Files/pytorch.json", "w", encoding="utf-8") as file:
    json.dump(index, file, separators=(",", ":"))
    file.write("\n")
