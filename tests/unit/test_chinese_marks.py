"""Chinese sentences of the program carry full-width marks: ，。；：？！（）. Figures and codes stay half-width."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CATALOGUES = sorted(
    path
    for room in ("i18n", "i18n/errors", "policy", "charts")
    for path in (RESOURCES / room).glob("*.toml")
    if path.name != "holidays.toml"
)
_HAN = r"\u3400-\u9fff）”」"
NARROW = re.compile(rf"[{_HAN}][,;:?!](?!/)|[,;:?!][{_HAN}]|[{_HAN}]\(|\)[{_HAN}]")


def chinese(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from chinese(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from chinese(inner, key)
    elif isinstance(value, str) and (key == "zh" or key.endswith("_zh")):
        yield value


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_a_catalogue_writes_chinese_with_full_width_marks(path: Path) -> None:
    sentences = chinese(tomllib.loads(path.read_text(encoding="utf-8")))
    assert [one for one in sentences if NARROW.search(one)] == []


def test_the_window_writes_chinese_with_full_width_marks() -> None:
    root = ET.parse(RESOURCES / "i18n" / "counter_zh_CN.ts").getroot()
    told = ["".join(one.itertext()) for one in root.iter("translation")]
    assert len(told) > 1000
    assert [one for one in told if NARROW.search(one)] == []
