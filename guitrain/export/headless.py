"""Everything of a run into a folder, with no window: for the command line."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guitrain.core.evaluation import Evaluation, Prediction
from guitrain.core.map_view import MapView, needs_map
from guitrain.core.step_view import StepView
from guitrain.export.experiment_json import experiment_json
from guitrain.export.history_csv import history_csv
from guitrain.export.offscreen import drawing_application
from guitrain.export.script import script_text
from guitrain.export.tensorboard import EXTRA, Tracked, write_events
from guitrain.files.atomic import whole_files
from guitrain.files.extras import check_extra
from guitrain.files.problems import FileProblem
from guitrain.snapshot import Snapshot, State

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView
    from guitrain.plots.base import Plot


def export_run(
    view: "RunView",
    folder: Path,
    evaluation: Evaluation | None,
    applied: Sequence[Prediction] = (),
    found: MapView | None = None,
    steps: Sequence[StepView] = (),
    events: Tracked | None = None,
) -> list[str]:
    """Write history.csv, experiment.json, run.py (the run as a script), and the loss and what is
    learnt as PNG and SVG: the fit, of several inputs or classes the map that was ``found``, or of
    a test surface its landscape; and report.html, which tells the first ``steps`` too; and, where
    TensorBoard is installed, ``events`` as a folder for it. Returns their names.

    All of them or none: files of these names in the folder are replaced, others stay. Test points
    and test losses are drawn where ``evaluation`` has them.

    Raises ImportError, before anything is written, where Qt cannot be imported, and FileProblem
    for a folder or disk that cannot take the files.
    """
    # Qt's libraries may be missing from this machine; the numbers can be had all the same.
    from guitrain.export.image import Kind, Picture, Size, discard, render
    from guitrain.export.report_files import make_report
    from guitrain.plots.fit import FitPlot
    from guitrain.plots.landscape import LandscapePlot
    from guitrain.plots.loss import LossPlot
    from guitrain.plots.map import MapPlot

    app = drawing_application()
    loss, name = LossPlot(for_export=True), "fit"
    learnt: FitPlot | MapPlot | LandscapePlot
    if view.experiment.surface is not None:
        learnt, name = LandscapePlot(for_export=True), "landscape"
    elif needs_map(view.experiment):
        learnt, name = MapPlot(for_export=True), "map"
    else:
        learnt = FitPlot(for_export=True)
    try:
        tested = evaluation is not None and evaluation.test is not None
        loss.set_show_test(tested)
        loss.refresh(view)
        if isinstance(learnt, LandscapePlot):
            learnt.refresh(_on_landscape(view))
        else:
            learnt.set_show_test(tested)
            if isinstance(learnt, MapPlot):
                if found is not None:
                    learnt.set_axes(found.axes)
                learnt.refresh(view, found)
            else:
                learnt.refresh(view)
            learnt.set_applied(tuple(applied))
        sizes: tuple[tuple[Kind, Size], ...] = (
            ("png", Size(1600, 1000, 192)),
            ("svg", Size(210, 131)),
        )
        with whole_files(folder) as hidden:
            names = _write_numbers(view, hidden, applied)
            drawn: tuple[tuple[str, Plot], ...] = (("loss", loss), (name, learnt))
            for each, plot in drawn:
                for kind, size in sizes:
                    (hidden / f"{each}.{kind}").write_bytes(render(plot, kind, size))
                    names.append(f"{each}.{kind}")
            moment = Snapshot(
                0,
                State.STOPPED if view.stopped else State.PAUSED,
                view.settings,
                view.data,
                view.facts,
                view,
                evaluation,
                tuple(applied),
                first_steps=tuple(steps),
            )
            pictures: dict[str, Picture] = {name: learnt, "loss": loss}
            *_, files = make_report(moment, pictures, ("html",))
            (hidden / "report.html").write_bytes(files["html"])
            names.append("report.html")
            names += _write_events(events, folder)
    finally:
        for plot in (loss, learnt):
            discard(plot)
    del app
    return names


def _on_landscape(view: "RunView") -> Snapshot:
    """The run on its landscape, as the window would show it."""
    from guitrain.core.landscape import LandscapeJob
    from guitrain.core.landscape_bounds import bounds_for

    experiment, bounds = view.experiment, bounds_for(view)
    assert bounds is not None
    job = LandscapeJob(experiment, view.data, bounds, view.run_id)
    landscape = None
    while not job.done:
        landscape = job.advance(float("inf")) or landscape
    return Snapshot(0, State.STOPPED, experiment, view.data, view.facts, view, landscape=landscape)


def export_numbers(
    view: "RunView",
    folder: Path,
    applied: Sequence[Prediction] = (),
    events: Tracked | None = None,
) -> list[str]:
    """Write history.csv, experiment.json and run.py alone, and the folder for TensorBoard: where Qt
    cannot be had. Raises FileProblem.
    """
    with whole_files(folder) as hidden:
        return _write_numbers(view, hidden, applied) + _write_events(events, folder)


def _write_events(events: Tracked | None, folder: Path) -> list[str]:
    name = "tensorboard"
    try:
        check_extra(EXTRA, folder / name)
    except FileProblem:  # nobody has asked for it by name
        return []
    if events is None:
        return []
    write_events([events], folder / name, replacing=True)
    return [name]


def _write_numbers(view: "RunView", hidden: Path, applied: Sequence[Prediction]) -> list[str]:
    with open(hidden / "history.csv", "wb") as handle:
        handle.writelines(history_csv(view))
    (hidden / "experiment.json").write_bytes(experiment_json(view.settings))
    (hidden / "run.py").write_bytes(script_text(view, applied).encode("utf-8"))
    return ["history.csv", "experiment.json", "run.py"]
