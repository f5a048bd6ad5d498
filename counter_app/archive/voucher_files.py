"""Suggested vouchers as files that bookkeeping programs read in, put beside the tables in the zip.

金蝶 KIS reads a table with the field names of its own voucher format; 用友 T3 and 好会计 read a table with Chinese heads, U8 a
text whose first line is 填制凭证,V800. Account numbers have to exist there; each program lets them be matched on the way in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.archive import cells

KIND: Final = "记"
"""The one kind of voucher (凭证字) suggested: 记账凭证."""
KINGDEE: Final = (
    "FDATE", "FTRANSDATE", "FPERIOD", "FGROUP", "FNUM", "FENTRYID", "FEXP", "FACCTID", "FCYID", "FEXCHRATE", "FDC",
    "FFCYAMT", "FDEBIT", "FCREDIT", "FPREPARE", "FATTCHMENT",
)  # fmt: skip
YONYOU: Final = (
    "制单日期", "凭证类别字", "凭证编号", "附单据数", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "制单人"
)  # fmt: skip
U8_BEGINS: Final = "填制凭证,V800"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line: amounts in 分, one of them nought. `number` counts within the month, `line` within the voucher."""

    day: date
    number: int
    line: int
    told: str
    account: str
    account_name: str
    debit_fen: int
    credit_fen: int


def files(lines: Sequence[VoucherLine], prepared_by: str) -> dict[str, bytes]:
    """Each file by its name; nothing at all when there are no vouchers."""
    if not lines:
        return {}
    return {
        "vouchers-kingdee-kis.csv": _csv(KINGDEE, (_kingdee(one, prepared_by) for one in lines)).encode(
            "utf-8-sig"
        ),
        "vouchers-yonyou.csv": _csv(YONYOU, (_yonyou(one, prepared_by) for one in lines)).encode("utf-8-sig"),
        # U8 reads the code page of Chinese Windows.
        "vouchers-yonyou-u8.txt": _u8(lines, prepared_by).encode("gb18030"),
    }


def _kingdee(one: VoucherLine, by: str) -> tuple[object, ...]:
    amount = one.debit_fen or one.credit_fen
    return (
        one.day.isoformat(), one.day.isoformat(), one.day.month, KIND, one.number, one.line - 1, one.told,
        _flat(one.account), "RMB", 1, "D" if one.debit_fen else "C", cells.money(amount), cells.money(one.debit_fen),
        cells.money(one.credit_fen), by, 0,
    )  # fmt: skip


def _yonyou(one: VoucherLine, by: str) -> tuple[object, ...]:
    return (
        one.day.isoformat(), KIND, one.number, 0, one.told, _flat(one.account), one.account_name,
        cells.money(one.debit_fen), cells.money(one.credit_fen), by,
    )  # fmt: skip


def _u8(lines: Iterable[VoucherLine], by: str) -> str:
    """Date, kind, number, papers, text, account, debit, credit, quantity, foreign amount, rate, prepared by.

    The format knows no quotation marks: a comma in a text would begin the next field.
    """
    told = [U8_BEGINS]
    for one in lines:
        fields = (
            one.day.isoformat(), KIND, one.number, 0, _bare(one.told), _flat(one.account), cells.money(one.debit_fen),
            cells.money(one.credit_fen), "", "", "", _bare(by),
        )  # fmt: skip
        told.append(",".join(str(field) for field in fields))
    return "\r\n".join(told) + "\r\n"


def _bare(told: str) -> str:
    return told.replace(",", "，").replace("\n", " ").replace("\r", " ")


def _flat(account: str) -> str:
    """2241.1 → 224101: subaccounts have two digits and no point there."""
    main, _, below = account.partition(".")
    return main + below.zfill(2) if below else main


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    told = io.StringIO(newline="")
    written = csv.writer(told, lineterminator="\r\n")
    written.writerow(heads)
    written.writerows([_plain(value) for value in row] for row in rows)
    return told.getvalue()


def _plain(value: object) -> object:
    """Text that a spreadsheet program would take for a formula is kept text; amounts stay numbers."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@") else value
