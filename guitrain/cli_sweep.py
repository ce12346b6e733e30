"""``guitrain sweep``: many learning rates, and some values of a second setting, in one go."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guitrain.cli_options import (
    Refusal,
    add_experiment_options,
    help_text,
    option,
    read_experiment,
    read_folder,
)
from guitrain.cli_output import ProgressBar, at_right, places, strict_json
from guitrain.core import settings
from guitrain.core.engine import Engine
from guitrain.core.experiment import REGISTRIES, Experiment
from guitrain.core.params import Param
from guitrain.core.stopping import Rule
from guitrain.core.sweep import (
    COUNT,
    FROM,
    TO,
    SweepPlan,
    SweepView,
    parts_of,
    second_settings,
    spread,
    usual_range,
)
from guitrain.numbers import format_number, parse_number
from guitrain.sentences import label_of, translate
from guitrain.setting_words import value_words
from guitrain.sweep_words import lane_name, limit_name, parse_values, value_name

_JOBS = Param("jobs", "int", "Jobs", "", default=1, minimum=1, maximum=256)
_SLICE = 0.1  # seconds of training between two looks at the clock, the terminal and Ctrl-C


@dataclass(frozen=True)
class SweepRequest:
    """What the command line asks for.

    Attributes:
        plan: what is trained. export: a folder, or None. json: whether one JSON object goes to
            stdout. jobs, cluster: as ``Engine`` has them. dropped: rows of the file left out.
    """

    plan: SweepPlan
    export: Path | None
    json: bool
    jobs: int
    cluster: str
    dropped: int


def add_sweep_options(parser: argparse.ArgumentParser) -> None:
    """Add every option of ``guitrain sweep``."""
    add_experiment_options(parser)
    for action in parser._actions:
        if action.dest == "learning_rate":
            action.metavar = "FROM:TO:COUNT"
            action.help = help_text(
                translate(
                    "Command",
                    "Learning rates from FROM to TO, COUNT of them, evenly spaced by their "
                    "logarithm; or some with commas between them. Without it, a range around the "
                    "rate over which descent diverges. Another number of how to train can be "
                    "swept with it, too: {0}.",
                ).format("--batch-size 5,20,all, --momentum 0,0.5,0.9, --hidden 4/8/8,8")
            )
    add = parser.add_argument_group(translate("Command", "what to show and keep")).add_argument
    text = translate(
        "Command",
        "Write sweep.csv (a row per run), losses.csv (a row per run and epoch), experiment.json, "
        "and the final loss against the learning rate as PNG and SVG into this folder.",
    )
    add("--export", metavar="DIR", help=help_text(text))
    text = translate("Command", "Print one JSON object instead of text.")
    add("--json", action="store_true", help=text)
    add = parser.add_argument_group(translate("Command", "where to train")).add_argument
    text = translate(
        "Command",
        "So many processes beside each other (default 1: here, in one loop). Worth it for many "
        "points or large networks.",
    )
    add("--jobs", metavar="N", help=help_text(text))
    text = translate(
        "Command",
        "The address of a Dask scheduler, whose workers train then. GUITrain must be installed "
        "there, too.",
    )
    add("--cluster", metavar="ADDRESS", help=help_text(text))


def read_sweep(args: argparse.Namespace) -> SweepRequest:
    """What these parsed options ask for. Raises as ``read_request``."""
    typed, args.learning_rate = args.learning_rate, None
    second, values = _take_second(args)
    experiment, dropped = read_experiment(args)
    path = ""
    if second is not None:
        found = {each.name: at for at, each in second_settings(experiment).items()}
        path = found[second.name]
    plan = SweepPlan(experiment, _rates(typed, experiment), path, values)
    jobs = 1 if args.jobs is None else int(_JOBS.check(parse_number(_JOBS, args.jobs)))
    cluster = (args.cluster or "").strip()
    if args.cluster is not None and not cluster:
        raise Refusal(
            translate("Command", "--cluster is empty: give the address of a Dask scheduler.")
        )
    return SweepRequest(plan, read_folder(args), args.json, jobs, cluster, dropped)


def _swept_params() -> Iterator[Param]:
    """Those whose options take several values, whatever model or optimizer is chosen."""
    yield from (settings.BATCH_SIZE, settings.L1, settings.L2)
    for kind, registry in REGISTRIES.items():
        for entry in registry.values() if kind != "data" else ():
            yield from (p for p in entry.params if p.kind in ("float", "int", "layers"))


def _take_second(args: argparse.Namespace) -> tuple[Param | None, tuple[Any, ...]]:
    """The setting that several values were given for, and these; the first is left to be read."""
    found: tuple[Param | None, tuple[Any, ...]] = (None, ())
    seen = set()
    for param in _swept_params():
        text = getattr(args, param.name, None)
        if param.name in seen or not isinstance(text, str):
            continue
        seen.add(param.name)
        parts = parts_of(param, text)
        if len(parts) < 2:
            continue
        if found[0] is not None:
            raise Refusal(
                translate(
                    "Command",
                    "{0} and {1} both have several values: a sweep has one setting besides the "
                    "learning rate. Give one of them a single value.",
                ).format(option(found[0].name), option(param.name))
            )
        found = (param, parse_values(param, text))
        setattr(args, param.name, parts[0])
    return found


def _rates(typed: str | None, experiment: Experiment) -> tuple[float, ...]:
    if typed is None:
        limit = SweepPlan(experiment, (0.1, 0.2)).limits(experiment.make_data())[0]
        return spread(*usual_range(limit), COUNT.default)
    ends = [part.strip() for part in typed.replace("..", ":").replace("：", ":").split(":")]
    if len(ends) in (2, 3):
        low, high = (
            float(parse_number(spec, text)) for spec, text in zip((FROM, TO), ends, strict=False)
        )
        count = COUNT.default
        if len(ends) == 3:
            count = int(COUNT.check(parse_number(COUNT, ends[2])))
        return spread(low, high, count)
    parts = parts_of(settings.LEARNING_RATE, typed)
    if len(ends) > 3 or len(parts) < 2:
        raise Refusal(
            translate(
                "Command",
                "--learning-rate {0} is no range: a sweep takes FROM:TO:COUNT, such as "
                "0.001:1:20, or some learning rates such as 0.01,0.05,0.1.",
            ).format(typed)
        )
    spec = settings.LEARNING_RATE
    return tuple(float(spec.check(parse_number(spec, part))) for part in parts)


# Carrying it out.


def carry_out(request: SweepRequest, interrupted: Sequence[int]) -> SweepView:
    """Train until all is done, or ``interrupted`` has anything in it."""
    plan = request.plan
    bar = ProgressBar(sys.stderr, plan.experiment.stop.epochs)
    for view in _views(request):
        bar.show_part(view.progress, _done(view))
        if interrupted:
            break
    bar.clear()
    return view


def _done(view: SweepView) -> str:
    done = sum(rule is not None for rule in view.rules)
    return translate("Command", "{0} of {1} runs done").format(done, len(view.plan))


def _views(request: SweepRequest) -> Iterator[SweepView]:
    from guitrain.core.sweep_job import SweepJob, train_apart

    if request.jobs == 1 and not request.cluster:
        job = SweepJob(request.plan)
        done = False
        while not done:
            done = job.advance(time.perf_counter() + _SLICE)
            yield job.view()
        return
    with Engine(request.jobs, request.cluster) as engine:
        yield from train_apart(request.plan, engine)


# What is printed.


def sweep_lines(view: SweepView) -> Iterator[str]:
    """A line per lane, the limit, and which is best."""
    plan = view.plan
    second = label_of(plan.path.rpartition(".")[2]) if plan.values else ""
    heads = [label_of("learning_rate"), translate("Command", "Final loss"), label_of("epochs")]
    rows = [(second, *heads, "")]
    for lane in range(len(plan)):
        value, rate = plan.place(lane)
        rows.append(
            (
                value_words(plan.path, plan.values[value]) if plan.values else "",
                format_number(plan.rates[rate]),
                "–" if view.diverged[lane] else format_number(float(view.losses[lane])),
                f"{view.epochs_done[lane]:,}",
                _note(view, lane),
            )
        )
    shown = range(0 if plan.values else 1, 4)
    widths = {at: max(places(row[at]) for row in rows) for at in shown}
    for row in rows:
        cells = [at_right(row[at], width) for at, width in widths.items()]
        yield "  ".join([*cells, row[4]]).rstrip()
    yield ""
    for value, limit in enumerate(view.limits):
        if limit is not None:
            text = translate("Command", "Descent diverges over {0}.")
            if name := value_name(plan, value):
                text = translate("Command", "Descent diverges over {0} ({1}).")
            yield text.format(limit_name(plan, value, limit), name)
    if view.best is not None:
        text = translate("Command", "Best: {0}, final loss {1}.")
        loss = format_number(float(view.losses[view.best]))
        yield text.format(lane_name(plan, view.best), loss)


def _note(view: SweepView, lane: int) -> str:
    rule = view.rules[lane]
    if lane == view.best:
        return translate("Command", "best")
    notes = {
        None: translate("Command", "interrupted"),
        Rule.NON_FINITE: translate("Command", "diverged"),
        Rule.TARGET_LOSS: translate("Command", "target loss"),
        Rule.PATIENCE: translate("Command", "no more fall"),
        Rule.VALIDATION: translate("Command", "stopped early"),
    }
    value, rate = view.plan.place(lane)
    limit = view.limits[value]
    if rule is Rule.EPOCHS and limit is not None and view.plan.rates[rate] > limit:
        return translate("Command", "over the limit")
    return notes.get(rule, "")


def sweep_json(view: SweepView) -> str:
    """The sweep as one strict JSON object: null stands for what is unknown or not finite."""
    plan = view.plan
    lanes = []
    for lane, rule in enumerate(view.rules):
        epochs, losses = view.curve(lane)
        value, rate = plan.place(lane)
        lanes.append(
            {
                "learning_rate": plan.rates[rate],
                "value": _plain(plan.values[value]) if plan.values else None,
                "stop": rule.value if rule is not None else "interrupted",
                "epochs": int(view.epochs_done[lane]),
                "final_loss": float(view.losses[lane]),
                "loss": losses.astype(float).tolist(),
                "loss_epochs": epochs.tolist(),
            }
        )
    return strict_json(
        {
            "experiment": plan.experiment.to_json(),
            "setting": plan.path or None,
            "values": [_plain(value) for value in plan.values],
            "limits": list(view.limits),
            "lanes": lanes,
            "best": view.best,
        }
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
