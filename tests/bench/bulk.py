"""Many finished cases for benchmarks, put into a shop's database row by row: every one a return that was posted.

10⁵ and more cases cannot all be walked through the services. What is written here holds for the guards, which are
taken off while it is written and put back: sums, chains, numbers and the search index are as the services leave
them; only the papers' contents and the stories of the cases are shorter. For benchmarks alone.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from counter_app.db import connection, figures, guards, kept_sums, ledger, search, search_terms  # noqa: E402
from counter_app.db.fields import canonical_json  # noqa: E402
from counter_app.db.numbers import spelled  # noqa: E402

CHUNK = 2000
CACHE_KIB = 1024 * 1024
FIRST = date(2019, 1, 1)
A_DAY = 250
"""Cases a day."""
CACHE = "COUNTER_BENCH_CACHE"
"""Variable that names a folder where filled shops are kept, so that several benchmarks of one run share them."""
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单曾仇"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
SUMMARIES = ("漏水", "不工作", "屏幕碎", "颜色不符", "七天无理由", "少发配件")
TABLES = (
    "person", "sale", "sale_line", "sale_tender", "sale_identity", "number", "case_file", "case_words", "walk",
    "walk_step", "case_line", "case_event", "posting", "document", "document_line", "settlement", "proof", "shift",
)  # fmt: skip


class _Writer:
    """Collects rows of a chunk by table; columns that a row leaves out get the usual value of their type."""

    def __init__(self, db: Any) -> None:
        self.raw = db.connection()
        self.columns = {
            table: [
                (name, 0 if kind == "INTEGER" else "", needed)
                for _, name, kind, needed, *_ in self.raw.execute(f"PRAGMA table_info({table})")
            ]
            for table in (*TABLES, "money_entry", "stock_entry")
        }
        self.rows: dict[str, list[list[Any]]] = {}
        self.shapes: dict[tuple[str, ...], tuple[list[Any], list[int]]] = {}
        """By table and the columns a row names: the usual values of all columns, and where the named ones stand."""
        self.next = {
            table: int(
                self.raw.execute(
                    f"SELECT COALESCE(MAX({self.columns[table][0][0]}), 0) + 1 FROM {table}"
                ).fetchone()[0]
            )
            for table in self.columns
        }

    def add(self, table: str, **values: Any) -> int:
        """One row; its id."""
        key = self.columns[table][0][0]
        if key not in values:
            values[key] = self.next[table]
        if values[key] >= self.next[table]:
            self.next[table] = values[key] + 1
        shape = (table, *values)
        known = self.shapes.get(shape)
        if known is None:
            names = [name for name, _, _ in self.columns[table]]
            usual = [default if needed else None for _, default, needed in self.columns[table]]
            known = self.shapes[shape] = (usual, [names.index(name) for name in values])
        row = known[0].copy()
        for place, value in zip(known[1], values.values(), strict=True):
            row[place] = value
        self.rows.setdefault(table, []).append(row)
        return int(values[key])

    def flush(self) -> None:
        for table, rows in self.rows.items():
            marks = ", ".join("?" * len(rows[0]))
            self.raw.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self.rows.clear()


class _Chain:
    """Appends to one ledger without asking the database for its head each time."""

    def __init__(self, db: Any, name: ledger.Ledger, writer: _Writer) -> None:
        head = ledger.head(db, name)
        self.name, self.seq, self.hash, self.writer = name, head.rows, head.hash, writer

    def append(self, document_hash: str | None, **values: Any) -> None:
        self.seq += 1
        told = [
            values.get(column, "" if column in ("serial", "batch_no") else None)
            for column in ledger.COLUMNS[self.name]
        ]
        canonical = canonical_json([self.name, ledger.FORMAT, self.seq, *told, document_hash])
        previous, self.hash = self.hash, hashlib.sha256((self.hash + canonical).encode()).hexdigest()
        self.writer.add(
            ledger.TABLES[self.name],
            **dict(zip(ledger.COLUMNS[self.name], told, strict=True)),
            seq=self.seq,
            canonical=canonical,
            format=ledger.FORMAT,
            prev_hash=previous,
            hash=self.hash,
        )


def filled(folder: Path, cases: int) -> None:
    """A shop in `folder`, which is not there yet: sixty articles in stock, an open drawer, so many finished cases."""
    import visits

    kept = Path(os.environ[CACHE]) / f"shop-{cases}" if os.environ.get(CACHE) else None
    if kept is None or not kept.exists():
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as there:
            made = Path(there) / "shop" if kept is None else kept.with_name(f"{kept.name}.part")
            shutil.rmtree(made, ignore_errors=True)
            visits.build_shop(Path(there) / "first")
            with visits.opened(Path(there) / "first", made) as counter:
                counter.open_drawer()
                for name, price in shelves():
                    counter.product(name, price, stock=50)
            add_cases(made, cases)
            if kept is None:
                shutil.move(made, folder)
                return
            made.rename(kept)
    shutil.copytree(kept, folder)
    # Kept shops may be older than the program's guards: opened to write, they get the present ones.
    connection.open_database(folder).close()


def add_cases(folder: Path, cases: int, seed: int = 7) -> None:
    """Put so many finished returns into the shop in `folder`, which has staff, rules and articles already.

    Guards and the indices of tables are taken off meanwhile and made again afterwards, in one go each.
    """
    db = connection.open_database(folder)
    try:
        for name, value in (("synchronous", "OFF"), ("foreign_keys", "OFF"), ("cache_size", -CACHE_KIB)):
            db.execute_sql(f"PRAGMA {name} = {value}")
        with db.atomic("IMMEDIATE"):
            guards.remove(db)
            indices = _indices(db)
            for name, _ in indices:
                db.execute_sql(f'DROP INDEX "{name}"')
        _fill(db, cases, random.Random(seed))
        with db.atomic("IMMEDIATE"):
            for _, sql in indices:
                db.execute_sql(sql)
        figures.rebuild(db)
        kept_sums.rebuild(db)
        with db.atomic("IMMEDIATE"):
            guards.install(db)
        db.execute_sql("PRAGMA synchronous = FULL")
        db.execute_sql("PRAGMA foreign_keys = ON")
        connection.checkpoint(db, force=True)
    finally:
        db.close()


def _indices(db: Any) -> list[tuple[str, str]]:
    """Indices of the tables that are filled, with the SQL that makes them; those of keys stay."""
    listed = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
    return [
        row
        for table in (*TABLES, "money_entry", "stock_entry")
        for row in db.execute_sql(listed, (table,)).fetchall()
    ]


def _fill(db: Any, cases: int, draw: random.Random) -> None:
    writer = _Writer(db)
    chains = {name: _Chain(db, name, writer) for name in ("money", "stock")}
    code = db.execute_sql("SELECT code FROM shop").fetchone()[0]
    chart = db.execute_sql("SELECT id FROM policy_version WHERE kind = 'chart:counter'").fetchone()[0]
    policy = db.execute_sql("SELECT id FROM policy_version WHERE kind = 'policy:shop_policy'").fetchone()[0]
    goods = db.execute_sql(
        "SELECT id, sku, barcode, name, price_fen, category FROM product ORDER BY id"
    ).fetchall()
    shift = 0
    for start in range(0, cases, CHUNK):
        found: dict[str, dict[int, tuple[str, str]]] = {"case": {}, "sale": {}}
        with db.atomic("IMMEDIATE"):
            for number in range(start, min(start + CHUNK, cases)):
                day = FIRST + timedelta(days=number // A_DAY)
                if number % A_DAY == 0:
                    shift = _shift(writer, day)
                _one(writer, chains, draw, number % A_DAY + 1, day, code, chart, policy, goods, shift, found)
            writer.flush()
            # What the search index would find in these rows, without reading them back; `verify` compares.
            search._add(db, search.CASES, found["case"])
            search._add(db, search.SALES, found["sale"])
            search.merge(db)
        connection.checkpoint(db, force=True)


def _text(name: str, *values: str) -> tuple[str, str]:
    told = dict.fromkeys(search_terms.plain_again(value) for value in values if value)
    return "\n".join(told), "\n".join(search_terms.spellings((name,)))


def _shift(writer: _Writer, day: date) -> int:
    at = _ms(day)
    return writer.add(
        "shift", business_date=day.isoformat(), opened_at=at, opened_by_id=1, float_fen=0, closed_at=at + 1,
        closed_by_id=1, counted_fen=0, expected_fen=0,
    )  # fmt: skip


def _ms(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400_000 + 4 * 3_600_000


def _one(
    writer: _Writer, chains: dict[str, _Chain], draw: random.Random, seq: int, day: date, code: str, chart: int,
    policy: int, goods: Sequence[tuple[Any, ...]], shift: int, found: dict[str, dict[int, tuple[str, str]]],
) -> None:  # fmt: skip
    at, on = _ms(day) + seq * 60_000, day.isoformat()
    product, sku, barcode, article, price, category = draw.choice(goods)
    name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2))))
    phone = f"142{draw.randrange(10**8):08d}"
    phone_hash = hashlib.sha256(phone.encode()).hexdigest()
    masked = {
        "customer_masked": name[0] + "*",
        "phone_masked": f"142****{phone[-4:]}",
        "phone_hash": phone_hash,
    }
    person = writer.add("person", name=name, phone=phone, phone_hash=phone_hash, created_at=at)
    order = f"E{draw.randrange(10**12):012d}"
    sale = writer.add(
        "sale", source="hand", order_no=order, channel="store", proof="receipt", purchased_on=on, goods_fen=price,
        paid_fen=price, extras="{}", invoice_state="none", person_id=person, content_hash="x",
        request_id=f"bulk-sale-{day:%y%m%d}-{seq}", recorded_at=at, business_date=on, recorded_by_id=1, **masked,
    )  # fmt: skip
    serial = f"SN{draw.randrange(10**9):09d}"
    line = writer.add(
        "sale_line", sale_id=sale, line_no=1, product_id=product, sku=sku, barcode=barcode, name=article,
        category=category, quantity_milli=1000, unit_price_fen=price, list_fen=price, paid_fen=price,
        tax_rate_bp=1300, serial=serial,
    )  # fmt: skip
    writer.add("sale_tender", sale_id=sale, tender="wechat", paid_fen=price)
    writer.add("sale_identity", sale_id=sale, source="hand", order_no=f"{order}@{seq}{on}", at=at)
    numbers = {prefix: spelled(prefix, code, day, seq) for prefix in ("SH", "TH", "TK")}
    for prefix, number in numbers.items():
        writer.add("number", prefix=prefix, business_date=on, seq=seq, number=number, at=at)
    summary = draw.choice(SUMMARIES)
    case = writer.add(
        "case_file", number=numbers["SH"], state="closed", sale_id=sale, person_id=person, stands="buyer",
        contact_channel="store", opened_at=at, business_date=on, opened_by_id=1, owner_id=1,
        chart_version_id=chart, policy_version_id=policy, summary=summary, wishes="[]", plan="{}",
        closed_at=at + 1, updated_at=at + 1, **masked,
    )  # fmt: skip
    writer.add("case_words", case_id=case, words="买回来不合适")
    walk = writer.add(
        "walk", case_id=case, seq=1, chart_version_id=chart, state="ended", at_node="", path="[]", remedies='["R1"]',
        facts="{}", tests="[]", result='{"settled":[]}', updated_at=at,
    )  # fmt: skip
    case_line = writer.add(
        "case_line", case_id=case, walk_id=walk, sale_line_id=line, state="returned", quantity_milli=1000,
        received_milli=1000, accepted_milli=1000, reason="N02", liability="L1", condition="K2", disposition="V1",
        checks="{}",
    )  # fmt: skip
    for place, kind in enumerate(("opened", "answered", "signed", "posted", "state"), 1):
        writer.add(
            "case_event", case_id=case, seq=place, kind=kind, detail="{}", by_id=1, at=at, business_date=on
        )
    result = canonical_json({"numbers": [numbers["TH"], numbers["TK"]], "walks": [walk]})
    posting = writer.add(
        "posting", request_id=f"bulk-post-{day:%y%m%d}-{seq}", kind="post", content_hash="x", case_id=case,
        result=result, at=at, by_id=1,
    )  # fmt: skip
    papers = {}
    for prefix, amount in (("TH", 0), ("TK", price)):
        content = canonical_json({"language": "zh", "number": numbers[prefix], "slips": []})
        digest = hashlib.sha256(content.encode()).hexdigest()
        document = writer.add(
            "document", number=numbers[prefix], prefix=prefix, posting_id=posting, case_id=case, walk_id=walk,
            shift_id=shift, amount_fen=amount, content=content, content_hash=digest, format=1, business_date=on,
            posted_at=at, posted_by_id=1,
        )  # fmt: skip
        direction = "in" if prefix == "TH" else "none"
        row = writer.add(
            "document_line", document_id=document, line_no=1, case_line_id=case_line, sale_line_id=line,
            direction=direction, quantity_milli=1000, amount_fen=amount,
        )  # fmt: skip
        papers[prefix] = (document, row, digest)
    _money(writer, chains["money"], papers["TK"], case, sale, price, at, on)
    moved = {
        "product_id": product,
        "sale_line_id": line,
        "case_line_id": case_line,
        "quantity_milli": 1000,
        "at": at,
        "business_date": on,
    }
    chains["stock"].append(None, kind="received", from_place="OUT", to_place="V0", **moved)
    document, row, digest = papers["TH"]
    chains["stock"].append(
        digest,
        kind="disposed",
        from_place="V0",
        to_place="V1",
        document_id=document,
        document_line_id=row,
        **moved,
    )
    identity, article_told = f"{order}@{seq}{on}", (article, sku, barcode, serial)
    found["sale"][sale] = _text(name, order, identity, name, phone, *article_told)
    found["case"][case] = _text(
        name,
        numbers["SH"],
        summary,
        name,
        phone,
        order,
        identity,
        *article_told,
        numbers["TH"],
        numbers["TK"],
    )


def _money(
    writer: _Writer,
    money: _Chain,
    paper: tuple[int, int, str],
    case: int,
    sale: int,
    price: int,
    at: int,
    on: str,
) -> None:
    """Owed, and paid by transfer."""
    document, _, digest = paper
    settlement = writer.add(
        "settlement", document_id=document, case_id=case, sale_id=sale, direction="out", purpose="refund",
        tender="wechat", amount_fen=price, business_date=on, at=at,
    )  # fmt: skip
    proof = writer.add(
        "proof", settlement_id=settlement, amount_fen=price, tender="wechat", reference=f"LS{at}",
        request_id=f"bulk-proof-{settlement}", at=at, business_date=on, by_id=1,
    )  # fmt: skip
    same = {
        "document_id": document,
        "settlement_id": settlement,
        "tender": "wechat",
        "amount_fen": -price,
        "at": at,
        "business_date": on,
    }
    money.append(digest, kind="owed", **same)
    money.append(digest, kind="paid", proof_id=proof, **same)


def shelves(count: int = 60) -> Iterator[tuple[str, int]]:
    """Names and prices (分) of articles for a shop that benchmarks fill."""
    draw = random.Random(11)
    kinds = (
        "电热水壶",
        "蓝牙耳机",
        "扫地机器人",
        "无线键盘",
        "吹风机",
        "移动电源",
        "电饭煲",
        "空气炸锅",
        "智能手表",
        "落地扇",
    )
    for number in range(count):
        yield f"{kinds[number % len(kinds)]} {number + 1:02d} 型", draw.randrange(29, 190) * 100
