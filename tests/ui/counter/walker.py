"""Drives the window to an end of the chart, knowing nothing but the chart's graph and the window's controls.

Answers lie on the shortest way to the end. A test that turned the other way is overruled by the supervisor.
Whatever the window asks for on the way (facts, forms, inspections, proofs) is filled in plausibly.
"""

from __future__ import annotations

from collections import deque
from functools import cache

from hands import Hands
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from shop_day import picture

from counter_app import resources
from counter_app.domain.chart import STOPS, Chart, Kind, load_chart
from counter_app.domain.codes import read_codes
from counter_app.ui.screens.counter.choice_dialog import ChoiceDialog
from counter_app.ui.screens.counter.inspect_dialog import InspectDialog
from counter_app.ui.screens.counter.pin_dialog import PinDialog
from counter_app.ui.screens.counter.proof_dialog import ProofDialog
from counter_app.ui.screens.counter.reason_dialog import ReasonDialog
from counter_app.ui.screens.counter.replacement_dialog import ReplacementDialog
from counter_app.ui.widgets.action_button import ActionButton
from counter_app.ui.widgets.photo_strip import Incoming

SUPERVISOR, PIN = 3, "3456"
_MOST_STEPS = 60
_BY_KIND = {"money": "20.00", "day": "2026-11-19", "count": "1", "text": "1"}


@cache
def counter_chart() -> Chart:
    codes = read_codes(
        resources.read_toml("policy", "codes.toml"), resources.read_toml("policy", "scripts.toml")
    )
    return load_chart(resources.read_text("charts", "counter.toml"), "counter.toml", codes)


def ends() -> list[str]:
    """Every end of the chart."""
    return sorted(node.id for node in counter_chart().nodes.values() if node.kind is Kind.END)


def questions() -> list[str]:
    """Every node at which somebody answers, the first one aside: it is asked before there is a case."""
    chart = counter_chart()
    return sorted(node.id for node in chart.nodes.values() if node.kind in STOPS and node.id != chart.start)


def ways(goal: str) -> dict[str, int]:
    """Steps from every node to the goal."""
    chart = counter_chart()
    before: dict[str, list[str]] = {}
    for node in chart.nodes.values():
        for to in [answer.to for answer in node.answers] + ([node.to] if node.to else []):
            before.setdefault(to, []).append(node.id)
    far = {goal: 0}
    queue = deque([goal])
    while queue:
        here = queue.popleft()
        for there in before.get(here, ()):
            if there not in far:
                far[there] = far[here] + 1
                queue.append(there)
    return far


