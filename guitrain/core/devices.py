"""What torch computes on: the CPU, or an accelerator where there is one."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import CPU, DEVICE


def present() -> tuple[str, ...]:
    """The devices that this machine has for torch, the CPU first."""
    found = [CPU]
    if torch.cuda.is_available():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return tuple(found)


def device_of(name: str) -> torch.device:
    """This device, or the CPU where this machine has no such."""
    return torch.device(name if name != CPU and name in present() else CPU)


def name_of(device: torch.device) -> str:
    """What a device is called, with its maker's name for it: "CUDA (NVIDIA H100)"."""
    label = dict(DEVICE.choices).get(device.type, device.type)
    return f"{label} ({torch.cuda.get_device_name(device)})" if device.type == "cuda" else label


def checked(name: str) -> None:
    """Raises ExperimentProblem "no_device" for one that this machine has not."""
    if name not in (known := present()):
        labels = dict(DEVICE.choices)
        others = ", ".join(known)
        raise ExperimentProblem("no_device", "device", value=labels.get(name, name), known=others)


def as_array(tensor: Tensor) -> NDArray[Any]:
    """The numbers of a tensor on any device, without a copy where it is on the CPU."""
    return tensor.detach().cpu().numpy()


def as_doubles(tensor: Tensor) -> NDArray[np.float64]:
    """The same as float64, which not every device has."""
    return as_array(tensor).astype(np.float64)
