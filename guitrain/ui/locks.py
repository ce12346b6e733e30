"""Widgets that somebody has locked, and what they say meanwhile."""

from PySide6.QtWidgets import QWidget

from guitrain.sentences import translate


class Locks:
    """Keeps the tips that widgets had before they were locked; whether they are enabled is left to
    whoever else has a say in that.
    """

    def __init__(self) -> None:
        self._tips: dict[QWidget, str] = {}

    def __contains__(self, widget: QWidget) -> bool:
        return widget in self._tips

    def set(self, widget: QWidget, on: bool) -> None:
        """Lock a widget, or free it; a second time changes nothing."""
        if on == (widget in self._tips):
            return
        if on:
            self._tips[widget] = widget.toolTip()
            tip = translate("Locks", "The lesson locks this. Leave the lesson to change it.")
            widget.setToolTip(tip)
        else:
            widget.setToolTip(self._tips.pop(widget))
