"""Tables of the figures that reports read; triggers keep them, `reindex` makes them anew.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE "figure_value" ("id" INTEGER NOT NULL PRIMARY KEY, "dimension" INTEGER NOT NULL, "value" TEXT NOT NULL,
    "label" TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX "figure_value_dimension_value" ON "figure_value" ("dimension", "value");
CREATE TABLE "figure_case" ("value_id" INTEGER NOT NULL, "month" INTEGER NOT NULL, "case_id" INTEGER NOT NULL,
    "units_milli" INTEGER NOT NULL, "goods_fen" INTEGER NOT NULL, "owed_fen" INTEGER NOT NULL,
    "paid_fen" INTEGER NOT NULL, "taken_fen" INTEGER NOT NULL,
    PRIMARY KEY ("value_id", "month", "case_id")) STRICT, WITHOUT ROWID;
CREATE TABLE "figure" ("dimension" INTEGER NOT NULL, "month" INTEGER NOT NULL, "value_id" INTEGER NOT NULL,
    "cases" INTEGER NOT NULL, "units_milli" INTEGER NOT NULL, "goods_fen" INTEGER NOT NULL,
    "owed_fen" INTEGER NOT NULL, "paid_fen" INTEGER NOT NULL, "taken_fen" INTEGER NOT NULL,
    PRIMARY KEY ("dimension", "month", "value_id")) STRICT, WITHOUT ROWID;
CREATE INDEX "figure_value_id_month" ON "figure" ("value_id", "month");
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
