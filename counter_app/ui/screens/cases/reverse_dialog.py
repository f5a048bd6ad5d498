"""Reversing what was posted: which document, why, and whether what was posted with it goes too."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from counter_app.domain.paper_views import DocumentView
from counter_app.ui import format as shown
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field


class ReverseDialog(Dialog):
    """Asks for document and reason, then hands over to `approve`, which asks for the PIN and does it.

    Args:
        documents: posted documents that are not reversed.
        approve: called with (number, reason, request id, whole); true when it was done.
    """

    def __init__(
        self,
        documents: Sequence[DocumentView],
        approve: Callable[[str, str, str, bool], bool],
        parent: QWidget | None = None,
        *,
        first: str = "",
    ) -> None:
        super().__init__(parent, width=560, icon="undo-2")
        self._documents, self._approve = documents, approve
        # One id for this dialog: a second press reverses the same thing once.
        self._request = uuid.uuid4().hex
        self._which = QComboBox()
        for paper in documents:
            self._which.addItem("", paper.number)
        self._which.setCurrentIndex(max(0, self._which.findData(first)))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self._whole = QCheckBox()
        self._whole.setChecked(True)
        self._which_field, self._reason_field = Field(self._which), Field(self.reason)
        for part in (self._which_field, self._reason_field, self._whole):
            self.body.addWidget(part)
        self._retranslate()
        self.reason.setFocus()

    def choose(self, number: str) -> None:
        """Choose the document."""
        self._which.setCurrentIndex(max(0, self._which.findData(number)))

    def confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._reason_field.show_error(self.tr("Please give the reason"))
            self.reason.setFocus()
            return
        if self._approve(str(self._which.currentData()), reason, self._request, self._whole.isChecked()):
            self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Reverse a document"),
            self.tr(
                "Nothing posted is changed: a mirror document takes back goods and money owed. Somebody else approves."
            ),
            self.tr("On to the approval"),
        )
        for at, paper in enumerate(self._documents):
            amount = f" · {shown.money(paper.amount_fen)}" if paper.amount_fen else ""
            self._which.setItemText(at, f"{shown.words(paper.title)} {paper.number}{amount}")
        self._which_field.set_label(self.tr("Document"))
        self._reason_field.set_label(self.tr("Reason"))
        self._whole.setText(self.tr("Together with what was posted with it"))
