"""Lists are sorted by what has an index: sales by what was paid, visits by their state, articles by their price.

An index of one column holds the rows of equal keys by their id, so a page begins behind a key and an id. The index by
state and day of visits is shortened to the state: no question ever used the day in it.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

INDICES = """
CREATE INDEX "sale_paid_fen" ON "sale" ("paid_fen");
DROP INDEX "case_file_state_next_due_on";
CREATE INDEX "case_file_state" ON "case_file" ("state");
CREATE INDEX "case_file_unfinished_state" ON "case_file" ("state") WHERE "state" NOT IN ('settled', 'closed', 'refused', 'withdrawn', 'reversed');
CREATE INDEX "product_price_fen" ON "product" ("price_fen");
CREATE INDEX "product_active_price_fen" ON "product" ("active", "price_fen");
CREATE INDEX "product_active_sku" ON "product" ("active", "sku");
"""


def up(migrator: Any, db: Any) -> None:
    for statement in INDICES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
