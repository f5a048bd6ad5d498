"""Suggested vouchers of the archive: money as it was owed and moved, goods at cost as they came and went."""

from __future__ import annotations

from typing import Final

from counter_app.services.month_money import tax_of
from counter_app.services.month_tables import DAY, MONEY, WHOLE, Table, col

_MONEY_ACCOUNT = (
    "CASE {} WHEN 'cash' THEN '1001' WHEN 'wechat' THEN '1012' WHEN 'alipay' THEN '1012' ELSE '1002' END"
)
_SETTLED = f"""
    SELECT t.business_date AS day, t.direction AS way, t.purpose AS purpose, t.tender AS tender,
           t.amount_fen AS amount, CASE WHEN t.purpose IN ('refund', 'difference', 'repair') THEN {tax_of("t")}
           ELSE 0 END AS tax
    FROM settlement t WHERE t.business_date BETWEEN :first AND :last
"""
_PROVED = """
    SELECT p.business_date AS day, t.direction AS way, p.tender AS tender, p.amount_fen AS amount
    FROM proof p JOIN settlement t ON t.id = p.settlement_id WHERE p.business_date BETWEEN :first AND :last
"""
_GROUP = "GROUP BY day, entry, tender, account HAVING debit <> 0 OR credit <> 0"
_ENTRIES = (
    # What is owed to customers: income and tax fall, or the cost of compensation rises, or a deposit goes back.
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 1 AS line,
        CASE purpose WHEN 'compensation' THEN '5601' WHEN 'deposit' THEN '2241.2' ELSE '5001' END AS account,
        sum(amount - tax) AS debit, 0 AS credit FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 2 AS line, '2221' AS account, sum(tax) AS debit, 0 AS credit
        FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'owed_' || purpose AS entry, tender, 3 AS line, '2241.1' AS account, 0 AS debit,
        sum(amount) AS credit FROM ({_SETTLED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'paid' AS entry, tender, 1 AS line, '2241.1' AS account, sum(amount) AS debit, 0 AS credit
        FROM ({_PROVED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'paid' AS entry, tender, 2 AS line, {_MONEY_ACCOUNT.format("tender")} AS account, 0 AS debit,
        sum(amount) AS credit FROM ({_PROVED}) WHERE way = 'out' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 1 AS line, '1122' AS account, sum(amount) AS debit,
        0 AS credit FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 2 AS line,
        CASE purpose WHEN 'deposit' THEN '2241.2' WHEN 'repair' THEN '5051' ELSE '5001' END AS account,
        0 AS debit, sum(amount - tax) AS credit FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'due_' || purpose AS entry, tender, 3 AS line, '2221' AS account, 0 AS debit, sum(tax) AS credit
        FROM ({_SETTLED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'received' AS entry, tender, 1 AS line, {_MONEY_ACCOUNT.format("tender")} AS account,
        sum(amount) AS debit, 0 AS credit FROM ({_PROVED}) WHERE way = 'in' {_GROUP}""",
    f"""SELECT day, 'received' AS entry, tender, 2 AS line, '1122' AS account, 0 AS debit, sum(amount) AS credit
        FROM ({_PROVED}) WHERE way = 'in' {_GROUP}""",
    *(
        f"""SELECT d.business_date AS day, 'kept' AS entry, e.tender AS tender, {line} AS line, '{account}' AS account,
            {debit} AS debit, {credit} AS credit
            FROM deposit_move m JOIN deposit e ON e.id = m.deposit_id JOIN document d ON d.id = m.document_id
            WHERE m.kind = 'kept' AND d.business_date BETWEEN :first AND :last {_GROUP}"""
        for line, account, debit, credit in (
            (1, "2241.2", "sum(m.amount_fen)", "0"),
            (2, "5301", "0", "sum(m.amount_fen)"),
        )
    ),
    *(
        f"""SELECT business_date AS day, 'variance' AS entry, tender, {line} AS line, '{account}' AS account,
            {debit} AS debit, {credit} AS credit FROM money_entry
            WHERE kind = 'variance' AND business_date BETWEEN :first AND :last {_GROUP}"""
        for line, account, debit, credit in (
            (1, "1001", "max(sum(amount_fen), 0)", "max(-sum(amount_fen), 0)"),
            (2, "1901", "max(-sum(amount_fen), 0)", "max(sum(amount_fen), 0)"),
        )
    ),
)

_COST = "CAST(round(coalesce(l.cost_fen, p.cost_fen, 0) * {}.quantity_milli / 1000.0) AS INTEGER)"
# Goods of customers are the shop's again with the paper that takes them back: what came for repair never is.
_MOVES = f"""
    SELECT d.business_date AS day, {_COST.format("n")} AS amount,
           CASE n.direction WHEN 'in' THEN 'cost_back' ELSE 'cost_out' END AS entry
    FROM document_line n
    JOIN document d ON d.id = n.document_id
    LEFT JOIN sale_line l ON l.id = n.sale_line_id
    LEFT JOIN product p ON p.id = l.product_id
    WHERE d.business_date BETWEEN :first AND :last
      AND (d.prefix = 'TH' AND n.direction = 'in' OR d.prefix IN ('HH', 'BF') AND n.direction = 'out')
    UNION ALL
    SELECT e.business_date, {_COST.format("e")},
           CASE e.kind WHEN 'supplied' THEN 'goods_supplied' WHEN 'given' THEN 'goods_given'
                WHEN 'count' THEN CASE e.from_place WHEN 'OUT' THEN 'count_more' ELSE 'count_less' END
                ELSE CASE WHEN e.from_place = 'V4' OR e.from_place = 'V0' AND k.disposition = 'V4'
                          THEN 'goods_to_supplier' ELSE 'scrapped' END END
    FROM stock_entry e
    LEFT JOIN case_line k ON k.id = e.case_line_id
    LEFT JOIN sale_line l ON l.id = e.sale_line_id
    LEFT JOIN product p ON p.id = coalesce(e.product_id, l.product_id)
    WHERE e.business_date BETWEEN :first AND :last AND 'OUT' IN (e.from_place, e.to_place)
      AND e.kind IN ('supplied', 'given', 'count', 'disposed')
"""
_COST_ACCOUNTS: Final = (
    # Returned goods are stock again and their cost of sales is taken back; goods given in exchange are the reverse.
    ("cost_back", "cost_back", "1405", "5401"),
    ("cost_out", "cost_out", "5401", "1405"),
    ("goods_supplied", "goods_supplied", "1405", "2202"),
    ("goods_to_supplier", "goods_to_supplier", "2202", "1405"),
    ("goods_given", "goods_given", "5601", "1405"),
    ("count_more", "count_more", "1405", "1901"),
    ("count_less", "count_less", "1901", "1405"),
    # A loss passes through what is to be settled before it is one.
    ("scrapped", "scrapped", "1901", "1405"),
    ("scrap_loss", "scrapped", "5711", "1901"),
)
COST_ENTRIES: Final = frozenset(entry for entry, _, _, _ in _COST_ACCOUNTS)
"""Vouchers that tell costs."""
_COST_LINES = tuple(
    f"""SELECT day, '{entry}' AS entry, {line} AS line, '{account}' AS account, {debit} AS debit, {credit} AS credit
        FROM ({_MOVES}) WHERE entry = '{move}' GROUP BY day HAVING sum(amount) <> 0"""
    for entry, move, debited, credited in _COST_ACCOUNTS
    for line, account, debit, credit in ((1, debited, "sum(amount)", "0"), (2, credited, "0", "sum(amount)"))
)

VOUCHERS = Table(
    "vouchers",
    (
        col("voucher", WHOLE, 9),
        col("voucher_line", WHOLE, 7),
        col("day", DAY),
        col("entry", width=24, words="entry"),
        col("tender", width=13, words="tender"),
        col("account", width=34, words="account"),
        col("debit", MONEY, 14, total=True),
        col("credit", MONEY, 14, total=True),
    ),
    f"""
    SELECT dense_rank() OVER (PARTITION BY substr(day, 1, 7) ORDER BY late, day, entry, coalesce(tender, '')) AS voucher,
           row_number() OVER (PARTITION BY late, day, entry, tender ORDER BY line) AS voucher_line,
           day, entry, tender, account, nullif(debit, 0) AS debit, nullif(credit, 0) AS credit
    FROM (SELECT day, entry, tender, line, account, debit, credit, 0 AS late FROM ({" UNION ALL ".join(_ENTRIES)})
          UNION ALL
          SELECT day, entry, NULL, line, account, debit, credit, 1 FROM ({" UNION ALL ".join(_COST_LINES)}))
    ORDER BY substr(day, 1, 7), voucher, voucher_line
    """,
    cost_by="entry",
    cost_rows=COST_ENTRIES,
    once=True,
)
"""Suggested vouchers (小企业会计准则), by day, kind and tender, numbered within their month; each is balanced. Taxes by
the sale lines' rates; costs by the price the sale had cost, else the article's."""
