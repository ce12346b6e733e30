"""The rows of "This step in numbers": a phase's name, its formulas, and a tint while it is lit."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from guitrain.core.phases import Phase
from guitrain.plots.flow_words import box_title
from guitrain.plots.items import mixed
from guitrain.plots.step_words import PHASES_SHOWN, Kind, Line
from guitrain.plots.theme import Theme
from guitrain.ui.code_view import tint

_BACK = (Phase.BACKWARD, Phase.UPDATE)
_BAR = 3  # pixels of the bar at the left of the lit row
_ROUND = 3  # pixels of its tint's corners
_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX
_LONG = 28  # characters of a part that may be too wide for a narrow panel
_INDENT = 14  # pixels by which the later parts of a formula stand in, where they don't fit


def colour_of(theme: Theme, kind: Kind) -> str:
    """Of an outcome; darkened (or lightened) so that small text can be read."""
    flow = {Kind.VALUE: theme.data, Kind.GRADIENT: theme.gradient}.get(kind, theme.text)
    return mixed(flow, theme.text, 0.7)


def html_of(lines: Sequence[Line], theme: Theme) -> str:
    """Lines as rich text: a line breaks before an equals sign, a long part also before a plus or
    minus that stands in no brackets, and then stands in.
    """
    return "".join(_paragraph(line, theme) for line in lines)


def _paragraph(line: Line, theme: Theme) -> str:
    if line.kind is Kind.NOTE:
        return f'<p style="margin:0; color:{theme.muted}">{escape(line.text)}</p>'
    parts = [escape(_held_together(part)) for part in line.parts]
    if line.result:
        colour = colour_of(theme, line.kind) if line.known else theme.muted
        parts.append(f'<b style="color:{colour}">{escape(line.result)}</b>')
    style = f"margin:0 0 0 {_INDENT}px; text-indent:-{_INDENT}px; line-height:112%"
    if not line.known:
        style += f"; color:{theme.muted}"
    # The comparison of STOP is words: it may break anywhere.
    text = escape(line.text) if line.phase is Phase.STOP else " =\u00a0".join(parts)
    return f'<p style="{style}">{text}</p>'


def _held_together(part: str) -> str:
    """With spaces that do not break, but for those of a long part's own sum."""
    if len(part) <= _LONG:
        return part.replace(" ", "\u00a0")
    depth, made = 0, []
    for at, letter in enumerate(part):
        depth += (letter == "(") - (letter == ")")
        breaks = not depth and part[at + 1 : at + 2] in ("+", "−")
        made.append("\u00a0" if letter == " " and not breaks else letter)
    return "".join(made)


class FormulaPlace(QWidget):
    """Where a phase's formulas stand. A new text asks for a new layout only where it is higher or
    lower than the one before: numbers change with every frame, and their room seldom.
    """

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self.label = label
        label.setParent(self)
        self._high = 0
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Show this rich text."""
        self.label.setText(text)
        if self.heightForWidth(self.width()) != self._high:
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """What the formulas need there."""
        return self.label.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """The label's."""
        return self.label.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: what is too long for the panel ends at its edge."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The label fills it."""
        super().resizeEvent(event)
        self._high = self.heightForWidth(self.width())
        self.label.setGeometry(self.rect())


class Ground(QWidget):
    """What is behind a row: a tint and a bar at the left while it is lit, else nothing. It keeps
    its place, so that lighting another row asks for no new layout of them all.

    Attributes:
        lit: whether the row is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lit = False
        self._tint = self._flow = QColor()

    def set_colours(self, tint: str, flow: str) -> None:
        """Of the tint, and of the bar."""
        self._tint, self._flow = QColor(tint), QColor(flow)
        self.update()

    def set_lit(self, on: bool) -> None:
        """Light the row, or do so no more."""
        if on != self.lit:
            self.lit = on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint and bar."""
        if not self.lit:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tint)
        painter.drawRoundedRect(self.rect(), _ROUND, _ROUND)
        painter.fillRect(0, 0, _BAR, self.height(), self._flow)
        painter.end()


