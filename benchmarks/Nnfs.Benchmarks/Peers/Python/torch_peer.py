"""The networks in PyTorch: a Sequential of its layers, cross-entropy on logits, and PyTorch's optimizers."""

import time

import torch

from protocol import serve

torch.set_num_interop_threads(1)


class FlattenLast(torch.nn.Module):
    """Flattens images in the order height, width, channels, which copies nothing where the channels are last in memory."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def weights_of(layer):
    """Weights in PyTorch's order: neurons or filters first, then channels, height and width."""
    weights = torch.from_numpy(layer.tensors[0])
    return weights.permute(3, 2, 0, 1) if weights.dim() == 4 else weights.T


class LastState(torch.nn.Module):
    """A recurrent layer that gives its last state. Its second biases, which a layer has but once, stay zero, except for those of a GRU."""

    # Our gates in PyTorch's order.
    ORDERS = {"LSTM": (0, 1, 2, 3), "GRU": (1, 0, 2)}

    def __init__(self, layer):
        super().__init__()
        self.kind = layer.kind
        self.units = layer.tensors[1].shape[0]
        self.layer = getattr(torch.nn, layer.kind)(layer.tensors[0].shape[0], self.units, batch_first=True)
        tensors = [self.ordered(torch.from_numpy(tensor.T.copy())) for tensor in layer.tensors]

        with torch.no_grad():
            for parameter, tensor in zip(self.layer.parameters(), tensors + [torch.zeros_like(tensors[2])]):
                parameter.copy_(tensor)
        self.layer.bias_hh_l0.requires_grad_(layer.kind == "GRU")

    def ordered(self, tensor):
        """The gates in PyTorch's order; for these orders it is the way back, too."""
        return torch.cat([tensor[gate * self.units:(gate + 1) * self.units] for gate in self.ORDERS[self.kind]])

    def forward(self, x):
        return self.layer(x)[0][:, -1]


class MeanOverSteps(torch.nn.Module):
    def forward(self, x):
        return x.mean(dim=1)


class Sum(torch.nn.Module):
    def forward(self, x, y):
        return x + y


class Table(torch.nn.Embedding):
    """An embedding, whose table lies as ours does."""

    def __init__(self, layer):
        super().__init__(*layer.tensors[0].shape)
        with torch.no_grad():
            self.weight.copy_(torch.from_numpy(layer.tensors[0]))

    def our_gradients(self):
        return [self.weight.grad]


class Places(torch.nn.Module):
    """A row for each step, which is added."""

    def __init__(self, layer):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.from_numpy(layer.tensors[0]))

    def forward(self, x):
        return x + self.weight

    def our_gradients(self):
        return [self.weight.grad]


class Norm(torch.nn.LayerNorm):
    """A normalisation over the values of each step."""

    def __init__(self, layer):
        super().__init__(layer.tensors[0].shape, eps=layer.setting)
        with torch.no_grad():
            self.weight.copy_(torch.from_numpy(layer.tensors[0]))
            self.bias.copy_(torch.from_numpy(layer.tensors[1]))


class SelfAttention(torch.nn.Module):
    """Queries, keys and values as one product, and attention as this version of PyTorch has it."""

    def __init__(self, layer):
        super().__init__()
        tensors = [torch.from_numpy(tensor) for tensor in layer.tensors]
        features = tensors[0].shape[0]
        self.heads = int(layer.setting)
        self.is_causal = layer.is_causal
        self.projections = torch.nn.Linear(features, 3 * features)
        self.outputs = torch.nn.Linear(features, features)

        with torch.no_grad():
            self.projections.weight.copy_(torch.cat([tensor.T for tensor in tensors[:3]]))
            self.projections.bias.copy_(torch.cat(tensors[4:7]))
            self.outputs.weight.copy_(tensors[3].T)
            self.outputs.bias.copy_(tensors[7])

    def forward(self, x):
        samples, steps, features = x.shape
        q, k, v = self.projections(x).view(samples, steps, 3, self.heads, features // self.heads).permute(2, 0, 3, 1, 4)
        return self.outputs(self.attention(q, k, v).transpose(1, 2).reshape(samples, steps, features))

    def attention(self, q, k, v):
        if hasattr(torch.nn.functional, "scaled_dot_product_attention"):
            return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=self.is_causal)

        scores = q @ k.transpose(2, 3) * q.shape[3] ** -0.5
        if self.is_causal:
            scores = scores + torch.full(scores.shape[2:], float("-inf")).triu(1)
        return scores.softmax(3) @ v

    def our_gradients(self):
        return [
            *[gradient.T.contiguous() for gradient in self.projections.weight.grad.chunk(3)], self.outputs.weight.grad.T.contiguous(),
            *self.projections.bias.grad.chunk(3), self.outputs.bias.grad]


class Graph(torch.nn.ModuleList):
    """Modules that read what they name, or else what the one before gives."""

    def __init__(self, layers, modules):
        super().__init__(modules)
        self.layers = layers

    def forward(self, x):
        values = {}
        for layer, module in zip(self.layers, self):
            x = module(*[values[source] for source in layer.sources]) if layer.sources else module(x)
            values[layer.name] = x
        return x


