"""What is said of a plane through the parameter space: its axes, what it is, where it is from."""

from guitrain.core.plane import Kind, Plane, PlaneView
from guitrain.numbers import format_number
from guitrain.sentences import translate

LI = "Li et al. 2018, arXiv:1712.09913"
LORCH = "Lorch 2016"


def names(plane: Plane) -> tuple[str, str]:
    """Of its two directions, as briefly as can be."""
    one, two = (
        translate("Plane", "direction {0}")
        if kind is Kind.PATH
        else translate("Plane", "random direction {0}")
        for kind in plane.kinds
    )
    return one.format(1), two.format(2)


def axis_labels(plane: Plane) -> tuple[str, str]:
    """Of its two directions, with the share of the path's variance along each that is of it."""
    along, up = names(plane)
    first, second = plane.explained
    if first is not None:
        along = translate("Plane", "{name} · {share} % of the path’s variance").format(
            name=along, share=_percent(first)
        )
    if second is not None:  # in as few characters as can be: plots are low
        up = translate("Plane", "{name} · {share} %").format(name=up, share=_percent(second))
    return along, up


def _percent(share: float) -> str:
    return format_number(100 * share, 1, fixed=True)


def summary(view: PlaneView) -> str:
    """What it is, in a line or two, with its source."""
    plane = view.plane
    source = f"{LORCH}; {LI}" if Kind.PATH in plane.kinds else LI
    return translate(
        "Plane",
        "A plane through {count} parameters, at step {step}. The path is projected: it does not "
        "lie on this surface. {source}",
    ).format(count=f"{view.count:,}", step=f"{plane.step:,}", source=source)


def explanation(view: PlaneView) -> str:
    """The same at length."""
    plane = view.plane
    parts = []
    if Kind.PATH in plane.kinds:
        parts.append(
            translate(
                "Plane",
                "Principal directions: those in which the parameters of {points} keyframes of this "
                "run vary most (principal components; Lorch 2016, “Visualizing Deep Network "
                "Training Trajectories with PCA”; Li et al. 2018, §7.2).",
            ).format(points=f"{plane.points:,}")
        )
    if Kind.RANDOM in plane.kinds:
        parts.append(
            translate(
                "Plane",
                "Random directions (seed {seed}): the weights into each unit are scaled to the "
                "size of the model’s own, and biases stay as they are (“filter-normalised”; "
                "Li et al. 2018, “Visualizing the Loss Landscape of Neural Nets”, §4).",
            ).format(seed=plane.choice.seed)
        )
    if plane.choice.kind is Kind.PATH and plane.kinds[1] is not Kind.PATH:
        parts.append(
            translate(
                "Plane", "The path has not turned yet: what it does not give is drawn at random."
            )
        )
    if Kind.UNSCALED in plane.kinds:
        parts.append(
            translate(
                "Plane",
                "Scaled to these weights, the random directions would make no plane: one of them "
                "is of the same length in all parameters.",
            )
        )
    parts.append(
        translate(
            "Plane",
            "The plane goes through the parameters of step {step}; now they are {off} % of their "
            "size off it. It is laid anew when training pauses, and slowly while it runs.",
        ).format(step=f"{plane.step:,}", off=format_number(100 * view.off, 2))
    )
    return "\n".join(parts)
