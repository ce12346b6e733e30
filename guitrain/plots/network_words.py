"""What is said of a part of the network: its name, its value, its gradient."""

from collections.abc import Sequence

import numpy as np

from guitrain.core.by_hand import place_name
from guitrain.core.models import Form
from guitrain.core.units import Layer, Over, UnitsView, WeightsView
from guitrain.numbers import format_number
from guitrain.plots.network_layout import Kind, Spot, most_edges, parameter_of
from guitrain.sentences import joined, translate


class Words:
    """Of one moment.

    Attributes:
        form, layers, sources: the model, its layers, and what its first layer's inputs are called.
    """

    def __init__(
        self,
        form: Form,
        layers: Sequence[Layer],
        sources: Sequence[str],
        weights: WeightsView,
        units: UnitsView,
    ) -> None:
        self.form, self.layers, self.sources = form, layers, sources
        self._weights, self._units = weights, units

    def value(self, spot: Spot) -> str:
        """A weight or bias, its value and what it joins; of a unit the span of its outputs."""
        if spot.kind is Kind.SOURCE:
            return translate("Network", "{0}: an input of the model").format(
                self.sources[spot.source]
            )
        if spot.kind is Kind.UNIT:
            return self._unit(spot)
        name, number = self._named(spot), self._number(spot)
        unit = self.layers[spot.layer].unit(spot.unit)
        if spot.kind is Kind.BIAS:
            text = translate("Network", "{0} = {1}, the bias of {2}")
            return text.format(name, number, unit)
        text = translate("Network", "{0} = {1}, from {2} to {3}")
        return text.format(name, number, self._source(spot), unit)

    def gradient(self, spot: Spot) -> str:
        """∂L/∂p with the step that it is of; "" where there is none."""
        place = parameter_of(spot, self.layers)
        if place is None or spot.kind is Kind.UNIT:
            return ""
        value = self._weights.gradient(*place)
        if value is None:
            return translate("Network", "no gradient yet")
        return translate("Network", "∂L/∂{0} = {1} (step {2})").format(
            self._named(spot), format_number(value), f"{self._weights.of_step:,}"
        )

    def label(self, spot: Spot) -> str:
        """A parameter beside what it is drawn as: "w = 1.895"."""
        return f"{self._named(spot)} = {self._number(spot)}"

    def header(self, layer: Layer) -> str:
        """Above a layer's units."""
        return layer.name if layer.units == 1 else f"{layer.name} · {layer.units}"

    def caption(self) -> str:
        """What the boxes show, and which edges there are."""
        ranges = [
            f"{format_number(low, 3)} … {format_number(high, 3)}"
            for low, high in self._units.samples.ranges
        ]
        if self._units.samples.over is Over.CURVE:
            text = translate("Network", "Boxes: what each unit gives for x = {0}.").format(*ranges)
        elif self._units.samples.over is Over.MAP:
            text = translate(
                "Network",
                "Boxes: what each unit gives over x1 = {0} (to the right) and x2 = {1} (upwards).",
            ).format(*ranges)
        else:
            text = translate(
                "Network", "Boxes: how often a unit gives which value over the training points."
            )
        most = most_edges(self.layers)
        if any(layer.units * layer.inputs > most for layer in self.layers):
            more = translate("Network", "Drawn are the {0} largest weights between two layers.")
            text = joined(text, more.format(most))
        return text

    def spoken(self) -> str:
        """The whole network in a sentence."""
        shape = " – ".join(str(n) for n in (self.layers[0].inputs, *(w.units for w in self.layers)))
        return translate(
            "Network", "{0} units from the inputs to the output, {1} parameters"
        ).format(shape, f"{self.form.count:,}")

    def _unit(self, spot: Spot) -> str:
        layer = self.layers[spot.layer]
        given = self._units.layers[spot.layer][spot.unit]
        given = given[np.isfinite(given)]
        name = layer.unit(spot.unit)
        if not len(given):
            return translate("Network", "{0} gives no finite number").format(name)
        low, high = (format_number(float(each)) for each in (given.min(), given.max()))
        bias = self.label(Spot(Kind.BIAS, spot.layer, spot.unit))
        return translate("Network", "{0} gives {1} … {2}; its bias {3}").format(
            name, low, high, bias
        )

    def _named(self, spot: Spot) -> str:
        place = parameter_of(spot, self.layers)
        return place_name(self.form, *place) if place is not None else ""

    def _number(self, spot: Spot) -> str:
        place = parameter_of(spot, self.layers)
        return format_number(self._weights.value(*place)) if place is not None else ""

    def _source(self, spot: Spot) -> str:
        if spot.layer:
            return self.layers[spot.layer - 1].unit(spot.source)
        return self.sources[spot.source]
