"""The shop's roles, out of its own `policy:roles`, parsed once per content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from counter_app.domain.errors import UserError
from counter_app.domain.roles import Role, load_roles
from counter_app.services import policy
from counter_app.services.desk import Desk

OWNER_ROLE = "manager"
"""The role of whoever sets the shop up."""


def roles(desk: Desk) -> Mapping[str, Role]:
    """Every role by its code."""
    return _parsed(policy.current(desk, "policy:roles").text)


def role(desk: Desk, code: str) -> Role:
    """One role. Raises UserError `staff.role.unknown`."""
    found = roles(desk).get(code)
    if found is None:
        raise UserError("staff.role.unknown", role=code)
    return found


@lru_cache(maxsize=8)
def _parsed(text: str) -> Mapping[str, Role]:
    return load_roles(policy.parse(text))
