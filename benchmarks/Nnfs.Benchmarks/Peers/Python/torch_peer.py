"""The networks in PyTorch: a Sequential of Linear and ReLU, cross-entropy on logits, and PyTorch's optimizers."""

import torch

from protocol import serve

torch.set_num_interop_threads(1)


class Contestant:
    def __init__(self, workload):
        torch.set_num_threads(workload.threads)
        self.workload = workload
        layers = []

        for weights, biases in workload.parameters:
            linear = torch.nn.Linear(*weights.shape)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(weights.T))
                linear.bias.copy_(torch.from_numpy(biases))
            layers += [linear, torch.nn.ReLU()]

        self.network = torch.nn.Sequential(*layers[:-1])
        self.predictor = torch.nn.Sequential(*layers[:-1], torch.nn.Softmax(dim=1))
        self.inputs = torch.from_numpy(workload.inputs)
        self.labels = torch.from_numpy(workload.labels)
        self.batches = torch.split(self.inputs, workload.batch)
        self.loss = torch.nn.CrossEntropyLoss()

        # The book's decay of the learning rate, 5e-7 a step, is left out: a schedule object would only slow PyTorch down.
        if workload.activity == "AdamStep":
            self.optimizer = torch.optim.Adam(self.network.parameters(), lr=workload.rate, eps=1e-7)
        else:
            self.optimizer = torch.optim.SGD(self.network.parameters(), lr=workload.rate)

    def answer(self):
        if self.workload.activity == "Predict":
            with torch.inference_mode():
                return [self.predictor(batch).numpy() for batch in self.batches]

        loss = self.gradients().item()
        gradients = [parameter.grad.numpy().T.copy() for parameter in self.network.parameters()]
        self.run(self.workload.answered_steps)
        return [loss, *gradients, self.last_loss.item()]

    def run(self, operations):
        if self.workload.activity == "Predict":
            count = len(self.batches)
            with torch.inference_mode():
                for operation in range(operations):
                    self.predictor(self.batches[operation % count])
        else:
            for _ in range(operations):
                self.last_loss = self.gradients().detach()
                if self.workload.activity != "ForwardBackward":
                    self.optimizer.step()

    def gradients(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.network(self.inputs), self.labels)
        loss.backward()
        return loss


serve(Contestant, torch.__version__)
