"""The parameters and the units of a run at this moment, as read-only numbers for the screen."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.devices import as_array
from guitrain.core.feature_maps import MapsView
from guitrain.core.phases import Phase
from guitrain.core.units import Samples, UnitsView, WeightsView

if TYPE_CHECKING:
    from guitrain.core.run import Run


def weights_view(run: "Run") -> WeightsView:
    """Copies of the parameters, and of the gradients that were found last; after INIT."""
    learner = run.learner
    # A place after an update is reached by carrying that step out, in replays too.
    known = learner.step > 0 or run.phase is Phase.BACKWARD
    return WeightsView(
        run.id,
        learner.step,
        tuple(_copy(p) for p in learner.parameters),
        tuple(_copy(g) for g in learner.gradients) if known else None,
        learner.step + (run.phase is Phase.BACKWARD),
    )


def units_view(run: "Run", samples: Samples) -> UnitsView:
    """What the units give at the samples, with the parameters of this moment; after INIT."""
    layers = []
    for layer in run.learner.activations(samples.inputs):
        made = np.ascontiguousarray(as_array(layer).T)
        made.flags.writeable = False
        layers.append(made)
    return UnitsView(samples, tuple(layers))


def maps_view(run: "Run", row: int | None) -> MapsView | None:
    """What the filters make of a training point (None: of the first), with the parameters of this
    moment; None for a model without filters. After INIT.
    """
    experiment, train = run.experiment, run.learner.data.train
    if experiment.shape.image is None or not experiment.form.maps:
        return None
    chosen = row is not None and row < len(train)
    at = row if row is not None and chosen else 0
    *layers, outputs = [_copy(each[0]) for each in run.learner.activations(train.inputs[[at]])]
    image = train.inputs[at].reshape(experiment.shape.image).copy()
    image.flags.writeable = False
    return MapsView(at, chosen, image, float(train.targets[at]), tuple(layers), outputs)


def _copy(tensor: Tensor) -> NDArray[np.float32]:
    made = as_array(tensor).copy()
    made.flags.writeable = False
    return made
