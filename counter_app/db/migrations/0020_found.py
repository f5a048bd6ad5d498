"""Articles are searched like cases and sales; lists of unfinished visits have an index in their order.

Frozen on purpose: this text never follows later changes of the models.
"""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE VIRTUAL TABLE product_search USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE "product_search_text" ("id" INTEGER NOT NULL PRIMARY KEY, "form" INTEGER NOT NULL, "text" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL) STRICT;
INSERT INTO product_search (product_search, rank) VALUES ('automerge', 0);
INSERT INTO product_search (product_search, rank) VALUES ('crisismerge', 64);
CREATE INDEX "case_file_unfinished" ON "case_file" ("id")
    WHERE "state" NOT IN ('settled', 'closed', 'refused', 'withdrawn', 'reversed');
"""


def up(migrator: Any, db: Any) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement)
