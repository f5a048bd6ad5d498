"""How long a receipt and a signed form take, beside the same content in platypus with its barcode widgets.

Both sides use the same fonts and the same words, drawn by turns in one process; only the ratio means anything.
Run alone: `python tests/bench/bench_documents.py`.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "documents")]

import slip_samples  # noqa: E402
from reportlab.graphics.barcode import code128, qr  # noqa: E402
from reportlab.graphics.shapes import Drawing, PolyLine  # noqa: E402
from reportlab.lib.styles import ParagraphStyle  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.platypus import (  # noqa: E402
    Flowable,
    HRFlowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from counter_app import resources  # noqa: E402
from counter_app.documents import Copy, CopyKind, Paper, dots, raster, render, roll_text, words  # noqa: E402
from counter_app.documents.blocks import (  # noqa: E402
    Amount,
    Beside,
    Block,
    Composition,
    Facts,
    Goods,
    Steps,
    Sums,
    Ticks,
    Ways,
    Words,
)
from counter_app.documents.codes import case_address  # noqa: E402
from counter_app.documents.goods_table import counted, details, findings  # noqa: E402
from counter_app.documents.paper import MM, ROLLS, SHEETS  # noqa: E402
from counter_app.documents.slips import receipt, return_form  # noqa: E402
from counter_app.domain.money import capitals  # noqa: E402
from counter_app.domain.roll_paper import Picture, Piece  # noqa: E402
from counter_app.domain.slip_content import check_code, content_hash  # noqa: E402
from counter_app.domain.slips import Slip  # noqa: E402
from counter_app.printers import Device, receipt_bytes, signs  # noqa: E402

ROUNDS = 40
BATCHES = (100, 1000)
PREVIEW_DPI = 110
COPY = (Copy(CopyKind.CUSTOMER, 2, "客户", "red"),)


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Medians in milliseconds of both sides, their ratio, and the ratio aimed at (None = only shown)."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


@cache
def _registered(weight: str) -> str:
    """The same font file, registered the ordinary way."""
    name = f"Plain{weight}"
    pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", f"CounterSansSC-{weight}.ttf"))))
    return name


def _styles(size: float) -> tuple[ParagraphStyle, ParagraphStyle]:
    plain, bold = _registered("Regular"), _registered("Bold")
    return (
        ParagraphStyle("plain", fontName=plain, fontSize=size, leading=size * 1.4, wordWrap="CJK"),
        ParagraphStyle("bold", fontName=bold, fontSize=size, leading=size * 1.4, wordWrap="CJK"),
    )


def _story(slip: Slip, composition: Composition, width: float, size: float, roll: bool) -> list[Flowable]:
    """The composition as platypus flowables."""
    plain, bold = _styles(size)

    def say(text: str, style: ParagraphStyle = plain) -> Paragraph:
        return Paragraph(escape(text), style)

    def rows(cells: list[list[Paragraph]], widths: list[float]) -> Table:
        table = Table(cells, colWidths=widths)
        table.setStyle(
            TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, "#bbbbbb"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        )
        return table

    def goods(block: Goods) -> list[Flowable]:
        cells = [[say(block.title, bold), say("数量", bold), say("单价", bold), say("实付", bold)]]
        for line in block.lines:
            under = "<br/>".join(
                [
                    escape("   ".join(details(line, "zh"))),
                    *(escape(f"{a}：{b}") for a, b in findings(line, "zh")),
                    escape(
                        "  ".join(f"[{'x' if check.state else ' '}] {check.label}" for check in line.checks)
                    ),
                ]
            )
            name = Paragraph(f"{escape(line.name)}<br/>{under}", plain)
            cells.append(
                [
                    name,
                    say(counted(line)),
                    say(words.yuan(line.price_fen or 0)),
                    say(words.yuan(line.paid_fen or 0)),
                ]
            )
        return [rows(cells, [width * 0.49, width * 0.15, width * 0.18, width * 0.18])]

    def one(block: Block) -> list[Flowable]:
        match block:
            case Facts():
                count = 1 if roll else 3
                cells = [say(f"{label} {value}") for label, value in block.cells]
                cells += [say("")] * (-len(cells) % count)
                return [
                    rows([cells[n : n + count] for n in range(0, len(cells), count)], [width / count] * count)
                ]
            case Goods():
                return goods(block)
            case Words():
                return [say(f"{block.title}：{block.text}")]
            case Ticks():
                return [
                    say("  ".join(f"[{'x' if check.state else ' '}] {check.label}" for check in block.checks))
                ]
            case Sums():
                sums = [
                    [say(f"{row.label} {row.note}"), say(words.yuan(row.amount_fen or 0))]
                    for row in block.rows
                ]
                return [say(block.title, bold), rows(sums, [width * 0.7, width * 0.3])]
            case Ways():
                ways = [
                    [say(f"{row.way} {row.proof}"), say(words.yuan(row.amount_fen))] for row in block.rows
                ]
                return [say(block.title, bold), rows(ways, [width * 0.7, width * 0.3])]
            case Steps():
                return [
                    say(block.title, bold),
                    *(say(f"{n}. {item}") for n, item in enumerate(block.items, 1)),
                ]
            case Amount():
                return [say(f"{block.label} {words.yuan(block.fen)} {capitals(block.fen)}", bold)]
            case _:
                return []

    story: list[Flowable] = [
        say(slip.shop.name, bold),
        say(f"{slip.shop.address} {slip.shop.phone}"),
        say(composition.title, bold),
        code128.Code128(slip.number, barWidth=0.25 * MM, barHeight=11 * MM),
        say(f"{slip.number} {words.long_day(slip.on, 'zh')} {slip.at} {check_code(content_hash(slip))}"),
        qr.QrCode(case_address(slip.case_number), width=18 * MM, height=18 * MM),
        HRFlowable(width="100%"),
    ]
    for block in composition.blocks:
        for part in (*block.left, *block.right) if isinstance(block, Beside) else (block,):
            story += [*one(part), Spacer(1, 3)]
    story += [say(f"{place}. {sentence}") for place, sentence in enumerate(composition.terms, 1)]
    if slip.signature is not None:
        drawing = Drawing(width * 0.6, 60)
        for stroke in slip.signature.strokes:
            drawing.add(PolyLine([value for x, y in stroke for value in (x * 0.3, 60 - y * 0.3)]))
        story.append(drawing)
    story += [say(f"{line.label} {line.name}") for line in composition.lines]
    return story


def _platypus(slip: Slip, paper: Paper, compose: Callable[..., Composition]) -> bytes:
    roll = paper.is_roll
    if roll:
        width, height, margin, size = ROLLS[paper].width_mm * MM, 600 * MM, 4 * MM, 8.5
    else:
        width, height, margin, size = SHEETS[paper].width_mm * MM, SHEETS[paper].height_mm * MM, 34, 9.2
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=(width, height),
        leftMargin=margin,
        rightMargin=margin,
        topMargin=20,
        bottomMargin=20,
        invariant=1,
    )
    document.build(_story(slip, compose(slip, "zh"), width - 2 * margin - 12, size, roll))
    return out.getvalue()


def _by_turns(baseline: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
    """Medians in ms, the two sides drawn one after the other so that noise falls on both."""
    for _ in range(3):
        baseline()
        ours()
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for _ in range(ROUNDS):
        for side, work in enumerate((baseline, ours)):
            begin = time.perf_counter()
            work()
            taken[side].append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def rows(sizes: tuple[int, ...] = BATCHES) -> list[BenchRow]:
    """The receipt and the signed form of `design/performance.md`; for scale the form's three copies, a receipt
    printer's bytes; last whole batches of receipts."""
    cases: list[
        tuple[str, Slip, Paper, Callable[..., Composition], tuple[Copy, ...] | None, float | None]
    ] = [
        ("80 mm receipt", slip_samples.RECEIPT, Paper.ROLL_80, receipt.compose, COPY, 0.3),
        ("A4 signed form", slip_samples.RETURN_FORM, Paper.A4, return_form.compose, COPY, 0.6),
        ("A4 form, 3 copies : 1", slip_samples.RETURN_FORM, Paper.A4, return_form.compose, None, None),
    ]
    found = []
    for name, slip, paper, compose, copies, target in cases:
        before, after = _by_turns(
            lambda slip=slip, paper=paper, compose=compose: _platypus(slip, paper, compose),
            lambda slip=slip, paper=paper, copies=copies: render(slip, paper, "zh", copies),
        )
        found.append(BenchRow(name, before, after, after / before, target))
    return found + _previews() + _receipt_printer() + [_in_a_batch(size) for size in sizes]


