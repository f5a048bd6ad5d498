"""What is still wanted and what else is arranged: each by its form, kept with the walk or the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain import roles
from counter_app.domain.errors import UserError
from counter_app.domain.proposal_views import Wanted
from counter_app.domain.sale_views import SaleLineView
from counter_app.domain.spoken import Words
from counter_app.services import (
    cases,
    inspection,
    legal,
    products,
    rules,
    staff,
    walks,
)
from counter_app.services.inspection import Inspection
from counter_app.ui import format as shown
from counter_app.ui.screens.counter.choice_dialog import ALIASES, FORMS, ChoiceDialog
from counter_app.ui.screens.counter.deduction_dialog import DeductionDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.legal_dialog import LegalDialog
from counter_app.ui.screens.counter.more_dialog import MoreDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog
from counter_app.ui.screens.counter.visit_acts import VisitActs

_PLAIN = ("waybill", "kept_deposit_fen")
"""Choices of a walk that stand by themselves, in no record of their own."""
_FREIGHT = {"seller": True, "buyer": False, "reason": None}
_GIFT_WAYS = ("back", "kept", "waived")
_VISIT_CHOICES = ("refund_way", "signature", "promise", "collect_tender")


class Arranging(VisitActs):
    """Replacements, coupons, gifts, quotes, deductions, inspections."""

    def enter(self, wanted: Wanted) -> None:
        """Open the form for one thing that is still wanted."""
        kind = ALIASES.get(wanted.kind, wanted.kind)
        if kind in ("inspection", "disposition"):
            self._inspect(wanted.case_line_id)
        elif kind == "gifts":
            self._gifts()
        elif kind == "deduction":
            if wanted.walk_id is not None and wanted.walk_id != self._walk().id:
                self._screen.choose_walk(wanted.walk_id)
            self._screen.question_panel.deductions.focus_first()
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
            elif kind in _PLAIN:
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
        self._arrange(self._arrangements())

    def _arrange(self, entries: Sequence[tuple[str, str, str]]) -> None:
        dialog = MoreDialog(entries, self._screen)
        if not dialog.exec():
            return
        if dialog.chosen == "deductions":
            self._deduct()
        elif dialog.chosen == "inspection":
            for line_id in self._walk().line_ids:
                self._inspect(line_id)
        elif dialog.chosen == "on_top":
            self._arrange(self._on_top())
        elif dialog.chosen == "legal":
            self._legal()
        elif dialog.chosen == "freight":
            self._freight()
        elif dialog.chosen == "gifts":
            self._gifts()
        else:
            title = next(title for key, title, _hint in entries if key == dialog.chosen)
            self._choose(dialog.chosen, Wanted(dialog.chosen, Words(title, title), self._walk().id))

    def _on_top(self) -> list[tuple[str, str, str]]:
        return [
            ("coupon", self.tr("Coupon"), ""),
            ("gift", self.tr("Gift"), ""),
            ("concession", self.tr("Concession on the next purchase"), ""),
            ("compensation", self.tr("Compensation in money"), self.tr("always with approval")),
            ("legal", self.tr("Legal compensation"), self.tr("computed with its floor; granted by who may")),
        ]

    def _legal(self) -> None:
        """What the law makes payable: anybody may see the sum, who holds the right grants it."""
        walk, desk = self._walk(), self._desk
        refund = self._view().proposal.refund_tenders

        def keep(claim: legal.Claim, tender: str, loss_fen: int, lower_fen: int | None, reason: str) -> None:
            self._screen.take_view(
                self._act(legal.grant, walk.id, claim, tender, loss_fen, lower_fen, reason)
            )

        def take_back() -> None:
            self._screen.take_view(self._act(walks.choose, walk.id, compensation=None))

        LegalDialog(
            lambda claim, loss_fen: legal.legal_sum(desk, walk.id, claim, loss_fen),
            keep,
            take_back,
            self._screen,
            decider=desk.staff.name if desk.staff is not None and staff.may(desk, roles.LEGAL) else "",
            present=walk.choices.get("compensation") or {},
            tender=refund[0].tender if refund else "",
        ).exec()

    def _arrangements(self) -> list[tuple[str, str, str]]:
        proposal, walk = self._view().proposal, self._walk()
        found = []
        if walk.line_ids:
            found.append(("deductions", self.tr("Deduction"), ""))
            found.append(("inspection", self.tr("What was found on the goods"), ""))
        if proposal.refund_fen:
            found.append(
                (
                    "refund_way",
                    self.tr("Refund another way"),
                    self.tr("not as it was paid: needs a reason and approval"),
                )
            )
        if any(line.freight_fen for line in self._sale_lines()):
            found.append(("freight", self.tr("Who bears the freight"), self._freight_word()))
        if self._gift_lines():
            found.append(("gifts", self.tr("Gifts that came with the goods"), self._gifts_word()))
        if proposal.collect_fen:
            found.append(
                (
                    "collect_tender",
                    self.tr("How the customer pays"),
                    self.tr("goods leave once the payment is proven"),
                )
            )
        found += [
            ("on_top", self.tr("Something on top"), self.tr("coupon, gift, concession, compensation")),
            ("loan", self.tr("Loan of an article"), ""),
            ("promise", self.tr("Promise and agreed solution"), ""),
        ]
        if proposal.needs_signature and not proposal.signed:
            found.append(
                ("signature", self.tr("No signature"), self.tr("with a reason and approval; it is listed"))
            )
        return found

    # --- freight and gifts --------------------------------------------------------------------------

    def _sale_lines(self) -> Sequence[SaleLineView]:
        sale = self._screen.sale
        return sale.lines if sale is not None else ()

    def _gift_lines(self) -> list[SaleLineView]:
        """Gifts of the lines of this visit that do not come back as lines of their own."""
        mine = {line.sale_line_id for line in self._view().case.lines if line.state != "released"}
        return [line for line in self._sale_lines() if line.gift_of in mine and line.id not in mine]

    def gifts_wanted(self) -> tuple[Wanted, ...]:
        """A button beside the question while nobody said what becomes of the gifts; it holds nothing up."""
        chosen = self._view().case.plan.get("gifts", {})
        open_ones = [line for line in self._gift_lines() if str(line.id) not in chosen]
        if not open_ones or not self._view().proposal.refund_fen:
            return ()
        title = self.tr("Gifts that came with the goods")
        return (Wanted("gifts", Words(title, title), self._walk().id),)

    def _freight_word(self) -> str:
        decided = self._view().case.plan.get("seller_pays_freight")
        way = next(key for key, value in _FREIGHT.items() if value is decided)
        return self._freight_words()[way]

    def _freight_words(self) -> dict[str, str]:
        return {
            "seller": self.tr("The shop: the freight out goes back too"),
            "buyer": self.tr("The customer: the freight out stays paid"),
            "reason": self.tr("As the reason of the return says"),
        }

    def _freight(self) -> None:
        told = self._freight_words()
        dialog = MoreDialog(
            [(key, title, "") for key, title in told.items()],
            self._screen,
            title=self.tr("Who bears the freight"),
        )
        if dialog.exec():
            self._act(cases.set_plan, self._view().case.id, seller_pays_freight=_FREIGHT[dialog.chosen])

    def _gift_words(self) -> dict[str, str]:
        return {
            "back": self.tr("It comes back"),
            "kept": self.tr("The customer keeps it and its price is deducted"),
            "waived": self.tr("The customer keeps it for nothing"),
        }

    def _gifts_word(self) -> str:
        chosen = self._view().case.plan.get("gifts", {})
        told = self._gift_words()
        return " · ".join(
            f"{shown.one_line(line.name, 20)}: {told[chosen[str(line.id)]]}"
            if str(line.id) in chosen
            else shown.one_line(line.name, 20)
            for line in self._gift_lines()
        )

    def _gifts(self) -> None:
        """Ask for each gift in turn what becomes of it."""
        chosen = dict(self._view().case.plan.get("gifts", {}))
        told = self._gift_words()
        for line in self._gift_lines():
            price = shown.money(line.gift_price_fen or 0)
            dialog = MoreDialog(
                [(way, told[way], price if way == "kept" else "") for way in _GIFT_WAYS],
                self._screen,
                title=self.tr("Gift: %1").replace("%1", shown.one_line(line.name, 60)),
            )
            if not dialog.exec():
                return
            chosen[str(line.id)] = dialog.chosen
        self._act(cases.set_plan, self._view().case.id, gifts=chosen)

    def _deduct(self) -> None:
        walk = self._walk()
        lines = [line for line in self._view().case.lines if line.id in walk.line_ids]

        def save(deductions: list[dict[str, Any]] | None) -> None:
            self._screen.take_view(self._act(walks.choose, walk.id, deductions=deductions))

        DeductionDialog(lines, walk.choices.get("deductions", ()), save, self._screen).exec()
        self._screen.question_panel.focus_question()

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
