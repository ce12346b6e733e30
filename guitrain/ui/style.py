"""One look for the whole window, from a Theme: Fusion, our palette, one stylesheet."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from guitrain.plots.theme import Theme
from guitrain.resources import resource


def apply_style(app: QApplication, theme: Theme) -> None:
    """Give every widget of the app this theme's colours."""
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    sliders = palette(theme)
    sliders.setColor(QPalette.ColorRole.Button, QColor(theme.handle))
    app.setPalette(sliders, "QSlider")  # type: ignore[arg-type]  # the stub says bytes: wrong
    app.setStyleSheet(stylesheet(theme))


def palette(theme: Theme) -> QPalette:
    """The palette of a theme; disabled text is the muted colour."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for roles, colour in (
        ((role.Window,), theme.window),
        ((role.Base, role.Button, role.ToolTipBase), theme.panel),
        ((role.AlternateBase,), theme.hover),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.muted),
        ((role.Highlight, role.Link), theme.accent),
        ((role.HighlightedText,), theme.accent_text),
        ((role.Mid, role.Midlight, role.Dark), theme.border),
    ):
        for one in roles:
            made.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, one, QColor(theme.muted))
    return made


def mark(name: str, theme: Theme) -> str:
    """A mark inside a control of a theme: a stylesheet takes files, not painted icons."""
    return resource("icons", f"mark-{name}-{theme.name}.svg").as_posix()


def stylesheet(theme: Theme) -> str:
    """The stylesheet of a theme."""
    t = theme
    return f"""
    QMainWindow, QDialog {{ background: {t.window}; }}
    QWidget#toolbar, QWidget#status_bar {{ background: {t.panel}; }}
    QWidget#toolbar {{ border-bottom: 1px solid {t.border}; }}
    QWidget#status_bar {{ border-top: 1px solid {t.border}; }}
    QFrame[card="true"] {{
        background: {t.panel}; border: 1px solid {t.border}; border-radius: 8px;
    }}
    QLabel {{ background: transparent; }}
    QLabel[role="title"], QLabel[role="app"] {{ font-weight: 600; }}
    QLabel[role="app"] {{ font-size: 15px; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QLabel[role="error"] {{ color: {t.error}; }}
    QLabel[role="number"] {{ font-weight: 600; }}
    QFrame#failure {{ background: {t.panel}; border: 2px solid {t.error}; border-radius: 8px; }}
    QPushButton, QToolButton {{
        background: {t.panel}; color: {t.text}; border: 1px solid {t.border};
        border-radius: 6px; padding: 5px 11px;
    }}
    QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent}; padding: 4px 10px; }}
    QPushButton[primary="true"] {{
        background: {t.accent}; color: {t.accent_text}; border: 1px solid {t.accent};
        font-weight: 600;
    }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[primary="true"]:disabled {{
        background: {t.hover}; color: {t.muted}; border-color: {t.border};
    }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QToolButton[popupMode="1"] {{ padding-right: 22px; }}
    QToolButton::menu-button {{ border: none; border-left: 1px solid {t.border}; width: 18px; }}
    QProgressBar {{
        background: {t.border}; border: none; border-radius: 3px; max-height: 6px;
        min-height: 6px;
    }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    QTableWidget {{
        background: {t.panel}; border: none; gridline-color: {t.border};
        selection-background-color: {t.accent}; selection-color: {t.accent_text};
    }}
    QHeaderView::section {{
        background: {t.panel}; color: {t.muted}; border: none;
        border-bottom: 1px solid {t.border}; padding: 3px 4px;
    }}
    QHeaderView::section:vertical {{ border: none; padding: 0 4px; }}
    QLabel#equation {{ font-size: 15px; font-weight: 600; }}
    QCheckBox {{ spacing: 6px; }}
    QCheckBox::indicator {{
        width: 14px; height: 14px; border: 1px solid {t.muted}; border-radius: 3px;
        background: {t.panel};
    }}
    QCheckBox::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url({mark("check", t)});
    }}
    QCheckBox:focus {{ color: {t.accent}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QTableCornerButton::section {{ background: {t.panel}; border: none; }}
    QLineEdit, QAbstractSpinBox, QComboBox {{
        background: {t.panel}; color: {t.text}; border: 1px solid {t.border};
        border-radius: 5px; padding: 2px 6px; min-height: 18px;
        selection-background-color: {t.accent}; selection-color: {t.accent_text};
    }}
    QAbstractSpinBox {{ padding: 2px 2px 2px 6px; }}
    QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{ border: 1px solid {t.accent}; }}
    QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ color: {t.muted}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 18px; border: none; background: transparent;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 2px; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 2px; }}
    QAbstractSpinBox::up-arrow {{ image: url({mark("up", t)}); width: 8px; height: 8px; }}
    QAbstractSpinBox::down-arrow {{ image: url({mark("down", t)}); width: 8px; height: 8px; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: url({mark("down", t)}); width: 10px; height: 10px; }}
    QComboBox QAbstractItemView {{
        background: {t.panel}; color: {t.text}; border: 1px solid {t.border};
        selection-background-color: {t.accent}; selection-color: {t.accent_text};
    }}
    QToolButton[flat="true"] {{
        border: none; background: transparent; color: {t.muted}; padding: 2px 2px;
    }}
    QToolButton[flat="true"]:hover {{ color: {t.text}; }}
    QToolButton[flat="true"]:focus {{ border: 1px solid {t.accent}; padding: 1px 1px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{
        background: {t.border}; border-radius: 4px; min-height: 30px; margin: 1px;
    }}
    QScrollBar::handle:vertical:hover {{ background: {t.muted}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; }}
    """
