"""Who and what takes part: the shop, its people with their PINs, its goods, the diary, and chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from counter_app.db.models import Setting
from counter_app.domain.chart import Chart
from counter_app.domain.new_product import NewProduct
from counter_app.domain.roles import CHART_ROLES, DECIDE
from counter_app.services import policy, products, roles, rules, setup, staff
from counter_app.services.demo.invented import Draw, table
from counter_app.services.demo.steering import Steering
from counter_app.services.demo.times import Act, DemoClock, Diary, at, in_hours
from counter_app.services.desk import Desk
from counter_app.services.staff import NewStaff

QUICK_PINS = {"pin.memory_kib": 8, "pin.rounds": 1}
"""A demonstration shows PINs thousands of times; afterwards the usual settings hold again."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the shelf. Price and cost in 分."""

    id: int
    sku: str
    name: str
    category: str
    price_fen: int
    weight: int
    weighed: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here, and the PIN to sign in with."""

    id: int
    code: str
    name: str
    role: str
    pin: str


@dataclass
class Stage:
    """Everything one demonstration needs."""

    desk: Desk
    clock: DemoClock
    draw: Draw
    diary: Diary
    steering: Steering
    crew: tuple[Member, ...]
    shelf: tuple[Article, ...]
    seconds: float
    """How long a clerk takes for one step."""
    dead_ends: Counter[str] = field(default_factory=Counter)
    """Why visits were given up, by code."""
    reversed: set[str] = field(default_factory=set)
    _requests: Iterator[int] = field(default_factory=lambda: count(1))
    _desks: dict[int, Desk] = field(default_factory=dict)

    @property
    def chart(self) -> Chart:
        """The chart that visits walk."""
        return self.steering.chart

    def request(self) -> str:
        """An id for one more wish."""
        return f"demo-{next(self._requests)}"

    def member(self, role: str) -> Member:
        """Somebody of that role; one of several by chance."""
        return self.draw.pick([one for one in self.crew if one.role == role])

    def as_member(self, member: Member) -> Desk:
        """The desk with this person at it."""
        if member.id not in self._desks:
            self._desks[member.id] = replace(self.desk, staff=staff.staff_view(self.desk, member.id))
        return self._desks[member.id]

    def as_role(self, role: str) -> Desk:
        """The desk with somebody of that role at it."""
        return self.as_member(self.member(role))

    def decider(self, desk: Desk, role: str, amount_fen: int) -> Member | None:
        """Who answers for a role of the chart; None when whoever stands at the desk may."""
        right = CHART_ROLES.get(role, DECIDE)
        if desk.staff is not None and right in desk.staff.rights:
            return None
        for name in ("supervisor", "manager"):
            member = self.member(name)
            view = self.as_member(member).staff
            if view is not None and right in view.rights and (view.owner or amount_fen <= view.limit_fen):
                return member
        return self.member(roles.OWNER_ROLE)

    def tick(self) -> None:
        """One step at the counter took its time."""
        self.clock.spend(self.seconds * (0.5 + self.draw.random.random()))

    def later(self, hours: tuple[int, int], act: Act) -> None:
        """Let something happen so many hours from now, in the shop's hours."""
        moment = self.clock.now() + timedelta(minutes=self.draw.between(hours[0] * 60, hours[1] * 60))
        self.diary.write(in_hours(moment, self.draw.between(15, 90)), act)

    def in_days(self, days: tuple[int, int], act: Act) -> None:
        """Let something happen on a later day, some time between opening and closing."""
        day = self.clock.day + timedelta(days=self.draw.between(*days))
        self.diary.write(at(day, self.draw.between(20, 640)), act)


def set_the_stage(db: SqliteDatabase, folder: Path, draw: Draw, diary: Diary, seconds: float) -> Stage:
    """Set the shop up: rules, people, goods on the shelf. Raises UserError `setup.done_already`."""
    told = table()
    desk = setup.set_up_shop(db, folder, diary.clock, _shop(told))
    crew = tuple(_members(desk, told))
    owner = replace(desk, staff=staff.staff_view(desk, crew[0].id))
    _promise(owner, told["shop"]["promises"])
    shelf = tuple(_articles(owner, told))
    steering = Steering(rules.current_chart(owner)[1], draw)
    return Stage(owner, diary.clock, draw, diary, steering, crew, shelf, seconds)


def leave_the_stage(db: SqliteDatabase) -> None:
    """The usual strength of PINs holds from the next time somebody signs in."""
    with db.atomic("IMMEDIATE"):
        Setting.delete().where(Setting.key << list(QUICK_PINS)).execute()


def _shop(told: dict[str, Any]) -> setup.ShopSetup:
    shop = told["shop"]
    manager = told["staff"][0]
    return setup.ShopSetup(
        name=shop["name"],
        code=shop["code"],
        address=shop["address"],
        phone=shop["phone"],
        province=shop["province"],
        manager_name=manager["name"],
        manager_pin=manager["pin"],
        manager_code=manager["code"],
        settings=QUICK_PINS,
    )


def _members(desk: Desk, told: dict[str, Any]) -> Iterator[Member]:
    for number, one in enumerate(told["staff"]):
        new = NewStaff(one["code"], one["name"], one["role"], one["pin"])
        known = number == 0  # the manager came with the shop
        staff_id = staff.list_staff(desk)[0].id if known else _hired(desk, new)
        yield Member(staff_id, new.code, new.name, new.role, new.pin)


def _promise(desk: Desk, figures: list[str]) -> None:
    """The shop promises what it may: returns of store sales, protection of prices."""
    content = deepcopy(dict(policy.current(desk, rules.SHOP).content))
    for figure in figures:
        content["figures"][figure]["value"] = True
    policy.publish(desk, rules.SHOP, content, "demo")


def _articles(desk: Desk, told: dict[str, Any]) -> Iterator[Article]:
    terms: dict[str, list[str]] = told["terms"]
    for category, rows in told["goods"].items():
        for number, (sku, name, model, price, cost, stock, weight) in enumerate(rows):
            weighed = sku in terms["weighed"]
            kept = products.save_product(
                desk,
                NewProduct(
                    sku=sku,
                    name=name,
                    price_fen=price,
                    barcode=_barcode(category, number),
                    model=model,
                    category=category,
                    cost_fen=cost,
                    tax_rate_bp=900 if category in terms["destroyed"] else 1300,
                    weighed=weighed,
                ),
            ).value
            if stock:
                products.count_stock(desk, kept.id, stock * 1000)
            yield Article(kept.id, sku, name, category, price, weight, weighed)


def _barcode(category: str, number: int) -> str:
    """A barcode of the range that shops give out themselves (20–29), with its check digit."""
    digits = f"21{sum(category.encode()) % 10_000:04d}{number:06d}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def _hired(desk: Desk, new: NewStaff) -> int:
    """Added with a first PIN, and the one they then choose themselves is the one that is told."""
    first = replace(new, pin=f"{new.pin[:8]}0000")
    staff_id = staff.add_staff(desk, first).value.id
    staff.choose_pin(desk, staff_id, first.pin, new.pin)
    return staff_id
