"""The registry of data sources. A new one is a file here and a line below."""

from guitrain.core.data import DatasetEntry
from guitrain.core.datasets.line import LINE
from guitrain.core.datasets.table import TABLE
from guitrain.core.params import Registry

DATASETS: Registry[DatasetEntry] = Registry("data", LINE, TABLE)
