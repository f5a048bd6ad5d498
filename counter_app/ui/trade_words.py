"""Words of the trade that screens share: ways of paying, roles."""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication

from counter_app import resources
from counter_app.services import case_words
from counter_app.ui import format as shown


@cache
def _roles() -> dict[str, Any]:
    return resources.read_toml("policy", "roles.toml")


def tender(code: str) -> str:
    """The word for a way of paying."""
    return shown.words(case_words.words_or(f"tender.{code}", code))


def platform(code: str) -> str:
    """The word for a selling platform; an imported shop name stands as it is."""
    return shown.words(case_words.words_or(f"platform.{code.strip().lower()}", code))


def role(code: str) -> str:
    """The word for a role; the chart's `approver` is whoever may approve."""
    if code == "approver":
        return QCoreApplication.translate("TradeWords", "approver")
    if code == "finance":
        return QCoreApplication.translate("TradeWords", "finance")
    entry = _roles().get(code)
    if entry is None:
        return code
    return str(entry["zh" if shown.is_chinese() else "en"])


def needs_role(code: str) -> str:
    """`需主管` for a step that only some may answer; empty for everybody's."""
    if code in ("", "clerk"):
        return ""
    return QCoreApplication.translate("TradeWords", "needs: %1").replace("%1", role(code))
