"""A run as a report: what it says, section by section, before it is HTML or PDF. No torch.

The words are those of the window and of the command line.
"""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from guitrain import __version__
from guitrain.core.data import Data
from guitrain.core.evaluation import ClassMetrics, Evaluation, Scores
from guitrain.core.experiment import Experiment
from guitrain.core.landscape_bounds import true_parameters
from guitrain.core.penalties import penalties_of
from guitrain.core.phases import Phase
from guitrain.core.run_view import RunView
from guitrain.gap_words import gap_sentence
from guitrain.numbers import format_number
from guitrain.outcome_words import (
    answer_words,
    class_name,
    percent,
    row_words,
    score_rows,
    unknown_words,
)
from guitrain.plots import surface_words
from guitrain.plots.axis_words import axis_labels
from guitrain.plots.flow_words import amount, box_title
from guitrain.plots.ghosts import ghost_name
from guitrain.plots.run_words import loss_text, origin_text
from guitrain.plots.step_words import Kind, Line, step_lines
from guitrain.sentences import language_in_use, listed, stop_sentence, translate
from guitrain.setting_words import event_words, setting_rows
from guitrain.setting_words import row_words as changed_words
from guitrain.snapshot import Snapshot

LINES = 10  # of the loss by epoch
MOST_ROWS = 100  # of a table; of more the first are told, and how many there are
MOST_CHARACTERS = 600  # of a cell
MOST_LINES = 60  # of one step
_MOST_CLASSES = 12  # of a confusion matrix
_PACKAGES = ("torch", "numpy", "PySide6-Essentials")


@dataclass(frozen=True)
class Paragraph:
    """Text; ``small`` beside what matters."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts. The first ``texts`` columns are words, the others numbers.

    ``heads`` are () where the columns need none.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1


@dataclass(frozen=True)
class Formulas:
    """Lines of a phase under its name; each with whether it is of gradients, or only a note."""

    title: str
    lines: tuple[tuple[str, Kind], ...]


@dataclass(frozen=True)
class Heading:
    """Of a part of a section."""

    text: str


@dataclass(frozen=True)
class Figure:
    """A picture by its name, with its caption, and what it is for those who do not see it."""

    name: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Blank:
    """Where the student writes."""

    label: str
    lines: int


Block = Paragraph | Table | Formulas | Heading | Figure | Blank


@dataclass(frozen=True)
class Section:
    """Blocks under a heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """All that a report says, but for the pixels of its figures.

    ``language`` is the code of the language that it is in; ``author`` may be "".
    """

    title: str
    author: str
    made: str
    language: str
    sections: tuple[Section, ...]


def report_of(
    snapshot: Snapshot, figures: Sequence[Figure] = (), title: str = "", author: str = ""
) -> Report:
    """The report of the run in hand of a moment, which there must be."""
    view = snapshot.view
    assert view is not None
    now = datetime.now().astimezone()
    sections = (
        Section(translate("Report", "What came of it"), tuple(_outcome(snapshot, view))),
        Section(translate("Report", "The experiment"), tuple(_experiment(view))),
        Section(translate("Report", "Plots"), tuple(figures)),
        Section(translate("Report", "Results in numbers"), tuple(_results(snapshot, view))),
        Section(translate("Report", "The first steps in numbers"), tuple(_steps(snapshot, view))),
        Section(translate("Report", "Changed while it ran"), tuple(_events(view))),
        Section(translate("Report", "All runs"), tuple(_runs(snapshot))),
        Section(
            translate("Report", "Notes"),
            (Blank(translate("Report", "What do you see, and why is it so?"), 20),),
        ),
        Section(translate("Report", "Made with"), (_versions(now),)),
    )
    return Report(
        title.strip() or default_title(),
        author.strip(),
        f"{now:%Y-%m-%d %H:%M}",
        language_in_use().replace("_", "-"),
        tuple(section for section in sections if section.blocks),
    )


def default_title() -> str:
    """What a report is called that was given no title."""
    return translate("Report", "Report of a training run")


# What came of it, and what it was.


def _outcome(snapshot: Snapshot, view: RunView) -> Iterator[Block]:
    if view.stopped is not None:
        yield Paragraph(stop_sentence(view))
    else:
        text = translate("Report", "The run has not stopped: {epoch} of {epochs} epochs are done.")
        yield Paragraph(
            text.format(epoch=f"{view.epoch:,}", epochs=f"{view.settings.stop.epochs:,}")
        )
    if view.step < view.head:
        text = translate(
            "Report",
            "This is how it was at step {0}; it was trained up to step {1}.",
        )
        yield Paragraph(text.format(f"{view.step:,}", f"{view.head:,}"))
    if snapshot.error:
        text = translate("Report", "Training stopped on an error: {0}")
        yield Paragraph(text.format(_cut(snapshot.error)))
    if gap := gap_sentence(view):
        yield Paragraph(gap)


