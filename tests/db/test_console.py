"""What a verb says leaves on a console of any code page."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from counter_app import cli
from counter_app.db import connection


@pytest.mark.parametrize("code_page", ["cp1252", "ascii", "gbk", "utf-8"])
def test_a_chinese_sentence_never_stops_a_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code_page: str
) -> None:
    folder = tmp_path / "柜台 𠮷"
    connection.open_database(folder, create=True).close()
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=code_page))
    assert cli.main(["--language", "zh", "migrate", "--data", str(folder)]) == 0
    sys.stdout.flush()
    told = written.getvalue().decode(code_page)
    assert "counter.sqlite3" in told
    assert ("最新" in told) == (code_page in ("gbk", "utf-8"))
