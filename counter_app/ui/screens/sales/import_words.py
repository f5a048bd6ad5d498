"""What an import found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from counter_app.domain.import_views import ImportOrder, ImportPreview
from counter_app.services import sale_list
from counter_app.ui import format as shown
from counter_app.ui.widgets.pill import Tone

_TONES: Mapping[str, Tone] = {
    "new": "ok",
    "matched": "ok",
    "completed": "ok",
    "dated": "ok",
    "products": "ok",
    "held": "attention",
    "changed": "attention",
    "faults": "late",
}


class ImportWords(QObject):
    """Names of file kinds and of what becomes of an order."""

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every word anew."""
        self._kinds = {
            "": self.tr("Recognised by its header"),
            "taobao": self.tr("Taobao or Tmall orders"),
            "taobao_items": self.tr("Taobao or Tmall items"),
            "sheet": self.tr("Plain sheet, a row per line"),
            "products": self.tr("List of articles"),
        }
        self._fates = {
            "new": self.tr("new"),
            "known": self.tr("known already"),
            "changed": self.tr("changed since, left as it is"),
            "matched": self.tr("typed before, matched"),
            "held": self.tr("to be decided"),
            "completed": self.tr("its items become known"),
            "dated": self.tr("its days become known"),
        }
        self._counts = {
            "new": self.tr("{number} new"),
            "matched": self.tr("{number} matched"),
            "completed": self.tr("{number} completed"),
            "dated": self.tr("{number} dated"),
            "products": self.tr("{number} articles"),
            "held": self.tr("{number} to decide"),
            "changed": self.tr("{number} changed"),
            "known": self.tr("{number} known"),
            "passed": self.tr("{number} passed over"),
            "unknown": self.tr("{number} without order"),
            "faults": self.tr("{number} faults"),
        }

    def kind(self, kind: str) -> str:
        """What a kind of file is called."""
        return self._kinds.get(kind) or sale_list.source_name(kind, "zh" if shown.is_chinese() else "en")

    def fate(self, order: ImportOrder) -> str:
        """What becomes of one order."""
        told = self._fates.get(order.fate, order.fate)
        if order.paid_before_fen is not None and order.paid_before_fen != order.paid_fen:
            return f"{told} ({shown.money(order.paid_before_fen)})"
        if order.indivisible:
            return self.tr("{fate} · total only").format(fate=told)
        return told

    def pills(self, counts: Mapping[str, int]) -> list[tuple[str, Tone]]:
        """The counts that are not zero, the good news first."""
        return [
            (words.format(number=counts[name]), _TONES.get(name, "plain"))
            for name, words in self._counts.items()
            if counts.get(name)
        ]

    def sum_up(self, counts: Mapping[str, int]) -> str:
        """The counts in one line."""
        return ", ".join(text for text, _tone in self.pills(counts)) or self.tr("nothing new")

    def about(self, seen: ImportPreview) -> str:
        """How the file was read."""
        told = [self.kind(seen.kind), seen.format.upper(), seen.encoding, seen.sheet]
        return " · ".join(part for part in told if part)
