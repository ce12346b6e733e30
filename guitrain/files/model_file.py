"""Saved weights, read back: a ``.safetensors`` file, or a ``.pt`` file of a state_dict.

Nothing in a file is ever carried out. A ``.pt`` file is looked at as the archive it must be, and
what is in it is read by torch with ``weights_only``, which makes tensors and nothing else; a pickle
by itself is not read at all. All sizes are known before anything is read.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.experiment import Experiment
from guitrain.core.problems import MISFITS, ExperimentProblem
from guitrain.core.saved_weights import SavedWeights
from guitrain.files.extras import check_extra
from guitrain.files.problems import FileProblem
from guitrain.files.reading import read_limited, shown_name

if TYPE_CHECKING:
    from torch import Tensor

FORMAT = "guitrain-model"
VERSION = 1
FOR_OTHERS = (".pt2", ".onnx")
MOST_METADATA = 90_000_000  # characters; safetensors reads heads of up to 100 MB
MOST_BYTES = 120_000_000  # of a file
_MOST_TENSORS = 1000
_MOST_NAMED = 12

Arrays = Mapping[str, NDArray[Any]]


def experiment_of(path: Path, here: Experiment | None) -> Experiment:
    """The experiment that begins with the weights in a file: the file's own, where it says which,
    else the one ``here``.

    Raises FileProblem for a file that cannot be read, or whose weights do not fit.
    """
    suffix = path.suffix.lower()
    if suffix in FOR_OTHERS:
        raise FileProblem("model_of_others", path)
    content = read_limited(path, MOST_BYTES)
    own: Experiment | None = None
    if suffix == ".safetensors":
        own, arrays = _of_safetensors(content, path)
    else:
        arrays = _of_pt(content, path)
    experiment = here if own is None else own
    if experiment is None or experiment.is_empty or experiment.surface is not None:
        raise FileProblem("no_model_here", path)
    numbers = _matched(arrays, experiment, path)
    try:
        return experiment.changed({"weights": SavedWeights.of(numbers, shown_name(path))})
    except ExperimentProblem as problem:
        raise _refused(problem, path) from problem


def own_experiment_of(path: Path) -> Experiment:
    """The same for a file that must say which experiment it is of; raises FileProblem."""
    try:
        return experiment_of(path, None)
    except FileProblem as problem:
        if problem.code == "no_model_here":
            raise FileProblem("no_experiment", path) from problem
        raise


def _refused(problem: ExperimentProblem, path: Path) -> FileProblem:
    from guitrain.sentences import problem_sentence

    return FileProblem("weights_refused", path, {"reason": problem_sentence(problem)})


# .safetensors


def _of_safetensors(content: bytes, path: Path) -> tuple[Experiment | None, Arrays]:
    check_extra("safetensors", path)
    from safetensors import SafetensorError
    from safetensors.numpy import load

    metadata = _metadata(content, path)
    try:
        arrays = load(content)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise _damaged(error, path) from error
    if metadata.get("format") != FORMAT:
        return None, arrays
    version = metadata.get("version", "")
    if version.isdecimal() and int(version[:9]) > VERSION:
        raise FileProblem("newer_session", path, {"found": version[:9], "known": VERSION})
    try:
        return Experiment.from_json(json.loads(metadata["experiment"])), arrays
    except ExperimentProblem as problem:
        raise _refused(problem, path) from problem
    except MISFITS as error:
        raise _damaged(error, path) from error


def _metadata(content: bytes, path: Path) -> dict[str, str]:
    """What the file says of itself: the length of its head, 8 bytes, then the head as JSON."""
    length = int.from_bytes(content[:8], "little")
    if not content.startswith(b"{", 8) or not 2 <= length <= len(content) - 8:
        raise FileProblem("not_model", path)
    try:
        head = json.loads(content[8 : 8 + length])
        said = head.get("__metadata__", {})
        return {str(name): str(text) for name, text in said.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise _damaged(error, path) from error


def _damaged(error: BaseException, path: Path) -> FileProblem:
    detail = str(error).strip().partition("\n")[0][:120] or type(error).__name__
    return FileProblem("damaged_model", path, {"detail": detail})


# .pt


def _of_pt(content: bytes, path: Path) -> Arrays:
    """The arrays of a state_dict; tensors of other kinds are refused by name."""
    import torch

    if not content.startswith(b"PK"):
        raise FileProblem("not_model", path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
            unpacked = sum(entry.file_size for entry in entries)
            broken = archive.testzip()
    except Exception as error:  # whatever an archive can be that is none
        raise _damaged(error, path) from error
    if broken is not None:
        raise FileProblem("damaged_model", path, {"detail": broken})
    if packed or unpacked > len(content) or len(entries) > 4 * _MOST_TENSORS:
        raise FileProblem("not_model", path)
    try:
        found = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except Exception as error:  # of pickles with other things in them, and of torch's own reader
        raise FileProblem("not_model", path) from error
    named = isinstance(found, Mapping) and all(isinstance(name, str) for name in found)
    if not named or not found or len(found) > _MOST_TENSORS:
        raise FileProblem("not_model", path)
    return {name: _array(name, value, path) for name, value in found.items()}


def _array(name: str, value: object, path: Path) -> NDArray[Any]:
    import torch

    if not isinstance(value, torch.Tensor):
        raise FileProblem("not_model", path)
    tensor: Tensor = value
    plain = tensor.layout is torch.strided and tensor.device.type == "cpu"
    if not plain or tensor.dtype is not torch.float32:
        found = str(tensor.dtype).removeprefix("torch.")
        raise FileProblem("weights_type", path, {"name": name, "found": found})
    return tensor.detach().resolve_neg().numpy()


def _matched(arrays: Arrays, experiment: Experiment, path: Path) -> NDArray[np.float32]:
    """The numbers (p,) in the order of the model's tensors."""
    form = experiment.form
    model = form.title or form.formula
    parts = []
    for name, (_, shape) in zip(form.state, form.tensors, strict=True):
        if name not in arrays:
            known = [f"{_short(each)} {_shape(array.shape)}" for each, array in arrays.items()]
            if len(known) > _MOST_NAMED:
                known = [*known[:_MOST_NAMED], "…"]
            values = {"name": name, "shape": _shape(shape), "model": model}
            raise FileProblem("weights_missing", path, {**values, "known": ", ".join(known)})
        array = arrays[name]
        if array.shape != shape:
            values = {"name": name, "shape": _shape(shape), "model": model}
            raise FileProblem("weights_shape", path, {**values, "found": _shape(array.shape)})
        if array.dtype != np.float32:
            raise FileProblem("weights_type", path, {"name": name, "found": str(array.dtype)})
        parts.append(array.reshape(-1))
    if more := [name for name in arrays if name not in form.state]:
        raise FileProblem("weights_more", path, {"name": _short(more[0]), "model": model})
    return np.concatenate(parts)


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "1"


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
