"""The same runs with no window: ``guitrain train``."""

import argparse
import json
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guitrain.cli_output import as_json, print_metrics, print_predictions, print_table
from guitrain.core import settings
from guitrain.core.datasets import DATASETS
from guitrain.core.experiment import REGISTRIES, Choice, Experiment
from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import Table
from guitrain.files.csv_file import default_columns, read_csv
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.numbers import parse_number
from guitrain.presets import PRESETS, preset
from guitrain.sentences import (
    problem_sentence,
    translate,
    unreachable_target_sentence,
)

if TYPE_CHECKING:
    from guitrain.core.evaluation import Evaluation, Prediction
    from guitrain.core.run import Run, RunView

DEBIAN_LIBRARIES = (
    "apt-get install libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
)
# Options of one number, by the experiment's path.
_NUMBERS = {
    "learning_rate": settings.LEARNING_RATE,
    "test_fraction": settings.TEST_FRACTION,
    "stop.epochs": settings.EPOCHS,
    "stop.target_loss": settings.TARGET_LOSS,
    "stop.patience": settings.PATIENCE,
    "stop.min_improvement": settings.MIN_IMPROVEMENT,
    "seeds.data": settings.DATA_SEED,
    "seeds.weights": settings.WEIGHTS_SEED,
    "seeds.batches": settings.BATCHES_SEED,
}


class _Refused(Exception):  # noqa: N818 (no error of the program's)
    """A wrong argument, in words."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that takes -1e-3 for a number, and says what is wrong in one line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        import re

        # argparse's own pattern knows -1 and -1.5 but not -1e-3.
        self._negative_number_matcher = re.compile(r"^[-−]\d*\.?\d+(?:[eE][-+]?\d+)?$")

    def error(self, message: str) -> Any:
        raise _Refused(message)


def _parser() -> _Parser:
    parser = _Parser(prog="guitrain", description="Without a subcommand, the window opens.")
    commands = parser.add_subparsers(dest="command", metavar="train")
    train = commands.add_parser(
        "train",
        help="run an experiment without a window",
        description="Run an experiment without a window. Without options: the first preset's "
        "line, with initial weights drawn from the seed.",
    )
    add = train.add_argument
    add("--preset", metavar="NAME", help=f"start from a preset: {', '.join(PRESETS)}")
    add("--data", metavar="NAME|FILE.csv", help="a source of data, or a CSV file: line, FILE.csv")
    add("--x", metavar="COLUMN", help="the CSV column to predict from")
    add("--y", metavar="COLUMN", help="the CSV column to learn")
    add(
        "--missing",
        choices=("refuse", "drop_rows"),
        default="refuse",
        help="what to do about missing values in a CSV (default: refuse)",
    )
    for kind in ("model", "loss", "optimizer"):
        add(f"--{kind}", metavar="NAME", help=f"one of: {', '.join(REGISTRIES[kind])}")
    for param in _entry_params():
        add(_flag(param.name), dest=param.name, metavar="N", help=_help(param))
    for param in _NUMBERS.values():
        add(_flag(param.name), dest=param.name, metavar="N", help=_help(param))
    add("--batch-size", metavar="N|all", help=_help(settings.BATCH_SIZE))
    add(
        "--seed",
        metavar="N",
        help="the data, weights and batch-order seeds at once. A weights seed draws the initial "
        "weights, also where a preset sets them by hand",
    )
    add("--init", nargs="+", metavar="N", help="initial weights by hand: W B, in the data's units")
    add(
        "--standardize",
        action=argparse.BooleanOptionalAction,
        help=settings.STANDARDIZE.help.replace("%", "%%"),
    )
    add("--predict", nargs="+", metavar="X", help="predict y for these x when training is done")
    add("--export", metavar="DIR", help="write history, experiment and plots into this folder")
    add("--json", action="store_true", help="print one JSON object instead of text")
    return parser


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _help(param: Param) -> str:
    text = param.help.replace("%", "%%")
    return text if param.default is None else f"{text} (default: {param.default})"


def _entry_params() -> list[Param]:
    """The number settings of all registry entries, each name once."""
    found: dict[str, Param] = {}
    for registry in REGISTRIES.values():
        for entry in registry.values():
            found.update({p.name: p for p in entry.params if p.kind in ("float", "int")})
    return list(found.values())


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, 1 for a failed export, 2 for a wrong argument,
    130 where Ctrl-C ended the training.
    """
    try:
        options = _parser().parse_args(argv)
        if options.command is None:
            _parser().print_help()
            return 0
        experiment, predict = _experiment(options)
    except _Refused as refused:
        return _refuse(str(refused))
    except ExperimentProblem as problem:
        return _refuse(problem_sentence(problem))
    except FileProblem as problem:
        return _refuse(file_sentence(problem))
    return _train(experiment, predict, options)


