"""The networks in NumPy, as "Neural Networks from Scratch in Python" builds them: an object for each layer with a forward and a
backward method, weights [inputs, neurons], and every gradient kept on its layer."""

import numpy as np

from protocol import serve


class Dense:
    def __init__(self, weights, biases):
        self.weights = weights
        self.biases = biases.reshape(1, -1)
        self.weight_means = self.weight_squares = self.bias_means = self.bias_squares = None

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0


class Softmax:
    def forward(self, inputs):
        exponentials = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exponentials / np.sum(exponentials, axis=1, keepdims=True)


class SoftmaxCrossEntropy:
    def __init__(self):
        self.softmax = Softmax()

    def forward(self, inputs, labels):
        self.softmax.forward(inputs)
        self.output = self.softmax.output
        confidences = np.clip(self.output, 1e-7, 1 - 1e-7)[range(len(labels)), labels]
        return np.mean(-np.log(confidences))

    def backward(self, labels):
        self.dinputs = self.output.copy()
        self.dinputs[range(len(labels)), labels] -= 1
        self.dinputs = self.dinputs / np.float32(len(labels))


class Sgd:
    def __init__(self, rate):
        self.rate = rate

    def step(self, layers):
        for layer in layers:
            layer.weights += -self.rate * layer.dweights
            layer.biases += -self.rate * layer.dbiases


class Adam:
    def __init__(self, rate, decay):
        self.rate = rate
        self.decay = decay
        self.iterations = 0

    def step(self, layers):
        rate = self.rate / (1 + self.decay * self.iterations)
        t = self.iterations + 1

        for layer in layers:
            if layer.weight_means is None:
                layer.weight_means = np.zeros_like(layer.weights)
                layer.weight_squares = np.zeros_like(layer.weights)
                layer.bias_means = np.zeros_like(layer.biases)
                layer.bias_squares = np.zeros_like(layer.biases)

            layer.weight_means = 0.9 * layer.weight_means + 0.1 * layer.dweights
            layer.bias_means = 0.9 * layer.bias_means + 0.1 * layer.dbiases
            layer.weight_squares = 0.999 * layer.weight_squares + 0.001 * layer.dweights ** 2
            layer.bias_squares = 0.999 * layer.bias_squares + 0.001 * layer.dbiases ** 2

            weight_means = layer.weight_means / (1 - 0.9 ** t)
            bias_means = layer.bias_means / (1 - 0.9 ** t)
            weight_squares = layer.weight_squares / (1 - 0.999 ** t)
            bias_squares = layer.bias_squares / (1 - 0.999 ** t)

            layer.weights += -rate * weight_means / (np.sqrt(weight_squares) + 1e-7)
            layer.biases += -rate * bias_means / (np.sqrt(bias_squares) + 1e-7)

        self.iterations += 1


class Contestant:
    def __init__(self, workload):
        self.workload = workload
        self.dense = [Dense(*layer.tensors) for layer in workload.layers if layer.kind == "Dense"]
        self.relus = [ReLU() for _ in self.dense[1:]]
        self.softmax = Softmax()
        self.loss = SoftmaxCrossEntropy()
        self.batches = np.split(workload.inputs, workload.samples // workload.batch)
        self.optimizer = Adam(workload.rate, workload.decay) if workload.activity == "AdamStep" else Sgd(workload.rate)

    def answer(self):
        if self.workload.activity == "Predict":
            return [self.predict(batch) for batch in self.batches]

        loss = self.gradients()
        gradients = [part.copy() for dense in self.dense for part in (dense.dweights, dense.dbiases)]
        self.run(self.workload.answered_steps)
        return [loss, *gradients, self.last_loss]

    def run(self, operations):
        if self.workload.activity == "Predict":
            count = len(self.batches)
            for operation in range(operations):
                self.predict(self.batches[operation % count])
        else:
            for _ in range(operations):
                self.last_loss = self.gradients()
                if self.workload.activity != "ForwardBackward":
                    self.optimizer.step(self.dense)

    def forward(self, inputs):
        for dense, relu in zip(self.dense, self.relus):
            dense.forward(inputs)
            relu.forward(dense.output)
            inputs = relu.output

        self.dense[-1].forward(inputs)
        return self.dense[-1].output

    def predict(self, inputs):
        self.softmax.forward(self.forward(inputs))
        return self.softmax.output

    def gradients(self):
        loss = self.loss.forward(self.forward(self.workload.inputs), self.workload.labels)
        self.loss.backward(self.workload.labels)
        self.dense[-1].backward(self.loss.dinputs)

        for dense, relu, after in reversed(list(zip(self.dense, self.relus, self.dense[1:]))):
            relu.backward(after.dinputs)
            dense.backward(relu.dinputs)

        return loss


serve(Contestant, np.__version__)
