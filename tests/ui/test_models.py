"""Models of any number of parameters in the form, in the panels and in the real window."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit
from guitrain.export.history_csv import history_csv
from guitrain.plots.flow_words import Moment
from guitrain.plots.predict_words import NEXT_LOSS, hint
from guitrain.snapshot import MAX_PACE, State
from guitrain.ui.controls import Controls
from guitrain.ui.equation import equation
from guitrain.ui.main_window import MainWindow
from tests.plots.runs import ARTICLE, run_of
from tests.step_views import moment
from tests.ui.test_controls import (
    assert_described,
    changes,
    choose,
    controls,
    in_sight,
    said,
    type_in,
    widget,
)
from tests.ui.window_tools import Wait, find

__all__ = ["changes", "controls"]

MLP = ARTICLE.changed({"model": Choice("mlp"), "learning_rate": 0.01})


def test_each_model_shows_its_own_settings_and_weights(
    controls: Controls, changes: list[tuple[str, object]]
) -> None:
    assert widget(controls, "initial_w").isVisibleTo(controls)
    choose(controls, "model", "polynomial")
    assert widget(controls, "degree").isVisibleTo(controls)
    assert not in_sight(controls, "hidden")
    assert controls.experiment.initial is None  # w and b are no weights of a cubic
    type_in(controls, "degree", "5")
    assert widget(controls, "model_formula").text().endswith("w5·x⁵ + b")
    by_hand = widget(controls, "initial_by_hand")
    by_hand.setCurrentIndex(0)
    by_hand.activated.emit(0)
    type_in(controls, "initial_w5", "0.5")
    assert controls.experiment.initial == (0.0, 0.0, 0.0, 0.0, 0.5, 0.0)
    type_in(controls, "degree", "8")
    assert controls.experiment.initial is None
    assert not by_hand.isEnabled()
    assert "too many weights" in by_hand.toolTip()
    choose(controls, "model", "mlp")
    for name in ("hidden", "activation", "scheme"):
        assert widget(controls, name).isVisibleTo(controls)
    assert not in_sight(controls, "degree")
    choose(controls, "activation", "relu")
    choose(controls, "scheme", "kaiming")
    assert dict(controls.experiment.model.values) == {
        "hidden": (8, 8), "activation": "relu", "scheme": "kaiming", "dropout": 0.0,
    }  # fmt: skip
    choose(controls, "model", "linear")
    assert widget(controls, "initial_w") is not None
    assert by_hand.isEnabled()
    assert_described(controls)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("8, , x", "is not a list of numbers. Type one for each layer, such as 8, 8."),
        ("", "is not a list"),
        ("1 2 3 4 5 6 7", "7 layers are too many"),
        ("64", "Each has 1 to 32"),
    ],
)
def test_bad_layers_are_answered_in_words(controls: Controls, text: str, word: str) -> None:
    choose(controls, "model", "mlp")
    before = controls.experiment
    type_in(controls, "hidden", text)
    assert word in said(controls, "hidden")
    assert widget(controls, "hidden").text() == "8, 8"
    assert controls.experiment == before


def test_layers_are_typed_and_stepped(controls: Controls) -> None:
    choose(controls, "model", "mlp")
    type_in(controls, "hidden", "4 2")
    field = widget(controls, "hidden")
    assert field.text() == "4, 2"
    for steps, shown in ((1, "4, 2, 2"), (9, "4, 2, 2, 2, 2, 2"), (-4, "4, 2"), (-9, "4")):
        field.stepBy(steps)
        assert field.text() == shown
        assert ", ".join(map(str, controls.experiment.model["hidden"])) == shown
    assert said(controls, "hidden") == ""


def test_the_title_is_an_equation_where_that_can_be_read() -> None:
    cubic = ARTICLE.changed({"model": "polynomial"}).form
    assert equation((1.5, -0.25, 1e-5, -2.0), cubic) == "ŷ = 1.5·x − 0.25·x² + 1e−5·x³ − 2"
    many = ARTICLE.changed({"model": Choice("polynomial", {"degree": 9})}).form
    assert equation(None, many) == "ŷ = w1·x + … + w9·x⁹ + b"
    assert equation(None, MLP.form) == "1–8–8–1, tanh"
    line = ARTICLE.changed({"model": Choice("polynomial", {"degree": 1})}).form
    assert equation((2.0, -1.0), line) == equation((2.0, -1.0)) == "ŷ = 2.000·x − 1.000"


def test_the_loss_is_predicted_where_weights_are_many() -> None:
    for model in (MLP, MLP.changed({"model": Choice("polynomial", {"degree": 9})})):
        here = moment(model.changed({"standardize": True}), 0, Phase.BACKWARD)
        step = here.step_view
        assert step is not None
        assert step.names == ()
        assert step.squared_gradient is not None
        told = hint(Moment(here), NEXT_LOSS)
        assert "lowers it by about" in told


def test_a_history_has_columns_of_recorded_weights_alone() -> None:
    heads = {}
    for name, values in (("polynomial", {"degree": 2}), ("polynomial", {"degree": 9}), ("mlp", {})):
        run = run_of(3, {"model": Choice(name, values), "standardize": True})
        rows = b"".join(history_csv(run.view())).decode().splitlines()
        assert len(rows) == 4
        heads[name, values.get("degree")] = rows[0]
    assert heads["polynomial", 2].endswith("gradient_norm,w1,w2,b")
    assert heads["polynomial", 9].endswith("gradient_norm")
    assert heads["mlp", None].endswith("gradient_norm")


@pytest.mark.parametrize(
    "model", [Choice("polynomial"), Choice("polynomial", {"degree": 9}), Choice("mlp")]
)
def test_the_window_steps_travels_branches_and_races(
    window: MainWindow, wait: Wait, qtbot: QtBot, model: Choice
) -> None:
    for name in ("cycle", "numbers", "code", "landscape", "runs", "graph"):
        window.work.panels.open(name)
    experiment = ARTICLE.changed({"model": model, "standardize": True, "learning_rate": 1e-5})
    window.resize(1280, 800)
    window.trainer.start(experiment)
    wait(lambda s: s.view is not None and s.view.experiment == experiment)
    for _ in range(7):
        window.commands.next("phase")
    snapshot = wait(lambda s: s.view is not None and s.view.phase is Phase.LOSS and s.view.step > 0)
    window.work.panels.bring_up("graph")  # the first step has opened the cycle
    snapshot = wait(lambda s: s.graph is not None)
    assert find(window, "equation").text().startswith(("ŷ", "1–8"))
    window.trainer.set_pace(MAX_PACE)
    window.trainer.play()
    snapshot = wait(lambda s: s.state is State.STOPPED)
    assert snapshot.view is not None
    assert snapshot.view.curve is not None
    window.trainer.seek(30)
    snapshot = wait(lambda s: s.view is not None and s.view.step == 30)
    assert snapshot.view is not None
    there = snapshot.view.curve
    assert window.work.fit.drawn_curve is not None
    window.trainer.change({"learning_rate": 2e-5})
    window.trainer.next(Unit.EPOCH, ask=False)
    snapshot = wait(lambda s: bool(s.ghosts) and s.view is not None and s.view.step == 31)
    assert window.work.fit.drawn_ghosts
    window.trainer.back(Unit.EPOCH)
    snapshot = wait(lambda s: s.view is not None and s.view.step == 30)
    assert snapshot.view is not None
    assert snapshot.view.curve is not None
    assert there is not None
    assert np.array_equal(snapshot.view.curve.y, there.y)
    window.trainer.race([{"learning_rate": rate} for rate in (1e-6, 2e-6)])
    snapshot = wait(lambda s: len(s.runs) >= 4)
    window.trainer.play()
    snapshot = wait(lambda s: s.state is State.STOPPED)
    assert snapshot.error == ""
    assert not snapshot.experiment.form.straight


def test_degree_30_is_warned_of_and_stops_cleanly(window: MainWindow, wait: Wait) -> None:
    choose(window, "model", "polynomial")
    wait(lambda s: s.experiment.model.name == "polynomial" and s.facts is not None)
    assert said(window.work.controls, "degree") == ""
    type_in(window, "degree", "30")
    wait(lambda s: s.experiment.model.values.get("degree") == 30 and s.view is not None)
    message = find(window, "message_degree").text()
    assert message.startswith("⚠ The highest power of x reaches 9.3e20 here")
    assert "Standardize x, or choose a smaller degree." in message
    window.commands.next("epoch")
    wait(lambda s: s.state is State.STOPPED)
    assert "beyond the range of 32-bit numbers" in find(window, "run_sentence").text()


def test_equation_of_classes_is_of_the_logit() -> None:
    pets = Experiment().changed({"data": "circle", "model": "linear"})
    assert equation((0.5, -2.0, 1.0), pets.form) == "z = 0.5·x1 − 2·x2 + 1"
