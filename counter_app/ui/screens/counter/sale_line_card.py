"""One line of a sale on the counter: what was bought, what is left, which rights still run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.rights import Right
from counter_app.domain.sale_views import SaleLineView
from counter_app.domain.spoken import Reason
from counter_app.ui import format as shown
from counter_app.ui import icons, texts, theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import IconButton
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Elided, Words

_MOST_PILLS = 2
_BACK = ("no_reason", "promise", "quality_return")
_MEND = ("guarantee_whole", "quality_exchange")
_BOX = 20
_MAY_BE_EARLY = "※"


class SaleLineCard(QAbstractButton):
    """A line that can be ticked; `+`, `-` or the buttons change how many pieces come back.

    Signals:
        changed(): ticked, unticked, or another quantity.
    """

    changed = Signal()

    def __init__(self, line: SaleLineView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.in_case = ""
        # Goods that may be sold by weight are mostly sold by the piece all the same.
        self._in_parts = line.weighed and line.bought_milli % 1000 != 0
        self._quantity = line.returnable_milli if self._in_parts else min(line.returnable_milli, 1000)
        self.setCheckable(True)
        self.setEnabled(line.returnable_milli > 0 and line.blocked is None)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._build()
        self.toggled.connect(self._toggled)
        self._retranslate()

    def quantity_milli(self) -> int:
        """How much of the line is chosen, in thousandths of a unit."""
        return self._quantity

    def set_quantity(self, milli: int) -> None:
        """Choose another quantity; kept within what can still be returned."""
        step = 1 if self._in_parts else 1000
        wanted = max(step, min(self.line.returnable_milli, milli))
        if wanted != self._quantity:
            self._quantity = wanted
            self._show_quantity()
            self.changed.emit()

    def bind_to_case(self, label: str) -> None:
        """The line belongs to the open visit: `label` names its group; it can no longer be unticked."""
        self.in_case = label
        self.setChecked(True)
        self._name.set_look("strong")
        # What holds the rest of the line is this very visit.
        self._reason.hide()
        self._left.setText("")
        self._group.show_state(label, "accent")
        self._show_quantity()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Plus: 1000, Qt.Key.Key_Minus: -1000}.get(Qt.Key(event.key()))
        if step is not None and self.isChecked() and not self.in_case:
            self.set_quantity(self._quantity + step)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        if not self.in_case:
            super().nextCheckState()

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ticked = self.isChecked()
        if ticked or self.underMouse() or self.hasFocus():
            painter.setBrush(
                theme.colour("accent_tint" if ticked else "hover" if self.isEnabled() else "card")
            )
            painter.setPen(QPen(theme.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS_M, Size.RADIUS_M)
        box = QRectF(Size.GAP_M, Size.GAP_M, _BOX, _BOX)
        live = self.isEnabled()
        painter.setBrush(theme.colour("accent" if ticked else "card" if live else "background"))
        painter.setPen(QPen(theme.colour("accent" if ticked else "control_line" if live else "line"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        if ticked:
            icons.paint(painter, "check", box.adjusted(3, 3, -3, -3), "on_accent")
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The count takes half the card at most. A pill that has no room is left out whole; the tooltip has all
        rights."""
        self._count.setFixedWidth(min(self._count.sizeHint().width(), max(80, self.width() // 2)))
        left = self.width() - (Size.GAP_M + _BOX + 2 * Size.GAP_M)
        if not self._less.isHidden():
            left -= 3 * Size.TARGET + 2 * Size.GAP_S
        for pill in (self._group, *self._pills):
            if not pill.text():
                continue
            left -= pill.sizeHint().width() + Size.GAP_XS
            pill.setVisible(left >= 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        line = self.line
        self._name = Words(line.name, "strong" if self.isEnabled() else "secondary", wrap=True)
        self._count = Elided("", "strong")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._about = Elided(
            " · ".join(
                part
                for part in (
                    line.barcode or line.sku,
                    line.serial,
                    f"{shown.money(line.unit_price_fen)} × {shown.quantity(line.bought_milli)}",
                )
                if part
            ),
            "note",
        )
        self._left = Words("", "note")
        self._group = Pill("", "accent", self)
        self._pills = [Pill("", "plain", self) for _ in range(_MOST_PILLS)]
        self._reason = Words("", "note", wrap=True)
        self._less = IconButton("minus")
        self._more = IconButton("plus")
        self._chosen = Words("", "strong")
        self._less.clicked.connect(lambda: self.set_quantity(self._quantity - 1000))
        self._more.clicked.connect(lambda: self.set_quantity(self._quantity + 1000))
        top, middle, pills = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._count)
        middle.addWidget(self._about, 1)
        middle.addWidget(self._left)
        # The pills give way where the column is narrow: name and count never do.
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Size.GAP_XS)
        for pill in (self._group, *self._pills):
            inside.addWidget(pill)
        inside.addStretch(1)
        holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        pills.addWidget(holder, 1)
        for part in (self._less, self._chosen, self._more):
            pills.addWidget(part)
        for row in (top, middle, pills):
            row.setSpacing(Size.GAP_S)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP_M + _BOX + Size.GAP_M, Size.GAP_S + 2, Size.GAP_M, Size.GAP_S + 2)
        column.setSpacing(3)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(self._reason)
        column.addLayout(pills)
        for part in (
            self._name,
            self._count,
            self._about,
            self._left,
            self._reason,
            self._group,
            *self._pills,
        ):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _toggled(self, _on: bool) -> None:
        self._show_quantity()
        self.changed.emit()

    def _show_quantity(self) -> None:
        several = self.isChecked() and not self.in_case and self.line.returnable_milli > 1000
        for part in (self._less, self._chosen, self._more):
            part.setVisible(several)
        self._chosen.setText(shown.quantity(self._quantity))
        self._less.setEnabled(self._quantity > 1000)
        self._more.setEnabled(self._quantity + 1000 <= self.line.returnable_milli)
        self._fit()
        self._tell()

    def _tell(self) -> None:
        """What a screen reader says of the card."""
        parts = [self.line.name, self._count.whole(), self._left.text(), self._reason.text()]
        if self.isChecked():
            parts.append(self.tr("chosen: %1").replace("%1", shown.quantity(self._quantity)))
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _retranslate(self) -> None:
        line = self.line
        self._count.show_text(
            self.tr("bought %1  back %2")
            .replace("%1", shown.quantity(line.bought_milli))
            .replace("%2", shown.quantity(line.returned_milli))
        )
        if line.returnable_milli > 0:
            self._left.setText(self.tr("can return %1").replace("%1", shown.quantity(line.returnable_milli)))
        elif line.reserved_milli > 0:
            self._left.setText(self.tr("in an open case"))
        else:
            self._left.setText(self.tr("all returned"))
        self._less.set_name(self.tr("One piece fewer"))
        self._more.set_name(self.tr("One piece more"))
        told = [texts.reason(line.blocked) if line.blocked else line.flaw or self._day_note(), line.note]
        self._reason.setText(" · ".join(part for part in told if part))
        self._reason.setVisible(bool(self._reason.text()) and not self.in_case)
        if self.in_case:
            self._left.setText("")
        self._show_rights()
        self._show_quantity()

    def _show_rights(self) -> None:
        rights = self.line.rights.rights if self.line.rights is not None else ()
        told = [self._right_words(right) for right in self._weighty(rights)]
        for pill, text in zip(self._pills, told + [""] * _MOST_PILLS, strict=False):
            pill.show_state(text, "ok")
        for code, pill in zip(self.line.open_cases, self._pills[len(told) :], strict=False):
            pill.show_state(code, "plain")
        lines = [f"{texts.reason(right.because)} · {right.basis}" for right in rights]
        notes = dict.fromkeys(right.note for right in rights if right.note is not None)
        lines += [f"{_MAY_BE_EARLY} {texts.reason(Reason(note))}" for note in notes]
        self.setToolTip("\n".join(lines))

    def _weighty(self, rights: Sequence[Right]) -> list[Right]:
        """The two rights that decide most: one that lets the goods come back, one that lets them be mended."""
        running = {right.kind: right for right in rights if right.open}
        back = next((running[kind] for kind in _BACK if kind in running), None)
        mend = next((running[kind] for kind in _MEND if kind in running), None)
        return [right for right in (back, mend) if right is not None]

    def _day_note(self) -> str:
        """That the day until which goods may come back may come out too early: its year's holidays are not known."""
        rights = self.line.rights.rights if self.line.rights is not None else ()
        notes = {
            right.note for right in self._weighty(rights) if right.note is not None and right.kind in _BACK
        }
        return " ".join(texts.reason(Reason(note)) for note in sorted(notes))

    def _right_titles(self) -> dict[str, str]:
        """Rights worth a pill, in the order of their weight."""
        return {
            "no_reason": self.tr("may return"),
            "promise": self.tr("our promise"),
            "quality_return": self.tr("fault: may return"),
            "quality_exchange": self.tr("fault: may exchange"),
            "guarantee_whole": self.tr("guarantee"),
        }

    def _right_words(self, right: Right) -> str:
        title = self._right_titles()[right.kind]
        if right.last_day is None:
            return title
        long = right.kind == "guarantee_whole"
        day = shown.day(right.last_day) if long else shown.day_short(right.last_day)
        mark = _MAY_BE_EARLY if right.note is not None else ""
        return self.tr("%1 to %2").replace("%1", title).replace("%2", day + mark)
