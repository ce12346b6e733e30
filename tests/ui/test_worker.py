"""The trainer: commands in, snapshots out, one thread that ends."""

import time
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from guitrain import worker
from guitrain.core.by_hand import ByHand
from guitrain.core.experiment import Experiment
from guitrain.core.landscape_view import Bounds
from guitrain.core.phases import Phase
from guitrain.core.run import Run
from guitrain.core.run_view import RunView, Unit
from guitrain.presets import preset
from guitrain.snapshot import MAX_PACE, Pace, Snapshot, State, Until
from guitrain.steering import Move
from guitrain.trainer import Trainer

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
    trainer.set_pace(Pace(200))
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
    trainer.set_pace(Pace(50))
    trainer.play()
    start = time.perf_counter()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.epoch >= 40)
    # 40 epochs at 50 a second take 0.8 s; a loaded machine is slower, never faster.
    assert time.perf_counter() - start > 0.7


@pytest.mark.parametrize(("unit", "steps"), [(Unit.PHASE, 0), (Unit.BATCH, 1), (Unit.EPOCH, 4)])
def test_next_goes_one_further(qtbot: QtBot, trainer: Trainer, unit: Unit, steps: int) -> None:
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
    trainer.next(Unit.EPOCH)
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step == 1)
    trainer.change({"learning_rate": 0.05})
    trainer.next(Unit.EPOCH)
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
    trainer.next(Unit.EPOCH)
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
    trainer.apply([(1.5,), (3.5,), (4.8,), (9.0,)])
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


# Time travel.


def stopped(qtbot: QtBot, trainer: Trainer) -> RunView:
    """The article's run, at its end."""
    ready(qtbot, trainer)
    trainer.watch(frozenset({"step", "graph"}))
    trainer.play()
    view = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert view is not None
    return view


def at(qtbot: QtBot, trainer: Trainer, step: int, phase: Phase) -> Snapshot:
    return wait(
        qtbot,
        trainer,
        lambda s: s.view is not None and (s.view.step, s.view.phase) == (step, phase),
    )


def test_back_and_on_again(qtbot: QtBot, trainer: Trainer) -> None:
    stopped(qtbot, trainer)
    trainer.back(Unit.PHASE)
    assert at(qtbot, trainer, 100, Phase.LOSS).state is State.PAUSED
    trainer.back(Unit.EPOCH)
    trainer.back(Unit.EPOCH)
    past = at(qtbot, trainer, 99, Phase.UPDATE)
    assert past.view is not None
    assert past.view.head == 100
    assert past.step_view is not None
    assert past.step_view.step == 98
    trainer.next(Unit.BATCH)
    at(qtbot, trainer, 100, Phase.UPDATE)
    trainer.play()
    assert wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view.head == 100  # type: ignore[union-attr]


def test_back_while_running_pauses(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.start(ENDLESS)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step > 100)
    trainer.back(Unit.EPOCH)

    def before_the_head(shown: Snapshot) -> bool:
        # On the way there it is paused already.
        view = shown.view
        return view is not None and view.step == view.head - 1

    wait(qtbot, trainer, lambda s: s.state is State.PAUSED and before_the_head(s))


def test_seek_shows_what_a_fresh_replay_gives(qtbot: QtBot, trainer: Trainer) -> None:
    stopped(qtbot, trainer)
    trainer.seek(57, Phase.BACKWARD)
    shown = at(qtbot, trainer, 57, Phase.BACKWARD)
    assert not shown.gliding
    fresh = Run(ARTICLE)
    while (fresh.learner.step, fresh.phase) != (57, Phase.BACKWARD):
        fresh.advance()
    assert shown.step_view is not None
    assert shown.step_view.gradients == tuple(g.item() for g in fresh.learner.gradients)
    assert shown.view is not None
    assert shown.view.numbers == fresh.learner.numbers
    assert shown.graph is not None
    trainer.seek(10**6)
    assert wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view.step == 100  # type: ignore[union-attr]


