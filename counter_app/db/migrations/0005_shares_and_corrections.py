"""What units that came back were worth, so that shares fit after a reversal; proofs that correct a wrong one.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

COLUMNS = (
    'ALTER TABLE "case_line" ADD COLUMN "value_fen" INTEGER',
    'ALTER TABLE "case_line" ADD COLUMN "freight_share_fen" INTEGER',
    'ALTER TABLE "case_line" ADD COLUMN "subsidy_share_fen" INTEGER',
    'ALTER TABLE "proof" ADD COLUMN "corrects_id" INTEGER',
    'ALTER TABLE "proof" ADD COLUMN "reason" TEXT',
    'CREATE UNIQUE INDEX "proof_corrects_id" ON "proof" ("corrects_id")',
    'CREATE INDEX "proof_reference" ON "proof" ("reference")',
)
# Lines returned before this step had telescoped shares, one after the other.
SHARES = """
UPDATE case_line SET
    value_fen = s.paid_fen * s.after_milli / s.sold_milli - s.paid_fen * s.before_milli / s.sold_milli,
    freight_share_fen = s.freight_fen * s.after_milli / s.sold_milli - s.freight_fen * s.before_milli / s.sold_milli,
    subsidy_share_fen = s.subsidy_fen * s.after_milli / s.sold_milli - s.subsidy_fen * s.before_milli / s.sold_milli
FROM (
    SELECT k.id, l.paid_fen, l.freight_fen, MAX(l.list_fen - l.discount_fen - l.paid_fen, 0) AS subsidy_fen,
           l.quantity_milli AS sold_milli,
           SUM(k.quantity_milli) OVER mine AS after_milli,
           SUM(k.quantity_milli) OVER mine - k.quantity_milli AS before_milli
    FROM case_line k JOIN sale_line l ON l.id = k.sale_line_id
    WHERE k.state = 'returned'
    WINDOW mine AS (PARTITION BY k.sale_line_id ORDER BY k.id)
) AS s
WHERE s.id = case_line.id
"""


def up(migrator: Any, db: Any) -> None:
    for statement in COLUMNS:
        db.execute_sql(statement)
    db.execute_sql(SHARES)
