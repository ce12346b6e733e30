"""Export of a plot as a picture."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QImage, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from guitrain.export.image import (
    DPI,
    KINDS,
    MM_PER_INCH,
    MOST_PIXELS,
    Kind,
    Picture,
    Size,
    SizeProblem,
    Unit,
    limits,
    own_unit,
    per_mm,
    preview,
    render,
)
from guitrain.files.atomic import whole_files, write_whole
from guitrain.files.problems import FileProblem, file_sentence
from guitrain.plots.picture_names import picture_name
from guitrain.ui.dialog_parts import (
    ProblemLine,
    describe,
    form_layout,
    main_button,
    outer_layout,
    title_line,
)
from guitrain.ui.save_file import ask_file, ask_folder

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

PREVIEW = (440, 300)  # pixels
_MIME: dict[Kind, str] = {"svg": "image/svg+xml", "pdf": "application/pdf"}
_PREVIEW_DELAY = 120  # milliseconds after the last change
_USUAL_DPI = 192
_COPIED_DPI = 192  # of the image that is copied beside one in vectors


class ExportDialog(QDialog):
    """Asks for a plot, a format, a size and a title, shows how that looks, and saves it.

    The plots are those of the moment in which the dialog opened, however training goes on.

    Args:
        plots: the plots by the names of their panels.
        view: the run they show, for the file's name.
        settings: where the last folder is remembered; the application's by default.
    """

    def __init__(
        self,
        parent: QWidget | None,
        plots: Mapping[str, Picture],
        view: "RunView",
        settings: QSettings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export a plot"))
        self._plots = {name: plot.copy_for_export() for name, plot in plots.items()}
        self._epoch = view.epoch
        self._settings = settings or QSettings()
        # What is in pixels and what is in vectors keep their own units and sizes on paper
        # (millimetres) while the format changes to and fro.
        self._units: dict[bool, Unit] = {True: own_unit("png"), False: own_unit("svg")}
        across = 1600 / per_mm("png", "px", _USUAL_DPI)
        self._paper = {True: (across, across / 1.6), False: (160.0, 100.0)}
        self._make_controls()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_DELAY)
        self._timer.timeout.connect(self.show_preview)
        self.finished.connect(self._let_go)
        self._show_kind()
        self.show_preview()

    # The form.

    def _make_controls(self) -> None:
        self.plot = QComboBox()
        for name in self._plots:
            self.plot.addItem(picture_name(name), name)
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(kind.upper(), kind)
        self.unit = QComboBox()
        self.unit.addItem(self.tr("pixels (px)"), "px")
        self.unit.addItem(self.tr("millimetres (mm)"), "mm")
        self.width_box, self.height_box = QDoubleSpinBox(), QDoubleSpinBox()
        self.dpi = QSpinBox()
        self.dpi.setRange(*DPI)
        self.dpi.setValue(_USUAL_DPI)
        self.dpi.setSuffix(self.tr(" dpi"))
        self.text_size = QComboBox()
        for text, times in (
            (self.tr("as on the screen"), 1.0),
            (self.tr("large, for slides (150 %)"), 1.5),
            (self.tr("very large (200 %)"), 2.0),
        ):
            self.text_size.addItem(text, times)
        self.legend = QCheckBox(self.tr("Name the lines and points"))
        self.legend.setChecked(True)
        self.title = title_line(self.tr("none"))
        self.preview = QLabel()
        self.preview.setFixedSize(*PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem = ProblemLine()
        fields = (
            ("export_plot", self.plot, self.tr("Plot"), self.tr("Which plot to save.")),
            (
                "export_format",
                self.kind,
                self.tr("Format"),
                self.tr("PNG is an image in pixels; SVG and PDF stay sharp at any size."),
            ),
            (
                "export_unit",
                self.unit,
                self.tr("Unit"),
                self.tr(
                    "The unit of width and height. In a PNG the resolution says how many pixels "
                    "make an inch; in SVG and PDF 96 do, as on web pages."
                ),
            ),
            (
                "export_width",
                self.width_box,
                self.tr("Width"),
                self.tr("Width of the picture."),
            ),
            (
                "export_height",
                self.height_box,
                self.tr("Height"),
                self.tr("Height of the picture."),
            ),
            (
                "export_dpi",
                self.dpi,
                self.tr("Resolution"),
                self.tr("Pixels per inch of paper: more make text and lines larger in pixels."),
            ),
            (
                "export_text",
                self.text_size,
                self.tr("Text"),
                self.tr("How large text and lines are in the picture."),
            ),
            (
                "export_legend",
                self.legend,
                self.tr("Legend"),
                self.tr("A box in the plot with the names of its lines and points."),
            ),
            (
                "export_title",
                self.title,
                self.tr("Title"),
                self.tr("A heading above the plot; leave it empty for none."),
            ),
            ("export_preview", self.preview, self.tr("Preview"), ""),
            ("export_problem", self.problem, self.tr("Problem"), ""),
        )
        describe(fields)
        self.plot.currentIndexChanged.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.unit.currentIndexChanged.connect(self._unit_changed)
        self.width_box.valueChanged.connect(self._sides_changed)
        self.height_box.valueChanged.connect(self._sides_changed)
        self.dpi.valueChanged.connect(self._dpi_changed)
        self.text_size.currentIndexChanged.connect(self._changed)
        self.legend.toggled.connect(self._changed)
        self.title.textChanged.connect(self._changed)

    def _lay_out(self) -> None:
        form = form_layout()
        for label, widget in (
            (self.tr("&Plot"), self.plot),
            (self.tr("&Format"), self.kind),
            (self.tr("&Unit"), self.unit),
            (self.tr("&Width"), self.width_box),
            (self.tr("&Height"), self.height_box),
            (self.tr("&Resolution"), self.dpi),
            (self.tr("Te&xt"), self.text_size),
            (self.tr("&Legend"), self.legend),
            (self.tr("&Title"), self.title),
        ):
            form.addRow(label, widget)
        buttons = QDialogButtonBox()
        self.save_button = main_button(
            buttons,
            "export_save",
            self.tr("&Save…"),
            self.tr("Choose a file and write the picture to it."),
        )
        self.copy_button = self._side_button(
            buttons,
            "export_copy",
            self.tr("&Copy"),
            self.tr("Put the picture on the clipboard, to paste it into another program."),
            self.copy,
        )
        self.all_button = self._side_button(
            buttons,
            "export_all",
            self.tr("Save &all…"),
            self.tr("Choose a folder, and write every plot of the list to it."),
            self.save_all,
        )
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("export_cancel")
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        upper = QHBoxLayout()
        upper.setSpacing(18)
        upper.addLayout(form, stretch=1)
        upper.addWidget(self.preview, alignment=Qt.AlignmentFlag.AlignTop)
        layout = outer_layout(self)
        layout.addLayout(upper)
        layout.addStretch(1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    @staticmethod
    def _side_button(
        buttons: QDialogButtonBox, name: str, text: str, tip: str, act: Callable[[], None]
    ) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.clicked.connect(act)
        buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    @Slot()
    def _kind_changed(self) -> None:
        self._show_kind()
        self._changed()

    @Slot()
    def _unit_changed(self) -> None:
        self._units[self._in_pixels] = self.unit.currentData()
        self._show_kind()
        self._changed()

    @Slot()
    def _sides_changed(self) -> None:
        self._keep_paper()
        self._changed()

    @Slot()
    def _dpi_changed(self) -> None:
        """The size is kept in the unit that is shown."""
        if self._unit == "px":
            self._keep_paper()
        self._changed()

    def _keep_paper(self) -> None:
        per = per_mm(self._kind, self._unit, self.dpi.value())
        self._paper[self._in_pixels] = self.width_box.value() / per, self.height_box.value() / per

    def _show_kind(self) -> None:
        """Show the unit and the size of this format, without a change to the size on paper."""
        kind, unit = self._kind, self._unit
        self.unit.blockSignals(True)
        self.unit.setCurrentIndex(self.unit.findData(unit))
        self.unit.blockSignals(False)
        per = per_mm(kind, unit, self.dpi.value())
        in_px = unit == "px"
        boxes = self.width_box, self.height_box
        for box, side in zip(boxes, self._paper[self._in_pixels], strict=True):
            box.blockSignals(True)
            box.setDecimals(0 if in_px else 1)
            box.setRange(*limits(kind, unit))
            box.setSingleStep(100 if in_px else 10)
            box.setSuffix(self.tr(" px") if in_px else self.tr(" mm"))
            box.setValue(side * per)
            box.blockSignals(False)
        self.dpi.setEnabled(self._in_pixels)

    @property
    def _in_pixels(self) -> bool:
        return self._kind == "png"

    @property
    def _unit(self) -> Unit:
        return self._units[self._in_pixels]

    @property
    def _kind(self) -> Kind:
        kind: Kind = self.kind.currentData()
        return kind

    @property
    def _size(self) -> Size:
        return Size(
            self.width_box.value(),
            self.height_box.value(),
            self.dpi.value(),
            self.text_size.currentData(),
            self.legend.isChecked(),
            self._unit,
        )

    @property
    def _chosen(self) -> Picture:
        return self._plots[self.plot.currentData()]

    @Slot()
    def _changed(self) -> None:
        self._timer.start()

    @Slot()
    def show_preview(self) -> None:
        """Draw the preview anew, or say why there can be none."""
        try:
            # As many pixels as the screen has, where it has more than it says.
            ratio = self.devicePixelRatioF()
            width, height = (round(side * ratio) for side in PREVIEW)
            image = preview(self._chosen, self._kind, self._size, self.title.text(), width, height)
        except SizeProblem as problem:
            self.problem.say(str(problem))
            self._enable(False)
            return
        image.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(image))
        self._enable(True)
        self.problem.say("")

    def _enable(self, on: bool) -> None:
        for button in (self.save_button, self.copy_button, self.all_button):
            button.setEnabled(on)

    # Saving.

    @Slot()
    def save(self) -> None:
        """Ask for a file and write it; a problem is told in the dialog, which stays open."""
        kind = self._kind
        name = f"{self.plot.currentData()}-epoch-{self._epoch}.{kind}"
        path = ask_file(
            self,
            self.tr("Export a plot"),
            name,
            self.tr("{kind} pictures (*.{ending})").format(kind=kind.upper(), ending=kind),
            self._settings,
        )
        if path is None:
            return

        def write() -> None:
            write_whole(path, render(self._chosen, kind, self._size, self.title.text()))

        self._do(write)

    def _do(self, write: Callable[[], None]) -> None:
        """Write, and close the dialog; a problem is told in it."""
        try:
            write()
        except SizeProblem as problem:
            self.problem.say(str(problem))
        except FileProblem as file_problem:
            self.problem.say(file_sentence(file_problem))
        else:
            self.accept()

    @Slot()
    def copy(self) -> None:
        """Put the picture on the clipboard: as an image, and where it is in vectors as such too."""
        kind, title = self._kind, self.title.text()
        try:
            size, data = self._size, QMimeData()
            if kind != "png":
                content = render(self._chosen, kind, size, title)
                data.setData(_MIME[kind], content)
                width, height = size.sides(kind, "mm")
                # A poster in vectors has more pixels than can be painted: it is copied coarser.
                most = math.sqrt(MOST_PIXELS / (width * height)) * MM_PER_INCH
                dpi = min(_COPIED_DPI, int(most))
                size = replace(size, width=width, height=height, unit="mm", dpi=dpi)
            image = QImage.fromData(render(self._chosen, "png", size, title))
        except SizeProblem as problem:
            self.problem.say(str(problem))
            return
        data.setImageData(image)
        QApplication.clipboard().setMimeData(data)

    @Slot()
    def save_all(self) -> None:
        """Ask for a folder and write every plot to it, all of them or none."""
        kind = self._kind
        folder = ask_folder(self, self.tr("Export all plots"), self._settings)
        if folder is None:
            return

        def write() -> None:
            with whole_files(folder) as hidden:
                for name, plot in self._plots.items():
                    content = render(plot, kind, self._size, self.title.text())
                    (hidden / f"{name}-epoch-{self._epoch}.{kind}").write_bytes(content)

        self._do(write)

    @Slot()
    def _let_go(self) -> None:
        self._timer.stop()
        for plot in self._plots.values():
            plot.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """No preview is drawn after the window is gone."""
        self._timer.stop()
        super().closeEvent(event)
