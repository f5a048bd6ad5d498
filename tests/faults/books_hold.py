"""What must hold in a shop after a window was killed: every acknowledged step is there, and no step by half.

Told in plain sums of its own beside `verify`, so that a fault in one of them does not hide behind the other.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter as Tally
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from working_day import goods_of

from counter_app.db import backup
from counter_app.db.verify import verify

Told = dict[str, Any]


def trouble(db: Any, folder: Path, acknowledged: list[Told]) -> list[str]:
    """Everything that does not hold, as sentences for a programmer; empty when the shop is whole."""
    broken = [f"verify: {one.table} {one.row} {one.code} {one.params}" for one in verify(db, folder)]
    return [*broken, *lost(db, folder, acknowledged), *halves(db), *files(folder)]


# --- what was acknowledged is there ------------------------------------------------------------------


def lost(db: Any, folder: Path, acknowledged: list[Told]) -> Iterator[str]:
    """Steps a window said were done, and that are not there as it said."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return db.execute_sql(sql).fetchall()

    sold = dict(rows("SELECT id, paid_fen FROM sale"))
    posted = {
        request: (kind, json.loads(result))
        for request, kind, result in rows("SELECT request_id, kind, result FROM posting")
    }
    papers = {number: (request, of) for number, request, of in rows(
        """SELECT d.number, p.request_id, r.number FROM document d JOIN posting p ON p.id = d.posting_id
           LEFT JOIN document r ON r.id = d.reverses_id"""
    )}  # fmt: skip
    refunds = dict(rows(
        """SELECT p.request_id, SUM(s.amount_fen) FROM settlement s JOIN document d ON d.id = s.document_id
           JOIN posting p ON p.id = d.posting_id WHERE s.direction = 'out' GROUP BY 1"""
    ))  # fmt: skip
    proofs = {
        request: (owed, amount)
        for request, owed, amount in rows("SELECT request_id, settlement_id, amount_fen FROM proof")
    }
    lines = set(rows("SELECT c.number, l.sale_line_id FROM case_file c JOIN case_line l ON l.case_id = c.id"))
    pictures = dict(rows("SELECT id, sha256 FROM attachment"))
    prints: Tally[tuple[str, str]] = Tally(rows(
        "SELECT d.number, p.slip FROM print_record p JOIN document d ON d.id = p.document_id"
    ))  # fmt: skip
    ((shifts, closed),) = rows("SELECT COUNT(*), COUNT(closed_at) FROM shift")
    orders = {number for (number,) in rows("SELECT order_no FROM sale_identity WHERE order_no LIKE 'IMP-%'")}
    destroyed = dict(rows(
        """SELECT d.number, e.product_id FROM document d JOIN stock_entry e ON e.document_id = d.id
           WHERE e.kind = 'disposed'"""
    ))  # fmt: skip
    recalled = dict(rows("SELECT number, product_id FROM recall"))
    called = set(rows("SELECT recall_id, sale_line_id FROM recall_call"))
    forgotten = {person for (person,) in rows("SELECT id FROM person WHERE erased_at IS NOT NULL")}
    said: Tally[str] = Tally(step["did"] for step in acknowledged)
    told_prints: Tally[tuple[str, str]] = Tally()
    for step in acknowledged:
        match step:
            case {"did": "sold", "sale": sale, "paid": paid}:
                there = sold.get(sale) == paid
            case {"did": "visited", "request": request, "case": number, "line": line}:
                there = posted.get(request) == ("open_case", {"number": number}) and (number, line) in lines
            case {"did": "posted", "request": request, "numbers": numbers, "refund": refund}:
                there = posted.get(request, ("", {}))[1].get("numbers") == numbers
                there = there and all(papers.get(number) == (request, None) for number in numbers)
                there = there and refunds.get(request, 0) == refund
            case {"did": "reversed", "request": request, "of": of, "numbers": numbers}:
                mirrored = {
                    papers[number][1] for number in numbers if papers.get(number, ("",))[0] == request
                }
                there = of in mirrored and len(mirrored) == len(numbers)
            case {"did": "paid", "request": request, "settlement": owed, "amount": amount}:
                there = proofs.get(request) == (owed, amount)
            case {"did": "took_in", "begin": begin, "end": end}:
                there = {f"IMP-{number:05d}" for number in range(begin, end)} <= orders
            case {"did": "photographed", "attachment": attachment, "sha256": sha256}:
                there = pictures.get(attachment) == sha256
            case {"did": "printed", "number": number, "slip": slip}:
                told_prints[number, slip] += 1
                there = prints[number, slip] >= told_prints[number, slip]
            case {"did": "scrapped", "request": request, "number": number, "product": product}:
                there = destroyed.get(number) == product and papers.get(number, ("",))[0] in (request, None)
            case {"did": "recalled", "number": number, "product": product}:
                there = recalled.get(number) == product
            case {"did": "called_back", "recall": recall, "line": line}:
                there = (recall, line) in called
            case {"did": "erased", "person": person, "phone": phone}:
                there = person in forgotten and not rows(
                    f"SELECT 1 FROM person WHERE phone = '{phone}' UNION SELECT 1 FROM sale_search_text "
                    f"WHERE instr(text, '{phone}')"
                )
            case {"did": "exported", "name": name}:
                there = (folder / "exports" / name).is_file()
            case {"did": "backed_up", "name": name, "sha256": sha256}:
                there = (folder / "backups" / name).is_file()
            case {"did": "opened_shift" | "closed_shift" | "refused" | "ended"}:
                there = True
            case _:
                there = False
        if not there:
            yield f"lost: {step}"
    if shifts < said["opened_shift"] or closed < said["closed_shift"]:
        yield f"lost: {said['opened_shift']} shifts opened, {said['closed_shift']} closed; there are {shifts}, {closed}"


