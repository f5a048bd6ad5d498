"""What a shift leaves in the drawer, why a float differs from it, and the sheet that says so.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

COLUMNS = (
    'ALTER TABLE "shift" ADD COLUMN "float_reason" TEXT',
    'ALTER TABLE "shift" ADD COLUMN "taken_out_fen" INTEGER',
    'ALTER TABLE "shift" ADD COLUMN "document_id" INTEGER',
)


def up(migrator: Any, db: Any) -> None:
    for statement in COLUMNS:
        db.execute_sql(statement)
