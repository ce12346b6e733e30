"""An experiment as the PyTorch script that it is, in the article's shape. No torch here.

The script draws, computes and sums in the order in which the learner does, so its numbers are
those of a run to the last bit; tests compare them. What belongs to one dataset, model, loss or
optimizer comes from its registry entry.
"""

from collections.abc import Sequence

from guitrain.core.code_lines import Lines, Mark, Script
from guitrain.core.code_loop import Loop
from guitrain.core.code_plan import Plan, plan_of
from guitrain.core.code_text import array_lines, rows_lines
from guitrain.core.experiment import Experiment
from guitrain.core.features import PLAIN, feature_lines
from guitrain.core.penalties import penalties_of, penalty_formula
from guitrain.core.phases import Phase
from guitrain.core.run_view import Event
from guitrain.core.settings import CPU
from guitrain.core.validation import validation_lines

_ARTICLE_X = (1.5, 3.5, 4.8)  # what the article predicts for

_TENSOR = "torch.tensor({x}, dtype=torch.float32)"
_LABELS = "torch.tensor({x}, dtype=torch.int64)"
_COLUMN = ".unsqueeze(1)"


def script(
    experiment: Experiment, events: Sequence[Event] = (), predict: Sequence[Sequence[float]] = ()
) -> Script:
    """The script of a run: its experiment, the settings changed in mid-run, and the rows of inputs
    that the trained model is applied to (in the data's own units; where there are none, the
    article's, or of other data than one input and a number the first training points).
    """
    writer = _Writer(plan_of(experiment, events))
    if not predict and experiment.one_to_one:
        predict = [(x,) for x in _ARTICLE_X]
    writer.write(predict)
    return writer.lines.script()


