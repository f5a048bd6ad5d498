"""From a pressed answer to a step of the walk, and back again; the first answer of a visit registers it."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from counter_app.domain.walk_views import Option
from counter_app.services import cases, walks
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.pending_answer import PendingAnswer
from counter_app.ui.screens.counter.visit_acts import VisitActs

if TYPE_CHECKING:
    from counter_app.ui.screens.counter.counter_screen import CounterScreen


class Answering(VisitActs):
    """What the question panel's answers do.

    Attributes:
        pending: the answer that a digit gave, until the gap of a scanner is over.
    """

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__(screen)
        self.pending = PendingAnswer(self)
        self._typed = False
        self.begin()

    def begin(self) -> None:
        """The next answer registers another visit; the id makes a repeat find the same case."""
        self._request = uuid.uuid4().hex

    def press_digit(self, character: str) -> None:
        """A digit was typed for the question."""
        self._typed = True
        self._screen.question_panel.press_digit(character)
        self._typed = False

    def drop(self) -> None:
        """The digit was the beginning of a scan: nothing is answered, and nothing was written yet."""
        if self.pending.drop():
            self._screen.question_panel.mark("")

    def answered(self, node: str, code: str) -> None:
        """A click answers at once; a digit after the gap of a scanner, for it may be the first of a scan."""
        act = partial(self._answer, node, code)
        if self._typed:
            self._screen.question_panel.mark(code)
            self.pending.wait(act)
        else:
            act()

    def go_back(self, node: str = "") -> None:
        """One answer back, or to the last one given at a node; before the first, the next customer."""
        screen, walk = self._screen, self._screen.walk()
        if walk is None:
            screen.new_case()
            return
        if not walk.crumbs:
            return
        screen.attempt(lambda: screen.take_view(self._act(walks.step_back, walk.id, node or None)))
        screen.question_panel.focus_question()

    def refuse(self, option: Option) -> None:
        """An answer that is not on offer was pressed: why."""
        self._screen.banner.say(
            self.tr("“%1” is not on offer").replace("%1", shown.words(option.title)),
            shown.words(option.because),
            "attention",
        )

    def _answer(self, node: str, code: str) -> None:
        screen = self._screen
        screen.banner.dismiss()
        if screen.view is None:
            screen.attempt(partial(self._register, node, code))
        else:
            screen.attempt(partial(screen.acts.answer, node, code, self._option(code)))

    def _option(self, code: str) -> Option | None:
        walk = self._screen.walk()
        if walk is None or walk.node is None:
            return None
        return next((option for option in walk.node.options if option.code == code), None)

    def _register(self, node: str, code: str) -> None:
        screen = self._screen
        panel, sale = screen.sale_panel, screen.sale
        new = cases.NewCase(
            sale_id=sale.id if sale is not None else None,
            lines=tuple(panel.chosen_lines().items()),
            stands=panel.stands(),
        )
        case = self._act(cases.open_case, new, self._request)
        screen.take_view(self._act(walks.answer, case.walks[0].id, node, code))
        screen.question_panel.focus_question()