# --- nothing is there by half -----------------------------------------------------------------------

HALVES: dict[str, str] = {
    "a posting without its papers": """SELECT p.request_id FROM posting p JOIN json_each(p.result, '$.numbers') n
        LEFT JOIN document d ON d.number = n.value AND d.posting_id = p.id
        WHERE p.kind = 'post' AND d.id IS NULL""",
    "a paper its posting does not know": """SELECT d.number FROM document d JOIN posting p ON p.id = d.posting_id
        WHERE p.kind = 'post' AND d.number NOT IN (SELECT n.value FROM json_each(p.result, '$.numbers') n)""",
    "a number that stands on nothing": """SELECT number FROM number WHERE voided_why = ''
        AND number NOT IN (SELECT number FROM document) AND number NOT IN (SELECT number FROM case_file)
        AND number NOT IN (SELECT number FROM recall)""",
    "a refund whose settlements are not its amount": """SELECT d.number FROM document d
        WHERE d.prefix IN ('TK', 'ZJ') AND d.amount_fen <> (SELECT COALESCE(SUM(s.amount_fen), 0)
        FROM settlement s WHERE s.document_id = d.id AND s.direction = 'out')""",
    "a case without its goods, walk or story": """SELECT c.number FROM case_file c
        WHERE NOT EXISTS (SELECT 1 FROM case_line l WHERE l.case_id = c.id)
        OR NOT EXISTS (SELECT 1 FROM walk w WHERE w.case_id = c.id)
        OR NOT EXISTS (SELECT 1 FROM case_event e WHERE e.case_id = c.id)""",
    "a line returned twice": """SELECT l.sale_line_id FROM document_line l JOIN document d ON d.id = l.document_id
        JOIN sale_line s ON s.id = l.sale_line_id WHERE l.direction = 'in' AND d.prefix IN ('TH', 'HH')
        GROUP BY 1 HAVING SUM(l.quantity_milli) NOT BETWEEN 0 AND s.quantity_milli""",
    "more money back than was paid": """SELECT s.sale_id FROM settlement s JOIN sale a ON a.id = s.sale_id
        WHERE s.direction = 'out' GROUP BY 1 HAVING SUM(s.amount_fen) NOT BETWEEN 0 AND a.paid_fen""",
    "goods received on paper and not on the shelf": """SELECT l.id FROM document_line l
        JOIN document d ON d.id = l.document_id WHERE l.direction = 'in' AND d.prefix = 'TH' GROUP BY l.case_line_id
        HAVING SUM(l.quantity_milli) <> (SELECT COALESCE(SUM(CASE 'V0' WHEN e.to_place THEN e.quantity_milli
        WHEN e.from_place THEN -e.quantity_milli ELSE 0 END), 0)
        FROM stock_entry e WHERE e.case_line_id = l.case_line_id)""",
    "a sale whose lines are not its sum": """SELECT a.id FROM sale a WHERE a.paid_fen <>
        (SELECT SUM(paid_fen + freight_fen) FROM sale_line l WHERE l.sale_id = a.id)""",
    "a sale whose tenders are not its sum": """SELECT a.id FROM sale a WHERE a.source <> 'exchange' AND a.paid_fen <>
        (SELECT COALESCE(SUM(paid_fen), 0) FROM sale_tender t WHERE t.sale_id = a.id)""",
    "a shift that was closed without its sheet": """SELECT id FROM shift WHERE closed_at IS NOT NULL
        AND COALESCE(document_id, 0) NOT IN (SELECT id FROM document WHERE prefix = 'JB')""",
    "a shift sheet of no shift": """SELECT number FROM document WHERE prefix = 'JB'
        AND id NOT IN (SELECT document_id FROM shift WHERE document_id IS NOT NULL)""",
    "two open shifts": "SELECT COUNT(*) FROM shift WHERE closed_at IS NULL HAVING COUNT(*) > 1",
    "a shift whose cash is not the ledger's": """SELECT s.id FROM shift s WHERE s.closed_at IS NOT NULL
        AND s.expected_fen <> s.float_fen + (SELECT COALESCE(SUM(m.amount_fen), 0) FROM money_entry m
        WHERE m.shift_id = s.id AND m.tender = 'cash' AND m.kind IN ('paid', 'received'))""",
}
"""Each of these finds rows of a step that was written in part only."""


