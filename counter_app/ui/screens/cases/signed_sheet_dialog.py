"""The sheet a customer signed on paper comes back: its pages as photos or a scan, and the code printed on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.photo_strip import Incoming, PhotoStrip
from counter_app.ui.widgets.picture_button import Thumb
from counter_app.ui.widgets.words import Words

Page = bytes | Path


class SignedSheetDialog(Dialog):
    """Hands the pages and the typed code to `keep`, which may refuse.

    Args:
        number: of the case.
        inbox: the folder a phone fills: what arrives there while the dialog is open is a page.
        replaces: whether these pages take the place of a scan that is there; then `why` is asked.
    """

    def __init__(
        self,
        number: str,
        keep: Callable[[list[Page], str], object],
        inbox: Path | None = None,
        parent: QWidget | None = None,
        *,
        replaces: bool = False,
    ) -> None:
        super().__init__(parent, width=620, icon="paperclip")
        self._number, self._keep = number, keep
        self.pages: list[Page] = []
        self.code = QLineEdit()
        self._field = Field(self.code)
        self.strip = PhotoStrip()
        self._scan = ActionButton("", "file-text", kind="quiet")
        self._again = ActionButton("", "undo-2", kind="quiet")
        self._count = Words("", "note")
        self._reason, self._replaces = QLineEdit(), replaces
        self._why = Field(self._reason)
        self._why.setVisible(replaces)
        for part in (self.strip, self._scan, self._count, self._again, self._field, self._why):
            self.body.addWidget(part)
        self.strip.received.connect(self._receive)
        self._scan.clicked.connect(self._ask_files)
        self._again.clicked.connect(self.start_again)
        self.strip.watch(inbox)
        self.finished.connect(lambda _result: self.strip.watch(None))
        self._retranslate()

    def add_page(self, page: Page) -> None:
        """One more page, the last."""
        self.pages.append(page)
        self._show()

    def why(self) -> str:
        """Why the scan that is there is replaced."""
        return self._reason.text()

    def start_again(self) -> None:
        """Other pages than these."""
        self.pages.clear()
        self._show()

    def confirm(self) -> None:
        try:
            self._keep(list(self.pages), self.code.text())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _receive(self, incoming: Incoming) -> None:
        page: Page | None = incoming.path if incoming.path is not None else incoming.data
        if page is not None:
            self.add_page(page)

    def _ask_files(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, self.tr("Choose the scan"), "", self.tr("PDF files") + " (*.pdf *.PDF)"
        )
        for name in chosen:
            self.add_page(Path(name))

    def _show(self) -> None:
        self.strip.show_thumbs([_thumb(at, page) for at, page in enumerate(self.pages) if not _is_scan(page)])
        count = len(self.pages)
        self._count.setText(self.tr("%n page(s) so far", "", count) if count else self.tr("No page yet"))
        self._again.setVisible(bool(count))
        self.accept_button.allow(bool(count), self.tr("Photograph the sheet, or choose its scan"))

    def _retranslate(self) -> None:
        self.say(
            self.tr("The signed sheet of {number}").format(number=self._number),
            self.tr("Photograph or scan every page of the sheet that the customer signed."),
            self.tr("Keep it"),
        )
        if self._replaces:
            self.say(
                self.tr("Replace the scan of {number}").format(number=self._number),
                self.tr("Photograph or scan every page again. The scan of before is kept and listed."),
                self.tr("Replace"),
            )
        self._field.set_label(self.tr("Check code on the paper"))
        self._why.set_label(self.tr("Why is it replaced?"))
        self._scan.setText(self.tr("Choose a scan (PDF)"))
        self._again.setText(self.tr("Other pages"))
        self._show()


def _is_scan(page: Page) -> bool:
    return isinstance(page, Path) and page.suffix.lower() == ".pdf"


def _thumb(at: int, page: Page) -> Thumb:
    if isinstance(page, Path):
        return Thumb(str(at), page.name, path=page)
    return Thumb(str(at), str(at + 1), data=page)
