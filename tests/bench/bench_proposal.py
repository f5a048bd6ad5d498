"""From an answer to its proposal, beside one frame of 16 ms: the answer on the disk, the sum of the whole visit and
what changed in the three columns of the counter screen painted, in a window without a screen.

Timed from the click to the picture: the answer with its transaction and its wait for the disk, which gives the view
of the visit with it, and the panels filled, laid out and painted. Both parts stand below the whole; the processor
time is what is left of it when nothing else runs on the machine.
Run alone: `python tests/bench/bench_proposal.py [CASES …]` (default 1000 100000).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

import bulk  # noqa: E402
import visits  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from counter_app.db import connection  # noqa: E402
from counter_app.domain.new_sale import NewLine  # noqa: E402
from counter_app.services import setup, staff, walks  # noqa: E402
from counter_app.ui import theme  # noqa: E402
from counter_app.ui.language import Languages  # noqa: E402
from counter_app.ui.screens.counter.counter_screen import CounterScreen  # noqa: E402
from counter_app.ui.session import Session  # noqa: E402

FRAME_MS = 1000 / 60
VISITS = 12
STEPS = {
    "return": ("return", "agree", "in_person", "fit"),
    "fault": ("problem", "yes", "quality", "goods"),
}
"""A simple return, and a fault up to the offer with every remedy and its costs."""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of a frame and of ours, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def rows(sizes: Sequence[int] = (1000, 100_000)) -> list[BenchRow]:
    """Medians for each number of cases that are there already."""
    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    theme.apply(app, "light")
    languages = Languages(app)
    languages.switch("zh")
    found: list[BenchRow] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
        folder = Path(there)
        cases = _prepared(folder)
        for size in sizes:
            shop = folder / f"shop-{size}"
            shutil.copytree(folder / "shop", shop)
            bulk.add_cases(shop, size)
            found += _measured(shop, cases, size)
            shutil.rmtree(shop)
    return found


def _prepared(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """A shop with sixty articles and visits that wait for their first answer, of two lines of goods each."""
    visits.build_shop(folder / "template")
    found: dict[str, list[tuple[int, int]]] = {}
    with visits.opened(folder / "template", folder / "shop") as counter:
        counter.open_drawer()
        articles = [(counter.product(name, price, stock=50), name, price) for name, price in bulk.shelves()]
        for kind in STEPS:
            for number in range(VISITS + 2):
                two = articles[number * 2 : number * 2 + 2]
                lines = [NewLine(name, 2000, price, product_id=product) for product, name, price in two]
                total = sum(2 * price for _, _, price in two)
                sale = counter.sell(*lines, tenders={"wechat": total // 2, "cash": total - total // 2})
                visit = counter.visit(sale, lines=tuple((line.id, 1000) for line in sale.lines))
                found.setdefault(kind, []).append((visit.case_id, visit.walk_id))
        connection.checkpoint(counter.desk.db, force=True)
    return found


def _measured(shop: Path, cases: dict[str, list[tuple[int, int]]], size: int) -> list[BenchRow]:
    db = connection.open_database(shop)
    opened = setup.open_desk(db, shop, visits.Clock())
    desk = replace(opened, staff=staff.staff_view(opened, 1))
    screen = CounterScreen(Session(desk))
    screen.resize(1280, 800)
    screen.show()
    taken: dict[str, list[float]] = {"whole": [], "worked": [], "panels": [], "answer": []}
    for kind, steps in STEPS.items():
        for number, (case_id, walk_id) in enumerate(cases[kind]):
            screen.open_case(case_id)
            for answer in steps:
                node = _node(desk, case_id, walk_id)
                QApplication.processEvents()
                worked = time.process_time()
                wrote, told = _timed(partial(walks.answer, desk, walk_id, node, answer))
                panels, _ = _timed(partial(_paint, screen, told.value))
                worked = (time.process_time() - worked) * 1000
                if number >= 2:
                    found = {"answer": wrote, "panels": panels, "whole": wrote + panels, "worked": worked}
                    for name, value in found.items():
                        taken[name].append(value)
    screen.deleteLater()
    db.close()
    middle = {name: statistics.median(values) for name, values in taken.items()}
    worst = statistics.quantiles(taken["whole"], n=20, method="inclusive")[18]
    return [
        _row(f"proposal after an answer, {size} cases", middle["whole"], 1.0),
        _row(f"  the same, p95, {size}", worst, None),
        _row(f"  the same in processor time, {size}", middle["worked"], None),
        _row(f"  the answer onto the disk and its sum, {size}", middle["answer"], None),
        _row(f"  panels filled and painted, {size}", middle["panels"], None),
    ]


def _row(name: str, ms: float, target: float | None) -> BenchRow:
    return BenchRow(name, FRAME_MS, ms, ms / FRAME_MS, target)


def _node(desk: Any, case_id: int, walk_id: int) -> str:
    walk = next(item for item in walks.view(desk, case_id).walks if item.id == walk_id)
    assert walk.node is not None
    return walk.node.id


def _paint(screen: CounterScreen, view: Any) -> None:
    screen.take_view(view)
    QApplication.processEvents()


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of an act, and what it gave."""
    begin = time.perf_counter()
    told = act()
    return (time.perf_counter() - begin) * 1000, told


def main() -> int:
    """Print the table; 1 when a target is missed."""
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 100_000]
    missed = False
    print(f"{'work':<42}{'frame ms':>11}{'ours ms':>10}{'ratio':>8}{'target':>9}")
    for row in rows(sizes):
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        ratio = f"x{row.ratio:.2f}"
        print(f"{row.name:<42}{row.baseline_ms:>11.2f}{row.ours_ms:>10.2f}{ratio:>8}{target:>9}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
