"""The same runs with no window: ``guitrain train``, ``sweep`` and ``apply``.

Exit codes: 0 done (a run that diverged is a result too), 1 trained but not exported, 2 refused
before anything was done, 130 interrupted,
141 nobody reads stdout any more.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from guitrain import own_options
from guitrain.bootstrap import system
from guitrain.bootstrap.requirements import library_problem
from guitrain.cli_apply import add_apply_options, apply_model
from guitrain.cli_options import (
    Parser,
    Refusal,
    Request,
    add_train_options,
    read_request,
    use_any_encoding,
    with_minus_signs,
)
from guitrain.cli_output import (
    EpochLines,
    Outcome,
    ProgressBar,
    as_json,
    initial_line,
    result_lines,
)
from guitrain.cli_sweep import (
    SweepRequest,
    add_sweep_options,
    carry_out,
    read_sweep,
    sweep_json,
    sweep_lines,
)
from guitrain.core.map_view import needs_map, telling_axes
from guitrain.core.problems import ExperimentProblem
from guitrain.export.headless import export_numbers, export_run
from guitrain.export.sweep import export_sweep, export_sweep_numbers
from guitrain.export.tensorboard import Tracked, Weights, folder_name, weights_of
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.languages import LANGUAGES, OPTION, speak_in_terminal, without_option
from guitrain.sentences import (
    features_sentence,
    joined,
    one_class_sentence,
    problem_sentence,
    translate,
    unreachable_target_sentence,
)
from guitrain.stability_words import divergence_sentence

if TYPE_CHECKING:
    from guitrain.core.run import Run
    from guitrain.core.step_view import StepView

SLICE = 0.1  # seconds of training between two looks at the clock, the terminal and Ctrl-C
INTERRUPTED = 130
BROKEN_PIPE = 141  # as a shell reports a program that SIGPIPE ended


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask for, and return the exit code."""
    use_any_encoding()
    try:
        words, language = without_option(sys.argv[1:] if argv is None else argv)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    speak_in_terminal(language)
    parser = Parser(
        prog="guitrain",
        description=translate(
            "Command", "Watch a model learn. Without a command the window opens."
        ),
    )
    for option, text in own_options.HELP.items():  # carried out before we are asked
        parser.add_argument(option, action="store_true", help=translate("Command", text))
    text = translate("Command", "Speak this language: {0}. Otherwise that of the system.")
    known = ", ".join(LANGUAGES)
    parser.add_argument(OPTION, metavar="NAME", help=text.format(known))  # taken off before
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    text = translate("Command", "Train without a window, and print or export the results.")
    train = commands.add_parser("train", help=text, description=text)
    add_train_options(train)
    text = translate(
        "Command", "Train with many learning rates at once, and compare the final losses."
    )
    sweep = commands.add_parser("sweep", help=text, description=text)
    add_sweep_options(sweep)
    text = translate("Command", "Predict for the rows of a CSV file with a saved model.")
    add_apply_options(commands.add_parser("apply", help=text, description=text))
    try:
        args, unknown = parser.parse_known_args(with_minus_signs(words))
        if unknown:
            text = translate("Command", "there is no option {0}")
            chosen = commands.choices.get(args.command, parser)
            chosen.error(text.format(unknown[0]))
    except SystemExit as done:
        return int(done.code or 0)
    if args.command is None:
        parser.print_help()
        return 0
    say = partial(_say, args.command)
    try:
        if args.command == "apply":
            print(apply_model(args.model, args.input, args.output), flush=True)
            return 0
        if args.command == "sweep":
            return _sweep(read_sweep(args), say)
        return _train(read_request(args), say)
    except ExperimentProblem as problem:
        return _refuse(problem_sentence(problem), say)
    except FileProblem as problem:
        sentence = file_sentence(problem)
        if problem.code in ("empty_cell", "not_finite_cell"):
            hint = translate(
                "Command",
                "“--missing drop_rows” leaves out such rows, “--missing fill” fills them.",
            )
            sentence = joined(sentence, hint)
        return _refuse(sentence, say)
    except Refusal as refusal:
        return _refuse(str(refusal), say)
    except BrokenPipeError:
        # Whoever read stdout has gone (“| head”); Python's own flush at exit must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        say(translate("Command", "Interrupted."))
        return INTERRUPTED


Say = Callable[[str], None]


def _refuse(sentence: str, say: Say) -> int:
    say(sentence)
    return 2


def _say(command: str, sentence: str) -> None:
    """A sentence beside the results, which stdout is for."""
    print(f"guitrain {command}: {sentence}", file=sys.stderr, flush=True)


def _sweep(request: SweepRequest, say: Say) -> int:
    import torch

    from guitrain.core.devices import checked

    torch.set_num_threads(1)
    checked(request.plan.experiment.device)
    _say_dropped(request.dropped, say)
    with _interruptions() as interrupted:
        view = carry_out(request, interrupted)
    if request.json:
        print(sweep_json(view), flush=True)
    else:
        for line in sweep_lines(view):
            print(line, flush=True)
    code = 0 if view.complete else INTERRUPTED
    if (folder := request.export) is None:
        return code
    whole = partial(export_sweep, view, folder)
    numbers = partial(export_sweep_numbers, view, folder)
    return _export(whole, numbers, folder, say, to_stderr=request.json) or code


