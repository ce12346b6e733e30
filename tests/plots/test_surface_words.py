"""A test surface in the panels of a step: its formulas with numbers, and what it has not."""

import pytest

from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.numbers import format_number
from guitrain.plots import chart_words
from guitrain.plots.cycle_formulas import formula_lines
from guitrain.plots.flow_words import Moment
from guitrain.plots.step_words import lines_of
from guitrain.plots.surface_words import explained
from tests.step_views import moment

ROSENBROCK = Experiment().changed({"data": "rosenbrock", "learning_rate": 0.001})


def texts(phase: Phase) -> list[str]:
    return [
        line.text for line in lines_of(moment(ROSENBROCK, 0, Phase.UPDATE)) if line.phase is phase
    ]


def test_a_step_in_numbers_is_the_one_with_pencil_and_paper() -> None:
    # At (−1.2, 1): 2.2² + 100·(−0.44)² = 24.2; −2·2.2 − 400·1.2·0.44 = −215.6; 200·(−0.44) = −88.
    assert texts(Phase.FORWARD) == [
        "f(u, v) = (1 − u)² + 100·(v − u²)² = "
        "(1 − (−1.2000))² + 100·(1.0000 − (−1.2000)²)² = 24.2000"
    ]
    assert texts(Phase.LOSS) == ["L = f(u, v) = 24.2000"]
    assert texts(Phase.BACKWARD) == [
        "∂L/∂u = −2·(1 − u) − 400·u·(v − u²) = "
        "−2·(1 − (−1.2000)) − 400·(−1.2000)·(1.0000 − (−1.2000)²) = −215.6000",
        "∂L/∂v = 200·(v − u²) = 200·(1.0000 − (−1.2000)²) = −88.0000",
    ]
    assert texts(Phase.UPDATE) == [
        "u ← u − η·∂L/∂u = −1.2000 − 0.001·(−215.6000) = −0.9844",
        "v ← v − η·∂L/∂v = 1.0000 − 0.001·(−88.0000) = 1.0880",
    ]


def test_what_is_still_to_come_is_a_question() -> None:
    lines = lines_of(moment(ROSENBROCK, 0, Phase.FORWARD))
    told = {line.phase: line for line in lines}
    assert told[Phase.FORWARD].known
    assert told[Phase.LOSS].text == "L = f(u, v) = ?"
    assert told[Phase.BACKWARD].text == "∂L/∂v = 200·(v − u²) = ?"
    assert not told[Phase.BACKWARD].known


def test_the_cycle_says_what_there_is_not() -> None:
    now = Moment(moment(ROSENBROCK, 0, Phase.UPDATE))
    assert chart_words.data_lines(now)[0] == ("no data: a surface",)
    assert chart_words.test_lines(now)[0][0] == "no data to test on"
    assert chart_words.apply_lines(now)[0][0] == "nothing to predict"
    assert chart_words.batch_text(now, "x") == ("u, v",)
    assert formula_lines(Phase.LOSS, now) == (f"L = f(u, v) = {format_number(24.2, fixed=True)}",)
    assert formula_lines(Phase.BACKWARD, now)[1] == "∂L/∂v = 200·(v − u²) = −88.0000"
    for phase in (Phase.DATA, Phase.FORWARD, Phase.LOSS, Phase.UPDATE, Phase.TEST, Phase.APPLY):
        meaning, _, _ = explained(phase, ROSENBROCK)
        assert meaning != explained(phase, Experiment())[0]
    assert explained(Phase.BACKWARD, ROSENBROCK) == explained(Phase.BACKWARD, Experiment())


@pytest.mark.parametrize("phase", [Phase.DATA, Phase.FORWARD, Phase.LOSS])
def test_the_lines_that_explain_a_phase_are_the_scripts(phase: Phase) -> None:
    from guitrain.core.code import script

    made = script(ROSENBROCK)
    code = explained(phase, ROSENBROCK)[1]
    shown = (phase, Phase.INIT) if phase is Phase.DATA else (phase,)  # they share a box
    assert any(code in made.lines[at] for one in shown for at in made.lit[one])
