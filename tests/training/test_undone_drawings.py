"""How much of what was begun and never trained can be brought back."""

from guitrain.core.drawing import choice_of
from guitrain.core.experiment import Experiment
from guitrain.core.run import Run
from guitrain.run_book import MOST_RUNS, MOST_STARTS, RunBook


def drawn(count: int) -> Run:
    points = tuple((float(at), 1.0) for at in range(count))
    return Run(Experiment(data=choice_of(points, Experiment()), test_fraction=0.0))


def test_a_drawing_is_undone_point_by_point_and_trained_runs_outlast_it() -> None:
    book = RunBook()
    trained = Run(Experiment())
    while trained.head < 3:
        trained.advance()
    book.begin(trained)
    for count in range(1, MOST_RUNS + 30):
        book.put_aside(forget=False)
        book.begin(drawn(count))
    for count in range(MOST_RUNS + 28, 0, -1):
        assert book.swap(undo=True)
        assert book.current is not None
        assert book.current.run.experiment.train_count == count
    assert book.swap(undo=True)
    assert book.current is not None
    assert book.current.run is trained


def test_the_oldest_of_very_many_are_forgotten() -> None:
    book = RunBook()
    book.begin(drawn(1))
    for _ in range(MOST_STARTS + 20):
        book.put_aside(forget=False)
        book.begin(drawn(2))
    assert len(book.past) == MOST_STARTS


def test_nothing_in_hand_ends_what_could_be_redone() -> None:
    book = RunBook()
    book.begin(drawn(1))
    book.put_aside(forget=False)
    book.begin(drawn(2))
    assert book.swap(undo=True)
    assert book.future
    book.put_aside(forget=False)
    book.begin_nothing()
    assert not book.future
    assert book.current is None
    assert [row.number for row in book.rows()] == []
    assert book.swap(undo=True)
