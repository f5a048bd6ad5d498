"""What is said of a paper whose check code was typed or scanned: ours and what it is, or not ours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from counter_app.services.paper_codes import KnownPaper, PaperCheck
from counter_app.ui import format as shown
from counter_app.ui.widgets.banner import Banner


class PaperTold(QObject):
    """Words for a banner."""

    def tell(self, banner: Banner, found: PaperCheck, zone: ZoneInfo) -> None:
        """Say it: the paper in words to compare with what is in hand, or that nothing of ours bears that code."""
        if not found.agrees:
            what = self.tr("The check code {code} agrees with nothing of ours").format(code=found.code)
            if found.number:
                what = self.tr("The check code {code} is on no paper of {number}").format(
                    code=found.code, number=found.number
                )
            ask = (
                self.tr("Compare amount, goods and day with the case before you trust this paper.")
                if found.number
                else self.tr(
                    "Scan its QR, or type its number and the code: a slip saved as a file is known only so."
                )
            )
            banner.say(what, ask, "attention")
            return
        paper = found.papers[0]
        stands = paper.how != "void" and not paper.reversed_by
        what = self.tr("The check code {code} agrees: the paper is ours").format(code=found.code)
        banner.say(what, self._told(paper, zone), "ok" if stands else "attention")

    def _told(self, paper: KnownPaper, zone: ZoneInfo) -> str:
        how = {
            "signed": self.tr("signed on the pad"),
            "on_paper": self.tr("signed on paper"),
            "void": self.tr("its signature is void: the form changed afterwards"),
            "printed": self.tr("printed"),
            "current": self.tr("as it would print now"),
        }[paper.how]
        moment = shown.moment(paper.at, zone) if paper.at is not None else ""
        parts = [
            shown.words(paper.title),
            paper.number,
            shown.day(paper.on) if paper.on is not None else "",
            shown.money(paper.amount_fen) if paper.amount_fen else "",
            f"{how} {moment}".strip(),
            self.tr("reversed by {number}").format(number=paper.reversed_by) if paper.reversed_by else "",
        ]
        return " · ".join(part for part in parts if part)
