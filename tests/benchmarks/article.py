"""The article's bare script: its loop as printed there, without plots, for as long as asked."""

import time

import numpy as np
import torch
from torch import nn


class LinearRegression(nn.Module):
    """The article's model."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([-0.20546]))
        self.bias = nn.Parameter(torch.tensor([0.783]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.weights * x + self.bias


def epochs_per_second(seconds: float) -> float:
    """Run the article's loop for so many seconds; returns its epochs per second."""
    noise = np.random.RandomState(42).normal(0, 0.5, 100)
    x = np.linspace(0, 5, 100)
    inputs = torch.tensor(x, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(2 * x + 1 + noise, dtype=torch.float32).unsqueeze(1)
    model = LinearRegression()
    loss_function = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loss_history = []
    start, epochs = time.perf_counter(), 0
    while (elapsed := time.perf_counter() - start) < seconds:
        predictions = model(inputs)
        loss = loss_function(predictions, labels)
        loss_history.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        epochs += 1
    return epochs / elapsed
