"""Read-only Python code in colours, with lit lines and values beside them."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QFontInfo,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
)

from guitrain.plots.items import mixed
from guitrain.plots.theme import Theme
from guitrain.ui.code_values import Kind, Values

_SMALLEST = 11  # pixels of the text
_MARGIN, _BAR = 9, 3  # pixels around the text, and of the bar at its left
_LONGEST_VALUE = 18  # characters that the values' column has room for

_TOKENS = re.compile(
    r"(?P<comment>\#.*)"
    r"|(?P<string>[rf]?(?:\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'))"
    r"|(?P<keyword>\b(?:and|as|break|class|def|else|except|for|from|global|if|import|in|not|or"
    r"|return|try|with|True|False|None)\b)"
    r"|(?P<number>(?<![\w.])\d+(?:\.\d*)?(?:e[+-]?\d+)?\b)"
)


def syntax_colours(theme: Theme) -> dict[str, str]:
    """The colour of each kind of token: none is the gradients'."""
    dark = theme.name == "dark"
    return {
        "keyword": "#D0A5F5" if dark else "#7B2FA6",
        "string": "#8FD68B" if dark else "#2A6B1F",
        "number": "#7FD3E0" if dark else "#00637A",
        "comment": theme.muted,
    }


def tint(theme: Theme, *, back: bool) -> str:
    """Behind a lit line: of the flow of gradients, or of values."""
    return mixed(theme.gradient if back else theme.data, theme.panel, 0.12)


def value_colour(theme: Theme, kind: Kind) -> str:
    """Of a value beside a line; darkened (or lightened) so that small text can be read."""
    flow = {Kind.FORWARD: theme.data, Kind.GRADIENT: theme.gradient, Kind.PLAIN: theme.muted}
    return mixed(flow[kind], theme.text, 0.7)


