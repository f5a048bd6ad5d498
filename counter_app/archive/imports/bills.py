"""Bills of WeChat Pay and Alipay: which refunds and payments really went through, row by row.

WeChat's 交易账单 and 退款账单 put a backtick before every value; Alipay's 业务明细 has lines beginning with `#` around the
table and a tab behind every value. Both end with totals, which are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Literal

from counter_app.archive.imports import cells
from counter_app.archive.imports.refusals import refuse
from counter_app.archive.imports.tables import Headed, headed, open_table
from counter_app.domain.errors import UserError

_WECHAT = frozenset({"微信订单号", "微信支付订单号"})
_ALIPAY = frozenset({"支付宝交易号"})
_WECHAT_ALONE = frozenset({"退款状态", "退款金额", "申请退款金额", "交易状态"})
_CHINA = timezone(timedelta(hours=8))
_DONE = {"SUCCESS", "退款成功", "成功", ""}
_SPAN = re.compile(r"起始日期[:：]\s*\[?([\d年月日/: -]+?)\]?\s*终止日期[:：]\s*\[?([\d年月日/: -]+)")
_MIDNIGHT = " 00:00:00"
_HEAD_WITHIN = 30


@dataclass(frozen=True, slots=True)
class BillRow:
    """Money that moved: `out` to a customer, `in` from one. `reference` is the payment service's own number of
    this movement; `trade_no` and `order_no` name the first payment; `own_no` is what the shop called it. `day` is the
    day it went through by the service's clock (UTC+8), None where the bill has no time."""

    row: int
    direction: Literal["out", "in"]
    tender: str
    amount_fen: int
    reference: str
    trade_no: str
    order_no: str
    own_no: str
    day: date | None = None


def is_bill(file: Path) -> bool:
    """Whether the header is that of a bill. A list of orders that merely names its payments is none.

    Raises UserError `import.file.…`.
    """
    names = set(headed(open_table(file), _WECHAT | _ALIPAY).columns)
    wechat = bool(names & _WECHAT) and bool(names & _WECHAT_ALONE)
    return wechat or (bool(names & _ALIPAY) and "业务类型" in names)


def read_bill(file: Path) -> tuple[str, tuple[BillRow, ...]]:
    """The tender of a bill and its rows. Raises UserError `import.file.…`, `bill.unknown`, `bill.row`."""
    head = headed(open_table(file), _WECHAT | _ALIPAY)
    names = set(head.columns)
    if names & _WECHAT:
        return "wechat", tuple(_rows(file, head, _wechat))
    if names & _ALIPAY:
        return "alipay", tuple(_rows(file, head, _alipay))
    raise refuse("bill.unknown", file, columns=", ".join(head.names)[:120])


def days_of(file: Path, rows: Iterable[BillRow]) -> tuple[date, date] | None:
    """The first and last day a bill tells of: those of all its movements, ordinary payments among them, and the span
    that stands in its head (Alipay's 起始日期 … 终止日期). None for a bill without any time.

    Raises UserError `import.file.…`.
    """
    days = [row.day for row in rows if row.day is not None]
    if days:
        days += _told_span(file)
    return (min(days), max(days)) if days else None


def _told_span(file: Path) -> list[date]:
    """The span in the head of a bill; an end at midnight belongs to the day before."""
    for number, texts in open_table(file).rows:
        found = _SPAN.search(" ".join(text.strip() for text in texts if text.strip()))
        if found:
            begin, end = found[1].strip(), found[2].strip()
            try:
                last = cells.day(end, _CHINA)
                return [
                    cells.day(begin, _CHINA),
                    last - timedelta(days=1) if end.endswith(_MIDNIGHT) else last,
                ]
            except UserError:
                return []  # spelled some other way: the movements tell the days themselves
        if number > _HEAD_WITHIN:
            break
    return []


_Reader = Callable[[int, Callable[..., str]], BillRow | None]


def _rows(file: Path, head: Headed, reader: _Reader) -> Iterator[BillRow]:
    for number, texts in head.rows:

        def cell(*names: str, texts: list[str] = texts) -> str:
            """The first of these columns that holds anything."""
            found = (cells.number_text(head.cell(texts, name).strip().lstrip("`").strip()) for name in names)
            return next((text for text in found if text), "")

        if texts[0].lstrip("`").startswith(("#", "总交易", "合计")):
            continue
        try:
            row = reader(number, cell)
        except UserError as wrong:
            raise refuse("bill.row", file, row=number, text=str(wrong.params.get("text", ""))) from wrong
        if row is not None:
            yield row


def _wechat(number: int, cell: Callable[..., str]) -> BillRow | None:
    trade, order = cell("微信订单号", "微信支付订单号"), cell("商户订单号")
    if not trade.isalnum():
        return None  # the heading of the totals and the totals themselves
    back = cells.amount(cell("退款金额", "申请退款金额") or "0")
    if back:
        if cell("退款状态") not in _DONE:
            return None
        reference, own = cell("微信退款单号", "微信支付退款号"), cell("商户退款单号")
        day = _day(cell("退款成功时间", "退款申请时间", "交易时间"))
        return BillRow(number, "out", "wechat", back, reference, trade, order, own, day)
    paid = cells.amount(cell("订单金额", "应结订单金额", "总金额") or "0")
    if not paid or cell("交易状态") not in _DONE:
        return None
    return BillRow(number, "in", "wechat", paid, trade, trade, order, order, _day(cell("交易时间")))


def _alipay(number: int, cell: Callable[..., str]) -> BillRow | None:
    trade, order = cell("支付宝交易号"), cell("商户订单号")
    kind = cell("业务类型")
    amount = cells.money(cell("订单金额（元）", "订单金额(元)", "商家实收（元）") or "0")
    if not trade.isalnum() or not amount:
        return None
    day = _day(cell("完成时间", "创建时间", "发生时间", "入账时间"))
    if "退款" in kind or amount < 0:
        own = cell("退款批次号/请求号", "退款批次号")
        reference = f"{trade}/{own}" if own else trade
        return BillRow(number, "out", "alipay", abs(amount), reference, trade, order, own, day)
    return BillRow(number, "in", "alipay", amount, trade, trade, order, order, day)


def _day(cell: str) -> date | None:
    return cells.day(cell, _CHINA) if cell else None
