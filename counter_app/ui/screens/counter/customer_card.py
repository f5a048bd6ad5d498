"""Who stands at the counter: masked name, what is known of them, and in whose name they come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from counter_app.domain.acquaintance import FLAG_COLOURS, Acquaintance, NotesAtHand
from counter_app.services import case_words
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.words import Elided

_STANDS = ("buyer", "proxy", "gift_recipient")


class CustomerCard(Card):
    """The customer of the visit.

    Signals:
        stands_changed(str): who stands at the counter.
        intake(): write down what the customer told.
    """

    stands_changed = Signal(str)
    intake = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, gap=Size.GAP_XS + 2)
        self._named = ""
        self._known = Acquaintance()
        self._flags: Mapping[str, str] = {}
        self._notes_at_hand = NotesAtHand()
        self._care = Pill("", "accent", self)
        self.head.addWidget(self._care)
        self._intake = ActionButton("", "user-round", key="F5", kind="quiet", bind=True)
        self._intake.clicked.connect(self.intake)
        self.head.addWidget(self._intake)
        self._name = Elided("", "strong")
        self._history = Elided("", "note")
        self._marks, self._notes = Elided("", "attention"), Elided("", "note")
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_XS)
        self._group = QButtonGroup(self)
        self.stand_buttons: dict[str, ActionButton] = {}
        for code in _STANDS:
            button = ActionButton("", kind="secondary")
            button.setCheckable(True)
            button.setChecked(code == "buyer")
            button.clicked.connect(lambda _on=False, code=code: self.stands_changed.emit(code))
            self._group.addButton(button)
            self.stand_buttons[code] = button
            row.addWidget(button, 1)
        for part in (self._name, self._history, self._marks, self._notes):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self._retranslate()

    def show_customer(
        self, name: str, phone: str, stands: str, known: Acquaintance, flags: Mapping[str, str], *, told: bool
    ) -> None:
        """Show masked name and phone, who stands here, what is known; `told`: there is a visit to write down what
        was told in."""
        self._known, self._flags = known, flags
        self._named = "  ".join(part for part in (name, phone) if part)
        self._name.show_text(self._named or self.tr("Customer not named"))
        for code, button in self.stand_buttons.items():
            button.setChecked(code == stands)
        self._intake.setVisible(told)
        self._show_history()

    def show_notes(self, notes: NotesAtHand) -> None:
        """What runs today and how the couriers deliver (S4-1)."""
        self._notes_at_hand = notes
        self._show_notes()

    def stands(self) -> str:
        """Who stands at the counter: buyer, proxy or gift_recipient."""
        return next((code for code, button in self.stand_buttons.items() if button.isChecked()), "buyer")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_history(self) -> None:
        self._show_marks()
        earlier = self._known.earlier
        if not earlier:
            self._history.show_text(self.tr("No earlier case"))
            self._history.setToolTip("")
            return
        last = earlier[0]
        self._history.show_text(
            self.tr("%n earlier case(s)", "", len(earlier))
            + f" · {shown.day(last.business_date)} {last.number} {shown.words(last.state_title)}"
        )
        self._history.setToolTip(
            "\n".join(
                f"{shown.day(case.business_date)} {case.number} {shown.words(case.state_title)}"
                for case in earlier
            )
        )

    def _show_marks(self) -> None:
        """Class in the corner; a repeat and the shop's own flags on a line of their own."""
        known = self._known
        said = [] if known.customer_class == "new" else [_class_words(known.customer_class)]
        if known.recognised:
            said.append(self.tr("known"))
        self._care.show_state(" · ".join(said), "accent")
        self._care.setToolTip(
            self.tr("Known from an earlier case: no need to ask who they are") if known.recognised else ""
        )
        marks = [self.tr("the same trouble within 90 days")] if known.repeat else []
        marks += [
            f"{shown.words(case_words.words(f'flag.{colour}'))} {self._flags[colour]}"
            for colour in FLAG_COLOURS
            if colour in self._flags
        ]
        _line(self._marks, " · ".join(marks))

    def _show_notes(self) -> None:
        notes = self._notes_at_hand
        told = [
            self.tr("On offer: {note}").format(note=notes.promotion) if notes.promotion else "",
            self.tr("Couriers: {note}").format(note=notes.courier) if notes.courier else "",
        ]
        _line(self._notes, " · ".join(part for part in told if part))

    def _retranslate(self) -> None:
        self._name.show_text(self._named or self.tr("Customer not named"))
        self.set_title(self.tr("Customer"))
        self._intake.setText(self.tr("Details"))
        self.stand_buttons["buyer"].setText(self.tr("Buyer"))
        self.stand_buttons["proxy"].setText(self.tr("Proxy"))
        self.stand_buttons["gift_recipient"].setText(self.tr("Recipient"))
        self._show_history()
        self._show_notes()


def _class_words(code: str) -> str:
    return shown.words(case_words.words(f"customer_class.{code}"))


def _line(label: Elided, text: str) -> None:
    """A line that takes no room while it has nothing to say."""
    label.show_text(shown.one_line(text, 300))
    label.setVisible(bool(text))