class _Highlighter(QSyntaxHighlighter):
    """Colours Python, line by line: none of a script's shown tokens goes over a line's end."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}

    def set_theme(self, theme: Theme) -> None:
        for name, colour in syntax_colours(theme).items():
            self._formats[name] = QTextCharFormat()
            self._formats[name].setForeground(QColor(colour))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for token in _TOKENS.finditer(text):
            kind = token.lastgroup
            assert kind is not None
            self.setFormat(token.start(), token.end() - token.start(), self._formats[kind])


class CodeView(QPlainTextEdit):
    """Read-only code with lit lines and values beside them; what is copied is the code alone.

    Bars and values are widgets over the text: painting in Python would hold up training.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("code_text")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The code"))
        self.document().setDocumentMargin(_MARGIN)
        self.highlighter = _Highlighter(self.document())
        self.lit: tuple[int, ...] = ()
        self.back = False
        self.values: Values = {}
        self._reach = 0  # pixels to the right end of the values
        self._bars: list[QFrame] = []
        self._labels: dict[int, QLabel] = {}
        self._styles: dict[int, tuple[Kind, bool]] = {}
        self.verticalScrollBar().valueChanged.connect(self._place)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours, in the size of type around it."""
        self.theme = theme
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        around = self.parentWidget() or self
        font.setPixelSize(max(_SMALLEST, QFontInfo(around.font()).pixelSize() - 1))
        self.setFont(font)
        for label in self._labels.values():
            label.setFont(font)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.panel}; color: {theme.text}; border: none;"
            f" selection-background-color: {theme.accent};"
            f" selection-color: {theme.accent_text}; }}"
            "QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }"
            f"QScrollBar::handle:horizontal {{ background: {theme.border}; border-radius: 3px;"
            " min-width: 30px; margin: 1px; }"
            f"QScrollBar::handle:horizontal:hover {{ background: {theme.muted}; }}"
            "QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }"
            "QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal"
            " { background: transparent; }"
            "QAbstractScrollArea::corner { background: transparent; border: none; }"
        )
        self.highlighter.set_theme(theme)
        self._styles.clear()
        self._light()
        self._show_values()

    def set_lines(self, lines: Sequence[str], loop: Sequence[int]) -> None:
        """Show another text, from the same line on as the last one."""
        top = self.verticalScrollBar().value()
        for label in self._labels.values():
            label.hide()
            label.deleteLater()
        self._labels, self._styles, self.values, self.lit = {}, {}, {}, ()
        self.setPlainText("\n".join(lines))
        self.verticalScrollBar().setValue(top)
        longest = max((len(lines[at].rstrip()) for at in loop), default=0)
        self._reach = (longest + _LONGEST_VALUE) * self.fontMetrics().horizontalAdvance("0")
        self._light()

    def show_moment(self, lines: tuple[int, ...], values: Values, *, back: bool) -> bool:
        """Light these lines, and show these values and no others; returns whether other lines
        were lit before.
        """
        moved = (lines, back) != (self.lit, self.back)
        if moved:
            self.lit, self.back = lines, back
            self._light()
        if moved or values != self.values:
            self.values = values
            self._show_values()
        return moved

    def bring_in_sight(self, lines: Sequence[int], within: Sequence[int]) -> None:
        """Scroll, where need be, until the lines can be seen, with all around them that belongs
        to them (``within``) if there is room; else as many of the last ones as there is room for.
        """
        room = self._rows_in_sight()
        wanted = [*within] if within and len(within) <= room else [*lines]
        while wanted and wanted[-1] - wanted[0] >= room:
            wanted = wanted[1:]
        bar = self.verticalScrollBar()
        if not wanted or (bar.value() <= wanted[0] and wanted[-1] < bar.value() + room):
            return
        spare = room - (wanted[-1] - wanted[0] + 1)
        bar.setValue(max(0, wanted[0] - spare // 3))

    def _rows_in_sight(self) -> int:
        return max(1, (self.viewport().height() - _MARGIN) // self._line_height())

    def _line_height(self) -> int:
        block = self.blockBoundingGeometry(self.document().firstBlock()).height()
        return max(1, round(block))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # Lit lines.

    def _light(self) -> None:
        colour = QColor(tint(self.theme, back=self.back))
        selections = []
        for line in self.lit:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(self.document().findBlockByNumber(line))
            selection.format.setBackground(colour)
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selections.append(selection)
        self.setExtraSelections(selections)
        while len(self._bars) < len(self.lit):
            self._bars.append(QFrame(self.viewport()))
        style = f"background: {self.theme.gradient if self.back else self.theme.data};"
        for index, bar in enumerate(self._bars):
            bar.setVisible(index < len(self.lit))
            if bar.styleSheet() != style:
                bar.setStyleSheet(style)
        self._place_bars()

    # Values.

    def _show_values(self) -> None:
        for line in self._labels.keys() - self.values.keys():
            self._labels[line].hide()
        for line, (text, kind) in self.values.items():
            label = self._labels.get(line)
            if label is None:
                label = self._labels[line] = QLabel(self.viewport())
                label.setFont(self.font())
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            style = (kind, line in self.lit)
            if self._styles.get(line) != style:
                self._styles[line] = style
                self._dress(label, *style)
            if label.isHidden() or label.text() != text:
                label.setText(text)
                self._place_label(line, label)
                label.show()

    def _dress(self, label: QLabel, kind: Kind, lit: bool) -> None:
        behind = tint(self.theme, back=self.back) if lit else self.theme.panel
        colour = value_colour(self.theme, kind)
        weight = 600 if lit else 400
        label.setStyleSheet(
            f"background: {behind}; color: {colour}; font-weight: {weight}; padding: 0 6px;"
        )

    def _place(self) -> None:
        """Put bars and values where their lines are now."""
        self._place_bars()
        for line, label in self._labels.items():
            if not label.isHidden():  # one that is, is placed as it is shown
                self._place_label(line, label)

    def _place_bars(self) -> None:
        height = self._line_height()
        for line, bar in zip(self.lit, self._bars, strict=False):
            bar.setGeometry(_MARGIN - _BAR, self._top(line), _BAR, height)

    def _place_label(self, line: int, label: QLabel) -> None:
        width = label.sizeHint().width()
        right = min(self.viewport().width(), self._reach)
        label.setGeometry(right - width, self._top(line), width, self._line_height())

    def _top(self, line: int) -> int:
        block = self.document().findBlockByNumber(line)
        return round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
