"""What plots and diagrams are called where one is to be chosen."""

from guitrain.sentences import translate


def plot_name(name: str) -> str:
    """The words for a plot's name."""
    return {
        "fit": translate("Plots", "Fit"),
        "map": translate("Plots", "Map"),
        "gallery": translate("Plots", "Gallery"),
        "loss": translate("Plots", "Loss"),
        "landscape": translate("Plots", "Landscape"),
        "predicted": translate("Plots", "Predicted vs true"),
        "scores": translate("Plots", "ROC curves"),
        "cycle": translate("Plots", "Cycle"),
        "graph": translate("Plots", "Computation graph"),
        "network": translate("Plots", "Network"),
        "weights": translate("Plots", "Weights"),
        "gradients": translate("Plots", "Gradients"),
        "sweep": translate("Plots", "Sweep"),
    }.get(name, name)
