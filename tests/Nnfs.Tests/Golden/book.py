"""Trains the networks of the later chapters of "Neural Networks from Scratch in Python" by the book's formulas, and writes book.json beside itself.

    OPENBLAS_NUM_THREADS=1 python3 book.py      # NumPy alone; about a quarter of an hour

Numbers are float32 and dot products float64, as the book's helper package sets them; random numbers are NumPy's legacy generator's from seed 0: first the
data, then the weights, then the data of the test. As in the book, the figures of epoch e are those before its step, so after e steps. The masks of dropout
come from a stream of their own.
"""

import json
import pathlib

import numpy as np

EPOCHS = 10_001
FIRST = 10
MIDWAY = [100, 300, 1000]


def dot(a, b):
    return np.dot(a.astype(np.float64), b.astype(np.float64)).astype(np.float32)


def randn(*shape):
    return np.random.randn(*shape).astype(np.float32)


def spiral_data(samples, classes):
    x, y = [], []
    for label in range(classes):
        r = np.linspace(0.0, 1, samples)
        t = np.linspace(label * 4, (label + 1) * 4, samples) + randn(samples) * 0.2
        x.append(np.c_[r * np.sin(t * 2.5), r * np.cos(t * 2.5)])
        y.append(np.full(samples, label))
    return np.concatenate(x).astype(np.float32), np.concatenate(y)


def sine_data(samples):
    x = np.arange(samples).reshape(-1, 1) / samples
    return x.astype(np.float32), np.sin(2 * np.pi * x).astype(np.float32)


class Dense:
    def __init__(self, inputs, neurons, l2=0.0, scale=0.01):
        self.weights = scale * randn(inputs, neurons)
        self.biases = np.zeros((1, neurons), dtype=np.float32)
        self.l2 = l2
        self.moments = [np.zeros_like(p) for p in (self.weights, self.weights, self.biases, self.biases)]

    def forward(self, x, training):
        self.x = x
        return dot(x, self.weights) + self.biases

    def backward(self, dy):
        self.dweights = dot(self.x.T, dy) + 2 * self.l2 * self.weights
        self.dbiases = np.sum(dy, axis=0, keepdims=True) + 2 * self.l2 * self.biases
        return dot(dy, self.weights.T)

    def penalty(self):
        return self.l2 * np.sum(self.weights * self.weights) + self.l2 * np.sum(self.biases * self.biases) if self.l2 else np.float32(0)


class ReLU:
    def forward(self, x, training):
        self.x = x
        return np.maximum(0, x)

    def backward(self, dy):
        return np.where(self.x > 0, dy, np.float32(0))


class Dropout:
    def __init__(self, rate, seed):
        self.keep = 1 - rate
        self.random = np.random.RandomState(seed)

    def forward(self, x, training):
        if not training:
            return x
        self.mask = (self.random.binomial(1, self.keep, size=x.shape) / self.keep).astype(np.float32)
        return x * self.mask

    def backward(self, dy):
        return dy * self.mask


class SoftmaxCrossEntropy:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.outputs = e / np.sum(e, axis=1, keepdims=True)
        return self.outputs

    def loss(self, y):
        return np.mean(-np.log(np.clip(self.outputs[range(len(y)), y], 1e-7, 1 - 1e-7)))

    def accuracy(self, y):
        return np.mean(np.argmax(self.outputs, axis=1) == y)

    def backward(self, y):
        d = self.outputs.copy()
        d[range(len(y)), y] -= 1
        return d / len(y)


class BinaryCrossEntropy:
    def forward(self, x):
        self.outputs = 1 / (1 + np.exp(-x))
        return self.outputs

    def loss(self, y):
        p = np.clip(self.outputs, 1e-7, 1 - 1e-7)
        return np.mean(np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p)), axis=-1))

    def accuracy(self, y):
        return np.mean((self.outputs > 0.5) == y)

    def backward(self, y):
        p = np.clip(self.outputs, 1e-7, 1 - 1e-7)
        d = -(y / p - (1 - y) / (1 - p)) / self.outputs.shape[1] / len(y)
        return (d * (1 - self.outputs) * self.outputs).astype(np.float32)


