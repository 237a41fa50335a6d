"""Writes state_dicts of small PyTorch models with inputs and outputs: NAME.safetensors or NAME-weights.npz, and NAME.npz.

Inputs and outputs have the layout of this library, channels last. Run it in this folder: python3 pytorch.py. It needs PyTorch and NumPy.
"""

import json
import struct

import numpy as np
import torch
from torch import nn

FOLDER = "pytorch/"
NAMES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64", torch.int64: "I64"}


def save_safetensors(path, state):
    """The format as safetensors.torch.save_file writes it: the tensors in the order of their names."""
    header, data = {}, b""
    for name in sorted(state):
        tensor = state[name].contiguous()
        raw = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor
        block = raw.numpy().tobytes()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(block)]}
        data += block
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(FOLDER + path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def draw(model):
    """Gives all tensors numbers that tell them apart."""
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.dtype.is_floating_point:
                tensor.copy_(torch.randn(tensor.shape) * 0.4)
                if name.endswith("running_var"):
                    tensor.copy_(tensor.abs() + 0.5)


def case(name, model, x, layout=lambda x: x, out=lambda y: y, dtype=torch.float32, archive=False):
    """Writes a model: x is what it takes; layout and out turn inputs and outputs into the layout of this library."""
    draw(model)
    state = {key: value.to(dtype) if value.dtype.is_floating_point else value for key, value in model.state_dict().items()}
    rounded = {key: value.to(torch.float64) if value.dtype.is_floating_point else value for key, value in state.items()}
    model = model.double().eval()
    model.load_state_dict(rounded)
    with torch.no_grad():
        y = model(x.double() if x.dtype.is_floating_point else x)
    if archive:
        np.savez_compressed(FOLDER + name + "-weights.npz", **{key: value.numpy() for key, value in state.items()})
    else:
        save_safetensors(name + ".safetensors", state)
    np.savez(FOLDER + name + ".npz", x=layout(x).contiguous().numpy(), y=out(y).contiguous().numpy())


def images(x):
    return x.permute(0, 2, 3, 1)


def sequences(x):
    return x.permute(0, 2, 1)


class Forward(nn.Module):
    """A module whose forward is given."""

    def __init__(self, forward, **modules):
        super().__init__()
        self.run = forward
        for name, module in modules.items():
            setattr(self, name, module)

    def forward(self, x):
        return self.run(self, x)


torch.manual_seed(3)

case("mlp", nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)), torch.randn(6, 4))

# As many layers as it takes for their numbers to have two digits, all of one shape.
case("deep", nn.Sequential(*[layer for _ in range(6) for layer in (nn.Linear(3, 3), nn.Tanh())]), torch.randn(5, 3))

case("half", nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)), torch.randn(6, 4), dtype=torch.float16)
case("bfloat", nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)), torch.randn(6, 4), dtype=torch.bfloat16)
case("double", nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3)), torch.randn(6, 4), dtype=torch.float64, archive=True)

# In the order of the archive, which is not that of the names.
case("ordered", Forward(
    lambda m, x: m.alpha(torch.tanh(m.zeta(x))), zeta=nn.Linear(3, 3), alpha=nn.Linear(3, 3)), torch.randn(5, 3), archive=True)
case("named", Forward(
    lambda m, x: m.alpha(torch.tanh(m.zeta(x))), zeta=nn.Linear(3, 3), alpha=nn.Linear(3, 3)), torch.randn(5, 3))

case("image", Forward(
    lambda m, x: m.fc2(torch.relu(m.bn2(m.fc1(m.norm(torch.flatten(torch.relu(m.depth(m.conv2(torch.relu(m.bn1(m.conv1(x)))))), 1)))))),
    conv1=nn.Conv2d(2, 4, 3, padding=1), bn1=nn.BatchNorm2d(4), conv2=nn.Conv2d(4, 6, (2, 3), groups=2, bias=False),
    depth=nn.Conv2d(6, 6, 2, groups=6), norm=nn.BatchNorm1d(6 * 3 * 3), fc1=nn.Linear(54, 7), bn2=nn.BatchNorm1d(7), fc2=nn.Linear(7, 3)),
    torch.randn(4, 2, 5, 6), layout=images)

case("decoder", Forward(
    lambda m, x: m.up(torch.relu(m.fc(x)).view(-1, 4, 2, 3)),
    fc=nn.Linear(3, 24), up=nn.ConvTranspose2d(4, 2, 3, stride=2)), torch.randn(4, 3), out=images)

case("sequence", Forward(
    lambda m, x: m.fc(torch.flatten(torch.relu(m.depth(m.conv(x))), 1)),
    conv=nn.Conv1d(3, 4, 3), depth=nn.Conv1d(4, 4, 2, groups=4), fc=nn.Linear(4 * 5, 3)), torch.randn(4, 3, 8), layout=sequences)

case("lstm", Forward(
    lambda m, x: m.fc(torch.flatten(m.rnn(x)[0], 1)),
    rnn=nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True), fc=nn.Linear(5 * 8, 2)), torch.randn(4, 5, 3))

case("gru", Forward(
    lambda m, x: m.fc(m.rnn(m.gru(x)[0])[0][:, -1]),
    gru=nn.GRU(3, 4, bidirectional=True, batch_first=True), rnn=nn.RNN(8, 5, batch_first=True), fc=nn.Linear(5, 2)), torch.randn(4, 6, 3))


def attend(m, x):
    x = m.tokens(x) + m.positions
    x = m.norm1(x + m.attention(x, x, x, need_weights=False)[0])
    return m.head(m.norm2(x + m.feed2(torch.relu(m.feed1(x)))))


transformer = Forward(
    attend, tokens=nn.Embedding(11, 8), attention=nn.MultiheadAttention(8, 2, batch_first=True), norm1=nn.LayerNorm(8),
    feed1=nn.Linear(8, 16), feed2=nn.Linear(16, 8), norm2=nn.LayerNorm(8), head=nn.Linear(8, 3))
transformer.positions = nn.Parameter(torch.zeros(1, 6, 8))
case("transformer", transformer, torch.randint(0, 11, (4, 6)))

# Flattened images beside other values.
case("joined", Forward(
    lambda m, x: m.fc2((lambda flat: torch.cat([torch.tanh(m.fc1(flat)), flat], 1))(torch.flatten(torch.relu(m.conv(x)), 1))),
    conv=nn.Conv2d(2, 3, 2), fc1=nn.Linear(36, 4), fc2=nn.Linear(4 + 36, 2)), torch.randn(4, 2, 4, 5), layout=images)
