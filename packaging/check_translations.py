"""Refuse a window that would speak half a language: missing, unfinished, vanished or mismatched sentences.

`python packaging/check_translations.py` collects the sentences into a temporary copy of the catalogue and
compares; nothing in the house is changed. Exit 1 with one line per fault.
"""

from __future__ import annotations

import ast
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import update_translations as ours

_PLACEHOLDER = re.compile(r"\{[a-z_]*\}|%n|%\d")
_TRANSLATORS = ("tr", "translate")


def messages(catalogue: Path) -> dict[tuple[str, str, str], list[str] | None]:
    """(context, source, comment) → translations, None where unfinished."""
    found: dict[tuple[str, str, str], list[str] | None] = {}
    for context in ET.parse(catalogue).iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            key = (name, message.findtext("source") or "", message.findtext("comment") or "")
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                found[key] = None
            elif message.get("numerus") == "yes":
                found[key] = [form.text or "" for form in translation.findall("numerusform")]
            else:
                found[key] = [translation.text or ""]
    return found


def faults() -> list[str]:
    """One line per fault."""
    kept = messages(ours.CATALOGUE)
    with tempfile.TemporaryDirectory() as folder:
        fresh_file = Path(folder) / ours.CATALOGUE.name
        shutil.copy(ours.CATALOGUE, fresh_file)
        ours.collect(fresh_file)
        fresh = messages(fresh_file)
        built = Path(folder) / "built.qm"
        ours.build(ours.CATALOGUE, built)
        compiled = ours.CATALOGUE.with_suffix(".qm")
        stale = not compiled.is_file() or compiled.read_bytes() != built.read_bytes()
    found = [f"missing: {name}: {source}" for name, source, _note in fresh.keys() - kept.keys()]
    found += [f"vanished: {name}: {source}" for name, source, _note in kept.keys() - fresh.keys()]
    for (name, source, _note), translations in kept.items():
        if translations is None or not all(translations):
            found.append(f"unfinished: {name}: {source}")
            continue
        for translation in translations:
            if set(_PLACEHOLDER.findall(source)) != set(_PLACEHOLDER.findall(translation)):
                found.append(f"placeholders differ: {name}: {source} / {translation}")
    if stale:
        found.append(f"{compiled.name} is out of date")
    return sorted(found) + untranslatable()


def untranslatable() -> list[str]:
    """Calls of tr() that lupdate cannot read: f-strings, variables, joined strings."""
    found = []
    for name in ours.sources():
        for node in ast.walk(ast.parse(Path(name).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called not in _TRANSLATORS or not node.args:
                continue
            if called == "translate" and len(node.args) < 2:
                continue  # str.translate, not Qt's
            texts = node.args[: 2 if called == "translate" else 1]
            if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                file = Path(name).relative_to(ours.HOUSE).as_posix()
                found.append(f"cannot be collected: {file}:{node.lineno}")
    return found


def main() -> int:
    """Print the faults."""
    found = faults()
    for line in found:
        print(line)
    print(f"{len(found)} faults in the translations")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
