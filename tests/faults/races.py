"""Races between two and eight windows, and what must have come of them: once is once, sums are sums."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from books_hold import halves
from many_windows import Windows, windows
from visits import Counter, Visit, build_shop, opened

from counter_app.db.models import CaseLine, Document, DocumentLine, Number, Proof, Shift
from counter_app.domain.new_sale import NewLine
from counter_app.services import products, shift

RACES_IN_ONE_SHOP = 25
FIELD = 8


@dataclass
class Results:
    """What a day at the races came to."""

    races: Tally[str] = field(default_factory=Tally)
    winners: Tally[int] = field(default_factory=Tally)
    """How often the window that was let go first, second, … won, of races that one wins."""
    broken: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """For the note."""
        kinds = ", ".join(f"{name} {number}" for name, number in sorted(self.races.items()))
        won = ", ".join(f"{place + 1}: {number}" for place, number in sorted(self.winners.items()))
        return [
            f"races: {self.races.total()} ({kinds})",
            f"won by the window let go as number {won}",
            f"races that did not hold: {len(self.broken)}",
            *self.broken[:20],
        ]


@dataclass
class Track:
    """A shop, its windows, and how many of them race this time."""

    counter: Counter
    windows: Windows
    many: int

    def ready(self, *answers: str, **sale: object) -> tuple[Visit, str]:
        """A visit that is answered and signed, and the hash of its figures."""
        visit = self.counter.visit(self.counter.simple_sale(**sale))
        visit.go(*(answers or ("return", "agree", "in_person", "fit"))).waive()
        return visit, visit.sign()


def same_line(track: Track) -> list[str]:
    """All want to take back one piece of the same sale line, of which there are fewer than windows."""
    pieces = track.many - 1
    line = track.counter.simple_sale(quantity=pieces)
    calls = [
        (2, "cases.open_case", [line.id, [[line.lines[0].id, 1000]], track.counter.request()])
        for _ in range(track.many)
    ]
    said = track.windows.race(calls)
    assert said.count("done") == pieces and said.count("case.line.overreturned") == 1, said
    held = [row.quantity_milli for row in CaseLine.select().where(CaseLine.sale_line == line.lines[0].id)]
    assert sum(held) == pieces * 1000
    return said


def double_press(track: Track) -> list[str]:
    """One wish that arrives many times: F9 pressed twice, Enter held down."""
    visit, figures = track.ready(tender="wechat")
    wish = [visit.case_id, track.counter.request(), figures]
    said = track.windows.race([(2, "posting.post", list(wish))] * track.many)
    assert sorted(said) == ["done"] + ["done before"] * (track.many - 1), said
    assert Document.select().where(Document.case == visit.case_id, Document.prefix == "TK").count() == 1
    return said


def own_wishes(track: Track) -> list[str]:
    """Everybody posts the same visit with a wish of their own."""
    visit, figures = track.ready(tender="wechat")
    said = track.windows.race(
        [(2, "posting.post", [visit.case_id, track.counter.request(), figures]) for _ in range(track.many)]
    )
    assert said.count("done") == 1 and "done before" not in said, said
    assert Document.select().where(Document.case == visit.case_id, Document.prefix == "TK").count() == 1
    return said


def numbers(track: Track) -> list[str]:
    """Everybody posts a visit of their own: their numbers follow one another."""
    before = Number.select().where(Number.prefix == "TK").count()
    ready = [track.ready(tender="wechat") for _ in range(track.many)]
    said = track.windows.race(
        [(2, "posting.post", [visit.case_id, track.counter.request(), figures]) for visit, figures in ready]
    )
    assert said == ["done"] * track.many, said
    given = sorted(row.seq for row in Number.select(Number.seq).where(Number.prefix == "TK"))
    assert given == list(range(1, before + track.many + 1))
    return said


def last_piece(track: Track) -> list[str]:
    """Everybody exchanges, and one piece fewer is on the shelf than is wanted."""
    there = track.many - 1
    first = track.counter.simple_sale(stock=there)
    product = first.lines[0].product_id
    assert product is not None
    calls = []
    for turn in range(track.many):
        line = NewLine("保温杯", 1000, 19900, product_id=product)
        sale = track.counter.sell(line, tenders={"cash": 19900}) if turn else first
        visit = track.counter.visit(sale)
        visit.go("exchange", "fit", "same", "handed_over")
        calls.append((2, "posting.post", [visit.case_id, track.counter.request(), visit.waive().sign()]))
    said = track.windows.race(calls)
    assert said.count("done") == there, said
    assert products.stock_on_hand(track.counter.owner, product) == 0
    return said


def same_proof(track: Track) -> list[str]:
    """Everybody enters that the same refund was paid."""
    visit, figures = track.ready(tender="wechat")
    posted = track.windows.race([(2, "posting.post", [visit.case_id, track.counter.request(), figures])])
    assert posted == ["done"]
    (owed,) = visit.case.settlements
    said = track.windows.race(
        [
            (2, "settling.pay", [owed.id, 19900, "wechat", f"42-{owed.id}-{turn}", track.counter.request()])
            for turn in range(track.many)
        ]
    )
    assert sorted(said) == ["done"] + ["settling.amount"] * (track.many - 1), said
    assert [row.amount_fen for row in Proof.select().where(Proof.settlement == owed.id)] == [19900]
    return said


def part_payments(track: Track) -> list[str]:
    """A refund paid in thirds by more windows than there are thirds."""
    visit, figures = track.ready(tender="bank", price_fen=18_000)
    assert track.windows.race([(2, "posting.post", [visit.case_id, track.counter.request(), figures])]) == [
        "done"
    ]
    (owed,) = visit.case.settlements
    said = track.windows.race(
        [
            (2, "settling.pay", [owed.id, 6000, "bank", f"B-{owed.id}-{turn}", track.counter.request()])
            for turn in range(track.many)
        ]
    )
    assert said.count("done") == min(3, track.many), said
    assert sum(row.amount_fen for row in Proof.select().where(Proof.settlement == owed.id)) == 6000 * min(
        3, track.many
    )
    return said


def first_shift(track: Track) -> list[str]:
    """Everybody takes the drawer."""
    if shift.current_shift(track.counter.owner) is None:
        track.counter.open_drawer(50_000)
    left = shift.cash_in_drawer(track.counter.owner)
    shift.close_shift(track.counter.owner, left)
    said = track.windows.race([(1, "shift.open_shift", [left])] * track.many)
    assert sorted(said) == ["done"] + ["shift.open_already"] * (track.many - 1), said
    assert Shift.select().where(Shift.closed_at.is_null()).count() == 1
    return said


def full_drawer(track: Track) -> list[str]:
    """Cash for all but one of the refunds lies in the drawer."""
    open_one = shift.current_shift(track.counter.owner)
    if open_one is not None:
        shift.close_shift(track.counter.owner, open_one.expected_fen)
    calls = []
    for _ in range(track.many):
        visit, figures = track.ready(price_fen=10_000)
        assert track.windows.race(
            [(2, "posting.post", [visit.case_id, track.counter.request(), figures])]
        ) == ["done"]
        (owed,) = visit.case.settlements
        assert owed.open_fen == 10_000, "without a shift nothing is paid"
        calls.append((2, "settling.pay", [owed.id, 10_000, "cash", "", track.counter.request()]))
    track.counter.open_drawer(10_000 * (track.many - 1) + 9_999)
    said = track.windows.race(calls)
    assert said.count("done") == track.many - 1 and said.count("settling.drawer") == 1, said
    assert shift.cash_in_drawer(track.counter.owner) == 9_999
    return said


def one_reversal(track: Track) -> list[str]:
    """Everybody reverses the same refund."""
    visit, figures = track.ready(tender="wechat")
    assert track.windows.race([(2, "posting.post", [visit.case_id, track.counter.request(), figures])]) == [
        "done"
    ]
    number = next(one.number for one in visit.case.documents if one.prefix == "TK")
    said = track.windows.race(
        [
            (1, "reversal.reverse", [number, "录错", track.counter.request(), [3, "3456"]])
            for _ in range(track.many)
        ]
    )
    assert said.count("done") == 1 and said.count("reversal.twice") == track.many - 1, said
    lines = DocumentLine.select().join(Document).where(Document.case == visit.case_id)
    assert sum(row.amount_fen for row in lines) == 0
    return said


RACES: tuple[Callable[[Track], list[str]], ...] = (
    same_line,
    double_press,
    own_wishes,
    numbers,
    last_piece,
    same_proof,
    part_payments,
    first_shift,
    full_drawer,
    one_reversal,
)


def run_races(many: int, place: Path, tell: Callable[[str], None] = lambda line: None) -> Results:
    """So many races, of two and of eight windows in turn; the books are looked through after each."""
    results = Results()
    like = place / "like"
    build_shop(like)
    done = 0
    while done < many:
        folder = place / f"店 {done}"
        with opened(like, folder) as counter, windows(folder, FIELD) as there:
            for _ in range(min(RACES_IN_ONE_SHOP, many - done)):
                race = RACES[done % len(RACES)]
                field_size = (2, FIELD)[(done + done // len(RACES)) % 2]
                name = f"{race.__name__} of {field_size}"
                try:
                    said = race(Track(counter, there, field_size))
                    counter.sound()
                    wrong = list(halves(counter.desk.db))
                except AssertionError as failed:
                    said, wrong = [], [str(failed)]
                results.races[name] += 1
                if said.count("done") == 1:
                    results.winners[said.index("done")] += 1
                results.broken += [f"{name}: {one}" for one in wrong]
                done += 1
        tell(f"{done} of {many} races")
    return results
