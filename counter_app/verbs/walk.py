"""`walk FILE`: walk a chart without a window and print what came of it as JSON.

FILE (`-` for standard input) holds one JSON object, {"chart", "answers", "facts", "overrides"}: one walk, its
result on standard output, exit 0. A bad one prints nothing but one line on standard error and exits 2.
A file that does not parse as one object is read as JSON Lines: one result per line, {"error": …} for a bad one,
and exit 2 with one line on standard error when any was bad. `chart` may be left out (counter), as may the others.

A name given twice is an error, since dropping one of two answers silently would be a different walk; so is an
unknown field. NaN and Infinity are not JSON here. A byte order mark is accepted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from counter_app import shipped, wording
from counter_app.domain.errors import CounterError, SurroundingsError, UserError
from counter_app.domain.facts import Facts
from counter_app.domain.system_reasons import system_reason
from counter_app.domain.walk import walk
from counter_app.domain.walk_result import Override
from counter_app.verbs import streams

_FIELDS = ("chart", "answers", "facts", "overrides")
_OVERRIDE_FIELDS = ("answer", "by", "reason")


def declare(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("file", metavar="FILE", help="a JSON or JSON Lines file, - for standard input")


def run(given: argparse.Namespace) -> int:
    """Walk what the file asks for. Returns 0, or 2 when any line of a JSON Lines file was bad.

    Raises UserError for a bad single walk, SurroundingsError for a file that cannot be read.
    """
    text = _read(given.file)
    # "≤" must leave on a console of any code page.
    streams.spoken(encoding="utf-8")
    single = _one_object(text)
    if single is not None:
        print(_json(walked(single)))
        return 0
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise UserError("walk.input.empty", file=given.file)
    bad: list[tuple[int, str]] = []
    for number, line in lines:
        try:
            told = walked(_parsed(line))
        except CounterError as error:
            bad.append((number, wording.sentence(error, given.language)))
            told = {"error": bad[-1][1]}
        print(_json(told))
    if bad:
        first, reason = bad[0]
        raise UserError("walk.input.some_bad", count=len(lines), bad=len(bad), line=first, reason=reason)
    return 0


def walked(asked: Any) -> dict[str, Any]:
    """The result of one walk, ready for JSON. Raises UserError naming what is wrong with `asked`."""
    if not isinstance(asked, dict):
        raise UserError("walk.input.not_object")
    _only(asked, _FIELDS)
    name = asked.get("chart", "counter")
    if not isinstance(name, str) or name not in shipped.CHARTS:
        raise UserError("walk.input.chart", chart=_short(name), known=", ".join(shipped.CHARTS))
    result = walk(
        shipped.chart(name),
        _answers(_object(asked, "answers")),
        Facts.read(_object(asked, "facts"), shipped.categories(), any_amount=True),
        _overrides(_object(asked, "overrides")),
        shipped.calendar(),
    )
    return result.as_json()


# --- reading ----------------------------------------------------------------------------------------


def _read(file: str) -> str:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as wrong:  # ValueError: a name with a NUL in it
        cause = system_reason(wrong)
        raise SurroundingsError("walk.input.unreadable", file=file, cause=cause) from wrong
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UserError("walk.input.not_utf8", file=file) from wrong


def _one_object(text: str) -> dict[str, Any] | None:
    """The object that the whole text is, None when the text is anything else."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _parsed(text) if isinstance(parsed, dict) else None


def _parsed(text: str) -> Any:
    try:
        parsed = json.loads(text, object_pairs_hook=_no_twice, parse_constant=_no_constant)
        # An escape can bring in half of a surrogate pair, which no text can hold.
        json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    except RecursionError as deep:
        raise UserError("walk.input.not_json", reason="nesting") from deep
    except ValueError as wrong:  # malformed, or a number of more digits than Python reads
        raise UserError("walk.input.not_json", reason=str(wrong)) from wrong
    return parsed


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UserError("walk.input.duplicate", name=_short(name))
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise UserError("walk.input.not_json", reason=name)


# --- the four fields --------------------------------------------------------------------------------


def _object(asked: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = asked.get(name, {})
    if not isinstance(value, dict):
        raise UserError("walk.input.field", name=name, wanted="{…}")
    return value


def _only(given: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise UserError("walk.input.unknown", name=_short(name), known=", ".join(known))


def _answers(given: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, value in given.items():
        answers = [value] if isinstance(value, str) else value
        if not isinstance(answers, list) or not all(isinstance(one, str) for one in answers):
            raise UserError("walk.input.field", name=_short(node), wanted='"…", ["…", …]')
        found[node] = answers
    return found


def _overrides(given: Mapping[str, Any]) -> dict[str, Override]:
    found: dict[str, Override] = {}
    for node, value in given.items():
        if not isinstance(value, dict):
            raise UserError("walk.input.field", name=_short(node), wanted='{"answer", "by", "reason"}')
        _only(value, _OVERRIDE_FIELDS)
        missing = [name for name in _OVERRIDE_FIELDS if not _told(value.get(name))]
        if missing:
            raise UserError("walk.input.override", node=_short(node), missing=", ".join(missing))
        found[node] = Override(value["answer"], value["by"], value["reason"])
    return found


def _told(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _short(value: object) -> str:
    text = value if isinstance(value, str) else type(value).__name__
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= 40 else text[:40] + "…"


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
