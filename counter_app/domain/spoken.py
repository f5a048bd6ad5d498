"""What is said in both languages, and why something is not possible: the words that every screen needs first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    zh: str = ""
    en: str = ""

    def of(self, language: Language) -> str:
        """The sentence in one language; the Chinese one when the other was never written."""
        return self.zh if language == "zh" else (self.en or self.zh)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


NO_WORDS = Words()
"""Nothing to say."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not possible (yet): a code worded in `resources/i18n/errors/`."""

    code: str
    params: dict[str, object] = field(default_factory=dict)
