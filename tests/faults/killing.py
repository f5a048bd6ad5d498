"""Kills windows at work, at random or in a chosen moment, and looks after each whether the shop is whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from books_hold import Told, trouble
from standing_still import (
    CHUNK,
    COMMIT,
    COMMITTED,
    FILE,
    MOMENTS,
    OF_BEGINNINGS,
    OF_UPDATES,
    PAGES,
    PRINT,
    ROW,
    SHEET,
)
from updating import later_release, updated
from visits import Clock, Counter, build_shop

from counter_app.db import backup, connection
from counter_app.db.verify import verify
from counter_app.domain.errors import CounterError
from counter_app.services import setup

WINDOW, UPDATE = (Path(__file__).with_name(name) for name in ("working_day.py", "updating.py"))
KILLS_IN_ONE_SHOP = 60
"""Then another shop begins: looking through all of its books after each kill takes longer the more it did."""
PATIENCE_S = 180
BEGINS: dict[str, tuple[str, ...]] = {
    ROW: (
        "refund",
        "exchange",
        "reverse",
        "settle",
        "take_in",
        "change_shift",
        "photograph",
        "scrap",
        "recall",
        "erase",
    ),
    COMMIT: (
        "refund",
        "exchange",
        "reverse",
        "settle",
        "take_in",
        "change_shift",
        "scrap",
        "recall",
        "erase",
    ),
    COMMITTED: ("refund", "exchange", "reverse", "settle", "take_in", "scrap", "recall", "erase"),
    FILE: ("photograph", "back_up", "export", "scrap"),
    CHUNK: ("take_in",),
    PAGES: ("back_up",),
    SHEET: ("export",),
    PRINT: ("refund",),
}
"""With which acts a window begins that is to be stopped in a moment of this kind."""


@dataclass
class Figures:
    """What a run came to."""

    kills: Tally[str] = field(default_factory=Tally)
    """How often a window was killed: at random, or in which moment."""
    ended: int = 0
    """Windows that were done before anybody killed them."""
    acknowledged: Tally[str] = field(default_factory=Tally)
    open_wishes: Tally[str] = field(default_factory=Tally)
    """What was wished and not answered when the window died, and what the next window was told."""
    broken: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For the note."""
        lost = [one for one in self.broken if one.startswith("lost: ")]
        return [
            f"kills: {self.kills.total()} ({_told(self.kills)}); windows that ended by themselves: {self.ended}",
            f"acknowledged steps: {self.acknowledged.total()} ({_told(self.acknowledged)})",
            f"wishes without an answer: {_told(self.open_wishes)}",
            f"acknowledged and lost: {len(lost)}",
            f"broken: {len(self.broken) - len(lost)}",
            *self.broken[:20],
        ]


