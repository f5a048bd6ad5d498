"""Archives of lost times: read back, searched, found among the cases, told at the counter."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.services import archive_history, archive_search, read_back
from counter_app.ui.jobs import SynchronousPool
from counter_app.ui.new_shop import provinces
from counter_app.ui.screens.cases.screen import CasesScreen
from counter_app.ui.screens.first_run import FirstRun
from counter_app.ui.screens.history.history_dialog import HistoryDialog
from counter_app.ui.screens.history.read_back_dialog import ReadBackDialog
from counter_app.ui.screens.history.search_dialog import ArchiveSearchDialog
from counter_app.verbs import archive_entry

if TYPE_CHECKING:
    from screenshots import Stage

_MONTH = "2026-03"


@cache
def archives() -> tuple[Path, ...]:
    """Two months of an invented shop, made by the program's own verbs beside the shop that is pictured."""
    folder = Path(mkdtemp(prefix="archives"))

    def verb(*words: str) -> None:
        main = Path(__file__).resolve().parent.parent.parent / "main.py"
        subprocess.run([sys.executable, str(main), *words, "--data", str(folder / "shop")], check=True)

    verb("demo", "--cases", "30", "--seed", "5", "--until", "2026-03-31", "--months", "2")
    made = []
    for month in ("2026-02", _MONTH):
        path = folder / f"counter-01-{month}.xlsx"
        verb("export", "--month", month, "--out", str(path))
        made.append(path)
    return tuple(made)


def _read_in(stage: Stage) -> str:
    """A case of the archive with a refund, after it was read back."""
    told = read_back.read(stage.desk, archives()[1], other_shop=True).value
    assert told.whole
    rows = archive_history.find(stage.desk, "SH")
    return next(row.number for row in rows if row.refund_fen > 0)


def first_run(stage: Stage) -> QWidget:
    """A shop that only has its workbooks."""
    window = FirstRun(provinces(), samples=True)
    window.pool = SynchronousPool()
    window.resize(stage.window.size())
    window.show()
    window.take_archives(archives())
    return window


def read(stage: Stage) -> QWidget:
    """What two archives are, before they are read."""
    dialog = ReadBackDialog(stage.window.session, stage.window)
    seen = [(file, read_back.examine(stage.desk, file)) for file in archives()]
    language = "zh" if stage.program.looks.languages.current == "zh" else "en"
    dialog.show_seen({"archives": [archive_entry.as_values(file, one, language) for file, one in seen]})
    dialog.show()
    return dialog


def search(stage: Stage) -> QWidget:
    """A word in an archive that stays outside."""
    dialog = ArchiveSearchDialog(stage.window, pool=SynchronousPool())
    dialog.show()
    dialog.open_file(archives()[1])
    with archive_search.OpenArchive(archives()[1]) as book:
        number = next(one.case_number for one in book.find("SH") if one.case_number)
    dialog.search.input.setText(number)
    dialog.show_found(number)
    return dialog


def case(stage: Stage) -> QWidget:
    """A case of lost times among the shop's own."""
    number = _read_in(stage)
    screen = stage.show("cases")
    assert isinstance(screen, CasesScreen)
    screen.list.search.input.setText(number)
    screen.list.load()
    screen._timer.stop()
    screen._load_case()
    return stage.window


def dialog(stage: Stage) -> QWidget:
    """The same over the counter."""
    opened = HistoryDialog(stage.window.session, _read_in(stage), stage.window)
    opened.show()
    return opened


SHOTS = {"first_run": first_run, "read": read, "search": search, "case": case, "dialog": dialog}
