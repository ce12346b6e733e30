"""One look for the whole window, from a Theme: Fusion, our palette, one stylesheet."""

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from guitrain.plots.theme import Theme
from guitrain.resources import resource

_ICONS = "guitrain"  # where stylesheets look for pictures


def apply_style(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Give every widget of the app this theme's colours, and its sizes for type of this scale."""
    sheet = stylesheet(theme, scale)
    if app.styleSheet() == sheet:  # for a window before this one
        return
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    sliders = palette(theme)
    sliders.setColor(QPalette.ColorRole.Button, QColor(theme.handle))
    app.setPalette(sliders, "QSlider")  # type: ignore[arg-type]  # the stub says bytes: wrong
    app.setStyleSheet(sheet)


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
    """A mark inside a control of a theme: a stylesheet takes files, not painted icons.

    It is an address below a search path of Qt's: the path of a folder may have spaces or brackets
    in it, with which no stylesheet is read.
    """
    if not QDir.searchPaths(_ICONS):
        QDir.addSearchPath(_ICONS, str(resource("icons")))
    return f"{_ICONS}:mark-{name}-{theme.name}.svg"


def stylesheet(theme: Theme, scale: float = 1.0) -> str:
    """The stylesheet of a theme; what belongs to type is ``scale`` times as large."""
    t = theme
    large, box, line = round(15 * scale), round(14 * scale), round(18 * scale)
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
    QLabel[role="app"] {{ font-size: {large}px; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QLabel[role="error"] {{ color: {t.error}; }}
    QLabel[role="number"] {{ font-weight: 600; }}
    QFrame#run_to_popup {{ background: {t.panel}; border: 1px solid {t.axis}; }}
    QFrame[role="notice"] {{
        background: {t.panel}; border: 2px solid {t.accent}; border-radius: 8px; }}
    QFrame#failure {{ background: {t.panel}; border: 2px solid {t.error}; border-radius: 8px; }}
    QPushButton, QToolButton {{
        background: {t.panel}; color: {t.text}; border: 1px solid {t.border};
        border-radius: 6px; padding: 5px 11px;
    }}
    QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; }}
    QPushButton:checked {{
        background: {t.hover}; border: 2px solid {t.text}; padding: 4px 10px;
    }}
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
    QLabel#equation {{ font-size: {large}px; font-weight: 600; }}
    QCheckBox {{ spacing: 6px; }}
    QTextEdit[field="true"] {{ padding: 4px; }}
    QAbstractItemView[field="true"]::item {{ padding: 3px 2px; }}
    QTextEdit[field="true"], QPlainTextEdit[field="true"], QAbstractItemView[field="true"] {{
        background: {t.panel}; border: 1px solid {t.border}; border-radius: 5px;
    }}
    QPlainTextEdit[field="true"]:focus, QAbstractItemView[field="true"]:focus {{
        border-color: {t.accent};
    }}
    QCheckBox::indicator, QTableView#csv_x::indicator, QTreeView::indicator {{
        width: {box}px; height: {box}px; border: 1px solid {t.muted}; border-radius: 3px;
        background: {t.panel};
    }}
    QCheckBox::indicator:checked, QTableView#csv_x::indicator:checked,
    QTreeView::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url({mark("check", t)});
    }}
    QCheckBox:focus {{ color: {t.accent}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QTableCornerButton::section {{ background: {t.panel}; border: none; }}
    QLineEdit, QAbstractSpinBox, QComboBox {{
        background: {t.panel}; color: {t.text}; border: 1px solid {t.border};
        border-radius: 5px; padding: 2px 6px; min-height: {line}px;
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
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{
        background: {t.border}; border-radius: 4px; min-width: 30px; margin: 1px;
    }}
    QScrollBar::handle:horizontal:hover {{ background: {t.muted}; }}
    QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal {{ width: 0; }}
    QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal {{
        background: transparent;
    }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    {_panel_rules(theme)}
    QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; }}
    """


def _panel_rules(t: Theme) -> str:
    # A panel is a card in two pieces: Qt asks for its title bar and its content.
    return f"""
    QMainWindow::separator {{ background: transparent; width: 10px; height: 10px; }}
    QMainWindow::separator:hover {{ background: {t.hover}; }}
    QFrame[panel="head"], QFrame[panel="body"] {{
        background: {t.panel}; border: 1px solid {t.border};
    }}
    QFrame[panel="head"] {{
        border-bottom: none; border-top-left-radius: 8px; border-top-right-radius: 8px;
    }}
    QFrame[panel="body"] {{
        border-top: none; border-bottom-left-radius: 8px; border-bottom-right-radius: 8px;
    }}
    QFrame[panel][floating="true"] {{ border-radius: 0; }}
    QFrame[panel][framed="false"] {{ background: transparent; border: none; }}
    QLabel[role="caption"] {{ color: {t.muted}; }}
    QLabel#equation {{ color: {t.text}; }}
    QMainWindow > QTabBar {{ background: transparent; }}
    QMainWindow > QTabBar::tab {{
        background: transparent; color: {t.muted}; border: none;
        border-bottom: 2px solid transparent; padding: 3px 8px; margin: 0 6px 4px 2px;
    }}
    QMainWindow > QTabBar::tab:hover {{ color: {t.text}; }}
    QMainWindow > QTabBar::tab:selected {{
        color: {t.text}; border-bottom: 2px solid {t.accent};
    }}
    QMainWindow > QTabBar::tab:selected:focus {{ background: {t.hover}; }}
    QToolButton[pill="true"] {{
        background: transparent; color: {t.muted}; border: 1px solid transparent;
        padding: 3px 9px;
    }}
    QToolButton[pill="true"]:hover {{ background: {t.hover}; color: {t.text}; }}
    QToolButton[pill="true"]:checked {{
        background: {t.hover}; color: {t.text}; border-color: {t.border};
    }}
    QToolButton[pill="true"]:focus {{ border: 1px solid {t.accent}; }}
    QCheckBox[entry="true"] {{ padding: 4px 16px; }}
    QCheckBox[entry="true"]:hover {{ background: {t.hover}; }}
    """
