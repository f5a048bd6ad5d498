"""`python tests/recalculated.py FILE.xlsx …`: has LibreOffice open and recalculate workbooks, and compares every formula.

Run by hand, where LibreOffice is: the stored value of each formula must be what LibreOffice makes of it. Ends with 1
and a line for each formula that differs. A file that it would have to repair does not convert, and is told.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook


def differing(file: Path, office: str) -> tuple[int, list[str]]:
    """How many formulas a workbook has, and a line for each whose value LibreOffice disagrees with."""
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            folder,
        ]
        subprocess.run([*command, str(file)], check=True, capture_output=True)
        recalculated = CalamineWorkbook.from_path(str(Path(folder) / f"{file.stem}.ods"))
        sheets = {
            name: recalculated.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in recalculated.sheet_names
        }
    formulas, values = load_workbook(file), load_workbook(file, data_only=True)
    count, found = 0, []
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                stored, got = (
                    values[page.title][cell.coordinate].value,
                    sheets[page.title][cell.row - 1][cell.column - 1],
                )
                if isinstance(stored, str) or isinstance(got, str):
                    agrees = got == stored
                else:
                    agrees = isinstance(got, (int, float)) and abs(got - stored) <= 1e-6
                if not agrees:
                    found.append(
                        f"{page.title}!{cell.coordinate} {cell.value}: {stored} stored, {got} recalculated"
                    )
    return count, found


def main(files: list[str]) -> int:
    """0 when every formula of every file agrees."""
    office = shutil.which("soffice")
    if office is None or not files:
        print(__doc__ if office else "LibreOffice (soffice) is not here", file=sys.stderr)
        return 2
    bad = 0
    for name in files:
        count, found = differing(Path(name), office)
        bad += len(found)
        print(f"{name}: {count} formulas, {len(found)} differ")
        for line in found:
            print(f"  {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
