"""How one guard is written down: when it looks, what it refuses, under which code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger. `refuse_when` is SQL over NEW and OLD; where it holds, the statement fails with `code`.

    `mendable` tells a refusal that a person can meet in honest work (two windows at once, too much asked)
    from one that only a bug or a foreign program can cause.
    """

    name: str
    event: str
    table: str
    refuse_when: str
    code: str
    mendable: bool = False

    @property
    def sql(self) -> str:
        """The statement that puts it in place."""
        condition = " ".join(self.refuse_when.split())
        return (
            f'CREATE TRIGGER "{self.name}" {self.event} ON "{self.table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{self.code}'); END"
        )
