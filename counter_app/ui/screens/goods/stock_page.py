"""Page of the goods screen: what lies where, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.goods_views import Holding, PlaceSum
from counter_app.domain.quantity import ONE_PIECE
from counter_app.domain.stock_room import BLOCKED, HANDED_BACK, SHELVES, TO_DESTROY, TO_SUPPLIER
from counter_app.services import case_words, claim_views, claims, holdings, rules, scrapping, stock_moves
from counter_app.services.claims import NewClaim, Wanted
from counter_app.services.scrapping import NewScrap
from counter_app.services.stock_moves import Moving
from counter_app.ui import format as shown
from counter_app.ui.screens.goods import words
from counter_app.ui.screens.goods.form_dialog import FormDialog, choice, line, pin
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.goods.story_dialog import StoryDialog
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.search_box import SearchBox
from counter_app.ui.widgets.table import Column, Table

_PLACES_WIDTH = 410
_VALUE = 6
_OF_A_CASE = (2, 3, 4)


class StockPage(GoodsPage):
    """Places at the left, what lies at the chosen one at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.photos: list[Path] = []
        self.places = Table(
            [
                Column(lambda: self.tr("Place"), lambda row: words.place(row.place)),
                Column(
                    lambda: self.tr("Quantity"),
                    lambda row: shown.quantity(row.quantity_milli),
                    right=True,
                    width=84,
                ),
                Column(lambda: self.tr("At cost"), _worth, right=True, width=110),
            ]
        )
        places = Card()
        places.setFixedWidth(_PLACES_WIDTH)
        places.body.addWidget(self.places, 1)
        self.box = SearchBox("scan-barcode")
        self.table = Table(
            [
                Column(lambda: self.tr("Since"), lambda row: shown.day(row.since), width=96),
                Column(lambda: self.tr("Article"), lambda row: row.name),
                Column(lambda: self.tr("Case"), lambda row: row.case_number, width=158),
                Column(lambda: self.tr("Serial or batch"), lambda row: row.serial or row.batch_no, width=104),
                Column(lambda: self.tr("Condition"), lambda row: words.condition(row.condition), width=80),
                Column(
                    lambda: self.tr("Quantity"),
                    lambda row: shown.quantity(row.quantity_milli),
                    right=True,
                    tone=lambda row: "late" if row.quantity_milli < 0 else "",
                    width=76,
                ),
                Column(lambda: self.tr("At cost"), _worth, right=True, width=92),
            ],
            fetch=self._fetch,
        )
        self.card = ListCard(self.table, "package-open")
        self._move = ActionButton("", "arrow-left-right", key="F9", kind="primary")
        self._claim = ActionButton("", "truck", key="Ctrl+T", bind=True)
        self._scrap = ActionButton("", "trash-2", key="Ctrl+D", bind=True)
        self._story = ActionButton("", "history", key="Ctrl+Return", bind=True)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(places)
        row.addWidget(self.card, 1)
        self.column.addWidget(self.box)
        self.column.addLayout(row, 1)
        self.column.addLayout(acts_row(self._move, self._claim, self._scrap, self._story))
        self.box.asked.connect(lambda _text: self._show_place())
        self.box.down.connect(self.table.setFocus)
        session.desk_changed.connect(self.box.forget)
        self.places.current_row.connect(lambda _row: self._show_place())
        self.table.current_row.connect(lambda _row: self._show_chosen())
        self.table.opened.connect(self._open)
        self._move.clicked.connect(self.post)
        self._claim.clicked.connect(self.claim)
        self._scrap.clicked.connect(self.scrap)
        self._story.clicked.connect(self.story)
        self._retranslate()

    def load(self) -> None:
        held = self.place()
        found = holdings.places(self.session.desk)
        self.places.rows.show_rows(found)
        costs = self.may(roles.COSTS)
        self.places.setColumnHidden(2, not costs)
        self.table.setColumnHidden(_VALUE, not costs)
        first = next((at for at, one in enumerate(found) if one.rows), 0)
        self.places.choose(next((at for at, one in enumerate(found) if one.place == held), first))
        self._show_place()

    def arrive(self) -> None:
        self.places.setFocus()

    def search(self) -> None:
        self.box.setFocus()
        self.box.input.selectAll()

    def place(self) -> str:
        """The place in front, "" before one was chosen."""
        row = self.places.chosen()
        return row.place if isinstance(row, PlaceSum) else ""

    def show_place(self, place: str) -> None:
        """Go to one place."""
        for at, one in enumerate(self.places.rows.rows()):
            if one.place == place:
                self.places.choose(at)

    def chosen(self) -> Holding | None:
        """The goods under the cursor."""
        row = self.table.chosen()
        return row if isinstance(row, Holding) else None

    def post(self) -> None:
        """F9: the chosen goods get another place."""
        one = self.chosen()
        if one is not None and self._move.isEnabled():
            self.move_dialog(one).exec()

    def claim(self) -> None:
        """The chosen goods go back to their supplier."""
        one = self.chosen()
        if one is not None and self._claim.isEnabled():
            self.claim_dialog(one).exec()

    def scrap(self) -> None:
        """The chosen goods are destroyed."""
        one = self.chosen()
        if one is None or not self._scrap.isEnabled():
            return
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Photos of the goods to destroy"),
            str(self.session.desk.folder / "inbox"),
            self.tr("Pictures (*.jpg *.jpeg *.png *.webp *.bmp)"),
        )
        if names:
            self.scrap_dialog(one, [Path(name) for name in names]).exec()

    def story(self) -> None:
        """The movements behind the chosen goods."""
        one = self.chosen()
        if one is not None:
            StoryDialog(one, holdings.rows_behind(self.session.desk, one), self).exec()

    def move_dialog(self, one: Holding) -> FormDialog:
        """Where the goods go, how many, what was found, and why."""
        request = self.request()
        targets = [pair for pair in words.places() if pair[1] != one.place]
        if one.case_line_id is not None:
            targets.append((f"{HANDED_BACK} {words.place(HANDED_BACK)}", HANDED_BACK))
        table = rules.code_tables(self.session.desk)["conditions"]
        found = [(self.tr("as before"), "")]
        found += [
            (f"{code} {shown.words(case_words.code_words('conditions', code))}", code) for code in table
        ]

        def keep(form: FormDialog) -> None:
            wish = Moving(
                place=one.place,
                product_id=one.product_id,
                case_line_id=one.case_line_id,
                quantity_milli=form.milli("quantity", weighed=True),
                to_place=str(form.chosen("to")),
                reason=form.text("reason"),
                condition=str(form.chosen("condition")),
            )
            self.session.act(stock_moves.move, wish, request)

        return FormDialog(
            self.tr("Give the goods another place"),
            self._about(one),
            self.tr("Move"),
            {
                "to": (self.tr("Where to"), "", choice(targets)),
                "quantity": (self.tr("How many"), "", line(_usual(one))),
                "condition": (self.tr("What was found"), "", choice(found)),
                "reason": (self.tr("Why"), self.tr("e.g. inspected, works"), line()),
            },
            keep,
            self,
            icon="arrow-left-right",
        )

    def claim_dialog(self, one: Holding) -> FormDialog:
        """A claim against the supplier for the chosen goods."""
        request = self.request()
        asked = "" if one.value_fen is None else shown.money(one.value_fen, sign=False).replace(",", "")

        def keep(form: FormDialog) -> None:
            wanted = Wanted(one.place, one.product_id, one.case_line_id, form.milli("quantity", weighed=True))
            new = NewClaim(
                kind="supplier",
                party=form.text("party"),
                reason=form.text("reason"),
                asked_fen=form.fen("asked"),
                goods=(wanted,),
                due_on=form.day("due"),
                case=one.case_number,
            )
            self.session.act(claims.open_claim, new, request)

        known = claim_views.parties("supplier")
        return FormDialog(
            self.tr("Back to the supplier"),
            self._about(one),
            self.tr("Open the claim"),
            {
                "party": (self.tr("Supplier"), "", line(known[0] if known else "")),
                "quantity": (self.tr("How many"), "", line(_usual(one))),
                "reason": (self.tr("Why"), "", line()),
                "asked": (self.tr("Amount asked (yuan)"), "", line(asked)),
                "due": (self.tr("Answer by"), self.tr("e.g. 2026-12-05; empty: in two weeks"), line()),
            },
            keep,
            self,
            icon="truck",
        )

    def scrap_dialog(self, one: Holding, photos: Sequence[Path | bytes]) -> FormDialog:
        """The chosen goods are destroyed before a witness."""
        request = self.request()

        def keep(form: FormDialog) -> None:
            wanted = Wanted(one.place, one.product_id, one.case_line_id, form.milli("quantity", weighed=True))
            new = NewScrap((wanted,), form.text("reason"), form.text("way"), tuple(photos))
            witness = (int(str(form.chosen("witness") or 0)), form.text("pin"))
            done = self.session.act(scrapping.scrap, new, witness, request)
            self.banner.say(self.tr("Destroyed: {number}").format(number=done.number))

        return FormDialog(
            self.tr("Destroy the goods"),
            self.tr("{goods}. Photos: {count}. The witness gives their own PIN.").format(
                goods=self._about(one), count=len(photos)
            ),
            self.tr("Destroy"),
            {
                "quantity": (self.tr("How many"), "", line(_usual(one))),
                "reason": (self.tr("Why"), "", line()),
                "way": (self.tr("How"), self.tr("e.g. taken apart and crushed"), line()),
                "witness": (self.tr("Witness"), "", choice(self.others())),
                "pin": (self.tr("PIN of the witness"), "", pin()),
            },
            keep,
            self,
            icon="trash-2",
        )

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F3", self.tr("Search")),
            KeyLine("F9", self.tr("Give the chosen goods another place")),
            KeyLine("Ctrl+T", self.tr("Back to the supplier")),
            KeyLine("Ctrl+D", self.tr("Destroy before a witness")),
            KeyLine("Enter", self.tr("Open the case behind the goods")),
            KeyLine("Ctrl+Enter", self.tr("Movements behind the goods")),
        ]

    def _fetch(self, last: Holding | None, count: int) -> Sequence[Holding]:
        if not self.place():
            return ()
        return holdings.holdings(
            self.session.desk,
            self.place(),
            words=self.box.text(),
            after=last.key if last else 0,
            limit=count,
        )

    def _show_place(self) -> None:
        for column in _OF_A_CASE:  # on a shelf goods are known by their article alone
            self.table.setColumnHidden(column, self.place() in SHELVES)
        if self.try_(self.table.rows.reload):
            self.card.show_what_there_is()
        self._show_empty()
        self._show_chosen()

    def _open(self, row: object) -> None:
        if isinstance(row, Holding) and row.case_id is not None:
            self.wants.emit("cases", row.case_id)
        else:
            self.story()

    def _about(self, one: Holding) -> str:
        told = [one.name, one.case_number, one.serial or one.batch_no, words.place(one.place)]
        return " · ".join(part for part in told if part)

    def _show_chosen(self) -> None:
        one = self.chosen()
        why = self.tr("Your role does not allow this.")
        blocked = one is not None and one.place in BLOCKED and not self.may(roles.DECIDE)
        self._move.allow(one is not None and self.may(roles.STOCK) and not blocked, why)
        self._claim.allow(
            one is not None and self.may(roles.STOCK) and one.place != TO_DESTROY and not blocked, why
        )
        self._scrap.allow(
            one is not None and self.may(roles.SCRAP) and one.place != TO_SUPPLIER and not blocked, why
        )
        self._story.allow(one is not None)
        self.card.about.setText("" if one is None else self._about(one))

    def _show_empty(self) -> None:
        if self.box.text():
            self.card.empty.say(
                self.tr("Nothing fits"), self.tr("Try part of the name, the case or the serial number.")
            )
        else:
            self.card.empty.say(
                self.tr("Nothing lies here"),
                self.tr("Goods arrive with a return at the counter, or are moved here from another place."),
            )

    def _retranslate(self) -> None:
        self.box.set_hint(self.tr("Name, code, case, serial or batch"))
        self.places.setAccessibleName(self.tr("Places"))
        self.table.setAccessibleName(self.tr("Goods at this place"))
        self._move.setText(self.tr("Move"))
        self._claim.setText(self.tr("Back to the supplier"))
        self._scrap.setText(self.tr("Destroy"))
        self._story.setText(self.tr("Movements"))
        self._show_empty()
        self._show_chosen()


def _worth(row: Holding | PlaceSum) -> str:
    return "" if row.value_fen is None else shown.money(row.value_fen)


def _usual(one: Holding) -> str:
    """From a shelf one piece goes unless more is said; what a case brought goes whole."""
    return shown.quantity(min(one.quantity_milli, ONE_PIECE) if one.place in SHELVES else one.quantity_milli)