def test_gliding_shows_the_nearest_keyframe_and_then_the_place(
    qtbot: QtBot, trainer: Trainer
) -> None:
    stopped(qtbot, trainer)
    for asked in (20, 33, 61, 62):
        trainer.seek(asked, near=True)
    near = wait(qtbot, trainer, lambda s: s.gliding and abs(s.view.step - 62) <= 8)  # type: ignore[union-attr]
    assert near.view is not None
    assert near.state is State.PAUSED
    trainer.seek(62)
    exact = at(qtbot, trainer, 62, Phase.UPDATE)
    assert not exact.gliding
    assert exact.state is State.PAUSED


def test_play_goes_on_when_the_timeline_is_let_go(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.start(ENDLESS)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.step > 300)
    trainer.seek(50, near=True)
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.seek(50)
    wait(qtbot, trainer, lambda s: s.state is State.RUNNING)
    trainer.seek(60, near=True)
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.pause()  # while it is held
    trainer.seek(60)
    at(qtbot, trainer, 60, Phase.UPDATE)
    qtbot.wait(30)
    assert trainer.snapshot.state is State.PAUSED


def test_reset_in_mid_drag_and_what_is_asked_of_the_old_run(qtbot: QtBot, trainer: Trainer) -> None:
    stopped(qtbot, trainer)
    trainer.seek(40, near=True)
    trainer.start(ARTICLE)
    trainer.seek(40)  # the mouse is let go over a run of no steps
    trainer.back(Unit.EPOCH)
    fresh = wait(qtbot, trainer, lambda s: s.view is not None and s.state is State.PAUSED)
    qtbot.wait(20)
    assert trainer.snapshot.view is not None
    assert (trainer.snapshot.view.step, trainer.snapshot.view.head) == (0, 0)
    assert fresh.generation == trainer.snapshot.generation


def test_run_to_an_epoch_pauses_there_and_goes_back_to_an_earlier_one(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.play(Until(epoch=57))
    there = wait(qtbot, trainer, lambda s: s.state is State.PAUSED and s.view.step > 0).view  # type: ignore[union-attr]
    assert there is not None
    assert there.epoch == 57
    trainer.play(Until(epoch=30))
    assert at(qtbot, trainer, 30, Phase.UPDATE).state is State.PAUSED
    trainer.play(Until(loss=0.24))
    view = wait(qtbot, trainer, lambda s: s.state is State.PAUSED and s.view.epoch > 57).view  # type: ignore[union-attr]
    assert view is not None
    assert view.loss is not None
    assert view.loss <= 0.24


def test_a_change_in_the_past_is_a_branch_and_its_parent_a_ghost(
    qtbot: QtBot, trainer: Trainer
) -> None:
    old = stopped(qtbot, trainer)
    trainer.seek(40)
    at(qtbot, trainer, 40, Phase.UPDATE)
    trainer.change({"learning_rate": 0.05})
    branch = wait(qtbot, trainer, lambda s: s.view is not None and s.view.run_id != old.run_id)
    assert branch.view is not None
    assert (branch.view.step, branch.view.head) == (40, 40)
    assert [row.parent for row in branch.runs] == [None, (1, 40)]
    (ghost,) = branch.ghosts
    assert ghost.view.run_id == old.run_id
    assert (ghost.view.step, ghost.view.stopped) == (100, old.stopped)
    assert ghost.view.numbers == old.numbers
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    trainer.make_current(1)
    back = wait(qtbot, trainer, lambda s: s.view is not None and s.view.run_id == old.run_id)
    assert back.state is State.STOPPED
    trainer.delete_run(2)
    assert len(wait(qtbot, trainer, lambda s: len(s.runs) == 1).runs) == 1
    assert trainer.snapshot.ghosts == ()


def test_a_race_is_run_on_one_clock(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.race([{"learning_rate": rate} for rate in (0.01, 0.05, 0.3)])
    wait(qtbot, trainer, lambda s: len(s.ghosts) == 2)
    trainer.play()
    done = wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    assert [row.epoch for row in done.runs[:2]] == [100, 100]
    assert [row.diverged for row in done.runs] == [False, False, True]
    trainer.seek(10)
    past = at(qtbot, trainer, 10, Phase.UPDATE)
    assert [ghost.view.epoch for ghost in past.ghosts] == [10, 10]
    trainer.rename_run(2, "fast")
    trainer.show_run(3, False)
    named = wait(qtbot, trainer, lambda s: len(s.ghosts) == 1)
    assert named.ghosts[0].name == "fast"


def test_a_diverged_run_is_rescued_by_a_third_of_the_rate(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"learning_rate": 0.2, "stop.epochs": 400}))
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    trainer.play()
    diverged = wait(qtbot, trainer, lambda s: s.state is State.STOPPED)
    assert diverged.view is not None
    assert diverged.rescue is not None
    step, rate = diverged.rescue
    assert rate == 0.067
    assert step == int(diverged.view.steps.column("loss").argmin()) < 3
    trainer.rescue()
    saved = wait(qtbot, trainer, lambda s: s.state is State.PAUSED)
    assert saved.view is not None
    assert (saved.view.step, saved.view.settings.learning_rate) == (step, rate)
    assert saved.rescue is None
    assert [ghost.number for ghost in saved.ghosts] == [1]
    trainer.play()
    end = wait(qtbot, trainer, lambda s: s.state is State.STOPPED).view
    assert end is not None
    assert end.final_loss is not None
    assert end.final_loss < 0.25


