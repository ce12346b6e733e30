"""Hubble's 24 nebulae of 1929: the farther, the faster; a first sign that the universe expands.

Source: E. Hubble, "A relation between distance and radial velocity among extra-galactic nebulae",
Proceedings of the National Academy of Sciences 15 (1929), 168–173, Table 1 (columns r and v), in
the table's order. In the public domain: published before 1930. His distances are about seven
times too small, and so his slope of about 500 km/s per Mpc is seven times today's.
"""

from guitrain.core.datasets.published import Axis, of_columns, published
from guitrain.core.phases import QT_TRANSLATE_NOOP

_TABLE = (  # nebula, distance in Mpc, velocity in km/s
    ("S. Mag.", 0.032, 170),
    ("L. Mag.", 0.034, 290),
    ("N.G.C. 6822", 0.214, -130),
    ("598", 0.263, -70),
    ("221", 0.275, -185),
    ("224", 0.275, -220),
    ("5457", 0.45, 200),
    ("4736", 0.5, 290),
    ("5194", 0.5, 270),
    ("4449", 0.63, 200),
    ("4214", 0.8, 300),
    ("3031", 0.9, -30),
    ("3627", 0.9, 650),
    ("4826", 0.9, 150),
    ("5236", 0.9, 500),
    ("1068", 1.0, 920),
    ("5055", 1.1, 450),
    ("7331", 1.1, 500),
    ("4258", 1.4, 500),
    ("4151", 1.7, 960),
    ("4382", 2.0, 500),
    ("4472", 2.0, 850),
    ("4486", 2.0, 800),
    ("4649", 2.0, 1090),
)

_POINTS = of_columns(
    tuple(distance for _, distance, _ in _TABLE),
    tuple(float(velocity) for _, _, velocity in _TABLE),
    "Hubble (1929), PNAS 15:168, Table 1: distance in Mpc, velocity in km/s",
)

HUBBLE = published(
    "hubble",
    QT_TRANSLATE_NOOP("Data", "Hubble 1929"),
    QT_TRANSLATE_NOOP("Data", "Distance and velocity of 24 nebulae, as Edwin Hubble had them."),
    QT_TRANSLATE_NOOP(
        "Data",
        "The farther a nebula, the faster it moves away: Edwin Hubble saw it in these 24, a first "
        "sign that the universe expands. PNAS 15 (1929) 168, Table 1; public domain.",
    ),
    (
        Axis(QT_TRANSLATE_NOOP("Data", "distance"), "Mpc"),
        Axis(QT_TRANSLATE_NOOP("Data", "velocity"), "km/s"),
    ),
    lambda _values: _POINTS,
)
