"""A report as PDF on A4: text as text, sharp figures, a number on each page."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from guitrain.export.report import Report
from guitrain.export.report_html import PAPER_STYLE, paper_html
from guitrain.plots.theme import LIGHT
from guitrain.sentences import translate

_UNIT = 96  # units per inch that pages are laid out in: the pixels of style sheets
_RESOLUTION = 1200
_MM = _UNIT / 25.4
PAGE = QSizeF(210 * _MM, 297 * _MM)
_MARGIN, _FOOT = 17 * _MM, 9 * _MM
TEXT = QRectF(_MARGIN, _MARGIN, PAGE.width() - 2 * _MARGIN, PAGE.height() - 2 * _MARGIN - _FOOT)
_FONT, _FOOT_FONT = 12, 10  # pixels
_MOST_MOVED = 60  # headings


class Pages:
    """A report laid out in pages; ``paint`` draws one of them."""

    def __init__(self, report: Report, pictures: Mapping[str, bytes]) -> None:
        self._title = report.title
        document = self._document = QTextDocument()
        document.setUseDesignMetrics(True)
        document.setDocumentMargin(0)
        document.setDefaultFont(_font(_FONT))
        document.setDefaultStyleSheet(PAPER_STYLE)
        for name, content in pictures.items():
            document.addResource(
                QTextDocument.ResourceType.ImageResource.value,
                QUrl(f"picture:{name}"),
                QImage.fromData(content),
            )
        document.setHtml(paper_html(report, int(TEXT.width())))
        document.setPageSize(TEXT.size())
        for _ in range(_MOST_MOVED):
            if not self._move_a_heading():
                break

    def _move_a_heading(self) -> bool:
        """Begin a page with the first heading that would be alone at the end of one."""

        def page_of(block: QTextBlock) -> int:
            top = layout.blockBoundingRect(block).top()
            if block.layout().lineCount():  # which may have moved on from where its block begins
                top += block.layout().lineAt(0).y()
            return int(top / TEXT.height())

        layout, block = self._document.documentLayout(), self._document.begin()
        while block.isValid() and block.next().isValid():
            if block.blockFormat().headingLevel() and page_of(block) < page_of(block.next()):
                kind = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
                if block.blockFormat().pageBreakPolicy() != kind:
                    moved = QTextBlockFormat()
                    moved.setPageBreakPolicy(kind)
                    QTextCursor(block).mergeBlockFormat(moved)
                    # Or some of what comes after would be left without a layout.
                    self._document.markContentsDirty(0, self._document.characterCount())
                    return True
            block = block.next()
        return False

    @property
    def count(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw a page (from 0), in units of 1/96 inch from the corner of the paper."""
        painter.save()
        painter.translate(TEXT.left(), TEXT.top() - page * TEXT.height())
        part = QRectF(0, page * TEXT.height(), TEXT.width(), TEXT.height())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(LIGHT.text))
        context.clip = part
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        painter.setFont(_font(_FOOT_FONT))
        painter.setPen(QColor(LIGHT.muted))
        foot = QRectF(TEXT.left(), TEXT.bottom() + _FOOT / 2, TEXT.width(), _FOOT)
        number = translate("Report", "Page {0} of {1}").format(page + 1, self.count)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, number)
        room = TEXT.width() * 0.75
        title = painter.fontMetrics().elidedText(
            self._title, Qt.TextElideMode.ElideRight, round(room)
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, title)


def report_pdf(report: Report, pictures: Mapping[str, bytes]) -> bytes:
    """The file; ``pictures`` are the figures' PNGs by name."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(report.title)
    writer.setCreator("GUITrain")
    pages = Pages(report, pictures)
    painter = QPainter(writer)
    try:
        painter.scale(_RESOLUTION / _UNIT, _RESOLUTION / _UNIT)
        for page in range(pages.count):
            if page:
                writer.newPage()
            pages.paint(painter, page)
    finally:
        painter.end()
    buffer.close()
    return bytes(content.data())


def _font(pixels: int) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)  # a reader would find no "fi" in what is copied
    return font