class MeanSquaredError:
    def forward(self, x):
        self.outputs = x
        return x

    def loss(self, y):
        return np.mean(np.mean((y - self.outputs) ** 2, axis=-1))

    def accuracy(self, y):
        return np.mean(np.absolute(self.outputs - y) < np.std(y) / 250)

    def backward(self, y):
        return (-2 * (y - self.outputs) / self.outputs.shape[1] / len(y)).astype(np.float32)


class Adam:
    def __init__(self, learning_rate=0.001, decay=0.0, epsilon=1e-7, beta_1=0.9, beta_2=0.999):
        self.learning_rate, self.decay, self.epsilon, self.beta_1, self.beta_2 = learning_rate, decay, epsilon, beta_1, beta_2
        self.steps = 0

    def step(self, layers):
        rate = self.learning_rate / (1 + self.decay * self.steps)
        self.steps += 1
        for layer in layers:
            for i, (p, g) in enumerate([(layer.weights, layer.dweights), (layer.biases, layer.dbiases)]):
                m, v = layer.moments[2 * i], layer.moments[2 * i + 1]
                m[...] = self.beta_1 * m + (1 - self.beta_1) * g
                v[...] = self.beta_2 * v + (1 - self.beta_2) * g ** 2
                p += -rate * (m / (1 - self.beta_1 ** self.steps)) / (np.sqrt(v / (1 - self.beta_2 ** self.steps)) + self.epsilon)


def run(layers, head, x, training):
    for layer in layers:
        x = layer.forward(x, training)
    head.forward(x)


def train(layers, head, optimizer, x, y, test):
    dense = [layer for layer in layers if isinstance(layer, Dense)]
    epochs = {}
    for epoch in range(EPOCHS):
        run(layers, head, x, training=True)
        if epoch < FIRST or epoch in MIDWAY or epoch == EPOCHS - 1:
            penalty = sum(layer.penalty() for layer in dense)
            epochs[epoch] = {
                "loss": float(head.loss(y) + penalty),
                "regularization_loss": float(penalty),
                "accuracy": float(head.accuracy(y)),
            }
        d = head.backward(y)
        for layer in reversed(layers):
            d = layer.backward(d)
        optimizer.step(dense)
    result = {"epochs": epochs}
    if test is not None:
        run(layers, head, test[0], training=False)
        result["test"] = {"loss": float(head.loss(test[1])), "accuracy": float(head.accuracy(test[1]))}
    return result


def spiral_with_l2():
    x, y = spiral_data(1000, 3)
    layers = [Dense(2, 64, l2=5e-4), ReLU(), Dense(64, 3)]
    return train(layers, SoftmaxCrossEntropy(), Adam(0.02, decay=5e-7), x, y, spiral_data(100, 3))


def spiral_with_dropout():
    x, y = spiral_data(1000, 3)
    layers = [Dense(2, 512, l2=5e-4), ReLU(), Dropout(0.1, seed=1), Dense(512, 3)]
    return train(layers, SoftmaxCrossEntropy(), Adam(0.05, decay=5e-5), x, y, spiral_data(100, 3))


def binary_spiral():
    def data():
        x, y = spiral_data(100, 2)
        return x, y.reshape(-1, 1)

    x, y = data()
    layers = [Dense(2, 64, l2=5e-4), ReLU(), Dense(64, 1)]
    return train(layers, BinaryCrossEntropy(), Adam(decay=5e-7), x, y, data())


def sine():
    x, y = sine_data(1000)
    layers = [Dense(1, 64, scale=0.1), ReLU(), Dense(64, 64, scale=0.1), ReLU(), Dense(64, 1, scale=0.1)]
    return train(layers, MeanSquaredError(), Adam(0.005, decay=1e-3), x, y, None)


def main():
    results = {}
    for result in (binary_spiral, sine, spiral_with_l2, spiral_with_dropout):
        np.random.seed(0)
        results[result.__name__] = result()
        print(result.__name__, list(results[result.__name__]["epochs"].values())[-1], results[result.__name__].get("test"), flush=True)
    path = pathlib.Path(__file__).with_name("book.json")
    path.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
