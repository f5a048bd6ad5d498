"""The program without a window: one line for what went wrong, the right data folder, the right language."""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from counter_app import cli, data_folder
from counter_app.domain.errors import SurroundingsError

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def closing(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A verb `closing` whose `run` each test sets."""
    module = types.ModuleType("counter_app.verbs.closing")

    def declare(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("month")
        parser.add_argument("--progress", action="store_true")

    module.declare = declare  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "counter_app.verbs.closing", module)
    monkeypatch.setitem(cli.VERBS, "closing", "close a month")
    return module


@pytest.fixture(autouse=True)
def quiet_log() -> object:
    before = list(logging.getLogger().handlers)
    yield None
    for handler in list(logging.getLogger().handlers):
        if handler not in before:
            logging.getLogger().removeHandler(handler)
            handler.close()


def test_a_verb_gets_its_arguments_the_data_folder_and_the_language(
    closing: types.ModuleType, tmp_path: Path
) -> None:
    seen: list[argparse.Namespace] = []
    closing.run = lambda given: seen.append(given) or 0
    assert cli.main(["--data", str(tmp_path), "closing", "2026-11", "--language", "en"]) == 0
    assert cli.main(["closing", "--data", str(tmp_path), "2026-11"]) == 0
    assert [given.month for given in seen] == ["2026-11", "2026-11"]
    assert {given.data for given in seen} == {tmp_path}
    assert seen[0].language == "en"
    assert seen[0].progress is False


@pytest.mark.parametrize(
    "argv",
    [["clsoing"], ["closing"], ["closing", "a", "b"], ["--data"], ["--language", "fr", "closing", "a"]],
)
def test_wrong_arguments_are_one_line_and_exit_two(
    argv: list[str], closing: types.ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    closing.run = lambda given: 0
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "--help" in err


@pytest.mark.parametrize(("language", "told"), [("zh", "不能写入"), ("en", "cannot be written")])
def test_a_known_trouble_is_told_in_the_language_asked_for(
    language: str, told: str, closing: types.ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(given: argparse.Namespace) -> int:
        raise SurroundingsError("folder.unwritable", folder="店", cause="full")

    closing.run = run
    assert cli.main(["--language", language, "closing", "2026-11"]) == 2
    assert told in capsys.readouterr().err


def test_a_fault_of_ours_is_logged_and_told_in_one_line(
    closing: types.ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(given: argparse.Namespace) -> int:
        raise ZeroDivisionError("till")

    closing.run = run
    assert cli.main(["--data", str(tmp_path), "--language", "en", "closing", "2026-11"]) == 2
    err = capsys.readouterr().err
    log = tmp_path / "logs" / "counter.log"
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in err
    assert str(log) in err
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(SurroundingsError) as refused:
        data_folder.start_log(tmp_path)
    assert refused.value.code == "folder.unwritable"


def test_the_data_folder_is_the_one_asked_for_then_the_environments_then_the_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTER_DATA_DIR", str(tmp_path / "env"))
    assert data_folder.locate(str(tmp_path / "asked")) == tmp_path / "asked"
    assert data_folder.locate(None) == tmp_path / "env"
    monkeypatch.delenv("COUNTER_DATA_DIR")
    assert data_folder.locate(None).name.lower() == "counter"


@pytest.mark.parametrize(
    ("told", "language"),
    [("zh_CN.UTF-8", "zh"), ("", "zh"), ("C.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("de_DE.UTF-8", "en")],
)
def test_messages_are_chinese_unless_the_system_speaks_something_else(
    told: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", told)
    monkeypatch.setenv("LANG", told)
    monkeypatch.setattr(cli.locale, "getlocale", lambda: (None, None))
    assert cli._language(None) == language


def test_no_verb_means_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COUNTER_DATA_DIR", "elsewhere")
    assert cli.window_wanted([])
    assert os.environ["COUNTER_DATA_DIR"] == "elsewhere"
    assert cli.window_wanted(["--data", str(tmp_path)])
    assert os.environ["COUNTER_DATA_DIR"] == str(tmp_path)
    assert not cli.window_wanted(["verify"])
    assert not cli.window_wanted(["--help"])
    assert not cli.window_wanted(["--data"])


@pytest.mark.parametrize("verb", sorted(cli.VERBS))
def test_every_verb_can_be_asked_for_help(verb: str) -> None:
    own = {**os.environ, "COUNTER_ENVIRONMENT": "own"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), verb, "--help"],
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"main.py {verb}" in done.stdout


def test_headless_verbs_start_without_qt() -> None:
    code = (
        "import importlib, json, sys; from counter_app import cli\n"
        "for verb in cli.VERBS: importlib.import_module('counter_app.verbs.' + cli.MODULE_NAMES.get(verb, verb))\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('PySide6')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
