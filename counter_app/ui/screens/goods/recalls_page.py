"""Page of the goods screen: recalls, the sales they concern, and the customers who were called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import RecalledSale, RecallView
from counter_app.services import products, recalls
from counter_app.services.recalls import NewRecall
from counter_app.ui import format as shown
from counter_app.ui.screens.goods.form_dialog import FormDialog, choice, line
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.table import Column, Table


class RecallsPage(GoodsPage):
    """Notices above, the sales of the chosen one beneath."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = Table(
            [
                Column(lambda: self.tr("Number"), lambda row: row.number, width=170),
                Column(lambda: self.tr("Article"), lambda row: row.product),
                Column(lambda: self.tr("Batches"), lambda row: row.batches, width=130),
                Column(lambda: self.tr("Serial numbers"), lambda row: row.serials, width=150),
                Column(lambda: self.tr("Why"), lambda row: row.reason, width=170),
                Column(
                    lambda: self.tr("Called"), lambda row: f"{row.called} / {row.sold}", right=True, width=80
                ),
                Column(lambda: self.tr("State"), self._state, tone=_tone, width=90),
            ],
            fetch=self._fetch,
        )
        self.sales = Table(
            [
                Column(lambda: self.tr("Sold on"), lambda row: shown.day(row.sold_on), width=104),
                Column(lambda: self.tr("Order"), lambda row: row.order_no, width=140),
                Column(lambda: self.tr("Article"), lambda row: row.name),
                Column(lambda: self.tr("Batch"), lambda row: row.batch_no, width=90),
                Column(lambda: self.tr("Serial number"), lambda row: row.serial, width=120),
                Column(lambda: self.tr("Customer"), lambda row: row.customer_masked, width=80),
                Column(lambda: self.tr("Phone"), lambda row: row.phone_masked, width=120),
                Column(lambda: self.tr("Call"), self._call, tone=_call_tone, width=190),
            ],
            fetch=self._fetch_sales,
        )
        self.card, self.sales_card = (
            ListCard(self.table, "triangle-alert"),
            ListCard(self.sales, "phone-call"),
        )
        self._called = ActionButton("", "phone-call", key="F9", kind="primary")
        self._add = ActionButton("", "plus", key="Ctrl+N", bind=True)
        self._isolate = ActionButton("", "ban", key="Ctrl+I", bind=True)
        self._end = ActionButton("", "check", key="Ctrl+E", bind=True)
        lists = QVBoxLayout()
        lists.setSpacing(Size.GAP_M)
        lists.addWidget(self.card, 2)
        lists.addWidget(self.sales_card, 3)
        self.column.addLayout(lists, 1)
        self.column.addLayout(acts_row(self._called, self._add, self._isolate, self._end))
        self.table.current_row.connect(lambda _row: self._show_sales())
        self.sales.current_row.connect(lambda _row: self._allow())
        self.sales.opened.connect(lambda row: self.wants.emit("sales", row.sale_id))
        self._called.clicked.connect(self.post)
        self._add.clicked.connect(self.add)
        self._isolate.clicked.connect(self.isolate)
        self._end.clicked.connect(self.end)
        self._retranslate()

    def load(self) -> None:
        held = self.chosen()
        if self.try_(self.table.rows.reload):
            self.card.show_what_there_is()
            rows = self.table.rows.rows()
            self.table.choose(next((at for at, row in enumerate(rows) if held and row.id == held.id), 0))
        self._show_sales()

    def arrive(self) -> None:
        self.table.setFocus()

    def chosen(self) -> RecallView | None:
        """The notice under the cursor."""
        row = self.table.chosen()
        return row if isinstance(row, RecallView) else None

    def sale(self) -> RecalledSale | None:
        """The sale under the cursor."""
        row = self.sales.chosen()
        return row if isinstance(row, RecalledSale) else None

    def post(self) -> None:
        """F9: the customer of the chosen sale was called."""
        one, sale = self.chosen(), self.sale()
        if one is not None and sale is not None and self._called.isEnabled():
            self.called_dialog(one, sale).exec()

    def add(self) -> None:
        """A new notice."""
        if self._add.isEnabled():
            self.recall_dialog().exec()

    def isolate(self) -> None:
        """What lies in the shop goes to the recall's isolation."""
        one = self.chosen()
        if one is not None and self._isolate.isEnabled():
            self.try_(lambda: self._say_isolated(self.session.act(recalls.isolate, one.id)))

    def end(self) -> None:
        """The recall is over."""
        one = self.chosen()
        if one is None or not self._end.isEnabled():
            return
        FormDialog(
            self.tr("End the recall"),
            f"{one.number} · {one.reason}",
            self.tr("End"),
            {"reason": (self.tr("Why"), "", line())},
            lambda form: self.session.act(recalls.close_recall, one.id, form.text("reason")),
            self,
        ).exec()

    def recall_dialog(self) -> FormDialog:
        """Which goods, why, what to do."""

        def keep(form: FormDialog) -> None:
            new = NewRecall(
                reason=form.text("reason"),
                what_to_do=form.text("what"),
                product_id=self._article(form.text("article")),
                batch_from=form.text("batch_from"),
                batch_to=form.text("batch_to"),
                serial_from=form.text("serial_from"),
                serial_to=form.text("serial_to"),
                sold_from=form.day("sold_from"),
                sold_to=form.day("sold_to"),
            )
            self.session.act(recalls.open_recall, new)

        empty = self.tr("may stay empty")
        one = self.tr("empty: the first alone")
        return FormDialog(
            self.tr("New recall"),
            self.tr("From now on the counter warns when such goods are scanned or typed in."),
            self.tr("Recall"),
            {
                "article": (self.tr("Article: code or barcode"), empty, QLineEdit()),
                "reason": (self.tr("Why"), "", line()),
                "batch_from": (self.tr("Batch from"), empty, line()),
                "batch_to": (self.tr("Batch to"), one, line()),
                "serial_from": (self.tr("Serial number from"), empty, line()),
                "serial_to": (self.tr("Serial number to"), one, line()),
                "sold_from": (self.tr("Sold from"), self.tr("e.g. 2026-11-01"), line()),
                "sold_to": (self.tr("Sold until"), self.tr("e.g. 2026-11-30"), line()),
                "what": (self.tr("What to do"), self.tr("e.g. stop using it; full refund"), line()),
            },
            keep,
            self,
            icon="triangle-alert",
        )

    def called_dialog(self, one: RecallView, sale: RecalledSale) -> FormDialog:
        """How a call went."""
        how = [
            (self.tr("reached"), "reached"),
            (self.tr("not reached"), "not_reached"),
            (self.tr("no contact known"), "no_contact"),
        ]

        def keep(form: FormDialog) -> None:
            self.session.act(
                recalls.called, one.id, sale.sale_line_id, str(form.chosen("how")), form.text("said")
            )

        return FormDialog(
            self.tr("The customer was called"),
            f"{sale.customer_masked} {sale.phone_masked} · {sale.name} · {one.what_to_do}",
            self.tr("Keep"),
            {
                "how": (self.tr("How it went"), "", choice(how)),
                "said": (self.tr("What was said"), self.tr("may stay empty"), line()),
            },
            keep,
            self,
            icon="phone-call",
        )

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F9", self.tr("Note the call to the chosen customer")),
            KeyLine("Ctrl+N", self.tr("New recall")),
            KeyLine("Ctrl+I", self.tr("Isolate what lies in the shop")),
            KeyLine("Ctrl+E", self.tr("End the recall")),
            KeyLine("Enter", self.tr("Open the purchase")),
        ]

    def _article(self, typed: str) -> int | None:
        if not typed:
            return None
        found = products.list_products(self.session.desk, typed, limit=3)
        exact = [one for one in found if typed in (one.sku, one.barcode)]
        if not exact and len(found) != 1:
            raise UserError("product.unknown")
        return (exact or list(found))[0].id

    def _say_isolated(self, moved: int) -> None:
        self.banner.say(self.tr("%n piece(s) of goods isolated", "", moved))

    def _fetch(self, last: RecallView | None, count: int) -> Sequence[RecallView]:
        return recalls.recalls(self.session.desk, after=last.id if last else None, limit=count)

    def _fetch_sales(self, last: RecalledSale | None, count: int) -> Sequence[RecalledSale]:
        one = self.chosen()
        if one is None:
            return ()
        after = last.sale_line_id if last else 0
        return recalls.sales_of(self.session.desk, one.id, after=after, limit=count)

    def _show_sales(self) -> None:
        if self.try_(self.sales.rows.reload):
            self.sales_card.show_what_there_is()
        one = self.chosen()
        self.card.about.setText(
            "" if one is None else self.tr("What to do: {what}").format(what=one.what_to_do)
        )
        self._allow()

    def _allow(self) -> None:
        one, sale = self.chosen(), self.sale()
        why = self.tr("Your role does not allow this.")
        going = one is not None and one.open
        self._called.allow(going and sale is not None and self.may(roles.REGISTER), why)
        self._add.allow(self.may(roles.DECIDE), why)
        self._isolate.allow(going and self.may(roles.STOCK), why)
        self._end.allow(going and self.may(roles.DECIDE), why)

    def _state(self, row: RecallView) -> str:
        return self.tr("in force") if row.open else self.tr("ended")

    def _call(self, row: RecalledSale) -> str:
        if row.reached == "reached":
            return self.tr("reached")
        if row.reached == "not_reached":
            return self.tr("not reached")
        if row.reached == "no_contact":
            return self.tr("no contact known")
        return self.tr("to call") if row.sure else self.tr("to call: check the number")

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Recalls"))
        self.sales.setAccessibleName(self.tr("Sales that the recall concerns"))
        self._called.setText(self.tr("Called"))
        self._add.setText(self.tr("New recall"))
        self._isolate.setText(self.tr("Isolate"))
        self._end.setText(self.tr("End"))
        self.card.empty.say(
            self.tr("No recalls"), self.tr("A recall names an article, batches or serial numbers (Ctrl+N).")
        )
        self.sales_card.empty.say(
            self.tr("No sale is concerned"), self.tr("Choose a recall; the sales it means stand here.")
        )
        self._show_sales()


def _tone(row: RecallView) -> str:
    return "attention" if row.open else "secondary"


def _call_tone(row: RecalledSale) -> str:
    return "" if row.reached == "reached" else "attention"
