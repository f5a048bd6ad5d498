"""Whoever may not, may not by any door: every writing act of the services asks for its right before anything else.

The acts are found in the source, so that a new one that forgets to ask fails here.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hired import hire

from counter_app import services
from counter_app.domain.errors import CounterError
from counter_app.services import settings, staff
from counter_app.services.desk import Desk
from counter_app.services.staff import NewStaff

REFUSED = {"staff.sign_in_first", "staff.right.missing"}
BY_PIN = REFUSED | {"staff.pin.wrong", "staff.locked", "staff.unknown"}
"""Acts in somebody else's name ask for that person's PIN, and then for that person's right."""

ALLOWED = {
    "staff.sign_in": "this is how somebody comes to have rights; the PIN is asked",
    "staff.verify_pin": "the PIN is the question",
    "staff.choose_pin": "the PIN that somebody else set is the question; nobody is signed in yet",
    "staff.verify_code": "the code is the question",
    "setup.set_up_shop": "there is nobody yet; refused once a shop is there",
    "backups.remember": "repeats beside the data what the database says; nobody chooses anything",
    "retention.tend": "the rule of the shop, in a quiet moment, in nobody's name",
    "settings.set_setting": "asks by key; the window's own language and theme are anybody's (tested below)",
    "policy.seed_defaults": "at set-up and after an update: rules nobody ever edited",
    "erasing.remove_files": "files whose every mention an erasure took away; retention and wishes ask before",
    "erasing.settle": "tidies the index after an erasure that was asked for",
    "import_items.take_in": "inside run_import, which asks",
    "printing.printed": "nothing but print_record, which asks",
    "print_queue.take_posted": "jobs for what is posted, as the shop has set it, in the name of whoever posted",
    "print_queue.tidy": "jobs that ended a month ago; what was printed stands in the print records",
    "restores.note": "what a restore tells of itself; whoever restores had the file in hand",
    "print_work.claim": "the worker of the queue, for jobs that somebody with the right to wrote",
    "print_work.recover": "the worker of the queue",
    "print_work.take_back": "the worker of the queue, for a wish that `ask_back` took",
}
INTERNAL = {
    "policy.seed_defaults",
    "restores.note",
    "import_items.take_in",
    "erasing.remove_files",
    "erasing.settle",
}
"""Of those, what no window may call by itself."""
HEADLESS = {
    "imports.run_import": "a verb acts for whoever may open the shop's files anyway",
    "old_years.make": "a verb acts for whoever may open the shop's files anyway",
    "read_back.read": "a verb acts for whoever may open the shop's files anyway",
}
SIGNED_IN = {
    "slips.print_record": "what is printed is masked; who printed is kept",
    **dict.fromkeys(
        (
            "print_queue.enqueue",
            "print_queue.enqueue_test",
            "print_queue.take_slips",
            "print_queue.retry",
            "print_queue.came_out",
            "print_queue.cancel",
            "print_queue.ask_back",
        ),
        "the same paper, on its way to the printer",
    ),
}
"""Acts that anybody who is signed in may do."""


def _acts() -> Iterator[tuple[str, Callable[..., Any]]]:
    for info in pkgutil.iter_modules(services.__path__):
        if info.ispkg:
            continue
        module = importlib.import_module(f"counter_app.services.{info.name}")
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _writes(node):
                yield f"{info.name}.{node.name}", getattr(module, node.name)


def _gives_outcome(node: ast.FunctionDef) -> bool:
    return node.returns is not None and ast.unparse(node.returns).startswith("Outcome")


def _writes(node: ast.FunctionDef) -> bool:
    """An act opens a transaction of its own or says what it changed."""
    if not node.args.args or node.args.args[0].arg not in ("desk", "db"):
        return False
    if _gives_outcome(node):
        return True
    return any(
        isinstance(one, ast.Call)
        and ast.unparse(one.func).endswith(".atomic")
        and "IMMEDIATE" in ast.unparse(one)
        for one in ast.walk(node)
    )


def _sample(hint: Any, name: str) -> Any:
    if name == "approval_ids":
        return (1,)
    origin, inner = get_origin(hint), get_args(hint)
    if hint is inspect.Parameter.empty or hint is Any:
        return 1
    if origin in (typing.Union, types.UnionType):
        return None if type(None) in inner else _sample(inner[0], name)
    if origin is typing.Literal:
        return inner[0]
    if (origin is tuple and name in ("by", "witness")) or (origin is tuple and inner[:2] == (int, str)):
        return (1, "000000")
    plain: dict[Any, Any] = {
        int: 1,
        str: "x",
        bool: True,
        float: 1.0,
        date: date(2026, 11, 19),
        Path: Path("x.zip"),
        bytes: b"x",
    }
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**_arguments(hint))
    if origin in (dict,) or (origin is not None and issubclass(origin, typing.Mapping)):
        return {}
    return ()


