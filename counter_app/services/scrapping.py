"""Destruction (报废): goods leave the shop before a witness with a PIN, with a photo, a reason and a paper (V6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app.db import ledger
from counter_app.db.models import Document, GoodsPhoto, Scrap, Staff, Task
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, slips, text
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.domain.goods_views import ScrapView
from counter_app.domain.stock_room import OUTSIDE, TO_DESTROY
from counter_app.domain.system_reasons import system_reason
from counter_app.services import (
    attachment_files,
    claim_views,
    goods_papers,
    holdings,
    pictures,
    requests,
    staff,
    stock_moves,
)
from counter_app.services.case_rows import acting, add_event, touch
from counter_app.services.case_words import words
from counter_app.services.claims import Wanted
from counter_app.services.desk import Desk, Outcome
from counter_app.services.goods_papers import Piece

CHANGED = frozenset({"stock", "case", "task"})
KIND = "XH"


@dataclass(frozen=True, slots=True)
class NewScrap:
    """What is destroyed: goods, why, how, and pictures of it (files or their bytes)."""

    goods: tuple[Wanted, ...]
    reason: str
    way: str
    photos: tuple[bytes | Path, ...]


def scrap(desk: Desk, new: NewScrap, witness: tuple[int, str], request_id: str) -> Outcome[ScrapView]:
    """Destroy goods. `witness` is somebody else's id and PIN.

    Raises UserError `scrap.…`, `goods.…`, `staff.…`, `photo.…`, `request.…`, SurroundingsError `attachment.…`.
    """
    staff.require(desk, roles.SCRAP)
    reason = text.clean_line(new.reason, field="reason")
    way = text.clean_line(new.way, field="way")
    if not reason:
        raise UserError("goods.reason")
    if not new.goods:
        raise UserError("scrap.goods")
    if not new.photos:
        raise UserError("scrap.photo")
    if witness[0] == acting(desk):
        raise UserError("scrap.witness")
    goods = [[one.place, one.product_id, one.case_line_id, one.quantity_milli] for one in new.goods]
    kept = [_keep(desk, photo) for photo in new.photos]
    wish = [goods, reason, way, witness[0], [photo[0] for photo in kept]]
    seen_by = staff.verify_pin(desk, *witness)
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, KIND, wish)
        if known is not None:
            return Outcome(scrapped(desk, str(known["number"])), frozenset())
        number = goods_papers.new_number(desk, KIND)
        pieces = [_piece(desk, wanted, reason) for wanted in new.goods]
        slip = slips.ScrapRecord(
            number=number,
            case_number=number,
            on=desk.today().isoformat(),
            shop=goods_papers.shop_head(desk),
            hands=slips.Hands(clerk=desk.staff.name if desk.staff else ""),
            lines=goods_papers.slip_lines(pieces),
            reason=reason,
            way=way,
            witness=seen_by.name,
            evidence=(slips.Check(label=_photos(desk, len(dict.fromkeys(kept))), state=True),),
            photos=tuple(dict.fromkeys(photo[0] for photo in kept)),
        )
        paper = goods_papers.post(
            desk,
            number,
            KIND,
            request_id,
            wish,
            pieces,
            slip,
            more={"witness": seen_by.id, "photos": wish[4]},
        )
        insert_row(
            desk.db,
            Scrap,
            document_id=paper.id,
            reason=reason,
            way=way,
            witness_id=seen_by.id,
            by_id=acting(desk),
            at=desk.instant(),
        )
        for photo in dict.fromkeys(kept):
            _photo(desk, paper.id, *photo)
        for piece in pieces:
            _destroy(desk, piece, paper.id, number)
    return Outcome(scrapped(desk, number), CHANGED)


def scrapped(desk: Desk, number: str) -> ScrapView:
    """One destruction by its number. Raises UserError `scrap.unknown`."""
    document = Document.get_or_none(Document.number == number)
    row = Scrap.get_or_none(Scrap.document == document.id) if document is not None else None
    if row is None:
        raise UserError("scrap.unknown")
    return _views(desk, [row])[0]


def list_scrapped(desk: Desk, *, after: int | None = None, limit: int = 200) -> tuple[ScrapView, ...]:
    """Destructions, the newest first; `after` is the id of the last one seen."""
    rows = Scrap.select().order_by(Scrap.id.desc()).limit(limit)
    if after is not None:
        rows = rows.where(Scrap.id < after)
    return _views(desk, list(rows))


def photo_paths(desk: Desk, number: str) -> tuple[Path, ...]:
    """Where the pictures of a destruction lie."""
    rows = GoodsPhoto.select().join(Document).where(Document.number == number).order_by(GoodsPhoto.id)
    return tuple(desk.folder / attachment_files.relative_path(row.sha256) for row in rows)


def _photos(desk: Desk, count: int) -> str:
    return words("slip.photos", count=count).of(goods_papers.language(desk))


def _keep(desk: Desk, source: bytes | Path) -> tuple[str, str, int]:
    """Keep a picture and return its hash, kind and size: on disk before any row names it."""
    if isinstance(source, Path):
        try:
            source = source.read_bytes()
        except OSError as cause:
            raise SurroundingsError(
                "photo.unreadable", file=str(cause.filename or ""), cause=system_reason(cause)
            ) from cause
    picture = pictures.fit_to_keep(source)
    return attachment_files.keep(desk, picture.content), picture.mime, len(picture.content)


def _photo(desk: Desk, document_id: int, sha256: str, mime: str, size: int) -> None:
    insert_row(
        desk.db,
        GoodsPhoto,
        document_id=document_id,
        sha256=sha256,
        mime=mime,
        size=size,
        by_id=acting(desk),
        at=desk.instant(),
    )


def _piece(desk: Desk, wanted: Wanted, reason: str) -> Piece:
    """Goods to be destroyed lie at V6, or are brought there now."""
    one = holdings.holding(desk, wanted.place, wanted.product_id, wanted.case_line_id)
    stock_moves.check_quantity(one, wanted.quantity_milli)
    if wanted.place != TO_DESTROY:
        stock_moves.shift_goods(desk, one, wanted.quantity_milli, TO_DESTROY, reason)
        one = holdings.holding(desk, TO_DESTROY, wanted.product_id, wanted.case_line_id)
    return Piece(one, wanted.quantity_milli, reason)


def _destroy(desk: Desk, piece: Piece, document_id: int, number: str) -> None:
    one = piece.holding
    ledger.append_stock(
        desk.db,
        kind="disposed",
        from_place=TO_DESTROY,
        to_place=OUTSIDE,
        quantity_milli=piece.quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=one.product_id,
        case_line_id=one.case_line_id,
        document_id=document_id,
        serial=one.serial,
        batch_no=one.batch_no,
    )
    if one.case_id is not None:
        add_event(desk, one.case_id, "goods_destroyed", number=number, name=one.name)
        Task.update(done_at=desk.instant(), done_by=acting(desk), result=number).where(
            Task.case == one.case_id, Task.kind == "destroy", Task.done_at.is_null()
        ).execute()
        touch(desk, one.case_id)


def _views(desk: Desk, rows: Sequence[Scrap]) -> tuple[ScrapView, ...]:
    names = {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).tuples()}
    found = []
    for row in rows:
        goods = goods_papers.lines(desk, row.document_id)
        costs = [line.cost_fen for line in goods]
        photos = GoodsPhoto.select().where(GoodsPhoto.document == row.document_id).count()
        found.append(
            ScrapView(
                id=row.id,
                number=row.document.number,
                day=row.document.business_date,
                goods=claim_views.named(goods),
                quantity_milli=sum(line.quantity_milli for line in goods),
                cost_fen=sum(cost for cost in costs if cost is not None)
                if any(c is not None for c in costs)
                else None,
                reason=row.reason,
                way=row.way,
                by=names.get(row.by_id, ""),
                witness=names.get(row.witness_id, ""),
                photos=photos,
            )
        )
    return tuple(found)
