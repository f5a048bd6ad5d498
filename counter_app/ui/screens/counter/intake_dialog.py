"""Who the customer is and what they told: own words apart from the summary (S2-15), wishes, day, mood, safety."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from counter_app.domain.acquaintance import CUSTOMER_CLASSES, FLAG_COLOURS
from counter_app.domain.case_views import CaseView
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import case_words
from counter_app.services.cases import CHANNELS
from counter_app.services.intake import WISHES
from counter_app.ui import format as shown
from counter_app.ui.theme import Size
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words


class IntakeDialog(Dialog):
    """Edits the intake of a case; `save` gets the named arguments of `intake.set_intake` and may refuse."""

    def __init__(
        self,
        case: CaseView,
        save: Callable[[dict[str, Any]], None],
        parent: QWidget | None = None,
        *,
        customer_class: str = "new",
    ) -> None:
        super().__init__(parent, width=860, icon="check")
        self._case, self._save = case, save
        self._class_before = customer_class
        self._words_edit, self._summary = _note(case.words), _note(case.summary)
        self._name, self._phone = QLineEdit(), QLineEdit()
        self._name.setPlaceholderText(case.customer_masked)
        self._phone.setPlaceholderText(case.phone_masked)
        self._day = QLineEdit(case.happened_on.isoformat() if case.happened_on else "")
        self._channel = QComboBox()
        for code in CHANNELS:
            self._channel.addItem(code, code)
        self._channel.setCurrentIndex(max(0, self._channel.findData(case.contact_channel)))
        self._class = QComboBox()
        for code in CUSTOMER_CLASSES:
            self._class.addItem(code, code)
        self._class.setCurrentIndex(max(0, self._class.findData(customer_class)))
        self._about = QLineEdit(case.plan.get("about", ""))
        flags = case.plan.get("flags", {})
        self._flags = {colour: QLineEdit(flags.get(colour, "")) for colour in FLAG_COLOURS}
        self._wishes = {code: QCheckBox() for code in WISHES}
        for code, box in self._wishes.items():
            box.setChecked(code in case.wishes)
        self._upset, self._safety = QCheckBox(), QCheckBox()
        self._upset.setChecked(case.upset)
        self._safety.setChecked(case.safety)
        self._phrases = QComboBox()
        for key in ("", *case_words.keys_of("phrase")):
            self._phrases.addItem(key, key)
        self._phrases.activated.connect(self._put_phrase)
        self._fields = {
            "words": Field(self._words_edit),
            "summary": Field(self._summary),
            "name": Field(self._name),
            "phone": Field(self._phone),
            "day": Field(self._day),
            "channel": Field(self._channel),
            "class": Field(self._class),
            **{colour: Field(edit) for colour, edit in self._flags.items()},
            "about": Field(self._about),
        }
        for edit in (self._about, *self._flags.values()):
            edit.setMaxLength(200)
        self.body.addWidget(self._fields["words"])
        self.body.addWidget(self._fields["summary"])
        self.body.addWidget(self._phrases)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_M)
        for at, name in enumerate(("name", "phone", "day", "channel", "class", *FLAG_COLOURS, "about")):
            grid.addWidget(self._fields[name], at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self._wish_title = Words("", "note")
        self.body.addWidget(self._wish_title)
        wishes = QGridLayout()
        for at, box in enumerate(self._wishes.values()):
            wishes.addWidget(box, at // 4, at % 4)
        self.body.addLayout(wishes)
        marks = QHBoxLayout()
        marks.addWidget(self._upset)
        marks.addWidget(self._safety)
        marks.addStretch(1)
        self.body.addLayout(marks)
        # Where goods of a purchase are in the case, they are what it is about.
        self._fields["about"].setVisible(not case.lines)
        self._retranslate()
        self._words_edit.setFocus()

    def confirm(self) -> None:
        try:
            self._save(self._told())
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _put_phrase(self, at: int) -> None:
        """A quick phrase joins the summary (S0-12); the customer's own words stay the customer's."""
        key = str(self._phrases.itemData(at))
        if key:
            written = self._summary.toPlainText().rstrip()
            phrase = shown.words(case_words.words(key))
            self._summary.setPlainText(f"{written}; {phrase}" if written else phrase)
        self._phrases.setCurrentIndex(0)

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "words": self._words_edit.toPlainText().strip(),
            "summary": self._summary.toPlainText().strip(),
            "wishes": tuple(code for code, box in self._wishes.items() if box.isChecked()),
            "contact_channel": str(self._channel.currentData()),
            "upset": self._upset.isChecked(),
            "safety": self._safety.isChecked(),
            "name": self._name.text().strip(),
            "phone": self._phone.text().strip(),
            "flags": {colour: edit.text().strip() for colour, edit in self._flags.items()},
        }
        if not self._case.lines:
            told["about"] = self._about.text().strip()
        if str(self._class.currentData()) != self._class_before:
            told["customer_class"] = str(self._class.currentData())
        if self._day.text().strip():
            try:
                told["happened_on"] = date.fromisoformat(self._day.text().strip())
            except ValueError as error:
                raise UserError("ui.day.unreadable", text=self._day.text().strip()[:40]) from error
        return told

    def _retranslate(self) -> None:
        self.say(
            self.tr("What the customer told"),
            self.tr("The phone is used for this case only, and masked in lists and on slips"),
            self.tr("Keep"),
        )
        self._fields["words"].set_label(self.tr("In the customer's own words"))
        self._fields["summary"].set_label(self.tr("Your summary"))
        self._fields["name"].set_label(self.tr("Name"), self.tr("may stay empty"))
        self._fields["phone"].set_label(self.tr("Phone"), self.tr("may stay empty"))
        self._fields["day"].set_label(self.tr("When it happened"), self.tr("e.g. 2026-11-12"))
        self._fields["channel"].set_label(self.tr("Reached us by"))
        self._phrases.setAccessibleName(self.tr("Quick phrase"))
        for at in range(self._phrases.count()):
            key = str(self._phrases.itemData(at))
            self._phrases.setItemText(
                at,
                shown.words(case_words.words(key)) if key else self.tr("Add a quick phrase to the summary …"),
            )
        self._fields["class"].set_label(self.tr("Customer"))
        self._fields["yellow"].set_label(self.tr("Yellow flag"), self.tr("height, weight, size"))
        self._fields["cyan"].set_label(self.tr("Cyan flag"), self.tr("for the shop only"))
        self._fields["about"].set_label(self.tr("Product or service"), self.tr("may stay empty"))
        for at in range(self._class.count()):
            title = case_words.words(f"customer_class.{self._class.itemData(at)}")
            self._class.setItemText(at, shown.words(title))
        self._wish_title.setText(self.tr("The customer wants"))
        wishes = {
            "repair": self.tr("repair"),
            "exchange": self.tr("exchange"),
            "refund": self.tr("refund"),
            "explanation": self.tr("explanation"),
            "resend": self.tr("re-send"),
            "allowance": self.tr("allowance"),
            "compensation": self.tr("compensation"),
        }
        for code, box in self._wishes.items():
            box.setText(wishes[code])
        self._upset.setText(self.tr("upset: calm first, data second"))
        self._safety.setText(self.tr("safety risk"))
        channels = {
            "store": self.tr("walk-in"),
            "phone": self.tr("phone"),
            "online": self.tr("online service"),
            "email": self.tr("e-mail"),
            "app": self.tr("app"),
            "social": self.tr("social media"),
            "wechat": self.tr("WeChat"),
            "message": self.tr("message board"),
        }
        for at in range(self._channel.count()):
            self._channel.setItemText(at, channels[str(self._channel.itemData(at))])


def _note(text: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setFixedHeight(66)
    edit.setTabChangesFocus(True)
    return edit
