"""The toolbar: file, preset, undo, Reset, Back, Next, Run/Pause, Run to…, speed, export, theme."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from guitrain.core.experiment import Experiment
from guitrain.core.phases import Phase
from guitrain.plots.theme import LIGHT, Theme
from guitrain.presets import HELP, LABELS, PRESETS, preset
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State
from guitrain.ui.icons import icon
from guitrain.ui.locks import Locks
from guitrain.ui.pace import PaceSlider
from guitrain.ui.run_to import RunToButton
from guitrain.ui.step_buttons import StepButtons

_IN_HAND = (State.PAUSED, State.RUNNING, State.STOPPED)  # there is a run that can be moved
_SHORT_PRESET, _ANY_WIDTH = 96, 16_777_215  # pixels; the latter is Qt's own "no limit"
_WITHIN_A_STEP = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)


class Transport(QWidget):
    """The toolbar. Where it gets narrow, texts give way to their icons one after the other.

    Attributes:
        pace: the speed; its ``changed(Pace)`` says when the user moves it.
        step, back, run, run_to, reset, undo, redo, file, export, theme, preset: the
            controls.

    Signals:
        preset_chosen(name), run_pressed, run_to_pressed(Until), reset_pressed,
        next_pressed(unit), back_pressed(unit): by "phase", "batch" or "epoch",
        undo_pressed, redo_pressed, theme_pressed.
    """

    preset_chosen = Signal(str)
    run_pressed = Signal()
    run_to_pressed = Signal(object)
    reset_pressed = Signal()
    next_pressed = Signal(str)
    back_pressed = Signal(str)
    undo_pressed = Signal()
    redo_pressed = Signal()
    theme_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[object, ...] | None = None
        self._run_icons: dict[bool, QIcon] = {}
        self._level = 0
        self._widths: list[int] = []
        self._measuring = False
        self._restyled = QTimer(self)
        self._restyled.setSingleShot(True)
        self._restyled.timeout.connect(self._measure_again)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)
        self._layout.setSpacing(8)
        self._name = QLabel("GUITrain")
        self._name.setProperty("role", "app")
        self._layout.addWidget(self._name)
        self._layout.addWidget(self._make_file())
        self._layout.addWidget(self._make_preset())
        self._add_undo()
        self._layout.addStretch(1)
        self._add_moves()
        self.pace = PaceSlider()
        self._layout.addWidget(self.pace)
        self._layout.addStretch(1)
        self._layout.addWidget(self._make_export())
        self.theme = self._button("theme", "", self.tr("Light or dark"))
        self.theme.setAccessibleName(self.tr("Switch between light and dark"))
        self.theme.clicked.connect(self.theme_pressed)
        self._layout.addWidget(self.theme)
        self.withheld_by_name: dict[str, QWidget] = {
            "preset": self.preset,
            "undo": self.undo,
            "redo": self.redo,
            "reset": self.reset,
            "step_back": self.back,
            "step": self.step,
            "run": self.run,
            "run_to": self.run_to,
            "pace": self.pace,
            "export": self.export,
        }
        self._locks = Locks()
        self._useless: set[QWidget] = set()  # of these, at present
        # What gives way where there is no room for all, in this order.
        self._savings: tuple[Callable[[bool], None], ...] = (
            self.pace.set_narrow,
            self._name.setHidden,
            self._shorten_export,
            self._shorten_reset,
            lambda on: self.run_to.set_text(not on),
            lambda on: self._steps.set_back_text(not on),
            self._shorten_preset,
            self.pace.set_wordless,
        )
        self.set_theme(LIGHT)

    # Building.

    def _make_preset(self) -> QComboBox:
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
        return self.preset

    def _add_undo(self) -> None:
        self.undo = self._button(
            "undo", "", self.tr("Take back the last change, or bring back the run before (Ctrl+Z)")
        )
        self.undo.setAccessibleName(
            self.tr("Undo: take back the last change, or bring back the run before")
        )
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo.clicked.connect(self.undo_pressed)
        self.redo = self._button("redo", "", self.tr("Do again what was undone (Ctrl+Y)"))
        self.redo.setAccessibleName(self.tr("Redo: do again what was undone"))
        self.redo.setShortcut(QKeySequence(self.tr("Ctrl+Y")))
        self.redo.clicked.connect(self.redo_pressed)
        also = QShortcut(QKeySequence("Ctrl+Shift+Z"), self.redo)
        also.activated.connect(self.redo.click)
        self._layout.addWidget(self.undo)
        self._layout.addWidget(self.redo)

    def _add_moves(self) -> None:
        self.reset = self._button(
            "reset",
            self.tr("Reset"),
            self.tr("Start this experiment again from the same initial weights (R)"),
        )
        self.reset.clicked.connect(self.reset_pressed)
        self._steps = StepButtons(self)
        self.step, self.back = self._steps.step, self._steps.back
        self._steps.next_pressed.connect(self.next_pressed)
        self._steps.back_pressed.connect(self.back_pressed)
        self.run = self._button(
            "run", self.tr("Run"), self.tr("Train until a stop rule ends it, or pause (Space)")
        )
        self.run.setProperty("primary", True)
        self.run.clicked.connect(self.run_pressed)
        self.run_to = RunToButton()
        self.run_to.chosen.connect(self.run_to_pressed)
        for button in (self.reset, self.back, self.step, self.run, self.run_to):
            self._layout.addWidget(button)

    def _make_file(self) -> QToolButton:
        self.file = self._menu_button("file", self.tr("File"), self.tr("Open and save."))
        return self.file

    def _make_export(self) -> QToolButton:
        tip = self.tr("Take a plot or the numbers with you.")
        self.export = self._menu_button("export", self.tr("Export"), tip)
        self.export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return self.export

    @staticmethod
    def _menu_button(name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(QMenu(button))
        return button

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setIconSize(QSize(16, 16))
        # A click leaves the focus where it was, so that Space goes on meaning Run and Pause.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # What is pressed.

    @property
    def unit(self) -> str:
        """What Next and Back go by: "phase", "batch" or "epoch"."""
        return self._steps.unit

    def set_unit(self, unit: str) -> None:
        """Choose it, without going anywhere; raises KeyError for another word."""
        self._steps.set_unit(unit)

    def _preset_activated(self, index: int) -> None:
        self.preset_chosen.emit(self.preset.itemData(index))

    # What is shown.

    def add_widget(self, widget: QWidget) -> None:
        """One more at the right end."""
        self._layout.addWidget(widget)

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
            ("back", self.back),
            ("run_to", self.run_to),
            ("export", self.export),
        ):
            button.setIcon(icon(name, theme.text, theme.axis))
        self._run_icons = {
            running: icon("pause" if running else "run", theme.accent_text, theme.muted)
            for running in (False, True)
        }
        self.run.setIcon(self._run_icons[self._shown is not None and bool(self._shown[0])])

    def refresh(self, snapshot: Snapshot) -> None:
        """Enable what can be pressed now."""
        state, view = snapshot.state, snapshot.view
        self.run_to.set_view(view)
        running = state is State.RUNNING
        usable = view is not None and state in _IN_HAND
        past = view is not None and view.step < view.head
        within = view is not None and view.phase in _WITHIN_A_STEP
        begun = view is not None and (view.head > 0 or view.step > 0 or state is State.STOPPED)
        on = usable and (state is not State.STOPPED or past)
        back = usable and view is not None and (view.step > 0 or within)
        reset = begun or within or state is State.FAILED
        shown = (running, on, back, reset, snapshot.can_undo, snapshot.can_redo)
        if shown == self._shown:
            return
        if self._shown is None or self._shown[0] != running:
            self.run.setText(self.tr("Pause") if running else self.tr("Run"))
            self.run.setAccessibleName(self.run.text())
            self.run.setIcon(self._run_icons[running])
        self._shown = shown
        for button in (self.run, self.step, self.run_to):
            self._enable(button, on)
        self._enable(self.back, back)
        self._enable(self.reset, reset)
        self._enable(self.undo, snapshot.can_undo)
        self._enable(self.redo, snapshot.can_redo)

    def _enable(self, control: QWidget, on: bool) -> None:
        (self._useless.discard if on else self._useless.add)(control)
        control.setEnabled(on and control not in self._locks)

    # What a lesson withholds.

    def allows(self, name: str) -> bool:
        """Whether no lesson withholds a control, and the keys that stand for it."""
        return self.withheld_by_name[name] not in self._locks

    def withhold(
        self, locked: Collection[str], hidden: Collection[str], *, presenting: bool
    ) -> None:
        """Lock the controls of these names of ``withheld_by_name``, and hide those; all others are
        there and free. While one presents, none is brought back: ``show_but`` does it afterwards.
        """
        for control in self.withheld_by_name.values():
            self._locks.set(control, False)
        self._steps.set_unit(self._steps.unit)  # which may be another than when they were locked
        for name, control in self.withheld_by_name.items():
            self._locks.set(control, name in locked or name in hidden)
            self._enable(control, control not in self._useless)
            if presenting and name in hidden:
                control.hide()
        if not presenting:
            self.show_but(hidden)

    def show_but(self, hidden: Collection[str]) -> None:
        """Have the controls of these names hidden, and all others in sight."""
        for name, control in self.withheld_by_name.items():
            control.setVisible(name not in hidden)
        self._measure_again()

    # Room.

    def _shorten_export(self, on: bool) -> None:
        style = Qt.ToolButtonStyle
        self.export.setToolButtonStyle(
            style.ToolButtonIconOnly if on else style.ToolButtonTextBesideIcon
        )

    def _shorten_reset(self, on: bool) -> None:
        self.reset.setText("" if on else self.tr("Reset"))

    def _shorten_preset(self, on: bool) -> None:
        self.preset.setMaximumWidth(_SHORT_PRESET if on else _ANY_WIDTH)

    def _set_level(self, level: int) -> None:
        """Apply so many of the savings."""
        if level != self._level:
            self._level = level
            for index, save in enumerate(self._savings):
                save(index < level)

    def _measure(self) -> None:
        """The width that each level takes, in the font in use."""
        if self._widths or self._measuring:
            return
        self._measuring = True  # texts that come and go may ask for this again
        self._steps.fit()
        self.pace.fit_label()
        self._fit_run()
        level, widths = self._level, []
        for each in range(len(self._savings) + 1):
            self._set_level(each)
            self.pace.updateGeometry()  # else known only once its own layout is done
            self._layout.invalidate()
            widths.append(self._layout.sizeHint().width())
        self._set_level(level)
        self._widths, self._measuring = widths, False

    def _fit_run(self) -> None:
        """Room for Run and for Pause: the other one moves no neighbour."""
        shown = self.run.text()
        self.run.setMinimumWidth(0)
        widths = []
        for text in (self.tr("Run"), self.tr("Pause")):
            self.run.setText(text)
            widths.append(self.run.sizeHint().width())
        self.run.setText(shown)
        self.run.setMinimumWidth(max(widths))

    def _fit(self) -> None:
        self._measure()
        if self._measuring:
            return
        fitting = (level for level, width in enumerate(self._widths) if width <= self.width())
        self._set_level(next(fitting, len(self._widths) - 1))

    def minimumSizeHint(self) -> QSize:
        """The narrowest it can be: with every text that can give way gone."""
        self._measure()
        hint = super().minimumSizeHint()
        return hint if self._measuring else QSize(self._widths[-1], hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many texts as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, or another style: measure again, once the buttons have it too."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._restyled.start()

    def _measure_again(self) -> None:
        self._widths = []
        self.updateGeometry()
        self._fit()
