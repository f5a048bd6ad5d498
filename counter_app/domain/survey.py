"""The satisfaction questionnaire of a call-back (S4-83), and what counts as satisfied.

Questions and the rule follow reference-data §8: satisfied = overall satisfied, or the mean of the first three
at least 4. What the customer does not answer stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from counter_app.domain import text
from counter_app.domain.errors import UserError

SCALE: Final = ("1", "2", "3", "4", "5")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "overall": ("satisfied", "fair", "unsatisfied"),
        "speed": SCALE,
        "attitude": SCALE,
        "fairness": SCALE,
        "solved": ("yes", "partly", "no"),
        "works": ("yes", "no", "na"),
        "compensation": (*SCALE, "na"),
        "waiting": SCALE,
    }
)
"""Questions with fixed answers, in the order they are asked."""
TEXTS: Final = ("why_not", "suggestion", "follow_up")
"""Questions answered in words; `follow_up` is what remains to be done, '' when nothing does (S4-84)."""
WAYS: Final = ("phone", "store", "online", "message")
"""How a customer is reached (S4-11)."""
_MEAN_SATISFIED = 4


@dataclass(frozen=True, slots=True)
class Survey:
    """The answers of one call-back: question → answer, unanswered ones left out."""

    answers: Mapping[str, str]
    way: str = "phone"

    @property
    def satisfied(self) -> bool:
        """Whether the customer is content."""
        if self.answers["overall"] == "satisfied":
            return True
        marks = [
            int(self.answers[name]) for name in ("speed", "attitude", "fairness") if name in self.answers
        ]
        unhappy = self.answers["overall"] == "unsatisfied"
        return not unhappy and len(marks) == 3 and sum(marks) >= _MEAN_SATISFIED * len(marks)

    @property
    def follow_up(self) -> str:
        """What is still to be followed up, '' when nothing is."""
        return self.answers.get("follow_up", "")


def checked(answers: Mapping[str, str], way: str) -> Survey:
    """The survey, its answers known and its words clean.

    Raises UserError `survey.overall`, `survey.answer`, `text.…`.
    """
    if way not in WAYS:
        raise UserError("survey.answer", question="way", answer=way[:40])
    found: dict[str, str] = {}
    for name, answer in answers.items():
        if not answer:
            continue
        if name in TEXTS:
            found[name] = text.clean_note(answer, field=name)
        elif answer in CHOICES.get(name, ()):
            found[name] = answer
        else:
            raise UserError("survey.answer", question=name[:40], answer=answer[:40])
    if "overall" not in found:
        raise UserError("survey.overall")
    return Survey(MappingProxyType(found), way)
