"""Sheets of a day for the shop's own file: register, refunds by way, approvals, returned goods taken in.

They are drawn up from what stands in the books when they are printed; they have no number of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from counter_app.db.models import Approval, Case, CaseLine, Document, DocumentLine, StockEntry
from counter_app.domain import roles, slips
from counter_app.domain.errors import UserError
from counter_app.domain.list_slips import (
    ApprovalList,
    ApprovedLine,
    PaidRefund,
    ReceivedLine,
    ReceivingList,
    RefundDay,
    Register,
    RegisterLine,
)
from counter_app.domain.spoken import Language
from counter_app.domain.stock_room import OUTSIDE, QUARANTINE
from counter_app.services import goods_papers, settling, shop_words, staff
from counter_app.services.case_rows import staff_names
from counter_app.services.case_words import code_words, wish_words, words, words_or
from counter_app.services.desk import Desk

_PAID = """
    SELECT d.number, f.number, COALESCE(s.order_no, ''), f.customer_masked, p.tender, p.amount_fen, p.reference, p.by_id
    FROM proof p JOIN settlement t ON t.id = p.settlement_id JOIN document d ON d.id = t.document_id
    JOIN case_file f ON f.id = t.case_id LEFT JOIN sale s ON s.id = t.sale_id
    WHERE p.business_date = ? AND t.direction = 'out' ORDER BY p.id
"""
_GRANTED = """
    SELECT tender, COUNT(*), SUM(amount_fen) FROM settlement
    WHERE business_date = ? AND direction = 'out' GROUP BY tender ORDER BY tender
