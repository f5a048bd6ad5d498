"""What the program writes beside the database says nothing of persons: log, bug report; new folders are private."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import app, data_folder
from counter_app.db import connection
from counter_app.ui.bug_dialog import BugDialog

PHONE = "13812341234"
PROGRAM = Path(app.__file__).parent


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    file = data_folder.start_log(tmp_path / "数据")
    yield file
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_log_masks_numbers_in_messages_arguments_and_traces(log: Path) -> None:
    there = logging.getLogger("counter")
    there.warning("refused %s", PHONE)
    try:
        raise KeyError(PHONE)
    except KeyError:
        there.exception("while calling 010-66668888, 110101199003070011, mei@example.com")
    told = log.read_text(encoding="utf-8")
    assert "138****1234" in told and "KeyError" in told
    for secret in (PHONE, "110101199003070011", "mei@"):
        assert secret not in told


def test_a_bug_report_masks_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(BugDialog, "tell", shown.append)
    error = ValueError(f"no such customer {PHONE}")
    app._tell_bug(ValueError, error, None)
    assert len(shown) == 1
    assert "138****1234" in shown[0] and PHONE not in shown[0]


def test_no_message_that_is_logged_is_made_of_a_customers_name_or_words() -> None:
    """Whoever adds a line to the log passes an error, a path or a count, never a person."""
    personal = re.compile(r"log\w*[.(].*(customer|phone|\.words|contact|summary)")
    found = [
        f"{file.name}:{number}"
        for file in sorted(PROGRAM.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "getLogger" in line and personal.search(line)
    ]
    assert found == []


PRIVATE = 0o700 if os.name == "posix" else 0o777
"""Windows gives a folder the rights of the one it lies in."""


def test_a_new_data_folder_is_open_to_nobody_else_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    data_folder.make(fresh, "attachments", "logs")
    made = [fresh, fresh / "attachments", fresh / "logs"]
    assert [folder.stat().st_mode & 0o777 for folder in made] == [PRIVATE] * 3
    assert not data_folder.open_to_others(fresh)
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o755)
    before = old.stat().st_mode
    data_folder.make(old, "logs")
    assert old.stat().st_mode == before
    assert data_folder.open_to_others(old) is (os.name == "posix")


def test_a_shop_set_up_in_a_new_folder_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "店"
    connection.open_database(folder, create=True).close()
    assert [one.stat().st_mode & 0o777 for one in (folder, folder / "attachments", folder / "backups")] == [
        PRIVATE
    ] * 3


ONE_DOOR = {"people", "person_file", "intake", "customer_history"}
"""`people` masks, reveals and writes the look down; `person_file` answers a customer's own wish and writes it down;
`intake` and `customer_history` touch a customer's class alone."""


@pytest.mark.req("S0-10")
def test_customers_unmasked_come_through_one_door() -> None:
    services = PROGRAM / "services"
    using = {
        file.stem
        for file in services.glob("*.py")
        if re.search(
            r"^from counter_app\.db\.models import [^)]*?\bPerson\b",
            file.read_text(encoding="utf-8"),
            re.M | re.S,
        )
    }
    assert using == ONE_DOOR
    for name in ("intake", "customer_history"):
        assert not re.search(
            r"[Pp]erson\.(name|phone|contact)\b", (services / f"{name}.py").read_text(encoding="utf-8")
        )
    windows = [*sorted((PROGRAM / "ui").rglob("*.py")), PROGRAM / "app.py"]
    reading = [
        file.name for file in windows if re.search(r"\bdb\.models\b", file.read_text(encoding="utf-8"))
    ]
    assert reading == [], "a window asks the services"
