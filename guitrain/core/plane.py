"""A plane through the parameter space of a model with many parameters. No torch here.

Its two directions are random and filter-normalised, as Li et al. draw them (2018, "Visualizing the
Loss Landscape of Neural Nets", arXiv:1712.09913, §4): each filter, here the weights into one unit,
is scaled to the size of the model's own, and biases are left out, as in that paper's published
commands (``--xnorm filter --xignore biasbn``). Or they are those in which the path of training
varies most: its first two principal components (Lorch 2016, "Visualizing Deep Network Training
Trajectories with PCA"; Li et al. §7.2). In float64, over all parameters as the model has them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from guitrain.core.landscape_view import Bounds

MOST_SEEDS = 9999
_STRAIGHT = 1e-10  # of the path's variance, below which a component is but rounding
_PARALLEL = 1e-9  # of the product of two lengths: a plane has two directions
_PADDING = 0.35  # of the path's span, free on either side
_LEAST = 0.05  # of the greater span, that the smaller one is seen with at least
_FAR = 3.0  # sizes of the weights, within which a plane of random directions shows the path

Floats = NDArray[np.float64]
Tensors = Sequence[tuple[str, tuple[int, ...]]]  # as ``Form.tensors``


class Kind(Enum):
    """What a direction is."""

    RANDOM = "random"  # filter-normalised
    UNSCALED = "unscaled"  # random, where filter-normalised ones make no plane
    PATH = "path"  # a principal component of the path


@dataclass(frozen=True)
class PlaneChoice:
    """Which plane is wanted: by random directions of this seed, or along the path."""

    kind: Kind = Kind.PATH
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Plane:
    """The parameters ``origin + c1·directions[0] + c2·directions[1]``.

    Attributes:
        origin (p,): parameters that lie on it. directions (2, p): not always at right angles.
        kinds: of the directions. explained: the share of the path's variance along each that is
            PATH, else None.
        choice: what it was made for. step: updates done at its origin.
        points: how many parameters of the path it was made from.
    """

    origin: Floats
    directions: Floats
    kinds: tuple[Kind, Kind]
    explained: tuple[float | None, float | None]
    choice: PlaneChoice
    step: int
    points: int
    _inverse: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        inverse = np.linalg.pinv(self.directions).T
        object.__setattr__(self, "_inverse", inverse)
        for array in (self.origin, self.directions, inverse):
            array.flags.writeable = False

    def at(self, first: float, second: float) -> Floats:
        """The parameters (p,) at a place of the plane."""
        moved: Floats = self.origin + first * self.directions[0] + second * self.directions[1]
        return moved

    def along(self, moves: Floats) -> Floats:
        """Moves of the parameters (k, p) or (p,), projected at right angles (k, 2) or (2,)."""
        found: Floats = moves @ self._inverse.T
        return found

    def project(self, parameters: Floats) -> Floats:
        """The places of the plane (k, 2) or (2,) nearest to parameters (k, p) or (p,)."""
        return self.along(parameters - self.origin)


@dataclass(frozen=True, eq=False)
class PlaneView:
    """A run on a plane, at one moment; places are (first, second) on it.

    Attributes:
        run_id, step: of which run, after how many updates.
        plane: the plane. count: how many parameters the model has.
        path (k, 2): the keyframes' parameters up to the present ones, and these, projected.
        ahead (m, 2): from there on, where the cursor is in the past.
        gradient: where −η·∂L/∂p of the step in hand starts, and its move, both projected; None
            before BACKWARD.
        off: how far from the plane the present parameters are, as a share of their own size.
    """

    run_id: int
    step: int
    plane: Plane
    count: int
    path: Floats
    ahead: Floats
    gradient: tuple[tuple[float, float], tuple[float, float]] | None
    off: float

    @property
    def start(self) -> tuple[float, float]:
        """The first of the path, projected."""
        first, second = self.path[0].tolist()
        return first, second

    @property
    def present(self) -> tuple[float, float]:
        """The present parameters, projected."""
        first, second = self.path[-1].tolist()
        return first, second


def plane_of(
    choice: PlaneChoice,
    tensors: Tensors,
    path: Floats,
    present: Floats,
    step: int,
    previous: Plane | None = None,
) -> Plane:
    """The plane through ``present`` (p,) for a path (k, p) that starts at finite parameters; where
    the present ones are not finite, through the last of the path that are. Signs are those of
    ``previous``, where it has as many parameters, or so that the path starts at the lower left.
    """
    rows = np.concatenate([path, present[None, :]])
    rows = rows[np.isfinite(rows).all(axis=1)]
    present = rows[-1]
    random = _random_pair(choice.seed, tensors, present)
    kinds: tuple[Kind, Kind]
    explained: tuple[float | None, float | None] = (None, None)
    if choice.kind is Kind.PATH:
        found, shares = principal(rows)
        lengths = np.linalg.norm(random, axis=1, keepdims=True)
        made = [*found, *(random / np.where(lengths > 0, lengths, 1.0))][:2]
        kinds = (
            Kind.PATH if len(found) > 0 else Kind.RANDOM,
            Kind.PATH if len(found) > 1 else Kind.RANDOM,
        )
        explained = (
            shares[0] if len(found) > 0 else None,
            shares[1] if len(found) > 1 else None,
        )
        directions = np.stack(made)
        if len(found):
            _turn(directions[: len(found)], rows[0] - present, previous)
    else:
        directions, kinds = random, (Kind.RANDOM, Kind.RANDOM)
    if not _spans(directions):
        directions, kinds = _mended(directions, choice.seed, present, kinds)
    return Plane(present, directions, kinds, explained, choice, step, len(rows))


def filter_normalised(direction: Floats, parameters: Floats, tensors: Tensors) -> Floats:
    """A direction (p,), each of its filters scaled to the size of the parameters' own; biases 0."""
    made, at = np.zeros_like(direction), 0
    for index, (name, shape) in enumerate(tensors):
        size = int(np.prod(shape))
        part = slice(at, at + size)
        at += size
        if name.startswith("b"):
            continue
        units = 0
        after = tensors[index + 1] if index + 1 < len(tensors) else ("", ())
        # The weights into one unit are a row, as nn.Linear has them, unless the bias that
        # follows says that they are a column.
        if after[0].startswith("b") and len(shape) > 1 and after[1] != shape[:1]:
            units = len(shape) - 1
        drawn = np.moveaxis(direction[part].reshape(shape), units, 0)
        own = np.moveaxis(parameters[part].reshape(shape), units, 0)
        axes = tuple(range(1, drawn.ndim))
        with np.errstate(all="ignore"):
            scale = np.sqrt((own**2).sum(axes, keepdims=True) / (drawn**2).sum(axes, keepdims=True))
            scaled = drawn * np.where(np.isfinite(scale), scale, 0.0)
        made[part] = np.moveaxis(scaled, 0, units).ravel()
    return made


