"""The classic test surfaces, where there are no data: the loss is a function of two parameters."""

from collections.abc import Callable

import numpy as np

from guitrain.core.code_text import number
from guitrain.core.data import Data, DataCode, DatasetEntry, Split
from guitrain.core.datasets.generated import Values
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.surfaces import Surface


def _entry(
    name: str,
    label: str,
    help: str,
    story: str,
    surface: Callable[[Values], Surface],
    params: tuple[Param, ...] = (),
) -> DatasetEntry:
    return DatasetEntry(
        name=name,
        label=label,
        help=help,
        params=params,
        make=lambda _values, _fraction, _seed: _NOTHING,
        code=lambda _values, _fraction, _seed: DataCode((), False, "", ""),
        train_count=lambda _values, _fraction: 0,
        inputs=lambda _values: 0,
        surface=surface,
        group=QT_TRANSLATE_NOOP("Data", "Test surfaces"),
        fixed=True,
        story=story,
    )


_NO_POINTS = Split(np.empty((0, 0)), np.empty(0))
_NOTHING = Data(_NO_POINTS, _NO_POINTS, (), "", validation=_NO_POINTS)

# De Jong 1975, "An analysis of the behavior of a class of genetic adaptive systems", function F1.
BOWL = _entry(
    "bowl",
    QT_TRANSLATE_NOOP("Data", "Bowl"),
    QT_TRANSLATE_NOOP("Data", "u² + v²: equally steep in every direction. No data."),
    QT_TRANSLATE_NOOP(
        "Data",
        "De Jong’s sphere (1975), lowest at (0, 0). The gradient points away from the minimum "
        "everywhere, so plain descent goes straight there.",
    ),
    lambda _values: Surface(
        "Bowl",
        "u**2 + v**2",
        ("2*u", "2*v"),
        start=(-1.5, 1.0),
        box=(-3.0, 3.0, -3.0, 3.0),
        minima=((0.0, 0.0),),
        least=0.0,
        eigenvalues=(2.0, 2.0),
    ),
)

STEEPNESS = Param(
    "steepness",
    "float",
    QT_TRANSLATE_NOOP("Data", "Steepness"),
    QT_TRANSLATE_NOOP(
        "Data",
        "γ, how many times as curved the ravine is across as along: its condition number.",
    ),
    default=10.0,
    minimum=1.0,
    maximum=1e4,
    symbol="γ",
)


def _ravine(values: Values) -> Surface:
    """From (γ, 1) steepest descent with the best step at each turn zigzags the longest."""
    steepness = values["steepness"]
    long, wide = 1.8 * steepness, max(0.72 * steepness, 1.8)
    return Surface(
        "Ravine",
        f"(u**2 + {number(steepness)}*v**2)/2",
        ("u", f"{number(steepness)}*v"),
        start=(steepness, 1.0),
        box=(-long, long, -wide, wide),
        minima=((0.0, 0.0),),
        least=0.0,
        eigenvalues=(1.0, steepness),
    )


# Boyd and Vandenberghe 2004, "Convex Optimization", §9.3.2.
RAVINE = _entry(
    "ravine",
    QT_TRANSLATE_NOOP("Data", "Ravine"),
    QT_TRANSLATE_NOOP("Data", "(u² + γ·v²)/2: steep across, flat along. No data."),
    QT_TRANSLATE_NOOP(
        "Data",
        "The quadratic of Boyd and Vandenberghe’s “Convex Optimization” (2004, §9.3.2), lowest at "
        "(0, 0). What suits the steep direction is slow along the flat one: momentum helps.",
    ),
    _ravine,
    (STEEPNESS,),
)

# The hyperbolic paraboloid; for saddles in learning see Dauphin et al. 2014, "Identifying and
# attacking the saddle point problem in high-dimensional non-convex optimization".
SADDLE = _entry(
    "saddle",
    QT_TRANSLATE_NOOP("Data", "Saddle"),
    QT_TRANSLATE_NOOP("Data", "u² − v²: up along u, down along v, without end. No data."),
    QT_TRANSLATE_NOOP(
        "Data",
        "At (0, 0) the slope is 0, but it is no minimum: there is none. Optimizers differ in how "
        "soon they leave it; beyond it the loss falls until it is no number.",
    ),
    lambda _values: Surface(
        "Saddle",
        "u**2 - v**2",
        ("2*u", "-2*v"),
        start=(-1.5, 0.01),
        box=(-2.7, 2.7, -2.7, 2.7),
    ),
)