def _experiment(view: RunView) -> Iterator[Block]:
    experiment, form = view.experiment, view.experiment.form
    yield _table((), setting_rows(experiment), texts=2)
    surface = experiment.surface is not None
    if not surface:
        yield Heading(translate("Report", "Data"))
        yield _table((), _data_rows(view.data), texts=2)
    yield Heading(translate("Report", "Formulas"))
    optimizer, values = experiment.optimizer_entry, experiment.optimizer.values
    lines = [*(form.layers or [form.formula])]
    lines += [] if surface else [experiment.loss_entry.formula]
    lines += [each.replace("{p}", "p") for each in optimizer.formulas(values)]
    yield Formulas("", tuple((_cut(line), Kind.VALUE) for line in dict.fromkeys(lines)))
    text = translate("Report", "p stands for each of the {0} weights.")
    yield Paragraph(text.format(format_number(form.count)), small=True)


def _data_rows(data: Data) -> list[tuple[str, ...]]:
    inputs, target = axis_labels(data)
    rows: list[tuple[str, ...]] = [
        (translate("Report", "Training points"), f"{len(data.train):,}"),
        (translate("Report", "Validation points"), f"{len(data.validation):,}"),
        (translate("Report", "Test points"), f"{len(data.test):,}"),
        (translate("Report", "Inputs"), inputs),
        (translate("Report", "Target"), target),
    ]
    if data.classes:
        names = [class_name(data, number) for number in range(len(data.classes))]
        rows.append((translate("Report", "Classes"), listed(names)))
    return rows


# Numbers.


def _results(snapshot: Snapshot, view: RunView) -> Iterator[Block]:
    if rows := list(_loss_rows(view)):
        heads = [translate("Report", "Epoch"), translate("Report", "Loss")]
        if view.watch is not None:
            heads.append(translate("Report", "Validation loss"))
        yield Heading(translate("Report", "Loss by epoch"))
        yield _table(tuple(heads), rows)
    if view.final_loss is not None:
        text = translate("Report", "Final loss, on all the training points: {0}.")
        if view.experiment.surface is not None:
            text = translate("Report", "Final loss, the height of the surface: {0}.")
        yield Paragraph(text.format(amount(view.final_loss)))
    if view.best is not None:
        text = translate("Command", "Lowest validation loss: {loss}, epoch {epoch}.")
        yield Paragraph(
            text.format(loss=amount(view.best.loss), epoch=f"{view.number_of(view.best):,}")
        )
    if view.numbers is not None:
        yield Heading(translate("Report", "Parameters"))
        yield _parameters(view)
    if snapshot.evaluation is not None:
        yield Heading(translate("Report", "Scores"))
        yield from _scores(snapshot.evaluation, view)
    if snapshot.applied:
        yield Heading(translate("Report", "Applied to new inputs"))
        yield from _applied(snapshot, view.data)