class Filler(QObject):
    """Fills in every dialog that opens, as a person would, and presses its button."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self.seen: list[str] = []
        self.refused: list[str] = []
        self._tries: dict[int, int] = {}
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or self._busy or not dialog.isVisible() or not dialog.isActiveWindow():
            return
        self._busy = True
        try:
            name = type(dialog).__name__
            self.seen.append(name)
            self._fill(dialog)
            if dialog.isVisible():
                self.refused.append(f"{name}: {dialog.banner.message()}")
                dialog.reject()
        finally:
            self._busy = False

    def _fill(self, dialog) -> None:
        if isinstance(dialog, PinDialog):
            dialog._who.setCurrentIndex(dialog._who.findData(SUPERVISOR))
            dialog._note.setText("主管同意")
            dialog._pad.setFocus()
            self._hands.type(PIN)
            self._hands.enter()
        elif isinstance(dialog, ReasonDialog):
            dialog._edit.setText("顾客这样说")
            dialog.accept_button.click()
        elif isinstance(dialog, ChoiceDialog):
            self._fill_choice(dialog)
            dialog.accept_button.click()
        elif isinstance(dialog, InspectDialog):
            dialog._condition.setCurrentIndex(2)
            # Put back on the shelf; where that is refused, aside.
            place = "V1" if self.seen.count("InspectDialog") == 1 else "V6"
            dialog._place.setCurrentIndex(dialog._place.findData(place))
            dialog._reason.setCurrentIndex(1)
            dialog.accept_button.click()
        elif isinstance(dialog, ReplacementDialog):
            dialog._search.setText("保温杯")
            dialog._list._cards[0].click()
            dialog.accept_button.click()
        elif isinstance(dialog, ProofDialog):
            dialog._number.setText("PROOF-1")
            dialog.accept_button.click()

    def _fill_choice(self, dialog: ChoiceDialog) -> None:
        for entry in dialog._entries:
            widget = dialog._inputs[entry.key]
            if isinstance(widget, QComboBox):
                continue
            text = {"money": "20.00", "day": "2026-11-25"}.get(entry.kind, "写明的话")
            if isinstance(widget, QPlainTextEdit):
                widget.setPlainText(text)
            elif isinstance(widget, QLineEdit) and not widget.text():
                widget.setText(text)


class Walker:
    """Goes to one node of the chart, by the window."""

    def __init__(self, hands: Hands, goal: str) -> None:
        self.hands, self.goal, self.far = hands, goal, ways(goal)
        self.filler = Filler(hands)
        self.overruled: set[str] = set()
        self.shut: set[tuple[str, str]] = set()
        self.given: set[tuple[str, tuple[str, ...]]] = set()
        self.trail: list[str] = []

    def go(self) -> None:
        """Reach the goal. Raises AssertionError with the trail where the window does not let one on."""
        try:
            for _step in range(_MOST_STEPS):
                if self._arrived():
                    return
                self._step()
                assert not self.filler.refused, self._said(self.filler.refused)
            raise AssertionError(self._said(["too long a way"]))
        finally:
            self.filler.stop()

    def finish(self) -> None:
        """Post and settle what the end names, until nothing is left that the counter can do."""
        self.filler._timer.start()
        try:
            for _step in range(20):
                if not self._to_post():
                    return
                self._post()
                assert not self.filler.refused, self._said(self.filler.refused)
            raise AssertionError(self._said(["posting does not end"]))
        finally:
            self.filler.stop()

    def _arrived(self) -> bool:
        screen = self.hands.screen
        if screen._stack.currentWidget() is not screen.work_page or screen.view is None:
            return False
        return self.hands.walk.path[-1] == self.goal

    def _step(self) -> None:
        QApplication.processEvents()
        screen = self.hands.screen
        if screen._stack.currentWidget() is not screen.work_page:
            self._post()
            return
        if screen.view is None:
            self._choose(screen._first)
            return
        walk = self.hands.walk
        if self._overrule(walk):
            return
        names = tuple(fact.name for fact in walk.facts_wanted)
        if names and screen.question_panel._facts.isVisible() and (walk.path[-1], names) not in self.given:
            self.given.add((walk.path[-1], names))
            self._give_facts()
            return
        if (walk.state == "waiting" or walk.facts_wanted) and self._to_post():
            self._post()
            return
        assert walk.node is not None and walk.node.options, self._said(["no way on"])
        self._choose(walk.node)

    def _choose(self, node) -> None:
        chart = counter_chart()
        targets = {answer.id: answer.to for answer in chart.nodes[node.id].answers}
        open_ways = [
            (self.far[targets[option.code]], option.code)
            for option in node.options
            if option.offered
            and targets.get(option.code) in self.far
            and (node.id, option.code) not in self.shut
        ]
        assert open_ways, self._said([f"{option.code}: {option.because.en}" for option in node.options])
        code = min(open_ways)[1]
        self.shut.add((node.id, code))
        self.trail.append(f"{node.id}={code}")
        screen = self.hands.screen
        cards = screen.question_panel._answers
        card = next((card for card in cards._cards if card.answer.key == code), None)
        if card is None:
            screen.question_panel._withdraw.click()
        elif card.digit:
            self.hands.digit(int(card.digit))
        else:
            card.click()
        assert not screen.banner.message(), self._said([screen.banner.message()])

    def _give_facts(self) -> None:
        form = self.hands.screen.question_panel._facts
        assert form.isVisible(), self._said(["facts are wanted and not asked for"])
        wanted = [fact.name for fact in self.hands.walk.facts_wanted]
        self.trail.append(f"facts {wanted}")
        if form._edits:
            for name, edit in form._edits.items():
                kind = next(fact.kind for fact in form._wanted if fact.name == name)
                edit.setText(_BY_KIND[kind])
            next(iter(form._edits.values())).setFocus()
            self.hands.enter()
        else:
            form._flags._cards[0].click()
        assert not self.hands.told, self._said([self.hands.told])

    def _overrule(self, walk) -> bool:
        """Have the supervisor overrule the first test that led away from the goal."""
        chart = counter_chart()
        for test in walk.tests:
            ways_on = {answer.id: self.far.get(answer.to, 999) for answer in chart.nodes[test.node].answers}
            best = min(ways_on, key=ways_on.__getitem__)
            if ways_on[best] >= ways_on[test.answer] or test.node in self.overruled:
                continue
            if walk.path.index(test.node) != len(walk.path) - 1 - walk.path[::-1].index(test.node):
                continue
            here = self.far.get(walk.path[-1], 999)
            if here < ways_on[best]:
                continue
            self.overruled.add(test.node)
            self.trail.append(f"{test.node}!{best}")
            shown = walk.tests[-3:]
            if test in shown:
                rows = list(self.hands.screen.question_panel.tests.rows)
                rows[shown.index(test)].findChild(ActionButton).click()
            else:
                self.hands.screen.question_panel.overrule.emit(test.node)
            return True
        return False

    # --- posting ------------------------------------------------------------------------------------

    def _to_post(self) -> bool:
        screen = self.hands.screen
        if screen._stack.currentWidget() is not screen.work_page:
            return True
        if screen.view is None:
            return False
        proposal = screen.view.proposal
        if screen.view.case.state == "asking" and self.hands.walk.state == "ended":
            return True
        needs = any(need.state != "approve" for walk in proposal.walks for need in walk.approvals)
        return proposal.ready or needs or bool(proposal.missing) or bool(screen.acts._still_wanted())

    def _post(self) -> None:
        QApplication.processEvents()
        screen, hands = self.hands.screen, self.hands
        page = screen._stack.currentWidget()
        if page is screen.confirm_page:
            hands.f(10)
            hands.f(9)
            assert not screen.confirm_page.banner.message(), self._said(
                [screen.confirm_page.banner.message()]
            )
            assert screen._stack.currentWidget() is not screen.confirm_page, self._said(["not posted"])
            self.trail.append("posted")
        elif page is screen.done_page:
            self._settle()
        elif self._approve() or self._bring_evidence():
            return
        else:
            go = screen.proposal_panel._go
            assert go.isEnabled(), self._said(["F9:", go.toolTip()])
            self.trail.append(f"F9 {go.text()}")
            hands.f(9)
            assert not screen.banner.message(), self._said([screen.banner.message()])

    def _settle(self) -> None:
        """Enter the proof of everything owed, go on to the next customer, and find the case again by its number."""
        screen, hands = self.hands.screen, self.hands
        done = screen.done_page
        while done._owed.count():
            button = done._owed.itemAt(0).widget().findChild(ActionButton)
            before = done._owed.count()
            button.click()
            assert not self.filler.refused, self._said(self.filler.refused)
            assert done._owed.count() < before, self._said(["still owed after the proof"])
            self.trail.append("settled")
        number = done._posted.case_number if done._posted is not None else done._number
        hands.f(2)
        hands.scan(number)
        assert screen.view is not None and screen.view.case.number == number, self._said(
            ["case not found again"]
        )

    def _approve(self) -> bool:
        """Approve by PIN what the whole visit needs approved."""
        screen = self.hands.screen
        needs = [need for walk in screen.view.proposal.walks for need in walk.approvals]
        if all(need.state == "approve" for need in needs):
            return False
        self.trail.append("approve by PIN")
        button = next(
            button
            for button in screen.proposal_panel.findChildren(ActionButton)
            if button.isVisible() and button.text() == screen.proposal_panel.tr("By PIN")
        )
        button.click()
        assert not screen.banner.message(), self._said([screen.banner.message()])
        return True

    def _bring_evidence(self) -> bool:
        """Own words are written down, a photo is taken, the rest cannot be had."""
        panel = self.hands.screen.question_panel
        walk = self.hands.walk
        item = next((one for one in walk.evidence if one.compulsory and one.state == "wanted"), None)
        if item is None:
            return False
        self.trail.append(f"evidence {item.kind}")
        if item.kind == "photo":
            panel.evidence.photos.received.emit(Incoming("file", data=picture()))
        else:
            (panel.write if item.kind in ("customer_words", "inspection") else panel.waive).emit(item)
        assert not self.hands.told, self._said([self.hands.told])
        after = next(
            one for one in self.hands.walk.evidence if one.node == item.node and one.kind == item.kind
        )
        assert after.state != "wanted", self._said([f"evidence {item.kind} is still wanted"])
        return True

    def _said(self, why: list[str]) -> str:
        screen = self.hands.screen
        walk = screen.walk()
        at = walk.path[-1] if walk is not None else "–"
        missing = [(item.code, item.params) for item in screen.view.proposal.missing] if screen.view else []
        return f"{why} at {at} on the way to {self.goal}; {self.trail}; missing {missing}"
