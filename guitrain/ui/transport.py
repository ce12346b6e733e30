"""The toolbar: preset, Reset, Next, Run/Pause, pace, undo, export, theme."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from guitrain.core.experiment import Experiment
from guitrain.plots.theme import Theme
from guitrain.presets import HELP, LABELS, PRESETS, preset
from guitrain.sentences import translate
from guitrain.snapshot import MAX_PACE, Snapshot, State
from guitrain.ui.icons import icon

PACES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, MAX_PACE)
UNITS = ("phase", "batch", "epoch")


class PaceSlider(QWidget):
    """Epochs per second, from one in two seconds to flat out at the far right.

    Signals:
        changed: the pace in epochs per second (infinity: Max), by the user.
    """

    changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        title = QLabel(self.tr("Speed"))
        title.setProperty("role", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("pace")
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setFixedWidth(96)
        self.slider.setAccessibleName(self.tr("Speed, in epochs per second"))
        self.slider.setToolTip(
            self.tr("How many epochs are played per second. The far right is Max: flat out.")
        )
        title.setBuddy(self.slider)
        self._label = QLabel()
        self._label.setObjectName("pace_label")
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance("1000 epochs/s "))
        for widget in (title, self.slider, self._label):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.slider.valueChanged.connect(self._moved)

    @property
    def pace(self) -> float:
        """Epochs per second."""
        return PACES[self.slider.value()]

    def set_pace(self, pace: float) -> None:
        """Show the stop nearest to this pace, and say so by ``changed``."""
        distances = [
            0.0 if stop == pace else abs(math.log(min(stop, 1e6) / min(pace, 1e6)))
            for stop in PACES
        ]
        self.slider.setValue(distances.index(min(distances)))
        self._moved()

    def _moved(self) -> None:
        pace = self.pace
        text = self.tr("Max") if pace == MAX_PACE else self.tr("{0} epochs/s").format(f"{pace:g}")
        self._label.setText(text)
        self.changed.emit(pace)


class Transport(QWidget):
    """The toolbar.

    Signals:
        preset_chosen(name), run_pressed, reset_pressed, next_pressed(unit), undo_pressed,
        redo_pressed, theme_pressed, pace_changed(epochs per second).
    """

    preset_chosen = Signal(str)
    run_pressed = Signal()
    reset_pressed = Signal()
    next_pressed = Signal(str)
    undo_pressed = Signal()
    redo_pressed = Signal()
    theme_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state: State | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        name = QLabel("GUITrain")
        name.setProperty("role", "app")
        layout.addWidget(name)
        self.preset = QComboBox()
        self.preset.setObjectName("preset")
        self.preset.setAccessibleName(self.tr("Preset experiment"))
        self.preset.setToolTip(self.tr("Start again from one of the ready experiments."))
        for index, key in enumerate(PRESETS):
            self.preset.addItem(translate("Presets", LABELS[key]), key)
            tip = translate("Presets", HELP[key])
            self.preset.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.preset.setPlaceholderText(self.tr("Own experiment"))
        self.preset.activated.connect(self._preset_activated)
        layout.addWidget(self.preset)
        self.undo = self._button("undo", "", self.tr("Bring back the run before this one (Ctrl+Z)"))
        self.undo.setAccessibleName(self.tr("Undo: bring back the run before this one"))
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo.clicked.connect(self.undo_pressed)
        self.redo = self._button("redo", "", self.tr("Go to the run after this one (Ctrl+Y)"))
        self.redo.setAccessibleName(self.tr("Redo: go to the run after this one"))
        self.redo.setShortcut(QKeySequence(self.tr("Ctrl+Y")))
        self.redo.clicked.connect(self.redo_pressed)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        layout.addStretch(1)
        self.reset = self._button(
            "reset",
            self.tr("Reset"),
            self.tr("Start this experiment again from the same initial weights (R)"),
        )
        self.reset.clicked.connect(self.reset_pressed)
        layout.addWidget(self.reset)
        layout.addWidget(self._make_next())
        self.run = self._button(
            "run", self.tr("Run"), self.tr("Train until a stop rule ends it, or pause (Space)")
        )
        self.run.setProperty("primary", True)
        self.run.setMinimumWidth(98)
        self.run.clicked.connect(self.run_pressed)
        layout.addWidget(self.run)
        self.pace = PaceSlider()
        layout.addWidget(self.pace)
        layout.addStretch(1)
        self.export = QToolButton()
        self.export.setObjectName("export")
        self.export.setText(self.tr("Export"))
        self.export.setAccessibleName(self.tr("Export"))
        self.export.setToolTip(self.tr("Take a plot or the numbers with you."))
        self.export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setMenu(QMenu(self.export))
        layout.addWidget(self.export)
        self.theme = self._button("theme", "", self.tr("Light or dark"))
        self.theme.setAccessibleName(self.tr("Switch between light and dark"))
        self.theme.clicked.connect(self.theme_pressed)
        layout.addWidget(self.theme)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setIconSize(QSize(16, 16))
        # A click leaves the focus where it was, so that Space goes on meaning Run and Pause.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _make_next(self) -> QToolButton:
        self.step = QToolButton()
        self.step.setObjectName("step")
        self.step.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.step.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.step.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.step.setIconSize(QSize(16, 16))
        menu, group = QMenu(self.step), QActionGroup(self.step)
        texts = (self.tr("Next phase"), self.tr("Next batch"), self.tr("Next epoch"))
        self._next_texts = dict(zip(UNITS, texts, strict=True))
        self._next_actions: dict[str, QAction] = {}
        for unit, text in self._next_texts.items():
            action = menu.addAction(text)
            action.setObjectName(f"next_{unit}")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, u=unit: self._next_chosen(u))
            group.addAction(action)
            self._next_actions[unit] = action
        self.step.setMenu(menu)
        self.step.clicked.connect(lambda: self.next_pressed.emit(self.unit))
        self._set_unit("epoch")
        return self.step

    def _set_unit(self, unit: str) -> None:
        self.unit = unit
        self._next_actions[unit].setChecked(True)
        self.step.setText(self._next_texts[unit])
        self.step.setAccessibleName(self._next_texts[unit])
        self.step.setToolTip(
            self.tr("Go on by one, then wait (→). The arrow chooses phase, batch or epoch.")
        )

    def _next_chosen(self, unit: str) -> None:
        self._set_unit(unit)
        self.next_pressed.emit(unit)

    def _preset_activated(self, index: int) -> None:
        self.preset_chosen.emit(self.preset.itemData(index))

    def show_experiment(self, experiment: Experiment) -> None:
        """Name the preset that this experiment is, if it is one."""
        names = [name for name in PRESETS if preset(name).experiment == experiment]
        self.preset.setCurrentIndex(self.preset.findData(names[0]) if names else -1)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons for this theme."""
        for name, button in (
            ("reset", self.reset),
            ("undo", self.undo),
            ("redo", self.redo),
            ("theme", self.theme),
            ("next", self.step),
            ("export", self.export),
        ):
            button.setIcon(icon(name, theme.text, theme.border))
        self._run_icons = {
            running: icon("pause" if running else "run", theme.accent_text, theme.muted)
            for running in (False, True)
        }
        self._state = None

    def refresh(self, snapshot: Snapshot) -> None:
        """Enable what can be pressed now."""
        state = snapshot.state
        running = state is State.RUNNING
        if state is not self._state:
            self._state = state
            self.run.setText(self.tr("Pause") if running else self.tr("Run"))
            self.run.setAccessibleName(self.run.text())
            self.run.setIcon(self._run_icons[running])
            self.run.setEnabled(state in (State.RUNNING, State.PAUSED))
            self.step.setEnabled(state in (State.RUNNING, State.PAUSED))
        begun = snapshot.view is not None and (
            snapshot.view.head > 0 or snapshot.view.step > 0 or state is State.STOPPED
        )
        self.reset.setEnabled(begun or state is State.FAILED)
        self.undo.setEnabled(snapshot.can_undo)
        self.redo.setEnabled(snapshot.can_redo)
