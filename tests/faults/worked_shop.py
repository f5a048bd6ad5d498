"""A shop after some days of work, looked at and changed from outside as somebody with the file in hands does."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image
from visits import Clock, Counter

from counter_app.db import connection
from counter_app.db.connection import FILE_NAME
from counter_app.db.verify import verify
from counter_app.db.verify_heads import Told
from counter_app.services import approvals, people, photos, printing, reversal, settings, setup, shift, staff


def photo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), (180, 40, 40)).save(held, "JPEG")
    return held.getvalue()


def work(counter: Counter) -> None:
    """Some days at the counter: refunds in cash and by WeChat, an exchange, a deposit, a coupon, a reversal."""
    counter.open_drawer()
    by_cash = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    photos.take_photo(counter.clerk, by_cash.case_id, photo(), name="crack.jpg")
    photos.take_text(counter.clerk, by_cash.case_id, "页面写着七天无理由退货")
    posted = by_cash.post()
    by_cash.settle()
    printing.printed(counter.clerk, printing.sheets(counter.clerk, posted.documents[-1].number)[0])
    by_phone = counter.visit(counter.simple_sale(price_fen=29900, tender="wechat"))
    by_phone.go("return", "agree", "in_person", "fit", "approve").post()
    by_phone.settle()
    changed = counter.visit(counter.simple_sale()).go("exchange", "fit", "same", "handed_over")
    changed.post()
    changed.settle()
    sent_first = counter.visit(counter.simple_sale())
    sent_first.go("problem", "yes", "quality", "goods", "exchange", "not_yet", "yes", "deposit").post()
    sent_first.settle()
    coupon = counter.visit(counter.simple_sale())
    coupon.choose(coupon={"what": "20元优惠券", "number": "C-1", "amount_fen": 2000})
    coupon.go("problem", "yes", "mismatch", "yes", "no", "no", "coupon").post()
    wrong = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    number = wrong.post().documents[-1].number
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))
    lost = counter.visit(counter.simple_sale()).go("return", "agree", "post", "lost", "refund")
    question = approvals.request(counter.clerk, lost.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "同意")
    lost.post()
    lost.settle()
    people.reveal_customer(counter.owner, by_cash.case_id, "回电话")
    staff.change_pin(counter.owner, 2, "5432")
    staff.choose_pin(counter.desk, 2, "5432", "6543")
    settings.set_setting(counter.owner, "notes.promotion", "周末八折")
    shift.close_shift(counter.owner, shift.cash_in_drawer(counter.owner))


@dataclass(frozen=True)
class Shop:
    """The folder of the worked shop, and what its database is like."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / FILE_NAME


def told(folder: Path, *heads_told: Told) -> set[tuple[str, str, str]]:
    """Table, row and column of everything that `verify` finds in a folder that nobody opens for writing before."""
    db = connection.open_database(folder, read_only=True)
    try:
        found = verify(db, folder, told=heads_told)
        return {(one.table, one.row, str(one.params.get("column", ""))) for one in found}
    finally:
        db.close()


def named(folder: Path, *heads_told: Told) -> set[tuple[str, str]]:
    """The same without the column."""
    return {(table, row) for table, row, _column in told(folder, *heads_told)}


def stranger(shop: Shop) -> Any:
    """The file in another program, without foreign keys, as SQLite opens it by itself."""
    db = sqlite3.connect(shop.file, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    return closing(db)


def guards_of(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())


def unseen(shop: Shop, act: Callable[[sqlite3.Connection], None]) -> None:
    """Take the guards off, do it, put them back."""
    with stranger(shop) as db:
        guards = guards_of(db)
        db.executescript("BEGIN;" + "".join(f'DROP TRIGGER "{name}";' for name in guards) + "COMMIT")
        act(db)
        db.executescript("BEGIN;" + ";".join(guards.values()) + ";COMMIT")


def keys(db: sqlite3.Connection, table: str, rows: str) -> set[tuple[str, str]]:
    key = next(column[1] for column in db.execute(f"PRAGMA table_info({table})") if column[5])
    return {(table, str(found)) for (found,) in db.execute(f"SELECT {key} FROM {table} WHERE {rows}")}


@contextmanager
def opened_again(shop: Shop) -> Iterator[Counter]:
    """The counter at work in the folder itself, two days later."""
    db = connection.open_database(shop.folder)
    clock = Clock()
    clock.forward(days=2)
    try:
        yield Counter(setup.open_desk(db, shop.folder, clock), clock, count(5000))
    finally:
        db.close()
