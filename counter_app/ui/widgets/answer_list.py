"""Answers to the question in hand: a digit, a title, the reason beneath, a mark where it is a right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.key_hint import KeyHint
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is shown.

    Attributes:
        key: what is handed back when it is chosen.
        title: what the clerk reads.
        reason: why it is offered, or why it is not; one or two short lines.
        mark: a short word in a pill, e.g. "权利"; a right also carries a shield.
        enabled: a withheld answer stays visible with its reason.
        chosen: drawn as the present answer.
    """

    key: str
    title: str
    reason: str = ""
    mark: str = ""
    enabled: bool = True
    chosen: bool = False


class AnswerCard(QAbstractButton):
    """One answer; made by `AnswerList` and filled anew for the next question."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.answer = Answer("", "")
        self.digit = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_M + 2, Size.GAP_S + 2, Size.GAP_M, Size.GAP_S + 2)
        row.setSpacing(Size.GAP_M + 2)
        # Parents first: a part that is made visible without one opens as a window and takes the focus along.
        self._cap = KeyHint("")
        row.addWidget(self._cap, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        row.addLayout(words, 1)
        self._title = Words("", "lead_strong", wrap=True)
        words.addWidget(self._title)
        self._reason = Words("", "note", wrap=True)
        words.addWidget(self._reason)
        self._shield = Icon("shield-check", "accent", 18)
        self._mark = Pill("", "accent", self)
        row.addWidget(self._shield)
        row.addWidget(self._mark)
        for part in (self._cap, self._title, self._reason, self._shield, self._mark):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_answer(self, answer: Answer, digit: str) -> None:
        """Show another answer."""
        self.setChecked(answer.chosen)
        if answer == self.answer and digit == self.digit:
            return
        self.answer, self.digit = answer, digit
        self.setEnabled(answer.enabled)
        self._cap.setText(digit)
        self._cap.setVisible(bool(digit))
        self._title.set_look("lead_strong" if answer.enabled else "secondary")
        self._title.setText(answer.title)
        self._reason.setText(answer.reason)
        self._reason.setVisible(bool(answer.reason))
        self._shield.show_icon("shield-check" if answer.enabled else "shield")
        self._shield.setVisible(bool(answer.mark))
        self._mark.show_state(answer.mark, "accent")
        told = ", ".join(part for part in (digit, answer.title, answer.mark, answer.reason) if part)
        self.setAccessibleName(told)
        self.setText(answer.title)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = self.isEnabled()
        if self.isChecked():
            ground, edge, width = "accent_tint", "accent", 2
        elif live and (self.underMouse() or self.isDown()):
            ground, edge, width = "hover", "control_line", 1
        else:
            ground, edge, width = "card" if live else "background", "line", 1
        if self.hasFocus():
            edge, width = "accent", 2
        painter.setBrush(theme.colour(ground))
        pen = QPen(theme.colour(edge), width)
        if not live:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), Size.RADIUS_M + 2, Size.RADIUS_M + 2
        )
        painter.end()


class AnswerList(QWidget):
    """Answer cards under each other, chosen by click, Enter, arrows or their digit.

    Signals:
        chosen(str): key of the answer.
        refused(str): key of a withheld answer whose digit was pressed; its reason stands on the card.
    """

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[AnswerCard] = []
        self._spare: list[AnswerCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GAP_S + 2)

    def show_answers(self, answers: Sequence[Answer], *, digits: bool = True) -> None:
        """Show these answers; the first nine get digits. Focus returns to where it was by position."""
        held = next((at for at, card in enumerate(self._cards) if card.hasFocus()), None)
        while len(self._cards) > len(answers):
            card = self._cards.pop()
            card.hide()
            self._spare.append(card)
        while len(self._cards) < len(answers):
            self._cards.append(self._spare.pop() if self._spare else self._made())
        for at, (card, answer) in enumerate(zip(self._cards, answers, strict=True), start=1):
            card.show_answer(answer, str(at) if digits and at <= 9 else "")
            card.show()
        if held is not None and self._cards:
            self._cards[min(held, len(self._cards) - 1)].setFocus()

    def _made(self) -> AnswerCard:
        card = AnswerCard(self)
        card.clicked.connect(lambda: self.chosen.emit(card.answer.key))
        card.installEventFilter(self)
        self._column.addWidget(card)
        return card

    def answers(self) -> list[Answer]:
        """What is shown."""
        return [card.answer for card in self._cards]

    def press_digit(self, digit: str) -> bool:
        """Choose by digit; true when the digit belongs to a card, withheld ones included."""
        for card in self._cards:
            if card.digit and card.digit == digit:
                (self.chosen if card.isEnabled() else self.refused).emit(card.answer.key)
                return True
        return False

    def has_digit(self, digit: str) -> bool:
        """Whether a card carries this digit."""
        return any(card.digit and card.digit == digit for card in self._cards)

    def mark(self, key: str) -> None:
        """Draw one answer as the present one; an unknown key draws none so."""
        for card in self._cards:
            card.setChecked(card.answer.key == key)

    def focus_first(self) -> None:
        """Put focus on the first answer that can be given."""
        for card in self._cards:
            if card.isEnabled():
                card.setFocus()
                return

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._cards:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._move(self._cards.index(watched), step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def _move(self, at: int, step: int) -> None:
        at += step
        while 0 <= at < len(self._cards):
            if self._cards[at].isEnabled():
                self._cards[at].setFocus()
                return
            at += step