def _previews() -> list[BenchRow]:
    """From the click to what the window shows: made, and its first page drawn as the preview draws it. Both sides are
    drawn by the same renderer."""
    found = []
    for name, slip, paper, compose, target in (
        ("receipt to preview", slip_samples.RECEIPT, Paper.ROLL_80, receipt.compose, 0.7),
        ("form to preview", slip_samples.RETURN_FORM, Paper.A5, return_form.compose, 0.8),
    ):
        before, after = _by_turns(
            lambda slip=slip, paper=paper, compose=compose: next(
                raster.pages(_platypus(slip, paper, compose), PREVIEW_DPI)
            ),
            lambda slip=slip, paper=paper: next(raster.pages(render(slip, paper, "zh", COPY), PREVIEW_DPI)),
        )
        found.append(BenchRow(name, before, after, after / before, target))
    return found


def _receipt_printer() -> list[BenchRow]:
    """The bytes for a receipt printer beside the PDF of the same receipt: what an ESC/POS printer costs more."""
    slip, found = slip_samples.RECEIPT, []

    def drawn(device: Device) -> bytes:
        pdf = render(slip, Paper.ROLL_80, "zh", COPY)
        return receipt_bytes(device, [Piece((Picture(page),)) for page in dots.pages(pdf, Paper.ROLL_80)])

    def in_lines(device: Device) -> bytes:
        columns = partial(signs.columns, device)
        return receipt_bytes(device, roll_text.pieces(slip, Paper.ROLL_80, "zh", COPY, columns))

    for name, text, make in (
        ("drawn : its PDF", "bitmap", drawn),
        ("in lines : its PDF", "gb18030", in_lines),
    ):
        device = Device("network", "localhost", text=text)
        before, after = _by_turns(
            lambda: render(slip, Paper.ROLL_80, "zh", COPY), lambda make=make, device=device: make(device)
        )
        found.append(BenchRow(f"ESC/POS, {name}", before, after, after / before, None))
    return found


