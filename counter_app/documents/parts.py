"""Parts that several slips share: who, which sale, which invoice, which dates, which terms, who signs."""

from __future__ import annotations

import dataclasses
from typing import Any

from counter_app.documents.blocks import Block, Facts, Remark, SignLine, Steps, Sums, Ticks, Ways, Words
from counter_app.documents.words import long_day, long_days, word
from counter_app.domain.slips import (
    Check,
    Flow,
    GoodsLine,
    Invoice,
    InvoiceState,
    MoneyLine,
    Party,
    Promise,
    SaleRef,
    Slip,
    Standing,
    Subsidy,
    WorkingRow,
)
from counter_app.wording import Language

Cells = tuple[tuple[str, str], ...]


def party(customer: Party | None, language: Language) -> str:
    """Masked name, masked phone, and who stands there if it is not the buyer."""
    if customer is None:
        return ""
    shown = [part for part in (customer.name, customer.phone) if part]
    if customer.standing is not Standing.BUYER:
        shown.append(word(f"standing.{customer.standing.value}", language))
    return "  ".join(shown)


def customer_cells(slip: Slip, language: Language, label: str = "customer") -> Cells:
    """The customer, as a fact; nothing when nobody is named."""
    shown = party(slip.customer, language)
    return ((word(f"label.{label}", language), shown),) if shown else ()


def sale_cells(sale: SaleRef, language: Language) -> Cells:
    """The purchase, only what is known of it."""
    cells = (
        ("sale", sale.number),
        ("bought_on", long_day(sale.bought_on, language)),
        ("received_on", long_day(sale.received_on, language)),
        ("channel", sale.channel),
        ("tender", sale.tender),
        ("proof", sale.proof),
    )
    return tuple((word(f"label.{name}", language), value) for name, value in cells if value)


def invoice_cells(invoice: Invoice | None, language: Language) -> Cells:
    """State and numbers of the tax invoice."""
    if invoice is None:
        return ()
    cells = [(word("label.invoice", language), word(f"invoice.{invoice.state.value}", language))]
    if invoice.number:
        cells.append((word("label.invoice_number", language), invoice.number))
    if invoice.red_number and invoice.state in (InvoiceState.AWAITING, InvoiceState.REVERSED):
        cells.append((word("label.red_number", language), invoice.red_number))
    return tuple(cells)


def posted_cells(slip: Slip, language: Language) -> Cells:
    """Numbers of the documents posted from the case."""
    if not slip.posted:
        return ()
    return ((word("label.posted", language), "  ".join(item.number for item in slip.posted)),)


def case_cells(slip: Slip, language: Language) -> Cells:
    """The case number where the slip itself has another."""
    if not slip.case_number or slip.case_number == slip.number:
        return ()
    return ((word("label.case", language), slip.case_number),)


def head(slip: Slip, language: Language, *cells: Cells, payer: bool = False) -> Facts:
    """The first facts of a slip: case, customer, then what the slip adds."""
    found = case_cells(slip, language) + customer_cells(slip, language, "payer" if payer else "customer")
    for group in cells:
        found += group
    return Facts(found)


def said_once(
    lines: tuple[GoodsLine, ...], language: Language, **whole: str
) -> tuple[tuple[GoodsLine, ...], dict[str, str]]:
    """What is the same for all lines stands once beneath them and not with each of them too.

    `whole`: what the slip itself says under the same names (`reason`, `rule`, `inspection`, `remedy`). Gives the lines
    without what is said beneath them, and what is said there, under its name.
    """
    told = dict(whole)
    for name, said in whole.items():
        values = {getattr(line, name) for line in lines}
        value = values.pop() if len(values) == 1 else ""
        if not value or (value not in said and len(lines) == 1 and said):
            continue
        if value not in said:
            told[name] = ("；" if language == "zh" else "; ").join(filter(None, (said.rstrip("。."), value)))
        left: dict[str, Any] = {name: ""}
        lines = tuple(dataclasses.replace(line, **left) for line in lines)
    return lines, told


def named_only(lines: tuple[GoodsLine, ...]) -> tuple[GoodsLine, ...]:
    """Goods with what they are known by, and nothing that was found or decided about them."""
    return tuple(
        dataclasses.replace(line, reason="", rule="", inspection="", remedy="", flaw="", checks=())
        for line in lines
    )


def words(language: Language, *named: tuple[str, str], most: int = 6) -> tuple[Block, ...]:
    """Running texts with their labels, the empty ones left out."""
    return tuple(Words(word(f"label.{name}", language), text, most) for name, text in named if text)


