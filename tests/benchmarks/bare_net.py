"""A small net in a bare PyTorch script, as one would write it, without a window."""

import time
from collections.abc import Iterator

import torch
from torch import nn

from guitrain.core.data import Data


class BareNet:
    """``nn.Module``, ``torch.optim.SGD`` and ``loss.item()`` for each batch.

    It trains on from call to call, so that it can be measured in turn with the window.
    """

    def __init__(self, data: Data, widths: tuple[int, ...], batch: int, rate: float) -> None:
        self._inputs = torch.tensor(data.train.inputs, dtype=torch.float32)
        self._labels = torch.tensor(data.train.targets, dtype=torch.float32).unsqueeze(1)
        layers: list[nn.Module] = []
        before = self._inputs.shape[1]
        for width in widths:
            layers += [nn.Linear(before, width), nn.Tanh()]
            before = width
        self._model = nn.Sequential(*layers, nn.Linear(before, 1))
        self._loss = nn.BCEWithLogitsLoss()
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=rate)
        self._batch = batch
        self._steps = self._training()

    def _training(self) -> Iterator[float]:
        loss_history = []
        while True:
            order = torch.randperm(len(self._inputs))
            for start in range(0, len(order), self._batch):
                rows = order[start : start + self._batch]
                outputs = self._model(self._inputs[rows])
                loss = self._loss(outputs, self._labels[rows])
                loss_history.append(loss.item())
                self._optimizer.zero_grad()
                loss.backward()
                self._optimizer.step()
                yield loss_history[-1]

    def epochs_per_second(self, seconds: float) -> float:
        """Train on for so many seconds; returns its epochs per second."""
        start, steps = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - start) < seconds:
            next(self._steps)
            steps += 1
        return steps * self._batch / len(self._inputs) / elapsed
