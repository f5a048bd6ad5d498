"""The first run of a shop, and opening its desk on every later one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peewee import SqliteDatabase

from counter_app.db.connection import FOLDERS
from counter_app.db.models import Setting, Shop
from counter_app.domain import text
from counter_app.domain.errors import UserError
from counter_app.domain.roles import EDIT_POLICY
from counter_app.services import policy, roles, settings, staff
from counter_app.services.desk import Clock, Desk, ShopView, StaffView
from counter_app.services.settings import DEFAULTS

_CODE = re.compile(r"[A-Z0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class ShopSetup:
    """What the first run asks. `code` is part of every document number and never changes: 1 to 6 capital
    letters or digits. `settings` are first values of settings, see `services/settings.py`."""

    name: str
    code: str
    manager_name: str
    manager_pin: str
    address: str = ""
    phone: str = ""
    province: str = ""
    manager_code: str = "01"
    time_zone: str = "Asia/Shanghai"
    settings: Mapping[str, Any] = field(default_factory=dict)


def is_new(db: SqliteDatabase) -> bool:
    """Whether nobody has set up a shop in this database yet."""
    return not Shop.select().exists()


def set_up_shop(db: SqliteDatabase, folder: Path, clock: Clock, setup: ShopSetup) -> Desk:
    """Create the shop, its rules from the shipped defaults and its manager, who is also its owner.

    Returns the desk with the manager signed in. The key that seals stored PDFs is made with it.
    Raises UserError `setup.…`, `staff.pin.shape`; SurroundingsError `seal.cannot_keep`.
    """
    shop = _shop_view(setup)
    desk = Desk(db, folder, None, clock, shop)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    with db.atomic("IMMEDIATE"):
        if not is_new(db):
            raise UserError("setup.done_already")
        for key, value in setup.settings.items():
            if key not in DEFAULTS:
                raise UserError("settings.unknown", key=key)
            Setting.create(key=key, value=value, at=desk.instant())
        Shop.create(
            id=1,
            code=shop.code,
            name=shop.name,
            address=shop.address,
            phone=shop.phone,
            province=shop.province,
            time_zone=shop.time_zone,
            salt=shop.salt,
            opened_at=desk.instant(),
        )
        policy.seed_defaults(desk)
        manager = staff.NewStaff(
            setup.manager_code, setup.manager_name, roles.OWNER_ROLE, setup.manager_pin, owner=True
        )
        row = staff.create(desk, manager, by=None)
    # Only a first run makes the key: every later start does without all that signs and draws papers.
    from counter_app.services import shop_key

    shop_key.signer(desk)
    return replace(desk, staff=staff.staff_view(desk, row.id))


def open_desk(
    db: SqliteDatabase,
    folder: Path,
    clock: Clock,
    staff_view: StaffView | None = None,
    *,
    read_only: bool = False,
) -> Desk:
    """The desk of a shop that is set up. Rules that a newer program ships are added first, unless the database was
    opened to be read alone: then those it has hold.

    Raises UserError `setup.first`.
    """
    row = Shop.get_or_none(Shop.id == 1)
    if row is None:
        raise UserError("setup.first")
    shop = ShopView(row.code, row.name, row.address, row.phone, row.province, row.time_zone, row.salt)
    desk = Desk(db, folder, staff_view, clock, shop)
    if not read_only:
        policy.seed_defaults(desk)
    return desk


def signed_in(desk: Desk, staff_view: StaffView | None) -> Desk:
    """The same desk with somebody else, or nobody, standing at it."""
    return replace(desk, staff=staff_view)


def change_shop(desk: Desk, *, name: str, address: str, phone: str, province: str) -> Desk:
    """Change what slips print about the shop. Code and time zone stay for ever."""
    staff.require(desk, EDIT_POLICY)
    shop = replace(
        desk.shop,
        name=_required(name, "setup.name"),
        address=text.clean_line(address, text.LINE_LIMIT, "setup.address"),
        phone=text.clean_line(phone, text.PHONE_LIMIT, "setup.phone"),
        province=text.clean_line(province, 20, "setup.province"),
    )
    with desk.db.atomic("IMMEDIATE"):
        Shop.update(name=shop.name, address=shop.address, phone=shop.phone, province=shop.province).where(
            Shop.id == 1
        ).execute()
        if shop != desk.shop:
            settings.keep_shop(
                desk, name=shop.name, address=shop.address, phone=shop.phone, province=shop.province
            )
    return replace(desk, shop=shop)


def _shop_view(setup: ShopSetup) -> ShopView:
    code = setup.code.strip().upper()
    if not _CODE.fullmatch(code):
        raise UserError("setup.code", typed=setup.code[:20])
    import secrets  # not for the first picture

    try:
        ZoneInfo(setup.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise UserError("setup.time_zone", zone=setup.time_zone[:40]) from unknown
    return ShopView(
        code=code,
        name=_required(setup.name, "setup.name"),
        address=text.clean_line(setup.address, text.LINE_LIMIT, "setup.address"),
        phone=text.clean_line(setup.phone, text.PHONE_LIMIT, "setup.phone"),
        province=text.clean_line(setup.province, 20, "setup.province"),
        time_zone=setup.time_zone,
        salt=secrets.token_hex(32),
    )


def _required(value: str, name: str) -> str:
    cleaned = text.clean_line(value, text.NAME_LIMIT, name)
    if not cleaned:
        raise UserError("setup.name.empty")
    return cleaned
