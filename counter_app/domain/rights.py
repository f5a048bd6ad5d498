"""What the customer has a right to, until when, on what basis (消法 23-25, 三包, the shop's promise).

Pure: `rights_of(facts, policy, calendar)` reads one frozen `RightsFacts` and answers a frozen `Rights`.

    facts = RightsFacts(channel="remote", today=date(2026, 11, 21), received_on=date(2026, 11, 16), category=phone)
    rights = rights_of(facts, policy, calendar)
    rights.of("no_reason").last_day   # 2026-11-23

Every window begins the day after its start and runs on past rest days (`dates.window_end`). The two clocks that
bind the shop, refund after goods and the stalling presumption, never move (`dates.deadline`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from counter_app.domain.categories import CategoryTerms, ProvinceTerms
from counter_app.domain.dates import Calendar, deadline, months_window_end, window_end
from counter_app.domain.errors import UserError
from counter_app.domain.policy import FreightRule, ShopPolicy, who_pays_freight
from counter_app.domain.spoken import Reason

Kind = Literal[
    "no_reason",
    "promise",
    "prepaid_return",
    "quality_return",
    "quality_exchange",
    "quality_repair",
    "guarantee_whole",
    "guarantee_main_part",
    "guarantee_accessory",
    "two_repairs",
    "same_fault",
    "burden_of_proof",
    "refund_due",
    "handling_due",
]
EXCLUDED_CAUSES = ("misuse", "opened", "serial_mismatch", "no_voucher", "altered_voucher", "force_majeure")
"""Causes outside the three guarantees (三包规定 16); each needs evidence, a supervisor confirms."""


NO_PROVINCE = ProvinceTerms("NONE", "", "")
"""A shop whose province adds nothing, or is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFacts:
    """What the rights of one sale line depend on. Days in the shop's zone, None = not known or not happened.

    `confirmed_exclusion`: the buyer confirmed at purchase that no-reason return is excluded, and it is stored.
    `repairs_done`: repairs under the guarantee after which the fault came back. `repair_days`: days in repair so
    far, which do not count. `days_in_repair`, `waiting_part_days`: of the present repair. `exchanged_on`: the day
    this article replaced another, which restarts its guarantee. `had_goods_before`: prepaid card buyers who knew
    the goods. `about_stated_flaw`: the complaint is the flaw that the sale stated.
    """

    today: date
    category: CategoryTerms
    channel: Literal["store", "remote"] = "store"
    purchased_on: date | None = None
    delivered_on: date | None = None
    received_on: date | None = None
    installed_on: date | None = None
    exchanged_on: date | None = None
    province: ProvinceTerms = NO_PROVINCE
    confirmed_exclusion: bool = False
    intact: bool = True
    about_stated_flaw: bool = False
    had_goods_before: bool = False
    excluded_cause: str = ""
    accessory: str = ""
    repairs_done: int = 0
    repair_days: int = 0
    days_in_repair: int = 0
    waiting_part_days: int = 0
    last_repair_on: date | None = None
    goods_back_on: date | None = None
    asked_on: date | None = None

    def __post_init__(self) -> None:
        if self.excluded_cause and self.excluded_cause not in EXCLUDED_CAUSES:
            raise UserError("rights.cause.unknown", cause=self.excluded_cause)


@dataclass(frozen=True, slots=True)
class Right:
    """One right. `because` is worded in the error catalogue with its figures; `source` is where the term comes
    from (`law`, `shop`, `category`, `province:ZJ`); `note` the code of a remark, e.g. on unknown holidays."""

    kind: Kind
    open: bool
    last_day: date | None
    basis: str
    because: Reason
    source: str = "law"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """All rights of one line, and who pays its way back for each cause that can be meant."""

    rights: tuple[Right, ...]
    start: date | None
    freight_quality: FreightRule
    freight_no_reason: FreightRule

    def of(self, kind: Kind) -> Right | None:
        """The right of a kind, or None where it does not exist for these goods and this sale."""
        return next((right for right in self.rights if right.kind == kind), None)

    def is_open(self, kind: Kind) -> bool:
        """Whether the right exists and is open today."""
        right = self.of(kind)
        return right is not None and right.open

    def open_kinds(self) -> tuple[Kind, ...]:
        """Kinds of the open rights, in the order they are shown."""
        return tuple(right.kind for right in self.rights if right.open)

    @property
    def may_return(self) -> bool:
        """Whether some right lets the customer return without a fault."""
        return any(self.is_open(kind) for kind in ("no_reason", "promise", "prepaid_return"))


def start_of_clock(facts: RightsFacts) -> date | None:
    """The day the customer's windows begin to run from, itself not counted.

    Completed installation where there is one, else sign-off, else purchase (实施条例 18; 电子商务法 51); an
    exchange begins anew.
    """
    own = facts.installed_on or facts.received_on or facts.delivered_on or facts.purchased_on
    if facts.exchanged_on is not None:
        return max(facts.exchanged_on, own) if own else facts.exchanged_on
    return own


