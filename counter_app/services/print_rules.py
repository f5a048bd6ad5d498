"""Which printer, paper, copies and tray each kind of slip gets: kind → group → the shop's own defaults.

Kept as the setting `print.rules` (`{"kinds": {kind: {…}}, "groups": {group: {…}}}`, only what differs from the level
above) and `printer.devices` (receipt printers spoken to without the system, by the name the shop gave them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from counter_app import documents
from counter_app.documents import CopyKind, Paper
from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.text import clean_line
from counter_app.printers import Device
from counter_app.services import settings, staff
from counter_app.services.desk import Desk, Outcome

RULES, DEVICES = "print.rules", "printer.devices"
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "receipts": ("receipt",),
    "forms": (
        "return_form",
        "acceptance_receipt",
        "refund_acknowledgement",
        "money_receipt",
        "deposit_receipt",
        "refusal_notice",
        "service_order",
        "loan_slip",
        "settlement_form",
        "complaint_record",
        "result_confirmation",
        "survey_sheet",
        "gift_issue",
        "message_card",
    ),
    "office": ("refund_application", "allowance_application", "problem_record", "analysis_report"),
    "goods": ("goods_claim", "scrap_record", "stock_count", "receiving_list", "recall_notice"),
    "day": ("register", "refund_day", "approval_list", "shift_sheet"),
}
"""Slips that usually come out of one printer."""
FINANCE: Final = "finance_copies"
"""A group of its own across all kinds: with a printer of its own, finance copies come out there."""
MOST_COPIES: Final = 9


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind or group says for itself; None = as the level above.

    `copies`: how often each kind of copy prints, 0 = not at all. `also`: the language the customer's copy speaks a
    second time, '' = none. `silent`: it prints by itself once it is posted.
    """

    printer: str | None = None
    paper: str | None = None
    copies: Mapping[str, int] | None = None
    tray: str | None = None
    also: str | None = None
    silent: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of its own."""
        return all(getattr(self, one.name) is None for one in fields(self))


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind of slip prints. `printer` '' = the system's own; `copies` in their order, as often as they print."""

    printer: str
    paper: Paper
    copies: tuple[CopyKind, ...]
    tray: str
    also: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What goes to one printer of one slip."""

    way: Way
    copies: tuple[CopyKind, ...]


def kinds() -> tuple[str, ...]:
    """Every kind of slip, in the order of its groups."""
    return tuple(kind for listed in GROUPS.values() for kind in listed)


def group_of(kind: str) -> str:
    """The group of a kind of slip; `forms` for one that is in none."""
    return next((group for group, listed in GROUPS.items() if kind in listed), "forms")


def copies_of(kind: str) -> tuple[CopyKind, ...]:
    """The copies a kind of slip has."""
    return tuple(copy.kind for copy in documents.default_copies(kind, "zh"))


def rule(desk: Desk, level: str, name: str) -> Rule:
    """What `level` ("kinds" or "groups") says of `name`."""
    return _rule(settings.setting(desk, RULES), level, name)


def way(desk: Desk, kind: str) -> Way:
    """How a kind of slip prints, all levels taken together."""
    return _ways(desk, kind)[0]


def parts(desk: Desk, kind: str) -> tuple[Part, ...]:
    """How a kind of slip is shared out: its finance copy goes to the printer set for finance copies, if one is."""
    whole, finance = _ways(desk, kind)
    if finance is None or CopyKind.FINANCE not in whole.copies:
        return (Part(whole, whole.copies),) if whole.copies else ()
    here = tuple(copy for copy in whole.copies if copy is not CopyKind.FINANCE)
    there = tuple(copy for copy in whole.copies if copy is CopyKind.FINANCE)
    return tuple(Part(one, copies) for one, copies in ((whole, here), (finance, there)) if copies)


def any_silent(desk: Desk) -> bool:
    """Whether anything prints by itself."""
    rules = settings.setting(desk, RULES)
    return any(
        _rule(rules, level, name).silent for level in ("groups", "kinds") for name in rules.get(level, ())
    )


def set_rule(desk: Desk, level: str, name: str, told: Rule) -> Outcome[Rule]:
    """Keep what one kind or group says for itself; an empty rule is as the level above.

    Raises UserError `staff.right.missing`, `print.rule.unknown`, `print.rule.copies`, `print.rule.paper`.
    """
    staff.require(desk, roles.EDIT_POLICY)
    _check(level, name, told)
    rules = {key: dict(value) for key, value in settings.setting(desk, RULES).items()}
    mine = rules.setdefault(level, {})
    mine.pop(name, None)
    if not told.is_empty:
        kept = {one.name: getattr(told, one.name) for one in fields(told)}
        mine[name] = {
            key: dict(value) if key == "copies" else value for key, value in kept.items() if value is not None
        }
    return Outcome(told, settings.set_setting(desk, RULES, rules).changed)


def devices(desk: Desk) -> dict[str, Device]:
    """Receipt printers that the program speaks to itself, by name. Raises UserError `printer.…`."""
    return {name: Device.of(told) for name, told in settings.setting(desk, DEVICES).items()}


def set_device(desk: Desk, name: str, device: Device | None, before: str = "") -> Outcome[str]:
    """Add or change a receipt printer (`before`: the name it had), or take it away (None).

    Raises UserError `staff.right.missing`, `print.device.name`, `text.…`.
    """
    staff.require(desk, roles.EDIT_POLICY)
    called = clean_line(name, 40, "printer_name")
    kept = dict(settings.setting(desk, DEVICES))
    if not called or (called != before and called in kept):
        raise UserError("print.device.name", name=called)
    kept.pop(before or called, None)
    if device is not None:
        kept[called] = device.plain()
    return Outcome(called, settings.set_setting(desk, DEVICES, kept).changed)


def group_way(desk: Desk, group: str) -> Way:
    """How a group prints, apart from what single kinds of it say."""
    rules = settings.setting(desk, RULES)
    return _way(desk, GROUPS[group][0], (_rule(rules, "groups", group),))


def finance_way(desk: Desk) -> Way:
    """How finance copies print that come out apart; as forms, where they do not."""
    rules = settings.setting(desk, RULES)
    return _way(desk, "return_form", (_rule(rules, "groups", FINANCE), _rule(rules, "groups", "forms")))


def _ways(desk: Desk, kind: str) -> tuple[Way, Way | None]:
    rules = settings.setting(desk, RULES)
    levels = (_rule(rules, "kinds", kind), _rule(rules, "groups", group_of(kind)))
    whole = _way(desk, kind, levels)
    own = _rule(rules, "groups", FINANCE)
    if own.printer is None:
        return whole, None
    # A tray is one printer's, and what a finance copy says is for the shop alone.
    apart = _way(desk, kind, (own, *levels))
    return whole, replace(apart, tray=own.tray or "", also="", silent=whole.silent)


def _way(desk: Desk, kind: str, levels: tuple[Rule, ...]) -> Way:
    room = "receipt" if kind in GROUPS["receipts"] else "form"
    both = bool(settings.setting(desk, "slips.both_languages"))
    zh = settings.setting(desk, "slips.language") != "en"
    bottom = Rule(
        printer=str(settings.setting(desk, f"printer.{room}")),
        paper=str(settings.setting(desk, f"paper.{room}")),
        copies={},
        tray="",
        also=("en" if zh else "zh") if both else "",
        silent=False,
    )

    def first(field: str) -> Any:
        return next(value for one in (*levels, bottom) if (value := getattr(one, field)) is not None)

    counts = first("copies")
    return Way(
        printer=first("printer"),
        paper=Paper(first("paper")),
        copies=tuple(copy for copy in copies_of(kind) for _ in range(counts.get(copy.value, 1))),
        tray=first("tray"),
        also=first("also"),
        silent=first("silent"),
    )


def _rule(rules: Mapping[str, Any], level: str, name: str) -> Rule:
    known = {one.name for one in fields(Rule)}
    told = rules.get(level, {}).get(name, {})
    return Rule(**{key: value for key, value in told.items() if key in known})


def _check(level: str, name: str, told: Rule) -> None:
    if (level == "kinds" and name not in kinds()) or (level == "groups" and name not in (*GROUPS, FINANCE)):
        raise UserError("print.rule.unknown", name=name)
    if level not in ("kinds", "groups"):
        raise UserError("print.rule.unknown", name=level)
    if told.paper is not None and told.paper not in {paper.value for paper in Paper}:
        raise UserError("print.rule.paper", paper=told.paper[:20])
    for copy, count in (told.copies or {}).items():
        if copy not in {one.value for one in CopyKind} or not 0 <= count <= MOST_COPIES:
            raise UserError("print.rule.copies", most=MOST_COPIES)