class Network:
    """A network with its data, images in one format of memory or the other."""

    def __init__(self, workload, memory_format):
        self.inputs = torch.from_numpy(workload.inputs)
        self.labels = torch.from_numpy(workload.labels)
        modules = []
        is_image = self.inputs.dim() == 4

        for layer in workload.layers:
            if layer.kind == "Dense" and is_image:
                is_image = False
                modules.append(FlattenLast())
            modules.append(self.module(layer))

        is_graph = any(layer.sources for layer in workload.layers)
        self.network = Graph(workload.layers, modules) if is_graph else torch.nn.Sequential(*modules)

        if workload.layers[0].kind == "Embedding":
            self.inputs = self.inputs.long()

        if self.inputs.dim() == 4:
            self.inputs = self.inputs.permute(0, 3, 1, 2).contiguous(memory_format=memory_format)
            self.network = self.network.to(memory_format=memory_format)

        self.predictor = torch.nn.Sequential(*([self.network] if is_graph else self.network), torch.nn.Softmax(dim=-1))
        self.batches = torch.split(self.inputs, workload.batch)
        self.loss = torch.nn.CrossEntropyLoss()

        # The book's decay of the learning rate, 5e-7 a step, is left out: a schedule object would only slow PyTorch down.
        if workload.activity == "AdamStep":
            self.optimizer = torch.optim.Adam(self.network.parameters(), lr=workload.rate, eps=1e-7)
        else:
            self.optimizer = torch.optim.SGD(self.network.parameters(), lr=workload.rate)

    @staticmethod
    def module(layer):
        if layer.kind == "ReLU":
            return torch.nn.ReLU()
        if layer.kind == "MaxPool2D":
            return torch.nn.MaxPool2d(layer.window["kernel"], layer.window["stride"])

        if layer.kind in LastState.ORDERS:
            return LastState(layer)
        if layer.kind == "GELU":
            return torch.nn.GELU()
        if layer.kind == "GlobalAveragePool":
            return MeanOverSteps()

        own = {"Add": lambda _: Sum(), "Embedding": Table, "PositionalEmbedding": Places, "LayerNorm": Norm, "SelfAttention": SelfAttention}
        if layer.kind in own:
            return own[layer.kind](layer)

        weights = weights_of(layer)
        if layer.kind == "Conv2D":
            module = torch.nn.Conv2d(weights.shape[1], weights.shape[0], weights.shape[2:], layer.window["stride"], layer.window["padding"])
        else:
            module = torch.nn.Linear(weights.shape[1], weights.shape[0])

        with torch.no_grad():
            module.weight.copy_(weights)
            module.bias.copy_(torch.from_numpy(layer.tensors[1]))
        return module

    def gradients(self):
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.network(self.inputs)
        loss = self.loss(logits.flatten(0, -2) if logits.dim() > 2 else logits, self.labels)
        loss.backward()
        return loss


class Contestant:
    def __init__(self, workload):
        torch.set_num_threads(workload.threads)
        self.workload = workload
        self.format = torch.contiguous_format
        self.start()

        # Which format of images is faster depends on the layers and the processor.
        if workload.inputs.ndim == 4:
            self.format = min((torch.contiguous_format, torch.channels_last), key=self.seconds)
            self.start()

    def start(self):
        self.network = Network(self.workload, self.format)

    def seconds(self, memory_format):
        """The time of an operation in a format, the quickest of a few."""
        self.format = memory_format
        self.start()
        times = []

        for _ in range(5):
            start = time.perf_counter()
            self.run(1)
            times.append(time.perf_counter() - start)

        return min(times)

    def answer(self):
        network = self.network

        if self.workload.activity == "Predict":
            with torch.inference_mode():
                return [network.predictor(batch).numpy() for batch in network.batches]

        loss = network.gradients().item()
        gradients = [gradient for module in network.network for gradient in self.gradients_of(module)]
        self.run(self.workload.answered_steps)
        return [loss, *gradients, self.last_loss.item()]

    @classmethod
    def gradients_of(cls, module):
        if hasattr(module, "our_gradients"):
            return [gradient.numpy().copy() for gradient in module.our_gradients()]
        return [cls.in_our_order(module, parameter.grad) for parameter in module.parameters() if parameter.requires_grad]

    @staticmethod
    def in_our_order(module, gradient):
        if isinstance(module, LastState):
            gradient = module.ordered(gradient)
        order = {1: (0,), 2: (1, 0), 4: (2, 3, 1, 0)}[gradient.dim()]
        return gradient.permute(*order).contiguous().numpy().copy()

    def run(self, operations):
        network = self.network

        if self.workload.activity == "Predict":
            count = len(network.batches)
            with torch.inference_mode():
                for operation in range(operations):
                    network.predictor(network.batches[operation % count])
        else:
            for _ in range(operations):
                self.last_loss = network.gradients().detach()
                if self.workload.activity != "ForwardBackward":
                    network.optimizer.step()


serve(Contestant, torch.__version__)
