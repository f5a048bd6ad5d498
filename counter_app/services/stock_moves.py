"""Goods get another place: looked at again, sorted, isolated, set free. Every change is a further movement."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.db import ledger
from counter_app.db.models import CaseLine, GoodsMove
from counter_app.db.posting_sql import insert_row
from counter_app.domain import roles, text
from counter_app.domain.errors import UserError
from counter_app.domain.goods_views import Holding
from counter_app.domain.quantity import checked_quantity
from counter_app.domain.stock_room import (
    BLOCKED,
    DESTROYED_ONLY,
    HANDED_BACK,
    OUTSIDE,
    PLACES,
    SPOILT,
)
from counter_app.services import holdings, requests, rules, staff
from counter_app.services.case_rows import acting, add_event, touch
from counter_app.services.case_words import code_words
from counter_app.services.desk import Desk, Outcome

CHANGED = frozenset({"stock", "case"})


@dataclass(frozen=True, slots=True)
class Moving:
    """Goods and where they go. `condition` is what was found this time, "" where nobody looked."""

    place: str
    product_id: int | None
    case_line_id: int | None
    quantity_milli: int
    to_place: str
    reason: str
    condition: str = ""


def move(desk: Desk, wish: Moving, request_id: str) -> Outcome[int]:
    """Move goods of one place to another, or hand refused goods back to the customer (V11).

    Returns the row of the ledger. Raises UserError `goods.…`, `quantity.…`, `request.…`, `guard.…`.
    """
    staff.require(desk, roles.STOCK)
    if wish.place in BLOCKED:
        staff.require(desk, roles.DECIDE)
    said = text.clean_line(wish.reason, field="reason")
    if not said:
        raise UserError("goods.reason")
    plain = [
        wish.place, wish.product_id, wish.case_line_id, wish.quantity_milli, wish.to_place, said, wish.condition
    ]  # fmt: skip
    with desk.db.atomic("IMMEDIATE"):
        known = requests.earlier(desk, request_id, "goods_move", plain)
        if known is not None:
            return Outcome(int(known), frozenset())
        one = holdings.holding(desk, wish.place, wish.product_id, wish.case_line_id)
        seq = shift_goods(desk, one, wish.quantity_milli, wish.to_place, said, wish.condition)
        requests.remember(desk, request_id, "goods_move", plain, seq, one.case_id)
    return Outcome(seq, CHANGED)


def shift_goods(
    desk: Desk, one: Holding, quantity_milli: int, to_place: str, reason: str, condition: str = ""
) -> int:
    """Move a part of what lies at a place, inside the caller's transaction. Returns the row of the ledger."""
    if to_place not in (*PLACES, HANDED_BACK):
        raise UserError("goods.place", place=to_place[:20])
    if to_place == one.place:
        raise UserError("goods.same_place")
    if undecided(one):
        raise UserError("goods.undecided", name=one.name, number=one.case_number)
    check_quantity(one, quantity_milli)
    check_condition(desk, one, to_place, condition)
    back = to_place == HANDED_BACK
    if back:
        _check_theirs(one)
    head = ledger.append_stock(
        desk.db,
        kind="handed_back" if back else "disposed",
        from_place=one.place,
        to_place=OUTSIDE if back else to_place,
        quantity_milli=quantity_milli,
        at=desk.instant(),
        business_date=desk.today(),
        product_id=one.product_id,
        sale_line_id=_sale_line(one),
        case_line_id=one.case_line_id,
        serial=one.serial,
        batch_no=one.batch_no,
    )
    insert_row(
        desk.db,
        GoodsMove,
        stock_id=head.rows,
        reason=reason,
        condition=condition,
        by_id=acting(desk),
        at=desk.instant(),
    )
    if one.case_id is not None:
        named = code_words("dispositions", to_place)
        add_event(
            desk,
            one.case_id,
            "goods_moved",
            name=one.name,
            place=[named.zh, named.en],
            moved=[one.place, to_place],
            text=reason,
            condition=condition,
        )
        touch(desk, one.case_id)
    return head.rows


def undecided(one: Holding) -> bool:
    """Whether the visit that brought these goods is not carried out yet: its posting says where they go."""
    if one.case_line_id is None:
        return False
    return bool(CaseLine.get(CaseLine.id == one.case_line_id).state == "reserved")


def check_quantity(one: Holding, quantity_milli: int) -> None:
    """Raises UserError `quantity.…`, `goods.too_much`."""
    # Goods that were taken in by weight may go by weight, whatever their article says.
    checked_quantity(quantity_milli, weighed=one.weighed or one.quantity_milli % 1000 != 0)
    if quantity_milli > one.quantity_milli:
        raise UserError("goods.too_much", name=one.name, there=one.quantity_milli // 1000)


def check_condition(desk: Desk, one: Holding, to_place: str, condition: str) -> None:
    """Spoilt goods, food and medicine that came back go to destruction and nowhere else (食品安全法 63).

    Raises UserError `inspection.code`, `inspection.destroy_only`.
    """
    if condition and condition not in rules.code_tables(desk)["conditions"]:
        raise UserError("inspection.code", kind="condition", code=condition[:20])
    found = condition or one.condition
    spoilt = found == SPOILT
    if one.case_line_id is not None:
        before = holdings.condition_of(desk, one.case_line_id, one.condition)
        spoilt = spoilt or SPOILT in (before, one.condition)
        terms = rules.current_rules(desk).category(one.category)
        unsealed = (condition or before) != "K1" or terms.no_reason == "excluded"
        spoilt = spoilt or bool(terms.destroy_only and unsealed and to_place != HANDED_BACK)
    if spoilt and to_place not in DESTROYED_ONLY and to_place != "V9":
        raise UserError("inspection.destroy_only", name=one.name, disposition=to_place)
    if spoilt and found == SPOILT and to_place == "V9":
        raise UserError("inspection.destroy_only", name=one.name, disposition=to_place)


def _check_theirs(one: Holding) -> None:
    """Only what was refused is handed back: accepted goods are the shop's."""
    line = CaseLine.get_or_none(CaseLine.id == one.case_line_id) if one.case_line_id is not None else None
    if line is None or line.accepted_milli:
        raise UserError("goods.is_ours", name=one.name)


def _sale_line(one: Holding) -> int | None:
    if one.case_line_id is None:
        return None
    found: int = CaseLine.get(CaseLine.id == one.case_line_id).sale_line_id
    return found
