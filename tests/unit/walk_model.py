"""A second reading of the counter chart, in plain Python, to hold the program's walk against.

The table below was written from the specification's page, not from the chart file, and the rules beside it know
the nodes by name, as the page does. It shares no code with `counter_app`.

A line: node, kind, scripts (T…), remedies of the node (R…), then answers as `R3:same>X-1` (with a remedy),
`R1!return>B-D3t` (a right by its row), `yes>B-R2`, or `>B-T4w` for what is done and goes on.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

WITHDRAWN = "B-END-WITHDRAWN"
TABLE = """
K-0 ask T01 return>B-R1 exchange>B-E1 problem>B-C1 parcel>B-T1 repair>F-2g price>P-1 complaint>J-1 suggestion>H-3 question>H-1
B-R1 test T30 yes>B-R2 no>B-R1x
B-R1x ask goodwill>B-R2 refuse>B-END-REFUSED
B-R2 ask agree>B-R3 withdraw>B-END-WITHDRAWN dispute>J-1
B-R3 ask in_person>B-R4 post>B-R3w
B-R3w wait arrived>B-R4 lost>B-T5
B-R4 ask T09 fit>B-R5t unfit>B-R4x
B-R4x ask deduct>B-R4d refuse>B-END-REFUSED
B-R4d ask agree>B-R5t withdraw>B-END-WITHDRAWN dispute>J-1
B-R5t test yes>B-R5r no>B-R5
B-R5r ask approve>B-R5 reject>B-END-REFUSED
B-R5 end T24 R1
B-E1 test yes>B-E2 no>B-E1x
B-E1x ask goodwill>B-E2 refuse>B-END-REFUSED
B-E2 ask fit>B-E3 unfit>B-E2x
B-E2x ask accept>B-E3 refuse>B-END-REFUSED
B-E3 offer R3:same>X-1 R4:different>X-1 refund>B-R1 none>B-END-WITHDRAWN
B-T1 ask found>B-T4 late>B-T4 lost>B-T5 damaged>B-T5 signed_not_received>B-T3 unknown>B-T2
B-T2 ask found>B-T4 late>B-T4 lost>B-T5 damaged>B-T5 signed_not_received>B-T3 unknown>B-T3
B-T3 ask found>B-T4 late>B-T4 lost>B-T5 damaged>B-T5 unknown>B-T5 signed_not_received>B-T5
B-T4 do T22 >B-T4w
B-T4w wait delivered>B-T-END lost>B-T5
B-T-END end R24
B-T5 do R27 >B-T6
B-T6 offer R8:resend>X-1 R2:refund>C-C41 none>J-1
B-C1 do T02 T03 T04 T08 >D-4
D-4 ask yes>B-C2 no>D-4x
D-4x ask paid_service>F-4 refuse>B-END-REFUSED
B-C2 ask quality>B-Q1 damaged>B-Q1 wrong>B-W1 short>B-S1 mismatch>C-C1 unsafe>U-1
U-1 do R1 >B-D3t
B-Q1 do T07 >B-Q2
B-Q2 ask T09 goods>B-Q6 packaging>B-Q3 courier>B-Q4a user>B-Q5 needs_test>B-Q2w not_found>B-X1
B-Q2w wait tested>B-Q2
B-Q3 do >B-Q6
B-Q4a do T23 >B-Q4b
B-Q4b do R27 >B-Q6
B-Q5 ask accepted>F-4 disputed>B-Q5d
B-Q5d ask third_party_test>B-Q2w accept_claim>B-Q6 maintain>F-4
B-Q6 offer T18 R10:allowance>B-D1t R3:exchange>B-D2t R4:different>B-D2t R1:return>B-D3t R5:repair>F-00 none>J-1
B-D1t test yes>B-D1r no>B-D1e
B-D1r ask approve>B-D1e reject>B-Q6
B-D1e end R10
B-D2t test yes>B-D2r no>B-D2i
B-D2r ask approve>B-D2i reject>B-Q6
B-D2i test yes>X-1 no>B-D2g
B-D2g ask in_person>B-D2q not_yet>B-D2u
B-D2u ask T17 yes>B-D2p no>B-D2w
B-D2p ask waybill>B-D2s deposit>B-D2s none>B-D2w
B-D2s do R19 >B-D2sw
B-D2sw wait arrived>B-D2sq overdue>B-D2sx
B-D2sq ask confirmed>B-D2se not_confirmed>B-D2sx
B-D2se end
B-D2sx end
B-D2w wait arrived>B-D2q lost>B-T5
B-D2q ask confirmed>X-1 not_confirmed>B-X2
B-D3t test yes>B-D3r no>B-D3i
B-D3r ask approve>B-D3i reject>B-Q6
B-D3i test yes>B-D3e no>B-D3g
B-D3g ask in_person>B-D3q not_yet>B-D3w
B-D3w wait arrived>B-D3q lost>B-T5
B-D3q ask confirmed>B-D3e not_confirmed>B-X2
B-D3e end T24 R1
B-X1 ask renegotiate>B-Q6 test_again>B-Q2w refuse>B-END-REFUSED
B-X2 ask renegotiate>B-Q6 refuse>B-END-REFUSED
B-S1 ask confirmed>C-M1 not_confirmed>B-S1x
B-S1x ask goodwill>C-M1 refuse>B-END-REFUSED
C-M1 do >B-S2
B-S2 offer R8:resend>X-1 R3!replace_set>B-D2t R13:refund_missing>B-S2e R1!return_all>B-D3t none>J-1
B-S2e end R13
B-W1 do T07 T13 >C-W1
C-W1 do >C-W1q
C-W1q ask right_item>C-W0 R1!refund>B-D3t keep>C-W2
C-W0 test yes>C-W9a no>C-W5
C-W2 ask yes>C-W3 no>C-W0
C-W3 test yes>C-W3c no>C-C40
C-W3c test yes>C-W3a no>C-W0
C-W3a do T15 >C-W4
C-W4 ask yes>C-W4a no>C-W0
C-W4a end T36 R17
C-W5 test yes>C-W6 no>C-W5t
C-W5t test yes>C-W5r no>C-W5a
C-W5r ask approve>C-W5a reject>C-W6
C-W5a do R18 >X-1
C-W6 ask T16 yes>C-W7 no>C-W6t
C-W6t test yes>C-W6r no>C-W6a
C-W6r ask approve>C-W6a reject>J-1
C-W6a do R12 >C-C41
C-W7 ask in_person>C-W9a tracking>C-W8 not_yet>C-W7w
C-W7w wait in_person>C-W9a tracking>C-W8 lost>B-T5
C-W8 test yes>C-W9 R3:no>X-1
C-W9 wait signed>C-W9a lost>B-T5
C-W9a ask R3:fit>X-1 unfit>C-W9x
C-W9x ask R3:accept>X-1 R3:charge>X-1 refuse>B-END-REFUSED
C-C1 do >C-C2
C-C2 ask yes>C-C7 no>C-C3
C-C3 ask lighting>C-C4a misread>C-C4b overlooked>C-C4c
C-C4a ask T10 content>H-END disputed>J-1
C-C4b do T11 >C-C4d
C-C4c do T12 >C-C4d
C-C4d ask content>H-END disputed>J-1
C-C7 do T07 >C-C8
C-C8 ask yes>B-W1 no>C-C20
C-C20 ask yes>C-M1 no>C-C30
C-C30 do >C-C40
C-C40 offer T13 T14 R1!return>B-D3t R3!exchange>B-D2t R11:difference>C-C40t R14:rebuy_gift>C-C40-REBUY R15:coupon>C-C40-COUPON none>J-1
C-C40t test yes>C-C40r no>C-C41
C-C40r ask approve>C-C41 reject>C-C40
C-C40-REBUY end R14
C-C40-COUPON end R15
C-C41 do >C-C42
C-C42 wait paid>C-C43 return_application>C-C41
C-C43 end T24
X-1 test yes>X-2 no>X-3
X-2 ask handed_over>X-END-NOW send>X-END-SEND
X-3 offer wait>X-3w R4:different>X-2 R2:refund>C-C41 none>J-1
X-3w wait T21 arrived>X-2 given_up>X-3
X-END-NOW end
X-END-SEND end
F-2g ask yes>F-END-GUIDED no>F-00
F-00 ask whole>F-01 main_part>F-01 accessory>F-01 unknown>F-00w
F-00w wait tested>F-00
F-01 test yes>F-3 no>F-0
F-0 test yes>F-1 no>F-4
F-1 ask none>F-2 human>F-1d force_majeure>F-5
F-1d ask accepted>F-4 disputed>F-1x
F-1x ask third_party_test>F-00w accept_claim>F-2 maintain>F-4
F-2 test yes>B-Q6 no>F-3
F-3 ask in_store>F-END-FREE on_site>F-END-FREE take_away>F-END-FREE send_to_maker>F-END-FREE
F-4 offer T31 R6:accept_quote>F-END-PAID decline>F-END-HANDBACK disputed>J-1
F-5 ask paid>F-4 goodwill>F-3 refuse>B-END-REFUSED
F-END-GUIDED end T26 R24
F-END-FREE end R5
F-END-PAID end R6
F-END-HANDBACK end
P-1 ask price_protection>P-2 overcharged>P-3t other>J-1
P-2 test yes>P-3t no>P-2x
P-2x ask goodwill>P-3t refuse>B-END-REFUSED
P-3t test yes>P-3r no>P-3
P-3r ask approve>P-3 reject>B-END-REFUSED
P-3 do R11 >C-C41
J-1 ask minor>J-2 important>J-3 major>J-4
J-2 do R26 >J-5
J-3 do R26 >J-5
J-4 do T34 R26 >J-5
J-5 ask return>B-R1 exchange>B-E1 problem>B-C1 parcel>B-T1 repair>F-2g price>P-1 service_only>J-END no_agreement>J-6
J-6 end
J-END end
H-1 ask yes>H-END no>H-2
H-2 end
H-3 end
H-END end R24
B-END-REFUSED end T33 R29
B-END-WITHDRAWN end
"""
NOTICES = {
    "U-1": ["supervisor"],
    "B-Q3": ["packing"],
    "C-M1": ["purchasing", "logistics"],
    "C-W1": ["logistics"],
    "C-C4b": ["operations"],
    "C-C30": ["purchasing", "operations"],
}
PROMISES = {"C-C41": 3, "X-END-SEND": 3, "J-4": 3, "J-6": 1}
REJECTED = {
    "B-D1r": ("B-Q6", {"allowance"}),
    "B-D2r": ("B-Q6", {"exchange", "different"}),
    "B-D3r": ("B-Q6", {"return"}),
    "C-C40r": ("C-C40", {"difference"}),
}
LANES = {"B-D2r": "B-D2t", "B-D3r": "B-D3t"}
LIMIT_OF = {
    "B-R5t": "paid",
    "B-D2t": "paid",
    "B-D3t": "paid",
    "B-D1t": "allowance",
    "C-W6t": "allowance",
    "C-C40t": "difference",
    "P-3t": "difference",
    "C-W5t": "wrong_value",
}
COSTS = ["outbound_freight", "return_freight", "handling", "replacement_cost"]
PARTS = {
    "whole": "guarantee_months",
    "main_part": "guarantee_months_main",
    "accessory": "guarantee_months_accessory",
}


@dataclass
class Row:
    kind: str
    scripts: list[str]
    remedies: list[str]
    to: str
    answers: dict[str, tuple[str, str, bool]]  # answer → target, remedy, right


def _rows() -> dict[str, Row]:
    rows = {}
    for line in TABLE.strip().splitlines():
        name, kind, *rest = line.split()
        row = Row(kind, [], [], "", {})
        for word in rest:
            if ">" not in word:
                (row.scripts if word[0] == "T" else row.remedies).append(word)
            elif word.startswith(">"):
                row.to = word[1:]
            else:
                code, mark, answer, target = re.fullmatch(r"(?:(R\d+)([:!]))?(\w+)>(.+)", word).groups()
                row.answers[answer] = (target, code or "", mark == "!")
        rows[name] = row
    return rows


ROWS = _rows()


class NeedsFact(Exception):
    """The node needs facts that are not there."""

    def __init__(self, node: str, missing: set[str]) -> None:
        super().__init__(node, missing)
        self.node, self.missing = node, missing


class Refused(Exception):
    """The answer is not on offer."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


