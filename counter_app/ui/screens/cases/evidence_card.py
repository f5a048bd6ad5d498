"""Photos and signature of a case: thumbnails that open, strokes drawn as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.case_views import CaseView
from counter_app.domain.paper_views import AttachmentView, SignatureView
from counter_app.services import signed_forms, signed_paper
from counter_app.services.desk import Desk
from counter_app.services.signed_forms import SignedForm
from counter_app.ui import format as shown
from counter_app.ui import theme
from counter_app.ui.screens.cases.case_card import CaseCard
from counter_app.ui.screens.cases.photo_dialog import PhotoDialog
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.picture_button import PictureButton, Thumb
from counter_app.ui.widgets.words import Words

SIDE = 68
_MOST_SHOWN = 6


class PhotoButton(PictureButton):
    """One photo of a case; Enter enlarges it as a click does."""

    def __init__(self, name: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(Thumb(name, name, path), SIDE, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class PhotoRow(QWidget):
    """The photos of a case or an approval side by side; one press enlarges, arrows leaf through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[AttachmentView, ...] = ()
        self._folder = Path()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.GAP_S)
        self._row.addStretch(1)

    def show_photos(self, folder: Path, attachments: Sequence[AttachmentView]) -> None:
        """Show the pictures among these attachments; the widget hides when there is none."""
        self._folder = folder
        self._photos = tuple(one for one in attachments if one.mime.startswith("image/") and not one.erased)
        while self._row.count() > 1 and (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown_now = self._photos[:_MOST_SHOWN]
        for at, photo in enumerate(shown_now):
            name = photo.name or self.tr("Photo {number}").format(number=at + 1)
            button = PhotoButton(name, folder / photo.path, self)
            button.clicked.connect(lambda _on=False, at=at: self.enlarge(at))
            self._row.insertWidget(at, button)
        rest = len(self._photos) - len(shown_now)
        if rest:
            self._row.insertWidget(len(shown_now), Words(f"+{rest}", "note"))
        self.setVisible(bool(self._photos))

    def count(self) -> int:
        """How many photos there are."""
        return len(self._photos)

    def enlarge(self, at: int) -> None:
        """Open one photo as large as the screen allows."""
        paths = [(photo.name, self._folder / photo.path) for photo in self._photos]
        PhotoDialog(paths, at, self.window()).exec()


class SignatureSheet(QWidget):
    """A signature drawn from its strokes on white paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
        self._void = False
        self.setFixedHeight(84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strokes(self, strokes: tuple[tuple[tuple[int, int], ...], ...], void: bool) -> None:
        """Show these strokes; a void signature is struck through."""
        self._strokes, self._void = strokes, void
        self.setVisible(bool(strokes))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 84)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colour("paper"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRoundedRect(box, Size.RADIUS_M, Size.RADIUS_M)
        spots = [spot for stroke in self._strokes for spot in stroke]
        if not spots:
            return
        left, top = min(x for x, _y in spots), min(y for _x, y in spots)
        wide = max(1, max(x for x, _y in spots) - left)
        high = max(1, max(y for _x, y in spots) - top)
        scale = min((self.width() - 28) / wide, (self.height() - 20) / high)
        across, down = (self.width() - wide * scale) / 2, (self.height() - high * scale) / 2
        pen = QPen(theme.colour("paper_ink"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [QPointF(across + (x - left) * scale, down + (y - top) * scale) for x, y in stroke]
            path = QPainterPath(points[0])
            for point in points[1:]:
                path.lineTo(point)
            painter.drawPath(path)
        if self._void:
            painter.setPen(QPen(theme.colour("late"), 2))
            painter.drawLine(box.bottomLeft(), box.topRight())
        painter.end()


class EvidenceCard(CaseCard):
    """Photos, and the last signature with who gave it and on which form.

    Signals:
        record(): a recording is to be attached.
        save_form(object): this stored form (`SignedForm`) is wanted as a file.
        scan_sheet(object): the paper of this form is there, to be scanned.
        replace_scan(object): the scan of this form is to be replaced by another.
    """

    record = Signal()
    save_form = Signal(object)
    scan_sheet = Signal(object)
    replace_scan = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos = PhotoRow()
        self._none = Words("", "note", wrap=True)
        self._sign_title = Words("", "note")
        self.signature = SignatureSheet()
        self._signed = Words("", "small", wrap=True)
        self._record = ActionButton("", "paperclip", kind="quiet")
        self._record.clicked.connect(self.record)
        self._form: SignedForm | None = None
        self._lacking: SignedForm | None = None
        self._replaced: tuple[signed_paper.ReplacedScan, ...] = ()
        self._missing = Words("", "error", wrap=True)
        self._scan = ActionButton("", "camera", kind="secondary")
        self._save = ActionButton("", "download", kind="quiet")
        self._scan.clicked.connect(lambda: self.scan_sheet.emit(self._lacking))
        self._save.clicked.connect(lambda: self.save_form.emit(self._form))
        self._again = ActionButton("", "camera", kind="quiet")
        self._again.clicked.connect(lambda: self.replace_scan.emit(self._form))
        self._old = QVBoxLayout()
        self._old.setSpacing(Size.GAP_XS)
        signing = (
            self._sign_title, self.signature, self._signed, self._missing, self._scan, self._save, self._again,
        )  # fmt: skip
        for part in (self.photos, self._none, *signing, self._record):
            self.body.addWidget(part)
        self.body.insertLayout(self.body.indexOf(self._record), self._old)
        self.body.addStretch(1)
        self._retranslate()

    def show_case(self, desk: Desk, case: CaseView) -> None:
        """Show the evidence of a case."""
        forms = signed_forms.of_case(desk, case.id)
        self._form = next((one for one in reversed(forms) if one.sha256 and one.erased_at is None), None)
        self._lacking = next(iter(signed_paper.lacking(desk, case.id)), None)
        self._replaced = signed_paper.replaced(desk, case.id)
        self.photos.show_photos(desk.folder, case.attachments)
        super().show_case(desk, case)

    def _show(self) -> None:
        case, desk = self._case, self._desk
        if case is None or desk is None:
            return
        files = [one for one in case.attachments if not one.mime.startswith("image/")]
        erased = sum(1 for one in case.attachments if one.erased)
        told = [one.name for one in files if one.name]
        if erased:
            told.append(self.tr("%n erased after the time they must be kept", "", erased))
        if not told and not self.photos.count():
            told = [self.tr("No photos.")]
        self._none.setText("\n".join(told))
        self._none.setVisible(bool(told))
        self._missing.setVisible(self._lacking is not None)
        self._scan.setVisible(self._lacking is not None)
        self._save.setVisible(self._form is not None)
        scanned = self._form is not None and self._form.on_paper
        self._again.setVisible(scanned)
        if self._form is not None and scanned:
            self._again.allow(
                signed_paper.may_replace(desk, self._form),
                self.tr("Whoever scanned it may replace it the same day, later a supervisor."),
            )
        self._show_replaced(ZoneInfo(desk.shop.time_zone))
        if self._lacking is not None:
            missing = self.tr("The sheet with check code {code} is not scanned yet.")
            self._missing.setText(missing.format(code=self._lacking.check_code))
        last = case.signatures[-1] if case.signatures else None
        self._sign_title.setVisible(last is not None)
        self.signature.show_strokes(last.strokes if last else (), bool(last and last.void))
        self._signed.setVisible(last is not None)
        if last is not None:
            self._signed.setText(self._signature_words(last, ZoneInfo(desk.shop.time_zone)))

    def _show_replaced(self, zone: ZoneInfo) -> None:
        """The scans that no longer count, each to be saved as it is kept."""
        while (item := self._old.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for old in self._replaced:
            told = self.tr("Earlier scan, replaced {when} by {who}: {why}").format(
                when=shown.moment(old.at, zone), who=old.by, why=shown.one_line(old.why, 60)
            )
            self._old.addWidget(Words(told, "small", wrap=True))
            if old.form.erased_at is None:
                save = ActionButton(self.tr("Save the earlier scan (PDF)"), "download", kind="quiet")
                save.clicked.connect(lambda _on=False, form=old.form: self.save_form.emit(form))
                self._old.addWidget(save)

    def _signature_words(self, signature: SignatureView, zone: ZoneInfo) -> str:
        told = [
            signature.signer_masked,
            self.tr("on paper") if signature.on_paper else "",
            shown.moment(signature.at, zone),
            self.tr("check code {code}").format(code=signature.check_code) if signature.check_code else "",
            self.tr("void: the form changed afterwards") if signature.void else "",
        ]
        return " · ".join(part for part in told if part)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Evidence"))
        self._record.setText(self.tr("Attach a recording"))
        self._scan.setText(self.tr("Attach the signed sheet"))
        self._save.setText(self.tr("Save the signed form (PDF)"))
        self._again.setText(self.tr("Replace the scan"))
        self._sign_title.setText(self.tr("Customer's signature"))
        self.signature.setAccessibleName(self.tr("Customer's signature"))
        self._show()
