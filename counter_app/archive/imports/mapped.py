"""Order lists of known programs, read as their file in `resources/imports/` says (`sources.py`).

Whatever the program, the sums must come out: what the customer paid is what counts, the difference to the listed
prices is the order's discount, and an order whose lines come to less than was paid is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, tzinfo
from typing import Any

from counter_app.archive.imports import cells, order_sums
from counter_app.archive.imports.foreign_cells import Amounts, day_in
from counter_app.archive.imports.orders import Faults, PassedOver, Read, ReadOrder, is_sum
from counter_app.archive.imports.sources import Source
from counter_app.archive.imports.tables import Headed
from counter_app.domain.errors import UserError
from counter_app.domain.money import format_yuan
from counter_app.domain.new_sale import NewLine, NewSale, NewTender

TITLE_LIMIT = 200
_Row = tuple[int, list[str]]
_YES = {"pos", "门店", "线下", "store", "到店", "门店自提"}


def read(headed: Headed, source: Source, zone: tzinfo, currency: str) -> Iterator[Read]:
    """Orders of a list; rows of one number stand together, and where the source says so a row without a number
    goes on with the order above it."""
    reader = _Reader(headed, source, zone, currency)
    number, gathered = "", list[_Row]()
    for row, texts in headed.rows:
        if reader.is_sum_row(texts):
            continue
        faults = Faults()
        here = faults.take(
            row, reader.column("order_no"), reader.cell(texts, "order_no"), cells.number_text, ""
        )
        blank = not here and not faults.found
        if (
            blank
            and gathered
            and (source.continued or any(headed.goes_on(row, name) for name in source.columns["order_no"]))
        ):
            gathered.append((row, texts))
            continue
        if not here:
            if blank:
                faults.note(row, reader.column("order_no"), UserError("import.order.no_number"))
            lost = number if blank and gathered and reader.cell(texts, "name") else ""
            if lost:  # whose line is it? Half an order cannot come in
                gathered = []
                reader.leave_out(lost)
            yield from faults.told(lost)
            continue
        if here != number and gathered:
            yield from reader.order(number, gathered)
            gathered = []
        number = here
        gathered.append((row, texts))
    if gathered:
        yield from reader.order(number, gathered)


class _Reader:
    """Reads the rows of one file. Where each field stands is worked out once."""

    def __init__(self, headed: Headed, source: Source, zone: tzinfo, currency: str) -> None:
        self._source, self._zone, self._currency = source, zone, currency
        self._amounts = Amounts(currency, cents=source.cents)
        self._at: dict[str, list[tuple[int, str]]] = {}
        for key, names in source.columns.items():
            there = [(headed.columns[name], name) for name in names if name in headed.columns]
            if there:
                self._at[key] = there
        self._seen: set[str] = set()
        self._columns = (
            *(
                (key, self.column(key))
                for key in ("order_no", "customer_name", "phone", "area")
                if key in self._at
            ),
            *((key, self.column(key)) for key in ("delivered_on", "received_on") if key in self._at),
            ("purchased_on", self.column("date")),
            ("line", self.column("name")),
        )

    def column(self, key: str) -> str:
        """The name of a field's column in this file, for faults."""
        there = self._at.get(key)
        return there[0][1] if there else self._source.columns.get(key, ("",))[0]

    def cell(self, texts: list[str], key: str) -> str:
        """What a row says of a field: the first filled column, or all of them put together."""
        found = []
        for at, _ in self._at.get(key, ()):
            text = cells.plain(texts[at]) if at < len(texts) else ""
            if text in ("", "-", "--"):
                continue
            if key not in self._source.joined:
                return text
            found.append(text)
        return " ".join(found)

    def leave_out(self, number: str) -> None:
        """An order of which a line has lost its number: whatever else the file says of it is a fault."""
        self._seen.add(number)

    def is_sum_row(self, texts: list[str]) -> bool:
        """Registers end their lists with a row of totals, which names no goods."""
        return is_sum(texts) and not self.cell(texts, "name")

    def order(self, number: str, rows: list[_Row]) -> Iterator[Read]:
        """One order, why it is none, or everything that is wrong with it."""
        source, faults, first = self._source, Faults(), rows[0][0]
        if number in self._seen:
            faults.note(first, self.column("order_no"), UserError("import.order.twice", order=number))
            yield from faults.told(number)
            return
        self._seen.add(number)
        if source.continued and "order_paid" in self._at and not self.cell(rows[0][1], "order_paid"):
            faults.note(first, self.column("order_no"), UserError("import.order.no_first_row", order=number))
            yield from faults.told(number)
            return
        states = {row: self._state(texts, rows[0][1]) for row, texts in rows}
        sold = [one for one in rows if states[one[0]] == "sold"]
        if not sold:
            yield PassedOver(number, first, states[first])
            return
        told = _Told(self, faults, sold)
        refunded, currency = told.amount("refunded"), told.text("currency")
        if (
            refunded
            and "order_paid" in self._at
            and refunded >= told.amount("order_paid")
            and not faults.found
        ):
            yield PassedOver(number, first, "refunded")
            return
        if currency and currency.upper() != self._currency:
            wrong = UserError("import.currency", currency=currency[:8], wanted=self._currency)
            faults.note(first, self.column("currency"), wrong)
        lines = [line for row, texts in sold if (line := self._line(faults, row, texts, told)) is not None]
        paid, sums = self._sums(faults, told, lines, sold)
        if not faults.found and refunded and refunded >= paid:
            yield PassedOver(number, first, "refunded")
            return
        day = told.day("date")
        if day is None and not faults.found:
            faults.note(first, self.column("date"), UserError("import.cell.day", text=""))
        if not lines and not faults.found:
            faults.note(first, self.column("name"), UserError("sale.lines.none"))
        later = {key: told.day(key) for key in ("delivered_on", "received_on")}
        if faults.found or day is None:
            yield from faults.told(number)
            return
        off, freight, lines = sums
        if refunded:
            goods = sum(map(order_sums.net, lines)) - off
            off, freight = off + min(refunded, goods), freight - max(refunded - goods, 0)
            paid -= refunded
        in_shop = (
            source.channel == "store" if "in_shop" not in self._at else told.text("in_shop").lower() in _YES
        )
        receipt = told.text("receipt_no")
        # A register prints a number of its own where the file has a column for one.
        printed = in_shop and (bool(receipt) or "receipt_no" not in self._at or "in_shop" not in self._at)
        tender = source.tender_of(told.text("tender"))
        yield ReadOrder(
            number,
            tuple(row for row, _ in sold),
            NewSale(
                purchased_on=day,
                lines=tuple(lines),
                tenders=(NewTender(tender, paid, told.text("payment_ref")[:60]),) if paid else (),
                source=source.id,
                order_no=number,
                channel="store" if in_shop else "remote",
                platform=(told.text("shop") or source.platform)[:40],
                proof="receipt" if printed else source.proof,
                proof_ref=receipt or number,
                discount_fen=off,
                freight_fen=freight,
                delivered_on=_not_before(later["delivered_on"], day),
                received_on=_not_before(later["received_on"], day),
                invoice_no=told.text("invoice_no"),
                customer_name=told.text("customer_name"),
                phone=told.text("phone"),
                area=told.text("area"),
                extras={
                    key: value
                    for key, value in (
                        ("refunded_fen", refunded),
                        ("waybill", told.text("waybill")[:40]),
                        ("discount_code", told.text("discount_code")[:60]),
                        ("platform_id", told.text("platform_id")[:40]),
                    )
                    if value
                },
            ),
            receipt,
            self._columns,
        )

    def _state(self, texts: list[str], first: list[str]) -> str:
        """What the order and what became of it afterwards say, of this line or of the whole order."""
        if self.cell(texts, "cancelled_on") or self.cell(first, "cancelled_on"):
            return "cancelled"
        for key in ("after_sale", "state"):
            state = self._source.state(self.cell(texts, key) or self.cell(first, key))
            if state != "sold":
                return state
        return "sold"

    def _line(self, faults: Faults, row: int, texts: list[str], told: _Told) -> NewLine | None:
        """One line; None for a row that carries no goods."""

        def take(key: str, reader: Callable[[str], Any], otherwise: Any) -> Any:
            text = self.cell(texts, key)
            return faults.take(row, self.column(key), text, reader, otherwise) if text else otherwise

        amount = self._amounts.positive
        nameless = bool(self._source.goods and "name" not in self._at)
        name = self._source.goods if nameless else self.cell(texts, "name")
        if not name:
            if self._source.continued and not self.cell(texts, "quantity"):
                return None
            faults.note(row, self.column("name"), UserError("import.line.no_name"))
        code = take("sku", cells.number_text, "")
        if self._source.code_in_name and name.startswith("[") and "] " in name:
            code, name = (code or name[1 : name.index("]")]), name[name.index("] ") + 2 :]
        in_parts = self._in_parts(texts)
        # Several articles of which only the total is known: one line until they are told.
        several = nameless or in_parts or take("kinds", cells.quantity, 1000) > 1000
        quantity = 1000 if several else take("quantity", cells.quantity, 1000)
        if self._source.exact and not self.cell(texts, "quantity"):
            faults.note(row, self.column("quantity"), UserError("quantity.empty"))
        code = "" if in_parts else code
        price, listed, paid = take("unit_price", amount, None), take("line_list", amount, None), None
        if "line_paid" in self._at:
            # A gift says neither price nor amount; where only the amount is left out, the price counts.
            paid = take("line_paid", amount, 0 if price is None and listed is None else None)
        off = take("line_discount", self._amounts.size, 0)
        whole = listed if listed is not None else None if price is None else (price * quantity + 500) // 1000
        if share := take("discount_percent", cells.rate, 0):
            off += ((whole or 0) * share + 5000) // 10_000
        if paid is not None:
            whole = paid + off if whole is None or whole < paid else whole
            off = whole - paid
        elif whole is None:
            alone = len(told.rows) == 1 and not self._source.exact
            whole = (told.goods_fen() or 0) if alone else 0
            if not alone and not self.cell(texts, "unit_price"):
                faults.note(row, self.column("unit_price"), UserError("money.empty"))
        if off > whole:
            faults.note(
                row, self.column("line_discount"), UserError("sale.line.discount_exceeds", line=1, name=name)
            )
        return NewLine(
            name=name[:TITLE_LIMIT],
            quantity_milli=quantity,
            unit_price_fen=price if price is not None and not several else whole * 1000 // quantity,
            discount_fen=off,
            list_fen=whole,
            sku=code,
            barcode=take("barcode", cells.number_text, ""),
            model=self.cell(texts, "options")[:60],
            tax_rate_bp=take("tax_rate", cells.rate, None),
            cost_fen=take("cost", amount, None),
            serial=take("serial", cells.number_text, ""),
            batch_no=take("batch_no", cells.number_text, ""),
            indivisible=several,
        )

    def _in_parts(self, texts: list[str]) -> bool:
        """Whether a row's cells name several articles, one after the other."""
        mark = self._source.parts
        told = self.cell(texts, "quantity") or self.cell(texts, "sku") or self.cell(texts, "options")
        return bool(mark) and mark in told.strip(mark)

    def _sums(
        self, faults: Faults, told: _Told, lines: list[NewLine], sold: list[_Row]
    ) -> tuple[int, tuple[int, int, list[NewLine]]]:
        """What was paid, and the order's discount, freight and lines that come to it, 分."""
        freight, tax, off = (
            told.amount("freight"),
            told.amount("tax"),
            told.amount("order_discount", size=True),
        )
        whole = sum(map(order_sums.net, lines))
        if "order_paid" not in self._at:
            paid = whole + freight + tax - off
            if paid < 0 and not faults.found:
                faults.note(
                    sold[0][0], self.column("order_discount"), UserError("import.order.negative", order="")
                )
            return paid, (off, freight, order_sums.with_tax(lines, tax))
        if not told.text("order_paid") and not faults.found:
            faults.note(sold[0][0], self.column("order_paid"), UserError("money.empty"))
        paid = told.amount("order_paid")
        if self._source.exact:
            found = order_sums.exact(lines, paid, freight, tax, off)
            if found is None and not faults.found:
                sums = format_yuan(whole + freight - off)
                wrong = UserError("import.order.total", total=format_yuan(paid), lines=sums)
                faults.note(sold[0][0], self.column("order_paid"), wrong)
            off, lines = found or (off, lines)
            return paid, (off, freight, lines)
        if tax and whole + freight - off != paid:
            # Prices without tax: what of it is missing stands beside the lines.
            on_top = tax if whole + freight + tax - off == paid or whole + freight < paid else 0
            lines, whole = order_sums.with_tax(lines, on_top), whole + on_top
        freight = min(freight, paid)
        if not faults.found and paid > whole + freight:
            wrong = UserError(
                "import.order.total", total=format_yuan(paid), lines=format_yuan(whole + freight)
            )
            faults.note(sold[0][0], self.column("order_paid"), wrong)
        return paid, (whole + freight - paid, freight, lines)

    def amounts(self, key: str, texts: list[str], size: bool) -> list[tuple[str, Callable[[str], int], str]]:
        """Column, reader and text of every amount of a field in one row."""
        there = self._at.get(key, [])
        reader: Callable[[str], int] = self._amounts.size if size else self._amounts.positive
        found = [(name, reader, cells.plain(texts[at]) if at < len(texts) else "") for at, name in there]
        filled = [one for one in found if one[2] not in ("", "-", "--")]
        return filled if key in self._source.summed else filled[:1]

    def sums_rows(self, key: str) -> bool:
        """Whether every row says this amount for its own line."""
        return key in self._source.per_line

    def day(self, text: str) -> date:
        """The day a cell says, in the shop's zone. Raises UserError `import.cell.day`."""
        return day_in(text, self._zone, self._source.day_order)


