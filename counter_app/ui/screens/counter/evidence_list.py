"""What a step wants to see: what was taken, what is still wanted, what was waived and why; and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.walk_views import EvidenceItem
from counter_app.ui import format as shown
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.photo_strip import PhotoStrip
from counter_app.ui.widgets.picture_button import Thumb
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.row_pool import RowPool
from counter_app.ui.widgets.words import Words


class _EvidenceRow(QWidget):
    write = Signal(object)
    waive = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._item: EvidenceItem | None = None
        self._icon = Icon("camera", "secondary", 18)
        self._told = Words("", "body", wrap=True)
        self._write = ActionButton("", "pen-line", kind="quiet")
        self._compulsory = Pill("", "attention", self)
        self._waive = ActionButton("", kind="quiet")
        self._write.clicked.connect(lambda: self.write.emit(self._item))
        self._waive.clicked.connect(lambda: self.waive.emit(self._item))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._icon)
        row.addWidget(self._told, 1)
        row.addWidget(self._write)
        row.addWidget(self._compulsory)
        row.addWidget(self._waive)

    def show_item(self, item: EvidenceItem) -> None:
        self._item = item
        wanted = item.state == "wanted"
        mark = "ban" if item.state == "waived" else "camera" if item.kind.startswith("photo") else "pen-line"
        self._icon.show_icon(mark, "attention" if item.compulsory and wanted else "secondary")
        told = title = shown.words(item.title)
        if item.state == "waived":
            told = (
                self.tr("%1: waived, %2").replace("%1", told).replace("%2", shown.one_line(item.reason, 60))
            )
        self._told.setText(told)
        word = self._write_word(item.kind)
        self._write.setText(word)
        self._write.setAccessibleName(f"{word}: {title}")
        self._write.setVisible(wanted)
        self._compulsory.show_state(self.tr("compulsory") if item.compulsory and wanted else "", "attention")
        word = self.tr("Waive")
        self._waive.setText(word)
        self._waive.setAccessibleName(f"{word}: {title}")
        self._waive.setVisible(item.compulsory and wanted)

    def _write_word(self, kind: str) -> str:
        return {
            "customer_words": self.tr("Write down"),
            "inspection": self.tr("Inspect"),
            "waybill": self.tr("Enter it"),
        }.get(kind, self.tr("In words"))


class EvidenceList(QWidget):
    """The evidence of a walk and its photo strip.

    Signals:
        photo(object, str): an `Incoming` picture and the node it belongs to.
        opened(str): a thumbnail was clicked.
        write(object): an `EvidenceItem` that is put down in words.
        waive(object): one `EvidenceItem` that cannot be had.
        waive_all(): nothing of what is still compulsory can be had.
    """

    photo = Signal(object, str)
    opened = Signal(str)
    write = Signal(object)
    waive = Signal(object)
    waive_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Sequence[EvidenceItem] = ()
        self._node = ""
        self._taken_row = QWidget()
        self._taken = Words("", "body", wrap=True)
        taken = QHBoxLayout(self._taken_row)
        taken.setContentsMargins(0, 0, 0, 0)
        taken.setSpacing(Size.GAP_S)
        taken.addWidget(Icon("circle-check", "ok", 18), 0, Qt.AlignmentFlag.AlignTop)
        taken.addWidget(self._taken, 1)
        rows = QVBoxLayout()
        rows.setSpacing(Size.GAP_XS)
        self.rows = RowPool(rows, self._made)
        self._all = ActionButton("", "ban", kind="quiet", key="Ctrl+E", bind=True)
        self._all.clicked.connect(self.waive_all)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self._all)
        self.photos = PhotoStrip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP_XS)
        column.addWidget(self._taken_row)
        column.addLayout(rows)
        column.addLayout(end)
        column.addSpacing(Size.GAP_XS)
        column.addWidget(self.photos)
        self.photos.received.connect(lambda incoming: self.photo.emit(incoming, self._photo_node()))
        self.photos.opened.connect(self.opened)
        self._retranslate()

    def show_evidence(self, evidence: Sequence[EvidenceItem], node: str, folder: Path) -> None:
        """Show the evidence of a walk that stands at `node`; `folder` is where attachment paths start."""
        self._evidence, self._node = evidence, node
        taken = [shown.words(item.title) for item in evidence if item.state == "taken"]
        self._taken.setText(" · ".join(dict.fromkeys(taken)))
        self._taken_row.setVisible(bool(taken))
        self.rows.show([item for item in evidence if item.state != "taken"], _EvidenceRow.show_item)
        self._all.setVisible(sum(item.compulsory and item.state == "wanted" for item in evidence) > 1)
        self.photos.show_error("")
        pictures = {attachment.id: attachment for item in evidence for attachment in item.attachments}
        self.photos.show_thumbs(
            [
                Thumb(str(picture.id), picture.name or picture.kind, path=folder / picture.path)
                for picture in pictures.values()
                if picture.mime.startswith("image/")
            ]
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _made(self) -> _EvidenceRow:
        row = _EvidenceRow()
        row.write.connect(self.write)
        row.waive.connect(self.waive)
        return row

    def _photo_node(self) -> str:
        """A new photo belongs to the first photo still wanted, else to the step in hand."""
        for item in self._evidence:
            if item.state == "wanted" and item.kind.startswith("photo"):
                return item.node
        return self._node

    def _retranslate(self) -> None:
        self._all.setText(self.tr("None of these can be had"))