def _in_a_batch(count: int) -> BenchRow:
    """Receipts one after the other, in turns of fifty. Each has a number of its own, so no code can be kept."""
    slips = [replace(slip_samples.RECEIPT, number=f"TK01-20260301-{at:04}") for at in range(1, count + 1)]
    taken = [0.0, 0.0]
    for at in range(0, count, 50):
        for side, draw in enumerate(
            (
                lambda slip: _platypus(slip, Paper.ROLL_80, receipt.compose),
                lambda slip: render(slip, Paper.ROLL_80, "zh", COPY),
            )
        ):
            begin = time.perf_counter()
            for slip in slips[at : at + 50]:
                draw(slip)
            taken[side] += (time.perf_counter() - begin) * 1000
    return BenchRow(f"{count} receipts in a batch", taken[0], taken[1], taken[1] / taken[0], 0.35)


def main() -> int:
    """Print the table; 1 when a target is missed."""
    missed = False
    print(f"{'work':<28}{'platypus ms':>13}{'ours ms':>10}{'ratio':>8}{'target':>9}")
    for row in rows():
        target = "" if row.target is None else f"<= x{row.target}"
        missed = missed or (row.target is not None and row.ratio > row.target)
        print(
            f"{row.name:<28}{row.baseline_ms:>13.1f}{row.ours_ms:>10.1f}{'x' + format(row.ratio, '.2f'):>8}{target:>9}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
