"""The application object that drawing asks for, where no window is open."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def drawing_application() -> "QCoreApplication":
    """The application there is, or a new one that draws where nobody sees it, in the language in
    use. Hold it while you draw. Raises ImportError where Qt cannot be imported.
    """
    from PySide6.QtWidgets import QApplication

    from guitrain.languages import speak

    if (app := QApplication.instance()) is not None:
        return app
    if sys.platform.startswith("linux"):
        # No window is needed, and a screen that is named but does not answer would abort Qt.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["guitrain"])
    speak()
    return app
