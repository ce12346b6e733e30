"""Running ``guitrain train`` in tests, in this process and as a program of its own."""

import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
OF_EXTRAS = ["tensorboard"] if importlib.util.find_spec("tensorboard") is not None else []
EXPORTED = [
    "experiment.json",
    "fit.png",
    "fit.svg",
    "history.csv",
    "loss.png",
    "loss.svg",
    "report.html",
    "run.py",
    *OF_EXTRAS,
]

# As the article prints it, its words apart.
ARTICLE_TABLE = """\
w=-0.205, b=0.783
Epoch [10/100], Loss: 1.3883
Epoch [20/100], Loss: 0.2775
Epoch [30/100], Loss: 0.2533
Epoch [40/100], Loss: 0.2485
Epoch [50/100], Loss: 0.2445
Epoch [60/100], Loss: 0.2409
Epoch [70/100], Loss: 0.2376
Epoch [80/100], Loss: 0.2346
Epoch [90/100], Loss: 0.2318
Epoch [100/100], Loss: 0.2293
w=1.917, b=1.229
w=2.0, b=1.0
x=1.5, =4.10, =4.00
x=3.5, =7.94, =8.00
x=4.8, =10.43, =10.60
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        def no_constant(text: str) -> NoReturn:
            raise AssertionError(f"{text} is not JSON")

        obj = json.loads(self.out, parse_constant=no_constant)
        assert isinstance(obj, dict)
        return obj


Train = Callable[..., Outcome]


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "guitrain", "train", *options]


def program(*options: str, **environment: str) -> Outcome:
    """Run ``python -m guitrain train`` with its output in pipes."""
    done = subprocess.run(
        command(*options),
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def article_lines(out: str) -> list[str]:
    """The lines that are the article's, with what names the numbers left out."""
    kept = (line for line in out.splitlines() if re.match(r"Epoch|Input|\w+ parameters", line))
    return [re.sub(r"(?<=, )[a-z][a-z ]+(?==)|^Input |^\w+ parameters: ", "", k) for k in kept]


def assert_refused(done: Outcome, *says: str) -> None:
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert "Traceback" not in done.err
    assert done.err.startswith("guitrain train: ")
    for text in says:
        assert text in done.err


def csv_file(folder: Path, content: str | bytes, encoding: str = "utf-8") -> str:
    path = folder / "points.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return str(path)


def history(folder: Path) -> list[dict[str, str]]:
    with (folder / "history.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Plain:
    """The training of ``ŷ = w·x + b`` as a PyTorch tutorial writes it."""

    def __init__(
        self,
        points: int,
        epochs: int,
        loss: nn.Module,
        batch: int | None = None,
        lr: float = 0.01,
        momentum: float = 0.0,
    ) -> None:
        np.random.seed(42)
        x = np.linspace(0, 5, points)
        y = 2 * x + 1 + np.random.normal(0, 0.5, points)
        inputs = torch.tensor(x, dtype=torch.float32).unsqueeze(1)
        labels = torch.tensor(y, dtype=torch.float32).unsqueeze(1)
        w = nn.Parameter(torch.tensor([-0.2]))
        b = nn.Parameter(torch.tensor([-1e-3]))
        optimizer = torch.optim.SGD([w, b], lr=lr, momentum=momentum)
        self.losses = []
        for epoch in range(epochs):
            total = 0.0
            order = np.arange(points)
            if batch:
                order = np.random.default_rng([0, epoch]).permutation(points)
            for start in range(0, points, batch or points):
                part = torch.from_numpy(order[start : start + (batch or points)])
                optimizer.zero_grad()
                value = loss(w * inputs[part] + b, labels[part])
                value.backward()
                optimizer.step()
                total += value.item() * len(part)
            self.losses.append(total / points)
        self.final = {"w": w.item(), "b": b.item()}
        self.predicted = [(w * x + b).item() for x in (-1, 2)]


INIT = ("--init", "-0.2", "-1e-3")
