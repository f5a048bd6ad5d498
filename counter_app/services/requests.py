"""One wish, one deed: the window keeps a request id until it succeeds, and a repeat gets the first result."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from counter_app.db.fields import canonical_json
from counter_app.db.models import Posting
from counter_app.db.posting_sql import insert_row
from counter_app.domain.errors import UserError
from counter_app.services.case_rows import acting
from counter_app.services.desk import Desk

LONGEST = 100


def digest(content: object) -> str:
    """sha256 of a JSON value in its one spelling."""
    return hashlib.sha256(canonical_json(content).encode("utf-8", "surrogatepass")).hexdigest()


def earlier(desk: Desk, request_id: str, kind: str, content: object) -> Any | None:
    """The result of the same wish done before, None when it was not. Call inside the transaction.

    Raises UserError `request.empty`, `request.changed` when the id stood for another wish.
    """
    if not request_id or len(request_id) > LONGEST:
        raise UserError("request.empty")
    row = Posting.get_or_none(Posting.request_id == request_id)
    if row is None:
        return None
    if row.kind != kind or row.content_hash != digest(content):
        raise UserError("request.changed", request=request_id)
    return json.loads(row.result)


def remember(
    desk: Desk, request_id: str, kind: str, content: object, result: object, case_id: int | None = None
) -> int:
    """Write down that a wish was done and what came of it. Returns the posting's id."""
    return insert_row(
        desk.db,
        Posting,
        request_id=request_id,
        kind=kind,
        content_hash=digest(content),
        case_id=case_id,
        result=canonical_json(result),
        at=desk.instant(),
        by_id=acting(desk),
    )
