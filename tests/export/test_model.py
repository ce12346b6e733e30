"""Saved models, against the programs that read them, and opened again to go on."""

import io
import json
import math
import pickle
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from guitrain.core.code import script
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.record import run_of, to_plain
from guitrain.core.run import Run
from guitrain.core.saved_weights import SavedWeights
from guitrain.export.model import FORMATS
from guitrain.export.script import script_text
from guitrain.files import extras
from guitrain.files.extras import EXTRAS, check_extra
from guitrain.files.model_file import experiment_of, own_experiment_of
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.presets import preset
from guitrain.run_book import differences
from guitrain.setting_words import change_words
from tests.core.scripts import OtherProcess, expected, rows_of

WRITE = {each.suffix: each.write for each in FORMATS}
KNOWN = {
    "line": preset("article").experiment,
    "scaled": preset("article").experiment.changed({"standardize": True, "data.noise": 0.5}),
    "cubic": preset("article").experiment.changed(
        {"model": "polynomial", "standardize": True, "initial": None}
    ),
    "logistic": Experiment().changed({"data": "circle", "features": ("x", "squares", "products")}),
    "net": Experiment().changed(
        {"data": "moons", "model": Choice("mlp", {"hidden": (5, 4), "dropout": 0.25})}
    ),
    "softmax": preset("iris").experiment,
    "images": Experiment().changed({"data": "digits", "model": Choice("cnn", {"filters": (3, 4)})}),
}


def trained(experiment: Experiment, steps: int = 12) -> Run:
    run = Run(experiment)
    run.run_until(math.inf, steps)
    return run


def begun(experiment: Experiment) -> Run:
    run = Run(experiment)
    while not run.learner.ready:
        run.advance()
    return run


def saved(run: Run, path: Path) -> Path:
    path.write_bytes(WRITE[path.suffix](run, path))
    return path


def answers(run: Run) -> np.ndarray[Any, Any]:
    inputs = run.learner.data.train.inputs
    if run.experiment.classes:
        return run.learner.probabilities(inputs)
    return run.learner.predict(inputs)[:, None]


def refused(path: Path, here: Experiment | None = None) -> str:
    with pytest.raises(FileProblem) as caught:
        experiment_of(path, here)
    assert path.name in file_sentence(caught.value)
    return caught.value.code


@pytest.fixture(scope="module")
def other() -> Iterator[OtherProcess]:
    """One torch thread here too, as scripts have it."""
    made, before = OtherProcess(), torch.get_num_threads()
    torch.set_num_threads(1)
    yield made
    torch.set_num_threads(before)
    made.close()


def test_scripts_take_a_state_dict_and_begin_with_the_weights_of_a_file(
    other: OtherProcess, tmp_path: Path
) -> None:
    for name, experiment in KNOWN.items():
        run = trained(experiment.changed({"stop.epochs": 3}))
        path = saved(run, tmp_path / f"{name}.pt")
        flat = [n.hex() for p in run.learner.parameters for n in p.flatten().tolist()]
        load = f"model.load_state_dict(torch.load({str(path)!r}, weights_only=True))\n"
        assert other.run(script_text(run.view(), ()) + load)["parameters"] == flat, name
        again = Run(experiment_of(path, run.settings))
        again.run()
        rows = rows_of(again.experiment)
        text = script(again.experiment, again.events, rows).text
        found = other.run(text)
        wanted = expected(again)
        own = {number: found["numbers"][number] for number in wanted["numbers"]}
        assert {**found, "numbers": own, "out": ""} == {**wanted, "out": ""}, name
        assert "manual_seed" not in text.split("# ===== 3.")[0], name


