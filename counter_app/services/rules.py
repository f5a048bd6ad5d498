"""The rules a case is bound to, parsed once per content hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from peewee import SqliteDatabase

from counter_app.domain.approval_rules import ApprovalRules, load_approval_rules
from counter_app.domain.categories import (
    CategoryTerms,
    ProvinceTerms,
    category_of,
    load_categories,
    load_provinces,
)
from counter_app.domain.chart import Chart, read_chart
from counter_app.domain.codes import read_codes
from counter_app.domain.dates import Calendar, load_calendar
from counter_app.domain.errors import UserError
from counter_app.domain.policy import ShopPolicy, load_shop_policy
from counter_app.domain.remedy import RemedyTerms, load_remedies
from counter_app.domain.rights import NO_PROVINCE
from counter_app.domain.spoken import Words
from counter_app.services import policy
from counter_app.services.desk import Desk
from counter_app.services.policy import Policy

SHOP, CATEGORIES, PROVINCES, HOLIDAYS = (
    "policy:shop_policy",
    "policy:categories",
    "policy:provinces",
    "policy:holidays",
)
COUNTER_CHART = "chart:counter"
CODES, SCRIPTS, REMEDIES = "policy:codes", "policy:scripts", "policy:remedies"
APPROVALS = "policy:approvals"
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Rules:
    """Shop policy, categories, provinces and calendar in one hand, with the versions they came from."""

    shop: ShopPolicy
    categories: Mapping[str, CategoryTerms]
    provinces: Mapping[str, ProvinceTerms]
    calendar: Calendar
    versions: Mapping[str, int]
    numbers: Mapping[str, int]

    def category(self, code: str) -> CategoryTerms:
        """Terms of a category; goods of an unknown one are other goods."""
        return category_of(code, self.categories)

    def province(self, code: str) -> ProvinceTerms:
        """What the shop's province adds; nothing when it is not set or says nothing."""
        for terms in self.provinces.values():
            if code and code in (terms.code, terms.zh, terms.en):
                return terms
        return NO_PROVINCE


_IN_FORCE = "SELECT kind, id, MAX(version) FROM policy_version WHERE valid_from <= ? GROUP BY kind"
_Key = tuple[int, int, str]
_kept_ids: WeakKeyDictionary[SqliteDatabase, tuple[_Key, dict[str, int]]] = WeakKeyDictionary()
_kept_versions: WeakKeyDictionary[SqliteDatabase, dict[int, Policy]] = WeakKeyDictionary()


def in_force(desk: Desk, kind: str) -> Policy:
    """The version of a rule in force today, as `policy.current`; asked for many times at every step, so that it
    is looked up again only when somebody wrote to the database. Raises UserError `policy.unknown`."""
    connection = desk.db.connection()
    seen = connection.execute("PRAGMA data_version").fetchone()[0]
    key = (connection.total_changes, seen, desk.today().isoformat())
    kept = _kept_ids.get(desk.db)
    if kept is None or kept[0] != key:
        rows = connection.execute(_IN_FORCE, (key[2],)).fetchall()
        kept = (key, {row[0]: row[1] for row in rows})
        if not connection.in_transaction:  # what is not committed may still be taken back
            _kept_ids[desk.db] = kept
    version_id = kept[1].get(kind)
    if version_id is None:
        raise UserError("policy.unknown", kind=kind)
    return version_of(desk, version_id)


def version_of(desk: Desk, version_id: int) -> Policy:
    """A version of a rule by id, as `policy.version`. Versions never change once written."""
    kept = _kept_versions.setdefault(desk.db, {})
    found = kept.get(version_id)
    if found is None:
        found = policy.version(desk, version_id)
        if not desk.db.in_transaction():
            kept[version_id] = found
    return found


def current_rules(desk: Desk) -> Rules:
    """The rules in force today."""
    return _bundle({kind: in_force(desk, kind) for kind in (SHOP, CATEGORIES, PROVINCES, HOLIDAYS)})


def bound_rules(desk: Desk, versions: Mapping[str, int]) -> Rules:
    """The rules a case was started under. Holidays are always today's: a later arrangement adds years."""
    found = {
        kind: version_of(desk, versions[kind]) if kind in versions else in_force(desk, kind)
        for kind in (SHOP, CATEGORIES, PROVINCES)
    }
    found[HOLIDAYS] = in_force(desk, HOLIDAYS)
    return _bundle(found)


def current_chart(desk: Desk) -> tuple[Policy, Chart]:
    """The chart new cases start on."""
    version = in_force(desk, COUNTER_CHART)
    return version, chart_of(desk, version)


def chart_of(desk: Desk, version: Policy) -> Chart:
    """A chart version, parsed and checked once per content. Cases finish on the version they began on."""
    codes = in_force(desk, CODES)
    scripts = in_force(desk, SCRIPTS)
    return _chart(version.text, version.kind, codes.text, scripts.text)


def remedies(desk: Desk) -> Mapping[str, RemedyTerms]:
    """What each remedy needs and does."""
    return _remedies(in_force(desk, REMEDIES).text)


def approval_rules(desk: Desk) -> ApprovalRules:
    """When somebody else must say yes. Always today's: a case that was opened under laxer figures is no way around."""
    return _approvals(in_force(desk, APPROVALS).text)


def task_words(desk: Desk, name: str) -> Words:
    """What a task that a chart opens is called."""
    entry = code_tables(desk)["tasks"].get(name, {"zh": name, "en": name})
    return Words(entry["zh"], entry["en"])


def code_tables(desk: Desk) -> Mapping[str, Any]:
    """The shop's trade codes with their words: reasons, remedies, conditions, dispositions …"""
    return in_force(desk, CODES).content


def script_texts(desk: Desk) -> Mapping[str, Any]:
    """What is said at the counter, by T code."""
    content: Mapping[str, Any] = in_force(desk, SCRIPTS).content["scripts"]
    return content


def _bundle(found: Mapping[str, Policy]) -> Rules:
    return Rules(
        _shop(found[SHOP].hash, found[SHOP].text),
        _categories(found[CATEGORIES].hash, found[CATEGORIES].text),
        _provinces(found[PROVINCES].hash, found[PROVINCES].text),
        _calendar(found[HOLIDAYS].hash, found[HOLIDAYS].text),
        {kind: version.version_id for kind, version in found.items()},
        {kind: version.version for kind, version in found.items()},
    )


def _content(text: str) -> Mapping[str, Any]:
    return policy.parse(text)


@lru_cache(maxsize=_KEPT)
def _shop(_hash: str, text: str) -> ShopPolicy:
    return load_shop_policy(_content(text))


@lru_cache(maxsize=_KEPT)
def _categories(_hash: str, text: str) -> dict[str, CategoryTerms]:
    return load_categories(_content(text))


@lru_cache(maxsize=_KEPT)
def _provinces(_hash: str, text: str) -> dict[str, ProvinceTerms]:
    return load_provinces(_content(text))


@lru_cache(maxsize=_KEPT)
def _calendar(_hash: str, text: str) -> Calendar:
    return load_calendar(_content(text))


@lru_cache(maxsize=_KEPT)
def _chart(text: str, source: str, codes: str, scripts: str) -> Chart:
    return read_chart(_content(text), source, read_codes(_content(codes), _content(scripts)))


@lru_cache(maxsize=_KEPT)
def _remedies(text: str) -> dict[str, RemedyTerms]:
    return load_remedies(_content(text))


@lru_cache(maxsize=_KEPT)
def _approvals(text: str) -> ApprovalRules:
    return load_approval_rules(_content(text))