def _loss_rows(view: RunView) -> Iterator[tuple[str, ...]]:
    done = view.epoch
    every = max(done // LINES, 1)
    epochs = sorted({1, *range(every, done + 1, every), done}) if done else []
    for epoch in epochs:
        loss = view.epochs.value("loss", epoch - 1)
        if loss is None:  # thinned meanwhile
            continue
        row = [f"{epoch:,}", amount(loss)]
        if view.watch is not None:
            validation = view.epochs.value("validation", epoch - 1)
            row.append("–" if validation is None else amount(validation))
        yield tuple(row)


def _parameters(view: RunView) -> Table:
    """What they were, have become, and could be, in the data's own units."""
    form, best = view.experiment.form, view.facts.least_squares
    columns = [
        (translate("Report", "initial"), view.initial),
        (translate("Report", "trained"), view.numbers),
        (translate("Report", "least squares"), best.numbers if best is not None else None),
        (translate("Report", "true"), true_parameters(view.data) if form.straight else None),
    ]
    known = [(head, numbers) for head, numbers in columns if numbers is not None]
    rows = [
        (name, *(amount(numbers[at]) for _, numbers in known)) for at, name in enumerate(form.names)
    ]
    return _table(("", *(head for head, _ in known)), rows)


def _scores(evaluation: Evaluation, view: RunView) -> Iterator[Block]:
    found: tuple[tuple[str, Scores | None], ...] = (
        (translate("Command", "train"), evaluation.train),
        (translate("Command", "validation"), evaluation.validation),
        (translate("Command", "test"), evaluation.test),
        (translate("Command", "best train"), evaluation.best_train),
        (translate("Command", "best test"), evaluation.best_test),
    )
    columns = [(head, score_rows(scores)) for head, scores in found if scores is not None]
    rows = []
    for at, (label, _, share) in enumerate(score_rows(evaluation.train)):
        values = [each[at][1] for _, each in columns]
        told = percent if share else amount
        rows.append((label, *("–" if value is None else told(value) for value in values)))
    yield _table(("", *(head for head, _ in columns)), rows)
    if evaluation.best_train is not None:
        yield Paragraph(
            translate(
                "Report",
                "Best: the least-squares fit of the training points, for comparison.",
            ),
            small=True,
        )
    if penalties_of(view.experiment):
        text = translate("Command", "Penalties are part of the loss, but not of these numbers.")
        yield Paragraph(text, small=True)
    yield from _confusion(evaluation, view.data)


def _confusion(evaluation: Evaluation, data: Data) -> Iterator[Block]:
    scores = evaluation.test or evaluation.train
    if not isinstance(scores, ClassMetrics) or len(scores.confusion) > _MOST_CLASSES:
        return
    text = translate("Command", "Confusion on the test points (a row per true class):")
    if evaluation.test is None:
        text = translate("Command", "Confusion on the training points (a row per true class):")
    yield Heading(text.rstrip(":："))
    names = [class_name(data, number) for number in range(len(scores.confusion))]
    rows = [
        (name, *(f"{count:,}" for count in row))
        for name, row in zip(names, scores.confusion, strict=True)
    ]
    yield _table(("", *names), rows)


def _applied(snapshot: Snapshot, data: Data) -> Iterator[Block]:
    heads: tuple[str, ...] = (translate("Results", "inputs"), translate("Results", "answer"))
    known = any(one.true is not None for one in snapshot.applied)
    if known:
        heads += (translate("Results", "true y"), "ŷ − y")
    rows = []
    for one in snapshot.applied:
        row = [("⚠ " if one.outside else "") + row_words(one.inputs, data), answer_words(one, data)]
        if known:
            row += ["–" if v is None else amount(v, 2) for v in (one.true, one.difference)]
        rows.append(tuple(row))
    yield _table(heads, rows)
    if any(one.outside for one in snapshot.applied):
        text = translate("Results", "This x lies outside the training points.")
        yield Paragraph(f"⚠ {text}", small=True)
    if unknown := unknown_words(snapshot.applied, data):
        yield Paragraph(unknown, small=True)


# How it went.


def _steps(snapshot: Snapshot, view: RunView) -> Iterator[Block]:
    for step in snapshot.first_steps or ():
        yield Heading(translate("Report", "Step {0}").format(f"{step.step + 1:,}"))
        settings = settings_at(view, step.step)
        lines = step_lines(step, settings)[:MOST_LINES]
        for phase in dict.fromkeys(line.phase for line in lines):
            told = _of_phase(lines, phase)
            if not step.step:  # what it means is told once
                told = ((surface_words.explained(phase, settings)[0], Kind.NOTE), *told)
            yield Formulas(box_title(phase), told)


def _of_phase(lines: Sequence[Line], phase: Phase) -> tuple[tuple[str, Kind], ...]:
    return tuple((_cut(line.text), line.kind) for line in lines if line.phase is phase)


def settings_at(view: RunView, step: int) -> Experiment:
    """The settings in force at a step (from 0)."""
    settings = view.experiment
    for event in view.events:
        if event.step <= step:
            settings = settings.changed(event.changes)
    return settings


def _events(view: RunView) -> Iterator[Block]:
    if not view.events:
        return
    rows, before = [], view.experiment
    for event in view.events:
        rows.append((f"{event.step + 1:,}", event_words(event, view, before)))
        before = before.changed(event.changes)
    yield _table((translate("Report", "From step"), translate("Report", "Changed")), rows, texts=2)


def _runs(snapshot: Snapshot) -> Iterator[Block]:
    if len(snapshot.runs) < 2:
        return
    names = {row.number: row.name for row in snapshot.runs}
    rows = []
    for row in snapshot.runs:
        name = ghost_name(row.number, row.name)
        if row.current:
            name = translate("Report", "{0} (this one)").format(name)
        told = (changed_words(row) or "–", origin_text(row, names) or "–")
        rows.append((name, *told, f"{row.epoch:,}", loss_text(row)))
    heads = (
        translate("RunsModel", "Run"),
        translate("RunsModel", "Changed"),
        translate("RunsModel", "From"),
        translate("RunsModel", "Epochs"),
        translate("RunsModel", "Loss"),
    )
    yield _table(heads, rows, texts=3)


def _versions(now: datetime) -> Table:
    rows = [("GUITrain", __version__)]
    for name in _PACKAGES:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:  # in a build that leaves out what packages say of themselves
            rows.append((name, "–"))
    rows.append(("Python", platform.python_version()))
    rows.append((translate("Report", "System"), platform.platform(terse=True)))
    rows.append((translate("Report", "Date"), f"{now:%Y-%m-%d %H:%M %z}"))
    return _table((), rows, texts=2)


# Bounds.


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + " …"


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, texts: int = 1) -> Table:
    """A table of bounded size."""
    told = [tuple(_cut(cell) for cell in row) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        text = translate("Report", "… and {0} more").format(f"{len(rows) - MOST_ROWS:,}")
        told.append((text, *("" for _ in rows[0][1:])))
    return Table(tuple(map(_cut, heads)), tuple(told), texts)
