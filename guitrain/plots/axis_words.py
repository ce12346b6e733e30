"""What a plot's axes are called: the quantity and its unit."""

from guitrain.core.data import Data
from guitrain.sentences import listed, translate

_MOST_NAMED = 6  # inputs; of more, an axis names the first


def axis_labels(data: Data) -> tuple[str, str]:
    """Those of the inputs and of the target: "distance (Mpc)"."""
    names = input_labels(data)
    inputs = listed(names)
    if len(names) > _MOST_NAMED:
        inputs = translate("Axes", "{0}, … ({1} inputs)").format(listed(names[:3]), len(names))
    return inputs, target_label(data)


def target_label(data: Data) -> str:
    """That of the target."""
    return _label(data, data.target_name, data.target_unit)


def input_labels(data: Data) -> tuple[str, ...]:
    """Those of each input."""
    units = data.input_units or ("",) * len(data.input_names)
    pairs = zip(data.input_names, units, strict=True)
    return tuple(_label(data, name, unit) for name, unit in pairs)


def axis_meanings(data: Data) -> str:
    """What x and y stand for, where they have units; else ""."""
    if not (any(data.input_units) or data.target_unit):
        return ""
    x, y = axis_labels(data)
    return translate("Axes", "x: {0}; y: {1}.").format(x, y)


def _label(data: Data, name: str, unit: str) -> str:
    if data.own_names:
        name = translate("Data", name)
    return translate("Axes", "{0} ({1})").format(name, unit) if unit else name
