"""The rules in force: charts, policies, scripts, as versions that cases bind to.

What `resources/` ships are defaults. A shop's own rules are rows of `policy_version`, never changed once
written; each kind (`chart:counter`, `policy:shop` …) has its own running version.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from peewee import SqliteDatabase

from counter_app import resources
from counter_app.db.models import PolicyVersion
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.services import version_rows
from counter_app.services.desk import Desk, Outcome
from counter_app.services.version_rows import hash_of

ROOMS = {"charts": "chart", "policy": "policy", "scripts": "scripts", "sla": "sla"}
"""Folder of `resources/` → first word of the kind."""
ALWAYS = date(2000, 1, 1)
"""From when shipped defaults hold: before any sale a shop may still hear of."""
CODE_TABLES = ("policy:codes", "policy:scripts")
_KEPT = 64
_COLUMNS = "SELECT id, kind, version, hash, valid_from, note FROM policy_version"
_IN_FORCE = f"{_COLUMNS} WHERE kind = ? AND valid_from <= ? ORDER BY version DESC LIMIT 1"
_BY_ID = f"{_COLUMNS} WHERE id = ?"
_TEXT = "SELECT content FROM policy_version WHERE id = ?"
_texts: dict[str, str] = {}
"""Texts by their hash."""
_versions: WeakKeyDictionary[SqliteDatabase, dict[int, Policy]] = WeakKeyDictionary()
"""Versions of a database that is open: they never change, and nobody asks for one before it is there for good."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one rule. `content` is parsed and must not be changed; `text` is what was written."""

    version_id: int
    kind: str
    version: int
    hash: str
    text: str
    content: Mapping[str, Any]
    valid_from: date
    note: str


def current(desk: Desk, kind: str) -> Policy:
    """The version of `kind` in force today. Raises UserError `policy.unknown`."""
    found = _read(desk.db, _IN_FORCE, (kind, desk.today().isoformat()))
    if found is None:
        raise UserError("policy.unknown", kind=kind)
    return found


def version(desk: Desk, version_id: int) -> Policy:
    """The version a case is bound to, in force or not. Raises UserError `policy.unknown`."""
    known = _versions.setdefault(desk.db, {})
    found = known.get(version_id)
    if found is None:
        found = _read(desk.db, _BY_ID, (version_id,))
        if found is None:
            raise UserError("policy.unknown", kind=f"#{version_id}")
        known[version_id] = found
    return found


def versions(desk: Desk, kind: str) -> tuple[Policy, ...]:
    """Every version of one rule, newest first."""
    rows = PolicyVersion.select().where(PolicyVersion.kind == kind).order_by(PolicyVersion.version.desc())
    return tuple(_policy(row) for row in rows)


def kinds(desk: Desk) -> tuple[str, ...]:
    """Every kind of rule this shop has."""
    rows = PolicyVersion.select(PolicyVersion.kind).distinct().order_by(PolicyVersion.kind)
    return tuple(row.kind for row in rows)


def publish(
    desk: Desk,
    kind: str,
    content: str | Mapping[str, Any],
    note: str,
    valid_from: date | None = None,
) -> Outcome[Policy]:
    """Put a new version of a rule in force, from today unless said otherwise.

    `content` is TOML text or a mapping. The same content as the newest version changes nothing.
    Raises UserError `policy.unknown`, `policy.malformed`, and what the rule's own checks say.
    """
    from counter_app.services import staff

    staff.require(desk, roles.EDIT_POLICY)
    text = content if isinstance(content, str) else _json(content)
    check(desk, kind, text)
    with desk.db.atomic("IMMEDIATE"):
        newest = version_rows.newest(kind)
        if newest is None:
            raise UserError("policy.unknown", kind=kind)
        if newest.hash == hash_of(text):
            return Outcome(_policy(newest), frozenset())
        row = version_rows.add(
            kind,
            text,
            at=desk.instant(),
            day=valid_from or desk.today(),
            note=note,
            by=None if desk.staff is None else desk.staff.id,
        )
    return Outcome(_policy(row), frozenset({"policy"}))


def seed_defaults(desk: Desk) -> None:
    """Put the shipped rules in the database: kinds that are missing, and newer defaults of rules that the
    shop never edited. A rule the shop has edited stays as it is."""
    shipped = {
        f"{word}:{file.stem}": (folder, file.name)
        for folder, word in ROOMS.items()
        for file in sorted(resources.path(folder).glob("*.toml"))
    }
    texts = {kind: resources.read_text(*where) for kind, where in shipped.items()}
    wanted = _news(desk, texts)
    if not wanted:
        return
    for kind in wanted:
        check(desk, kind, texts[kind], texts)
    with desk.db.atomic("IMMEDIATE"):
        for kind in _news(desk, texts):
            start = ALWAYS if version_rows.newest(kind) is None else desk.today()
            version_rows.add(kind, texts[kind], at=desk.instant(), day=start, note="", by=None)


def check(desk: Desk, kind: str, text: str, beside: Mapping[str, str] | None = None) -> None:
    """Refuse a rule that cannot be read, or that its own loader refuses, before it is in force.

    A chart is checked against the shop's codes; `beside` are texts that come into force together with it.
    """
    # Read only when a rule is written: the window opens without the chart's reader.
    from counter_app.services import policy_checks

    content = parse(text)
    if kind.startswith("chart:"):
        tables = [parse((beside or {}).get(table) or current(desk, table).text) for table in CODE_TABLES]
        policy_checks.check_chart(kind, content, tables)
    else:
        policy_checks.check_rule(kind, content)


@lru_cache(maxsize=_KEPT)
def parse(text: str) -> Mapping[str, Any]:
    """A rule's text, TOML or canonical JSON. Raises UserError `policy.malformed`."""
    try:
        if text.startswith("{"):
            content: dict[str, Any] = json.loads(text)
            return content
        return tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise UserError("policy.malformed", reason=str(wrong)) from wrong


def _news(desk: Desk, texts: Mapping[str, str]) -> list[str]:
    """Kinds that are missing, or whose newest version is a default other than any seen before. Asked at every
    start, so in one question for all kinds."""
    rows = desk.db.execute_sql("SELECT kind, hash, by_id FROM policy_version ORDER BY version").fetchall()
    by_whom = {kind: by for kind, _digest, by in rows}
    seen = {(kind, digest) for kind, digest, _by in rows}
    return [
        kind
        for kind, text in texts.items()
        if kind not in by_whom or (by_whom[kind] is None and (kind, hash_of(text)) not in seen)
    ]


def _read(db: SqliteDatabase, sql: str, params: tuple[Any, ...]) -> Policy | None:
    """One version by plain SQL: every step at the counter asks for several. Its text, which its hash names for
    ever, is read from the file once."""
    row = db.execute_sql(sql, params).fetchone()
    if row is None:
        return None
    version_id, kind, number, digest, valid_from, note = row
    text = _texts.get(digest)
    if text is None:
        text = str(db.execute_sql(_TEXT, (version_id,)).fetchone()[0])
        if len(_texts) >= _KEPT:
            _texts.clear()
        _texts[digest] = text
    return Policy(version_id, kind, number, digest, text, parse(text), date.fromisoformat(valid_from), note)


def _json(content: Mapping[str, Any]) -> str:
    """Canonical JSON; days, which TOML knows and JSON does not, become ISO text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _policy(row: Any) -> Policy:
    return Policy(
        row.id, row.kind, row.version, row.hash, row.content, parse(row.content), row.valid_from, row.note
    )