def _refuse(sentence: str) -> int:
    print(f"guitrain train: {sentence}", file=sys.stderr)
    return 2


def _experiment(options: argparse.Namespace) -> tuple[Experiment, tuple[float, ...]]:
    experiment = Experiment()
    predict: tuple[float, ...] = ()
    if options.preset is not None:
        if options.preset not in PRESETS:
            raise ExperimentProblem(
                "unknown_entry", "preset", value=options.preset, known=", ".join(PRESETS)
            )
        chosen = preset(options.preset)
        experiment, predict = chosen.experiment, chosen.predict
    changes: dict[str, Any] = {}
    if options.data is not None:
        changes["data"] = _data(options)
    elif options.x is not None or options.y is not None:
        raise _Refused("--x and --y name columns of a CSV: give the file with --data FILE.csv.")
    for kind in ("model", "loss", "optimizer"):
        if (name := getattr(options, kind)) is not None:
            changes[kind] = name
    experiment = experiment.changed(_all_points(experiment, changes))
    changes = _number_changes(experiment, options)
    if options.standardize is not None:
        changes["standardize"] = options.standardize
    if options.predict is not None:
        predict = tuple(_number(_X, text) for text in options.predict)
    return experiment.changed(changes), predict


_X = Param("x", "float", "x", "", minimum=-1e30, maximum=1e30)


def _all_points(experiment: Experiment, changes: dict[str, Any]) -> dict[str, Any]:
    """With other data, a batch size of the preset's must not stand in the way."""
    return {**changes, "batch_size": None} if "data" in changes else changes


def _data(options: argparse.Namespace) -> str | Choice:
    name = options.data
    if name in DATASETS and name != "table":
        return str(name)
    if name == "table" or not ("." in name or "/" in name or "\\" in name):
        known = ", ".join([*(n for n in DATASETS if n != "table"), "FILE.csv"])
        raise ExperimentProblem("unknown_entry", "data", value=name, known=known)
    csv = read_csv(Path(name))
    defaults = default_columns(csv)
    x, y = (options.x or defaults[0]), (options.y or defaults[1])
    if x == y and options.x is None:
        x = defaults[0] if defaults[0] != y else defaults[1]
    elif x == y and options.y is None:
        y = defaults[1] if defaults[1] != x else defaults[0]
    if x == y:
        raise _Refused(f"x and y are both the column “{x}”: choose another for one of them.")
    columns, dropped = csv.columns((x, y), missing=options.missing)
    if dropped:
        print(f"{dropped:,} rows with missing values are left out.", file=sys.stderr)
    return Choice("table", {"table": Table(dict(zip((x, y), columns, strict=True)),
                                           source=csv.path.name), "x": x, "y": y})  # fmt: skip


def _number(param: Param, text: str) -> Any:
    return param.check(parse_number(param, text))


def _number_changes(experiment: Experiment, options: argparse.Namespace) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if options.seed is not None:
        for path in ("seeds.data", "seeds.weights", "seeds.batches"):
            changes[path] = _number(_NUMBERS[path], options.seed)
    for path, param in _NUMBERS.items():
        if (text := getattr(options, param.name)) is not None:
            changes[path] = _number(param, text)
    if "seeds.weights" in changes:
        changes["initial"] = None
    if options.init is not None:
        changes["initial"] = tuple(_number(settings.INITIAL_WEIGHT, text) for text in options.init)
    if (text := options.batch_size) is not None:
        changes["batch_size"] = None if text == "all" else _number(settings.BATCH_SIZE, text)
    for kind in REGISTRIES:
        choice: Choice = getattr(experiment, kind)
        for param in REGISTRIES[kind][choice.name].params:
            if (text := getattr(options, param.name, None)) is not None and param.kind in (
                "float",
                "int",
            ):
                changes[f"{kind}.{param.name}"] = _number(param, text)
    _refuse_unused(changes, options)
    return changes