class _Told:
    """What the rows of one order say of it: told once, or repeated; two different values are a fault."""

    def __init__(self, reader: _Reader, faults: Faults, rows: list[_Row]) -> None:
        self.rows = rows
        self._reader, self._faults = reader, faults

    def text(self, key: str) -> str:
        """The first thing said."""
        return next((text for _, texts in self.rows if (text := self._reader.cell(texts, key))), "")

    def day(self, key: str) -> date | None:
        """The first day said."""
        for row, texts in self.rows:
            if text := self._reader.cell(texts, key):
                return self._faults.take(row, self._reader.column(key), text, self._reader.day, None)
        return None

    def amount(self, key: str, *, size: bool = False) -> int:
        """分: of the order, or of all its rows where each says its own."""
        total: int | None = None
        for row, texts in self.rows:
            said = self._reader.amounts(key, texts, size)
            if not said:
                continue
            here = sum(self._faults.take(row, name, text, reader, 0) for name, reader, text in said)
            if self._reader.sums_rows(key):
                total = (total or 0) + here
            elif total is None:
                total = here
            elif here != total and not self._faults.found:
                wrong = UserError("import.order.differs", text=format_yuan(here), before=format_yuan(total))
                self._faults.note(row, said[0][0], wrong)
        return total or 0

    def goods_fen(self) -> int | None:
        """What the goods of an order of one line come to, told by nothing but the order's sums."""
        paid = self.amount("order_paid")
        return paid - min(self.amount("freight"), paid)


def _not_before(day: date | None, purchased: date) -> date | None:
    """A day before the purchase is a platform's slip of the pen, not a fault of the order."""
    return day if day is not None and day >= purchased else None
