"""Event folders, read back by TensorBoard's own reader where it is installed."""

import importlib.util
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guitrain.core.run import Run
from guitrain.export import tensorboard
from guitrain.export.headless import export_numbers
from guitrain.export.tensorboard import (
    MOST_HISTOGRAMS,
    MOST_POINTS,
    Tracked,
    curves,
    folder_name,
    tracked,
    write_events,
)
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.presets import preset


def finished(changes: dict[str, Any], name: str = "article") -> Run:
    run = Run(preset(name).experiment.changed(changes))
    run.run()
    return run


@pytest.fixture(scope="module")
def article() -> Run:
    return finished({"validation_fraction": 0.2})


def test_curves_are_the_record_by_step(article: Run) -> None:
    found = curves(tracked(article, "run 1"))
    log, epochs = article.steps.publish(), article.epochs.publish()
    for tag, name in (
        ("step/loss", "loss"),
        ("step/learning_rate", "learning_rate"),
        ("step/gradient_norm", "gradient_norm"),
        ("parameter/w", "w"),
        ("gradient/∂b", "∂b"),
    ):
        steps, values = found[tag]
        assert steps.tolist() == list(range(1, 101)), tag
        np.testing.assert_array_equal(values, log.column(name))
    assert found["epoch/loss"][0].tolist() == list(range(1, 101))
    steps, values = found["epoch/validation_loss"]
    assert steps.tolist() == list(range(100))  # of the weights that an epoch begins with
    np.testing.assert_array_equal(values, epochs.column("validation"))
    test = article.test().test
    assert test is not None
    (step,), (value,) = found["test/MSE"]
    assert (step, value) == (100, test.mse)  # type: ignore[union-attr]


def test_parameters_of_standardised_inputs_are_told_in_own_units() -> None:
    run = finished({"standardize": True, "learning_rate": 0.1})
    _, values = curves(tracked(run, "run 1"))["parameter/w"]
    run.seek(99)
    assert values[-1] == pytest.approx(run.view().numbers[0], rel=1e-6)  # type: ignore[index]


def test_long_curves_are_thinned_and_keep_their_peaks() -> None:
    values = np.sin(np.arange(1_000_003) / 1e5)
    values[[77_777, 500_001]] = 40, -40
    steps, kept = tensorboard._thinned(np.arange(len(values)) + 1, values)
    assert len(steps) <= MOST_POINTS + 2 + len(values) // (MOST_POINTS // 2)
    np.testing.assert_array_equal(kept, values[steps - 1])
    assert {1, 77_778, 500_002, 1_000_003} <= set(steps.tolist())
    assert (np.diff(steps) > 0).all()


def test_where_the_oldest_steps_keep_extremes_their_curve_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Run(preset("article").experiment.changed({"stop.epochs": 60_000}), history_bytes=600_000)
    run.run_until(math.inf, 60_000)
    log = run.steps.publish()
    assert log.first > 0
    steps, values = curves(tracked(run, "run 1"))["step/loss"]
    assert steps[0] == 1
    assert steps[-1] == 60_000
    assert (np.diff(steps) >= 0).all()
    assert values.max() == log.envelope("loss", 0, 60_000, 100)[2].max()


def test_names_of_folders() -> None:
    assert folder_name(1, "") == "run 1"
    assert folder_name(2, "slow / old: η=0.1?") == "run 2 slow _ old_ η_0.1_"
    assert folder_name(3, "..") == "run 3"
    assert len(folder_name(4, "x" * 500)) < 80


def test_without_tensorboard_a_sentence_says_what_to_type(
    article: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(FileProblem) as caught:
        write_events([tracked(article, "run 1")], tmp_path / "events")
    assert 'pip install "tensorboard>=' in file_sentence(caught.value)
    view = article.view()
    assert "tensorboard" not in export_numbers(view, tmp_path, events=Tracked("run 1", view))
    assert not (tmp_path / "tensorboard").exists()


def read(folder: Path) -> Any:
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    found = accumulator.EventAccumulator(
        str(folder), size_guidance={"scalars": 0, "histograms": 0, "tensors": 0}
    )
    found.Reload()
    return found


def test_its_own_reader_finds_every_curve(article: Run, tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    diverged = finished({"learning_rate": 0.3, "stop.epochs": 2000})
    folder = tmp_path / "events"
    runs = [tracked(article, "run 1"), tracked(diverged, folder_name(2, "too fast"))]
    write_events(runs, folder, now=2e9)
    assert sorted(path.name for path in folder.iterdir()) == ["run 1", "run 2 too fast"]
    for run, inside in zip(runs, sorted(folder.iterdir()), strict=True):
        found = read(inside)
        expected = curves(run)
        assert set(found.Tags()["scalars"]) == set(expected)
        for tag, (steps, values) in expected.items():
            events = found.Scalars(tag)
            assert [event.step for event in events] == steps.tolist(), tag
            np.testing.assert_array_equal(
                np.array([event.value for event in events], np.float32), values.astype(np.float32)
            )
            times = [event.wall_time for event in events]
            assert times == sorted(times)
            assert times[-1] <= 2e9
    text = read(folder / "run 1").Tensors("experiment")
    words = text[0].tensor_proto.string_val[0].decode()
    assert "| Learning rate | 0.01 |" in words
    assert "Step k has what was measured" in words
    with pytest.raises(FileProblem, match="folder_full"):
        write_events(runs, folder)
    write_events(runs[:1], folder, replacing=True)
    assert [path.name for path in folder.iterdir()] == ["run 1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events"]


def test_many_weights_are_histograms_of_keyframes(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    run = finished({"stop.epochs": 40}, "spiral")
    write_events([tracked(run, "run 1")], tmp_path / "events")
    found = read(tmp_path / "events" / "run 1")
    states = {state.step: state for state in run.keyframes.states()}
    for (name, shape), at in zip(run.experiment.form.tensors, range(99), strict=False):
        events = found.Tensors(f"weights/{name}")
        assert 1 < len(events) <= MOST_HISTOGRAMS
        for event in events:
            from tensorboard.util.tensor_util import make_ndarray

            bins = make_ndarray(event.tensor_proto)  # rows of left, right, count
            weights = states[event.step].parameters[at].numpy()
            assert bins[:, 2].sum() == weights.size == np.prod(shape)
            assert bins[0, 0] == pytest.approx(weights.min())
            assert bins[-1, 1] == pytest.approx(weights.max())


def test_nothing_is_left_where_writing_fails(
    article: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tensorboard")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "events"
    write_events([tracked(article, "run 1")], folder)
    before = sorted(path.name for path in folder.rglob("*"))
    monkeypatch.setattr(tensorboard, "_write", full)
    with pytest.raises(FileProblem, match="disk_full"):
        write_events([tracked(article, "run 2")], folder, replacing=True)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["events"]
