"""Papers of the stock room (TC, ZC, XH, PD): numbered, posted once, with the slip they print frozen in them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import Document, GoodsLine
from counter_app.db.numbers import next_number
from counter_app.db.posting_sql import insert_row
from counter_app.domain import slips
from counter_app.domain.goods_views import GoodsLineView, Holding
from counter_app.domain.roles import COSTS
from counter_app.domain.slip_content import canonical
from counter_app.domain.spoken import Language
from counter_app.services import holdings, paper_views, requests, shop_words, staff
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk
from counter_app.services.settings import setting


@dataclass(frozen=True, slots=True)
class Piece:
    """Goods of a paper: what lies where, and how much of it."""

    holding: Holding
    quantity_milli: int
    reason: str = ""

    @property
    def cost_fen(self) -> int | None:
        """What it had cost, 分."""
        cost = self.holding.cost_fen
        return None if cost is None else holdings.round_cost(cost, self.quantity_milli)


@dataclass(frozen=True, slots=True)
class Posted:
    """A paper that was just posted."""

    id: int
    number: str


def new_number(desk: Desk, prefix: str) -> str:
    """The next number of a kind, inside the caller's transaction."""
    return next_number(desk.db, prefix, desk.shop.code, desk.today(), desk.instant())


def post(
    desk: Desk,
    number: str,
    prefix: str,
    request_id: str,
    wish: Any,
    pieces: Sequence[Piece],
    slip: slips.Slip | None,
    *,
    amount_fen: int = 0,
    case_id: int | None = None,
    more: dict[str, Any] | None = None,
) -> Posted:
    """Write one paper with its lines, inside the caller's transaction. Costs stay out of the slip."""
    posting_id = requests.remember(desk, request_id, prefix, wish, {"number": number}, case_id)
    content = canonical_json(
        {
            "format": 1,
            "number": number,
            "title": _both(prefix),
            "amount_fen": amount_fen,
            "language": language(desk),
            "slips": [canonical(slip)] if slip is not None else [],
            "staff": desk.staff.name if desk.staff else "",
            "goods": [
                [
                    piece.holding.name,
                    piece.holding.place,
                    piece.quantity_milli,
                    piece.cost_fen,
                    piece.holding.serial,
                    piece.holding.batch_no,
                    piece.holding.case_number,
                ]
                for piece in pieces
            ],
            **(more or {}),
        }
    )
    document_id = insert_row(
        desk.db,
        Document,
        number=number,
        prefix=prefix,
        posting_id=posting_id,
        case_id=case_id,
        amount_fen=amount_fen,
        content=content,
        content_hash=hashlib.sha256(content.encode("utf-8")).hexdigest(),
        business_date=desk.today(),
        posted_at=desk.instant(),
        posted_by_id=acting(desk),
    )
    for at, piece in enumerate(pieces, start=1):
        insert_row(
            desk.db,
            GoodsLine,
            document_id=document_id,
            line_no=at,
            product_id=piece.holding.product_id,
            case_line_id=piece.holding.case_line_id,
            name=piece.holding.name,
            place=piece.holding.place,
            quantity_milli=piece.quantity_milli,
            cost_fen=piece.cost_fen,
            serial=piece.holding.serial,
            batch_no=piece.holding.batch_no,
            reason=piece.reason,
        )
    return Posted(document_id, number)


def lines(desk: Desk, document_id: int) -> tuple[GoodsLineView, ...]:
    """The goods of a paper."""
    costs = staff.may(desk, COSTS)
    rows = GoodsLine.select().where(GoodsLine.document == document_id).order_by(GoodsLine.line_no)
    return tuple(
        GoodsLineView(
            name=row.name,
            quantity_milli=row.quantity_milli,
            cost_fen=row.cost_fen if costs else None,
            serial=row.serial,
            batch_no=row.batch_no,
            place=row.place,
            product_id=row.product_id,
            case_line_id=row.case_line_id,
        )
        for row in rows
    )


def slip_lines(pieces: Sequence[Piece]) -> tuple[slips.GoodsLine, ...]:
    """The goods as the slip lists them: what they cost is not the reader's business."""
    return tuple(
        slips.GoodsLine(
            name=piece.holding.name,
            model=piece.holding.sku,
            serial=piece.holding.serial,
            batch=piece.holding.batch_no,
            quantity_milli=piece.quantity_milli,
            reason=piece.reason,
        )
        for piece in pieces
    )


def shop_head(desk: Desk) -> slips.ShopHead:
    """The shop at the head of a slip."""
    return shop_words.head(desk)


def language(desk: Desk) -> Language:
    """The language in which slips are written."""
    return "en" if setting(desk, "slips.language") == "en" else "zh"


def _both(prefix: str) -> list[str]:
    title = paper_views.document_title(prefix)
    return [title.zh, title.en]
