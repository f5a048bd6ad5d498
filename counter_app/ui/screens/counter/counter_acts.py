"""What the counter does with a visit: one method per act, each a service call, refused or done."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from counter_app import wording
from counter_app.domain import roles as role_rights
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.views import (
    ApprovalNeed,
    CounterView,
    EvidenceItem,
    Option,
    SettlementView,
    WalkView,
    Wanted,
    Words,
)
from counter_app.services import (
    approvals,
    cases,
    customer_history,
    forms,
    inspection,
    intake,
    photos,
    posting,
    printing,
    products,
    rules,
    settling,
    staff,
    visit,
    waiting,
    walks,
)
from counter_app.services.inspection import Inspection
from counter_app.ui import format as shown
from counter_app.ui import texts, trade_words
from counter_app.ui.screens.counter.choice_dialog import ALIASES, FORMS, ChoiceDialog
from counter_app.ui.screens.counter.deduction_dialog import DeductionDialog
from counter_app.ui.screens.counter.done_page import SlipEntry
from counter_app.ui.screens.counter.facts_dialog import FactsDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.intake_dialog import IntakeDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog
from counter_app.ui.widgets.photo_strip import Incoming

if TYPE_CHECKING:
    from counter_app.ui.screens.counter.counter_screen import CounterScreen

_VISIT_CHOICES = ("refund_way", "signature", "promise", "collect_tender")


class CounterActs(QObject):
    """Acts of the counter screen. They raise CounterError to refuse; the screen shows it."""

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        # Kept until posting succeeded: a second F9 or a retry posts the same thing once.
        self._posting_request = uuid.uuid4().hex
        # What the customer saw on the form is what is posted, whatever was changed elsewhere since.
        self._form_hash = self._form_figures = ""
        self._sheets: dict[str, printing.Sheet] = {}

    @property
    def _desk(self):
        return self._screen.session.desk

    def _view(self) -> CounterView:
        view = self._screen.view
        if view is None:
            raise UserError("ui.no_visit")
        return view

    def _walk(self) -> WalkView:
        walk = self._screen.walk()
        if walk is None:
            raise UserError("ui.no_visit")
        return walk

    def _act(self, service, *args: object, **named: object) -> Any:
        return self._screen.session.act(service, *args, **named)

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

    def _ask_reason(self, title: str) -> str | None:
        dialog = ReasonDialog(title, self.tr("It is kept with the case"), self.tr("Keep"), self._screen)
        return dialog.reason() if dialog.exec() else None

    def overrule(self, node: str) -> None:
        """A supervisor overrules a computed test."""
        walk = self._walk()
        test = next(test for test in walk.tests if test.node == node)
        other = "no" if test.answer == "yes" else "yes"

        def decide(staff_id: int, pin: str, _decision: str, note: str) -> None:
            self._screen.take_view(
                self._act(walks.override, walk.id, node, other, note, by=(staff_id, pin))
            )

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
        """Compulsory evidence cannot be had: why."""
        reason = self._ask_reason(self.tr("Why can this not be had: %1").replace("%1", shown.words(item.title)))
        if reason is not None:
            self._screen.take_view(self._act(walks.waive_evidence, self._walk().id, item.node, reason))

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

    # --- what is still wanted -----------------------------------------------------------------------

    def enter(self, wanted: Wanted) -> None:
        """Open the form for one thing that is still wanted."""
        kind = ALIASES.get(wanted.kind, wanted.kind)
        if kind in ("inspection", "disposition"):
            self._inspect(wanted.case_line_id)
        elif kind == "replacement":
            self._replace(wanted)
        elif kind in FORMS:
            self._choose(kind, wanted)
        else:
            raise UserError("ui.wanted.unknown", kind=wanted.kind)

    def _choose(self, kind: str, wanted: Wanted) -> None:
        walk_id = wanted.walk_id or self._walk().id
        view = self._view()

        def save(choice: dict[str, Any]) -> None:
            if kind in _VISIT_CHOICES:
                self._act(cases.set_plan, view.case.id, **choice)
            elif kind == "waybill":
                self._screen.take_view(self._act(walks.choose, walk_id, **choice))
            else:
                self._screen.take_view(self._act(walks.choose, walk_id, **{kind: choice}))

        walk = next((walk for walk in view.walks if walk.id == walk_id), None)
        chosen = walk.choices.get(kind, {}) if walk is not None else {}
        present = chosen if isinstance(chosen, Mapping) else {kind: chosen}
        if kind in _VISIT_CHOICES:
            present = view.case.plan
        ChoiceDialog(
            kind, shown.words(wanted.label), present, save, self._screen, default=wanted.default
        ).exec()

    def more(self) -> None:
        """What can be arranged beside the chart's questions: money another way, deductions, gifts, a loan."""
        entries = self._arrangements()
        dialog = MoreDialog(entries, self._screen)
        if not dialog.exec():
            return
        if dialog.chosen == "deductions":
            self._deduct()
            return
        title = next(title for key, title, _hint in entries if key == dialog.chosen)
        self._choose(dialog.chosen, Wanted(dialog.chosen, Words(title, title), self._walk().id))

    def _arrangements(self) -> list[tuple[str, str, str]]:
        proposal, walk = self._view().proposal, self._walk()
        found = []
        if walk.line_ids:
            found.append(("deductions", self.tr("Deduction"), ""))
        if proposal.refund_fen:
            found.append(
                ("refund_way", self.tr("Refund another way"), self.tr("not as it was paid: needs a reason and approval"))
            )
        if proposal.collect_fen:
            found.append(
                ("collect_tender", self.tr("How the customer pays"), self.tr("goods leave once the payment is proven"))
            )
        found += [
            ("coupon", self.tr("Coupon"), ""),
            ("gift", self.tr("Gift"), ""),
            ("concession", self.tr("Concession on the next purchase"), ""),
            ("compensation", self.tr("Compensation in money"), self.tr("always with approval")),
            ("loan", self.tr("Loan of an article"), ""),
            ("promise", self.tr("Promise and agreed solution"), ""),
        ]
        if proposal.needs_signature and not proposal.signed:
            found.append(("signature", self.tr("No signature"), self.tr("with a reason and approval; it is listed")))
        return found

    def _deduct(self) -> None:
        walk = self._walk()
        lines = [line for line in self._view().case.lines if line.id in walk.line_ids]

        def save(deductions: list[dict[str, Any]] | None) -> None:
            self._screen.take_view(self._act(walks.choose, walk.id, deductions=deductions))

        DeductionDialog(lines, walk.choices.get("deductions", ()), save, self._screen).exec()

    def _inspect(self, case_line_id: int | None) -> None:
        line = next((line for line in self._view().case.lines if line.id == case_line_id), None)
        if line is None:
            raise UserError("ui.no_visit")

        def save(found: Inspection, reason: str, note: str) -> None:
            if reason and reason != line.reason:
                self._act(inspection.set_reason, line.id, reason=reason, note=note)
            self._act(inspection.record_inspection, line.id, found)

        InspectDialog(line, rules.code_tables(self._desk), save, self._screen).exec()

    def _replace(self, wanted: Wanted) -> None:
        walk_id = wanted.walk_id or self._walk().id
        lines = [line for line in self._view().case.lines if line.walk_id == walk_id]

        def save(replacement: list[dict[str, Any]]) -> None:
            self._screen.take_view(self._act(walks.choose, walk_id, replacement=replacement))

        ReplacementDialog(
            lambda text: products.list_products(self._desk, text, limit=5),
            save,
            lines[0].quantity_milli if lines else 1000,
            self._screen,
        ).exec()

    # --- approvals ----------------------------------------------------------------------------------

    def approve(self, need: ApprovalNeed) -> None:
        """Somebody with the right decides at the counter."""
        view = self._view()

        def decide(staff_id: int, pin: str, decision: str, note: str) -> None:
            approval_id = need.approval_id
            if approval_id is None:
                approval_id = self._act(approvals.request, view.case.id, walk_id=self._walk_of(need)).id
            self._act(approvals.approve_now, approval_id, staff_id, pin, note, decision=decision)

        PinDialog(
            staff.list_staff(self._desk),
            self.tr("Approval"),
            [shown.words(reason) for reason in need.reasons] + [shown.money(need.amount_fen)],
            decide,
            may_reject=True,
            parent=self._screen,
        ).exec()

    def _walk_of(self, need: ApprovalNeed) -> int | None:
        """The walk whose node asks for the approval; None where the whole visit does."""
        for walk in self._view().walks:
            if need.node and walk.node is not None and walk.node.id == need.node:
                return walk.id
        return None

    def park(self, need: ApprovalNeed) -> None:
        """The approval is decided later; the customer gets an acceptance receipt."""
        walk_id = self._walk_of(need)
        self._act(approvals.request, self._view().case.id, walk_id=walk_id)
        if walk_id is not None:
            self._act(waiting.park, walk_id)
        self.show_slips(self._view().case.number)

    # --- the next step ------------------------------------------------------------------------------

    def show_next_step(self) -> None:
        """Word and enable F9 by how far the visit is."""
        view, panel = self._view(), self._screen.proposal_panel
        proposal = view.proposal
        wanted = self._still_wanted()
        walk = self._walk()
        if proposal.ready:
            signs = proposal.needs_signature and not proposal.signed
            text = self.tr("Customer confirms and signs") if signs else self.tr("Post")
            asking = [entry for entry in view.walks if entry.state == "asking"]
            still = self.tr("Another group is not answered yet; it can be posted later") if asking else ""
            panel.next_action(text, allowed=True, still=still, icon="signature" if signs else "circle-check")
        elif wanted:
            panel.next_action(shown.words(wanted[0].label), allowed=True, icon="pencil")
        elif walk.state == "waiting":
            missing = texts.reason(proposal.missing[0]) if proposal.missing else ""
            panel.next_action(self.tr("Print the acceptance receipt"), allowed=True, still=missing, icon="printer")
        elif view.case.documents and walk.state == "ended":
            panel.next_action(self.tr("Slips"), allowed=True, icon="printer")
        elif self._to_mend():
            panel.next_action(texts.reason(proposal.missing[0]), allowed=True, icon="pencil")
        else:
            why = texts.reason(proposal.missing[0]) if proposal.missing else self.tr("Answer the questions first")
            panel.next_action(self.tr("Customer confirms and signs"), allowed=False, why_not=why)

    def _still_wanted(self) -> list[Wanted]:
        """What has a form and was not filled in yet; what was, can be changed beside the question."""
        view = self._view()
        walks_by_id = {walk.id: walk for walk in view.walks}
        found = []
        for proposed in view.proposal.walks:
            walk = walks_by_id[proposed.walk_id]
            # Goods sent first stand on a waybill or on a deposit, never on both.
            by_waybill = "waybill" in walk.choices or any(
                item.kind == "waybill" and item.compulsory and item.state == "wanted" for item in walk.evidence
            )
            for entry in proposed.wanted:
                kind = ALIASES.get(entry.kind, entry.kind)
                if kind not in walk.choices and kind != "waybill" and not (kind == "deposit" and by_waybill):
                    found.append(entry)
        return found

    def _to_mend(self) -> Callable[[], None] | None:
        """How the first missing thing is put right, where a dialog can do it."""
        missing = self._view().proposal.missing
        if not missing:
            return None
        if missing[0].code == "settlement.inspect_first":
            unseen = [line for line in self._view().case.lines if not line.received_milli]
            return partial(self._inspect, unseen[0].id) if unseen else None
        if missing[0].code == "settlement.route.choose":
            title = self.tr("Refund another way")
            return partial(self._choose, "refund_way", Wanted("refund_way", Words(title, title), None))
        return None

    def next_step(self) -> None:
        """F9 on the work page: the first thing that is still missing, else the form, else posting."""
        self._screen.attempt(self._next_step)

    def _next_step(self) -> None:
        view = self._view()
        proposal = view.proposal
        wanted = self._still_wanted()
        if proposal.ready and proposal.needs_signature and not proposal.signed:
            self._show_form()
        elif proposal.ready:
            self._post(proposal.figures_hash)
        elif wanted:
            self.enter(wanted[0])
        elif (mend := self._to_mend()) is not None and self._walk().state != "waiting":
            mend()
        elif self._walk().state == "waiting":
            # Goods left here go to quarantine and the next contact gets its day, before the customer goes.
            self._act(waiting.park, self._walk().id)
            self.show_slips(view.case.number)
        elif view.case.documents:
            self.show_slips(view.case.number)

    def _show_form(self) -> None:
        view = self._view()
        form = forms.form_to_sign(self._desk, view.case.id)
        pdf, printer = printing.form_pdf(self._desk, form.slip, self._language())
        self._form_hash, self._form_figures = form.content_hash, form.figures_hash
        headline = next((shown.words(walk.headline) for walk in view.proposal.walks), "")
        net = view.proposal.refund_fen - view.proposal.collect_fen
        page = self._screen.confirm_page
        page.show_form(pdf, view.case.number, form.check_code, headline, net, printer)
        self._screen.show_page(page)
        page.focus_signature()

    def sign_and_post(self) -> None:
        """Take the signature on the form that was shown, and post."""
        page = self._screen.confirm_page
        if not page.pad.is_signed():
            return
        page.busy(True)
        try:
            self._sign(page)
            self._post(self._form_figures)
        except CounterError as error:
            page.banner.show_error(error)
            if error.code in ("posting.figures_changed", "form.changed"):
                self._screen.show_page(self._screen.work_page)
                self._screen.banner.show_error(error)
        finally:
            page.busy(False)

    def _sign(self, page) -> None:
        drawn = page.pad.signature()
        case_id = self._view().case.id
        if drawn is None:
            self._act(forms.sign, case_id, self._form_hash, on_paper=page.pad.on_paper())
            return
        strokes, width, height = drawn.in_units()
        self._act(forms.sign, case_id, self._form_hash, strokes, pad=(width, height))

    def _post(self, figures_hash: str) -> None:
        posted = self._act(posting.post, self._view().case.id, self._posting_request, figures_hash)
        self._posting_request = uuid.uuid4().hex
        done = self._screen.done_page
        done.show_posted(posted, self._slips_if_any(posted.case_number))
        self._screen.show_page(done)

    # --- slips and money ----------------------------------------------------------------------------

    def show_slips(self, number: str) -> None:
        """The slips of a case, to be printed (again)."""
        self._screen.attempt(partial(self._show_slips, number))

    def _show_slips(self, number: str) -> None:
        done = self._screen.done_page
        done.show_slips_of(number, self._slips(number))
        self._screen.show_page(done)

    def _slips_if_any(self, number: str) -> list[SlipEntry]:
        """An answered question is done without a slip."""
        try:
            return self._slips(number)
        except CounterError as error:
            if error.code != "slip.none":
                raise
            return []

    def _slips(self, number: str) -> list[SlipEntry]:
        self._sheets = {sheet.key: sheet for sheet in printing.sheets(self._desk, number)}
        return [
            SlipEntry(
                sheet.key,
                shown.words(sheet.title),
                " · ".join(part for part in (sheet.number, sheet.paper.value, self._again(sheet)) if part),
                partial(printing.pdf_of, self._desk, sheet),
                sheet.printer,
            )
            for sheet in self._sheets.values()
        ]

    def _again(self, sheet: printing.Sheet) -> str:
        return self.tr("printed before") if sheet.reprint else ""

    def record_print(self, key: str) -> None:
        """A slip went to a printer."""
        sheet = self._sheets.get(key)
        if sheet is not None:
            self._screen.attempt(lambda: self._act(printing.printed, sheet))

    def settle(self, owed: SettlementView) -> None:
        """Enter the proof of a payment that is still owed."""

        def save(amount_fen: int, tender: str, reference: str, request: str) -> None:
            service = settling.pay if owed.direction == "out" else settling.receive
            self._act(service, owed.id, amount_fen, tender, reference, request)

        ProofDialog(owed, save, self._screen).exec()
        left = list(settling.owed(self._desk, owed.case_id))
        self._screen.done_page.show_owed(left)

    def _language(self) -> wording.Language:
        return "zh" if shown.is_chinese() else "en"


def _typed(walk: WalkView, written: Mapping[str, str]) -> dict[str, object]:
    """Typed texts as the facts service takes them: flags as true or false, counts as numbers."""
    kinds = {fact.name: fact.kind for fact in walk.facts} | {fact.name: fact.kind for fact in walk.facts_wanted}
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
