"""Page of the goods screen: claims against suppliers and couriers, from asking to the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from counter_app.domain import roles
from counter_app.domain.claims import CLAIM_KINDS, OUTCOMES
from counter_app.domain.goods_views import ClaimView
from counter_app.services import claim_views, claims
from counter_app.services.claims import NewClaim
from counter_app.ui import format as shown
from counter_app.ui.screens.goods import words
from counter_app.ui.screens.goods.form_dialog import FormDialog, choice, line
from counter_app.ui.screens.goods.page import GoodsPage, ListCard, acts_row
from counter_app.ui.screens.screen import KeyLine
from counter_app.ui.session import Session
from counter_app.ui.theme import Size
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.table import Column, Table
from counter_app.ui.widgets.words import Words


class ClaimsPage(GoodsPage):
    """A register: who, which goods, how much, until when, what came of it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._open_only = QCheckBox()
        self._open_only.setChecked(True)
        self._figures = Words("", "note", wrap=True)
        self.table = Table(
            [
                Column(lambda: self.tr("Number"), lambda row: row.number, width=170),
                Column(lambda: self.tr("Against"), lambda row: row.party, width=140),
                Column(lambda: self.tr("Goods or parcel"), lambda row: row.goods or row.parcel),
                Column(lambda: self.tr("Why"), lambda row: row.reason, width=150),
                Column(
                    lambda: self.tr("Asked"), lambda row: shown.money(row.asked_fen), right=True, width=104
                ),
                Column(lambda: self.tr("Got"), _got, right=True, width=104),
                Column(lambda: self.tr("State"), lambda row: words.claim_state(row.state), width=116),
                Column(
                    lambda: self.tr("Answer by"),
                    _due,
                    tone=lambda row: "late" if row.overdue else "",
                    width=104,
                ),
            ],
            fetch=self._fetch,
        )
        self.card = ListCard(self.table, "truck")
        self._step = ActionButton("", "arrow-right", key="F9", kind="primary")
        self._courier = ActionButton("", "plus", key="Ctrl+N", bind=True)
        self._print = ActionButton("", "printer", key="F4")
        top = QHBoxLayout()
        top.setSpacing(Size.GAP_M)
        top.addWidget(self._figures, 1)
        top.addWidget(self._open_only)
        self.column.addLayout(top)
        self.column.addWidget(self.card, 1)
        self.column.addLayout(acts_row(self._step, self._courier, self._print))
        self._open_only.toggled.connect(lambda _on: self.load())
        self.table.current_row.connect(lambda _row: self._show_chosen())
        self.table.opened.connect(self._open)
        self._step.clicked.connect(self.post)
        self._courier.clicked.connect(self.add)
        self._print.clicked.connect(self.print_again)
        self._retranslate()

    def load(self) -> None:
        if self.try_(self.table.rows.reload):
            self.card.show_what_there_is()
        self._show_chosen()
        self._show_figures()

    def arrive(self) -> None:
        self.table.setFocus()

    def show_claim(self, number: str) -> None:
        """Put the cursor on one claim, closed ones too."""
        self._open_only.setChecked(False)
        self.load()
        at = next((at for at, row in enumerate(self.table.rows.rows()) if row.number == number), -1)
        self.table.choose(at)

    def chosen(self) -> ClaimView | None:
        """The claim under the cursor."""
        row = self.table.chosen()
        return row if isinstance(row, ClaimView) else None

    def post(self) -> None:
        """F9: the claim goes on."""
        one = self.chosen()
        if one is not None and self._step.isEnabled():
            self.step_dialog(one).exec()

    def add(self) -> None:
        """A claim against a courier."""
        if self._courier.isEnabled():
            self.courier_dialog().exec()

    def print_again(self) -> None:
        one = self.chosen()
        if one is not None:
            self.show_paper(one.number)

    def step_dialog(self, one: ClaimView) -> FormDialog:
        """What happened to the claim."""
        request = self.request()
        states = [(words.claim_state(state), state) for state in one.next_states]
        lead = [f"{one.number} · {one.party} · {shown.money(one.asked_fen)}"]
        lead += [
            f"{words.claim_state(step.state)} {step.by} {step.note}".strip()
            for step in claim_views.claim(self.session.desk, one.id).steps
        ]

        def keep(form: FormDialog) -> None:
            self.session.act(
                claims.step,
                one.id,
                str(form.chosen("state")),
                request,
                amount_fen=form.fen("amount"),
                note=form.text("note"),
                place=str(form.chosen("place")) if "place" in form.inputs else "V5",
                due_on=form.day("due"),
            )

        inputs: dict[str, tuple[str, str, QWidget]] = {
            "state": (self.tr("What happened"), "", choice(states)),
            "amount": (self.tr("Amount credited (yuan)"), self.tr("only where money was credited"), line()),
            "note": (self.tr("Note"), "", line()),
            "due": (self.tr("Answer by"), self.tr("empty: as it is"), line()),
        }
        if CLAIM_KINDS[one.kind].moves_goods and set(one.next_states) & set(OUTCOMES):
            hint = self.tr("only where goods came back or were replaced")
            inputs["place"] = (self.tr("Goods go to"), hint, choice(words.places(), "V5"))
        return FormDialog(
            self.tr("The claim goes on"),
            "\n".join(lead),
            self.tr("Keep"),
            inputs,
            keep,
            self,
            icon="arrow-right",
        )

    def courier_dialog(self) -> FormDialog:
        """Who carried the parcel, its number, what happened, how much and until when."""
        request = self.request()
        insured = QCheckBox()
        damage = [
            (self.tr("damaged"), self.tr("damaged")),
            (self.tr("lost"), self.tr("lost")),
            (self.tr("late"), self.tr("late")),
        ]

        def keep(form: FormDialog) -> None:
            what, more = str(form.chosen("damage")), form.text("reason")
            new = NewClaim(
                kind="courier",
                party=form.text("party"),
                reason=f"{what} · {more}" if more else what,
                asked_fen=form.fen("asked"),
                parcel=form.text("parcel"),
                insured=form.ticked("insured"),
                due_on=form.day("due"),
                case=form.text("case"),
            )
            self.session.act(claims.open_claim, new, request)

        known = claim_views.parties("courier")
        return FormDialog(
            self.tr("Claim against a courier"),
            "",
            self.tr("Open the claim"),
            {
                "party": (self.tr("Courier"), "", line(known[0] if known else "")),
                "parcel": (self.tr("Waybill number"), "", line()),
                "damage": (self.tr("What happened"), "", choice(damage)),
                "reason": (self.tr("Details"), self.tr("may stay empty"), line()),
                "asked": (self.tr("Amount asked (yuan)"), "", line()),
                "due": (self.tr("Answer by"), self.tr("e.g. 2026-12-05; empty: in two weeks"), line()),
                "case": (self.tr("Case number"), self.tr("may stay empty"), line()),
                "insured": (self.tr("the parcel was insured"), "", insured),
            },
            keep,
            self,
            icon="truck",
        )

    def keys(self) -> list[KeyLine]:
        return [
            KeyLine("F9", self.tr("The chosen claim goes on")),
            KeyLine("Ctrl+N", self.tr("Claim against a courier")),
            KeyLine("F4", self.tr("Print the paper of the claim")),
            KeyLine("Enter", self.tr("Open the case behind the claim")),
        ]

    def _fetch(self, last: ClaimView | None, count: int) -> Sequence[ClaimView]:
        return claim_views.claims(
            self.session.desk,
            open_only=self._open_only.isChecked(),
            after=last.id if last else None,
            limit=count,
        )

    def _open(self, row: object) -> None:
        if isinstance(row, ClaimView) and row.case_id is not None:
            self.wants.emit("cases", row.case_id)
        else:
            self.print_again()

    def _show_chosen(self) -> None:
        one = self.chosen()
        right = CLAIM_KINDS[one.kind].right if one is not None else roles.REGISTER
        why = self.tr("Your role does not allow this.")
        self._step.allow(one is not None and bool(one.next_states) and self.may(right), why)
        self._courier.allow(self.may(roles.REGISTER), why)
        self._print.allow(one is not None)
        self.card.about.setText("" if one is None else f"{one.number} · {one.party} · {one.reason}")

    def _show_figures(self) -> None:
        told = []
        for kind, name in (("supplier", self.tr("Suppliers")), ("courier", self.tr("Couriers"))):
            sums = claim_views.figures(self.session.desk, kind)
            told.append(
                self.tr(
                    "{who}: {open} open, {late} late; asked {asked}, got {got}, refused {refused}"
                ).format(
                    who=name,
                    open=sums.open,
                    late=sums.overdue,
                    asked=shown.money(sums.asked_fen),
                    got=shown.money(sums.got_fen),
                    refused=shown.money(sums.refused_fen),
                )
            )
        self._figures.setText("   ".join(told))

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Claims"))
        self._open_only.setText(self.tr("Open ones only"))
        self._step.setText(self.tr("Go on"))
        self._courier.setText(self.tr("Claim against a courier"))
        self._print.setText(self.tr("Print"))
        self.card.empty.say(
            self.tr("No claims"),
            self.tr(
                "Goods go back to a supplier from the first page; a courier's claim begins here (Ctrl+N)."
            ),
        )
        self._show_figures()
        self._show_chosen()


def _got(row: ClaimView) -> str:
    return shown.money(row.got_fen) if row.got_fen else ""


def _due(row: ClaimView) -> str:
    return shown.day(row.due_on) if row.due_on else ""
