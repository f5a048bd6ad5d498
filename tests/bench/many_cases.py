"""A database with many invented cases, written with plain statements, for measuring what grows with them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fixtures_shop import AT, DAY, SmallShop, open_small_shop  # noqa: E402

from counter_app.db import connection, ledger, search  # noqa: E402
from counter_app.db.numbers import spelled  # noqa: E402

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单曾仇"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
GOODS = (
    "电热水壶",
    "保温杯 500ml",
    "蓝牙耳机 Pro2",
    "iPhone 15 Pro",
    "扫地机器人 X10",
    "儿童自行车",
    "不锈钢炒锅",
    "无线键盘 K380",
)
SUMMARIES = ("漏水", "不工作", "屏幕碎", "颜色不符", "七天无理由", "少发配件")
CHUNK = 1000

_PERSON = (
    "INSERT INTO person (id, name, phone, phone_hash, contact, kind, preferred_way, care_note, created_at)"
    " VALUES (?, ?, ?, '', '', '', '', '', ?)"
)
_SALE = (
    "INSERT INTO sale (id, source, order_no, channel, platform, proof, proof_ref, purchased_on, goods_fen,"
    " discount_fen, freight_fen, paid_fen, subsidy_fen, extras, invoice_no, invoice_state, person_id,"
    " customer_masked, phone_masked, phone_hash, area, content_hash, request_id, recorded_at, business_date)"
    " VALUES (?, 'sheet', ?, 'store', '', 'order', '', ?, 12900, 0, 0, 12900, 0, '{}', '', 'none', ?, '', '',"
    " '', '', 'x', ?, ?, ?)"
)
_LINE = (
    "INSERT INTO sale_line (id, sale_id, line_no, product_id, sku, barcode, name, model, category,"
    " quantity_milli, unit_price_fen, list_fen, discount_fen, freight_fen, paid_fen, tax_rate_bp, serial,"
    " batch_no, flaw, no_return_confirmed, indivisible) VALUES (?, ?, 1, 1, ?, ?, ?, '', 'OTHER', 1000, 12900,"
    " 12900, 0, 0, 12900, 1300, ?, '', '', 0, 0)"
)
_NUMBER = (
    "INSERT INTO number (prefix, business_date, seq, number, at, voided_why) VALUES ('SH', ?, ?, ?, ?, '')"
)
_CASE = (
    "INSERT INTO case_file (id, number, state, sale_id, person_id, customer_masked, phone_masked, phone_hash,"
    " stands, buyer_consent, contact_channel, entrance, opened_at, business_date, opened_by_id, owner_id,"
    " chart_version_id, policy_version_id, summary, wishes, upset, safety, waiting_for, updated_at)"
    " VALUES (?, ?, 'closed', ?, ?, '', '', '', 'buyer', 0, 'store', '', ?, ?, 1, 1, 1, 2, ?, '[]', 0, 0, '',"
    " ?)"
)


def many_cases(folder: Path, rows: int, ledger_rows: int = 0) -> SmallShop:
    """A shop with `rows` sales and cases, indexed, and so many rows in the money ledger."""
    shop = open_small_shop(folder)
    draw, db, day = random.Random(7), shop.db, DAY.isoformat()
    for start in range(0, rows, CHUNK):
        ids = range(start + 1, min(start + CHUNK, rows) + 1)
        with shop.writing():
            for n in ids:
                name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2))))
                number = spelled("SH", "01", DAY, n)
                order = f"E{draw.randrange(10**10):010d}"
                db.execute_sql(_PERSON, (n, name, f"1{draw.randrange(10**9, 10**10)}", AT))
                db.execute_sql(_SALE, (n, order, day, n, f"request-{n}", AT, day))
                sku, bar = f"SKU-{draw.randrange(5000):04d}", f"69012345{draw.randrange(5000):05d}"
                db.execute_sql(_LINE, (n, n, sku, bar, draw.choice(GOODS), f"SN{draw.randrange(10**9)}"))
                db.execute_sql(_NUMBER, (day, n, number, AT))
                db.execute_sql(_CASE, (n, number, n, n, AT, day, draw.choice(SUMMARIES), AT))
            search.index_cases(db, list(ids))
            search.index_sales(db, list(ids))
            search.merge(db)
    with shop.writing():
        for n in range(ledger_rows):
            ledger.append_money(db, kind="float", tender="cash", amount_fen=n, at=AT, business_date=DAY)
    connection.checkpoint(db, force=True)
    return shop
