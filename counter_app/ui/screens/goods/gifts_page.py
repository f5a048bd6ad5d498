"""Page of the goods screen: gifts, coupons and deposits as they roll forward, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import Flow, OpenGift
from counter_app.domain.money_views import HeldDeposit
from counter_app.services import deposits, gifts, products
from counter_app.ui import format as shown
from counter_app.ui.screens.goods.form_dialog import FormDialog, choice, line
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.table import Column, Table


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One line of the roll-forward, already worded."""

    name: str
    cells: tuple[str, str, str, str, str]


class GiftsPage(GoodsPage):
    """The month so far above, open gifts and deposits beneath."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.flows = Table(
            [
                Column(lambda: self.tr("This month"), lambda row: row.name),
                Column(lambda: self.tr("Opening"), lambda row: row.cells[0], right=True, width=116),
                Column(lambda: self.tr("Came or given out"), lambda row: row.cells[1], right=True, width=140),
                Column(lambda: self.tr("Back or lapsed"), lambda row: row.cells[2], right=True, width=120),
                Column(lambda: self.tr("Used or kept"), lambda row: row.cells[3], right=True, width=116),
                Column(lambda: self.tr("Closing"), lambda row: row.cells[4], right=True, width=116),
            ]
        )
        self.table = Table(
            [
                Column(lambda: self.tr("Given on"), lambda row: shown.day(row.given_on), width=104),
                Column(lambda: self.tr("Coupon or gift"), lambda row: row.what),
                Column(lambda: self.tr("Case"), lambda row: row.case_number, width=165),
                Column(lambda: self.tr("Customer"), lambda row: row.customer_masked, width=70),
                Column(
                    lambda: self.tr("Worth"), lambda row: shown.money(row.amount_fen), right=True, width=90
                ),
                Column(
                    lambda: self.tr("Until"), _until, tone=lambda row: "late" if row.late else "", width=104
                ),
            ]
        )
        self.deposits = Table(
            [
                Column(lambda: self.tr("Taken on"), lambda row: shown.day(row.taken_on), width=104),
                Column(lambda: self.tr("Age"), self._age, right=True, width=76),
                Column(lambda: self.tr("Case"), lambda row: row.case_number),
                Column(lambda: self.tr("Held"), lambda row: shown.money(row.open_fen), right=True, width=96),
                Column(
                    lambda: self.tr("Until"), _back_by, tone=lambda row: "late" if row.late else "", width=104
                ),
            ]
        )
        self.flow_card = ListCard(self.flows, "scale")
        self.card, self.deposit_card = ListCard(self.table, "gift"), ListCard(self.deposits, "hand-coins")
        self._end = ActionButton("", "check", key="F9", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(Size.GAP_M)
        row.addWidget(self.card, 3)
        row.addWidget(self.deposit_card, 2)
        self.column.addWidget(self.flow_card, 2)
        self.column.addLayout(row, 3)
        self.column.addLayout(acts_row(self._end))
        self.table.current_row.connect(lambda _row: self._allow())
        self.table.opened.connect(lambda row: self.wants.emit("cases", row.case_id))
        self.deposits.opened.connect(lambda row: self.wants.emit("cases", row.case_id))
        self._end.clicked.connect(self.post)
        self._retranslate()

    def load(self) -> None:
        self.try_(self._load)

    def arrive(self) -> None:
        self.table.setFocus()

    def chosen(self) -> OpenGift | None:
        """The gift or coupon under the cursor."""
        row = self.table.chosen()
        return row if isinstance(row, OpenGift) else None

    def post(self) -> None:
        """F9: the chosen coupon or gift was used, came back or lapsed."""
        one = self.chosen()
        if one is not None and self._end.isEnabled():
            self.end_dialog(one).exec()

    def end_dialog(self, one: OpenGift) -> FormDialog:
        """What became of it."""
        request = self.request()
        ends = [
            (self.tr("used or handed over"), "used"),
            (self.tr("came back"), "returned"),
            (self.tr("lapsed"), "expired"),
        ]

        def keep(form: FormDialog) -> None:
            self.session.act(
                gifts.end,
                one.id,
                str(form.chosen("end")),
                request,
                reference=form.text("reference"),
                product_id=self._article(form.text("article")) if "article" in form.inputs else None,
            )

        inputs: dict[str, tuple[str, str, QWidget]] = {
            "end": (self.tr("What became of it"), "", choice(ends)),
            "reference": (self.tr("Order or note"), self.tr("may stay empty"), line()),
        }
        if one.kind == "gift":
            hint = self.tr("code or barcode; takes one piece out of the gift stock; may stay empty")
            inputs["article"] = (self.tr("Article of the gift stock"), hint, QLineEdit())
        return FormDialog(
            self.tr("A gift or coupon ends"),
            f"{one.what} · {one.case_number} · {shown.money(one.amount_fen)}",
            self.tr("Keep"),
            inputs,
            keep,
            self,
            icon="gift",
        )

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F9", self.tr("The chosen gift or coupon was used, came back or lapsed")),
            KeyLine("Enter", self.tr("Open the case")),
        ]

    def _load(self) -> None:
        desk = self.session.desk
        today = desk.today()
        first = today.replace(day=1)
        names = {"coupon": self.tr("Coupons"), "gift": self.tr("Gifts promised")}
        told = [_money_row(names[one.name], one) for one in gifts.flows(desk, first, today)]
        told.append(_money_row(self.tr("Deposits"), deposits.flow(desk, first, today)))
        told += [
            _goods_row(self.tr("Gift stock: {name}").format(name=one.name), one)
            for one in gifts.stock_flows(desk, first, today)
        ]
        self.flows.rows.show_rows(told)
        self.table.rows.show_rows(gifts.open_gifts(desk))
        self.deposits.rows.show_rows(deposits.held(desk))
        for card in (self.flow_card, self.card, self.deposit_card):
            card.show_what_there_is()
        self._allow()

    def _article(self, typed: str) -> int | None:
        if not typed:
            return None
        found: Sequence[object] = [
            one.id
            for one in products.list_products(self.session.desk, typed, limit=20)
            if typed in (one.sku, one.barcode)
        ]
        if not found:
            raise UserError("product.unknown")
        return int(str(found[0]))

    def _age(self, row: HeldDeposit) -> str:
        days = (self.session.desk.today() - row.taken_on).days
        return self.tr("%n day(s)", "", days)

    def _allow(self) -> None:
        why = self.tr("Your role does not allow this.")
        self._end.allow(self.chosen() is not None and self.may(roles.REGISTER), why)

    def _retranslate(self) -> None:
        self.flow_card.set_title(self.tr("Opening + came - back - used = closing"))
        self.card.set_title(self.tr("Open gifts and coupons"))
        self.deposit_card.set_title(self.tr("Deposits held"))
        self.flows.setAccessibleName(self.tr("Roll-forward of the month"))
        self.table.setAccessibleName(self.tr("Open gifts and coupons"))
        self.deposits.setAccessibleName(self.tr("Deposits held"))
        self._end.setText(self.tr("Used, back or lapsed"))
        self.card.empty.say(self.tr("Nothing is open"), self.tr("Coupons and gifts come from the counter."))
        self.deposit_card.empty.say(
            self.tr("No deposit is held"), self.tr("Deposits are taken at the counter.")
        )
        self._allow()


def _money_row(name: str, one: Flow) -> FlowRow:
    values = (one.opening, one.came, one.back, one.gone, one.closing)
    return FlowRow(name, tuple(shown.money(value) for value in values))  # type: ignore[arg-type]


def _goods_row(name: str, one: Flow) -> FlowRow:
    values = (one.opening, one.came, one.back, one.gone, one.closing)
    return FlowRow(name, tuple(shown.quantity(value) for value in values))  # type: ignore[arg-type]


def _until(row: OpenGift) -> str:
    return shown.day(row.expires_on) if row.expires_on else ""


def _back_by(row: HeldDeposit) -> str:
    return shown.day(row.due_on) if row.due_on else ""
