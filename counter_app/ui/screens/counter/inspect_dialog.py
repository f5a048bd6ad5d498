"""What came back, looked at piece by piece: four quantities, condition, where it goes, why it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from counter_app.domain import quantity
from counter_app.domain.case_views import CaseLineView
from counter_app.domain.errors import CounterError
from counter_app.services.inspection import CHECKS, Inspection
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field

Codes = Mapping[str, Mapping[str, Any]]


class InspectDialog(Dialog):
    """Inspects one case line.

    Args:
        line: the case line.
        codes: the trade codes: tables `conditions`, `dispositions`, `reasons`.
        save: called with the `Inspection`, the reason code and the note; raises CounterError to refuse.
    """

    def __init__(
        self,
        line: CaseLineView,
        codes: Codes,
        save: Callable[[Inspection, str, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=640, icon="package-check")
        self._line, self._save = line, save
        self._received = QLineEdit(shown.quantity(line.received_milli or line.quantity_milli))
        self._accepted = QLineEdit(shown.quantity(line.accepted_milli or line.quantity_milli))
        self._damaged = QLineEdit(shown.quantity(line.damaged_milli))
        self._rejected = QLineEdit(shown.quantity(line.rejected_milli))
        self._serial = QLineEdit(line.checked_serial or line.serial)
        self._note = QLineEdit(line.note)
        self._reason = _box(codes["reasons"], line.reason)
        self._condition = _box(codes["conditions"], line.condition)
        self._place = _box(codes["dispositions"], line.disposition or "V0")
        self._checks = {name: QCheckBox() for name in CHECKS}
        for name, box in self._checks.items():
            box.setChecked(bool(line.checks.get(name, False)))
        self._fields = {
            "reason": Field(self._reason),
            "condition": Field(self._condition),
            "place": Field(self._place),
            "serial": Field(self._serial),
            "received": Field(self._received),
            "accepted": Field(self._accepted),
            "damaged": Field(self._damaged),
            "rejected": Field(self._rejected),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        grid.setVerticalSpacing(Size.GAP_S)
        for at, name in enumerate(("reason", "condition", "place", "serial")):
            grid.addWidget(self._fields[name], at // 2, at % 2 * 2, 1, 2)
        for at, name in enumerate(("received", "accepted", "damaged", "rejected")):
            grid.addWidget(self._fields[name], 2, at)
        for at, box in enumerate(self._checks.values()):
            grid.addWidget(box, 3 + at // 4, at % 4)
        self.body.addLayout(grid)
        self._note_field = Field(self._note)
        self.body.addWidget(self._note_field)
        self._retranslate()
        self._condition.setFocus()

    def confirm(self) -> None:
        try:
            found = Inspection(
                received_milli=self._milli(self._received),
                accepted_milli=self._milli(self._accepted),
                damaged_milli=self._milli(self._damaged),
                rejected_milli=self._milli(self._rejected),
                condition=str(self._condition.currentData() or ""),
                disposition=str(self._place.currentData() or ""),
                serial=self._serial.text().strip(),
                checks={name: box.isChecked() for name, box in self._checks.items()},
                note=self._note.text().strip(),
            )
            self._save(found, str(self._reason.currentData() or ""), self._note.text().strip())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _milli(self, edit: QLineEdit) -> int:
        text = edit.text().strip()
        if text in ("", "0"):
            return 0
        return quantity.parse_quantity(text, weighed=self._line.quantity_milli % 1000 != 0)

    def _retranslate(self) -> None:
        self.say(
            self.tr("Inspect: %1").replace("%1", shown.one_line(self._line.name, 60)),
            self.tr("%1 in this case").replace("%1", shown.quantity(self._line.quantity_milli)),
            self.tr("Keep"),
        )
        self._fields["reason"].set_label(self.tr("Reason"))
        self._fields["condition"].set_label(self.tr("Condition"))
        self._fields["place"].set_label(self.tr("Where it goes"))
        self._fields["serial"].set_label(self.tr("Serial number on the goods"))
        self._fields["received"].set_label(self.tr("Received"))
        self._fields["accepted"].set_label(self.tr("Accepted"))
        self._fields["damaged"].set_label(self.tr("of these damaged"))
        self._fields["rejected"].set_label(self.tr("Rejected"))
        self._note_field.set_label(self.tr("Note"))
        words = {
            "look": self.tr("looks right"),
            "function": self.tr("works"),
            "parts": self.tr("parts complete"),
            "gifts": self.tr("gifts back"),
            "serial": self.tr("serial matches"),
            "seal": self.tr("seal, tag intact"),
            "account": self.tr("accounts signed out"),
        }
        for name, box in self._checks.items():
            box.setText(words[name])


def _box(table: Mapping[str, Any], present: str) -> QComboBox:
    box = QComboBox()
    box.addItem("—", "")
    for code, entry in table.items():
        box.addItem(f"{code} {entry['zh' if shown.is_chinese() else 'en']}", code)
    box.setCurrentIndex(max(0, box.findData(present)))
    return box
