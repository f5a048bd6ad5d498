"""A window at work until it is killed: `python working_day.py FOLDER`, its orders as one JSON line on stdin.

Says one JSON line per step: `try` before what has a request id, `did` once it is acknowledged. The orders are
`run` (a number of its own for every window), `seed`, `first` (the act it begins with, or ''), `kind` and `turn` of
the moment it stands still in (or ''), and `again`, the `try` that an earlier window left without answer.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from PIL import Image  # noqa: E402
from standing_still import CHUNK, PAGES, PRINT, SHEET, Moment  # noqa: E402
from visits import Clock, Counter, Visit  # noqa: E402

from counter_app.db import backup, connection  # noqa: E402
from counter_app.db.models import Case, Document, SaleIdentity, Walk  # noqa: E402
from counter_app.domain.errors import UserError  # noqa: E402
from counter_app.domain.new_sale import NewLine  # noqa: E402
from counter_app.services import (  # noqa: E402
    cases,
    imports,
    month,
    person_file,
    photos,
    posting,
    recalls,
    reversal,
    scrapping,
    settling,
    setup,
    shift,
    slips,
)
from counter_app.services.claims import Wanted  # noqa: E402

ANSWERS = ("return", "agree", "in_person", "fit", "same", "handed_over")
ACTS = 6
"""After so many acts a window that nobody killed ends by itself."""
TILL = ("小票号", "日期", "商品名称", "条码", "数量", "单价")
ORDERS, REPEATED, CHUNK_ORDERS = 12, 6, 3
"""Orders in one file to import, how many of them an earlier file held, how many are committed at once."""
ONCE = {
    "reversal.twice",
    "settling.amount",
    "settling.reversed",
    "reversal.money_first",
    "reversal.goods_gone",
}
"""What a second wish for something that was done in the meantime is told."""


def say(**told: Any) -> None:
    print(json.dumps(told, ensure_ascii=True), flush=True)


def goods_of(number: int) -> list[list[str]]:
    """The rows of one order in a file to import: one to three articles, the price tells which order it is."""
    return [
        [f"IMP-{number:05d}", "2026-11-10", f"货{number}-{line}", "", "1", f"{number + 1}.{line:02d}"]
        for line in range(1, 2 + number % 3)
    ]


def till_file(file: Path, begin: int) -> Path:
    """A file of a till with so many orders, as the shop's till writes it."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(TILL)
        writer.writerows(row for number in range(begin, begin + ORDERS) for row in goods_of(number))
    return file


def picture(number: int) -> bytes:
    """A photo that no other number has."""
    file = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").point(lambda level: (level + number) % 256).save(
        file, "PNG"
    )
    return file.getvalue()