def _arguments(act: Callable[..., Any], skip: int = 0) -> dict[str, Any]:
    hints = get_type_hints(act.__init__ if inspect.isclass(act) else act)
    told = list(inspect.signature(act).parameters.values())[skip:]
    return {
        one.name: _sample(hints.get(one.name, Any), one.name)
        for one in told
        if one.default is inspect.Parameter.empty
        and one.kind not in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    }


ACTS = dict(_acts())


@pytest.fixture
def powerless(desk: Desk) -> Desk:
    """Somebody who is signed in and has no right at all."""
    made = hire(desk, NewStaff("09", "看客", "viewer", "9999"))
    return replace(desk, staff=replace(staff.staff_view(desk, made.id), rights=frozenset()))


@pytest.mark.parametrize("name", sorted(set(ACTS) - set(ALLOWED)))
def test_nobody_and_whoever_has_no_right_are_refused_first(desk: Desk, powerless: Desk, name: str) -> None:
    act = ACTS[name]
    given = _arguments(act, skip=1)
    by_pin = any(value == (1, "000000") or key.endswith("pin") for key, value in given.items())
    nobody = () if name in HEADLESS else (replace(desk, staff=None),)
    for who in (*nobody, *(() if name in SIGNED_IN else (powerless,))):
        before = desk.db.connection().total_changes
        with pytest.raises(CounterError) as told:
            act(who, **given)
        assert told.value.code in (BY_PIN if by_pin else REFUSED), told.value.code
        if not by_pin:
            assert desk.db.connection().total_changes == before


def test_the_list_of_exceptions_names_acts_that_are_there() -> None:
    written = {name for name in ALLOWED if name.split(".")[0] not in ("staff", "backups")}
    assert written <= set(ACTS)
    assert all(
        hasattr(importlib.import_module(f"counter_app.services.{name.split('.')[0]}"), name.split(".")[1])
        for name in ALLOWED
    )
    assert len(ACTS) > 90


def _statements(node: ast.AST) -> Iterator[str]:
    """Where a function writes rows itself."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            called = ast.unparse(one.func)
            if re.search(
                r"\b[A-Z][a-z]\w+\.(create|insert|insert_many|update|delete)$|\binsert_row$|\bchange_rows$",
                called,
            ):
                yield called


def _helpers() -> Iterator[tuple[str, str]]:
    """Public functions that write inside the transaction of whoever calls them."""
    for info in pkgutil.iter_modules(services.__path__):
        if info.ispkg:
            continue
        source = Path(services.__path__[0]) / f"{info.name}.py"
        for node in ast.parse(source.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and f"{info.name}.{node.name}" not in ACTS
                and any(_statements(node))
            ):
                yield info.name, node.name


def test_a_window_calls_nothing_that_writes_without_asking() -> None:
    helpers = {*_helpers(), *(tuple(name.split(".")) for name in INTERNAL)}
    assert ("staff", "create") in helpers
    program = Path(services.__path__[0]).parent
    windows = [*sorted((program / "ui").rglob("*.py")), program / "app.py"]
    found = [
        f"{file.name}: {module}.{function}"
        for file in windows
        for text in [file.read_text(encoding="utf-8")]
        for module, function in helpers
        if re.search(rf"\b{module}\.{function}\b", text)
        or re.search(rf"from counter_app\.services\.{module} import [^\n]*\b{function}\b", text)
    ]
    assert found == []


@pytest.mark.parametrize("key", sorted(settings.RIGHTS))
def test_a_setting_of_the_shop_is_changed_by_who_may(powerless: Desk, desk: Desk, key: str) -> None:
    for who, code in ((replace(desk, staff=None), "staff.sign_in_first"), (powerless, "staff.right.missing")):
        with pytest.raises(CounterError) as told:
            settings.set_setting(who, key, settings.DEFAULTS[key])
        assert told.value.code == code


@pytest.mark.parametrize(
    "key", sorted(set(settings.DEFAULTS) - set(settings.RIGHTS) - settings.OF_THE_WINDOW)
)
def test_every_other_setting_needs_somebody_who_is_signed_in(powerless: Desk, desk: Desk, key: str) -> None:
    with pytest.raises(CounterError, match="sign_in_first"):
        settings.set_setting(replace(desk, staff=None), key, settings.DEFAULTS[key])
    settings.set_setting(powerless, key, settings.DEFAULTS[key])


def test_the_language_is_anybodys_also_while_the_window_is_locked(desk: Desk) -> None:
    settings.set_setting(replace(desk, staff=None), "language", "en")
    assert settings.setting(desk, "language") == "en"
