"""The pictures of the manual, in `docs/pictures/`: taken from the window itself, few and small.

    python packaging/manual_pictures.py

The shots are those of `packaging/shots/`; the shop and its day stand still, so that the same program gives the
same pictures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from screenshots import Stage, fill, shots

from counter_app.app import Program
from counter_app.db.models import Document
from counter_app.documents import Paper, raster
from counter_app.domain.sale_views import CaseHit
from counter_app.services import lookup, printing
from counter_app.ui import theme
from counter_app.ui.language import Language

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FOLDERS = {"zh": PICTURES, "en": PICTURES / "en"}
SIZE = (1366, 768)
SLIP_DPI = 80
COLOURS = 128
"""Enough for quiet surfaces; a picture of the whole window then takes some 60 kB."""
ZH = {
    "shell-first-run": "first-run",
    "shell-lock": "lock",
    "visit-lines": "counter-lines",
    "visit-question": "counter-question",
    "visit-offer": "counter-offer",
    "visit-proposal": "counter-proposal",
    "visit-sign": "counter-sign",
    "visit-done": "counter-done",
    "visit-waiting": "counter-waiting",
    "visit-record": "counter-record",
    "visit-case-list": "cases",
    "visit-to-do": "todo",
    "visit-export": "export",
    "backroom-chart": "chart",
    "rooms-sales": "sales",
    "goods-stock": "goods",
    "sales-faults": "import",
    "rooms-shift": "shift",
    "settings-staff": "settings-staff",
    "settings-figures": "settings-figures",
    "settings-privacy": "settings-privacy",
    "printing-own-words": "settings-slip_words",
}
EN = (
    "first-run",
    "counter-lines",
    "counter-question",
    "counter-offer",
    "counter-proposal",
    "counter-sign",
    "cases",
)


@dataclass(frozen=True, slots=True)
class Morning:
    """A clock that stands at half past ten of one morning."""

    def now(self) -> datetime:
        """Saturday 21 November 2026, 10:30 in Shanghai."""
        return datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def main(argv: list[str]) -> int:
    """Take them all anew: one child process per language, for a program speaks to the end as it began."""
    if not argv:
        for language in FOLDERS:
            subprocess.run([sys.executable, __file__, language], check=True)
        return 0
    language: Language = "en" if argv[0] == "en" else "zh"
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    wanted = ZH if language == "zh" else {shot: name for shot, name in ZH.items() if name in EN}
    with tempfile.TemporaryDirectory() as place:
        taken = _take(app, Path(place), language, wanted, FOLDERS[language])
    print(f"{taken} pictures in {FOLDERS[language].relative_to(PICTURES.parent)}")
    return 0


def _take(app: QApplication, place: Path, language: Language, wanted: dict[str, str], into: Path) -> int:
    desk = fill(place, Morning())
    program = Program(app, place, Morning())
    window = program.at_desk(desk)
    program.looks.speak(language)
    program.looks.wear("light")
    window.resize(*SIZE)
    stage = Stage(app, program, window, desk, place)
    into.mkdir(parents=True, exist_ok=True)
    taken = 0
    for shot, take in shots():
        if shot not in wanted:
            continue
        picture = take(stage)
        stage.settle()
        keep(picture.grab(), into / f"{wanted[shot]}.png")
        taken += 1
        if picture is not window:
            picture.close()
        window.show_lock(False)
    if language == "zh":
        taken += _slips(stage, into)
    window.close()
    return taken


def _slips(stage: Stage, into: Path) -> int:
    """The form and the receipt of the first refund."""
    number = (
        Document.select(Document.number).where(Document.prefix == "TK").order_by(Document.id).get().number
    )
    case = lookup.lookup(stage.desk, number)[0]
    assert isinstance(case, CaseHit)
    names = {Paper.A4: "slip-form", Paper.ROLL_80: "slip-receipt"}
    for sheet in printing.sheets(stage.desk, case.number):
        if name := names.pop(sheet.paper, ""):
            page = next(iter(raster.pages(printing.pdf_of(stage.desk, sheet), SLIP_DPI)))
            _small(Image.open(BytesIO(page.png())), into / f"{name}.png")
    assert not names
    return 2


def keep(picture: QPixmap, file: Path) -> None:
    """Write one picture with few colours."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    _small(Image.open(BytesIO(bytes(store.data()))), file)


def _small(picture: Image.Image, file: Path) -> None:
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
