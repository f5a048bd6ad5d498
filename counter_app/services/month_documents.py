"""The table of the archive that names every number given in the span: paper, case, amount, what it reverses, its hash.

A shop that reads its archives back learns from it which numbers were given; whoever holds a paper finds it by its number.
"""

from __future__ import annotations

from counter_app.archive.sheets import Look, Mark
from counter_app.services.month_tables import DAY, INSTANT, MONEY, NOTE, Table, col

DOCUMENTS = Table(
    "documents",
    (
        col("number", width=20),
        col("paper", width=24, words="prefix"),
        col("day", DAY),
        col("posted", INSTANT, 17),
        col("case", width=20),
        col("amount", MONEY, 13),
        col("paper_state", width=10, words="paper_state"),
        col("reversed", width=20),
        col("reversed_by", width=20),
        col("void_why", NOTE, 24, written=True),
        col("clerk", width=10),
        col("approver", width=10),
        col("content_hash", width=68),
    ),
    # Numbers of visits and recalls stand among them though they are no posted documents: no number may be missing.
    """
    SELECT n.number, n.prefix, n.business_date, coalesce(d.posted_at, n.at), c.number, nullif(d.amount_fen, 0),
           CASE WHEN n.voided_why <> '' THEN 'void' WHEN d.id IS NULL THEN 'given'
                WHEN d.reverses_id IS NOT NULL THEN 'reversal' WHEN r.id IS NOT NULL THEN 'reversed'
                ELSE 'posted' END,
           o.number, r.number, nullif(n.voided_why, ''), f.name, a.name, d.content_hash
    FROM number n
    LEFT JOIN document d ON d.number = n.number
    LEFT JOIN case_file v ON v.number = n.number
    LEFT JOIN case_file c ON c.id = coalesce(d.case_id, v.id)
    LEFT JOIN document o ON o.id = d.reverses_id
    LEFT JOIN document r ON r.reverses_id = d.id AND r.business_date <= :last
    LEFT JOIN staff f ON f.id = coalesce(d.posted_by_id, v.opened_by_id)
    LEFT JOIN approval g ON g.id = d.approval_id
    LEFT JOIN staff a ON a.id = g.decided_by_id
    WHERE n.business_date BETWEEN :first AND :last
    ORDER BY n.business_date, n.prefix, n.seq
    """,
    marks=(Mark("paper_state", 'OR({reversed}<>"",{reversed_by}<>"",{void_why}<>"")', Look.SOON),),
    since=3,
    counted="SELECT count(*) FROM number WHERE business_date BETWEEN :first AND :last",
)
"""Every number that was given, in the order of days and kinds."""
