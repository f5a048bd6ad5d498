"""Settings page: how long personal data are kept, what is due, a customer's own wishes, who looked at whom."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget

from counter_app.domain import roles
from counter_app.domain.errors import CounterError
from counter_app.services import old_backups, person_file, retention, staff
from counter_app.services.person_file import RevealView
from counter_app.services.retention import Due, ErasureView
from counter_app.ui import format as shown
from counter_app.ui.screens.settings.page import SettingsPage
from counter_app.ui.screens.settings.person_card import PersonCard
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.choice_bar import ChoiceBar
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class PrivacyPage(SettingsPage):
    """What the rule would blank is counted first; it runs in small pieces and can be stopped between two."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._due: Due | None = None
        self._done = self._whole = 0
        self._running = False
        self._what, self._soon = Words("", "strong", wrap=True), Words("", "note", wrap=True)
        self._erase = ActionButton("", "eraser")
        self._erase.clicked.connect(self._ask_erase)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = ActionButton("", "x", kind="quiet")
        self._stop.clicked.connect(self._halt)
        self._backups = Words("", "secondary", wrap=True)
        self._remove = ActionButton("", "trash-2")
        self._remove.clicked.connect(self._ask_remove)
        self._person = PersonCard(session)
        self._person.refused.connect(self.refuse)
        self._person.done.connect(self._person_done)
        self._which = ChoiceBar((("looks", "eye", ""), ("erased", "eraser", "")))
        self._which.chosen.connect(lambda _name: self._show_list())
        self._looks = Table(
            [
                Column(lambda: self.tr("When"), self._when, width=150),
                Column(lambda: self.tr("Who"), lambda row: row.by, width=110),
                Column(lambda: self.tr("Customer"), lambda row: row.customer, width=180),
                Column(lambda: self.tr("What"), self._looked, width=130),
                Column(lambda: self.tr("Why"), lambda row: shown.one_line(row.why)),
            ]
        )
        self._erased = Table(
            [
                Column(lambda: self.tr("When"), self._when, width=150),
                Column(lambda: self.tr("Who"), lambda row: row.by or self.tr("by itself"), width=110),
                Column(lambda: self.tr("Why"), self._why_erased, width=230),
                Column(lambda: self.tr("What"), self._counted),
            ]
        )
        self._lists = QStackedWidget()
        for table in (self._looks, self._erased):
            table.setMinimumHeight(150)
            self._lists.addWidget(table)
        self._arrange()
        self._show_running(False)
        self._retranslate()

    def load(self) -> None:
        if self._running:
            return
        desk = self.session.desk
        keeps = staff.may(desk, roles.KEEP)
        self._due = retention.due(desk)
        old = old_backups.holding_erased(desk)
        self._tell(len(old))
        why = self.tr("Only somebody who looks after the data may do this.")
        self._erase.allow(keeps and self._due.total > 0, why if not keeps else self.tr("Nothing is due."))
        self._remove.setVisible(bool(old))
        self._backups.setVisible(bool(old))
        self._remove.allow(keeps, why)
        self._person.load()
        sees = staff.may(desk, roles.MANAGE_STAFF)
        self._looks.rows.show_rows(list(person_file.looks(desk)) if sees else [])
        self._erased.rows.show_rows(list(retention.history(desk)))
        self._which.button("looks").allow(sees, self.tr("Only who manages staff sees who looked."))
        if not sees:
            self._which.choose("erased")
        self._show_list()

    def _arrange(self) -> None:
        act = QHBoxLayout()
        act.setSpacing(Size.GAP_S)
        for part in (self._erase, self._bar, self._stop):
            act.addWidget(part, 1 if part is self._bar else 0)
        act.addStretch(0)
        backups = QHBoxLayout()
        backups.setSpacing(Size.GAP_S)
        backups.addWidget(self._backups, 1)
        backups.addWidget(self._remove)
        self.body.addWidget(self._what)
        self.body.addWidget(self._soon)
        self.body.addLayout(act)
        self.body.addLayout(backups)
        self.body.addWidget(self._person)
        self.body.addWidget(self._which)
        self.body.addWidget(self._lists, 1)

    # --- what is due --------------------------------------------------------------------------------

    def _ask_erase(self) -> None:
        if self._due is None:
            return
        dialog = Dialog(self, icon="eraser")
        dialog.say(
            self.tr("Erase personal data that are due"),
            self._sum(self._due)
            + "\n"
            + self.tr(
                "Names, phones, words, photos, recordings and strokes are blanked and cannot be brought back. "
                "Money documents, numbers and hashes stay."
            ),
            self.tr("Erase"),
        )
        if dialog.exec():
            self._whole, self._done = self._due.total, 0
            self._show_running(True)
            QTimer.singleShot(0, self._step)

    def _step(self) -> None:
        if not self._running:
            return
        try:
            done = self.session.act(retention.erase_due)
        except CounterError as error:
            self._show_running(False)
            self.load()
            self.refuse(error)
            return
        self._done += done
        self._bar.setRange(0, max(self._whole, self._done))
        self._bar.setValue(self._done)
        if done:
            QTimer.singleShot(0, self._step)
            return
        self._end(self.tr("Erased. Backups made before still hold these data."))

    def _halt(self) -> None:
        self._end(self.tr("Stopped. What was erased stays erased, the rest is as it was."))

    def _end(self, said: str) -> None:
        self._show_running(False)
        self.load()
        self.banner.say(said, tone="ok")

    def _show_running(self, running: bool) -> None:
        self._running = running
        self._bar.setVisible(running)
        self._stop.setVisible(running)
        self._erase.setVisible(not running)

    # --- old backups --------------------------------------------------------------------------------

    def _ask_remove(self) -> None:
        dialog = Dialog(self, icon="trash-2")
        dialog.say(
            self.tr("Remove old backups"),
            self.tr("Every backup made before the last erasure is deleted, here and in the chosen folder."),
            self.tr("Remove"),
        )
        if not dialog.exec():
            return
        try:
            gone = self.session.act(old_backups.remove)
        except CounterError as error:
            self.refuse(error)
            return
        self.load()
        self.banner.say(self.tr("%n backups removed.", "", gone), tone="ok")

    def _person_done(self, said: str) -> None:
        self.load()
        self.banner.say(said, tone="ok")

    # --- words --------------------------------------------------------------------------------------

    def _tell(self, old: int) -> None:
        due = self._due
        if due is None:
            return
        self.say(
            self.tr("Personal data"),
            self.tr(
                "Kept for {months} months after a visit ended, then erased; money documents stay. "
                "The figure stands under Rules and limits."
            ).format(months=due.months),
        )
        self._what.setText(self._sum(due))
        parts = []
        if due.total:
            parts.append(
                self.tr("By itself in %n working days.", "", due.by_itself_in)
                if due.by_itself_in
                else self.tr("By itself in the next quiet moment.")
            )
        if due.kept_open:
            parts.append(
                self.tr(
                    "%n older visits stay because something of them is open; finish them.", "", due.kept_open
                )
            )
        self._soon.setText(" ".join(parts))
        self._soon.setVisible(bool(parts))
        self._backups.setText(
            self.tr("%n backups were made before the last erasure and still hold what was erased.", "", old)
        )

    def _sum(self, due: Due) -> str:
        through = shown.day(due.through)
        if not due.total:
            return self.tr("Nothing is due: everything up to {day} is erased.").format(day=through)
        return self.tr(
            "Due: customers {persons}, visits {cases}, signed forms {forms} (ended before {day})."
        ).format(persons=due.persons, cases=due.cases, forms=due.forms, day=through)

    def _when(self, row: RevealView | ErasureView) -> str:
        return shown.moment(row.at, ZoneInfo(self.session.desk.shop.time_zone))

    def _looked(self, row: RevealView) -> str:
        return self.tr("a copy of all") if row.what == person_file.COPY else self.tr("name, phone")

    def _why_erased(self, row: ErasureView) -> str:
        if row.way == "request":
            return shown.one_line(row.why)
        return self.tr("ended before {day}").format(day=shown.day(row.through) if row.through else "")

    def _counted(self, row: ErasureView) -> str:
        names = {
            "persons": self.tr("customers"),
            "cases": self.tr("visits"),
            "words": self.tr("accounts"),
            "remarks": self.tr("remarks"),
            "files": self.tr("files"),
            "strokes": self.tr("signatures"),
        }
        return "  ".join(f"{word} {row.counts[kind]}" for kind, word in names.items() if row.counts.get(kind))

    def _show_list(self) -> None:
        self._lists.setCurrentWidget(self._looks if self._which.current() == "looks" else self._erased)

    def _retranslate(self) -> None:
        self._tell(0)
        self._erase.setText(self.tr("Erase what is due…"))
        self._stop.setText(self.tr("Stop"))
        self._remove.setText(self.tr("Remove old backups…"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._which.say({"looks": self.tr("Who looked"), "erased": self.tr("What was erased")})
        self._looks.setAccessibleName(self.tr("Who looked"))
        self._erased.setAccessibleName(self.tr("What was erased"))
