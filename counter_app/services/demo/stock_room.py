"""The stock room of a demonstration: goods are sorted, sent back, destroyed, recalled and counted now and then."""

from __future__ import annotations

from functools import cache

from counter_app.services import claim_views, claims, holdings, recalls, scrapping, stock_counts, stock_moves
from counter_app.services.claims import NewClaim, Wanted
from counter_app.services.demo import pictures
from counter_app.services.demo.invented import Draw
from counter_app.services.demo.stage import Member, Stage
from counter_app.services.desk import Desk
from counter_app.services.recalls import NewRecall
from counter_app.services.scrapping import NewScrap
from counter_app.services.stock_moves import Moving

SUPPLIERS = ("杭州晨星电器厂", "苏州云帆日用品有限公司", "佛山山岚家电")
COURIERS = ("迅达速运", "百川快递")


def tidy(stage: Stage) -> None:
    """What somebody does in the stock room before the shop closes; other chance than the counter's."""
    draw = Draw.of("stock room", stage.clock.day.isoformat())
    _sort(stage, draw)
    _send_back(stage)
    _go_on(stage, draw)
    if stage.clock.day.day in (8, 18, 28):
        _find_broken(stage)
    _destroy(stage)
    if draw.often(0.05):
        _claim_parcel(stage, draw)
    if draw.often(0.04) and not recalls.recalls(stage.desk, limit=1):
        _recall(stage, draw)
    if stage.clock.day.day in (10, 25):
        _count(stage)
    if stage.clock.day.day == 5:
        _put_gifts_aside(stage)


def _sort(stage: Stage, draw: Draw) -> None:
    """Goods that waited in quarantine are looked at again."""
    desk = _as(stage, "supervisor")
    for one in holdings.holdings(desk, "V0", limit=6):
        if (stage.clock.day - one.since).days < 4 or one.product_id is None or stock_moves.undecided(one):
            continue
        place = "V6" if one.condition == "K14" else draw.pick(("V5", "V4", "V3"))
        # Food and medicine that came back go to destruction; the shop's own rule says so.
        place = "V6" if one.category in ("FOOD", "DRUG", "FRESH", "COSM") else place
        wish = Moving("V0", one.product_id, one.case_line_id, one.quantity_milli, place, "复检后分流")
        stock_moves.move(desk, wish, stage.request())


def _send_back(stage: Stage) -> None:
    """What collected for the suppliers goes out as one claim."""
    desk = _as(stage, "supervisor")
    waiting = [one for one in holdings.holdings(desk, "V4", limit=6) if one.product_id is not None]
    taken = {
        (line.product_id, line.case_line_id)
        for claim in claim_views.claims(desk, "supplier", open_only=True, limit=20)
        if claim.state == "open"
        for line in claim_views.claim(desk, claim.id).lines
    }
    waiting = [one for one in waiting if (one.product_id, one.case_line_id) not in taken]
    if len(waiting) < 2:
        return
    goods = tuple(Wanted(one.place, one.product_id, one.case_line_id, one.quantity_milli) for one in waiting)
    asked = sum(one.value_fen or 0 for one in waiting)
    party = SUPPLIERS[stage.clock.day.toordinal() % len(SUPPLIERS)]
    claims.open_claim(desk, NewClaim("supplier", party, "顾客退回,质量问题", asked, goods), stage.request())


def _go_on(stage: Stage, draw: Draw) -> None:
    """Open claims are answered, one step a day."""
    desk = _as(stage, "supervisor")
    for one in claim_views.claims(desk, open_only=True, limit=5):
        if not draw.often(0.4):
            continue
        state = draw.pick([step for step in one.next_states if step != "closed"] or ["closed"])
        amount = one.asked_fen * draw.between(50, 100) // 100 if state == "credited" else 0
        if state == "credited" and not amount:
            state = "refused"
        claims.step(desk, one.id, state, stage.request(), amount_fen=amount, place="V5")


def _find_broken(stage: Stage) -> None:
    """Four pieces on the shelf are broken: two are the supplier's fault, two nobody's."""
    desk = _as(stage, "supervisor")
    sound = [
        one
        for one in holdings.holdings(desk, "V1", limit=40)
        if not one.weighed and one.quantity_milli >= 5000
    ]
    for one, place in zip(sound, ("V6", "V6", "V4", "V4"), strict=False):
        wish = Moving("V1", one.product_id, None, 1000, place, "货架上发现损坏")
        stock_moves.move(desk, wish, stage.request())


def _destroy(stage: Stage) -> None:
    """What waits for destruction is destroyed once there is enough of it, before a clerk."""
    desk, witness = _as(stage, "supervisor"), _first(stage, "clerk")
    waiting = [one for one in holdings.holdings(desk, "V6", limit=8) if one.product_id is not None]
    if len(waiting) < 2:
        return
    goods = tuple(Wanted(one.place, one.product_id, one.case_line_id, one.quantity_milli) for one in waiting)
    new = NewScrap(goods, "不能再销售", "拆解粉碎后按废弃物处理", (_photo(),))
    scrapping.scrap(desk, new, (witness.id, witness.pin), stage.request())


def _claim_parcel(stage: Stage, draw: Draw) -> None:
    """A courier damaged or lost something."""
    new = NewClaim(
        "courier",
        draw.pick(COURIERS),
        draw.pick(("破损 · 外箱压坏", "丢失 · 签收人不符", "延误 · 超过承诺时效")),
        draw.between(20, 400) * 100,
        parcel=f"YT{draw.digits(12)}",
        insured=draw.often(0.3),
    )
    claims.open_claim(_as(stage, "clerk"), new, stage.request())


def _recall(stage: Stage, draw: Draw) -> None:
    """An article turns out to be unsafe; a few of its customers are called."""
    desk = _as(stage, "supervisor")
    article = draw.pick(stage.shelf)
    new = NewRecall("安全隐患,厂家通知召回", "请停止使用,凭购买记录全额退款", product_id=article.id)
    kept = recalls.open_recall(desk, new).value
    for sale in recalls.sales_of(desk, kept.id, limit=2):
        recalls.called(desk, kept.id, sale.sale_line_id, draw.pick(recalls.REACHED[:2]))


def _count(stage: Stage) -> None:
    """The defective store is counted; one piece more or less is found now and then."""
    desk, owner = _as(stage, "supervisor"), _first(stage, "manager")
    session = stock_counts.start(desk, "V5").value
    for at, line in enumerate(session.rows):
        missing = at == 0 and line.tied and stage.clock.day.month % 2 == 0
        stock_counts.write(desk, line.id, 0 if missing else line.expected_milli)
    differs = stock_counts.count(desk, session.id).different
    by = (owner.id, owner.pin) if differs else None
    stock_counts.post(desk, session.id, "盘点找不到实物" if differs else "", stage.request(), by)


def _put_gifts_aside(stage: Stage) -> None:
    """A few pieces of one article become gifts."""
    desk = _as(stage, "supervisor")
    for one in holdings.holdings(desk, "V1", limit=40):
        if not one.weighed and one.quantity_milli >= 8000 and (one.cost_fen or 0) <= 3000:
            wish = Moving("V1", one.product_id, None, 3000, "V13", "备作赠品")
            stock_moves.move(desk, wish, stage.request())
            return


def _first(stage: Stage, role: str) -> Member:
    """Always the same person of a role: the counter's chance is left alone."""
    return next(one for one in stage.crew if one.role == role)


def _as(stage: Stage, role: str) -> Desk:
    return stage.as_member(_first(stage, role))


@cache
def _photo() -> bytes:
    return pictures.photo(1)
