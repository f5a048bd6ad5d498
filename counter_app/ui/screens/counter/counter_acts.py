"""What the counter does with a visit: one method per act, each a service call, refused or done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from counter_app.domain import roles as role_rights
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.proposal_views import CounterView, Wanted
from counter_app.domain.walk_views import EvidenceItem, Option, WalkView
from counter_app.services import (
    customer_history,
    intake,
    photos,
    staff,
    visit,
    walks,
)
from counter_app.ui import format as shown
from counter_app.ui import texts, trade_words
from counter_app.ui.screens.counter.facts_dialog import FactsDialog
from counter_app.ui.screens.counter.finishing import Finishing
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.widgets.photo_strip import Incoming


class CounterActs(Finishing):
    """Answers, facts, evidence and lines; arranging and finishing come with it."""

    # --- answers ------------------------------------------------------------------------------------

    def answer(self, node: str, code: str, option: Option | None) -> None:
        """Answer the node in hand; a supervisor's answer asks for their PIN, a refusal for its reason."""
        walk = self._walk()
        role = option.needs_role if option is not None else ""
        needs_reason = option.needs_reason if option is not None else False
        if role and not self._may(role):
            self._answer_by_pin(walk, node, code, role, needs_reason)
            return
        reason = ""
        if needs_reason:
            given = self._ask_reason(shown.words(option.title) if option is not None else code)
            if given is None:
                return
            reason = given
        self._screen.take_view(self._act(walks.answer, walk.id, node, code, reason=reason))
        self._screen.question_panel.focus_question()

    def _may(self, role: str) -> bool:
        who = self._desk.staff
        return who is not None and role_rights.CHART_ROLES.get(role, "") in who.rights

    def _answer_by_pin(self, walk: WalkView, node: str, code: str, role: str, needs_reason: bool) -> None:
        title = shown.words(walk.node.title) if walk.node is not None else ""

        def decide(staff_id: int, pin: str, _decision: str, note: str) -> None:
            self._screen.take_view(
                self._act(walks.answer, walk.id, node, code, reason=note, by=(staff_id, pin))
            )

        PinDialog(
            staff.list_staff(self._desk),
            title,
            [trade_words.needs_role(role)],
            decide,
            note_needed=needs_reason,
            parent=self._screen,
        ).exec()
        self._screen.question_panel.focus_question()

    def overrule(self, node: str) -> None:
        """A supervisor overrules a computed test."""
        walk = self._walk()
        test = next(test for test in walk.tests if test.node == node)
        other = "no" if test.answer == "yes" else "yes"

        def decide(staff_id: int, pin: str, _decision: str, note: str) -> None:
            self._screen.take_view(self._act(walks.override, walk.id, node, other, note, by=(staff_id, pin)))

        PinDialog(
            staff.list_staff(self._desk),
            self.tr("Overrule: %1").replace("%1", shown.words(test.title)),
            [f"{shown.words(test.because)} → {shown.words(test.answer_title)}"],
            decide,
            note_needed=True,
            parent=self._screen,
        ).exec()

    def withdraw(self) -> None:
        """The customer takes the request back."""
        walk = self._walk()
        if walk.node is None:
            return
        reason = self._ask_reason(self.tr("The customer withdraws"))
        if reason is not None:
            self._screen.take_view(self._act(walks.answer, walk.id, walk.node.id, "withdraw", reason=reason))

    # --- facts and evidence -------------------------------------------------------------------------

    def give_facts(self, written: Mapping[str, str]) -> None:
        """Enter facts that the step in hand needs."""
        self._screen.take_view(self._act(walks.set_facts, self._walk().id, _typed(self._walk(), written)))
        self._screen.question_panel.focus_question()

    def edit_facts(self) -> None:
        """Look at the facts, where each came from, and type another."""
        walk = self._walk()

        def save(written: Mapping[str, str]) -> None:
            self._screen.take_view(self._act(walks.set_facts, walk.id, _typed(walk, written)))

        FactsDialog(walk.facts, save, self._screen).exec()

    def take_photo(self, incoming: Incoming, node: str) -> None:
        """Keep a picture; a picture that cannot be kept says why beside the pictures."""
        panel = self._screen.question_panel
        try:
            if incoming.source == "inbox" and incoming.path is not None:
                self._act(photos.take_from_inbox, self._view().case.id, incoming.path, node=node)
                return
            self._act(photos.take_photo, self._view().case.id, incoming.data or incoming.path, node=node)
        except CounterError as error:
            panel.photo_error(texts.sentence(error))

    def open_photo(self, key: str) -> None:
        """Show a picture large, in the system's viewer."""
        for attachment in self._view().case.attachments:
            if str(attachment.id) == key:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.folder / attachment.path)))

    def waive(self, item: EvidenceItem) -> None:
        """One compulsory piece of evidence cannot be had: why."""
        reason = self._ask_reason(
            self.tr("Why can this not be had: %1").replace("%1", shown.words(item.title))
        )
        if reason is not None:
            self._screen.take_view(
                self._act(walks.waive_evidence, self._walk().id, item.node, reason, item.kind)
            )

    def waive_all(self) -> None:
        """Nothing of what is still compulsory can be had: why, once for all of it."""
        wanted = [item for item in self._walk().evidence if item.compulsory and item.state == "wanted"]
        titles = " · ".join(shown.words(item.title) for item in wanted)
        reason = self._ask_reason(self.tr("Why can this not be had: %1").replace("%1", titles))
        if reason is not None:
            self._screen.take_view(self._act(walks.waive_all_evidence, self._walk().id, reason))

    def deduct(self, deductions: list[dict[str, Any]]) -> None:
        """The amounts that an answer takes off the refund."""
        self._screen.take_view(self._act(walks.choose, self._walk().id, deductions=deductions))
        self._screen.question_panel.focus_question()

    def write(self, item: EvidenceItem) -> None:
        """Evidence in words: what the customer says, a number, a note from the packing record."""
        if item.kind == "inspection":
            for line in self._view().case.lines:
                if line.walk_id == self._walk().id and not line.received_milli:
                    self._inspect(line.id)
            return
        if item.kind == "waybill":
            self._choose("waybill", Wanted("waybill", item.title, self._walk().id))
            return
        dialog = ReasonDialog(
            shown.words(item.title),
            self.tr("As it was said or as it stands written"),
            self.tr("Keep"),
            self._screen,
            label=self.tr("Words"),
        )
        if not dialog.exec():
            return
        case_id = self._view().case.id
        if item.kind == "customer_words":
            self._act(intake.set_intake, case_id, words=dialog.reason())
        else:
            self._act(photos.take_text, case_id, dialog.reason(), node=item.node)

    # --- lines --------------------------------------------------------------------------------------

    def add_lines(self) -> None:
        """Newly ticked lines join the visit as a group of their own."""
        lines = tuple(self._screen.sale_panel.chosen_lines().items())
        if self._view().case.sale_id is None:
            self._screen.finding.join_chosen()
            return
        self._take_new_walk(self._act(visit.add_lines, self._view().case.id, lines))

    def split_walk(self) -> None:
        """The last line of the group gets answers of its own."""
        walk = self._walk()
        self._take_new_walk(self._act(walks.start_walk, self._view().case.id, walk.line_ids[-1:]))

    def _take_new_walk(self, view: CounterView) -> None:
        """The newest group is the one that has no answer yet."""
        self._screen.take_view(view)
        self._screen.choose_walk(view.walks[-1].id)

    def intake(self) -> None:
        """Who the customer is and what they told."""
        case = self._view().case
        known = customer_history.of_case(self._desk, case.id)

        def save(told: dict[str, Any]) -> None:
            self._screen.forget_who_comes()
            self._act(intake.set_intake, case.id, **told)

        IntakeDialog(case, save, self._screen, customer_class=known.customer_class).exec()

    def set_stands(self, code: str) -> None:
        """Somebody else stands at the counter."""
        self._act(visit.set_stands, self._view().case.id, code)


def _typed(walk: WalkView, written: Mapping[str, str]) -> dict[str, object]:
    """Typed texts as the facts service takes them: flags as true or false, counts as numbers."""
    kinds = {fact.name: fact.kind for fact in walk.facts} | {
        fact.name: fact.kind for fact in walk.facts_wanted
    }
    found: dict[str, object] = {}
    for name, text in written.items():
        kind = kinds.get(name, "text")
        if text == "":
            found[name] = None
        elif kind == "flag":
            found[name] = text == "true"
        elif kind == "count":
            if not text.isascii() or not text.isdigit():
                raise UserError("ui.count.unreadable", text=text[:40])
            found[name] = int(text)
        else:
            found[name] = text
    return found