def plain_picture(number: int) -> bytes:
    """A photo that comes out the same when a wish is repeated."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (number % 256, number // 256 % 256, 90)).save(file, "PNG")
    return file.getvalue()


class Window:
    """One clerk at work."""

    def __init__(self, folder: Path, orders: dict[str, Any]) -> None:
        self.folder, self.run = folder, int(orders["run"])
        self.chance = Random(orders["seed"])
        self.moment = Moment(orders["kind"], orders["turn"], say)
        self.moment.watch_files()
        imports.CHUNK, backup.PAGES_AT_ONCE = CHUNK_ORDERS, 32
        self.moment.watch(connection.ShopDatabase)
        db = connection.open_database(folder, wait_ms=60_000)
        clock = Clock()
        self.counter = Counter(setup.open_desk(db, folder, clock), clock, count(self.run * 100_000))
        self.wishes = count(1)

    def work(self, first: str, again: dict[str, Any] | None) -> None:
        if again is not None:
            self.wish(**again)
        if shift.current_shift(self.counter.owner) is None:
            self.counter.open_drawer(5_000_000)
            say(did="opened_shift")
        may = {
            self.refund: 5,
            self.exchange: 4,
            self.take_up: 3,
            self.reverse: 3,
            self.settle: 3,
            self.take_in: 2,
            self.photograph: 2,
            self.print_slip: 2,
            self.change_shift: 1,
            self.export: 1,
            self.back_up: 1,
            self.scrap: 1,
            self.recall: 1,
            self.erase: 1,
        }
        for turn in range(ACTS):
            act = self.chance.choices(list(may), list(may.values()))[0]
            (getattr(self, first) if first and not turn else act)()
        say(did="ended")

    # --- wishes that have an id: a window that was killed leaves them to the next one -----------------

    def wish(self, act: str, request: str, given: list[Any]) -> Any:
        """Do something under a request id, say it before and after. None when it cannot be done any more."""
        say(**{"try": {"act": act, "request": request, "given": given}})
        try:
            return getattr(self, f"_{act}")(request, *given)
        except UserError as refused:
            assert refused.code in ONCE, refused
            say(did="refused", request=request, code=refused.code)
            return None

    def new_request(self, act: str) -> str:
        return f"{act}-{self.run}-{next(self.wishes)}"

    def _visit(self, request: str, sale_id: int, line_id: int) -> Visit:
        new = cases.NewCase(sale_id=sale_id, lines=((line_id, 1000),), words="坏了", summary="坏了")
        done = cases.open_case(self.counter.clerk, new, request)
        view = done.value
        say(did="visited", request=request, case=view.number, line=line_id, again=not done.changed)
        return Visit(self.counter, view.id, view.walks[0].id)

    def _post(self, request: str, case_id: int, figures: str) -> Any:
        done = posting.post(self.counter.clerk, case_id, request, figures)
        numbers = [one.number for one in done.value.documents]
        say(
            did="posted",
            request=request,
            numbers=numbers,
            refund=done.value.refund_fen,
            again=not done.changed,
        )
        return done.value

    def _reverse(self, request: str, number: str) -> None:
        done = reversal.reverse(self.counter.owner, number, "录错了", request, by=self.counter.boss)
        numbers = [one.number for one in done.value.documents]
        say(did="reversed", request=request, of=number, numbers=numbers, again=not done.changed)

    def _pay(self, request: str, settlement: int, amount: int, tender: str, direction: str) -> None:
        act = settling.pay if direction == "out" else settling.receive
        reference = "" if tender == "cash" else f"PROOF-{settlement}"
        done = act(self.counter.clerk, settlement, amount, tender, reference, request)
        say(did="paid", request=request, settlement=settlement, amount=amount, again=not done.changed)

    def _scrap(self, request: str, product: int) -> None:
        gone = scrapping.NewScrap(
            (Wanted("V1", product, None, 1000),), "碎了", "压碎", (plain_picture(product),)
        )
        done = scrapping.scrap(self.counter.owner, gone, self.counter.boss, request)
        say(
            did="scrapped",
            request=request,
            number=done.value.number,
            product=product,
            again=not done.changed,
        )

    # --- what a clerk does ----------------------------------------------------------------------------

    def refund(self) -> None:
        self._whole_visit("return", "agree", "in_person", "fit")

    def exchange(self) -> None:
        self._whole_visit("exchange", "fit", "same", "handed_over")

    def _whole_visit(self, *answers: str) -> None:
        sale = self.counter.simple_sale(tender=self.chance.choice(["cash", "wechat", "bank"]))
        say(did="sold", sale=sale.id, paid=sale.paid_fen)
        visit = self.wish("visit", self.new_request("visit"), [sale.id, sale.lines[0].id])
        visit.go(*answers)
        self._finish(visit)

    def _finish(self, visit: Visit) -> None:
        """Go on wherever this visit stands."""
        while (node := visit.walk.node) is not None and node.options:
            offered = {one.code for one in node.options}
            visit.go(next(step for step in ANSWERS if step in offered))
        if visit.walk.settled:
            return
        figures = visit.waive().sign()
        posted = self.wish("post", self.new_request("post"), [visit.case_id, figures])
        if posted is not None and posted.documents and self.chance.randrange(2):
            self._print(posted.documents[0].number)

    def take_up(self) -> None:
        """A visit that an earlier window left in the middle."""
        left = list(
            Case.select(Case.id).where(Case.state.not_in(("settled", "closed", "withdrawn", "executing")))
        )
        if left:
            case_id = self.chance.choice(left).id
            self._finish(Visit(self.counter, case_id, Walk.get(Walk.case == case_id).id))

    def reverse(self) -> None:
        taken = Document.alias()
        rows = (
            Document.select(Document.number)
            .where(Document.reverses_nothing(), Document.case.is_null(False))
            .where(Document.id.not_in(taken.select(taken.reverses).where(taken.reverses.is_null(False))))
        )
        numbers = [row.number for row in rows]
        if numbers:
            self.wish("reverse", self.new_request("reverse"), [self.chance.choice(numbers)])

    def settle(self) -> None:
        owed = settling.owed(self.counter.clerk)
        if owed:
            one = self.chance.choice(owed)
            given = [one.id, one.open_fen, one.tender, one.direction]
            self.wish("pay", self.new_request("pay"), given)

    def take_in(self) -> None:
        """A file of orders, half of which an earlier file held."""
        known = SaleIdentity.select().where(SaleIdentity.order_no.startswith("IMP-")).count()
        begin = max(0, known - REPEATED)
        files = self.folder.parent / "files"
        files.mkdir(exist_ok=True)
        file = till_file(files / f"till-{self.run}-{next(self.wishes)}.csv", begin)
        done = imports.run_import(self.counter.owner, file, progress=self.moment.progress(CHUNK)).value
        assert done.counts.get("known", 0) + done.counts.get("new", 0) == ORDERS, done.counts
        say(did="took_in", begin=begin, end=begin + ORDERS)

    def photograph(self) -> None:
        row = Case.select(Case.id).order_by(Case.id.desc()).first()
        if row is not None:
            content = picture(self.run * 100 + next(self.wishes))
            kept = photos.take_photo(self.counter.clerk, row.id, content, name="外观.png").value
            say(did="photographed", attachment=kept.id, sha256=kept.sha256)

    def print_slip(self) -> None:
        row = Document.select().order_by(Document.id.desc()).first()
        if row is not None:
            self._print(row.number)

    def _print(self, number: str) -> None:
        """What stands between the posting and the paper: the slip is there, a reprint only once it was printed."""
        self.moment.meet(PRINT)
        for item in slips.slips_for(self.counter.clerk, number):
            printed = item.document or number
            again = slips.print_record(self.counter.clerk, printed, item.kind, paper="A4").value
            assert again == item.reprint
            say(did="printed", number=printed, slip=item.kind, again=again)

    def change_shift(self) -> None:
        there = shift.cash_in_drawer(self.counter.owner)
        shift.close_shift(self.counter.owner, there)
        say(did="closed_shift")
        self.counter.open_drawer(5_000_000)
        say(did="opened_shift")

    def scrap(self) -> None:
        """A piece from the shelf is destroyed before a witness, with its picture."""
        self.wish("scrap", self.new_request("scrap"), [self.counter.product("碎了的杯子", 900, stock=3)])

    def recall(self) -> None:
        """Goods of a customer are called back, and what of them lies in the shop is set apart."""
        product = self.counter.product("漏电的壶", 900, stock=2)
        line = NewLine("漏电的壶", 1000, 900, product_id=product)
        sold = self.counter.sell(line, tenders={"cash": 900})
        new = recalls.NewRecall(reason="漏电", what_to_do="停用，退款", product_id=product)
        opened = recalls.open_recall(self.counter.owner, new).value
        say(did="recalled", number=opened.number, product=product)
        recalls.isolate(self.counter.owner, opened.id)
        recalls.called(self.counter.owner, opened.id, sold.lines[0].id, "reached", "明天送来")
        say(did="called_back", recall=opened.id, line=sold.lines[0].id)

    def erase(self) -> None:
        """A customer wants to be forgotten, and is."""
        name, phone = f"忘{self.run}", f"139{self.run:04d}{next(self.wishes):04d}"
        sale = self.counter.simple_sale(customer_name=name, phone=phone)
        say(did="sold", sale=sale.id, paid=sale.paid_fen)
        (person,) = person_file.find(self.counter.owner, phone)
        person_file.erase(self.counter.owner, person.id, "顾客要求")
        say(did="erased", person=person.id, phone=phone)

    def export(self) -> None:
        desk, span = self.counter.owner, month.period("2026-11")
        path = month.default_path(desk, span)
        done = month.export(desk, span, path, "zh", self.moment.progress(SHEET))
        say(did="exported", name=done.path.name, rows=done.rows)

    def back_up(self) -> None:
        made = backup.back_up(
            self.folder, at=self.counter.clock.now(), label="by-hand", progress=self.moment.progress(PAGES)
        )
        say(did="backed_up", name=made.path.name, sha256=made.sha256)


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    Window(Path(sys.argv[1]), told).work(told["first"], told["again"])
