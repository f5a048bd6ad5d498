"""Pictures of every screen, dialog and printed form, to look at before anybody else does.

    python packaging/screenshots.py DIR [--only NAME] [--stretch]

Every shot is taken in both languages and both themes at 1366×768 and 1440×900, without a display, on a shop
filled with sample orders. `--stretch` doubles every sentence instead, to find layouts that break.

A screen adds its shots in `packaging/shots/<screen>.py`: a dict `SHOTS` of name → function that takes the
`Stage`, brings the window into the wanted state and returns the widget to picture (the window itself, or a
dialog that was shown, not executed).
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "documents"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from counter_app import resources
from counter_app.app import Program
from counter_app.db import connection
from counter_app.services import imports, setup, shift, staff
from counter_app.services.desk import Clock, Desk, SystemClock
from counter_app.ui import theme
from counter_app.ui.main_window import MainWindow
from counter_app.ui.samples import BATCHES
from counter_app.ui.screens.screen import Screen

SIZES = ((1366, 768), (1440, 900))
LANGUAGES = ("zh", "en")
THEMES = ("light", "dark")


@dataclass(slots=True)
class Stage:
    """What a shot plays on: the program with its window, on a filled shop, the manager at the desk."""

    app: QApplication
    program: Program
    window: MainWindow
    desk: Desk
    folder: Path

    def show(self, key: str) -> Screen:
        """Bring one screen to the front."""
        screen = self.window.show_screen(key)
        assert screen is not None
        self.settle()
        return screen

    def settle(self) -> None:
        """Let everything that was asked for happen."""
        for _ in range(6):
            self.app.processEvents()


Shot = Callable[[Stage], QWidget]


class Stretched(QTranslator):
    """Says every sentence twice: what breaks now would break in some language."""

    def translate(self, context: str, source: str, note: str | None = None, n: int = -1) -> str:
        return f"{source} {source}"


def shots() -> Iterator[tuple[str, Shot]]:
    """Every shot of every screen, by name."""
    import shots as folder

    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda found: found.name):
        room = importlib.import_module(f"shots.{module.name}")
        for name, shot in room.SHOTS.items():
            yield f"{module.name}-{name}", shot


def fill(folder: Path, clock: Clock | None = None) -> Desk:
    """A shop with staff, an open shift, and the sample articles and orders."""
    db = connection.open_database(folder, create=True)
    desk = setup.set_up_shop(
        db,
        folder,
        clock or SystemClock(),
        setup.ShopSetup(
            name="星河电器 · 中山路店",
            code="01",
            manager_name="王店长",
            manager_pin="1234",
            province="SH",
            address="上海市中山路 100 号",
            phone="021-55550100",
            settings={"pin.memory_kib": 1024, "pin.rounds": 1},
        ),
    )
    for code, name, role in (
        ("02", "李敏", "clerk"),
        ("03", "赵丽", "cashier"),
        ("04", "陈工", "technician"),
        ("05", "周明", "supervisor"),
    ):
        added = staff.add_staff(desk, staff.NewStaff(code, name, role, "0000")).value
        staff.choose_pin(desk, added.id, "0000", "1111")
    shift.open_shift(desk, 50_000)
    for batch in BATCHES:
        imports.run_import(desk, [resources.path("samples", name) for name in batch])
    return desk


def take(folder: Path, only: str, *, stretch: bool) -> int:
    """Take all shots into `folder`; returns how many."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    taken = 0
    with tempfile.TemporaryDirectory() as place:
        desk = fill(Path(place))
        program = Program(app, Path(place))
        window = program.at_desk(desk)
        stage = Stage(app, program, window, desk, Path(place))
        stretched = Stretched(app)
        for language in LANGUAGES if not stretch else ("en",):
            program.looks.speak(language)
            if stretch:
                app.installTranslator(stretched)
            window.show_status()  # the bar asks again only a moment later
            for mode in THEMES if not stretch else ("light",):
                program.looks.wear(mode)
                for width, height in SIZES if not stretch else SIZES[:1]:
                    window.resize(width, height)
                    into = folder / ("stretched" if stretch else f"{language}-{mode}-{width}x{height}")
                    into.mkdir(parents=True, exist_ok=True)
                    taken += _take_here(stage, into, only)
        app.removeTranslator(stretched)
        window.close()
        desk.db.close()
    return taken


def _take_here(stage: Stage, into: Path, only: str) -> int:
    taken = 0
    for name, shot in shots():
        if only not in name:
            continue
        picture = shot(stage)
        stage.settle()
        picture.grab().save(str(into / f"{name}.png"))
        taken += 1
        if picture is not stage.window:
            picture.close()
            picture.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        stage.window.show_lock(False)
    return taken


def forms(folder: Path) -> int:
    """Every printed form on every paper it is made for, both languages; returns how many pages."""
    import office_samples
    import slip_samples

    from counter_app.documents import raster, render
    from counter_app.documents.paper import Paper
    from counter_app.domain import slips

    folder.mkdir(parents=True, exist_ok=True)
    pages = 0
    for name, slip in sorted({**vars(slip_samples), **office_samples.OFFICE}.items()):
        if not isinstance(slip, slips.Slip):
            continue
        for paper in Paper:
            for language in LANGUAGES:
                pdf = render(slip, paper, language)
                for at, page in enumerate(raster.pages(pdf, 110), start=1):
                    target = folder / f"{name.lower()}-{paper.value}-{language}-{at}.png"
                    target.write_bytes(page.png())
                    pages += 1
    return pages


def main() -> int:
    """Take what was asked for and say how much it was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only shots whose name contains this")
    parser.add_argument("--stretch", action="store_true", help="double every sentence")
    given = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    theme.apply(app, "light")
    taken = take(given.folder, given.only, stretch=given.stretch)
    print(f"{taken} screens")
    if not given.only and not given.stretch:
        print(f"{forms(given.folder / 'forms')} pages of forms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
