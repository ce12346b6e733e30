"""The gallery with its choices: which images, which page, and what is said of the chosen one."""

import time

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from guitrain.core.answers import AnswersView
from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.observing import ANSWERS, TEST_ANSWERS
from guitrain.outcome_words import class_name, percent
from guitrain.plots.gallery import Gallery
from guitrain.plots.map_words import map_point_text
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot, State

_RELIST = 1.0  # seconds between looks for wrong ones, while running: else they would flicker
_NOTCH = 120  # of a wheel


class GalleryPanel(QWidget):
    """See the module.

    Signals:
        point_clicked(row): a training image was clicked, or -1: beside them all.
        image_clicked(inputs): a test image was.
        wish_changed: ``wish`` is another.
    Attributes:
        plot: the images. wish: what a snapshot must hold for them.
        points, which: the choices. before, after, page: the pages. foot: what is said.
    """

    point_clicked = Signal(int)
    image_clicked = Signal(object)
    wish_changed = Signal()

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("gallery")
        self._experiment: Experiment | None = None
        self._data: Data | None = None
        self._shown: object = None
        self._snapshot: Snapshot | None = None
        self._listed = 0.0
        self._turned = 0  # of the wheel, since the last page
        self.plot = Gallery(theme=theme)
        self.plot.setMinimumSize(120, 90)
        self.points = self._choice(
            "gallery_points",
            [self.tr("Training images"), self.tr("Test images")],
            self.tr("Which images are shown"),
        )
        self.which = self._choice(
            "gallery_which",
            [self.tr("All"), self.tr("Wrong only")],
            self.tr("All of them, or those whose answer is wrong"),
        )
        self.before = self._button("gallery_before", "‹", self.tr("The page before"), -1)
        self.after = self._button("gallery_after", "›", self.tr("The next page"), 1)
        self.page, self.foot = QLabel(), QLabel()
        self.page.setObjectName("gallery_page")
        self.foot.setObjectName("gallery_foot")
        self.foot.setAccessibleName(self.tr("What is said of the images"))
        self.foot.setWordWrap(True)
        self.foot.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.points)
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.before)
        head.addWidget(self.page)
        head.addWidget(self.after)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.foot)
        self.plot.setToolTip(
            self.tr("The true class, then ✓, or ✗ and the wrong answer, then its probability")
        )
        self.plot.point_clicked.connect(self._clicked)
        self.plot.turned.connect(self._show_page)
        self._show_page()

    def _choice(self, name: str, texts: list[str], tip: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(tip)
        box.setToolTip(tip)
        box.addItems(texts)
        box.currentIndexChanged.connect(self._choose)
        return box

    def _button(self, name: str, text: str, tip: str, way: int) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFixedWidth(28)
        button.clicked.connect(lambda: self._turn(way))
        return button

    def sizeHint(self) -> QSize:
        """As a plot's."""
        return QSize(400, 300)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.plot.set_theme(theme)

    @property
    def wish(self) -> str:
        """What a snapshot must hold."""
        return TEST_ANSWERS if self.plot.test else ANSWERS

    def set_show_test(self, on: bool) -> None:
        """Turn to the test images, or back to those that are trained on."""
        self.points.setCurrentIndex(int(on))

    # What is shown.

    def set_preview(self, experiment: Experiment, data: Data) -> None:
        """Show these images, before there is a run."""
        self._experiment, self._data, self._shown = experiment, data, None
        self.plot.set_data(data, experiment)
        self._say(None)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; answers only where texts are told anew."""
        view = snapshot.view
        self._snapshot = snapshot if view is not None else None
        if view is None:
            return
        self._experiment, self._data = view.experiment, view.data
        self.plot.set_data(self._data, self._experiment)
        point = snapshot.point
        if not self.plot.test:
            self.plot.set_chosen(point.row if point is not None else None)
        answers = self.plot.answers_in(snapshot)
        shown = (answers, point, self.plot.test, self.plot.chosen)
        if not snapshot.legible or shown == self._shown:
            return
        self._shown = shown
        now = time.monotonic()
        relist = snapshot.state is not State.RUNNING or now - self._listed >= _RELIST
        if relist:
            self._listed = now
        self.plot.set_answers(answers, relist=relist)
        self._say(answers)

    def _say(self, answers: AnswersView | None) -> None:
        """Of the chosen image, or else of them all."""
        snapshot, data, row = self._snapshot, self._data, self.plot.chosen
        points = self.plot.points
        if data is None or points is None or self._experiment is None:
            return
        count = f"{len(points):,}"
        text = self.tr("{0} training images. Click one to follow it.").format(count)
        if self.plot.test:
            text = self.tr("{0} test images. Click one to lay it on the pad.").format(count)
        if answers is not None:
            right = int(answers.right.sum())
            told = (f"{right:,}", count, percent(right / max(len(points), 1)))
            text = self.tr("{0} of {1} right ({2}). Click one to follow it.").format(*told)
            if self.plot.test:
                text = self.tr("{0} of {1} right ({2}). Click one to lay it on the pad.")
                text = text.format(*told)
        if row is not None and self.plot.test and answers is not None:
            own, answer = int(points.targets[row]), int(answers.answers[row])
            text = self.tr("test image {0}: its class is {1} ({2}), the answer is {3} ({4})")
            text = text.format(
                f"{row + 1:,}",
                class_name(data, own),
                percent(float(answers.chances[row, own])),
                class_name(data, answer) if answer >= 0 else "–",
                percent(float(answers.chances[row, answer])),
            )
        elif row is not None and snapshot is not None and snapshot.point is not None:
            lines = map_point_text(snapshot.point, self._experiment, data)
            text = lines.replace("\n", " · ")
        if self.foot.text() != text:
            self.foot.setText(text)
            self.plot.setAccessibleDescription(text)

    def select_next_point(self, step: int) -> None:
        """As Gallery's."""
        self.plot.select_next_point(step)

    def _clicked(self, row: int) -> None:
        if not self.plot.test:
            self.point_clicked.emit(row)
            return
        self.plot.set_chosen(row if row >= 0 else None)
        points = self.plot.points
        self.point_clicked.emit(-1)  # one at a time is followed
        if row >= 0 and points is not None:
            self.image_clicked.emit(tuple(points.inputs[row].tolist()))
        self._again()

    def _choose(self) -> None:
        test = self.points.currentIndex() == 1
        before = self.wish
        self.plot.set_which(test=test, wrong_only=self.which.currentIndex() == 1)
        if self.wish != before:
            self.wish_changed.emit()
        self._again()

    def _again(self) -> None:
        self._shown = None
        if self._snapshot is not None:
            self.refresh(self._snapshot)

    # Pages.

    def _turn(self, way: int) -> None:
        self.plot.turn_to(self.plot.page[0] - 1 + way)

    def _show_page(self) -> None:
        page, pages = self.plot.page
        self.page.setText(self.tr("{0} of {1}").format(page, pages))
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the pages."""
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        if notches:
            self._turned -= notches * _NOTCH
            self._turn(-notches)
        event.accept()
