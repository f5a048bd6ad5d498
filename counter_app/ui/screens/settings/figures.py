"""Settings page: the shop's figures, each with its source, and who changed them when."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from counter_app.domain.approval_rules import load_approval_rules
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.money import parse_yuan
from counter_app.domain.policy import Figure, load_shop_policy
from counter_app.domain.roles import EDIT_POLICY
from counter_app.services import policy, rules, staff, versions
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.versions import last_change
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words

KIND = rules.SHOP
KINDS: dict[str, Callable[[Any], Any]] = {rules.SHOP: load_shop_policy, rules.APPROVALS: load_approval_rules}
"""The rules whose figures are shown here, and what reads each."""


def title(figure: Figure) -> str:
    """A figure's name in the window's language."""
    return figure.zh if shown.is_chinese() else figure.en


def source(figure: Figure) -> str:
    """Where a figure comes from, in the window's language."""
    return figure.source if shown.is_chinese() else figure.source_en


class FigureDialog(Dialog):
    """Changes one figure; why is asked, because the change is kept for ever."""

    def __init__(self, session: Session, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520, icon="save")
        self._session, self._figure = session, figure
        self._value: QLineEdit | QCheckBox | QComboBox
        if figure.unit == "flag":
            self._value = QCheckBox()
            self._value.setChecked(bool(figure.value))
        elif figure.unit == "choice":
            self._value = QComboBox()
            self._value.addItems(list(figure.choices))
            self._value.setCurrentText(str(figure.value))
        else:
            self._value = QLineEdit(_as_typed(figure))
        self._note = QLineEdit()
        self._value_field, self._note_field = Field(self._value), Field(self._note)
        self._source = Words("", "note", wrap=True)
        for part in (self._value_field, self._note_field, self._source):
            self.body.addWidget(part)
        self._retranslate()

    def confirm(self) -> None:
        try:
            kind = kind_of(self._session, self._figure)
            content = changed_content(self._session, self._figure, self._typed(), kind)
            self._session.act(policy.publish, kind, content, self._note.text().strip())
        except CounterError as error:
            self._value_field.show_error(error)
            return
        self.accept()

    def _typed(self) -> object:
        if isinstance(self._value, QCheckBox):
            return self._value.isChecked()
        if isinstance(self._value, QComboBox):
            return self._value.currentText()
        return parsed(self._figure, self._value.text())

    def _retranslate(self) -> None:
        self.say(
            title(self._figure),
            self.tr("A new version is kept with your name; cases already open finish on the old one."),
            self.tr("Save"),
        )
        if isinstance(self._value, QCheckBox):
            self._value.setText(title(self._figure))
        unit = self._figure.unit
        names = {"fen": self.tr("yuan"), "bp": "%", "days": self.tr("days"), "hours": self.tr("hours")}
        names["months"] = self.tr("months")
        label = self.tr("Value")
        counted = self.tr("Value ({unit})").format(unit=names[unit]) if unit in names else label
        self._value_field.set_label(counted)
        self._note_field.set_label(self.tr("Why it is changed"))
        self._source.setText(self.tr("Source: {source}").format(source=source(self._figure)))


def kind_of(session: Session, figure: Figure) -> str:
    """In which rule a figure stands."""
    return next(
        kind for kind in KINDS if figure.name in policy.current(session.desk, kind).content["figures"]
    )


def changed_content(session: Session, figure: Figure, value: object, kind: str = KIND) -> dict[str, Any]:
    """The shop's rule with one figure changed."""
    content: dict[str, Any] = copy.deepcopy(dict(policy.current(session.desk, kind).content))
    content["figures"][figure.name]["value"] = value
    return content


def parsed(figure: Figure, text: str) -> int:
    """What was typed, in the figure's own unit. Raises UserError `rules.figure.type`, `money.…`."""
    if figure.unit == "fen":
        return parse_yuan(text)
    if figure.unit == "bp":
        return parse_yuan(text.strip().removesuffix("%"))  # hundredths of a percent, like 分 of a yuan
    clean = text.strip()
    if not clean.isascii() or not clean.isdigit() or len(clean) > 9:
        raise UserError("rules.figure.type", figure=figure.name, value=shown.one_line(text, 40))
    return int(clean)


def _as_typed(figure: Figure) -> str:
    if figure.unit in ("fen", "bp"):
        return shown.money(int(figure.value), sign=False).replace(",", "")
    return str(figure.value)


class FiguresPage(SettingsPage):
    """All figures; the shop's own choice, the law's floor and the source side by side."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._table = Table(
            [
                Column(lambda: self.tr("Rule"), title),
                Column(lambda: self.tr("Value"), self._value, right=True, width=130),
                Column(lambda: self.tr("Law's floor"), self._floor, right=True, width=110),
                Column(lambda: self.tr("Source"), source, tone=lambda _row: "secondary"),
            ]
        )
        self._table.opened.connect(lambda _row: self._change())
        self._find = QLineEdit()
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(lambda _text: self._show())
        self._edit = ActionButton("", "pencil", kind="primary")
        self._edit.clicked.connect(self._change)
        self._history = Words("", "note", wrap=True)
        self._figures: list[Figure] = []
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_S)
        row.addWidget(self._find, 1)
        row.addWidget(self._edit)
        self.body.addLayout(row)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self._history)
        self._retranslate()

    def load(self) -> None:
        now = policy.current(self.session.desk, KIND)
        self._figures = [
            figure
            for kind, load in KINDS.items()
            for figure in load(policy.current(self.session.desk, kind).content).figures.values()
        ]
        self._show()
        self._edit.allow(
            staff.may(self.session.desk, EDIT_POLICY), self.tr("Only a manager may change the rules.")
        )
        text = self.tr("Version {number}, in force since {day}.").format(
            number=now.version, day=shown.day(now.valid_from)
        )
        newest = versions.history(self.session.desk, KIND, 1)
        self._history.setText(
            " ".join(filter(None, (text, last_change(self.session, newest), shown.one_line(now.note))))
        )

    def _show(self) -> None:
        wanted = self._find.text().strip().lower()
        at = self._table.currentIndex().row()
        self._table.rows.show_rows(
            [
                row
                for row in self._figures
                if wanted in f"{row.zh} {row.en} {row.source} {row.source_en}".lower()
            ]
        )
        self._table.choose(max(0, at))

    def _value(self, row: Figure) -> str:
        return self._worded(row, row.value)

    def _floor(self, row: Figure) -> str:
        return "" if row.least is None else self._worded(row, row.least)

    def _worded(self, row: Figure, value: object) -> str:
        if row.unit == "flag":
            return self.tr("yes") if value else self.tr("no")
        if row.unit == "choice":
            return str(value)
        number = int(str(value))
        if row.unit == "fen":
            return shown.money(number)
        if row.unit == "bp":
            return shown.percent(number)
        words = {
            "days": self.tr("%n day(s)", "", number),
            "hours": self.tr("%n hour(s)", "", number),
            "months": self.tr("%n month(s)", "", number),
        }
        return words.get(row.unit, str(number))

    def _change(self) -> None:
        row = self._table.chosen()
        if (
            isinstance(row, Figure)
            and self._edit.isEnabled()
            and FigureDialog(self.session, row, self).exec()
        ):
            self.load()
            self.saved()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Rules and limits"),
            self.tr("Days, limits and freight; what the law does not let fall lower is marked."),
        )
        self._find.setPlaceholderText(self.tr("Find a rule…"))
        self._find.setAccessibleName(self.tr("Find a rule…"))
        self._edit.setText(self.tr("Change"))
        self._table.setAccessibleName(self.tr("Rules and limits"))
