"""What `verify` finds in the stock room when somebody else had the file open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_stock_room import claim_for, photo, returned
from visits import Counter, build_shop, opened

from counter_app.db import guards
from counter_app.db.models import GoodsPhoto
from counter_app.db.verify import verify
from counter_app.services import claims, scrapping
from counter_app.services.claims import Wanted
from counter_app.services.scrapping import NewScrap


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified") / "like"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(tmp_path: Path, template: Path) -> Iterator[Counter]:
    """A shop with a claim that was sent and a destruction."""
    with opened(template, tmp_path / "shop") as found:
        found.open_drawer()
        made = claims.open_claim(found.owner, claim_for(returned(found)), found.request()).value
        claims.step(found.owner, made.id, "sent", found.request())
        one = returned(found)
        wanted = (Wanted(one.place, one.product_id, one.case_line_id, 1000),)
        new = NewScrap(wanted, "破裂", "粉碎", (photo(),))
        scrapping.scrap(found.as_staff(3), new, (2, "2345"), found.request())
        found.sound()
        yield found


@pytest.mark.parametrize(
    ("attack", "code"),
    [
        ("DELETE FROM scrap", "verify.goods_unsigned"),
        ("DELETE FROM claim_event", "verify.claim_state"),
        ("UPDATE claim SET state = 'open'", "verify.claim_state"),
        ("UPDATE claim SET got_fen = 1", "verify.claim_state"),
        ("UPDATE goods_line SET quantity_milli = 2000", "verify.goods_left"),
        ("UPDATE stock_entry SET document_id = 1 WHERE from_place = 'V6'", "guard.goods_paper"),
    ],
)
def test_what_was_tampered_with_is_named(counter: Counter, attack: str, code: str) -> None:
    counter.desk.db.execute_sql("PRAGMA foreign_keys = 0")
    guards.remove(counter.desk.db)
    counter.desk.db.execute_sql(attack)
    guards.install(counter.desk.db)
    assert code in {one.code for one in verify(counter.desk.db, counter.desk.folder)}


def test_a_changed_or_lost_photo_of_a_destruction_is_named(counter: Counter) -> None:
    sha256 = GoodsPhoto.get().sha256
    file = counter.desk.folder / "attachments" / sha256[:2] / sha256
    file.write_bytes(b"another picture")
    assert [(one.table, one.code) for one in verify(counter.desk.db, counter.desk.folder)] == [
        ("goods_photo", "verify.file_changed")
    ]
    file.unlink()
    assert [one.code for one in verify(counter.desk.db, counter.desk.folder)] == ["verify.file_missing"]
