"""The power goes in the middle of a write: the end of the log is cut off or full of rubbish, and nothing that was
acknowledged before it is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from books_hold import halves
from visits import Clock, Counter, build_shop, opened

from counter_app.db import connection, heads
from counter_app.db.models import Document, Proof
from counter_app.db.verify import verify
from counter_app.services import reversal, setup

CUTS = 20


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "店 shop") as there:
        yield there


class Diary:
    """What had been acknowledged when the log was so long: everything up to there has reached the disk."""

    def __init__(self, counter: Counter) -> None:
        self.log = Path(f"{counter.desk.folder / connection.FILE_NAME}-wal")
        self.heads = counter.desk.folder / heads.FILE_NAME
        self.pages: list[tuple[int, set[str], int, bytes]] = []
        self.before: tuple[set[str], int, bytes] = (set(), 0, self.heads.read_bytes())

    def write(self) -> None:
        numbers = {row.number for row in Document.select(Document.number)}
        so_far = (numbers, Proof.select().count(), self.heads.read_bytes())
        self.pages.append((self.log.stat().st_size, *so_far))

    def at(self, length: int) -> tuple[set[str], int, bytes]:
        known = [page for page in self.pages if page[0] <= length]
        return known[-1][1:] if known else self.before


def test_wherever_the_power_cuts_the_log_what_was_acknowledged_is_there_and_nothing_by_half(
    counter: Counter, tmp_path: Path
) -> None:
    chance, diary = Random(7), Diary(counter)
    counter.open_drawer()
    for answers in (("return", "agree", "in_person", "fit"), ("exchange", "fit", "same", "handed_over")) * 2:
        visit = counter.visit(counter.simple_sale(tender=chance.choice(["cash", "wechat"])))
        visit.go(*answers).post()
        diary.write()
        visit.settle()
        diary.write()
    reversal.reverse(
        counter.owner, visit.case.documents[0].number, "录错", counter.request(), by=counter.boss
    )
    diary.write()
    # Read before the database is closed, which brings the log home.
    whole = diary.log.read_bytes()
    file = (counter.desk.folder / connection.FILE_NAME).read_bytes()
    beside = [counter.desk.folder / room for room in ("attachments", "keys")]
    counter.desk.db.close()
    edges = [length + step for length, *_ in diary.pages for step in (0, 1)]
    cuts = [min(cut, len(whole)) for cut in edges] + [
        chance.randrange(len(whole)) for _ in range(CUTS - len(edges))
    ]
    assert len(cuts) == CUTS
    for turn, cut in enumerate(cuts):
        folder = tmp_path / f"cut {turn}"
        folder.mkdir()
        for room in beside:
            # Signed forms reach the disk under their names before the row that names them is committed.
            shutil.copytree(room, folder / room.name)
        (folder / connection.FILE_NAME).write_bytes(file)
        numbers, proofs, noted = diary.at(cut)
        # The note of the heads follows what it tells of: it is as old as what had been acknowledged.
        (folder / heads.FILE_NAME).write_bytes(noted)
        rubbish = chance.randbytes(chance.choice((0, 1, 5000)))
        Path(f"{folder / connection.FILE_NAME}-wal").write_bytes(whole[:cut] + rubbish)
        db = connection.open_database(folder)
        there = {row.number for row in Document.select(Document.number)}
        assert numbers <= there, f"cut at {cut}: {numbers - there} is lost"
        assert Proof.select().count() >= proofs
        assert verify(db, folder) == []
        assert list(halves(db)) == []
        # Work goes on, and the numbers with it.
        later = Counter(setup.open_desk(db, folder, Clock()), Clock(), iter(range(1_000_000, 2_000_000)))
        posted = (
            later.visit(later.simple_sale(tender="wechat")).go("return", "agree", "in_person", "fit").post()
        )
        assert {one.number for one in posted.documents}.isdisjoint(there)
        later.sound()
        db.close()
