"""GUITrain: open it, press Run, and watch a line learn."""

__version__ = "0.1.0"