def _say_dropped(count: int, say: Say) -> None:
    if count:
        text = translate("Command", "Rows left out for missing values: {0}.")
        say(text.format(count))


def _train(request: Request, say: Say) -> int:
    import torch

    from guitrain.core.devices import checked
    from guitrain.core.run import Run

    torch.set_num_threads(1)
    checked(request.experiment.device)
    _say_dropped(request.dropped, say)
    outcome = _carry_out(Run(request.experiment), request, say)
    if request.json:
        print(as_json(outcome), flush=True)
    else:
        for line in result_lines(outcome):
            print(line, flush=True)
    code = 0 if outcome.view.stopped else INTERRUPTED
    if (folder := request.export) is None:
        return code
    view, predictions = outcome.view, outcome.predictions
    evaluation, steps = outcome.evaluation, outcome.first_steps
    events = Tracked(folder_name(1, ""), view, evaluation, outcome.weights)
    whole = partial(export_run, view, folder, evaluation, predictions, outcome.map, steps, events)
    numbers = partial(export_numbers, view, folder, predictions, events)
    return _export(whole, numbers, folder, say, to_stderr=request.json) or code


def _carry_out(run: "Run", request: Request, say: Say) -> Outcome:
    """Train until a rule or a person stops the run, printing the table's lines on the way."""
    with _interruptions() as interrupted:
        while not run.learner.ready:
            run.advance()
        first = run.view()
        for note in (
            one_class_sentence,
            features_sentence,
            unreachable_target_sentence,
            divergence_sentence,
        ):
            if sentence := note(request.experiment, first.facts):
                say(sentence)
        epochs = request.experiment.stop.epochs
        lines, bar = EpochLines(epochs), ProgressBar(sys.stderr, epochs)
        shows_text = not request.json
        shows_bar = shows_text or sys.stdout.isatty()
        if shows_text:
            print(initial_line(first), flush=True)
        while run.stopped is None and not interrupted:
            if shows_bar:
                bar.show(run.view())
            run.run_until(time.perf_counter() + SLICE)
            if shows_text:
                _print_between(lines.due(run.view()), bar)
    view = run.view([row[0] for row in request.predict])
    if shows_bar:
        bar.show(view)
    bar.clear()
    if shows_text:
        _print_between(lines.rest(view), bar)
    applied = run.apply(request.predict) if request.predict else ()
    found = None
    if request.export is not None and needs_map(run.experiment):
        from guitrain.core.mapping import Mapper

        rows = [one.inputs for one in applied]
        found = Mapper().look(run, telling_axes(run.learner.data), rows, running=False)
    evaluation = run.test() if run.experiment.surface is None else None
    steps: tuple[StepView, ...] = ()
    weights: Weights = ()
    if request.export is not None:
        from guitrain.core.first_steps import first_steps

        steps = first_steps(run)
        weights = weights_of(run)
    return Outcome(first, view, evaluation, applied, found, steps, weights)


def _print_between(lines: Iterator[str], bar: ProgressBar) -> None:
    for line in lines:
        bar.clear()
        print(line, flush=True)


@contextmanager
def _interruptions() -> Iterator[list[int]]:
    """A list that Ctrl-C adds to, so that no step is cut in two; a second Ctrl-C ends at once."""
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught  # Python gives signals to the main thread alone
        return

    def note(number: int, _frame: object) -> None:
        caught.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield caught
    finally:
        signal.signal(signal.SIGINT, before)


def _export(
    whole: Callable[[], list[str]],
    numbers: Callable[[], list[str]],
    folder: Path,
    say: Say,
    *,
    to_stderr: bool,
) -> int:
    """Write the files, without plots where Qt is missing; 1 and a sentence where they can't be."""
    try:
        try:
            names = whole()
        except ImportError as error:
            say(_no_plots(error))
            names = numbers()
    except FileProblem as problem:
        say(file_sentence(problem))
        return 1
    text = translate("Command", "Exported to {folder}: {names}.")
    sentence = text.format(folder=folder, names=", ".join(names))
    if to_stderr:
        say(sentence)
    else:
        print(f"\n{sentence}", flush=True)
    return 0


def _no_plots(error: ImportError) -> str:
    """Why there are numbers only, and the line to type for plots too."""
    sentence = translate("Command", "There are no plots, only numbers: {reason} Type:\n    {line}")
    missing = system.missing_libraries(system.QT_LIBRARIES)
    if missing:
        return sentence.format(
            reason=library_problem(missing).what, line=system.install_line(missing)
        )
    return sentence.format(
        reason=translate("Command", "Qt cannot be loaded ({0}).").format(error),
        line=f"{sys.executable} -m pip install PySide6-Essentials pyqtgraph",
    )
