"""What the dialogs have in common that ask how something is to be written, and write it."""

from collections.abc import Iterable

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_MOST_TITLE = 200  # characters


def describe(fields: Iterable[tuple[str, QWidget, str, str]]) -> None:
    """Give each widget its objectName, what it is called, and its tip."""
    for name, widget, called, tip in fields:
        widget.setObjectName(name)
        widget.setAccessibleName(called)
        widget.setToolTip(tip)


def title_line(placeholder: str) -> QLineEdit:
    """A field for a heading; ``placeholder`` says what there is without one."""
    line = QLineEdit()
    line.setPlaceholderText(placeholder)
    line.setMaxLength(_MOST_TITLE)
    return line


def form_layout() -> QFormLayout:
    """Labels and fields, a line each."""
    form = QFormLayout()
    form.setVerticalSpacing(10)
    return form


def outer_layout(dialog: QDialog) -> QVBoxLayout:
    """What the parts of a dialog stand in, from top to bottom."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(18, 18, 18, 14)
    layout.setSpacing(12)
    return layout


def main_button(
    buttons: QDialogButtonBox,
    name: str,
    text: str,
    tip: str,
    role: QDialogButtonBox.ButtonRole = QDialogButtonBox.ButtonRole.AcceptRole,
) -> QPushButton:
    """The button for what the dialog is for; Enter presses it."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setProperty("primary", True)
    button.setDefault(True)
    buttons.addButton(button, role)
    return button


class ProblemLine(QLabel):
    """There as long as something is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say what is wrong, and what to do; "": nothing is."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
