"""What a printer is handed: the size of a PDF's paper, test pages, and the bytes of receipt printers."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from counter_app import printers
from counter_app.documents import CopyKind, Paper
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.printers import Device
from counter_app.services import print_routes, printing, receipt_printer
from counter_app.services.desk import Desk
from counter_app.services.printing import Sheet
from counter_app.wording import Language


def size_of(pdf: bytes, paper: str) -> print_routes.Paper:
    """The paper a PDF wants: its first page's size in mm."""
    from counter_app.documents import raster

    first = next(iter(raster.pages(pdf, 9)))
    return print_routes.Paper(paper, round(first.width_mm, 1), round(first.height_mm, 1))


def test(desk: Desk, printer: str, paper: Paper, language: Language, device: Device | None) -> bytes:
    """A test page: a PDF, or the bytes of a receipt printer. Raises UserError `printer.…`."""
    if device is not None:
        return printers.test_bytes(device, language)
    from counter_app.documents import trial_page

    at = desk.clock.now().astimezone(ZoneInfo(desk.shop.time_zone))
    return trial_page.render(paper, language, desk.shop.name, printer or "—", f"{at:%Y-%m-%d %H:%M}")


def trouble(name: str, device: Device) -> SurroundingsError | None:
    """What a receipt printer says of itself that keeps it from printing; one that says nothing is taken to be ready.

    Raises SurroundingsError `printer.…` when it cannot be reached.
    """
    said = printers.state(device)
    if said.ready:
        return None
    code = (
        "print.no_paper"
        if said.paper == "out"
        else "print.cover_open"
        if said.cover_open
        else "print.stopped"
    )
    return SurroundingsError(code, name=name)


def drawer(device: Device | None) -> bytes:
    """What opens the drawer. Raises UserError `printer.drawer.none`."""
    if device is None:
        raise UserError("printer.drawer.none")
    return printers.drawer_bytes(device)


def roll(
    desk: Desk,
    sheet: Sheet,
    wanted: Sequence[CopyKind],
    also: Language | None,
    device: Device,
    *,
    reprint: bool,
) -> bytes:
    """A slip as the bytes of one receipt printer, each copy cut off. Raises UserError, SurroundingsError."""
    chosen = printing.chosen(desk, sheet, wanted)
    return receipt_printer.bytes_for(desk, sheet, device, chosen, also=also, reprint=reprint)
