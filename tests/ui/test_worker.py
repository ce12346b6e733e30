"""The trainer: commands in, snapshots out, one thread that ends."""

import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from guitrain.core.experiment import Experiment
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.worker import Trainer

ARTICLE = preset("article").experiment
ENDLESS = ARTICLE.changed({"stop.epochs": 10**9})


@pytest.fixture
def trainer(qtbot: QtBot) -> Iterator[Trainer]:
    made = Trainer(ARTICLE)
    yield made
    assert made.close()
    assert not made._thread.isRunning()


def wait(qtbot: QtBot, trainer: Trainer, met: Callable[[Snapshot], bool]) -> Snapshot:
    qtbot.waitUntil(lambda: met(trainer.snapshot), timeout=20_000)
    return trainer.snapshot


def ready(qtbot: QtBot, trainer: Trainer) -> Snapshot:
    trainer.open()
    return wait(qtbot, trainer, lambda s: s.state is State.PAUSED)


def test_a_run_ends_with_the_articles_numbers(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.play()
    view = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert view is not None
    assert [f"{x:.4f}" for x in view.epochs.column("loss")[9::10]] == [
        "1.3883", "0.2775", "0.2533", "0.2485", "0.2445",
        "0.2409", "0.2376", "0.2346", "0.2318", "0.2293",
    ]  # fmt: skip
    assert view.numbers is not None
    assert [f"{n:.3f}" for n in view.numbers] == ["1.917", "1.229"]


def test_points_are_shown_before_torch_is_there(qtbot: QtBot, trainer: Trainer) -> None:
    seen: list[Snapshot] = []
    trainer.announced.connect(lambda: seen.append(trainer.snapshot))
    original = trainer._worker._warm_up
    # Held until the GUI thread has looked: torch takes seconds on a first start.

    def slowly() -> None:
        time.sleep(0.2)
        original()

    trainer._worker._warm_up = slowly  # type: ignore[method-assign]
    ready(qtbot, trainer)
    first = seen[0]
    assert first.view is None
    assert first.data is not None
    assert len(first.data.train) == 100
    assert first.facts is not None


def test_pause_and_go_on_gives_the_same_bits(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.set_pace(200)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step > 5)
    trainer.pause()
    paused = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    qtbot.wait(50)
    assert trainer.snapshot is paused
    trainer.set_pace(MAX_PACE)
    trainer.play()
    view = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    trainer.start(ARTICLE)
    trainer.play()
    other = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert view is not None
    assert other is not None
    assert view.run_id != other.run_id
    assert view.steps.column("loss").tobytes() == other.steps.column("loss").tobytes()


def test_pace_is_kept(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.set_pace(50)
    trainer.play()
    start = time.perf_counter()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.epoch >= 40)
    # 40 epochs at 50 a second take 0.8 s; a loaded machine is slower, never faster.
    assert time.perf_counter() - start > 0.7


@pytest.mark.parametrize(("unit", "steps"), [("phase", 0), ("batch", 1), ("epoch", 4)])
def test_next_goes_one_further(qtbot: QtBot, trainer: Trainer, unit: str, steps: int) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"batch_size": 30}))
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    before = trainer.snapshot
    trainer.next(unit)
    after = wait(qtbot, trainer, lambda s: s is not before)
    assert after.view is not None
    assert after.view.step == steps
    assert after.state is State.PAUSED


def test_a_new_run_never_shows_the_old_one(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.start(ENDLESS)
    trainer.set_pace(MAX_PACE)
    trainer.play()
    for seed in range(30):
        qtbot.wait(7)
        experiment = ENDLESS.changed({"seeds.data": seed})
        trainer.start(experiment, keep_running=True)
        for _ in range(3):
            snapshot = trainer.snapshot
            assert snapshot.experiment == experiment
            assert snapshot.view is None or snapshot.view.experiment == experiment
            qtbot.wait(1)
    trainer.pause()


def test_undo_brings_the_old_run_back_and_redo_the_new(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.play()
    old = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    trainer.start(ARTICLE.changed({"data.noise": 2.0}))
    new = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    assert new.can_undo
    trainer.undo()
    back = wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    assert old is not None
    assert back.view is not None
    assert back.view.run_id == old.run_id
    assert back.view.head == 100
    trainer.redo()
    again = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    assert again.experiment.data["noise"] == 2.0


def test_a_changed_rate_applies_as_it_runs(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.next("epoch")
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step == 1)
    trainer.change({"learning_rate": 0.05})
    trainer.next("epoch")
    view = wait(qtbot, trainer, lambda s: s.view is not None and s.view.step == 2).view
    assert view is not None
    assert view.steps.column("learning_rate").tolist() == [0.01, 0.05]


def test_raising_the_epochs_lets_a_stopped_run_go_on(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    trainer.change({"stop.epochs": 150})
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.play()
    view = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert view is not None
    assert view.head == 150


def test_an_exception_becomes_a_message_and_the_run_is_kept(
    qtbot: QtBot, trainer: Trainer, capsys: pytest.CaptureFixture[str]
) -> None:
    ready(qtbot, trainer)
    trainer.next("epoch")
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.head == 1)
    run = trainer._worker._run
    assert run is not None

    def broken() -> None:
        raise RuntimeError("out of luck")

    run.learner.backward = broken  # type: ignore[method-assign]
    trainer.play()
    failed = wait(qtbot, trainer, lambda s: s.state is State.FAILED)
    assert "out of luck" in failed.error
    assert failed.view is not None
    assert failed.view.head == 1
    trainer.start(ARTICLE)
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.STOPPED)


def test_test_and_apply_follow_the_weights(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    trainer.test()
    trainer.apply((1.5, 3.5, 4.8, 9.0))
    done = wait(qtbot, trainer, lambda s: s.evaluation is not None and bool(s.applied))
    assert [f"{p.predicted:.2f}" for p in done.applied[:3]] == ["4.10", "7.94", "10.43"]
    assert [p.outside for p in done.applied] == [False, False, False, True]
    assert done.evaluation is not None
    assert done.evaluation.test is not None
    assert done.view is not None
    assert len(done.view.test_curve[0]) == 101  # each recorded step, and the final weights


def test_closing_in_mid_run_ends_the_thread(qtbot: QtBot) -> None:
    trainer = Trainer(ENDLESS)
    trainer.open()
    trainer.play()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step > 100)
    assert trainer.close(2000)
    assert not trainer._thread.isRunning()
    trainer.play()  # a late press does no harm
    assert trainer.close()


def test_equal_experiments_start_equal(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.start(Experiment())
    snapshot = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    assert snapshot.view is not None
    assert snapshot.view.numbers is not None


def test_a_burst_of_changes_is_one_for_undo(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.play()
    old = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    for points in range(101, 131):
        trainer.start(ARTICLE.changed({"data.points": points}))
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.undo()
    back = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert old is not None
    assert back is not None
    assert back.run_id == old.run_id


def test_data_that_cannot_be_made_are_a_failure_that_is_seen(
    qtbot: QtBot, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(qtbot, trainer)

    def too_much(self: Experiment) -> None:
        raise MemoryError("no room for the points")

    with monkeypatch.context() as patch:
        patch.setattr(Experiment, "make_data", too_much)
        trainer.start(ENDLESS)
        failed = wait(qtbot, trainer, lambda s: s.state is State.FAILED)
    assert "no room for the points" in failed.error
    assert failed.can_undo
    trainer.undo()
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