def test_a_rescue_is_meant_whatever_the_timeline_was_asked_for_before(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"learning_rate": 0.2}))
    trainer.play()
    diverged = wait(qtbot, trainer, lambda s: s.rescue is not None)
    assert diverged.rescue is not None
    trainer.seek(20, near=True)
    trainer.rescue()  # pressed before the window has shown the other place
    saved = wait(qtbot, trainer, lambda s: len(s.runs) == 2)
    assert saved.runs[1].parent == (1, diverged.rescue[0])


def test_nothing_is_worked_out_that_nobody_looks_at(qtbot: QtBot, trainer: Trainer) -> None:
    ready(qtbot, trainer)
    trainer.next(Unit.EPOCH)
    plain = wait(qtbot, trainer, lambda s: s.view is not None and s.view.step == 1)
    assert (plain.step_view, plain.graph, plain.point, plain.landscape) == (None,) * 4
    trainer.watch(frozenset({"step"}))
    assert wait(qtbot, trainer, lambda s: s.step_view is not None).graph is None
    trainer.select(17)
    point = wait(qtbot, trainer, lambda s: s.point is not None).point
    assert point is not None
    assert point.row == 17
    trainer.select(10**6)
    wait(qtbot, trainer, lambda s: s.point is None)


def test_memory_of_the_optimizer_is_made_up_for_when_it_is_first_looked_at(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"optimizer.momentum": 0.9}))
    trainer.play(Until(epoch=20))
    wait(qtbot, trainer, lambda s: s.state is State.PAUSED and s.view.step == 20)  # type: ignore[union-attr]
    trainer.watch(frozenset({"step"}))
    step = wait(qtbot, trainer, lambda s: s.step_view is not None).step_view
    assert step is not None
    (v,) = step.state_before
    assert step.gradients is not None
    assert step.state_after[0] == pytest.approx(
        tuple(0.9 * v[i] + step.gradients[i] for i in range(2)), rel=1e-5
    )


def test_the_landscape_is_there_after_a_while_and_kept_for_equal_data(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    bounds = Bounds(-1.0, 4.0, -1.0, 4.0)
    trainer.want_landscape(bounds)
    seen = wait(qtbot, trainer, lambda s: s.landscape is not None and s.landscape.complete)
    assert seen.landscape is not None
    assert seen.landscape.bounds == bounds
    trainer.start(ARTICLE)  # a reset: the same surface
    again = wait(qtbot, trainer, lambda s: s.view is not None and s.state is State.PAUSED)
    assert again.landscape is not None
    assert again.landscape.loss is seen.landscape.loss
    trainer.start(ARTICLE.changed({"data.noise": 2.0}))
    other = wait(qtbot, trainer, lambda s: s.landscape is not None and s.landscape.complete)
    assert other.landscape is not None
    assert other.landscape.best > 2
    trainer.want_landscape(None)
    trainer.play()
    wait(qtbot, trainer, lambda s: s.state is State.STOPPED)


def test_rivals_that_learn_classes_bring_their_maps_where_one_is_wanted(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"data": "moons", "stop.epochs": 40}))
    wait(qtbot, trainer, lambda s: s.view is not None and s.view.experiment.classes == 2)
    trainer.race([{"learning_rate": rate} for rate in (0.01, 0.5)])
    assert wait(qtbot, trainer, lambda s: len(s.ghosts) == 1).ghosts[0].map is None
    trainer.want_map((0, 1), ())
    trainer.play()
    done = wait(
        qtbot,
        trainer,
        lambda s: s.state is State.STOPPED and s.ghosts[0].map is not None,
    )
    (rival,) = done.ghosts
    assert rival.map is not None
    assert done.map is not None
    assert rival.map.step == rival.view.step
    assert rival.view.numbers is not None
    *weights, bias = rival.view.numbers
    across, up = rival.map.x[3], rival.map.y[7]
    wanted = weights[0] * across + weights[1] * up + bias
    assert float(rival.map.outputs[7, 3, 0]) == pytest.approx(wanted, abs=1e-4)
    trainer.want_map(None, ())
    assert wait(qtbot, trainer, lambda s: s.map is None).ghosts[0].map is None


