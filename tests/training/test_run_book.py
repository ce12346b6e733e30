"""The table of runs: which is in hand, undo, ghosts, and what is forgotten."""

import pytest

from guitrain import run_book
from guitrain.core.experiment import Choice
from guitrain.core.run import Run
from guitrain.run_book import RunBook, differences
from tests.core.recipes import article, begun, finished


def book_with(*heads: int) -> RunBook:
    """A book of runs that went so far, each put aside for the next."""
    book = RunBook()
    for head in heads:
        run = begun(article({"stop.epochs": 10**6}))
        run.run_until(float("inf"), head)
        book.put_aside(forget=False)
        book.begin(run)
    return book


def numbers(book: RunBook) -> list[int]:
    return [row.number for row in book.rows()]


def current(book: RunBook) -> Run:
    assert book.current is not None
    return book.current.run


def test_differences_are_paths_that_make_the_other_experiment() -> None:
    old = article()
    changes = {
        "learning_rate": 0.1,
        "stop.target_loss": 0.3,
        "seeds.weights": 7,
        "initial": None,
        "optimizer.momentum": 0.5,
        "data.noise": 0.1,
    }
    new = old.changed(changes)
    assert differences(old, new) == changes
    assert old.changed(differences(old, new)) == new
    assert differences(old, old) == {}
    huber = old.changed({"loss": "huber"})
    assert differences(old, huber) == {"loss": huber.loss}
    assert isinstance(differences(old, huber)["loss"], Choice)


def test_rows_are_the_runs_that_have_begun_and_the_one_in_hand() -> None:
    book = book_with(5, 0, 7)
    assert numbers(book) == [1, 2]
    row = book.rows()[1]
    assert (row.current, row.step, row.epoch, row.visible) == (True, 7, 7, False)
    assert row.loss == pytest.approx(float(current(book).steps.publish().column("loss")[-1]))
    assert book.rows()[0].current is False


def test_undo_and_redo_bring_the_runs_back() -> None:
    book = book_with(1, 2, 3)
    assert [e.number for e in book.past] == [1, 2]
    assert book.swap(undo=True)
    assert current(book).head == 2
    assert book.swap(undo=True)
    assert current(book).head == 1
    assert not book.swap(undo=True)
    assert book.swap(undo=False)
    assert current(book).head == 2
    book.put_aside(forget=False)
    book.begin(begun(article()))
    assert not book.swap(undo=False)
    # What was undone stays in the table all the same.
    assert [row.step for row in book.rows()] == [1, 2, 3, 0]


def test_a_burst_leaves_one_run() -> None:
    book = book_with(5, 0)
    book.put_aside(forget=True)
    book.begin(begun(article()))
    assert [e.number for e in book.past] == [1]
    assert numbers(book) == [1, 2]


def test_a_branch_leaves_its_parent_as_a_ghost() -> None:
    book = RunBook()
    run = finished(article())
    book.begin(run)
    run.seek(40)
    branch = run.change({"learning_rate": 0.05})
    book.branch(branch)
    first, second = book.rows()
    assert (first.visible, first.current) == (True, False)
    assert (second.current, second.parent) == (True, (1, 40))
    assert second.changes == {"learning_rate": 0.05}
    assert [ghost.number for ghost in book.ghosts()] == [1]
    assert first.style != second.style


def test_branches_of_branches_of_deleted_branches() -> None:
    book = RunBook()
    run = finished(article())
    book.begin(run)
    for step, rate in ((50, 0.02), (60, 0.03), (70, 0.04)):
        current(book).run_until(float("inf"))
        current(book).seek(step)
        book.branch(current(book).change({"learning_rate": rate}))
    book.delete(2)
    book.delete(2)
    book.delete(1)
    assert numbers(book) == [3, 4]
    assert [row.parent for row in book.rows()] == [(2, 60), (3, 70)]
    assert book.swap(undo=True)
    assert book.current is not None
    assert book.current.number == 3
    assert not book.swap(undo=True)
    book.delete(3)  # in hand: it stays
    assert numbers(book) == [3, 4]
    rates = current(book).run()
    assert rates is not None
    assert current(book).steps.publish().column("learning_rate").tolist() == (
        [0.01] * 50 + [0.02] * 10 + [0.03] * 40
    )


def test_make_current_can_be_undone() -> None:
    book = book_with(1, 2)
    assert book.make_current(1)
    assert not book.make_current(1)
    assert not book.make_current(99)
    assert current(book).head == 1
    assert book.swap(undo=True)
    assert current(book).head == 2


def test_names_and_visibility() -> None:
    book = book_with(1, 2)
    book.rename(1, "slow")
    book.show(1, True)
    book.rename(99, "nobody")
    book.show(99, True)
    assert book.rows()[0].name == "slow"
    (ghost,) = book.ghosts()
    assert (ghost.name, ghost.view.head) == ("slow", 1)
    assert book.ghosts()[0].view is ghost.view  # drawn once while it rests
    book.show(1, False)
    assert book.ghosts() == ()


def test_a_race_is_over_when_another_run_comes_into_hand() -> None:
    book = book_with(3)
    runs = [begun(article({"learning_rate": rate})) for rate in (0.01, 0.02, 0.05)]
    book.put_aside(forget=False)
    book.race(runs)
    assert [entry.run for entry in book.racers] == runs
    assert [row.racing for row in book.rows()] == [False, True, True, True]
    assert [row.changes.get("learning_rate") for row in book.rows()[1:]] == [None, 0.02, 0.05]
    assert [ghost.number for ghost in book.ghosts()] == [3, 4]
    book.put_aside(forget=False)
    book.begin(begun(article()))
    assert book.racers == []
    assert not any(row.racing for row in book.rows())
    book.swap(undo=True)
    assert len(book.racers) == 3


def test_the_oldest_go_over_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_book, "MOST_RUNS", 3)
    book = book_with(*range(1, 8))
    assert numbers(book) == [4, 5, 6, 7]
    assert [e.number for e in book.past] == [4, 5, 6]
    monkeypatch.setattr(run_book, "MOST_BYTES", 1)
    book.put_aside(forget=False)
    book.begin(begun(article()))
    assert numbers(book) == [7, 8]  # undo always has one
