"""An import, or a look at one, as a child process: the window stays quick meanwhile."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from counter_app.services.desk import Desk
from counter_app.ui.jobs import ChildJob, verb_command


class ImportJob(ChildJob):
    """The verb `import` on these files, in the name of whoever is at the desk.

    Args:
        source: insists on one kind of file, None tells it from the header.
        mapping: for a plain sheet, field → column; None leaves it to the names of the columns.
        sheet: of a workbook with several, which one.
        contents: what a look found the files to hold; changed ones are refused.
        look: only says what would happen; its result is a preview (`domain/import_report.py`).
    """

    def __init__(
        self,
        desk: Desk,
        files: Sequence[Path],
        source: str | None,
        mapping: Mapping[str, str] | None,
        parent: QObject,
        *,
        look: bool,
        sheet: str = "",
        contents: Sequence[str] = (),
    ) -> None:
        arguments = ["--preview"] if look else []
        if sheet:
            arguments += ["--sheet", sheet]
        for content in contents:
            arguments += ["--as-previewed", content]
        if desk.staff is not None:
            arguments += ["--staff", str(desk.staff.id)]
        if source is not None:
            arguments += ["--source", source]
        scratch = None
        if mapping is not None:
            scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            told = Path(scratch.name) / "mapping.json"
            told.write_text(json.dumps(dict(mapping), ensure_ascii=False), encoding="utf-8")
            arguments += ["--mapping", str(told)]
        super().__init__(
            verb_command(desk.folder, "import", *arguments, *(str(file) for file in files)), parent
        )
        self._scratch = scratch
        self.ended.connect(self._tidy)

    def _tidy(self) -> None:
        if self._scratch is not None:
            self._scratch.cleanup()