def test_settings_changed_as_it_runs_are_undone_before_runs_are(
    qtbot: QtBot, trainer: Trainer
) -> None:
    ready(qtbot, trainer)
    trainer.start(ARTICLE.changed({"seeds.data": 7}))
    first = wait(qtbot, trainer, lambda s: s.view is not None and s.can_undo)
    trainer.next(Unit.EPOCH)
    trainer.change({"learning_rate": 0.05})
    trainer.change({"learning_rate": 0.04})  # as a slider does: taken back together
    trainer.next(Unit.EPOCH)
    trainer.change({"stop.epochs": 50})
    trainer.set_by_hand(ByHand(0, (0,), 1.25))
    set_ = wait(qtbot, trainer, lambda s: s.view is not None and s.view.numbers[0] == 1.25)  # type: ignore[index]
    assert set_.view is not None
    before = set_.view.steps.value("w", 1)

    def settings(rate: float, epochs: int) -> Snapshot:
        return wait(
            qtbot,
            trainer,
            lambda s: (
                s.view is not None
                and s.view.settings.learning_rate == rate
                and s.view.settings.stop.epochs == epochs
            ),
        )

    trainer.undo()
    back = wait(qtbot, trainer, lambda s: s.view is not None and s.view.numbers[0] != 1.25)  # type: ignore[index]
    assert back.view is not None
    assert back.view.numbers is not None
    assert back.view.numbers[0] != before, "that was before the second update"
    trainer.undo()
    settings(0.04, 100)
    trainer.undo()
    done = settings(0.01, 100)
    assert done.view is not None
    assert (done.view.run_id, done.view.step) == (back.view.run_id, 2)
    assert done.can_redo
    trainer.redo()
    settings(0.04, 100)
    trainer.back(Unit.EPOCH)
    at(qtbot, trainer, 1, Phase.UPDATE)
    trainer.undo()  # of the head, where it was made: no branch
    assert settings(0.01, 100).view.step == 2  # type: ignore[union-attr]
    assert len(trainer.snapshot.runs) == 1
    trainer.change({"learning_rate": 0.02})
    assert not settings(0.02, 100).can_redo
    trainer.undo()
    settings(0.01, 100)
    trainer.undo()
    gone = wait(qtbot, trainer, lambda s: s.view is not None and s.experiment.seeds.data == 42)
    assert gone.view is not None
    assert first.view is not None
    assert gone.view.run_id != first.view.run_id


def test_no_look_between_finds_old_settings_under_the_new_generation(
    qtbot: QtBot, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(qtbot, trainer)
    trainer.change({"learning_rate": 0.05})
    before = wait(qtbot, trainer, lambda s: s.experiment.learning_rate == 0.05)
    seen: list[int] = []
    real = worker.moved

    def spied(run: Run, move: Move) -> Run:
        seen.append(trainer._worker.snapshot.generation)
        return real(run, move)

    monkeypatch.setattr(worker, "moved", spied)
    trainer.undo()
    after = wait(qtbot, trainer, lambda s: s.experiment.learning_rate == 0.01)
    assert seen == [before.generation]
    assert after.generation == before.generation + 1
