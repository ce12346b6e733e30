"""The computation graph of the step in hand, with its legend and what it is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from guitrain.plots.graph import GraphDiagram
from guitrain.plots.theme import LIGHT, Theme
from guitrain.snapshot import Snapshot
from guitrain.ui.cards import Caption, FlowLegend


class GraphPanel(QWidget):
    """What the step computes from what, as autograd has it: values forward, gradients back.

    Attributes:
        diagram: the picture. caption: what it is, and whose numbers it shows. empty: what stands
            in its place before the first FORWARD.
    """

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("graph_panel")
        self.setAccessibleName(self.tr("The computation graph"))
        self._snapshot: Snapshot | None = None
        self.legend = FlowLegend("graph_legend")
        self.diagram = GraphDiagram(theme=theme)
        self.diagram.setMinimumSize(220, 90)
        self.empty = QLabel(
            self.tr("Press Next: the first forward pass builds the graph,\nand it is drawn here.")
        )
        self.empty.setObjectName("graph_empty")
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption = Caption()
        self.caption.setObjectName("graph_caption")
        self.caption.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.legend)
        layout.addWidget(self.diagram, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.caption)
        self._fill(filled=False)
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        """As large as the picture of a line is best read."""
        return QSize(420, 200)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in other colours."""
        self.legend.set_theme(theme)
        self.diagram.set_theme(theme)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show this moment; while hidden, only remember it."""
        self._snapshot = snapshot
        if self.isVisible() and snapshot.legible:
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        self._fill(filled=snapshot.graph is not None)
        self.diagram.refresh(snapshot)
        words = self.diagram.words
        self.caption.setText(words.caption() if words is not None else "")

    def _fill(self, *, filled: bool) -> None:
        """The picture, or what stands in its place."""
        if filled == self.diagram.isHidden():
            self.diagram.setVisible(filled)
            self.empty.setVisible(not filled)
            self.caption.setVisible(filled)
        elif not filled and self.empty.isHidden():
            self.empty.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was missed while hidden."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._show(self._snapshot)
