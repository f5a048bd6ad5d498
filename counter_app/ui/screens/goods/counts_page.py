"""Page of the goods screen: counting a place, line by line, and the papers of earlier counts."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.goods_views import CountRow, CountView
from counter_app.services import stock_counts
from counter_app.ui import format as shown
from counter_app.ui.screens.goods import words
from counter_app.ui.screens.goods.form_dialog import FormDialog, choice, line, pin
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.table import Column, Table

_COUNTS_WIDTH = 420


class CountsPage(GoodsPage):
    """Counts at the left, the lines of the chosen one at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.place = QComboBox()
        self._start = ActionButton("", "clipboard-check", key="Ctrl+N", bind=True)
        self.counts = Table(
            [
                Column(lambda: self.tr("Day"), lambda row: shown.day(row.day), width=104),
                Column(lambda: self.tr("Place"), lambda row: words.place(row.place)),
                Column(lambda: self.tr("State"), self._state, tone=_tone, width=150),
            ],
            fetch=self._fetch,
        )
        self.table = Table(
            [
                Column(lambda: self.tr("Article"), lambda row: row.name),
                Column(lambda: self.tr("Case"), lambda row: row.case_number, width=170),
                Column(lambda: self.tr("Serial or batch"), lambda row: row.serial or row.batch_no, width=120),
                Column(
                    lambda: self.tr("Book"),
                    lambda row: shown.quantity(row.expected_milli),
                    right=True,
                    width=80,
                ),
                Column(lambda: self.tr("Counted"), _counted, right=True, width=80),
                Column(lambda: self.tr("Difference"), _difference, right=True, tone=_late, width=90),
            ]
        )
        self.counts_card = ListCard(self.counts, "clipboard-list")
        self.counts_card.setFixedWidth(_COUNTS_WIDTH)
        self.card = ListCard(self.table, "clipboard-check")
        self._write = ActionButton("", "pencil", key="Ctrl+Return", bind=True)
        self._post = ActionButton("", "check", key="F9", kind="primary")
        self._drop = ActionButton("", "x", key="Ctrl+D", bind=True)
        top, row = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(Size.GAP_M)
        top.addWidget(self.place)
        top.addWidget(self._start)
        top.addStretch(1)
        row.setSpacing(Size.GAP_M)
        row.addWidget(self.counts_card)
        row.addWidget(self.card, 1)
        self.column.addLayout(top)
        self.column.addLayout(row, 1)
        self.column.addLayout(acts_row(self._post, self._write, self._drop))
        self._start.clicked.connect(self.start)
        self.counts.current_row.connect(lambda _row: self._show_lines())
        self.table.current_row.connect(lambda _row: self._allow())
        self.table.opened.connect(lambda _row: self.write())
        self._write.clicked.connect(self.write)
        self._post.clicked.connect(self.post)
        self._drop.clicked.connect(self.drop)
        self._retranslate()

    def load(self) -> None:
        held = self.chosen()
        if self.try_(self.counts.rows.reload):
            self.counts_card.show_what_there_is()
            rows = self.counts.rows.rows()
            self.counts.choose(next((at for at, row in enumerate(rows) if held and row.id == held.id), 0))
        self._show_lines()

    def arrive(self) -> None:
        self.place.setFocus()

    def chosen(self) -> CountView | None:
        """The count under the cursor."""
        row = self.counts.chosen()
        return row if isinstance(row, CountView) else None

    def line(self) -> CountRow | None:
        """The line under the cursor."""
        row = self.table.chosen()
        return row if isinstance(row, CountRow) else None

    def start(self) -> None:
        """Begin to count the chosen place."""
        if self._start.isEnabled():
            self.try_(lambda: self.session.act(stock_counts.start, str(self.place.currentData())))
            self.counts.choose(0)

    def write(self) -> None:
        """What was counted on the chosen line; the next line is chosen after."""
        one = self.line()
        if one is None or not self._write.isEnabled():
            return
        at = self.table.currentIndex().row()
        if self.line_dialog(one).exec():
            self.table.choose(min(at + 1, self.table.rows.rowCount() - 1))
            self.table.setFocus()

    def post(self) -> None:
        """F9: the count is posted."""
        one = self.chosen()
        if one is not None and self._post.isEnabled():
            self.post_dialog(one).exec()

    def drop(self) -> None:
        """The count is given up."""
        one = self.chosen()
        if one is not None and self._drop.isEnabled():
            FormDialog(
                self.tr("Give the count up"),
                self.tr("Nothing moves."),
                self.tr("Give up"),
                {"reason": (self.tr("Why"), "", line())},
                lambda form: self.session.act(stock_counts.drop, one.id, form.text("reason")),
                self,
                icon="x",
            ).exec()

    def line_dialog(self, one: CountRow) -> FormDialog:
        """How much lies there."""
        return FormDialog(
            self.tr("How much lies there?"),
            f"{one.name} {one.case_number} {one.serial or one.batch_no}".strip(),
            self.tr("Enter"),
            {"counted": (self.tr("Counted"), "", line(_counted(one)))},
            lambda form: self.session.act(stock_counts.write, one.id, form.milli("counted", weighed=True)),
            self,
            icon="pencil",
        )

    def post_dialog(self, one: CountView) -> FormDialog:
        """Why it differs, and who approves."""
        request = self.request()

        def keep(form: FormDialog) -> None:
            by = None
            if one.different:
                by = (int(str(form.chosen("who") or 0)), form.text("pin"))
            self.session.act(stock_counts.post, one.id, form.text("reason"), request, by)

        inputs: dict[str, tuple[str, str, QWidget]] = {"reason": (self.tr("Why"), "", line())}
        if one.different:
            desk = self.session.desk
            people = self.others()
            if desk.staff is not None and desk.staff.owner:
                people.append((desk.staff.name, desk.staff.id))
            inputs["who"] = (self.tr("Approved by"), "", choice(people))
            inputs["pin"] = (self.tr("PIN of who approves"), "", pin())
        return FormDialog(
            self.tr("Post the count"),
            self.tr("{place}: {lines} lines, {different} differ from the book.").format(
                place=words.place(one.place), lines=one.lines, different=one.different
            ),
            self.tr("Post"),
            inputs,
            keep,
            self,
            icon="check",
        )

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("Ctrl+N", self.tr("Count the chosen place")),
            KeyLine("Enter", self.tr("Enter what was counted")),
            KeyLine("F9", self.tr("Post the count")),
            KeyLine("Ctrl+D", self.tr("Give the count up")),
        ]

    def _fetch(self, last: CountView | None, count: int):
        return stock_counts.counts(self.session.desk, after=last.id if last else None, limit=count)

    def _show_lines(self) -> None:
        one = self.chosen()
        rows = stock_counts.count(self.session.desk, one.id).rows if one is not None else ()
        self.table.rows.show_rows(rows)
        self.card.show_what_there_is()
        self._allow()

    def _allow(self) -> None:
        one, may = self.chosen(), self.may(roles.STOCK)
        why = self.tr("Your role does not allow this.")
        going = one is not None and one.state == "open"
        self._start.allow(may, why)
        self._write.allow(going and may and self.line() is not None, why)
        self._post.allow(going and may, why)
        self._drop.allow(going and may, why)
        told = ""
        if one is not None:
            told = self.tr("{counted} of {lines} counted, {different} differ").format(
                counted=one.counted, lines=one.lines, different=one.different
            )
            told += f" · {one.number} · {one.approved_by} · {one.reason}" if one.number else ""
        self.card.about.setText(told)

    def _state(self, row: CountView) -> str:
        if row.state == "open":
            return self.tr("being counted")
        return row.number or self.tr("given up")

    def _retranslate(self) -> None:
        self.counts.setAccessibleName(self.tr("Counts"))
        self.table.setAccessibleName(self.tr("Lines of the count"))
        self.place.setAccessibleName(self.tr("Place to count"))
        held = self.place.currentData() or "V0"
        self.place.clear()
        for word, code in words.places():
            self.place.addItem(word, code)
        self.place.setCurrentIndex(max(0, self.place.findData(held)))
        self._start.setText(self.tr("Count this place"))
        self._write.setText(self.tr("Enter what was counted"))
        self._post.setText(self.tr("Post the count"))
        self._drop.setText(self.tr("Give up"))
        self.counts_card.empty.say(
            self.tr("Nothing was counted yet"), self.tr("Choose a place above and begin (Ctrl+N).")
        )
        self.card.empty.say(self.tr("No lines"), self.tr("Nothing lies at the place, or no count is chosen."))
        self._allow()


def _counted(row: CountRow) -> str:
    return "" if row.counted_milli is None else shown.quantity(row.counted_milli)


def _difference(row: CountRow) -> str:
    if not row.difference_milli:
        return ""
    return ("+" if row.difference_milli > 0 else "") + shown.quantity(row.difference_milli)


def _late(row: CountRow) -> str:
    return "late" if row.difference_milli else ""


def _tone(row: CountView) -> str:
    return "attention" if row.state == "open" else ""
