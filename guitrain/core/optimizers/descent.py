"""Gradient descent, plain, with momentum and with Nesterov's look ahead. No torch here."""

import math

from guitrain.core.optimizers.entry import Optimizer, OptimizerEntry, Values
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem


def _formulas(values: Values) -> tuple[str, ...]:
    if values["nesterov"]:
        return ("v ← β·v + ∂L/∂{p}", "{p} ← {p} − η·(∂L/∂{p} + β·v)")
    if values["momentum"]:
        return ("v ← β·v + ∂L/∂{p}", "{p} ← {p} − η·v")
    return ("{p} ← {p} − η·∂L/∂{p}",)


# On a quadratic loss, with e the distance from the minimum along an eigenvector: v ← βv + λe, then
# e ← e − ηv (Polyak 1964), or with Nesterov's look ahead e ← e − η(λe + βv). The eigenvalues of
# that step are the roots of z² − (1 + β − ηλ)z + β, or of z² − (1 + β)(1 − ηλ)z + β(1 − ηλ)
# (O'Donoghue and Candès 2015, "Adaptive restart for accelerated gradient schemes", §4). Both
# descents swing past the minimum where the roots are no longer real and positive.


def _contraction(values: Values, rate: float, eigenvalue: float) -> float:
    beta, rest = values["momentum"], 1 - rate * eigenvalue
    trace, determinant = beta + rest, beta
    if values["nesterov"]:
        trace, determinant = (1 + beta) * rest, beta * rest
    root = trace * trace / 4 - determinant
    if root < 0:
        return math.sqrt(determinant)
    return abs(trace) / 2 + math.sqrt(root)


def _overshoot(values: Values, eigenvalue: float) -> float:
    beta = values["momentum"]
    if values["nesterov"]:
        return float(((1 - beta) / (1 + beta)) ** 2 / eigenvalue)
    return float((1 - math.sqrt(beta)) ** 2 / eigenvalue)


def _stability(values: Values, eigenvalue: float) -> float:
    # Where the smaller root is −1.
    beta = values["momentum"]
    limit = 2 * (1 + beta) / eigenvalue
    return float(limit / (1 + 2 * beta) if values["nesterov"] else limit)


def _stability_formula(values: Values) -> str:
    if values["nesterov"]:
        return "2(1 + β)/((1 + 2β)·λmax)"
    return "2(1 + β)/λmax" if values["momentum"] else "2/λmax"


def _code(values: Values, rate: str) -> str:
    momentum = f", momentum={values['momentum']!r}" if values["momentum"] else ""
    nesterov = ", nesterov=True" if values["nesterov"] else ""
    return f"torch.optim.SGD(model.parameters(), lr={rate}{momentum}{nesterov})"


def _together(values: Values) -> None:
    if values["nesterov"] and not values["momentum"]:  # torch.optim.SGD refuses it too
        raise ExperimentProblem("no_momentum", "nesterov")


def _build(values: Values) -> Optimizer:
    from guitrain.core.optimizers.sgd import SGD

    return SGD(values["momentum"], values["nesterov"])


SGD_ENTRY = OptimizerEntry(
    name="sgd",
    label=QT_TRANSLATE_NOOP("Optimizer", "SGD"),
    help=QT_TRANSLATE_NOOP(
        "Optimizer", "Gradient descent: each parameter moves against its gradient."
    ),
    params=(
        Param(
            "momentum",
            "float",
            QT_TRANSLATE_NOOP("Optimizer", "Momentum"),
            QT_TRANSLATE_NOOP(
                "Optimizer", "The part of the last move that is kept. 0 is the article's descent."
            ),
            default=0.0,
            minimum=0.0,
            maximum=0.999,
            symbol="β",
        ),
        Param(
            "nesterov",
            "bool",
            QT_TRANSLATE_NOOP("Optimizer", "Nesterov"),
            QT_TRANSLATE_NOOP(
                "Optimizer",
                "Look ahead: add the gradient to where momentum leads, which swings less. "
                "Needs a momentum above 0.",
            ),
            default=False,
        ),
    ),
    together=_together,
    formulas=_formulas,
    state_names=lambda values: ("v",) if values["momentum"] else (),
    build=_build,
    code=_code,
    contraction=_contraction,
    overshoot=_overshoot,
    stability=_stability,
    stability_formula=_stability_formula,
)