def guarantee_months(
    facts: RightsFacts, part: Literal["whole", "main_part", "accessory"]
) -> tuple[int, str, str]:
    """Months of the guarantee of a part, their basis and source; a province's longer duty wins."""
    category, province = facts.category, facts.province
    months = {
        "whole": category.months,
        "main_part": max(category.months, category.months_main),
        "accessory": category.accessory_months(facts.accessory),
    }[part]
    duty = province.repair_duty_months if category.durable and part != "accessory" else None
    if duty is not None and duty > months:
        return duty, province.source, f"province:{province.code}"
    return months, category.source, "category"


def _lower(shop: int, province: int | None) -> tuple[int, bool]:
    """The lower of two limits is the better one for the customer; whether the province's won."""
    if province is not None and province < shop:
        return province, True
    return shop, False


class _Reader:
    """Builds the rights of one set of facts; holds what each of them needs."""

    def __init__(self, facts: RightsFacts, policy: ShopPolicy, calendar: Calendar) -> None:
        self.facts, self.policy, self.calendar = facts, policy, calendar
        self.start = start_of_clock(facts)

    def window(
        self, kind: Kind, start: date | None, last: date | None, basis: str, source: str = "law"
    ) -> Right:
        if start is None or last is None:
            return Right(kind, True, None, basis, Reason("rights.not_started"), source)
        opened = self.facts.today <= last
        because = Reason(
            "rights.window_open" if opened else "rights.window_past",
            {"start": start.isoformat(), "last": last.isoformat(), "today": self.facts.today.isoformat()},
        )
        return Right(kind, opened, last, basis, because, source, self.calendar.note(last))

    def days(self, kind: Kind, start: date | None, days: int, basis: str, source: str = "law") -> Right:
        last = window_end(start, days, self.calendar) if start else None
        return self.window(kind, start, last, basis, source)

    def shut(self, right: Right, code: str, **params: object) -> Right:
        return Right(
            right.kind,
            False,
            right.last_day,
            right.basis,
            Reason(code, dict(params)),
            right.source,
            right.note,
        )

    def no_reason(self) -> Right | None:
        facts, category = self.facts, self.facts.category
        if facts.channel != "remote":
            return None
        start = facts.received_on or facts.delivered_on
        right = self.days("no_reason", start, self.policy.remote_no_reason_days, "消费者权益保护法 25")
        if category.no_reason == "shop":
            return self.shut(right, "rights.category_without", category=category.zh, category_en=category.en)
        if facts.confirmed_exclusion and category.no_reason != "yes":
            return self.shut(
                right, "rights.excluded_confirmed", category=category.zh, category_en=category.en
            )
        if not facts.intact:
            return self.shut(right, "rights.not_intact")
        if right.open and (facts.confirmed_exclusion or category.no_reason != "yes"):
            code = (
                "rights.exclusion_not_allowed"
                if facts.confirmed_exclusion
                else "rights.exclusion_unconfirmed"
            )
            because = Reason(code, {"category": category.zh, "category_en": category.en})
            return replace(right, basis="消费者权益保护法 25; 消费者权益保护法实施条例 19", because=because)
        return right

    def promise(self) -> Right | None:
        facts, days = self.facts, self.policy.promise_days
        if facts.channel != "store":
            return None
        start = facts.delivered_on or facts.purchased_on
        right = self.days("promise", start, days, "线下无理由退换承诺", "shop")
        if days == 0:
            return Right("promise", False, None, right.basis, Reason("rights.no_promise"), "shop")
        if facts.confirmed_exclusion and facts.category.no_reason != "yes":
            return self.shut(
                right, "rights.excluded_confirmed", category=facts.category.zh, category_en=facts.category.en
            )
        return right if facts.intact else self.shut(right, "rights.not_intact")

    def prepaid(self) -> Right | None:
        if not self.facts.category.prepaid:
            return None
        right = self.days(
            "prepaid_return", self.facts.purchased_on, self.policy.prepaid_return_days, "法释〔2025〕4号 14"
        )
        return self.shut(right, "rights.had_before") if self.facts.had_goods_before else right

    def quality(self, right: Right) -> Right:
        """A right from a fault falls away for the flaw that was stated and for causes outside the guarantee."""
        if self.facts.about_stated_flaw:
            return self.shut(right, "rights.stated_flaw")
        if self.facts.excluded_cause:
            return self.shut(right, f"rights.cause.{self.facts.excluded_cause}")
        return right

    def faults(self) -> list[Right]:
        policy, category = self.policy, self.facts.category
        if category.three_guarantees:
            exchange_days = max(policy.guarantee_exchange_days, category.exchange_days)
            found = [
                self.days(
                    "quality_return", self.start, policy.guarantee_return_days, category.source, "category"
                ),
                self.days("quality_exchange", self.start, exchange_days, category.source, "category"),
            ]
            repair = self.guarantee("whole")
            if found[1].open and not repair.open:
                repair = found[1]
            found.append(replace(repair, kind="quality_repair"))
        else:
            always = Reason("rights.always")
            basis = "消费者权益保护法 24"
            found = [self.days("quality_return", self.start, policy.quality_return_days, basis)]
            found.append(Right("quality_exchange", True, None, basis, always))
            if category.repairable:
                found.append(Right("quality_repair", True, None, basis, always))
        return [self.quality(right) for right in found]

    def guarantee(self, part: Literal["whole", "main_part", "accessory"]) -> Right:
        facts = self.facts
        months, basis, source = guarantee_months(facts, part)
        kind: Kind = f"guarantee_{part}"  # type: ignore[assignment]
        last = None
        if self.start is not None:
            if part == "whole" and not months and facts.category.guarantee_days:
                days = facts.category.guarantee_days + facts.repair_days
                last = window_end(self.start, days, self.calendar)
            else:
                last = months_window_end(self.start, months, self.calendar, facts.repair_days)
        right = self.window(kind, self.start, last, basis, source)
        if not months and not (part == "whole" and facts.category.guarantee_days):
            return self.shut(
                right, "rights.no_guarantee", category=facts.category.zh, category_en=facts.category.en
            )
        return right

    def two_repairs(self) -> Right | None:
        """Failed repairs or too long a wait give exchange or return (三包规定 11-13)."""
        facts, policy, province = self.facts, self.policy, self.facts.province
        if not facts.category.three_guarantees:
            return None
        repairs, repairs_by = _lower(policy.repairs_before_exchange, province.repairs_before_exchange)
        waiting = facts.category.waiting_part_days or policy.waiting_part_days
        waiting, waiting_by = _lower(waiting, province.waiting_part_days)
        longest, longest_by = _lower(policy.repair_days_limit, province.repair_days_limit)
        basis, source = facts.category.source, "category"
        if repairs_by or waiting_by or longest_by:
            basis, source = province.source, f"province:{province.code}"
        if facts.repairs_done >= repairs:
            because = Reason("rights.repairs_reached", {"done": facts.repairs_done, "limit": repairs})
        elif facts.waiting_part_days > waiting:
            because = Reason("rights.waited_for_part", {"days": facts.waiting_part_days, "limit": waiting})
        elif facts.days_in_repair > longest:
            because = Reason("rights.long_in_repair", {"days": facts.days_in_repair, "limit": longest})
        else:
            because = Reason("rights.repairs_not_reached", {"done": facts.repairs_done, "limit": repairs})
            return Right("two_repairs", False, None, basis, because, source)
        return self.quality(Right("two_repairs", True, None, basis, because, source))

    def same_fault(self) -> Right | None:
        """A repaired spot is good for at least 30 days (三包规定; 浙江, 山东)."""
        if self.facts.last_repair_on is None:
            return None
        province = self.facts.province
        days = max(self.policy.repaired_good_days, province.repaired_good_days or 0)
        return self.days("same_fault", self.facts.last_repair_on, days, "部分商品修理更换退货责任规定")

    def burden(self) -> Right | None:
        if not self.facts.category.durable:
            return None
        months = self.policy.burden_of_proof_months
        last = months_window_end(self.start, months, self.calendar) if self.start else None
        return self.window("burden_of_proof", self.start, last, "消费者权益保护法 23")

    def duties(self) -> list[Right]:
        """Clocks that bind the shop; their last day never moves."""
        found: list[Right] = []
        if self.facts.goods_back_on is not None:
            start, days = self.facts.goods_back_on, self.policy.refund_after_goods_days
            found.append(self.window("refund_due", start, deadline(start, days), "消费者权益保护法 25"))
        if self.facts.asked_on is not None:
            start, days = self.facts.asked_on, self.policy.handling_limit_days
            basis = "侵害消费者权益行为处罚办法 8-10"
            found.append(self.window("handling_due", start, deadline(start, days), basis))
        return found


def rights_of(facts: RightsFacts, policy: ShopPolicy, calendar: Calendar) -> Rights:
    """Every right of one sale line today, with its last day, basis and reason.

    Exclusions from no-reason return count only with the buyer's stored confirmation (实施条例 19). Of a national
    and a provincial term the one that favours the customer is taken and named.
    """
    reader = _Reader(facts, policy, calendar)
    found = [reader.no_reason(), reader.promise(), reader.prepaid(), *reader.faults()]
    found += [reader.quality(reader.guarantee("whole")), reader.quality(reader.guarantee("main_part"))]
    if facts.category.accessories:
        found.append(reader.quality(reader.guarantee("accessory")))
    found += [reader.two_repairs(), reader.same_fault(), reader.burden(), *reader.duties()]
    cause = "no_reason" if facts.channel == "remote" else "promise"
    return Rights(
        tuple(right for right in found if right is not None),
        reader.start,
        who_pays_freight("quality", policy),
        who_pays_freight(cause, policy),
    )