def halves(db: Any) -> Iterator[str]:
    """Steps of which a part is missing, or that were done twice."""
    for what, sql in HALVES.items():
        for (row,) in db.execute_sql(sql).fetchall():
            yield f"{what}: {row}"
    imported = db.execute_sql(
        """SELECT i.order_no, COUNT(DISTINCT i.sale_id), COUNT(*), SUM(l.paid_fen) FROM sale_identity i
           JOIN sale_line l ON l.sale_id = i.sale_id WHERE i.order_no LIKE 'IMP-%' GROUP BY 1"""
    ).fetchall()
    for order, sales, lines, paid in imported:
        wanted = goods_of(int(order.removeprefix("IMP-")))
        worth = sum(int(Decimal(row[5]) * 100) for row in wanted)
        if (sales, lines, paid) != (1, len(wanted), worth):
            yield f"an order by half or twice: {order}, {sales} sales, {lines} lines, {paid} 分"
    known = {int(order.removeprefix("IMP-")) for order, *_ in imported}
    if known != set(range(len(known))):
        yield f"orders taken in have a gap: {sorted(set(range(len(known))) - known)[:5]}"


# --- files -------------------------------------------------------------------------------------------


def files(folder: Path) -> Iterator[str]:
    """Files that bear a name which promises more than they hold."""
    for file in (folder / "attachments").glob("??/*"):
        if file.name.startswith("."):
            continue  # on its way to a name when the window was killed; nothing refers to it
        if hashlib.sha256(file.read_bytes()).hexdigest() != file.name:
            yield f"an attachment is not what its name says: {file.name}"
    for file in (folder / "exports").glob("*.xlsx"):
        if not zipfile.is_zipfile(file) or zipfile.ZipFile(file).testzip() is not None:
            yield f"a workbook cannot be opened: {file.name}"
    for kept in backup.backups(folder):
        if not backup.is_good(kept):
            yield f"a backup that is offered is not good: {kept.path.name}"
