"""Bills of WeChat Pay and Alipay given to `import`: what is owed gets its proof, the rest is told row by row."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from counter_app import wording
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.money import format_yuan
from counter_app.services import bills
from counter_app.services.bills import Bill, BillLine
from counter_app.verbs import pin
from counter_app.verbs.opened import acting, opened_desk

_TOLD = 50


def run(given: argparse.Namespace, files: Sequence[Path], found: Sequence[Path]) -> int:
    """Enter bills, each by itself, and print what became of their rows.

    They become proofs of money in somebody's name, so that person's PIN is asked for; only looking needs none.
    Raises UserError `bill.alone` when orders stand beside them, `bill.staff` when nobody is named for the proofs,
    and what showing the PIN, reading and entering raise.
    """
    if len(found) < len(files):
        raise UserError("bill.alone", file=found[0].name)
    if given.staff is None and not given.dry_run:
        raise UserError("bill.staff")
    with opened_desk(given.data) as opened:
        asked = given.staff is not None and (pin.given_already(given) or not given.dry_run)
        desk = pin.shown(opened, given.staff, given) if asked else acting(opened, given.staff)
        for file in files:
            bill = bills.read(desk, file) if given.dry_run else bills.enter(desk, file).value
            _tell(given, file, bill)
    return 0


def _tell(given: argparse.Namespace, file: Path, bill: Bill) -> None:
    counts = Counter[str](line.found for line in bill.lines)
    told: dict[str, int] = {**counts, "payments": bill.payments}
    if given.progress:
        print(json.dumps({"kind": bill.tender, "counts": told}, ensure_ascii=False), flush=True)
        return
    for line in [one for one in bill.lines if one.found != "known"][:_TOLD]:
        print(f"{file.name}: {wording.sentence(_sentence(line, given.dry_run), given.language)}")
    print(f"{bill.tender}: " + ", ".join(f"{name} {number}" for name, number in sorted(told.items())))


def _sentence(line: BillLine, dry_run: bool) -> CounterError:
    code = "bill.line.would" if line.found == "owed" and dry_run else f"bill.line.{line.found}"
    return CounterError(
        code,
        row=line.row.row,
        document=line.owed.document if line.owed is not None else "",
        amount=format_yuan(line.row.amount_fen),
        reference=line.row.reference,
    )
