"""What a learning rate will do, from the loss's curvature alone: numpy only, before any training.

For ŷ = w·x + b, and for any model that is linear in its weights (a polynomial is), the squared
loss is a valley, a parabola in each direction: its Hessian's eigenvectors
are the valley's directions and the eigenvalues λ their curvatures. Full-batch descent treats each
direction on its own: plain descent multiplies the error along one by 1 − η·λ at each step (LeCun,
Bottou, Orr and Müller 1998, "Efficient BackProp", §5; with momentum: Polyak 1964, "Some methods
of speeding up the convergence of iteration methods", and Goh 2017, "Why Momentum Really Works").
So the steepest direction, λmax, sets how large η may be, and the flattest, λmin, how long it
takes. The bands, from small rates to large:

- creeps: even along the steepest direction, which holds nearly all of the loss's fall, the run's
  own epochs do not bring the excess loss (loss − best) down to 1 %;
- converges: no direction is overshot: η ≤ 1/λmax; with momentum β, η ≤ (1 − √β)²/λmax, and
  with Nesterov's look ahead η ≤ ((1 − β)/(1 + β))²/λmax;
- overshoots: the steepest direction is overshot, less each time: up to the limit;
- diverges: overshot further each time: η over 2/λmax; with momentum, over 2(1 + β)/λmax, and
  with Nesterov's look ahead over 2(1 + β)/((1 + 2β)·λmax).

Of optimizers that divide each gradient by its own size no such limit is known: what can be said
is how far they move a weight (``farthest``).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from guitrain.core.data import Scaling, Split
from guitrain.core.experiment import Experiment

REST = 0.01  # of the excess loss: what is left when a direction counts as done
FLAT = 1e-24  # of λmax: a direction whose curvature is below that is flat but for rounding
_LOG_LARGEST = math.log(float(np.finfo(np.float32).max))
_EQUAL = 1e-9  # contractions that near to each other are equal
_LARGEST_FEATURE = 1e100  # whose square, times the number of points, is still a number
_SUMMED = 200  # steps whose moves are added up one by one
_TURNS = 100  # of a search that halves or shrinks by 0.62 each time


class Regime(Enum):
    """What descent does at a learning rate."""

    CREEPS = "creeps"
    CONVERGES = "converges"
    OVERSHOOTS = "overshoots"
    DIVERGES = "diverges"


@dataclass(frozen=True)
class Bands:
    """Learning rates apart by what full-batch descent does with them.

    Attributes:
        eigenvalues: of the loss's Hessian, from small to large, flat directions (λ = 0) left out.
        overshoots: rates over it overshoot along the steepest direction.
        limit: rates over it diverge.
        best: the rate whose worst contraction over all directions is the smallest: 2/(λmin + λmax)
            for plain descent; where a stretch of rates is equally good, its (geometric) middle.
        parabolic: whether the loss is a parabola everywhere (with an L1 penalty, on either side of
            w = 0: steps can tremble there, by η·λ₁ at most). If not (Huber), it is one where all
            errors are small, and flatter elsewhere: below the limit all holds as a bound, and
            over it descent may fail to settle but its steps stay bounded.
        contracted: ``contraction`` of the optimizer, with its settings.
    """

    eigenvalues: tuple[float, ...]
    overshoots: float
    limit: float
    best: float
    parabolic: bool
    contracted: Callable[[float, float], float] = field(repr=False, compare=False)

    def contraction(self, rate: float, eigenvalue: float | None = None) -> float:
        """By how much a step shrinks the error along a direction, in the long run (None: along
        the one where it shrinks least); over 1 it grows.
        """
        if eigenvalue is not None:
            return self.contracted(rate, eigenvalue)
        return max(self.contracted(rate, each) for each in self.eigenvalues)

    def epochs(self, rate: float, eigenvalue: float | None = None) -> float:
        """Steps until the excess loss along a direction (None: the slowest) is down to 1 %.

        The excess falls as the error's square. At least 1; infinite where it does not shrink.
        """
        contraction = self.contraction(rate, eigenvalue)
        if contraction >= 1:
            return math.inf
        return max(1.0, math.log(REST) / (2 * math.log(max(contraction, 1e-300))))

    def growth(self, rate: float) -> float:
        """By how much a step multiplies the excess loss along the steepest direction."""
        return self.contraction(rate, self.eigenvalues[-1]) ** 2

    def overflow(self, rate: float) -> float:
        """Steps until a diverging loss of about 1 is beyond 32-bit numbers; infinite if never."""
        growth = self.growth(rate)
        return math.inf if growth <= 1 else max(1.0, _LOG_LARGEST / math.log(growth))

    def creeps(self, epochs: int) -> float:
        """The rate below which a run of so many epochs creeps; at most ``overshoots``."""
        steepest = self.eigenvalues[-1]
        return _first(lambda rate: self.epochs(rate, steepest) <= epochs, self.overshoots)

    def regime(self, rate: float, epochs: int) -> Regime:
        """The band of a rate, in a run of so many epochs."""
        if rate > self.limit:
            return Regime.DIVERGES
        if rate > self.overshoots:
            return Regime.OVERSHOOTS
        if self.epochs(rate, self.eigenvalues[-1]) > epochs:
            return Regime.CREEPS
        return Regime.CONVERGES


def bands_of(experiment: Experiment, points: Split) -> Bands | None:
    """The bands for full-batch descent on these points.

    None where the loss has no curvature (MAE), or nothing is known of the optimizer, or the
    prediction is not linear in the weights (a network): there the curvature changes on the way.
    """
    entry, values = experiment.optimizer_entry, experiment.optimizer.values
    stability, contraction, overshoot = entry.stability, entry.contraction, entry.overshoot
    eigenvalues = hessian_eigenvalues(experiment, points)
    if eigenvalues is None or stability is None or contraction is None or overshoot is None:
        return None

    def contracted(rate: float, eigenvalue: float) -> float:
        return contraction(values, rate, eigenvalue)

    steepest = eigenvalues[-1]
    limit = stability(values, steepest)
    start, end = _stillest(lambda rate: contracted(rate, steepest), limit)
    return Bands(
        eigenvalues=eigenvalues,
        overshoots=overshoot(values, steepest) * (1 + _EQUAL),  # 1/λmax itself does not
        limit=limit,
        best=_best(contracted, eigenvalues[0], steepest, start, end, limit),
        parabolic=_is_parabolic(experiment),
        contracted=contracted,
    )


def hessian_eigenvalues(experiment: Experiment, points: Split) -> tuple[float, ...] | None:
    """Of c·[[mean x², mean x], [mean x, 1]], with c the loss's curvature, from small to large; of
    c·mean φφᵀ for a model linear in its weights, with φ its partial derivatives. An L2 penalty
    adds 2λ₂ for each weight to the diagonal. (One of L1 has a kink but no curvature.)

    Flat directions are left out: descent does not move along them, nor does the loss change. None
    where the loss has no curvature, or where the model is not linear in its weights. Those of a
    test surface are its own, where it has the same everywhere.
    """
    if experiment.surface is not None:
        return experiment.surface.eigenvalues or None
    curvature = experiment.loss_entry.curvature
    if curvature is None or not experiment.form.partials:
        return None
    if not experiment.form.straight:
        return _of_features(experiment, points, curvature)
    scaling = Scaling.of(points.inputs, experiment.standardize)
    x = scaling.apply(points.inputs)[:, 0]
    mean, variance = float(x.mean()), float(x.var())
    pull = 2 * experiment.l2 / curvature
    trace = mean * mean + variance + pull + 1
    # The determinant is the variance (and the pull): λmin from it, not from a difference of two
    # large numbers.
    determinant = variance + pull
    largest = (trace + math.sqrt(max(trace * trace - 4 * determinant, 0.0))) / 2
    smallest = determinant / largest
    constant = np.ptp(points.inputs[:, 0]) <= 1e-12 * np.abs(points.inputs[:, 0]).max()
    if (constant and not pull) or smallest <= FLAT * largest:
        return (curvature * largest,)
    return (curvature * smallest, curvature * largest)


def _of_features(
    experiment: Experiment, points: Split, curvature: float
) -> tuple[float, ...] | None:
    """The eigenvalues from the features' singular values, whose squares they are: so the small
    ones keep twice the digits. None where a feature leaves float64's range.
    """
    inputs = Scaling.of(points.inputs, experiment.standardize).apply(points.inputs)
    features = np.stack([partial.of(inputs) for partial in experiment.form.partials], axis=1)
    largest = float(np.abs(features).max())
    if not largest < _LARGEST_FEATURE:
        return None
    rows = features / math.sqrt(len(points))
    if experiment.l2:
        # As rows whose squares are the penalty's part.
        pull = math.sqrt(2 * experiment.l2 / curvature)
        names = experiment.form.names
        pulls = pull * np.diag([float(n in experiment.form.weight_names) for n in names])
        rows = np.concatenate([rows, pulls])
    values = np.linalg.svd(rows, compute_uv=False)[::-1]
    eigenvalues = curvature * values**2
    kept: tuple[float, ...] = tuple(eigenvalues[eigenvalues > FLAT * eigenvalues[-1]].tolist())
    return kept


def limit_at_start(experiment: Experiment) -> float | None:
    """The learning rate over which descent on a test surface overshoots further and further near
    its start; None where there is no surface, where it bends down there, or where nothing is
    known of the optimizer.
    """
    surface, stability = experiment.surface, experiment.optimizer_entry.stability
    if surface is None or stability is None:
        return None
    curvature = surface.curvature(*(experiment.initial or surface.start))
    return stability(experiment.optimizer.values, curvature) if curvature > 0 else None


def rescue_rate(rate: float, limit: float | None) -> float:
    """The learning rate to go on with after a divergence: a third of it, or half the limit where
    that third is over the limit too; to two significant digits.
    """
    third = float(f"{rate / 3:.1e}")
    return third if limit is None or third < limit else float(f"{limit / 2:.1e}")


def farthest(experiment: Experiment, rate: float, steps: int) -> tuple[float, float, float] | None:
    """How far the first step and the last of so many move a weight whose gradient stays the same,
    and all of them together (the sum beyond its first steps as an integral); None where
    the optimizer does not say.
    """
    steady, values = experiment.optimizer_entry.steady, experiment.optimizer.values
    if steady is None:
        return None
    exact = np.arange(1, min(steps, _SUMMED) + 1, dtype=np.float64)
    reach = float(np.sum(steady(values, rate, exact)))
    if steps > _SUMMED:
        # Σ from a + 1 to n is nearly the integral from a + ½ to n + ½ of what changes ever slower.
        t = np.geomspace(_SUMMED + 0.5, steps + 0.5, _SUMMED)
        reach += float(np.trapezoid(steady(values, rate, t), t))
    return float(steady(values, rate, 1)), float(steady(values, rate, steps)), reach


def _is_parabolic(experiment: Experiment) -> bool:
    if experiment.surface is not None:
        return bool(experiment.surface.eigenvalues)
    # Of a parabola, and of it alone, the slope is the error times the curvature, however large.
    errors = np.array([1e-3, 1.0, 1e30])
    entry, values = experiment.loss_entry, experiment.loss.values
    slopes = entry.slopes(values, errors[:, None], np.zeros(len(errors)))[:, 0]
    return bool(np.allclose(slopes, (experiment.loss_entry.curvature or 0.0) * errors))


def _stillest(contraction: Callable[[float], float], limit: float) -> tuple[float, float]:
    """The first and the last rate of the least contraction along one direction (falling, perhaps
    flat, then rising): where errors just do not overshoot, and where they turn slow again.
    """
    ratio = (math.sqrt(5) - 1) / 2
    low, high = 0.0, limit
    for _ in range(_TURNS):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if contraction(a) <= contraction(b):
            high = b
        else:
            low = a
    still = contraction(high) + _EQUAL
    start = _first(lambda rate: contraction(rate) <= still, high)
    return start, _first(lambda rate: rate > high and contraction(rate) > still, limit)


def _best(
    contracted: Callable[[float, float], float],
    flattest: float,
    steepest: float,
    start: float,
    end: float,
    limit: float,
) -> float:
    """The rate with the smallest worst contraction.

    ``start`` … ``end`` are the rates that suit the steepest direction best. The flattest falls
    towards its own such stretch, which begins later: either they meet, or somewhere in between
    the one gets worse than the other.
    """
    met, _ = (
        (start, end)
        if flattest == steepest
        else _stillest(lambda rate: contracted(rate, flattest), limit * steepest / flattest)
    )
    if met <= end:
        return math.sqrt(met * end)
    return _first(
        lambda rate: rate > end and contracted(rate, steepest) >= contracted(rate, flattest), limit
    )


def _first(holds: Callable[[float], bool], high: float) -> float:
    """The first rate at which something holds that goes on holding; ``high`` where none does."""
    low = 0.0
    for _ in range(_TURNS):
        middle = (low + high) / 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