def principal(rows: Floats) -> tuple[Floats, tuple[float, ...]]:
    """The first principal components (c, p) of points (k, p), and the share of the variance along
    each; c ≤ 2, fewer where the points have fewer dimensions.
    """
    centred = rows - rows.mean(axis=0)
    # The k × k matrix of inner products is far smaller than the p × p covariance, and has the
    # same eigenvalues.
    with np.errstate(all="ignore"):
        products = centred @ centred.T
    total = float(np.trace(products))
    if not (np.isfinite(total) and total > 0):
        return np.empty((0, rows.shape[1])), ()
    values, vectors = np.linalg.eigh(products)
    made, shares = [], []
    for value, vector in zip(values[::-1][:2], vectors.T[::-1][:2], strict=True):
        if value > _STRAIGHT * total:
            direction = vector @ centred
            made.append(direction / np.linalg.norm(direction))
            shares.append(float(value) / total)
    return np.array(made).reshape(-1, rows.shape[1]), tuple(shares)


def _random_pair(seed: int, tensors: Tensors, parameters: Floats) -> Floats:
    drawn = np.random.default_rng(seed).standard_normal((2, len(parameters)))
    return np.stack([filter_normalised(one, parameters, tensors) for one in drawn])


def _turn(directions: Floats, start: Floats, previous: Plane | None) -> None:
    """Fix the signs, which principal components leave open."""
    same = previous is not None and previous.directions.shape[1] == directions.shape[1]
    for at, direction in enumerate(directions):
        way = -float(start @ direction)
        if same and previous is not None and previous.kinds[at] is Kind.PATH:
            way = float(previous.directions[at] @ direction)
        if way < 0:
            direction *= -1


def _spans(directions: Floats) -> bool:
    """Whether two directions make a plane."""
    (aa, ab), (_, bb) = directions @ directions.T
    return bool(aa > 0 and bb > 0 and aa * bb - ab * ab > _PARALLEL * aa * bb)


def _mended(
    directions: Floats, seed: int, present: Floats, kinds: tuple[Kind, Kind]
) -> tuple[Floats, tuple[Kind, Kind]]:
    """With directions drawn over all parameters in the place of those that make no plane."""
    drawn = np.random.default_rng([seed, 1]).standard_normal((2, len(present)))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    size = float(np.linalg.norm(directions[0]))
    if size > 0:
        drawn[1] -= (drawn[1] @ directions[0]) / size**2 * directions[0]
        drawn[1] *= size / float(np.linalg.norm(drawn[1]))
        return np.stack([directions[0], drawn[1]]), (kinds[0], Kind.UNSCALED)
    return drawn, (Kind.UNSCALED, Kind.UNSCALED)


def bounds_of(plane: Plane, path: Floats) -> Bounds:
    """The ranges in which a path (k, 2) on a plane, that ends at its origin, is seen."""
    known = path[np.isfinite(path).all(axis=1)]
    if plane.choice.kind is not Kind.PATH:
        half = max(1.0, 1.2 * float(np.abs(known).max(initial=0.0)))
        half = min(half, _FAR)
        return Bounds(-half, half, -half, half)
    low, high = known.min(axis=0, initial=0.0), known.max(axis=0, initial=0.0)
    spans = high - low
    least = float(spans.max()) * _LEAST or float(np.linalg.norm(plane.origin)) or 1.0
    spans = np.maximum(spans, least)
    middle, half_spans = (low + high) / 2, spans * (0.5 + _PADDING)
    bottom, top = middle - half_spans, middle + half_spans
    return Bounds(float(bottom[0]), float(top[0]), float(bottom[1]), float(top[1]))
