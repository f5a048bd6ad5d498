"""What people tell and find during a visit: facts, the state of goods, choices, photos and other evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from counter_app.domain.case_views import CaseLineView
from counter_app.domain.money import format_yuan
from counter_app.domain.proposal_views import CounterView
from counter_app.domain.walk_views import EvidenceItem, Option, WalkView
from counter_app.services import inspection, photos, walks
from counter_app.services.demo import pictures
from counter_app.services.demo.invented import table
from counter_app.services.facts import TYPED
from counter_app.services.inspection import Inspection

if TYPE_CHECKING:
    from counter_app.services.demo.visits import Visit

ANOTHER, MISSING = "R4", "R13"
AS_NEW = ("K1", "K2")


def lines_of(view: CounterView, walk: WalkView) -> list[CaseLineView]:
    """The lines of one walk."""
    return [line for line in view.case.lines if line.id in walk.line_ids]


def paid(view: CounterView, walk: WalkView) -> int:
    """分 that were paid for the goods of a walk; what no sale knows is taken for 200 yuan."""
    return sum(line.paid_fen for line in lines_of(view, walk)) or 20_000


def state_facts(visit: Visit, view: CounterView, walk: WalkView) -> CounterView | None:
    """Tell the facts that a step asks for, each once."""
    wanted = [
        fact for fact in walk.facts_wanted if fact.name in TYPED and (walk.id, fact.name) not in visit.stated
    ]
    if not wanted:
        return None
    visit.stated |= {(walk.id, fact.name) for fact in wanted}
    told = {fact.name: _value(visit, fact.name, fact.kind, paid(view, walk)) for fact in wanted}
    return walks.set_facts(visit.clerk, walk.id, told).value


def _value(visit: Visit, name: str, kind: str, paid_fen: int) -> Any:
    draw, shares = visit.stage.draw, table()["facts"]
    if kind == "money":
        if name in ("paid", "bought_value"):
            return format_yuan(paid_fen)
        return format_yuan(draw.share(paid_fen, shares.get(name, shares["other_money"])))
    if kind == "day":
        return (visit.stage.clock.day - timedelta(days=draw.between(2, 25))).isoformat()
    if kind == "count":
        return draw.between(0, 12)
    if kind == "flag":
        return draw.often(0.6)
    return draw.pick(("store", "remote"))


def look_at_goods(visit: Visit, view: CounterView, walk: WalkView, option: Option) -> None:
    """Goods are looked at before the answer that says how they are."""
    place = visit.stage.chart.nodes[walk.path[-1]]
    conditions = table()["inspection"].get(option.code)
    if not place.inspection or conditions is None:
        return
    answer = place.answer(option.code)
    for line in lines_of(view, walk):
        if line.state == "reserved":
            inspect(visit, line, visit.stage.draw.pick(conditions), bool(answer and answer.accepts))


def inspect(visit: Visit, line: CaseLineView, condition: str, accepted: bool) -> None:
    """Write down what was found on one line."""
    draw = visit.stage.draw
    good = line.quantity_milli
    if accepted and good >= 2000 and good % 1000 == 0 and draw.chance("partly_rejected"):
        good -= 1000
    place = None
    if accepted and line.category in table()["terms"]["destroyed"]:
        place = "V6"
    elif accepted:
        place = "V1" if condition in AS_NEW and draw.often(0.7) else draw.pick((None, "V3", "V5", "V4"))
        place = place if condition not in AS_NEW or place == "V1" else None
    serial = line.serial if draw.often(0.97) or not line.serial else f"{line.serial[:-1]}X"
    found = Inspection(
        received_milli=line.quantity_milli,
        accepted_milli=good if accepted else None,
        rejected_milli=line.quantity_milli - good if accepted else None,
        condition=condition,
        disposition=place,
        serial=serial or None,
        checks={"look": True, "function": condition in AS_NEW, "parts": condition != "K8"},
    )
    inspection.record_inspection(visit.clerk, line.id, found)


def choose_ahead(visit: Visit, view: CounterView, walk: WalkView, option: Option) -> None:
    """What must be chosen before an answer is given: the goods instead, the piece that was missing."""
    if option.remedy == ANOTHER:
        instead = _replacement(visit, view, walk)
        # A visit about no goods of its own has nothing to choose instead of.
        if instead:
            walks.choose(visit.clerk, walk.id, replacement=instead)
    elif option.remedy == MISSING and "missing" not in walk.choices:
        amount = visit.stage.draw.share(paid(view, walk), (5, 30))
        walks.choose(
            visit.clerk, walk.id, missing={"amount_fen": amount, "what": table()["texts"]["missing"]}
        )


def _replacement(visit: Visit, view: CounterView, walk: WalkView) -> list[dict[str, Any]]:
    """Something else of about the price for every line, preferably of the same kind."""
    stage, found = visit.stage, []
    for line in lines_of(view, walk):
        pieces = max(line.quantity_milli // 1000, 1)
        others = [one for one in stage.shelf if one.weight and not one.weighed and one.id != line.product_id]
        alike = [one for one in others if one.category == line.category]
        near = sorted(alike or others, key=lambda one: abs(one.price_fen - line.unit_price_fen))[:4]
        article = stage.draw.pick(near)
        found.append({"product_id": article.id, "name": article.name, "quantity_milli": pieces * 1000})
    return found


def bring_evidence(visit: Visit, view: CounterView) -> None:
    """Photos and texts that the path asks for; what cannot be had is waived with a reason."""
    draw = visit.stage.draw
    for walk in view.walks:
        for item in walk.evidence:
            if item.state != "wanted":
                continue
            if item.compulsory:
                _bring(visit, view, walk, item)
            elif item.kind.startswith("photo") and draw.chance("photo_optional"):
                _photo(visit, item)


def _bring(visit: Visit, view: CounterView, walk: WalkView, item: EvidenceItem) -> None:
    draw = visit.stage.draw
    if item.kind == "inspection":
        for line in lines_of(view, walk):
            if line.state == "reserved" and not line.received_milli:
                inspect(visit, line, draw.pick(table()["inspection"]["fit"]), accepted=False)
    elif item.kind == "waybill":
        walks.choose(visit.clerk, walk.id, waybill=waybill(visit))
    elif draw.chance("waive"):
        walks.waive_evidence(visit.clerk, walk.id, item.node, draw.reason("waive"), item.kind)
    elif item.kind == "listing_copy":
        photos.take_text(visit.clerk, visit.case_id, table()["texts"]["listing"], node=item.node)
    else:
        _photo(visit, item)


def _photo(visit: Visit, item: EvidenceItem) -> None:
    picture = pictures.photo(visit.stage.draw.between(0, pictures.VIEWS - 1))
    node = f"{item.node}:{item.kind}"
    photos.take_photo(visit.clerk, visit.case_id, picture, node=node, name=f"{item.title.zh}.png")


def waybill(visit: Visit) -> str:
    """The number of a parcel that never was."""
    return f"{table()['texts']['waybill_prefix']}{visit.stage.draw.digits(12)}"
