"""What is said of a part of a convolutional net's picture: its name, its value, its gradient."""

import numpy as np

from guitrain.core.by_hand import place_name
from guitrain.core.experiment import Experiment
from guitrain.core.feature_maps import MapsView
from guitrain.core.units import WeightsView
from guitrain.numbers import format_number
from guitrain.plots.filters_layout import FilterSpot, Kind, parameter_of
from guitrain.sentences import joined, translate


class Words:
    """Of one moment.

    Attributes:
        chances: the probability of each class; () where a number is learnt.
    """

    def __init__(
        self,
        experiment: Experiment,
        inputs: tuple[str, ...],
        classes: tuple[str, ...],
        weights: WeightsView,
        maps: MapsView,
    ) -> None:
        self._form, self._inputs, self._classes = experiment.form, inputs, classes
        self._weights, self._maps = weights, maps
        found = experiment.loss_entry.probabilities
        self.chances: tuple[float, ...] = ()
        if found is not None:
            self.chances = tuple(found(maps.outputs[None].astype(np.float64))[0].tolist())

    def headers(self, layer: int) -> tuple[str, str]:
        """Above a layer's maps: what they are, and how many; and the same in a few letters."""
        formula = self._form.layers[layer].partition(" = ")[2]
        count, name = self._form.maps[layer][0], self._form.tensors[2 * layer][0]
        inner = formula.removeprefix("pool(").removesuffix(")")
        return f"{inner} · {count}", f"{name} · {count}"

    def answer(self, number: int) -> str:
        """A class with its probability."""
        return f"{self._classes[number]}  {100 * self.chances[number]:.0f} %"

    def value(self, spot: FilterSpot) -> str:
        """A parameter's value, a pixel's, or what a filter gives at a place."""
        if spot.kind is Kind.PIXEL:
            row, column = spot.index
            name = self._inputs[row * self._maps.image.shape[1] + column]
            value = format_number(float(self._maps.image[row, column]))
            return translate("Network", "{0} = {1}, a pixel of the image").format(name, value)
        if spot.kind is Kind.MAP:
            return self._map(spot)
        name, number = self._named(spot), self._number(spot)
        layer = spot.at // 2
        if layer >= len(self._form.maps):
            return f"{name} = {number}"
        text = translate("Network", "{0} = {1}, of filter {2}")
        return text.format(name, number, spot.index[0])

    def gradient(self, spot: FilterSpot) -> str:
        """∂L/∂p with the step that it is of; "" of what is no parameter."""
        place = parameter_of(spot)
        if place is None or spot.kind is Kind.MAP:
            return ""
        value = self._weights.gradient(*place)
        if value is None:
            return translate("Network", "no gradient yet")
        return translate("Network", "∂L/∂{0} = {1} (step {2})").format(
            self._named(spot), format_number(value), f"{self._weights.of_step:,}"
        )

    def caption(self) -> str:
        """Which image it is, and what the model says of it."""
        number = format_number(self._maps.row + 1)
        if not self.chances:
            return translate("Network", "Point {0} on its way through.").format(number)
        best = int(np.argmax(self.chances))
        text = translate("Network", "Point {0}, class {1}: told as {2} ({3} %).")
        if not self._maps.chosen:
            text = joined(text, translate("Network", "In Fit, click another."))
        return text.format(
            number,
            self._classes[int(self._maps.target)],
            self._classes[best],
            f"{100 * self.chances[best]:.1f}",
        )

    def spoken(self) -> str:
        """The whole picture in a sentence."""
        filters = ", ".join(str(count) for count, *_ in self._form.maps)
        text = translate("Network", "Filters in each layer: {0}; {1} parameters. {2}")
        return text.format(filters, f"{self._form.count:,}", self.caption())

    def _map(self, spot: FilterSpot) -> str:
        number, row, column = spot.index
        given = self._maps.layers[spot.at][number]
        bias = self._named(spot)
        text = translate(
            "Network", "Filter {0} gives {1} at [{2}, {3}], in all {4} … {5}; {6} = {7}"
        )
        low, high = (format_number(float(each)) for each in (given.min(), given.max()))
        value = format_number(float(given[row, column]))
        return text.format(number, value, row, column, low, high, bias, self._number(spot))

    def _named(self, spot: FilterSpot) -> str:
        place = parameter_of(spot)
        return place_name(self._form, *place) if place is not None else ""

    def _number(self, spot: FilterSpot) -> str:
        place = parameter_of(spot)
        return format_number(self._weights.value(*place)) if place is not None else ""
