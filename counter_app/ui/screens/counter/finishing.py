"""From the approvals to the slips: what F9 does next, the form, the signature, posting, proofs of payment."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.domain.approval_views import ApprovalNeed
from counter_app.domain.errors import CounterError
from counter_app.domain.money_views import SettlementView
from counter_app.domain.proposal_views import Wanted
from counter_app.domain.spoken import Words
from counter_app.services import (
    approvals,
    case_words,
    forms,
    phone_codes,
    posting,
    print_queue,
    printing,
    settling,
    shop_key,
    staff,
    waiting,
)
from counter_app.services.phone_codes import ReadOut
from counter_app.ui import format as shown
from counter_app.ui import print_words, texts
from counter_app.ui.screens.counter.arranging import Arranging
from counter_app.ui.screens.counter.choice_dialog import ALIASES
from counter_app.ui.screens.counter.done_page import PrintState, SlipEntry
from counter_app.ui.screens.counter.pin_dialog import ByPhone, PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog

_AS_IT_IS = ("kept_deposit_fen",)
"""Wanted things that may stay as the chart has them: nobody has to look at their form."""

if TYPE_CHECKING:
    from counter_app.ui.screens.counter.counter_screen import CounterScreen


class Finishing(Arranging):
    """Approvals, the next step, posting, slips and money."""

    def __init__(self, screen: CounterScreen) -> None:
        super().__init__(screen)
        # Kept until posting succeeded: a second F9 or a retry posts the same thing once.
        self._posting_request = uuid.uuid4().hex
        # What the customer saw on the form is what is posted, whatever was changed elsewhere since.
        self._form_hash = self._form_figures = ""
        self._sheets: dict[str, printing.Sheet] = {}

    # --- approvals ----------------------------------------------------------------------------------

    def approve(self, need: ApprovalNeed) -> None:
        """Somebody with the right decides at the counter."""
        view = self._view()

        walk_id = self._walk_of(need)

        def question() -> int:
            """The same question however often it is asked."""
            if need.approval_id is not None:
                return need.approval_id
            return int(self._act(approvals.request, view.case.id, walk_id=walk_id).id)

        def decide(staff_id: int, pin: str, decision: str, note: str) -> None:
            self._act(approvals.approve_now, question(), staff_id, pin, note, decision=decision)

        def decide_far(staff_id: int, told: str, decision: str, note: str) -> None:
            self._act(approvals.decide, [question()], decision, ReadOut(staff_id, told), note)

        PinDialog(
            staff.list_staff(self._desk),
            self.tr("Approval"),
            [shown.words(reason) for reason in need.reasons] + [shown.money(need.amount_fen)],
            decide,
            may_reject=need.may_reject,
            by_phone=ByPhone(
                phone_codes.holders(self._desk),
                lambda staff_id: phone_codes.challenge(self._desk, staff_id, [question()]),
                decide_far,
            ),
            parent=self._screen,
        ).exec()

    def _walk_of(self, need: ApprovalNeed) -> int | None:
        """The walk whose node asks for the approval; None where the whole visit does."""
        for walk in self._view().walks:
            if need.node and walk.node is not None and walk.node.id == need.node:
                return walk.id
        return None

    def park(self, need: ApprovalNeed) -> None:
        """The approval is decided later; the customer gets an acceptance receipt, once for each question."""
        walk_id = self._walk_of(need)
        asked = self._act(approvals.request, self._view().case.id, walk_id=walk_id)
        if walk_id is not None:
            self._act(waiting.park, walk_id)
        self.show_slips(self._view().case.number)
        self._receipt_by_itself(f"asked:{self._view().case.id}:{asked.id}")

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
            panel.next_action(
                self.tr("Print the acceptance receipt"), allowed=True, still=missing, icon="printer"
            )
        elif view.case.documents and walk.state == "ended":
            panel.next_action(self.tr("Slips"), allowed=True, icon="printer")
        elif self._to_mend():
            panel.next_action(texts.reason(proposal.missing[0]), allowed=True, icon="pencil")
        else:
            why = (
                texts.reason(proposal.missing[0])
                if proposal.missing
                else self.tr("Answer the questions first")
            )
            panel.next_action(self.tr("Customer confirms and signs"), allowed=False, why_not=why)

    def _still_wanted(self) -> list[Wanted]:
        """What has a form and was not filled in yet; what was, can be changed beside the question."""
        view = self._view()
        walks_by_id = {walk.id: walk for walk in view.walks}
        found = []
        for walk in view.walks:
            if any(one.amount_fen is None for one in walk.deductions):
                title = case_words.words("wanted.deduction")
                found.append(Wanted("deduction", title, walk.id))
        for proposed in view.proposal.walks:
            walk = walks_by_id[proposed.walk_id]
            # Goods sent first stand on a waybill or on a deposit, never on both.
            by_waybill = "waybill" in walk.choices or any(
                item.kind == "waybill" and item.compulsory and item.state == "wanted"
                for item in walk.evidence
            )
            for entry in proposed.wanted:
                kind = ALIASES.get(entry.kind, entry.kind)
                if kind in _AS_IT_IS:
                    continue
                if kind not in walk.choices and kind != "waybill" and not (kind == "deposit" and by_waybill):
                    found.append(entry)
        return found

    def _to_mend(self) -> Callable[[], None] | None:
        """How the first missing thing is put right, where a dialog can do it."""
        missing = self._view().proposal.missing
        if not missing:
            return None
        if "line" in missing[0].params:
            # What stands in the way is what was (not) found on these goods: look at them (again).
            mine = [line for line in self._view().case.lines if line.name == missing[0].params["line"]]
            unseen = [line for line in mine if not line.received_milli]
            return partial(self._inspect, (unseen or mine)[0].id) if mine else None
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
            self._post_or_sign_again(proposal.figures_hash)
        elif wanted:
            self.enter(wanted[0])
        elif (mend := self._to_mend()) is not None and self._walk().state != "waiting":
            mend()
        elif self._walk().state == "waiting":
            # Goods left here go to quarantine and the next contact gets its day, before the customer goes.
            self._act(waiting.park, self._walk().id)
            self.show_slips(view.case.number)
            self._receipt_by_itself(f"left:{view.case.id}:{self._walk().id}")
        elif view.case.documents:
            self.show_slips(view.case.number)

    def _show_form(self) -> None:
        view = self._view()
        form = forms.form_to_sign(self._desk, view.case.id)
        pdf, printer = printing.form_pdf(self._desk, form.slip)
        self._form_hash, self._form_figures = form.content_hash, form.figures_hash
        headline = next((shown.words(walk.headline) for walk in view.proposal.walks), "")
        net = view.proposal.refund_fen - view.proposal.collect_fen
        page = self._screen.confirm_page
        page.show_form(pdf, view.case.number, form.check_code, headline, net, printer)
        self._screen.show_page(page)
        page.focus_signature()
        # What seals the form takes half a second to come: while the customer reads.
        threading.Thread(target=shop_key.warming(self._desk), daemon=True).start()

    def sign_and_post(self) -> None:
        """Take the signature on the form that was shown, and post."""
        page = self._screen.confirm_page
        if not page.pad.is_signed():
            page.ask_signature()
            return
        page.busy(True)
        try:
            keys = shop_key.keys(self._desk)
            self._sign(page)
            self._post(self._form_figures)
            self._tell_key(keys)
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

    def _tell_key(self, before: tuple[shop_key.KeyView, ...]) -> None:
        """That the form was sealed with a new key, because the one before was lost."""
        newest = shop_key.keys(self._desk)[:1]
        if newest and newest[0] not in before and newest[0].why == "lost":
            self._screen.banner.say(
                self.tr("The shop's key was gone, so a new one was made"),
                self.tr("Forms of before keep their seal. Make a backup today: it takes the key along."),
                "attention",
            )

    def _post_or_sign_again(self, figures_hash: str) -> None:
        """Post what was signed before; a form that is gone from the disk since lies before the customer again."""
        try:
            self._post(figures_hash)
        except CounterError as error:
            if error.code != "posting.form_gone":
                raise
            self._show_form()
            self._screen.confirm_page.banner.show_error(error)

    def _post(self, figures_hash: str) -> None:
        posted = self._act(posting.post, self._view().case.id, self._posting_request, figures_hash)
        self._posting_request = uuid.uuid4().hex
        done = self._screen.done_page
        done.show_posted(posted, self._slips_if_any(posted.case_number))
        # What prints by itself is taken up behind the page (`print_desk.py`), which tells then how far it is.
        self.show_prints()
        self._screen.show_page(done)

    # --- slips and money ----------------------------------------------------------------------------

    def show_slips(self, number: str) -> None:
        """The slips of a case, to be printed (again)."""
        self._screen.attempt(partial(self._show_slips, number))

    def _show_slips(self, number: str) -> None:
        done = self._screen.done_page
        done.show_slips_of(number, self._slips(number))
        self.show_prints()
        self._screen.show_page(done)

    def _receipt_by_itself(self, moment: str) -> None:
        """The receipt for goods left here has no posting; where it prints by itself, it does so now, once for each
        `moment` (a wait, a question to whoever approves)."""
        mine = [sheet for key, sheet in self._sheets.items() if key.endswith("/acceptance_receipt")]
        self._screen.attempt(lambda: self._act(print_queue.take_slips, mine, moment))
        self.show_prints()

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

    def print_slip(self, key: str) -> None:
        """F4: one slip goes to the print queue; while it is on its way, a second press is the same wish."""
        sheet = self._sheets.get(key)
        if sheet is None:
            return
        job = print_queue.latest(self._desk, {sheet.number}).get(key)
        if job is None or job.state not in print_queue.OPEN:
            request = print_queue.new_request()
            self._screen.attempt(lambda: self._act(print_queue.enqueue, sheet, request))
        elif job.asks:
            self.show_queue()
        self.show_prints()

    def show_prints(self) -> None:
        """How far the prints of the slips on the done page are."""
        done = self._screen.done_page
        jobs = print_queue.latest(self._desk, done.numbers())
        done.show_states({key: _print_state(job) for key, job in jobs.items()})

    def show_queue(self) -> None:
        """What was not printed, and what to do about it."""
        from counter_app.ui.print_dialog import PrintDialog

        PrintDialog(self._screen.session, self._screen).exec()
        self.show_prints()

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


def _print_state(job: print_queue.JobView) -> PrintState:
    return PrintState(print_words.state(job), print_words.trouble(job) if job.asks else "")
