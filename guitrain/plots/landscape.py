"""The landscape: the loss over two parameters as a relief, and the way of training on it.

Of a model with more parameters it is that on a plane through them, and the way is projected.
"""

from itertools import zip_longest
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QApplication, QWidget

from guitrain.core.landscape_bounds import true_parameters
from guitrain.core.landscape_view import Bounds, LandscapeView, has_landscape, surface_of
from guitrain.plots import plane_words
from guitrain.plots.arrows import rough
from guitrain.plots.base import Plot
from guitrain.plots.glide import Glide, Scales
from guitrain.plots.gradient_arrows import GradientArrows
from guitrain.plots.landscape_mouse import LandscapeMouse
from guitrain.plots.note import Note
from guitrain.plots.places import BEST, Places, Point
from guitrain.plots.relief import Relief
from guitrain.plots.scales import Scale
from guitrain.plots.theme import LIGHT, Theme
from guitrain.plots.trails import Trails
from guitrain.plots.when_seen import WhenSeen
from guitrain.snapshot import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from guitrain.core.experiment import Experiment
    from guitrain.core.plane import Plane, PlaneView
    from guitrain.core.run_view import RunView
    from guitrain.snapshot import Snapshot


class LandscapePlot(WhenSeen, Plot):
    """Loss, path, gradient and optimum over two parameters, or on a plane; see the module.

    The ranges are those of the landscape that was computed; when one with others comes, they move
    there in a moment. ``wanted_bounds`` says for which ranges to compute one over two parameters;
    those of a plane come with it.

    Signals:
        start_moved: the start was dragged to these parameters, in the data's own units.

    Attributes:
        wanted_bounds: see above; None where there is nothing to draw.
        landscape: the one that is drawn.
        hovered: what the label under the mouse says, or "".
        start_dragging: whether the start is being dragged.
    """

    start_moved = Signal(float, float)

    def __init__(
        self, parent: QWidget | None = None, *, theme: Theme = LIGHT, for_export: bool = False
    ) -> None:
        super().__init__(parent, theme=theme, for_export=for_export)
        self.setObjectName("landscape_plot")
        self.setAccessibleName(self.tr("Landscape: the loss over the weights, and the path on it"))
        self.setAccessibleDescription(
            self.tr("Drag the start to set the initial weights, or type them in Model.")
        )
        self._experiment: Experiment | None = None
        self.landscape: LandscapeView | None = None
        self._relief = Relief(self)
        self._trails = Trails(self)
        self._places = Places(self)
        self._arrows = GradientArrows(self)
        self._waiting = self._tag(30)
        self._note = Note(self)
        self._mouse = LandscapeMouse(self, self._places)
        self._focus_before: QWidget | None = None
        self._places_key: tuple[object, ...] = ()
        self._stand: tuple[int, ...] = ()
        self._running = False
        self._glide = Glide(self, self._glided)
        self._restyle()

    # What is shown.

    @property
    def wanted_bounds(self) -> Bounds | None:
        """See the class."""
        return self._trails.wanted

    def _hidden(self) -> None:
        # Nothing moves out of sight; what is drawn stays.
        self._drop()
        self._glide.arrive()

    def show_moment(self, snapshot: "Snapshot") -> None:
        """As Moving."""
        super().show_moment(snapshot)
        self._glide.arrive()

    def copy_for_export(self) -> Self:
        """As Plot.copy_for_export."""
        twin = type(self)(for_export=True)
        twin.landscape = self.landscape
        twin._trails.wanted = self._trails.wanted
        if self._snapshot is not None:
            twin.refresh(self._snapshot)
        return twin

    def _take(self, snapshot: "Snapshot") -> None:
        before, self._seen = self._seen, snapshot
        view = snapshot.view
        anew = before is None or (before.view is None) != (view is None)
        anew |= self._take_landscape(snapshot)
        moved = ghosts = False
        halts, self._running = self._running, snapshot.state is State.RUNNING
        halts &= not self._running
        plane = self._plane_of(snapshot)
        self._mouse.can_drag = not self._many
        if view is not None and self._many:
            moved, ghosts = self._trails.take_plane(plane, running=self._running)
        elif view is not None:
            moved, ghosts = self._trails.take(view, snapshot.ghosts, running=self._running)
        elif anew:
            self._trails.clear(wanted=self.wanted_bounds if self.landscape else None)
        marks = self._put_places_on(plane) if self._many else self._put_places(view)
        turned = self._arrows.take(snapshot)
        anew |= self._why_empty() != self._note.text
        if self._aim() or anew:
            self._draw()
            return
        if ghosts:
            self._trails.draw_ghosts()
        if moved or marks or halts:
            self._draw_moment(anew=marks or halts)
        elif turned:
            self._draw_arrows()

    def _take_landscape(self, snapshot: "Snapshot") -> bool:
        """Whether it, or the loss that it would be of, is another one."""
        view = snapshot.view
        experiment = snapshot.experiment if view is None else view.experiment
        anew = False
        if experiment is not self._experiment:
            known, self._experiment = self._experiment, experiment
            anew = known is None or surface_of(known) != surface_of(experiment)
            if anew and self.landscape is not None and not self.landscape.shows(experiment):
                self.landscape = None
        offered = snapshot.landscape
        if offered is None or offered is self.landscape or not offered.shows(experiment):
            return anew
        same = self.landscape is not None and offered.contours is self.landscape.contours
        self.landscape = offered
        return anew or not same

    @property
    def _many(self) -> bool:
        """Whether the model has so many parameters that its landscape is a plane through them."""
        return self._experiment is not None and not has_landscape(self._experiment)

    def _plane_of(self, snapshot: "Snapshot") -> "PlaneView | None":
        """The run on the plane that is drawn."""
        view, found = self.landscape, snapshot.plane
        if view is None or found is None or found.plane is not view.plane:
            return None
        return found

    def _put_places_on(self, plane: "PlaneView | None") -> bool:
        """The marks on a plane; returns whether any but the present one is another."""
        key = () if plane is None else (plane.plane, plane.start)
        self._places.put("present", None if plane is None else plane.present)
        if key == self._places_key:
            return False
        self._places_key = key
        self._places.put("start", None if plane is None else plane.start, self.tr("start"))
        for kind in (*BEST, "true"):
            self._places.put(kind, None)
        return True

    def _put_places(self, view: "RunView | None") -> bool:
        """The marks; returns whether any but the present one is another."""
        known = view is not None and view.initial is not None and has_landscape(view.experiment)
        key: tuple[object, ...] = ()
        present = None
        if view is not None and known:
            key = (view.initial, view.facts.minima, view.data.truth)
            if view.numbers is not None:
                present = (view.numbers[0], view.numbers[1])
        self._places.put("present", present)
        if key == self._places_key:
            return False
        self._places_key = key
        start = true = None
        minima: tuple[tuple[float, ...], ...] = ()
        name = self.tr("best")
        if view is not None and view.initial is not None and known:
            start = (view.initial[0], view.initial[1])
            minima = view.facts.minima
            true = true_parameters(view.data)
            if view.experiment.surface is not None:
                name = self.tr("minimum")
        self._places.put("start", start, self.tr("start"))
        for kind, place in zip_longest(BEST, minima):
            best: Point | None = None if place is None else (place[0], place[1])
            self._places.put(kind, best, name)
        self._places.put("true", true, self.tr("true"))
        return True

    # Ranges.

    def _aim(self) -> bool:
        """Set off to the ranges that are due; returns whether they were reached at once."""
        bounds = self.wanted_bounds if self.landscape is None else self.landscape.bounds
        if bounds is None:
            return False
        x = Scale(bounds.first_low, bounds.first_high)
        y = Scale(bounds.second_low, bounds.second_high)
        first = self._glide.target is None
        if first or self.for_export or not self.isVisible():
            self._glide.jump((x, y))
            return self.set_scales(x, y)
        self._glide.go((self.x_scale, self.y_scale), (x, y))
        return False

    def _glided(self, scales: Scales, moving: bool) -> None:
        self.set_scales(*scales)
        if not moving:
            self._draw()
            return
        self._draw_axes()
        self._relief.place(moving=True)
        self._trails.draw_ghosts()
        self._draw_moment()

    # Drawing.

    def _draw(self) -> None:
        self._note.draw(self._why_empty())
        # The ranges of a plane come with its loss.
        empty = bool(self._note.text) or self._experiment is None
        empty |= self._many and self.landscape is None
        labels = ("", "") if empty else self._axis_names(plane_words.axis_labels)
        if self._labels != labels:
            self.set_axis_labels(*labels)
        if empty:
            for axis in self._axes:
                axis.setTicks([[], []])
            self._grid.setPath(QPainterPath())
        else:
            self._draw_axes()
        for part in (self._trails, self._places, self._arrows, self._mouse):
            part.restyle()
        theme = self.theme
        self._waiting.style(self.text_font(-1), theme.muted, theme.panel, alpha=0.9)
        marks = [at for kind, at in self._places.at.items() if kind != "present"]
        self._relief.lay(None if empty else self.landscape, marks)
        if self._glide.moving:
            self._relief.place(moving=True)
        self._trails.draw_ghosts()
        self._draw_moment()

    def _axis_names(self, of_plane: "Callable[[Plane], tuple[str, str]]") -> tuple[str, str]:
        """Of the two parameters, or of the plane's directions; empty where there is none yet."""
        if self._experiment is not None and not self._many:
            first, second = self._experiment.form.names
            return first, second
        if self.landscape is not None and self.landscape.plane is not None:
            return of_plane(self.landscape.plane)
        return "", ""

    def _draw_moment(self, *, anew: bool = True) -> None:
        """All that changes from frame to frame; ``anew``: and what is said of it."""
        self._trails.draw()
        self._draw_arrows(anew=anew)
        self._draw_waiting()
        self._draw_hover()

    def _draw_arrows(self, *, anew: bool = False) -> None:
        """The gradient, and the present place that it starts from."""
        self._arrows.draw()
        # What moves by little leaves the names where they are. So does all while it runs, when
        # they would jump about.
        present = self._places.pixels("present") or (0.0, 0.0)
        stand = (*(rough(each) for each in present), *self._arrows.stand)
        if not anew and (self._running or stand == self._stand):
            self._places.place(("present",))
            self._arrows.follow()
            return
        self._stand = stand
        labels = self._relief.boxes
        self._places.place(taken=[*labels, *self._arrows.boxes])
        self._arrows.place_labels([*labels, *self._places.boxes])

    def _why_empty(self) -> str:
        """Why there is nothing to see; "" where there is."""
        if self._experiment is None:
            return ""
        if self._places.at or self.landscape is not None:
            return ""
        if self._many:
            if self._seen is not None and self._seen.view is not None:
                return ""
            return self.tr(
                "Landscape of the loss on a plane through the parameters: drawn once there are "
                "data and initial weights."
            )
        first, second = self._experiment.form.names
        return self.tr(
            "Landscape of the loss over {0} and {1}: drawn once there are data and initial weights."
        ).format(first, second)

    def _draw_waiting(self) -> None:
        """In a corner: that the landscape is being computed, or is nothing but flat."""
        text = ""
        if self._experiment is not None and not self._note.text:
            if self.landscape is None:
                text = self.tr("computing the loss …")
            elif not self.landscape.contours:
                text = self.tr("no contours: the loss is the same, or too large, all over")
        self._waiting.say(text)
        self._waiting.setVisible(bool(text))
        self._waiting.setPos(6, 6)

    # Under the mouse.

    @property
    def hovered(self) -> str:
        """See the class."""
        return self._mouse.label.text if self._mouse.label.isVisible() else ""

    @property
    def start_dragging(self) -> bool:
        """See the class."""
        return self._mouse.dragged is not None

    def _place_of(self, event: QMouseEvent) -> QPointF:
        return self.area.mapFromScene(self.mapToScene(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the start."""
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self._mouse.press(self._place_of(event)):
            # For Esc; what had the focus gets it back.
            self._focus_before = QApplication.focusWidget()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._follow_mouse()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the start, or tell the loss under the mouse."""
        self._mouse.move(self._place_of(event))
        self._follow_mouse()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the start: where it was dragged, it is to be."""
        if event.button() is Qt.MouseButton.LeftButton:
            dragged = self._mouse.dragged
            self._drop()
            if dragged is not None:
                self.start_moved.emit(*dragged)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the label away."""
        self._mouse.move(None)
        self._follow_mouse()

    def event(self, event: QEvent) -> bool:
        """Esc is the plot's own while the start is held, whatever it does elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and self._mouse.held:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the start back; all else is the window's."""
        if self._mouse.held and event.key() == Qt.Key.Key_Escape:
            self._drop()
            event.accept()
        else:
            event.ignore()

    def _drop(self) -> None:
        """The start is held no more."""
        if not self._mouse.held:
            return
        self._mouse.drop()
        if self.hasFocus():
            if self._focus_before is not None:
                self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.clearFocus()
        self._focus_before = None
        self._follow_mouse()

    def _follow_mouse(self) -> None:
        """The label and the mouse's looks."""
        shape = self._mouse.cursor
        if self._why_empty():
            shape = Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)
        self._draw_hover()

    def _draw_hover(self) -> None:
        names: tuple[str, ...] = ()
        if self._experiment is not None and not self._note.text:
            names = self._axis_names(plane_words.names)
        self._mouse.draw(self.landscape, names if any(names) else ())