# Rosenbrock 1960, "An automatic method for finding the greatest or least value of a function";
# start and minimum as in Moré, Garbow and Hillstrom 1981, "Testing unconstrained optimization
# software", problem 1.
ROSENBROCK = _entry(
    "rosenbrock",
    QT_TRANSLATE_NOOP("Data", "Rosenbrock"),
    QT_TRANSLATE_NOOP("Data", "(1 − u)² + 100·(v − u²)²: a bent valley. No data."),
    QT_TRANSLATE_NOOP(
        "Data",
        "Rosenbrock’s function (1960), lowest at (1, 1), from its classic start (−1.2, 1). The "
        "valley is found at once; to follow it takes thousands of steps, and η must be small: "
        "0.001 for plain descent.",
    ),
    lambda _values: Surface(
        "Rosenbrock",
        "(1 - u)**2 + 100*(v - u**2)**2",
        ("-2*(1 - u) - 400*u*(v - u**2)", "200*(v - u**2)"),
        start=(-1.2, 1.0),
        box=(-2.2, 2.2, -1.0, 3.0),
        minima=((1.0, 1.0),),
        least=0.0,
    ),
)

# Himmelblau 1972, "Applied Nonlinear Programming". Three of the minima are roots of polynomials,
# here to the last bit of a float.
HIMMELBLAU = _entry(
    "himmelblau",
    QT_TRANSLATE_NOOP("Data", "Himmelblau"),
    QT_TRANSLATE_NOOP("Data", "(u² + v − 11)² + (u + v² − 7)²: four minima. No data."),
    QT_TRANSLATE_NOOP(
        "Data",
        "Himmelblau’s function (1972): four minima, all with the value 0. Which one is found "
        "depends on the start and on the optimizer.",
    ),
    lambda _values: Surface(
        "Himmelblau",
        "(u**2 + v - 11)**2 + (u + v**2 - 7)**2",
        (
            "4*u*(u**2 + v - 11) + 2*(u + v**2 - 7)",
            "2*(u**2 + v - 11) + 4*v*(u + v**2 - 7)",
        ),
        start=(0.0, 0.0),
        box=(-7.0, 7.0, -7.0, 7.0),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        least=0.0,
    ),
)

# Beale 1958, "On an iterative method for finding a local minimum of a function of more than one
# variable"; start and minimum as in Moré, Garbow and Hillstrom 1981, problem 5.
BEALE = _entry(
    "beale",
    QT_TRANSLATE_NOOP("Data", "Beale"),
    QT_TRANSLATE_NOOP(
        "Data",
        "Three squares of 1.5, 2.25 and 2.625 − u·(1 − vⁱ): flat, with steep walls. No data.",
    ),
    QT_TRANSLATE_NOOP(
        "Data",
        "Beale’s function (1958), lowest at (3, 0.5), from its classic start (1, 1). Between steep "
        "walls it is nearly flat, so one learning rate hardly suits both.",
    ),
    lambda _values: Surface(
        "Beale",
        "(1.5 - u + u*v)**2 + (2.25 - u + u*v**2)**2 + (2.625 - u + u*v**3)**2",
        (
            "2*(1.5 - u + u*v)*(v - 1) + 2*(2.25 - u + u*v**2)*(v**2 - 1)"
            " + 2*(2.625 - u + u*v**3)*(v**3 - 1)",
            "2*u*(1.5 - u + u*v) + 4*u*v*(2.25 - u + u*v**2) + 6*u*v**2*(2.625 - u + u*v**3)",
        ),
        start=(1.0, 1.0),
        box=(-5.4, 5.4, -5.4, 5.4),
        minima=((3.0, 0.5),),
        least=0.0,
    ),
)

TEST_SURFACES = (BOWL, RAVINE, SADDLE, ROSENBROCK, HIMMELBLAU, BEALE)