@dataclass
class Model:
    """The walk as the page tells it. `facts` are in written form; `rests` says whether a day is a rest day."""

    facts: dict[str, Any]
    answers: dict[str, list[str]]
    overrides: dict[str, str]
    rests: Any
    path: list[str] = field(default_factory=list)
    state: str = ""
    tests: list[tuple[str, str]] = field(default_factory=list)
    offers: list[tuple[str, str, bool, bool]] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    deadlines: list[tuple[str, str | None]] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    right_into: dict[str, bool] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)
    on_offer: list[str] = field(default_factory=list)

    def walk(self) -> Model:
        left = {node: list(given) for node, given in self.answers.items()}
        at = "K-0"
        while True:
            row = ROWS[at]
            self.path.append(at)
            self._once(self.scripts, row.scripts)
            self._once(self.remedies, row.remedies)
            for to in NOTICES.get(at, []):
                if self.path.count(at) == 1:
                    self.notices.append(to)
            if at in PROMISES:
                self._promise(at)
            if row.kind == "end":
                self.state = "ended"
                return self
            if row.kind == "do":
                self.right_into[row.to] = at == "U-1"
                at = row.to
                continue
            if row.kind == "test":
                answer = self.overrides.get(at) or ("yes" if self.test(at) else "no")
                self.tests.append((at, answer))
                right = False
            else:
                rights = self._judge(at, row)
                if not left.get(at):
                    self.state = "waiting" if row.kind == "wait" else "asking"
                    return self
                answer = left[at].pop(0)
                if answer == "withdraw":
                    self.last[at] = answer
                    at = WITHDRAWN
                    continue
                if answer not in self.on_offer:
                    raise Refused(at)
                right = rights.get(answer, False)
            self.last[at] = answer
            target, remedy, _ = row.answers[answer]
            if remedy:
                self._once(self.remedies, [remedy])
            if answer == "reject" and at in REJECTED:
                where, answers = REJECTED[at]
                self.gone.setdefault(where, set()).update(answers)
            self.right_into[target] = right
            at = target

    def _once(self, found: list[str], more: list[str]) -> None:
        found += [one for one in more if one not in found]

    def _promise(self, at: str) -> None:
        today = self.facts.get("today")
        due = (date.fromisoformat(today) + timedelta(PROMISES[at])).isoformat() if today else None
        if (at, due) not in self.deadlines:
            self.deadlines.append((at, due))

    # --- facts ---------------------------------------------------------------------------------------

    def need(self, *names: str) -> list[Any]:
        """`a|b` is a, or else b."""
        values = [next((self.facts[n] for n in name.split("|") if n in self.facts), None) for name in names]
        missing = {name.split("|")[0] for name, value in zip(names, values, strict=True) if value is None}
        if missing:
            raise NeedsFact(self.path[-1], missing)
        return [self._plain(name, value) for name, value in zip(names, values, strict=True)]

    def _plain(self, name: str, value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"\d+-\d\d-\d\d", value):
            return date.fromisoformat(value)
        if isinstance(value, str) and name not in ("channel", "category"):
            whole, _, part = value.partition(".")
            return int(whole) * 100 + int((part + "00")[:2])
        return value

    def in_time(self, start: date, days: int) -> bool:
        last = start + timedelta(days)
        while self.rests(last):
            last += timedelta(1)
        return self._plain("today", self.facts["today"]) <= last

    def in_guarantee(self, start: date, months: int, repair_days: int) -> bool:
        year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        return self.in_time(date(year, month, day), repair_days)

    # --- tests ---------------------------------------------------------------------------------------

    def test(self, at: str) -> bool:
        if at in LIMIT_OF:
            amount, limit = self.need(LIMIT_OF[at], "clerk_limit")
            return bool(amount > limit)
        return bool(getattr(self, "_" + at.replace("-", "_").lower())())

    def _b_r1(self) -> bool:
        intact = self.facts.get("intact", True)
        channel, _ = self.need("channel", "today")
        if channel == "remote":
            received, excluded = self.need("received_on", "excluded_with_confirmation")
            return self.in_time(received, 7) and not excluded and intact
        days, start = self.need("promise_days", "delivered_on|purchased_on")
        return days > 0 and self.in_time(start, days) and intact

    _b_e1 = _b_r1

    def _b_d2i(self) -> bool:
        return self.need("inspected_here")[0]

    _b_d3i = _b_d2i

    def _c_w0(self) -> bool:
        return self.need("goods_here")[0]

    def _c_w3(self) -> bool:
        wrong, bought = self.need("wrong_value", "bought_value")
        return wrong > bought

    def _c_w3c(self) -> bool:
        wrong, bought, limit = self.need("wrong_value", "bought_value", "keep_limit")
        return wrong - bought <= limit

    def _c_w5(self) -> bool:
        wrong, freight = self.need("wrong_value", "return_freight")
        return wrong > freight

    def _c_w8(self) -> bool:
        wrong, threshold = self.need("wrong_value", "high_value_threshold")
        return wrong >= threshold

    def _x_1(self) -> bool:
        return self.need("stock")[0] >= 1

    def _f_01(self) -> bool:
        self.need("today")
        if "last_repair_on" not in self.facts:
            return False
        return self.in_time(self.need("last_repair_on")[0], 30)

    def _f_0(self) -> bool:
        months = PARTS[self.last["F-00"]]
        _, start, count, days = self.need("today", "received_on|purchased_on", months, "repair_days")
        return self.in_guarantee(start, count, days)

    def _f_2(self) -> bool:
        done, waited, limit, days = self.need(
            "repairs_done", "waiting_part_days", "waiting_limit", "days_in_repair"
        )
        return done >= 2 or waited > limit or days > 30

    def _p_2(self) -> bool:
        now, paid, _, bought, days = self.need("price_now", "paid", "today", "purchased_on", "protect_days")
        return now < paid and self.in_time(bought, days)

    # --- offers --------------------------------------------------------------------------------------

    def _judge(self, at: str, row: Row) -> dict[str, bool]:
        rights = {answer: right for answer, (_, _, right) in row.answers.items()}
        offered = dict.fromkeys(row.answers, True)
        if at == "B-Q6":
            self._negotiate(rights, offered)
        if "reject" in offered:
            entitled = (
                self.right_into.get(LANES.get(at, ""), False)
                or (at == "B-R5r" and self.last.get("B-R1") == "yes")
                or (at == "P-3r" and self.last.get("P-1") == "overcharged")
            )
            offered["reject"] = not entitled
        for answer in self.gone.get(at, ()):
            offered[answer] = False
        if row.kind == "offer":
            found = [(at, answer, offered[answer], rights[answer]) for answer in row.answers]
            self.offers += sorted(found, key=lambda one: not (one[2] and one[3]))
        self.on_offer = [answer for answer, is_offered in offered.items() if is_offered]
        return rights

    def _negotiate(self, rights: dict[str, bool], offered: dict[str, bool]) -> None:
        guaranteed, repairable, _, start = self.need(
            "three_guarantees", "repairable", "today", "received_on|purchased_on"
        )
        offered["repair"] = repairable
        first_week = self.in_time(start, 7)
        if guaranteed:
            failed = self.last["F-2"] == "yes" if "F-2" in self.last else self._f_2()
            months, days = self.need("guarantee_months", "repair_days")
            first_days = self.in_time(start, 15)
            rights["return"] = first_week or failed
            rights["exchange"] = rights["different"] = first_days or failed
            rights["repair"] = first_days or self.in_guarantee(start, months, days)
        else:
            rights["return"] = first_week
            rights["exchange"] = rights["different"] = rights["repair"] = True
        offered["allowance"] = False
        if "allowance" in self.facts:
            allowance, gift, *costs = self.need("allowance", "gift_cost", *COSTS, "recoverable_value")
            offered["allowance"] = allowance + gift < sum(costs[:-1]) - costs[-1]