def sums(rows: tuple[WorkingRow, ...], language: Language) -> tuple[Block, ...]:
    """The working of the amount."""
    return (Sums(word("section.working", language), dated(rows, language)),) if rows else ()


def subsidy(told: Subsidy | None, language: Language) -> tuple[Block, ...]:
    """What of the state's subsidy goes back to the state, goes along, or stays; none of it to the customer."""
    if told is None:
        return ()
    due = word("mark.at_latest", language, day=long_day(told.due, language)) if told.due else ""
    rows = [WorkingRow(label=word("subsidy.paid", language), amount_fen=told.paid_fen)]
    rows += [
        WorkingRow(label=word(f"subsidy.{name}", language), amount_fen=-amount)
        for name, amount in (("earlier", told.earlier_fen), ("moved", told.moved_fen))
        if amount
    ]
    rows.append(WorkingRow(label=word("subsidy.left", language), amount_fen=told.left_fen))
    rows.append(
        WorkingRow(label=word("subsidy.back", language), amount_fen=told.back_fen, note=due, total=True)
    )
    return (Sums(word("section.subsidy", language), tuple(rows)),)


def subsidy_terms(told: Subsidy | None) -> tuple[str, ...]:
    """The name of the sentence that says whose the subsidy is."""
    return ("subsidy",) if told is not None and told.back_fen else ()


def dated(rows: tuple[WorkingRow, ...], language: Language) -> tuple[WorkingRow, ...]:
    """The rows with their days as the slip writes days."""
    return tuple(
        dataclasses.replace(row, label=long_days(row.label, language), note=long_days(row.note, language))
        for row in rows
    )


def listing(name: str, rows: tuple[WorkingRow, ...], language: Language) -> tuple[Block, ...]:
    """Rows under their heading; a list without any says so."""
    title = word(f"section.{name}", language)
    return (Sums(title, dated(rows, language)),) if rows else (nothing(name, language),)


def nothing(name: str, language: Language) -> Remark:
    """What stands in place of a list that is empty."""
    return Remark(word(f"section.{name}", language), word(f"empty.{name}", language))


def ways(rows: tuple[MoneyLine, ...], flow: Flow, language: Language) -> tuple[Block, ...]:
    """How the money goes."""
    name = "pay_ways" if flow is Flow.COLLECT else "refund_ways"
    return (Ways(word(f"section.{name}", language), rows),) if rows else ()


def ticks(name: str, checks: tuple[Check, ...], language: Language) -> tuple[Block, ...]:
    """Parts, gifts or evidence with their boxes."""
    return (Ticks(word(f"section.{name}", language), checks),) if checks else ()


def promises(items: tuple[Promise, ...], language: Language) -> tuple[Block, ...]:
    """What is promised by when."""
    shown = tuple(
        f"{long_days(item.what, language)}  {word('mark.day_by', language, day=long_day(item.due, language))}"
        if item.due
        else long_days(item.what, language)
        for item in items
    )
    return (Steps(word("section.promises", language), shown),) if shown else ()


def steps(name: str, items: tuple[str, ...], language: Language) -> tuple[Block, ...]:
    """A numbered list under a heading of the catalogue."""
    told = tuple(long_days(item, language) for item in items)
    return (Steps(word(f"section.{name}", language), told),) if told else ()


def facts(*cells: Cells, columns: int = 3) -> tuple[Block, ...]:
    """One more grid of facts, if there are any."""
    found: Cells = ()
    for group in cells:
        found += group
    return (Facts(found, columns),) if found else ()


def terms(slip: Slip, language: Language, *names: str) -> tuple[str, ...]:
    """The declaration: the named sentences, then the data notice when personal data are on the slip.

    No sentence here takes a right away or keeps the last word (消法 26); a test holds them to it.
    """
    sentences = [*(word(f"terms.{name}", language) for name in names), *slip.shop.terms]
    if slip.customer is not None:
        sentences.append(word("terms.personal_data", language, months=slip.shop.keep_personal_months))
    return tuple(sentences)


def sign_lines(slip: Slip, language: Language, who: str, *others: str) -> tuple[SignLine, ...]:
    """The customer's line ("customer", "payee", "payer" or "" for none), the shop's lines, the date."""
    lines = []
    if who:
        lines.append(SignLine(word(f"sign.{who}", language), signature=slip.signature, wide=True))
    lines += [SignLine(word(f"sign.{name}", language), getattr(slip.hands, name, "")) for name in others]
    lines.append(SignLine(word("sign.date", language)))
    return tuple(lines)