class _Writer:
    """Writes a script section by section, in the article's order."""

    def __init__(self, plan: Plan) -> None:
        self.lines = Lines()
        self._loop = Loop(self.lines, plan)
        self._experiment = first = plan.first
        self._data = first.dataset_entry.code(
            first.data.values, first.test_fraction, first.seeds.data
        )
        self._model = first.model_entry.code(
            first.model.values, first.shape, first.initial, first.standardize
        )
        self._surface = first.surface is not None
        self._seen = "{x}" if first.features == PLAIN else "features({x})"
        self._column = first.inputs == 1 and first.features == PLAIN
        # Of the CPU nothing is said: the script is as short as the article's.
        self._moved = "" if first.device == CPU else ".to(device)"
        self._scaled = f"({self._seen} - mean) / deviation" if first.standardize else self._seen

    def write(self, predict: Sequence[Sequence[float]]) -> None:
        self._imports()
        if self._surface:
            self.lines.heading("1. Data: none")
            self.lines.add("# The loss is the height of a surface over two parameters.", Phase.DATA)
        else:
            self._make_data()
        self._make_model()
        self._settings()
        self.lines.heading("4. Training")
        self._loop.write()
        self._result()
        if self._surface:
            self.lines.heading("6. Plots")
            self.lines.add_all((*_PLOT_LOSS, *_PLOT_END))
            return
        self._test()
        self._apply(predict)
        self._plots()

    @property
    def _back(self) -> str:
        """What brings a tensor to where numpy can read it."""
        return ".cpu()" if self._moved else ""

    def _inputs_of(self, name: str) -> str:
        """The expression for the model's inputs, of x in its own unit."""
        made = _TENSOR.format(x=self._scaled.format(x=name))
        return made + (_COLUMN if self._column else "") + self._moved

    def _labels_of(self, name: str) -> str:
        """The expression for the targets, of y."""
        if self._experiment.loss_entry.labels:
            return _LABELS.format(x=name) + self._moved
        return _TENSOR.format(x=name) + _COLUMN + self._moved

    def _imports(self) -> None:
        names = {*self._data.imports}
        if (weights := self._experiment.weights) is not None and weights.is_packed:
            names |= {"base64", "zlib"}
        if self._experiment.schedule_entry.factor is not None:
            names.add("math")
        if names:
            self.lines.add_all((*(f"import {name}" for name in sorted(names)), ""))
        if not self._surface:
            self.lines.add("import numpy as np")
        self.lines.add_all(("import torch", "import torch.nn as nn", ""))
        self.lines.add("torch.set_num_threads(1)  # sums depend on it in their last bits")
        if self._moved:
            self.lines.add(f'device = torch.device("{self._experiment.device}")')

    def _make_data(self) -> None:
        lines, phase = self.lines, Phase.DATA
        lines.heading("1. Data: inputs and true labels")
        lines.embed(self._data.embedded)
        lines.add_all(self._data.lines, phase)
        experiment = self._experiment
        fraction, seed = experiment.validation_fraction, experiment.seeds.data
        lines.add_all(validation_lines(experiment.untested_count, fraction, seed), phase)
        if experiment.features != PLAIN:
            made = feature_lines(experiment.features, experiment.inputs)
            lines.add_all(("", "", *made, "", ""))
        if experiment.standardize:
            if self._column:
                lines.add("mean, deviation = x.mean(), x.std()", phase)
                lines.add("if deviation <= 1e-12 * np.abs(x).max():", phase)
                lines.add("    deviation = 1.0  # a constant x is only shifted", phase)
            else:
                seen = "x"
                if experiment.features != PLAIN:
                    seen = "seen"
                    lines.add("seen = features(x)", phase)
                lines.add(f"mean, deviation = {seen}.mean(axis=0), {seen}.std(axis=0)", phase)
                lines.add(f"constant = deviation <= 1e-12 * np.abs({seen}).max(axis=0)", phase)
                lines.add("deviation[constant] = 1.0  # a constant x is only shifted", phase)
        lines.add(f"inputs = {self._inputs_of('x')}", phase, Mark.INPUTS)
        lines.add(f"labels = {self._labels_of('y')}", phase, Mark.LABELS)
        if experiment.validation_count:
            lines.add(f"val_inputs = {self._inputs_of('val_x')}", phase)
            lines.add(f"val_labels = {self._labels_of('val_y')}", phase)

    def _make_model(self) -> None:
        lines, model, phase = self.lines, self._model, Phase.INIT
        lines.heading("2. Model and its initial parameters")
        weights = self._experiment.weights
        if self._experiment.initial is None and weights is None and not self._surface:
            lines.add(f"torch.manual_seed({self._experiment.seeds.weights})", phase)
        lines.add_all(model.before, phase)
        lines.add_all(("", *model.head))
        start = len(lines)
        lines.add_all(model.parameters, phase)
        lines.mark(Mark.PARAMETERS, start, len(lines))
        lines.add_all((*model.tail, "", ""))
        lines.add(f"model = {model.name}(){self._moved}", phase)
        if weights is not None:
            laid, embedded = weights.code(unpacks="zlib" in self._data.imports)
            lines.embed(embedded)
            lines.add_all(laid, phase)
        lines.add_all(model.numbers)
        if model.numbers:
            lines.add(f'print(f"Initial parameters: {self._named(".3f")}")')

    def _named(self, form: str) -> str:
        names = self._experiment.form.names
        return ", ".join(f"{name}={{{name}:{form}}}" for name in names)

    def _settings(self) -> None:
        lines, settings = self.lines, self._experiment
        lines.heading("3. Training settings")
        lines.add(f"learning_rate = {settings.learning_rate!r}")
        self._loop.write_settings()
        if not self._surface:
            lines.add(f"loss_function = {settings.loss_entry.code(settings.loss.values)}")
        optimizer = settings.optimizer_entry.code(settings.optimizer.values, "learning_rate")
        lines.add(f"optimizer = {optimizer}")
        self._loop.write_by_hand()
        self._loop.write_memory()
        self._schedule()
        self._penalty()

    def _schedule(self) -> None:
        settings, add = self._experiment, self.lines.add
        if settings.schedule_entry.factor is None:
            return
        self.lines.add_all(("", "", "def schedule(epoch):"))
        add('    """What part of the learning rate an epoch (from 0) trains with."""')
        add(f"    return {settings.schedule_entry.code(settings.schedule.values)}", None, Mark.RATE)
        self.lines.add_all(("", ""))
        add("scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)")

    def _penalty(self) -> None:
        settings, add = self._experiment, self.lines.add
        found = penalties_of(settings)
        if not found:
            return
        add("")
        for each in found:
            add(f"{each.setting} = {each.strength(settings)!r}")
        add('weights = [p for name, p in model.named_parameters() if "bias" not in name]')
        self.lines.add_all(("", "", "def penalty():"))
        formula = penalty_formula(settings).removeprefix(" + ")
        add(f'    """{formula}: of the weights, biases are free."""')
        terms = [f"{each.setting} * sum({each.code} for w in weights)" for each in found]
        add(f"    return {' + '.join(terms)}", None, Mark.PENALTY)
        add("")

    def _result(self) -> None:
        lines, model = self.lines, self._model
        lines.heading("5. Result")
        if self._experiment.form.dropout:
            lines.add("model.eval()  # from here on no unit is left out")
        lines.add("with torch.no_grad():")
        loss = "model()" if self._surface else "loss_function(model(inputs), labels)"
        if penalties_of(self._experiment):
            loss = f"({loss} + penalty())"
        lines.add(f"    final_loss = {loss}.item()", None, Mark.FINAL_LOSS)
        lines.add_all(model.numbers)
        short, long = (f"{self._named(form)}, " if model.numbers else "" for form in (".3f", ".9g"))
        lines.add(f'print(f"\\nAfter training: {short}loss={{final_loss:.4f}}")')
        lines.add(f'print(f"To nine digits: {long}loss={{final_loss:.9g}}")')
        if self._data.truth is not None:
            kind = "line" if self._data.truth.line is not None else "curve"
            true = self._data.truth.expression.format(x="x")
            lines.add(f'print("True {kind}: y = {true}")')

    def _test(self) -> None:
        add, phase = self.lines.add, Phase.TEST
        self.lines.heading("6. Test and apply")
        if self._experiment.validation_count:
            add("with torch.no_grad():")
            add("    val_loss = loss_function(model(val_inputs), val_labels).item()")
            add('print(f"Loss on validation points: {val_loss:.4f} ({val_loss:.9g})")')
            add("val_losses = [*val_history, val_loss]")
            add("lowest = min(val_losses)")
            add("best_epoch = min(val_losses.index(lowest) + 1, epochs)")
            add('print(f"Lowest validation loss: {lowest:.9g}, epoch {best_epoch}")')
        if self._data.has_test:
            add(f"test_inputs = {self._inputs_of('test_x')}", phase)
            add(f"test_labels = {self._labels_of('test_y')}", phase)
            add("with torch.no_grad():", phase)
            add("    test_loss = loss_function(model(test_inputs), test_labels).item()", phase)
            add('print(f"Loss on test points: {test_loss:.4f} ({test_loss:.9g})")', phase)
            if self._experiment.classes:
                add("with torch.no_grad():", phase)
                add(f"    answers = {self._answers('test_inputs')}", phase)
                add(f"right = (answers{self._back}.numpy() == test_y).mean()", phase)
                add('print(f"Accuracy on test points: {right:.4f}")', phase)

    def _answers(self, inputs: str) -> str:
        """The expression for the classes that the model tells."""
        if self._experiment.shape.outputs == 1:
            return f"(model({inputs}) > 0).long().squeeze(1)"
        return f"model({inputs}).argmax(dim=1)"

    def _apply(self, predict: Sequence[Sequence[float]]) -> None:
        if not self._experiment.one_to_one:
            self._apply_rows(predict)
            return
        add, phase, truth = self.lines.add, Phase.APPLY, self._data.truth
        self.lines.add_all(array_lines("new_x", [x for (x,) in predict]), phase)
        add(f"new_inputs = {self._inputs_of('new_x')}", phase)
        add("with torch.no_grad():", phase)
        add("    predictions = model(new_inputs)", phase)
        add("for i in range(len(new_x)):", phase)
        told = "x={new_x[i]:g}, prediction={predictions[i].item():.2f}"
        if truth is not None:
            add(f"    true_y = {truth.expression.format(x='new_x[i]')}", phase)
            told += ", true y={true_y:.2f}"
        add(f'    print(f"{told}")', phase)

    def _apply_rows(self, predict: Sequence[Sequence[float]]) -> None:
        add, phase, experiment = self.lines.add, Phase.APPLY, self._experiment
        if not predict:
            add("new_x = x[:3]  # the first training points", phase)
        elif experiment.inputs == 1:
            self.lines.add_all(array_lines("new_x", [x for (x,) in predict]), phase)
        else:
            self.lines.add_all(rows_lines("new_x", predict), phase)
        if self._data.unseen:
            add(f"new_x[:, {list(self._data.unseen)}] = 0  # texts of no training point", phase)
        add(f"new_inputs = {self._inputs_of('new_x')}", phase)
        add("with torch.no_grad():", phase)
        told = "prediction={predictions[i].item():.2f}"
        if experiment.classes:
            one = experiment.shape.outputs == 1
            chances = "torch.sigmoid" if one else "torch.softmax"
            add(f"    predictions = {chances}(model(new_inputs){'' if one else ', dim=1'})", phase)
            told = "probabilities={[round(p, 4) for p in predictions[i].tolist()]}"
            if one:
                told = "probability of class 1={predictions[i].item():.4f}"
        else:
            add("    predictions = model(new_inputs)", phase)
        add("for i in range(len(new_x)):", phase)
        shown = "{new_x[i]:g}" if experiment.inputs == 1 else "{new_x[i].tolist()}"
        add(f'    print(f"x={shown}, {told}")', phase)

    def _plots(self) -> None:
        # Between dollars matplotlib reads formulas; the labels are to stand as they are.
        x, y = (label.replace("$", r"\\$") for label in (self._data.x_label, self._data.y_label))
        self.lines.heading("7. Plots")
        detached = f".detach(){self._back}"
        for line in self._plot_lines():
            self.lines.add(line.format(x=x, y=y).replace(".detach()", detached))

    def _plot_lines(self) -> tuple[str, ...]:
        experiment = self._experiment
        if experiment.one_to_one:
            return (*_PLOT_LOSS, *_PLOT_FIT, *_PLOT_END)
        if not experiment.classes:
            return (*_PLOT_LOSS, *_PLOT_PREDICTED, *_PLOT_END)
        if experiment.inputs != 2:
            return (*_PLOT_LOSS, *_PLOT_END)
        to_inputs = self._inputs_of("grid").replace("{", "{{").replace("}", "}}")
        regions = (
            "    low, high = x.min(axis=0), x.max(axis=0)",
            "    axes = [np.linspace(low[i], high[i], 200) for i in range(2)]",
            "    across, up = np.meshgrid(*axes)",
            "    grid = np.stack([across.ravel(), up.ravel()], axis=1)",
            f"    answers = {self._answers(to_inputs)}{self._back}.numpy().reshape(across.shape)",
            "    plt.contourf(across, up, answers, alpha=0.3)",
        )
        return (*_PLOT_LOSS, "    plt.subplot(1, 2, 2)", *regions, *_PLOT_CLASSES, *_PLOT_END)