"""
MARKS = {"register": "DJ", "refund_day": "RT", "approval_list": "SP", "receiving_list": "RK"}
"""What the number of each sheet begins with, before shop code and day."""
_NUMBER = re.compile(r"([A-Z]{2})([0-9A-Z]+)-([0-9]{8})")


def named(number: str) -> tuple[str, str, date] | None:
    """Kind, shop code and day of a sheet with this number; None when no sheet is numbered so."""
    found = _NUMBER.fullmatch(number)
    kind = next((kind for kind, mark in MARKS.items() if found and found[1] == mark), "")
    if not found or not kind:
        return None
    try:
        return kind, found[2], date(int(found[3][:4]), int(found[3][4:6]), int(found[3][6:]))
    except ValueError:
        return None


def numbered(desk: Desk, number: str) -> tuple[slips.Slip, ...] | None:
    """The sheet with this number as it stands today, None when the number is no sheet's.

    Raises UserError as `of_day`, and `day_sheet.other_shop`.
    """
    found = named(number.upper())
    if found is None:
        return None
    kind, code, day = found
    if code != desk.shop.code:
        raise UserError("day_sheet.other_shop", number=number[:40])
    return of_day(desk, day, (kind,))


def of_day(desk: Desk, day: date, kinds: Collection[str] = ()) -> tuple[slips.Slip, ...]:
    """The sheets of one business day, all of them or those of `kinds`.

    Raises UserError `staff.right.missing`, `day_sheet.unknown`, `day_sheet.future`.
    """
    if desk.staff is not None:  # a headless verb is run by whoever holds the machine
        staff.require(desk, roles.REPORTS)
    unknown = set(kinds) - set(SHEETS)
    if unknown:
        raise UserError("day_sheet.unknown", kind=min(unknown)[:40], kinds=", ".join(SHEETS))
    if day > desk.today():
        raise UserError("day_sheet.future", day=day.isoformat())
    return tuple(write(desk, day) for kind, write in SHEETS.items() if not kinds or kind in kinds)


def register(desk: Desk, day: date) -> Register:
    """售后登记表 (S0-5): the cases opened on a day, the customers masked."""
    told, names = goods_papers.language(desk), staff_names()
    found = []
    for case in Case.select().where(Case.business_date == day).order_by(Case.id):
        rows = list(CaseLine.select().where(CaseLine.case == case.id).order_by(CaseLine.id))
        reasons = dict.fromkeys(code_words("reasons", row.reason).of(told) for row in rows if row.reason)
        found.append(
            RegisterLine(
                number=case.number,
                at=_clock(desk, case.opened_at),
                customer=case.customer_masked,
                phone=case.phone_masked,
                goods=_listed((_piece(row) for row in rows), told),
                problem=case.summary or _listed(reasons, told),
                wishes=_listed((wish_words(code).of(told) for code in case.wishes or ()), told),
                state=words_or(f"state.{case.state}", case.state).of(told),
                clerk=names.get(case.owner_id, ""),
            )
        )
    return Register(**_head(desk, "register", day), lines=tuple(found))


def refund_day(desk: Desk, day: date) -> RefundDay:
    """退款日结表: money that went out on a day with its proofs, by way; what was granted; what is owed today."""
    told, names = goods_papers.language(desk), staff_names()
    rows = desk.db.execute_sql(_PAID, (day.isoformat(),)).fetchall()
    owed = [(one.tender, one.open_fen) for one in settling.owed(desk) if one.direction == "out"]
    granted = desk.db.execute_sql(_GRANTED, (day.isoformat(),)).fetchall()
    return RefundDay(
        **_head(desk, "refund_day", day),
        lines=tuple(
            PaidRefund(
                document=number,
                case_number=case_number,
                sale=sale,
                customer=customer,
                way=_way(tender, told),
                amount_fen=amount,
                proof=reference,
                clerk=names.get(by_id, ""),
            )
            for number, case_number, sale, customer, tender, amount, reference, by_id in rows
        ),
        paid=_by_way([(row[4], 1, row[5]) for row in rows], told),
        granted=_by_way(granted, told),
        still_owed=_by_way([(tender, 1, amount) for tender, amount in owed], told),
        amount_fen=sum(row[5] for row in rows),
    )


def approval_list(desk: Desk, day: date) -> ApprovalList:
    """折价审批清单: what was asked on a day of somebody with the right to decide, and the answer."""
    told, names = goods_papers.language(desk), staff_names()
    found, granted = [], 0
    rows = Approval.select().where(Approval.business_date == day, Approval.decision != "withdrawn")
    for row in rows.order_by(Approval.id):
        granted += row.amount_fen if row.decision == "approve" else 0
        found.append(
            ApprovedLine(
                case_number=row.case.number,
                what=_listed(dict.fromkeys(str(one.get(told, "")) for one in row.reasons), told) or row.note,
                amount_fen=row.amount_fen,
                asked_by=names.get(row.requested_by_id, ""),
                decided_by=names.get(row.decided_by_id, ""),
                verdict=" ".join(filter(None, (_verdict(row.decision, told), row.decision_note))),
            )
        )
    return ApprovalList(**_head(desk, "approval_list", day), lines=tuple(found), amount_fen=granted)


def receiving_list(desk: Desk, day: date) -> ReceivingList:
    """退货入库清单: goods that customers brought back on a day, their condition and where they lie."""
    told = goods_papers.language(desk)
    later = StockEntry.alias()
    sorted_today = later.select(later.seq).where(
        later.case_line == StockEntry.case_line, later.business_date == day, later.seq > StockEntry.seq
    )
    arrived = (StockEntry.kind == "received") & ~fn.EXISTS(sorted_today)
    sorted_in = (
        (StockEntry.kind == "disposed")
        & (StockEntry.from_place == QUARANTINE)
        & (StockEntry.to_place != OUTSIDE)
    )
    rows = StockEntry.select().where(
        StockEntry.business_date == day, StockEntry.case_line.is_null(False), arrived | sorted_in
    )
    found = []
    for row in rows.order_by(StockEntry.seq):
        line = row.case_line
        posted = row.document.number if row.document_id is not None else _return_paper(line)
        found.append(
            ReceivedLine(
                document=posted,
                case_number=line.case.number,
                name=line.sale_line.name
                if line is not None
                else (row.product.name if row.product_id else ""),
                serial=row.serial or (line.serial if line is not None else ""),
                quantity_milli=row.quantity_milli,
                condition=code_words("conditions", line.condition).of(told)
                if line and line.condition
                else "",
                place=f"{row.to_place} {code_words('dispositions', row.to_place).of(told)}",
            )
        )
    return ReceivingList(**_head(desk, "receiving_list", day), lines=tuple(found))


def _return_paper(line: CaseLine) -> str:
    """The 退货单 that stands for goods that were taken in before it was posted; "" while there is none."""
    undone = Document.alias()
    row = (
        Document.select(Document.number)
        .join(DocumentLine)
        .where(
            DocumentLine.case_line == line.id,
            Document.prefix == "TH",
            Document.reverses.is_null(),
            ~fn.EXISTS(undone.select(undone.id).where(undone.reverses == Document.id)),
        )
        .order_by(Document.id.desc())
        .first()
    )
    return row.number if row is not None else ""


SHEETS: dict[str, Callable[[Desk, date], slips.Slip]] = {
    "register": register,
    "refund_day": refund_day,
    "approval_list": approval_list,
    "receiving_list": receiving_list,
}
"""Sheet → how it is drawn up."""


def _head(desk: Desk, kind: str, day: date) -> dict[str, Any]:
    number = f"{MARKS[kind]}{desk.shop.code}-{day:%Y%m%d}"
    return {
        "number": number,
        "case_number": number,
        "on": day.isoformat(),
        "shop": shop_words.head(desk),
        "hands": slips.Hands(clerk=desk.staff.name if desk.staff else ""),
    }


def _by_way(rows: Iterable[tuple[str, int, int]], told: Language) -> tuple[slips.WorkingRow, ...]:
    """Sums by tender with their counts, then all together."""
    counts: dict[str, tuple[int, int]] = {}
    for tender, count, amount in rows:
        before = counts.get(tender, (0, 0))
        counts[tender] = (before[0] + count, before[1] + amount)
    found = [
        slips.WorkingRow(label=_way(tender, told), amount_fen=amount, note=_count(count, told))
        for tender, (count, amount) in sorted(counts.items())
    ]
    if len(found) > 1:
        count = sum(one for one, _ in counts.values())
        whole = words("day_sheet.total").of(told)
        amount = sum(one for _, one in counts.values())
        found.append(slips.WorkingRow(label=whole, amount_fen=amount, note=_count(count, told), total=True))
    return tuple(found)


def _count(count: int, told: Language) -> str:
    return words("day_sheet.count", count=count).of(told)


def _way(tender: str, told: Language) -> str:
    return words_or(f"tender.{tender}", tender).of(told)


def _verdict(decision: str, told: Language) -> str:
    key = {"approve": "event.approved", "reject": "event.rejected"}.get(decision, "day_sheet.undecided")
    return words(key).of(told)


def _piece(row: CaseLine) -> str:
    many = f" × {row.quantity_milli / 1000:g}" if row.quantity_milli != 1000 else ""
    return f"{row.sale_line.name}{many}"


def _listed(told: Iterable[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(filter(None, told))


def _clock(desk: Desk, at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(desk.shop.time_zone)):%H:%M}"
