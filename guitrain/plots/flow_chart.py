"""The article's flow chart (its §4.1), live: one box per number, with the numbers of this step."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QWidget

from guitrain.core.phases import PHASES, STAGES, Phase
from guitrain.plots import chart_words, flow_words
from guitrain.plots.diagram import Arrow, Diagram, Kind, Label, Way
from guitrain.plots.items import add_path, mixed, pen
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot

WIDTH, HEIGHT = 396.0, 252.0

# Where each box stands, by the first phase in it; STOP's is a diamond. Forward goes down on the
# right, backward comes up on the left.
PLACES: dict[Phase, QRectF] = {
    Phase.DATA: QRectF(19, 6, 141, 47),
    Phase.FORWARD: QRectF(212, 6, 160, 47),
    Phase.LOSS: QRectF(212, 74, 160, 36),
    Phase.STOP: QRectF(192, 124, 200, 68),
    Phase.BACKWARD: QRectF(19, 135, 141, 47),
    Phase.UPDATE: QRectF(19, 62, 141, 47),
    Phase.TEST: QRectF(19, 215, 160, 32),
    Phase.APPLY: QRectF(217, 215, 160, 32),
}
# Each stage's lane, and the left edge of the strip with its name.
_LANES: dict[str, tuple[QRectF, float]] = {
    "train": (QRectF(1, 1, 394, 197), 1),
    "test": (QRectF(1, 211, 182, 40), 1),
    "apply": (QRectF(213, 211, 182, 40), 381),
}
_STRIP = 14.0
_TITLE, _DETAIL, _SMALL = 12, 11, 10  # logical pixels of the texts
_TITLE_LINE, _DETAIL_LINE = 15.0, 14.0
_LINES: dict[Phase, Callable[[flow_words.Moment], tuple[flow_words.Variants, ...]]] = {
    Phase.DATA: chart_words.data_lines,
    Phase.FORWARD: chart_words.forward_lines,
    Phase.LOSS: chart_words.loss_lines,
    Phase.BACKWARD: chart_words.backward_lines,
    Phase.UPDATE: chart_words.update_lines,
    Phase.TEST: chart_words.test_lines,
    Phase.APPLY: chart_words.apply_lines,
}


WAYS: dict[str, Way] = {
    "data": Way(Kind.VALUES, ((160, 23), (212, 23)), (186, 13), 50, 0.5),
    "prediction": Way(Kind.VALUES, ((292, 53), (292, 74)), (299, 63), 84),
    "loss": Way(Kind.VALUES, ((292, 110), (292, 124)), (299, 117), 90),
    "no": Way(Kind.TURN, ((192, 158), (160, 158)), (177, 148), 30, 0.5),
    "gradients": Way(Kind.GRADIENTS, ((90, 135), (90, 109)), (97, 122), 98),
    "next": Way(Kind.VALUES, ((160, 86), (186, 86), (186, 42), (212, 42)), (192, 63), 94),
    "yes": Way(Kind.TURN, ((292, 192), (292, 204), (99, 204), (99, 215)), (298, 204.5), 60),
    "use": Way(Kind.TURN, ((179, 231), (217, 231)), (0, 0), 0),
}
# The move that follows a phase, of which STOP has two.
_MOVES = {
    Phase.DATA: "data",
    Phase.INIT: "data",
    Phase.FORWARD: "prediction",
    Phase.LOSS: "loss",
    Phase.BACKWARD: "gradients",
    Phase.UPDATE: "next",
}


class Box:
    """A box (STOP: a diamond) with its title, its lines of detail and the marker of the lit one.

    Attributes:
        phase: the first of its phases, which it is called by. phases: all of them.
        lit: whether its phase was the last one carried out.
    """

    def __init__(self, parent: QGraphicsItem, phase: Phase) -> None:
        info = PHASES[phase]
        self.phase = phase
        self.phases = tuple(
            other
            for other, its in PHASES.items()
            if (its.number, its.stage) == (info.number, info.stage)
        )
        self.place = PLACES[phase]
        self.lit = False
        self.item = add_path(parent, 2)
        self.item.setPath(self._outline(0))
        self.item.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ring = add_path(parent, 1.5)
        self.ring.setPath(self._outline(3))
        self.ring.hide()
        self.marker = add_path(parent, 3)
        self.marker.hide()
        self.title, self.details = self._lay_out(parent)
        self.title.say(flow_words.box_title(phase))

    @property
    def is_diamond(self) -> bool:
        """Whether it asks a question."""
        return self.phase is Phase.STOP

    def _outline(self, margin: float) -> QPainterPath:
        path = QPainterPath()
        place = self.place.adjusted(-margin, -margin, margin, margin)
        if self.is_diamond:
            middle = place.center()
            path.addPolygon(
                QPolygonF(
                    [
                        QPointF(middle.x(), place.top()),
                        QPointF(place.right(), middle.y()),
                        QPointF(middle.x(), place.bottom()),
                        QPointF(place.left(), middle.y()),
                    ]
                )
            )
            path.closeSubpath()
        else:
            path.addRoundedRect(place, 6 + margin, 6 + margin)
        return path

    def _lay_out(self, parent: QGraphicsItem) -> tuple[Label, tuple[Label, ...]]:
        place, middle = self.place, self.place.center()
        if self.is_diamond:
            # The longest line where a diamond is widest, short ones above and below it.
            ups = [-_DETAIL_LINE / 2 - _TITLE_LINE / 2, 0.0, _DETAIL_LINE]
        else:
            count = 2 if place.height() > 40 else 1
            top = -(_TITLE_LINE + count * _DETAIL_LINE) / 2
            ups = [top + _TITLE_LINE / 2]
            ups += [top + _TITLE_LINE + (i + 0.5) * _DETAIL_LINE for i in range(count)]
        labels = []
        for index, up in enumerate(ups):
            line = _TITLE_LINE if index == 0 else _DETAIL_LINE
            width = place.width() - 5
            if self.is_diamond:  # its width at the end of the line that is further out
                width = place.width() * (1 - 2 * (abs(up) + line / 2 - 2) / place.height()) - 6
            labels.append(Label(parent, 3, QPointF(middle.x(), middle.y() + up), width))
        return labels[0], tuple(labels[1:])

    def restyle(self, theme: Theme, chart: Diagram) -> None:
        """Its colours and fonts."""
        self.title.style(chart.text_font(_TITLE, bold=True), theme.text)
        gradients = self.phase is Phase.BACKWARD
        for label in self.details:
            label.style(
                chart.text_font(_DETAIL, bold=gradients),
                theme.gradient if gradients else theme.muted,
            )
        self.ring.setPen(pen(theme.accent, 1.6, dashes=(3, 2)))
        self.light(self.lit, theme)

    def light(self, lit: bool, theme: Theme) -> None:
        """Show whether its phase was the last one: a fill, a thick border and a marker."""
        self.lit = lit
        colour = theme.gradient if self.phase is Phase.BACKWARD else theme.data
        if lit:
            self.item.setBrush(QColor(mixed(colour, theme.panel, 0.13)))
            self.item.setPen(pen(colour, 2.6))
            self.marker.setBrush(QColor(colour))
            self.marker.setPen(QPen(Qt.PenStyle.NoPen))
            # Before the title, wherever that begins.
            box = self.title.box
            at = QPointF(box.left() - 10, box.center().y())
            triangle = QPainterPath(at + QPointF(0, -4.5))
            triangle.lineTo(at + QPointF(7, 0))
            triangle.lineTo(at + QPointF(0, 4.5))
            triangle.closeSubpath()
            self.marker.setPath(triangle)
        else:
            self.item.setBrush(QColor(theme.panel))
            self.item.setPen(pen(theme.axis, 1.0))
        self.marker.setVisible(lit)


class FlowChart(Diagram):
    """The eight steps, the present one lit; ``refresh`` shows a snapshot's numbers.

    Each box can be clicked, or reached with Tab and pressed with Enter.

    Signals:
        explained(Phase): this box is to be explained.

    Attributes:
        boxes, arrows: by their phase, and by name (see ``PLACES`` and ``WAYS``).
        position: the label with the epoch and batch.
        focused: the box that Enter would explain, while the chart has the focus.
    """

    explained = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, theme: Theme = LIGHT) -> None:
        super().__init__(WIDTH, HEIGHT, parent, theme=theme)
        self.setObjectName("flow_chart")
        self.setAccessibleName(translate("Flow", "The cycle of training, as a flow chart"))
        self.setToolTip(translate("Flow", "Click a box to have it explained"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.focused: Phase | None = None
        self._lanes = {stage: (add_path(self.root, 0), add_path(self.root, 0)) for stage in _LANES}
        self._lane_names: dict[str, Label] = {}
        for stage, (lane, left) in _LANES.items():
            self._add_lane(stage, lane, left)
        self.arrows = {name: Arrow(self.root, way) for name, way in WAYS.items()}
        self.boxes = {phase: Box(self.root, phase) for phase in PLACES}
        self._box_of = {phase: box for box in self.boxes.values() for phase in box.phases}
        self.position = Label(self.root, 1, QPointF(19, 190), 176, 0.0)
        self.arrows["no"].label.say(translate("Flow", "no"))
        self.arrows["yes"].label.say(translate("Flow", "yes"))
        self.arrows["next"].label.say(chart_words.next_step())
        self.set_theme(theme)

    def _add_lane(self, stage: str, lane: QRectF, left: float) -> None:
        whole, strip = QPainterPath(), QPainterPath()
        whole.addRoundedRect(lane, 7, 7)
        strip.addRect(QRectF(left, lane.top(), _STRIP, lane.height()))
        for item, path in zip(self._lanes[stage], (whole, strip & whole), strict=True):
            item.setPath(path)
        middle = QPointF(left + _STRIP / 2, lane.center().y())
        name = Label(self.root, 1, middle, lane.height() - 4, upright=True)
        name.say(translate("Phases", STAGES[stage]))
        self._lane_names[stage] = name

    def _restyle(self) -> None:
        theme = self.theme
        for lane, strip in self._lanes.values():
            lane.setBrush(QColor(theme.window))
            lane.setPen(pen(theme.border))
            strip.setBrush(QColor(theme.border))
            strip.setPen(QPen(Qt.PenStyle.NoPen))
        for name in self._lane_names.values():
            name.style(self.text_font(_SMALL, bold=True), theme.text)
        for arrow in self.arrows.values():
            arrow.restyle(theme, self)
        for box in self.boxes.values():
            box.restyle(theme, self)
        self.position.style(self.text_font(_DETAIL), theme.muted)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; what stayed as it was is not touched."""
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and _same(before, snapshot):
            return
        moment = flow_words.Moment(snapshot)
        for phase, lines in _LINES.items():
            for label, text in zip(self.boxes[phase].details, lines(moment), strict=True):
                label.say(*text)
        judged = flow_words.verdict(moment)
        comparison, answer = self.boxes[Phase.STOP].details
        comparison.say(*judged.comparison)
        answer.say(*judged.answer)
        self.arrows["data"].label.say(*chart_words.batch_text(moment, "x"))
        self.arrows["loss"].label.say(*chart_words.loss_text(moment))
        self.arrows["prediction"].label.say(moment.settings.shape.output)
        self.arrows["gradients"].label.say(*chart_words.gradient_text(moment))
        self.position.say(*flow_words.position(moment))
        self._light(moment.phase, judged)

    def _light(self, phase: Phase | None, judged: flow_words.Verdict) -> None:
        lit = self._box_of.get(phase) if phase is not None else None
        for box in self.boxes.values():
            if box.lit != (box is lit):
                box.light(box is lit, self.theme)
        move = _MOVES.get(phase) if phase is not None else None
        if phase is Phase.STOP:
            move = "yes" if judged.stop else "no"
        for name, arrow in self.arrows.items():
            arrow.embolden(name == move, self.theme, self)

    # Boxes by mouse and by keyboard.

    def box_at(self, at: QPointF) -> Phase | None:
        """The box at a place in the diagram."""
        for phase, box in self.boxes.items():
            if box.item.path().contains(at):
                return phase
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box is explained."""
        event.accept()
        phase = self.box_at(self.mapToScene(event.position().toPoint()))
        if phase is not None and event.button() is Qt.MouseButton.LeftButton:
            self.explained.emit(phase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter explains the box in focus; all else is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focused is not None:
            event.accept()
            self.explained.emit(self.focused)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from box to box, in their order, and then on."""
        order = list(self.boxes)
        if self.hasFocus() and self.focused is not None:
            index = order.index(self.focused) + (1 if forward else -1)
            if 0 <= index < len(order):
                self._focus(order[index])
                return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in at the first box, Shift+Tab at the last one; else where it was."""
        super().focusInEvent(event)
        order = list(self.boxes)
        if event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._focus(order[-1])
        elif event.reason() is Qt.FocusReason.TabFocusReason or self.focused is None:
            self._focus(order[0])
        else:
            self._focus(self.focused)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No box is in focus."""
        super().focusOutEvent(event)
        if self.focused is not None:
            self.boxes[self.focused].ring.hide()

    def _focus(self, phase: Phase) -> None:
        for box in self.boxes.values():
            box.ring.setVisible(box.phase is phase)
        self.focused = phase
        box = self.boxes[phase]
        said = [label.text for label in (box.title, *box.details) if label.text]
        self.setAccessibleDescription(". ".join(said))


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots have the same to show here."""
    return (
        one.view is other.view
        and one.step_view is other.step_view
        and one.evaluation is other.evaluation
        and one.applied is other.applied
        and one.data is other.data
        and one.experiment is other.experiment
    )
