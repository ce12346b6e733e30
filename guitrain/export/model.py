"""The model of a run as a file, in formats that other programs read. No Qt; torch comes late."""

import io
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guitrain import __version__
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.files.extras import check_extra
from guitrain.files.model_file import FORMAT, MOST_METADATA, VERSION
from guitrain.files.problems import FileProblem

if TYPE_CHECKING:
    from torch import Tensor

    from guitrain.core.run import Run


@dataclass(frozen=True)
class ModelFormat:
    """A format of model files.

    Attributes:
        suffix: of the file. label, kind: in the menu, and in the file dialog.
        help: what the file is for.
        content: the bytes of the present model of a run, after INIT.
        slow: whether it takes some seconds the first time (torch loads its exporters).
        extra: the name (in ``extras.EXTRAS``) of what it needs besides torch; "" for nothing.
    """

    suffix: str
    label: str
    kind: str
    help: str
    content: Callable[["Run"], bytes]
    slow: bool = False
    extra: str = ""

    def write(self, run: "Run", path: Path) -> bytes:
        """The content of a file at ``path``; raises FileProblem for a surface, which is no model of
        data, where the extra is missing, and where torch cannot do it.
        """
        if run.experiment.surface is not None:
            raise FileProblem("model_surface", path)
        check_extra(self.extra, path)
        try:
            return self.content(run)
        except FileProblem as problem:
            raise FileProblem(problem.code, path, problem.values) from problem
        except Exception as error:  # torch's exporters raise whatever they like
            detail = str(error).strip().partition("\n")[0][:120] or type(error).__name__
            raise FileProblem("model_failed", path, {"detail": detail}) from error


def _state(run: "Run") -> dict[str, "Tensor"]:
    names = run.experiment.form.state
    return {
        name: parameter.detach().cpu().clone()
        for name, parameter in zip(names, run.learner.parameters, strict=True)
    }


def _state_dict(run: "Run") -> bytes:
    import torch

    out = io.BytesIO()
    torch.save(_state(run), out)
    return out.getvalue()


def _safetensors(run: "Run") -> bytes:
    from safetensors.torch import save

    settings = replace(run.settings, initial=None, weights=None)
    experiment = json.dumps(settings.to_json(), separators=(",", ":"))
    if len(experiment) > MOST_METADATA:
        values = {"size": len(experiment), "limit": MOST_METADATA}
        raise FileProblem("model_too_big", Path(), values)
    learner = run.learner
    metadata = {
        "format": FORMAT,
        "version": str(VERSION),
        "experiment": experiment,
        "step": str(learner.step),
        "epoch": str(learner.epoch),
        "guitrain": __version__,
    }
    content: bytes = save(_state(run), metadata)
    return content


def _exported(run: "Run") -> Any:
    """The whole model as torch.export has it, for any number of rows."""
    import torch

    from guitrain.core.whole_model import WholeModel

    example = torch.zeros(3, run.experiment.inputs, dtype=torch.float64)
    rows = {0: torch.export.Dim("rows")}
    return torch.export.export(WholeModel(run).eval(), (example,), dynamic_shapes=(rows,))


def _names(run: "Run") -> dict[str, str]:
    """What the numbers in and out are of."""
    data = run.learner.data
    outputs = data.classes or (data.target_name,)
    return {"inputs": json.dumps(data.input_names), "outputs": json.dumps(outputs)}


def _pt2(run: "Run") -> bytes:
    import torch

    out = io.BytesIO()
    with _quiet():
        torch.export.save(_exported(run), out, extra_files=_names(run))
    return out.getvalue()


def _onnx(run: "Run") -> bytes:
    import torch

    output = "probabilities" if run.experiment.classes else "prediction"
    with _quiet():
        program = torch.onnx.export(
            _exported(run),
            dynamo=True,
            input_names=["inputs"],
            output_names=[output],
            verbose=False,
            external_data=False,
        )
    assert program is not None
    for name, text in _names(run).items():
        program.model.metadata_props[name] = text
    content: bytes = program.model_proto.SerializeToString()
    return content


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the exporters say of themselves: of torchvision's absence, of old names."""
    import logging

    logger = logging.getLogger("torch.onnx")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


FORMATS = (
    ModelFormat(
        ".safetensors",
        QT_TRANSLATE_NOOP("ModelFiles", "Weights and experiment (.safetensors)…"),
        QT_TRANSLATE_NOOP("ModelFiles", "Weights and experiment (*.safetensors)"),
        QT_TRANSLATE_NOOP(
            "ModelFiles",
            "The weights with the experiment that they are of. Open… begins a run with them.",
        ),
        _safetensors,
        extra="safetensors",
    ),
    ModelFormat(
        ".pt",
        QT_TRANSLATE_NOOP("ModelFiles", "Weights for PyTorch (.pt)…"),
        QT_TRANSLATE_NOOP("ModelFiles", "PyTorch weights (*.pt)"),
        QT_TRANSLATE_NOOP(
            "ModelFiles",
            "The weights alone, as a state_dict: load_state_dict of the exported script’s model "
            "takes them, and Open… lays them into the model in hand.",
        ),
        _state_dict,
    ),
    ModelFormat(
        ".pt2",
        QT_TRANSLATE_NOOP("ModelFiles", "Whole model for PyTorch (.pt2)…"),
        QT_TRANSLATE_NOOP("ModelFiles", "Exported programs (*.pt2)"),
        QT_TRANSLATE_NOOP(
            "ModelFiles",
            "For torch.export.load: takes float64 rows of inputs in their own units, and gives "
            "the prediction, or the probability of each class.",
        ),
        _pt2,
        slow=True,
    ),
    ModelFormat(
        ".onnx",
        QT_TRANSLATE_NOOP("ModelFiles", "Whole model for other programs (.onnx)…"),
        QT_TRANSLATE_NOOP("ModelFiles", "ONNX models (*.onnx)"),
        QT_TRANSLATE_NOOP(
            "ModelFiles",
            "For ONNX runtimes: takes float64 rows of inputs in their own units, and gives the "
            "prediction, or the probability of each class.",
        ),
        _onnx,
        slow=True,
        extra="onnx",
    ),
)
