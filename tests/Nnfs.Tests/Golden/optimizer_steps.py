"""Writes optimizer_steps.json: 20 steps of AdamW as PyTorch takes them in float64, and of Nadam and Lion as loops over single numbers.

Run it in this folder: python3 optimizer_steps.py. It needs PyTorch 1.13 and NumPy.
"""

import json

import numpy as np
import torch

STEPS = 20
COUNT = 12


def lion(start, gradients, lr, beta1, beta2, weight_decay):
    """Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", algorithm 2: a loop over single numbers."""
    result = []
    for i, w in enumerate(start):
        m = 0.0
        for gradient in gradients:
            g = gradient[i]
            c = beta1 * m + (1 - beta1) * g
            sign = (c > 0) - (c < 0)
            w = w - lr * (sign + weight_decay * w)
            m = beta2 * m + (1 - beta2) * g
        result.append(w)
    return result


def nadam(start, gradients, lr, beta1, beta2, eps, twice=False):
    """Dozat 2016 as the documentation of PyTorch's NAdam has it.

    PyTorch multiplied the product of the next step by mu twice until version 1.13 (its documentation does not, nor do later versions and Keras):
    with twice, this is the same.
    """
    def mu(t):
        return beta1 * (1 - 0.5 * 0.96 ** (t * 0.004))

    result = []
    for i, w in enumerate(start):
        m, v, product = 0.0, 0.0, 1.0
        for t, gradient in enumerate(gradients, 1):
            g = gradient[i]
            product *= mu(t)
            m = beta1 * m + (1 - beta1) * g
            v = beta2 * v + (1 - beta2) * g * g
            ahead = product * mu(t + 1) * (mu(t) if twice else 1)
            step = mu(t + 1) * m / (1 - ahead) + (1 - mu(t)) * g / (1 - product)
            w = w - lr * step / ((v / (1 - beta2 ** t)) ** 0.5 + eps)
        result.append(w)
    return result


def pytorch(optimizer, start, gradients, **settings):
    w = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    stepper = optimizer([w], **settings)
    for gradient in gradients:
        w.grad = torch.tensor(gradient, dtype=torch.float64)
        stepper.step()
    return w.detach().tolist()


def main():
    random = np.random.default_rng(7)
    start = [float(value) for value in np.float32(random.standard_normal(COUNT))]
    gradients = [[float(value) for value in np.float32(row)] for row in random.standard_normal((STEPS, COUNT))]
    cases = []

    def add(name, after, **settings):
        cases.append({"optimizer": name, **settings, "after": after})

    for lr, beta1, beta2, eps, decay in [(0.001, 0.9, 0.999, 1e-8, 0.01), (0.05, 0.8, 0.95, 1e-3, 0.3), (0.01, 0.9, 0.98, 1e-6, 0.0)]:
        after = pytorch(torch.optim.AdamW, start, gradients, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=decay)
        add("adamw", after, lr=lr, beta1=beta1, beta2=beta2, epsilon=eps, weight_decay=decay)

    for lr, beta1, beta2, eps in [(0.002, 0.9, 0.999, 1e-8), (0.05, 0.8, 0.95, 1e-3)]:
        of_pytorch = pytorch(torch.optim.NAdam, start, gradients, lr=lr, betas=(beta1, beta2), eps=eps)
        np.testing.assert_allclose(nadam(start, gradients, lr, beta1, beta2, eps, twice=True), of_pytorch, atol=1e-7)
        add("nadam", nadam(start, gradients, lr, beta1, beta2, eps), lr=lr, beta1=beta1, beta2=beta2, epsilon=eps)

    for lr, beta1, beta2, decay in [(0.0001, 0.9, 0.99, 0.0), (0.02, 0.95, 0.98, 0.5)]:
        add("lion", lion(start, gradients, lr, beta1, beta2, decay), lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay)

    with open("optimizer_steps.json", "w", encoding="utf-8") as file:
        json.dump({"start": start, "gradients": gradients, "cases": cases}, file, indent=1)
        file.write("\n")


main()
