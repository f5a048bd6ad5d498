"""The first run: a shop's name, its code, its manager's PIN; under two minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from counter_app.domain.errors import CounterError, UserError
from counter_app.ui import format as shown
from counter_app.ui.jobs import Pool, Waiting
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton, PrimaryButton
from counter_app.ui.widgets.banner import Banner
from counter_app.ui.widgets.card import Card, centred
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.pin_pad import LEAST_DIGITS, MOST_DIGITS
from counter_app.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What was filled in. `province` is a code of `policy/provinces.toml`; `archives` are workbooks to be read back."""

    shop_name: str
    shop_code: str
    province: str
    manager_name: str
    pin: str
    samples: bool
    archives: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Province:
    """One province that adds to the national rules."""

    code: str
    zh: str
    en: str


#: Which field an error of the set-up service belongs to.
_FIELDS = {
    "setup.name.empty": "name",
    "setup.code": "code",
    "setup.province": "province",
    "staff.name.empty": "manager",
    "staff.pin.shape": "pin",
    "ui.pin.mismatch": "again",
    "ui.pin.short": "pin",
}


class FirstRun(QWidget):
    """Signals:
    ready(object): `FirstAnswers`; the receiver sets up the shop or calls `show_error`.
    language(str): "zh" or "en" was chosen.
    restore(object): no new shop: put this backup (a Path) in place, on a new computer say.
    """

    ready = Signal(object)
    language = Signal(str)
    restore = Signal(object)

    def __init__(
        self, provinces: tuple[Province, ...], *, samples: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pool: Pool | None = None
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._provinces = provinces
        self._title = Words("", "headline")
        self._lead = Words("", "secondary", wrap=True)
        self.banner = Banner(self)
        self._name, self._code, self._manager = QLineEdit(), QLineEdit("01"), QLineEdit()
        self._province = QComboBox()
        self._pin, self._again = self._pin_line(), self._pin_line()
        self._name.setMaxLength(60)
        self._manager.setMaxLength(60)
        self._code.setValidator(QRegularExpressionValidator(QRegularExpression("[A-Za-z0-9]{0,6}"), self))
        self._fields = {
            "name": Field(self._name),
            "code": Field(self._code),
            "province": Field(self._province),
            "manager": Field(self._manager),
            "pin": Field(self._pin),
            "again": Field(self._again),
        }
        self._samples = QCheckBox()
        self._samples.setVisible(samples)
        self._go = PrimaryButton("", "store", key="Enter")
        self._go.clicked.connect(self._confirm)
        self._restore = ActionButton("", "archive-restore", kind="quiet")
        self._restore.clicked.connect(self._choose_backup)
        self._sheets = ActionButton("", "file-spreadsheet", kind="quiet")
        self._sheets.clicked.connect(self._choose_archives)
        self._archives: tuple[Path, ...] = ()
        self._build()
        self._show_provinces()
        self._retranslate()
        self.setFocusProxy(self._name)

    def show_error(self, error: CounterError) -> None:
        """Beside the field it belongs to, or in the bar."""
        self._go.setEnabled(True)
        name = _FIELDS.get(error.code)
        if name is None:
            self.banner.show_error(error)
            return
        self._fields[name].show_error(error)
        self._fields[name].input.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _pin_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        line.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{MOST_DIGITS}}}"), self))
        return line

    def _build(self) -> None:
        self._zh, self._en = ActionButton("中文"), ActionButton("English")
        group = QButtonGroup(self)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        for button, language in ((self._zh, "zh"), (self._en, "en")):
            button.setCheckable(True)
            group.addButton(button)
            top.addWidget(button)
            button.clicked.connect(lambda _checked=False, language=language: self.language.emit(language))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP_L)
        grid.setVerticalSpacing(Size.GAP_M)
        for at, name in enumerate(("name", "code", "manager", "province", "pin", "again")):
            grid.addWidget(self._fields[name], at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        card = Card(gap=Size.GAP_M)
        card.setFixedWidth(680)
        card.body.setSpacing(Size.GAP_M)
        card.body.addLayout(top)
        card.body.addWidget(self._lead)
        card.body.addWidget(self.banner)
        card.body.addLayout(grid)
        card.body.addWidget(self._samples)
        card.body.addWidget(self._go)
        lost = QHBoxLayout()
        lost.addWidget(self._restore, 1)
        lost.addWidget(self._sheets, 1)
        card.body.addLayout(lost)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(centred(card))
        column.addStretch(1)

    def _choose_backup(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Choose a backup"), "", "*.sqlite3")
        if name:
            self.restore.emit(Path(name))

    def _choose_archives(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, self.tr("Choose archives"), "", self.tr("Archives") + " (*.xlsx *.zip)"
        )
        if names:
            self.take_archives([Path(name) for name in names])

    def take_archives(self, files: Sequence[Path]) -> None:
        """Name and code of the shop from its workbooks, in a thread; they are read back once the counter is open."""
        # Only a shop that lost everything needs it.
        from counter_app.services import read_back

        self._sheets.setEnabled(False)
        self.looking = Waiting(lambda: tuple(read_back.shop_of(file) for file in files), self)
        self.looking.done.connect(lambda found: self._took_archives(tuple(files), found))
        self.looking.failed.connect(self._refused_archives)
        self.looking.start(self.pool)

    def _took_archives(self, files: tuple[Path, ...], found: tuple[tuple[str, str, str], ...]) -> None:
        self._sheets.setEnabled(True)
        self._archives = files
        code, name, _period = next((one for one in found if one[1]), found[0])
        self._code.setText(code)
        if name and not self._name.text().strip():
            self._name.setText(name)
        self.banner.say(
            self.tr("Archives of shop {code}: {periods}").format(
                code=code, periods=", ".join(sorted({one[2] for one in found}))
            ),
            self.tr(
                "Fill in the rest; they are read back as soon as the counter is open. Keep the shop code."
            ),
            "ok",
        )
        self._manager.setFocus()

    def _refused_archives(self, error: object) -> None:
        self._sheets.setEnabled(True)
        if isinstance(error, CounterError):
            self.banner.show_error(error)

    def _confirm(self) -> None:
        for field in self._fields.values():
            field.clear_error()
        if not self._name.text().strip():
            self.show_error(UserError("setup.name.empty"))
        elif not self._code.text().strip():
            self.show_error(UserError("setup.code", typed=""))
        elif not self._manager.text().strip():
            self.show_error(UserError("staff.name.empty"))
        elif len(self._pin.text()) < LEAST_DIGITS:
            self.show_error(UserError("ui.pin.short", digits=LEAST_DIGITS))
        elif self._pin.text() != self._again.text():
            self._again.clear()
            self.show_error(UserError("ui.pin.mismatch"))
        else:
            self._go.setEnabled(False)
            self.ready.emit(
                FirstAnswers(
                    self._name.text().strip(),
                    self._code.text().strip().upper(),
                    str(self._province.currentData()),
                    self._manager.text().strip(),
                    self._pin.text(),
                    self._samples.isChecked(),
                    self._archives,
                )
            )

    def _show_provinces(self) -> None:
        chosen = max(0, self._province.currentIndex())
        self._province.clear()
        for province in self._provinces:
            self._province.addItem(province.zh if shown.is_chinese() else province.en, province.code)
        self._province.setCurrentIndex(chosen)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Welcome to Counter"))
        self._lead.setText(
            self.tr("Six answers and the counter is open. Everything else can be changed later.")
        )
        tell = self._fields
        tell["name"].set_label(self.tr("Shop name"), self.tr("Printed at the head of every slip."))
        tell["code"].set_label(
            self.tr("Shop code"), self.tr("Part of every document number; cannot change later.")
        )
        tell["manager"].set_label(self.tr("Manager's name"))
        tell["province"].set_label(self.tr("Province"), self.tr("Adds the province's own consumer rules."))
        tell["pin"].set_label(self.tr("Manager's PIN"), self.tr("4 to 12 digits; it approves and unlocks."))
        tell["again"].set_label(self.tr("PIN once more"))
        self._restore.setText(self.tr("Restore a backup instead…"))
        self._sheets.setText(self.tr("I only have my spreadsheets…"))
        self._samples.setText(self.tr("Fill with sample orders, to try everything out"))
        self._go.setText(self.tr("Open the counter"))
        self._zh.setChecked(shown.is_chinese())
        self._en.setChecked(not shown.is_chinese())
        self._show_provinces()
