"""Trains two networks of images in PyTorch, from weights and images that both sides know, and writes the losses into images.json beside itself.

    OMP_NUM_THREADS=1 python3 images.py      # PyTorch and NumPy; half a minute

Everything is float64, but for weights and images, which are float32 numbers. Weights are drawn by NumPy's legacy generator from seed 0, layer by layer, as
[kernel height, kernel width, channels, filters] and [inputs, neurons], with the deviation sqrt(2 / inputs of a neuron); biases are 0. The inputs of the first
dense layer are in the order height, width, channels. The images are drawn after the weights: stripes whose slope and width tell the class, and noise.
"""

import json
import pathlib

import numpy as np
import torch

STEPS = 20
CLASSES = 10
SIZE = 28

LENET5 = [("conv", 6, 5, 0), "relu", "pool", ("conv", 16, 5, 0), "relu", "pool", ("dense", 120), "relu", ("dense", 84), "relu", ("dense", 10)]
CONV3X3 = [
    ("conv", 32, 3, 1), "relu", ("conv", 32, 3, 1), "relu", "pool",
    ("conv", 64, 3, 1), "relu", ("conv", 64, 3, 1), "relu", "pool",
    ("dense", 128), "relu", ("dense", 10),
]

OPTIMIZERS = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.01),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=0.0005, eps=1e-7),
}


def randn(random, *shape):
    """Row-major float32 numbers of a normal distribution with the deviation sqrt(2 / n), for the n inputs of each neuron or filter."""
    inputs = np.prod(shape[:-1])
    return (np.sqrt(2 / inputs) * random.randn(*shape)).astype(np.float32)


class ChannelsLast(torch.nn.Flatten):
    """Flattens images of channels × height × width in the order height, width, channels."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1) if x.dim() == 4 else x)


def network(layers, random, dtype):
    modules, channels, size = [], 1, SIZE
    features = None

    for layer in layers:
        if layer == "relu":
            modules.append(torch.nn.ReLU())
        elif layer == "pool":
            modules.append(torch.nn.MaxPool2d(2))
            size //= 2
        elif layer[0] == "conv":
            _, filters, kernel, padding = layer
            module = torch.nn.Conv2d(channels, filters, kernel, padding=padding, dtype=dtype)
            weights = randn(random, kernel, kernel, channels, filters).transpose(3, 2, 0, 1)
            channels, size = filters, size + 2 * padding - kernel + 1
        else:
            if features is None:
                features = size * size * channels
                modules.append(ChannelsLast())
            module = torch.nn.Linear(features, layer[1], dtype=dtype)
            weights = randn(random, features, layer[1]).T
            features = layer[1]

        if isinstance(layer, tuple):
            with torch.no_grad():
                module.weight.copy_(torch.from_numpy(weights.copy()))
                module.bias.zero_()
            modules.append(module)

    return torch.nn.Sequential(*modules)


def images(random, samples):
    """Samples of the classes in turn: a pixel is 1 on a stripe and 0 beside it, with noise added."""
    labels = np.arange(samples) % CLASSES
    row, column = np.meshgrid(np.arange(SIZE), np.arange(SIZE), indexing="ij")
    places = (labels % 5).reshape(-1, 1, 1) * row + 2 * column + np.arange(samples).reshape(-1, 1, 1)
    stripes = places % (6 + 5 * (labels // 5)).reshape(-1, 1, 1) < 3
    return (stripes + 0.1 * random.randn(samples, SIZE, SIZE)).astype(np.float32), labels


def train(layers, optimizer, samples, dtype):
    random = np.random.RandomState(0)
    net = network(layers, random, dtype)
    x, labels = images(random, samples)
    x, labels = torch.from_numpy(x).to(dtype).unsqueeze(1), torch.from_numpy(labels)
    step = optimizer(net.parameters())
    losses = []

    for _ in range(STEPS):
        step.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        step.step()
        losses.append(loss.item())

    return losses


def main():
    results = {}

    for name, layers, samples in (("lenet5", LENET5, 20), ("conv3x3", CONV3X3, 6)):
        for optimizer, create in OPTIMIZERS.items():
            losses = train(layers, create, samples, torch.float64)
            rounded = train(layers, create, samples, torch.float32)
            drift = max(abs(a / b - 1) for a, b in zip(rounded, losses))
            print(f"{name}, {optimizer}: {losses[0]:.6f} to {losses[-1]:.6f}; in float32 off by up to {drift:.1e}")
            results[f"{name}_{optimizer}"] = {"samples": samples, "losses": losses}

    path = pathlib.Path(__file__).with_name("images.json")
    path.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
