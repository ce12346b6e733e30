"""What training is. No Qt, no pyqtgraph, no disk (a check in CI enforces it)."""
