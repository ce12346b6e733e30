"""What is said of a test surface, where the words of data would be wrong."""

from guitrain.core.experiment import Experiment
from guitrain.core.phases import PHASES, QT_TRANSLATE_NOOP, Phase
from guitrain.core.surfaces import Surface, written
from guitrain.sentences import translate

# Meaning, line of the script, and where it is seen, where these are others than with data.
_EXPLAINED = {
    Phase.DATA: (
        QT_TRANSLATE_NOOP(
            "Surface",
            "There are no data: the loss is the height of a surface over two parameters. Descent "
            "begins at a place on it, which you may choose.",
        ),
        "self.u = nn.Parameter",
        QT_TRANSLATE_NOOP("Surface", "In Landscape: the ring, which you can drag."),
    ),
    Phase.FORWARD: (
        QT_TRANSLATE_NOOP(
            "Surface",
            "How high is the surface here? f is computed of the two parameters as they are now. "
            "Nothing is changed yet.",
        ),
        "height = model()",
        QT_TRANSLATE_NOOP("Surface", "In Landscape: the colour and the contours under the point."),
    ),
    Phase.LOSS: (
        QT_TRANSLATE_NOOP(
            "Surface",
            "The loss is the height as it is: there are no points to compare with. Lower is "
            "better; descent makes it fall.",
        ),
        "loss = height",
        QT_TRANSLATE_NOOP("Surface", "In Loss: the newest point of the curve."),
    ),
    Phase.UPDATE: (
        QT_TRANSLATE_NOOP(
            "Surface",
            "Each parameter takes a small step against its gradient, which is downhill. The "
            "learning rate sets how small. This is the only moment at which the point moves.",
        ),
        "optimizer.step()",
        QT_TRANSLATE_NOOP("Surface", "In Landscape the point moves."),
    ),
    Phase.TEST: (
        QT_TRANSLATE_NOOP(
            "Surface", "A test surface has no points, so there is nothing to test on."
        ),
        "",
        "",
    ),
    Phase.APPLY: (
        QT_TRANSLATE_NOOP(
            "Surface", "A test surface predicts nothing, so there is nothing to apply it to."
        ),
        "",
        "",
    ),
}


def explained(phase: Phase, settings: Experiment) -> tuple[str, str, str]:
    """What a phase means, its line in the script, and where it is seen."""
    info = PHASES[phase]
    if settings.surface is None or phase not in _EXPLAINED:
        return translate("Phases", info.meaning), info.code, translate("Phases", info.where)
    meaning, code, where = _EXPLAINED[phase]
    return translate("Surface", meaning), code, translate("Surface", where) if where else ""


def no_points() -> str:
    """Why there is no fit."""
    return translate(
        "Surface",
        "A test surface has no points, so there is nothing to fit. Its landscape shows all there "
        "is: the height over the two parameters, and the way down.",
    )


def no_residuals() -> str:
    """Why there are no predictions to compare."""
    return translate(
        "Surface", "A test surface has no points: there is no prediction to compare with a truth."
    )


def no_scores() -> str:
    """Why there are no scores."""
    return translate("Surface", "A test surface has no points: there are no classes to tell apart.")


def no_batch() -> str:
    """Why there is no table of a batch."""
    return translate("Surface", "A test surface has no points: there is no batch.")


def no_test() -> str:
    """Why there is no test."""
    return translate("Surface", "A test surface has no points: there is nothing to test on.")


def no_apply() -> str:
    """Why nothing is predicted."""
    return translate("Surface", "A test surface predicts nothing: there is nothing to apply.")


def height(settings: Experiment) -> tuple[str, str]:
    """f and its formula: "f(u, v)", "u² + v²"."""
    left, _, right = settings.form.formula.partition(" = ")
    return left, right


def slope(surface: Surface, index: int) -> str:
    """The formula of ∂f/∂p."""
    return written(surface.slopes[index])