def _told(tally: Tally[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in tally.most_common()) or "none"


@dataclass
class Life:
    """One window from its start to its end."""

    said: list[Told]
    killed: str
    """How: "" when it ended by itself."""

    @property
    def did(self) -> list[Told]:
        return [one for one in self.said if "did" in one]

    @property
    def open_wish(self) -> Told | None:
        """What it had wished last and not heard of."""
        answered = {one.get("request") for one in self.said if "did" in one}
        wishes = [one["try"] for one in self.said if "try" in one and one["try"]["request"] not in answered]
        return wishes[-1] if wishes else None


def one_life(folder: Path, orders: dict[str, Any], chance: Random, program: Path = WINDOW) -> Life:
    """Let a window work and kill it: in the moment its orders name, else whenever chance wants."""
    window = subprocess.Popen(
        [sys.executable, str(program), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert window.stdin is not None and window.stdout is not None and window.stderr is not None
    watch = threading.Timer(PATIENCE_S, window.kill)
    watch.start()
    window.stdin.write(json.dumps(orders) + "\n")
    window.stdin.flush()
    lines: list[str] = []
    killed = ""
    patience = 0 if orders["kind"] else 1 + chance.randrange(14 if program == WINDOW else 1)
    for line in window.stdout:
        lines.append(line)
        if line.startswith('{"here"'):
            killed = orders["kind"]
            window.kill()
        elif len(lines) == patience:
            try:
                window.wait(timeout=chance.choice((0.0, chance.uniform(0, 0.03), chance.uniform(0, 0.25))))
            except subprocess.TimeoutExpired:
                killed = "random"
                window.kill()
    said_wrong = window.stderr.read()
    code = window.wait(timeout=PATIENCE_S)
    late = not watch.is_alive()
    watch.cancel()
    for stream in (window.stdin, window.stdout, window.stderr):
        stream.close()
    assert not late, f"the window stood still for {PATIENCE_S} s: {lines[-3:]}"
    assert not said_wrong, said_wrong
    assert killed or code == 0, (code, lines[-3:])
    # A line that was cut off in the middle was not acknowledged to anybody.
    said = [json.loads(line) for line in lines if line.endswith("\n")]
    if said and said[-1].get("did") == "ended":
        killed = ""
    return Life(said, killed)


def kill_windows(
    kills: int, seed: int, place: Path, tell: Callable[[str], None] = lambda line: None
) -> Figures:
    """Kill so many windows, one after the other; the books are looked through after each."""
    figures, chance = Figures(), Random(seed)
    folder, acknowledged, again, run = place, list[Told](), None, 0
    while figures.kills.total() < kills and not figures.broken:
        if figures.kills.total() % KILLS_IN_ONE_SHOP == 0 and (not run or figures.kills.total()):
            folder, acknowledged, again = place / f"店 {run}" / "数据", [], None
            build_shop(folder)
        run += 1
        kind = chance.choice(sorted(MOMENTS)) if chance.random() < 0.6 else ""
        orders = {
            "run": run,
            "seed": chance.randrange(2**32),
            "first": chance.choice(BEGINS[kind]) if kind else "",
            "kind": kind,
            "turn": 1 + chance.randrange(MOMENTS[kind]) if kind else 0,
            "again": again,
        }
        life = one_life(folder, orders, chance)
        acknowledged += life.did
        told = [one for one in life.did if again is not None and one.get("request") == again["request"]]
        if again is not None:
            figures.open_wishes[_fate(told)] += 1
        again = life.open_wish or (None if told else again)
        figures.acknowledged.update(one["did"] for one in life.did if one["did"] != "ended")
        if life.killed:
            figures.kills[life.killed] += 1
        else:
            figures.ended += 1
        db = connection.open_database(folder)
        figures.broken += [
            f"{one} (shop {folder}, window {orders})" for one in trouble(db, folder, acknowledged)
        ]
        db.close()
        if run % 25 == 0:
            tell(f"{figures.kills.total()} of {kills} kills, {figures.acknowledged.total()} acknowledged")
    return figures


def kill_updates(
    kills: int, seed: int, place: Path, tell: Callable[[str], None] = lambda line: None
) -> Figures:
    """Kill a program while it brings a shop up to date, or makes one; then another one goes on."""
    figures, chance, run = Figures(), Random(seed), 0
    like = place / "like"
    _shop_with_goods(like)
    while figures.kills.total() < kills and not figures.broken:
        run += 1
        update = chance.random() < 0.7
        folder = place / f"店 {run}"
        if update:
            shutil.copytree(like, folder)
        moments = OF_UPDATES if update else OF_BEGINNINGS
        kind = chance.choice(["", *sorted(moments)])
        orders = {"kind": kind, "turn": 1 + chance.randrange(moments[kind]) if kind else 0, "update": update}
        life = one_life(folder, orders, chance, UPDATE)
        if life.killed:
            figures.kills[f"{'update' if update else 'beginning'} {life.killed}"] += 1
        else:
            figures.ended += 1
        try:
            fate = _go_on_updating(folder) if update else _go_on_beginning(folder)
            figures.open_wishes[fate] += 1
        except (AssertionError, CounterError) as wrong:
            figures.broken.append(f"{wrong!r} ({folder}, {orders})")
            continue
        shutil.rmtree(folder)
        if run % 25 == 0:
            tell(f"{figures.kills.total()} of {kills} kills")
    return figures


def _shop_with_goods(folder: Path) -> None:
    build_shop(folder)
    with closing(connection.open_database(folder)) as db:
        counter = Counter(setup.open_desk(db, folder, Clock()), Clock())
        counter.open_drawer()
        for number in range(20):
            counter.product(f"商品{number}", 1000 + number)
        visit = counter.visit(counter.simple_sale())
        visit.go("return", "agree", "in_person", "fit").post()


def _go_on_updating(folder: Path) -> str:
    was = updated(folder)
    with later_release(folder.parent):
        db = connection.open_database(folder)
        try:
            broken = trouble(db, folder, [])
        finally:
            db.close()
    assert not broken, broken
    assert updated(folder)
    kept = [one for one in backup.backups(folder) if one.label == "before-update"]
    assert kept, "nothing was kept before the update"
    return "update had been done" if was else "update done again"


def _go_on_beginning(folder: Path) -> str:
    db = connection.open_database(folder, create=True)
    new = setup.is_new(db)
    db.close()
    if new:
        build_shop(folder)
    db = connection.open_database(folder)
    try:
        broken = [f"{one.table} {one.row} {one.code}" for one in verify(db, folder)]
    finally:
        db.close()
    assert not broken, broken
    return "shop made again" if new else "shop had been made"


def _fate(told: list[Told]) -> str:
    """What became of a wish whose window died before it could say."""
    if not told:
        return "killed again"
    if told[0]["did"] == "refused":
        return "not possible any more"
    return "had been done" if told[0]["again"] else "done now"