@pytest.mark.parametrize("name", KNOWN)
def test_an_exported_program_takes_inputs_in_their_own_units(name: str) -> None:
    run = trained(KNOWN[name])
    content = WRITE[".pt2"](run, Path("model.pt2"))
    program = torch.export.load(io.BytesIO(content))
    inputs = torch.tensor(run.learner.data.train.inputs)
    for rows in (inputs, inputs[:1]):
        with torch.no_grad():
            found = program.module()(rows).numpy()
        np.testing.assert_allclose(found, answers(run)[: len(rows)], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", KNOWN)
def test_onnx_says_the_same(name: str) -> None:
    pytest.importorskip("onnxscript")
    runtime = pytest.importorskip("onnxruntime")
    run = trained(KNOWN[name])
    session = runtime.InferenceSession(WRITE[".onnx"](run, Path("model.onnx")))
    inputs = run.learner.data.train.inputs
    for rows in (inputs, inputs[:1]):
        (found,) = session.run(None, {"inputs": rows})
        np.testing.assert_allclose(found, answers(run)[: len(rows)], rtol=1e-5, atol=1e-5)
    told = session.get_modelmeta().custom_metadata_map
    assert json.loads(told["inputs"]) == list(run.learner.data.input_names)


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
@pytest.mark.parametrize("name", KNOWN)
def test_a_run_goes_on_from_an_opened_model(name: str, suffix: str, tmp_path: Path) -> None:
    if suffix == ".safetensors":
        pytest.importorskip("safetensors")
    run = trained(KNOWN[name])
    run.change({"learning_rate": 0.003})
    path = saved(run, tmp_path / f"model{suffix}")
    here = run.settings if suffix == ".pt" else None
    other = begun(experiment_of(path, here))
    assert other.experiment.learning_rate == 0.003
    for one, two in zip(run.learner.parameters, other.learner.parameters, strict=True):
        assert torch.equal(one, two)
    other.run_until(math.inf, 3)
    again, replay = run_of(to_plain(other))  # as an experiment file keeps it
    assert (again.experiment, replay.difference) == (other.experiment, 0)
    assert again.experiment.weights is not None
    assert again.experiment.weights.source == path.name


def test_safetensors_are_read_by_its_own_library(tmp_path: Path) -> None:
    library = pytest.importorskip("safetensors")
    pytest.importorskip("safetensors.torch")
    run = trained(KNOWN["net"])
    path = saved(run, tmp_path / "model.safetensors")
    with library.safe_open(path, "numpy") as file:
        assert set(file.keys()) == set(run.experiment.form.state)
        assert file.metadata()["step"] == "12"
        assert Experiment.from_json(json.loads(file.metadata()["experiment"])) == run.experiment
    assert own_experiment_of(path).model == run.experiment.model
    state = {name: torch.ones(5) for name in run.experiment.form.state}
    for said, code in (
        ({"format": "guitrain-model", "version": "9"}, "newer_session"),
        ({"format": "guitrain-model", "version": "1"}, "damaged_model"),
        ({"format": "guitrain-model", "experiment": "[" * 10**5}, "damaged_model"),
        ({"format": "guitrain-model", "experiment": '{"format": 1}'}, "weights_refused"),
        ({"format": "pt"}, "weights_shape"),
    ):
        path.write_bytes(library.torch.save(state, said))
        assert refused(path, run.experiment) == code
    path.write_bytes(library.torch.save(state))
    with pytest.raises(FileProblem, match="no_experiment"):
        own_experiment_of(path)


def test_weights_go_where_others_are_asked_for() -> None:
    net = KNOWN["net"].changed({"weights": SavedWeights.of(np.arange(44.0))})
    assert net.changed({"learning_rate": 0.5}).weights is not None
    assert net.changed({"model.activation": "relu"}).weights is not None
    assert net.changed({"model.hidden": (5, 5)}).weights is None
    assert net.changed({"initial": None}).weights is None
    assert net.changed({"data": "bowl"}).weights is None
    line = KNOWN["line"]  # whose initial weights are set by hand
    other = line.changed({"weights": SavedWeights.of((1, 2), "good.pt")})
    assert other.initial is None
    told = differences(line, other)
    assert change_words(told) == "initial weights good.pt"
    assert line.changed(told) == other
    back = differences(other, line)
    assert change_words(back).startswith("initial weights −0.205")
    assert other.changed(back) == line


def test_only_what_fits_is_laid_into_the_model_here(tmp_path: Path) -> None:
    here = KNOWN["net"]
    state = {
        name: torch.zeros(shape)
        for name, (_, shape) in zip(here.form.state, here.form.tensors, strict=True)
    }
    path, first = tmp_path / "a.pt", here.form.state[0]

    def judge(changed: dict[str, Any]) -> str:
        torch.save(changed, path)
        return refused(path, here)

    assert judge({k: v for k, v in state.items() if k != first}) == "weights_missing"
    assert judge({**state, first: torch.zeros(2, 5)}) == "weights_shape"
    assert judge({**state, first: state[first].double()}) == "weights_type"
    assert judge({**state, first: state[first].to_sparse()}) == "weights_type"
    assert judge({**state, first: torch.full_like(state[first], math.nan)}) == "weights_refused"
    assert judge({**state, "more": torch.zeros(1)}) == "weights_more"
    assert judge({first: [1.0]}) == "not_model"
    assert judge({first: torch.zeros(1).expand(10**12)}) == "weights_shape"
    assert judge({}) == "not_model"
    torch.save(state, path)
    assert experiment_of(path, here).weights == SavedWeights.of(np.zeros(44))
    for nothing in (None, Experiment(data=Choice("drawn"))):
        assert refused(path, nothing) == "no_model_here"
    assert refused(saved(trained(here), tmp_path / "a.pt2")) == "model_of_others"


class Trap:
    """What a pickle would carry out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self.path), "w")


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    caught, here = tmp_path / "caught", KNOWN["line"]
    for content in (pickle.dumps(Trap(caught)), pickle.dumps({"weights": Trap(caught)}, 2)):
        for name in ("a.pt", "a.safetensors"):
            if name == "a.safetensors":
                pytest.importorskip("safetensors")
            (tmp_path / name).write_bytes(content)
            assert refused(tmp_path / name, here) == "not_model"
    torch.save({"weights": Trap(caught)}, tmp_path / "b.pt")
    assert refused(tmp_path / "b.pt", here) == "not_model"
    torch.save({"w": torch.ones(1)}, tmp_path / "c.pt", _use_new_zipfile_serialization=False)
    assert refused(tmp_path / "c.pt", here) == "not_model"
    assert not caught.exists()


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_files_that_are_cut_off_or_changed(suffix: str, tmp_path: Path) -> None:
    if suffix == ".safetensors":
        pytest.importorskip("safetensors")
    run = trained(KNOWN["line"])
    path = saved(run, tmp_path / f"whole{suffix}")
    content, here = path.read_bytes(), run.experiment
    known = experiment_of(path, here)
    broken = tmp_path / f"broken{suffix}"
    for length in (*range(40), *range(40, len(content), 37), len(content) - 1):
        broken.write_bytes(content[:length])
        assert refused(broken, here) in ("not_model", "damaged_model")
    generator = np.random.default_rng(0)
    for place in generator.integers(0, len(content), 150):
        changed = bytearray(content)
        changed[place] ^= 1 << int(generator.integers(0, 8))
        broken.write_bytes(changed)
        try:  # a bit of a weight, or of what nobody reads, may be another
            assert experiment_of(broken, here).form.tensors == known.form.tensors
        except FileProblem as problem:
            assert broken.name in file_sentence(problem)  # noqa: PT017  # either is well
    for head in (2**63, 10**9, len(content)):
        broken.write_bytes(head.to_bytes(8, "little") + content[8:])
        assert refused(broken, here) in ("not_model", "damaged_model")


def test_a_surface_has_no_model(tmp_path: Path) -> None:
    run = begun(preset("article").experiment.changed({"data": "bowl"}))
    for suffix, write in WRITE.items():
        with pytest.raises(FileProblem) as caught:
            write(run, tmp_path / f"a{suffix}")
        assert caught.value.code == "model_surface"


def test_an_extra_that_is_missing_is_told_with_the_line_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda _name: None)
    path = tmp_path / "model.onnx"
    with pytest.raises(FileProblem) as caught:
        WRITE[".onnx"](begun(KNOWN["line"]), path)
    said = file_sentence(caught.value)
    assert f'"{sys.executable}" -m pip install "onnx>=1.17,<2" "onnxscript>=0.5,<1"' in said
    check_extra("", path)


@pytest.mark.parametrize(
    ("extra", "instead"),
    [("safetensors", "a .pt file"), ("onnx", "as .pt2"), ("tensorboard", "CSV or as NumPy arrays")],
)
def test_the_built_app_names_what_it_has_instead_of_an_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, extra: str, instead: str
) -> None:
    """It has no pip, so no line to type would help."""
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(FileProblem, match="no_extra_built") as caught:
        check_extra(extra, tmp_path / "model")
    said = file_sentence(caught.value)
    assert f"“{extra}”, which this build of GUITrain does not hold" in said
    assert instead in said
    assert "main.py" in said
    assert "pip" not in said


def test_extras_are_those_of_the_project() -> None:
    assert EXTRAS.keys() == extras.INSTEAD.keys()
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    assert {name: tuple(optional[name]) for name in EXTRAS} == EXTRAS