_PLOT_LOSS = (
    "try:",
    "    import matplotlib.pyplot as plt",
    "",
    "    figure = plt.figure(figsize=(12, 4))",
    "except ImportError:",
    '    print("\\nNo plots: matplotlib is not installed.")',
    "else:",
    "    plt.subplot(1, 2, 1)",
    "    plt.plot(loss_history)",
    '    plt.title("Training loss")',
    '    plt.xlabel("step")',
    '    plt.ylabel("loss")',
    "    plt.grid(True)",
)
_PLOT_FIT = (
    "    plt.subplot(1, 2, 2)",
    '    plt.scatter(x, y, label="data", alpha=0.6)',
    '    plt.plot(x, model(inputs).detach().numpy(), "r-", lw=2, label="learnt")',
    '    plt.title("Fit")',
    "    plt.xlabel({x})",
    "    plt.ylabel({y})",
    "    plt.legend()",
    "    plt.grid(True)",
)
_PLOT_PREDICTED = (
    "    plt.subplot(1, 2, 2)",
    '    plt.scatter(y, model(inputs).detach().numpy(), label="data", alpha=0.6)',
    '    plt.plot([y.min(), y.max()], [y.min(), y.max()], "k--", label="predicted = true")',
    '    plt.title("Fit")',
    '    plt.xlabel("true")',
    '    plt.ylabel("predicted")',
    "    plt.legend()",
    "    plt.grid(True)",
)
_PLOT_CLASSES = (
    "    plt.scatter(x[:, 0], x[:, 1], c=y, alpha=0.8)",
    '    plt.title("Classes")',
    "    plt.xlabel({x})",
    "    plt.ylabel({y})",
)
_PLOT_END = (
    "    plt.tight_layout()",
    "    if figure.canvas.required_interactive_framework:",
    "        plt.show()",
    "    else:",
    '        print("\\nNo plots: matplotlib has no display here.")',
)
