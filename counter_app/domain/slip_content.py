"""Freezing a slip as JSON content and reading it back, and the hash a signature binds to.

`canonical` leaves out what has its default value, so a field added later never changes the hash of an
older slip. Unknown fields and wrong types are refused, never dropped.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from counter_app.domain import list_slips, service_slips, slips
from counter_app.domain.errors import SurroundingsError

VERSION = 1
SlipType = TypeVar("SlipType", bound=slips.Slip)

KINDS: dict[str, type[Any]] = {
    "return_form": slips.ReturnForm,
    "receipt": slips.Receipt,
    "refund_acknowledgement": slips.RefundAcknowledgement,
    "money_receipt": slips.MoneyReceipt,
    "acceptance_receipt": slips.AcceptanceReceipt,
    "deposit_receipt": slips.DepositReceipt,
    "refund_application": slips.RefundApplication,
    "allowance_application": slips.AllowanceApplication,
    "refusal_notice": slips.RefusalNotice,
    "problem_record": slips.ProblemRecord,
    "shift_sheet": slips.ShiftSheet,
    "goods_claim": slips.GoodsClaim,
    "scrap_record": slips.ScrapRecord,
    "stock_count": list_slips.StockCount,
    "register": list_slips.Register,
    "refund_day": list_slips.RefundDay,
    "approval_list": list_slips.ApprovalList,
    "receiving_list": list_slips.ReceivingList,
    "service_order": service_slips.ServiceOrder,
    "loan_slip": service_slips.LoanSlip,
    "result_confirmation": service_slips.ResultConfirmation,
    "survey_sheet": service_slips.SurveySheet,
    "gift_issue": service_slips.GiftIssue,
    "settlement_form": service_slips.SettlementForm,
    "complaint_record": service_slips.ComplaintRecord,
    "recall_notice": service_slips.RecallNotice,
    "message_card": service_slips.MessageCard,
    "analysis_report": service_slips.AnalysisReport,
    "internal_part": slips.InternalPart,
}
_NAMES = {cls: name for name, cls in KINDS.items()}
# A check code is read aloud and typed: no I, L, O, U, 0/1 confusion (Crockford's alphabet).
_CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def kind_of(slip: slips.Slip | slips.InternalPart) -> str:
    """The name of a slip's kind, e.g. "return_form": the key of its words and its copies."""
    return _NAMES[type(slip)]


def canonical(slip: slips.Slip | slips.InternalPart) -> dict[str, Any]:
    """The slip as plain JSON values, lossless: `slip_from(canonical(s)) == s`.

    It includes the signature; `without_signature` first where strokes must stay erasable.
    """
    return {"kind": kind_of(slip), "version": VERSION, **_plain_fields(slip)}


def slip_from(content: dict[str, Any]) -> Any:
    """The slip that `canonical` froze. SurroundingsError("slip.content.unreadable") names what is wrong."""
    kind, version = content.get("kind"), content.get("version")
    if not isinstance(kind, str) or kind not in KINDS:
        raise SurroundingsError("slip.content.unreadable", where="kind", found=repr(kind))
    if version != VERSION:
        raise SurroundingsError("slip.content.newer", found=repr(version), known=VERSION)
    fields = {name: value for name, value in content.items() if name not in ("kind", "version")}
    return _thing(KINDS[kind], fields, kind)


def without_signature(slip: SlipType) -> SlipType:
    """The slip as it was before anybody signed it."""
    return dataclasses.replace(slip, signature=None)


def content_hash(slip: slips.Slip) -> str:
    """sha256 (lowercase hex) of what the customer signs: everything but signature and posted numbers."""
    return hash_of(canonical(slip))


def hash_of(content: dict[str, Any]) -> str:
    """The same of a slip that was frozen already."""
    signed = {name: value for name, value in content.items() if name not in ("signature", "posted")}
    text = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def frozen_numbers(posted: Sequence[slips.PostedNumber]) -> list[dict[str, Any]]:
    """The numbers that posting gave, as `canonical` has them under `posted`."""
    return [_plain_fields(one) for one in posted]


def check_code(content: str) -> str:
    """Eight signs in two groups from a content hash, e.g. "7F3K-92QD", printed on the form."""
    number = int(content[:10], 16)
    signs = "".join(_CODE_SIGNS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


_SCALARS = frozenset((str, int, bool, type(None)))


def _plain(value: Any) -> Any:
    if type(value) in _SCALARS:
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain_fields(value)
    return value


def _plain_fields(thing: Any) -> dict[str, Any]:
    found = {}
    for name, default in _fields(type(thing)):
        value = getattr(thing, name)
        if default is dataclasses.MISSING or value != default:
            found[name] = value if type(value) in _SCALARS else _plain(value)
    return found


_known_fields: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _fields(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Names and defaults of a class's fields."""
    found = _known_fields.get(cls)
    if found is None:
        found = tuple((field.name, field.default) for field in dataclasses.fields(cls))
        _known_fields[cls] = found
    return found


_known_types: dict[type[Any], dict[str, Any]] = {}


def _types_of(cls: type[Any]) -> dict[str, Any]:
    """Types of the fields of a slip's class, or of what it is made of."""
    found = _known_types.get(cls)
    if found is None:
        found = _known_types[cls] = typing.get_type_hints(cls)
    return found


def _wrong(where: str, value: object) -> SurroundingsError:
    return SurroundingsError("slip.content.unreadable", where=where, found=repr(value)[:80])


def _thing(cls: type[Any], content: object, where: str) -> Any:
    if not isinstance(content, dict):
        raise _wrong(where, content)
    expected = _types_of(cls)
    for name in content:
        if name not in expected:
            raise _wrong(f"{where}.{name}", content[name])
    for field in dataclasses.fields(cls):
        if field.default is dataclasses.MISSING and field.name not in content:
            raise _wrong(f"{where}.{field.name}", None)
    return cls(**{name: _value(expected[name], value, f"{where}.{name}") for name, value in content.items()})


def _value(kind: Any, value: object, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        (inner,) = (part for part in typing.get_args(kind) if part is not type(None))
        return _value(inner, value, where)
    if origin is tuple:
        return _row(kind, value, where)
    if dataclasses.is_dataclass(kind):
        return _thing(typing.cast(type[Any], kind), value, where)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if value not in [member.value for member in kind]:
            raise _wrong(where, value)
        return kind(value)
    if type(value) is not kind:
        raise _wrong(where, value)
    return value


def _row(kind: Any, value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(where, value)
    inner = typing.get_args(kind)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_value(inner[0], item, f"{where}[{place}]") for place, item in enumerate(value))
    if len(inner) != len(value):
        raise _wrong(where, value)
    return tuple(
        _value(part, item, f"{where}[{place}]")
        for place, (part, item) in enumerate(zip(inner, value, strict=True))
    )
