"""The options of ``guitrain`` itself, which neither open the window nor train, and their help."""

from guitrain.core.phases import QT_TRANSLATE_NOOP

SELF_TEST = "--self-test"
INSTALL_DESKTOP = "--install-desktop"
UNINSTALL_DESKTOP = "--uninstall-desktop"
RESET_PREFERENCES = "--reset-preferences"

HELP = {
    SELF_TEST: QT_TRANSLATE_NOOP(
        "Command", "Try whether everything works on this machine, and say so line by line."
    ),
    INSTALL_DESKTOP: QT_TRANSLATE_NOOP(
        "Command",
        "Put GUITrain into this user's menu, and have .guitrain files open with it (Linux, "
        "Windows).",
    ),
    UNINSTALL_DESKTOP: QT_TRANSLATE_NOOP("Command", "Undo --install-desktop."),
    RESET_PREFERENCES: QT_TRANSLATE_NOOP(
        "Command",
        "Forget window, panels, theme and recent files, as at the first start. Runs are kept.",
    ),
}