class NumberRows(QScrollArea):
    """A row for each phase: number and name as in the cycle, and its formulas.

    Attributes:
        lit: the phase that is lit, or None. lines: what is shown.
        grounds: what is behind each phase's row.
        hugging: be no higher than the rows, and keep the row after the lit one in sight too:
            something below belongs to them.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("number_rows")
        self.setAccessibleName(self.tr("The formulas of this step with its numbers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.theme = theme
        self.lit: Phase | None = None
        self.lines: tuple[Line, ...] = ()
        self.hugging = False
        self._parts: dict[Phase, tuple[Line, ...]] = {}
        self.grounds: dict[Phase, Ground] = {}
        self._titles: dict[Phase, QLabel] = {}
        self.formulas: dict[Phase, QLabel] = {}
        self._places: dict[Phase, FormulaPlace] = {}
        self._content = content = QWidget()
        content.setObjectName("number_rows_content")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _BAR)
        grid.setColumnStretch(2, 1)
        for row, phase in enumerate(PHASES_SHOWN):
            self._add_row(grid, row, phase)
        grid.setRowStretch(len(PHASES_SHOWN), 1)
        self.setWidget(content)
        # Longer numbers may have pushed it out of sight.
        self.verticalScrollBar().rangeChanged.connect(self.bring_in_sight)
        self.set_theme(theme)

    def _add_row(self, grid: QGridLayout, row: int, phase: Phase) -> None:
        ground = Ground()
        title, formula = QLabel(box_title(phase)), QLabel()
        title.setObjectName(f"numbers_title_{phase.value}")
        title.setProperty("role", "muted")
        title.setContentsMargins(5, 3, 3, 3)
        title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        formula.setObjectName(f"numbers_{phase.value}")
        formula.setAccessibleName(title.text())
        formula.setTextFormat(Qt.TextFormat.RichText)
        formula.setWordWrap(True)
        formula.setContentsMargins(7, 3, 3, 3)
        formula.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        formula.setCursor(Qt.CursorShape.IBeamCursor)
        grid.addWidget(ground, row, 0, 1, 3)
        grid.addWidget(title, row, 1)
        place = self._places[phase] = FormulaPlace(formula)
        grid.addWidget(place, row, 2)
        self.grounds[phase] = ground
        self._titles[phase], self.formulas[phase] = title, formula

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.theme = theme
        for phase in PHASES_SHOWN:
            back = phase in _BACK
            flow = theme.gradient if back else theme.data
            self.grounds[phase].set_colours(tint(theme, back=back), flow)
        parts, self._parts = self._parts, {}
        for phase, lines in parts.items():
            self._write(phase, lines)
        self._light()

    def show_lines(self, lines: tuple[Line, ...], lit: Phase | None) -> None:
        """Show these lines, and bring the lit phase into sight where it has changed."""
        if lines != self.lines:
            self.lines = lines
            for phase in PHASES_SHOWN:
                self._write(phase, tuple(line for line in lines if line.phase is phase))
        if lit is not self.lit:
            self.lit = lit
            self._light()
            self._fit()
            self.bring_in_sight()

    def hug(self, on: bool) -> None:
        """As ``hugging``."""
        self.hugging = on
        self._fit()
        self.bring_in_sight()

    def _write(self, phase: Phase, lines: tuple[Line, ...]) -> None:
        if lines == self._parts.get(phase):
            return
        self._parts[phase] = lines
        self._places[phase].say(html_of(lines, self.theme))
        for widget in (self._titles[phase], self._places[phase]):
            widget.setVisible(bool(lines))

    def _light(self) -> None:
        for phase in PHASES_SHOWN:
            self.grounds[phase].set_lit(phase is self.lit)

    def _fit(self) -> None:
        """Know at once how high the rows are, and how far one can scroll."""
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        most = _NO_LIMIT
        if self.hugging:
            most = self._content.heightForWidth(self.viewport().width())
            most = max(most, self._content.minimumSizeHint().height())
        if most != self.maximumHeight():
            self.setMaximumHeight(most)

    def bring_in_sight(self) -> None:
        """Scroll, where need be, until the lit row is seen, and where hugging the next one;
        where both are too much, the next one; of a row too long, its start.
        """
        if self.lit is None:
            return
        at = PHASES_SHOWN.index(self.lit)
        rows = [self._places[phase].geometry() for phase in PHASES_SHOWN[at : at + 2]]
        for row in rows if self.hugging else rows[:1]:
            self.ensureVisible(0, row.bottom() + 1, 0, 0)
            self.ensureVisible(0, row.top(), 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lit row stays in sight."""
        super().resizeEvent(event)
        self._fit()
        self.bring_in_sight()
