"""What the plots and diagrams are called where they are taken away."""

from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.sentences import translate

_NAMES = {
    "fit": QT_TRANSLATE_NOOP("ExportDialog", "Fit"),
    "map": QT_TRANSLATE_NOOP("ExportDialog", "Map"),
    "gallery": QT_TRANSLATE_NOOP("ExportDialog", "Gallery"),
    "loss": QT_TRANSLATE_NOOP("ExportDialog", "Loss"),
    "landscape": QT_TRANSLATE_NOOP("ExportDialog", "Landscape"),
    "predicted": QT_TRANSLATE_NOOP("ExportDialog", "Predicted vs true"),
    "scores": QT_TRANSLATE_NOOP("ExportDialog", "ROC curves"),
    "cycle": QT_TRANSLATE_NOOP("ExportDialog", "Cycle"),
    "graph": QT_TRANSLATE_NOOP("ExportDialog", "Computation graph"),
    "network": QT_TRANSLATE_NOOP("ExportDialog", "Network"),
    "weights": QT_TRANSLATE_NOOP("ExportDialog", "Weights"),
    "gradients": QT_TRANSLATE_NOOP("ExportDialog", "Gradients"),
    "sweep": QT_TRANSLATE_NOOP("ExportDialog", "Sweep"),
}


def picture_name(name: str) -> str:
    """A plot or diagram, by the name of its panel."""
    return translate("ExportDialog", _NAMES[name]) if name in _NAMES else name
