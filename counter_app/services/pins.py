"""PINs: argon2 hashes whose cost is a setting, and the lock that grows with every wrong guess."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from counter_app.domain.errors import UserError
from counter_app.services.desk import Desk
from counter_app.services.settings import setting

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 4, 12
FREE_FAILURES = 5
FIRST_LOCK_MS = 60_000
LONGEST_LOCK_MS = 3_600_000


def hashed(desk: Desk, pin: str) -> str:
    """The argon2 hash of a PIN of 4 to 12 digits. Raises UserError `staff.pin.shape`."""
    if not re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", pin):
        raise UserError("staff.pin.shape", shortest=SHORTEST, longest=LONGEST)
    return _hasher(desk).hash(pin)


def matches(desk: Desk, pin_hash: str, pin: str) -> bool:
    """Whether this PIN made that hash. Anything that could be no PIN is simply wrong."""
    if len(pin) > LONGEST:
        return False
    # Read with the first PIN: the lock screen is drawn without.
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher(desk).verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def waste(desk: Desk, pin: str) -> None:
    """Spend the time of one comparison where there is nobody to compare with, so that the answer to a stranger
    comes no sooner than the one to a member of staff."""
    matches(desk, _decoy(setting(desk, "pin.memory_kib"), setting(desk, "pin.rounds")), pin)


def outdated(desk: Desk, pin_hash: str) -> bool:
    """Whether the cost settings changed since the hash was made, so that it should be made again."""
    return _hasher(desk).check_needs_rehash(pin_hash)


def lock_ms(failures: int) -> int:
    """How long the lock lasts after that many failures in a row: none below five, one minute at five, then
    twice as long each time, at most one hour. Milliseconds."""
    if failures < FREE_FAILURES:
        return 0
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_LOCK_MS << doublings, LONGEST_LOCK_MS)


@cache
def _decoy(memory_kib: int, rounds: int) -> str:
    """A hash of nobody's PIN at the cost in force."""
    import secrets

    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1).hash(secrets.token_hex())


def _hasher(desk: Desk) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(
        time_cost=setting(desk, "pin.rounds"), memory_cost=setting(desk, "pin.memory_kib"), parallelism=1
    )
