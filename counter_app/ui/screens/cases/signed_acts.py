"""What is done with a signed form: its stored PDF saved as a file, the paper of one scanned back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app import whole_file
from counter_app.domain.errors import CounterError, SurroundingsError
from counter_app.domain.system_reasons import system_reason
from counter_app.services import photos, signed_forms, signed_paper
from counter_app.services.signed_forms import SignedForm
from counter_app.ui.screens.cases.signed_sheet_dialog import SignedSheetDialog
from counter_app.ui.session import Session
from counter_app.ui.widgets.banner import Banner


class SignedActs(QWidget):
    """Asks for file or pages; says in the banner what came of it. Shows nothing itself."""

    def __init__(self, session: Session, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._banner = session, banner
        self.hide()

    def save(self, form: SignedForm) -> None:
        """Ask where, and write the stored PDF there byte for byte."""
        name = f"{form.case_number} {form.check_code}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(
            self.parentWidget(), self.tr("Save the signed form"), name, self.tr("PDF files") + " (*.pdf)"
        )
        if chosen:
            self.save_to(form, Path(chosen))

    def save_to(self, form: SignedForm, file: Path) -> None:
        """Write the stored PDF into a file: beside it first, never half of it."""
        try:
            content = signed_forms.pdf_of(self._session.desk, form)
            try:
                whole_file.write(file, content)
            except OSError as cause:
                raise SurroundingsError("form.out", path=str(file), why=system_reason(cause)) from cause
        except CounterError as error:
            self._banner.show_error(error)
            return
        self._banner.say(
            self.tr("The signed form is saved: {file}").format(file=file.name),
            self.tr("Any PDF reader shows whether it was changed since."),
            tone="ok",
        )

    def scan(self, form: SignedForm) -> bool:
        """Ask for the pages of a sheet and its code. Returns whether it was kept."""
        desk = self._session.desk
        dialog = SignedSheetDialog(
            form.case_number, partial(self._keep, form), photos.inbox_folder(desk), self.parentWidget()
        )
        if not dialog.exec():
            return False
        self._banner.say(self.tr("The signed sheet is kept."), tone="ok")
        return True

    def replace(self, form: SignedForm) -> bool:
        """Ask for better pages of a sheet, and why. Returns whether they took the place of the first."""
        desk = self._session.desk
        dialog = SignedSheetDialog(
            form.case_number,
            lambda pages, code: self._swap(form, pages, code, dialog.why()),
            photos.inbox_folder(desk),
            self.parentWidget(),
            replaces=True,
        )
        if not dialog.exec():
            return False
        self._banner.say(
            self.tr("The new scan stands."), self.tr("The earlier one is kept and listed."), tone="ok"
        )
        return True

    def _swap(self, form: SignedForm, pages: list[bytes | Path], code: str, why: str) -> None:
        self._session.act(signed_paper.replace, form.signature_id, pages, code, why)

    def _keep(self, form: SignedForm, pages: list[bytes | Path], code: str) -> None:
        self._session.act(signed_paper.attach, form.signature_id, pages, code)
