"""The registry of data sources. A new one is a file here and a line below."""

from guitrain.core.data import DatasetEntry
from guitrain.core.datasets.anscombe import ANSCOMBE
from guitrain.core.datasets.cars import CARS
from guitrain.core.datasets.cats_dogs import CATS_DOGS
from guitrain.core.datasets.curves import PARABOLA, SINE, STEP
from guitrain.core.datasets.digits import DIGITS
from guitrain.core.datasets.drawn import DRAWN
from guitrain.core.datasets.drawn_classes import DRAWN_CLASSES
from guitrain.core.datasets.hubble import HUBBLE
from guitrain.core.datasets.iris import IRIS
from guitrain.core.datasets.line import LINE, OUTLIERS
from guitrain.core.datasets.planes import PLANES
from guitrain.core.datasets.surfaces import TEST_SURFACES
from guitrain.core.datasets.table import TABLE
from guitrain.core.params import Registry

DATASETS: Registry[DatasetEntry] = Registry(
    "data",
    LINE,
    OUTLIERS,
    PARABOLA,
    SINE,
    STEP,
    ANSCOMBE,
    HUBBLE,
    CARS,
    CATS_DOGS,
    *PLANES,
    IRIS,
    DIGITS,
    DRAWN,
    DRAWN_CLASSES,
    TABLE,
    *TEST_SURFACES,
)
