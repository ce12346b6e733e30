"""Predict, then reveal: what is asked, when the answer is shown, and what is counted."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Choice, Experiment
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.plots.predict_words import NEXT_LOSS, Answer, Question, unit_shown
from guitrain.plots.theme import DARK, LIGHT, Theme
from guitrain.presets import preset
from guitrain.snapshot import Snapshot, State
from guitrain.ui.numbers_panel import NumbersPanel
from guitrain.ui.style import apply_style
from tests.plots.runs import ARTICLE
from tests.step_views import moment, snapshot_of
from tests.ui.test_controls import assert_described

FOUR = preset("four_points").experiment
# Four points with pencil and paper: w and b after each update, and the loss before it.
W = (1.7, 1.97, 2.012)
B = (0.8, 0.93, 0.953)
LOSS = (21.0, 0.535, 0.01435)


class Student:
    """A panel with "Predict first" on, and the run that it shows."""

    def __init__(self, panel: NumbersPanel, experiment: Experiment = FOUR) -> None:
        self.panel = panel
        self.run = Run(experiment)
        self.advances = 0
        panel.advance_pressed.connect(self._count)
        panel.predict.setChecked(True)

    def _count(self) -> None:
        self.advances += 1

    def next(self, **fields: Any) -> Snapshot:
        """What Next does."""
        assert self.run.advance() is not None
        if not self.run.learner.ready:
            return self.next(**fields)
        snapshot = snapshot_of(self.run, **fields)
        self.panel.refresh(snapshot)
        return snapshot

    def to(self, phase: Phase, step: int | None = None) -> None:
        """Press Next until that phase."""
        while True:
            found = self.next().step_view
            assert found is not None
            if found.phase is phase and step in (None, found.step):
                return

    def skip(self, steps: int) -> None:
        """Train unseen."""
        while self.run.learner.step < steps:
            self.run.advance()

    def back_to(self, step: int, phase: Phase | None) -> None:
        """Go back in time."""
        self.run.seek(step, phase)
        self.panel.refresh(snapshot_of(self.run))

    def type(self, text: str) -> None:
        """Type over what stands in the field."""
        field = self.panel.prediction.field
        field.setFocus()
        field.selectAll()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # as an input method does: QTest has keys for ASCII alone
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            QApplication.sendEvent(field, typed)

    def enter(self, text: str, what: int = 0) -> None:
        """Type a prediction and press Enter."""
        self.choose(what)
        self.type(text)
        QTest.keyClick(self.panel.prediction.field, Qt.Key.Key_Return)

    def choose(self, what: int) -> None:
        combo = self.panel.prediction.what
        combo.setCurrentIndex(combo.findData(what))
        combo.activated.emit(combo.currentIndex())

    @property
    def note(self) -> str:
        return self.panel.prediction.note.text()

    @property
    def tally(self) -> str:
        return self.panel.prediction.tally.text()

    @property
    def asked(self) -> bool:
        return self.panel.prediction.field.isVisible()


@pytest.fixture
def panel(qtbot: QtBot) -> NumbersPanel:
    made = NumbersPanel()
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def student(panel: NumbersPanel) -> Student:
    return Student(panel)


def test_the_switch_says_so(panel: NumbersPanel) -> None:
    seen: list[bool] = []
    panel.predicting_changed.connect(seen.append)
    assert not panel.predicting
    assert not panel.prediction.isVisible()
    QTest.mouseClick(panel.predict, Qt.MouseButton.LeftButton, pos=panel.predict.rect().center())
    assert panel.predicting
    assert panel.prediction.isVisible()
    panel.predict.click()
    assert not panel.predicting
    assert not panel.prediction.isVisible()
    assert seen == [True, False]


def test_asked_at_backward_alone(student: Student) -> None:
    for step in range(2):
        for phase in (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD, Phase.UPDATE):
            student.to(phase, step)
            assert student.asked is (phase is Phase.BACKWARD)
            if phase is Phase.BACKWARD:
                combo = student.panel.prediction.what
                items = [combo.itemText(at) for at in range(combo.count())]
                assert items == ["new w", "new b", "next loss"]
                assert student.note.startswith("Work out the row “6 Update”")
            else:
                assert student.note == "Go on to “5 Backward”: there you predict the update."


def test_right_prediction_goes_on_and_is_revealed_at_update(student: Student) -> None:
    student.to(Phase.BACKWARD)
    assert student.panel.rows.lines[-2].result == "?"
    student.enter("1.7")
    assert student.advances == 1
    assert "✓" not in student.note  # not before UPDATE
    assert student.tally == ""
    student.next()
    assert student.note == "✓ Right: new w is 1.7000, you said 1.7000 (off by 0.0000)"
    assert student.tally == "1 of 1 right in this run"
    assert not student.asked


def test_wrong_prediction_shows_both_and_the_difference(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("1.65", what=0)
    student.next()
    assert student.note == "✗ Not yet: new w is 1.7000, you said 1.6500 (off by −0.0500)"
    student.to(Phase.BACKWARD)
    student.enter("0.93", what=1)
    student.next()
    assert student.note == "✓ Right: new b is 0.9300, you said 0.9300 (off by 0.0000)"
    assert student.tally == "1 of 2 right in this run"
    # The choice is kept for the next question.
    student.to(Phase.BACKWARD)
    assert student.panel.prediction.what.currentData() == 1


def test_next_loss_is_revealed_at_the_next_loss(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("0.535", what=NEXT_LOSS)
    for phase in (Phase.UPDATE, Phase.FORWARD):
        student.to(phase)
        assert "You said 0.535" in student.note
        assert student.tally == ""
    student.next()
    assert student.note == "✓ Right: next loss is 0.5350, you said 0.5350 (off by 0.0000)"
    student.to(Phase.BACKWARD)
    # 0.1·(2.7² + 1.3²) = 0.898: a large step, for which "small" does not hold.
    assert student.note == (
        "The loss is 0.5350 now. A small step lowers it by about η·Σ(∂L/∂p)² = 0.8980."
    )


@pytest.mark.parametrize(
    "typed",
    ["1.8953", "1,8953", " 1.8953 ", "1.8953000001", "1.8954", "1.8952", "１.８９５３", "+1.8953"],
)
def test_the_digits_shown_decide_and_rounding_is_forgiven(panel: NumbersPanel, typed: str) -> None:
    student = Student(panel, ARTICLE)
    student.skip(56)
    student.to(Phase.BACKWARD)
    student.enter(typed)
    student.next()
    assert student.note.startswith("✓ Right")


@pytest.mark.parametrize(
    "typed", ["1.8956", "1.895", "1.9", "−1.8953", "18953", "0", "1e30", "-1e300"]
)
def test_fewer_or_other_digits_are_not_right(panel: NumbersPanel, typed: str) -> None:
    student = Student(panel, ARTICLE)
    student.skip(56)
    student.to(Phase.BACKWARD)
    student.enter(typed)
    student.next()
    assert student.note.startswith("✗ Not yet")
    assert student.tally == "0 of 1 right in this run"


def test_reckoning_with_the_numbers_shown_is_always_right(panel: NumbersPanel) -> None:
    student = Student(panel, ARTICLE.changed({"stop.epochs": 40}))
    for _ in range(40):
        student.to(Phase.BACKWARD)
        line = next(x for x in student.panel.rows.lines if x.text.startswith("w ← w"))
        before, slope = line.parts[1].replace("(", "").replace(")", "").split(" − 0.01·")
        by_hand = float(before.replace("−", "-")) - 0.01 * float(slope.replace("−", "-"))
        student.enter(f"{by_hand:.4f}")
        student.next()
    assert student.tally == "40 of 40 right in this run"


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "Type your number first"),
        ("   ", "Type your number first"),
        ("abc", "“abc” is not a number"),
        ("1.7.0", "is not a number"),
        ("1,000", "thousand or a fraction"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("1e999", "too large"),
        ("9" * 400, "too large"),
        ("=1+1", "is not a number"),
        ("∞", "is not a number"),
    ],
)
def test_nonsense_is_refused_in_words(student: Student, typed: str, part: str) -> None:
    student.to(Phase.BACKWARD)
    student.panel.prediction.field.setMaxLength(1000)
    student.enter(typed)
    assert student.advances == 0
    assert student.note.startswith("⚠ ")
    assert part in student.note
    student.type("1")
    assert not student.note.startswith("⚠")
    student.enter("1.7")
    assert student.advances == 1
    student.next()
    assert student.tally == "1 of 1 right in this run"


def test_a_second_enter_does_not_go_on_by_two(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("1.7")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(student.panel.prediction.field, key)
    assert student.advances == 1


def test_next_pressed_instead_of_enter_counts_too(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.type("1.7")
    student.next()
    assert student.advances == 0
    assert student.note.startswith("✓ Right")
    student.to(Phase.BACKWARD)
    student.next()  # nothing typed: nothing counted
    assert student.tally == "1 of 1 right in this run"
    student.to(Phase.BACKWARD)
    student.type("what")
    student.next()
    assert student.tally == "1 of 1 right in this run"


def test_the_same_step_counts_once(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("9")
    student.next()
    assert student.tally == "0 of 1 right in this run"
    student.back_to(0, Phase.BACKWARD)
    assert student.asked
    assert student.panel.prediction.field.text() == ""
    assert "1.7" not in student.note  # a secret again
    student.enter("1.7")
    student.next()
    assert student.note.startswith("✓ Right")
    assert student.tally == "0 of 1 right in this run"
    student.to(Phase.BACKWARD)
    student.enter("1.97")
    student.next()
    assert student.tally == "1 of 2 right in this run"


def test_gone_back_before_the_update_the_outcome_is_hidden(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("1.7")
    student.next()
    student.back_to(0, Phase.LOSS)
    assert "1.7000" not in student.note
    student.back_to(1, None)
    assert "1.7000" in student.note


def test_an_answer_left_behind_is_revealed_from_the_record(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("1.7")
    student.run.advance()
    student.to(Phase.LOSS, 2)
    assert student.note.startswith("✓ Right: new w is 1.7000")
    student.to(Phase.BACKWARD)
    student.enter("0.01435", what=NEXT_LOSS)
    for _ in range(12):
        student.run.advance()
    student.next()
    assert student.tally == "1 of 2 right in this run"
    student.to(Phase.BACKWARD)
    student.enter("5", what=NEXT_LOSS)
    student.back_to(1, None)
    assert student.tally == "1 of 2 right in this run"  # not known from here


def test_each_run_has_its_own_tally(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.enter("1.7")
    student.next()
    first = student.run
    student.run = Run(FOUR)
    student.to(Phase.INIT)
    assert student.tally == ""
    assert "✓" not in student.note
    student.to(Phase.BACKWARD)
    student.enter("2")
    student.next()
    assert student.tally == "0 of 1 right in this run"
    student.run = first
    student.next()
    assert student.tally == "1 of 1 right in this run"
    assert student.panel.prediction.score(first.id) == (1, 1)
    assert student.panel.prediction.score(-1) == (0, 0)


def test_momentum_and_mini_batches_are_predicted_as_well(panel: NumbersPanel) -> None:
    # β = 0.5: v = −17, then 0.5·(−17) − 2.7 = −11.2, so w = 1.7 + 1.12.
    student = Student(panel, FOUR.changed({"optimizer.momentum": 0.5}))
    student.to(Phase.BACKWARD, 1)
    assert "from its top line down" in student.note
    student.choose(NEXT_LOSS)
    assert student.note.startswith("The loss is 0.5350 now. How far")
    student.enter("2.82")
    student.next()
    assert student.note.startswith("✓ Right: new w is 2.8200")


@pytest.mark.parametrize(
    ("optimizer", "w"),
    [
        # g = −17, so w moves by η, η/√(1 − 0.99), and (1 − 0.1·0.01)·0 + η.
        ("adam", 0.1),
        ("adamw", 0.1),
        ("adagrad", 0.1),
        ("rmsprop", 1.0),
        # −17·(1 + 0.5)
        (Choice("sgd", {"momentum": 0.5, "nesterov": True}), 2.55),
    ],
)
def test_every_optimizer_can_be_predicted(
    panel: NumbersPanel, optimizer: str | Choice, w: float
) -> None:
    student = Student(panel, FOUR.changed({"optimizer": optimizer}))
    student.to(Phase.BACKWARD)
    assert "from its top line down" in student.note
    update = [line for line in panel.rows.lines if line.phase is Phase.UPDATE]
    assert {line.result for line in update} == {"?"}
    student.enter(str(w))
    student.next()
    assert student.note.startswith(f"✓ Right: new w is {w:.4f}")
    assert "?" not in {line.result for line in panel.rows.lines if line.phase is Phase.UPDATE}
    student.to(Phase.BACKWARD)
    student.choose(NEXT_LOSS)
    assert "How far" in student.note


def test_hint_for_the_next_loss_of_mini_batches(panel: NumbersPanel) -> None:
    student = Student(panel, FOUR.changed({"batch_size": 2}))
    student.to(Phase.BACKWARD, 1)
    student.choose(NEXT_LOSS)
    assert "next batch" in student.note


def test_the_last_step_reveals_its_loss_and_says_that_it_is_over(panel: NumbersPanel) -> None:
    student = Student(panel, FOUR.changed({"stop.epochs": 2}))
    student.to(Phase.BACKWARD, 1)
    student.enter("0.01435", what=NEXT_LOSS)
    student.to(Phase.STOP)
    assert student.note.startswith("✓ Right: next loss is 0.0144")
    fresh = NumbersPanel()
    fresh.predict.setChecked(True)
    fresh.prediction.refresh(snapshot_of(student.run))
    assert "stopped" in fresh.prediction.note.text()
    fresh.deleteLater()


def test_a_diverged_weight_is_never_right(panel: NumbersPanel) -> None:
    student = Student(panel, ARTICLE.changed({"learning_rate": 3.0}))
    phase = None
    while student.run.stopped is None:
        found = student.next().step_view
        assert found is not None
        phase = found.phase
        if phase is Phase.BACKWARD and student.asked:
            student.enter("1e38", what=NEXT_LOSS)
    assert student.note.startswith("✗ Not yet: next loss is ")
    assert "∞" in student.note or "NaN" in student.note


def test_focus_comes_to_the_field_and_leaves_it(student: Student) -> None:
    student.panel.rows.setFocus()
    student.to(Phase.BACKWARD)
    assert student.panel.prediction.field.hasFocus()
    student.type("1.7")
    QTest.keyClick(student.panel.prediction.field, Qt.Key.Key_Return)
    student.next()
    assert not isinstance(QApplication.focusWidget(), QLineEdit)
    # Never out of another field, nor while it runs.
    other = QLineEdit(student.panel)
    other.show()
    other.setFocus()
    student.to(Phase.BACKWARD)
    assert other.hasFocus()
    other.clearFocus()
    while student.run.phase is not Phase.STOP:
        student.next()
    student.next(state=State.RUNNING)
    assert not student.panel.prediction.field.hasFocus()
    other.deleteLater()


def test_escape_empties_the_field(student: Student) -> None:
    student.to(Phase.BACKWARD)
    student.type("12")
    QTest.keyClick(student.panel.prediction.field, Qt.Key.Key_Escape)
    assert student.panel.prediction.field.text() == ""


def test_switched_on_in_mid_step_it_asks_at_once(panel: NumbersPanel) -> None:
    panel.refresh(moment(FOUR, 0, Phase.BACKWARD))
    panel.predict.setChecked(True)
    assert panel.prediction.field.isVisible()


def test_nothing_known_yet(panel: NumbersPanel) -> None:
    panel.predict.setChecked(True)
    for snapshot in (
        Snapshot(0, State.LOADING, FOUR),
        moment(FOUR, 0, Phase.INIT),
        replace(moment(FOUR, 0, Phase.BACKWARD), step_view=None),
    ):
        panel.refresh(snapshot)
        assert not panel.prediction.field.isVisible()


@pytest.mark.parametrize(
    ("value", "unit"),
    [(1.8953, 1e-4), (0.0, 1e-4), (0.002, 1e-4), (12345.6, 1e-4), (4.56e-5, 1e-8), (2.5e7, 1e4)],
)
def test_unit_of_the_last_digit_shown(value: float, unit: float) -> None:
    assert unit_shown(value) == pytest.approx(unit)
    assert unit_shown(-value) == pytest.approx(unit)


def test_a_weight_near_nought_is_judged_by_the_digits_of_what_it_was() -> None:
    question = Question(1, 0, 0)
    # 0.0100 − 0.01·0.9951 is 4.9e-5; whoever has four decimals can only say 0.0000 or 0.0001.
    assert Answer(question, "new w", 0.0001, 4.9e-5, 0.01).right
    assert not Answer(question, "new w", 0.0011, 4.9e-5, 0.01).right
    assert not Answer(Question(1, 0, NEXT_LOSS), "next loss", 0.0001, 4.9e-5, 0.0).right
    for odd in (float("nan"), float("inf")):
        assert not Answer(question, "new w", 1.0, odd, 1.0).right


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", [(400, 240), (560, 400)])
def test_it_fits(
    panel: NumbersPanel, qapp: QApplication, qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    def whole(label: QLabel) -> bool:
        return label.isHidden() or label.height() >= label.heightForWidth(label.width())

    def settled() -> bool:
        area = panel.prediction
        return all(whole(label) for label in (area.note, area.prompt, area.tally))

    apply_style(qapp, theme)
    panel.set_theme(theme)
    panel.resize(*size)
    student = Student(panel, ARTICLE)
    for step in range(2):
        for what in (0, NEXT_LOSS):
            student.to(Phase.BACKWARD, 2 * step + (what == NEXT_LOSS))
            student.choose(what)
            area = panel.prediction
            qtbot.waitUntil(settled)
            assert area.field.width() >= 60
            assert area.geometry().right() < panel.width()
            assert area.geometry().bottom() < panel.height()
            assert (panel.width(), panel.height()) == size
            student.enter("−12345.6789")
            student.next()
            qtbot.waitUntil(settled)


def test_every_control_has_a_name_a_meaning_and_a_tooltip(student: Student) -> None:
    student.to(Phase.BACKWARD)
    assert_described(student.panel.prediction)