def _refuse_unused(changes: dict[str, Any], options: argparse.Namespace) -> None:
    used = {path.partition(".")[2] for path in changes}
    for param in _entry_params():
        if getattr(options, param.name) is not None and param.name not in used:
            raise _Refused(
                f"{_flag(param.name)} is not a setting of the data, model, loss or optimizer "
                "chosen: leave it out."
            )


class _Progress:
    """A bar on a terminal; nothing where the output goes into a pipe or a file."""

    def __init__(self, epochs: int, on: bool) -> None:
        self._epochs, self._on = epochs, on
        self._start = time.perf_counter()

    def show(self, epoch: int, loss: float) -> None:
        if not self._on:
            return
        elapsed = max(time.perf_counter() - self._start, 1e-9)
        rate = epoch / elapsed
        filled = 24 * epoch // self._epochs
        left = (self._epochs - epoch) / rate if rate else math.inf
        eta = f"{left:,.0f} s left" if left < 360_000 else "a long time left"
        bar = "█" * filled + "░" * (24 - filled)
        text = f"\r{bar} epoch {epoch:,}/{self._epochs:,} loss {loss:.4g} {rate:,.0f}/s {eta}"
        sys.stderr.write(text[:118].ljust(100))
        sys.stderr.flush()

    def close(self) -> None:
        if self._on:
            sys.stderr.write("\r" + " " * 118 + "\r")
            sys.stderr.flush()


def _train(experiment: Experiment, predict: Sequence[float], options: argparse.Namespace) -> int:
    import torch

    from guitrain.core.phases import Phase
    from guitrain.core.run import Run

    torch.set_num_threads(1)  # small models run many times faster so
    run = Run(experiment)
    while run.advance() is not Phase.INIT:
        pass
    initial = run.view().numbers or ()
    if sentence := unreachable_target_sentence(experiment, run.facts):
        print(f"Note: {sentence}", file=sys.stderr)
    interrupted = _run_to_the_end(run, experiment, not options.json)
    view = run.view()
    evaluation, applied = run.test(), run.apply(predict) if predict else ()
    if options.json:
        obj = as_json(view, initial, evaluation, applied)
        print(json.dumps(obj, ensure_ascii=False, allow_nan=False))
    else:
        print_table(view, initial)
        print_metrics(view, evaluation)
        print_predictions(applied)
    if options.export is not None:
        run.measure_test()
        run.fill_test_curve(time.perf_counter() + 5)
        code = _export(run.view(), Path(options.export), evaluation, applied, options.json)
        if code:
            return code
    return 130 if interrupted else 0


def _run_to_the_end(run: "Run", experiment: Experiment, visible: bool) -> bool:
    """Train until a rule stops the run; True where Ctrl-C did."""
    progress = _Progress(experiment.stop.epochs, visible and sys.stderr.isatty())
    try:
        while run.stopped is None:
            run.run_until(time.perf_counter() + 0.1)
            if run.learner.step:
                progress.show(run.learner.epoch, run.learner.loss_value)
    except KeyboardInterrupt:
        while not run.at_boundary and run.stopped is None:  # finish the step in hand
            run.advance()
        progress.close()
        print("Stopped by Ctrl-C: these are the results so far.", file=sys.stderr)
        return True
    progress.close()
    return False


def _export(
    view: "RunView",
    folder: Path,
    evaluation: "Evaluation",
    applied: Sequence["Prediction"],
    quiet: bool,
) -> int:
    from guitrain.export.headless import export_numbers, export_run

    say = sys.stderr if quiet else sys.stdout
    try:
        try:
            names = export_run(view, folder, evaluation, applied)
        except ImportError as missing:
            names = export_numbers(view, folder)
            print(
                translate(
                    "Export",
                    "No plots: Qt's system libraries are missing ({0}). On Debian or Ubuntu, type "
                    "as root: {1}",
                ).format(missing, DEBIAN_LIBRARIES),
                file=sys.stderr,
            )
    except FileProblem as problem:
        print(f"guitrain train: {file_sentence(problem)}", file=sys.stderr)
        return 1
    print(f"\nExported to {folder}: {', '.join(names)}", file=say)
    return 0
