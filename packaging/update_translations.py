"""Collect the window's sentences into `resources/i18n/counter_zh_CN.ts` and build the `.qm` the window loads.

    python packaging/update_translations.py            collect, keep what is translated, list what is missing
    python packaging/update_translations.py FILE.toml  also fill in translations: `"English" = "中文"` a line

English is the source text inside `self.tr("…")` (no f-strings, placeholders as `{name}`, counted nouns as
`%n`). After adding sentences run this, translate what it lists, run it again, and commit both files;
`packaging/check_translations.py` and a test refuse anything missing, unfinished or out of date.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
CATALOGUE = HOUSE / "resources" / "i18n" / "counter_zh_CN.ts"


def tool(name: str) -> str:
    """Path of a Qt translation tool inside the installed PySide6. Raises FileNotFoundError."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    for candidate in (folder / name, folder / f"{name}.exe", folder / "Qt" / "libexec" / name):
        if candidate.is_file():
            return str(candidate)
    raise FileNotFoundError(name)


def sources() -> list[str]:
    """The files that hold sentences, in a fixed order."""
    window = sorted((HOUSE / "counter_app" / "ui").rglob("*.py"))
    return [str(HOUSE / "counter_app" / "app.py"), *map(str, window)]


def collect(catalogue: Path) -> None:
    """Bring a catalogue up to date with the sources: new sentences unfinished, vanished ones gone."""
    run(
        tool("lupdate"),
        "-locations",
        "none",
        "-no-obsolete",
        "-source-language",
        "en",
        "-target-language",
        "zh_CN",
        *sources(),
        "-ts",
        str(catalogue),
    )


def build(catalogue: Path, target: Path) -> None:
    """Compile a catalogue. The result depends on its content alone."""
    run(tool("lrelease"), "-silent", str(catalogue), "-qm", str(target))


def fill(catalogue: Path, words: dict[str, str]) -> int:
    """Give unfinished sentences their translation; returns how many were filled."""
    tree = ET.parse(catalogue)
    filled = 0
    for message in tree.iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None or translation.get("type") != "unfinished" or source not in words:
            continue
        del translation.attrib["type"]
        if message.get("numerus") == "yes":
            for form in translation.findall("numerusform"):
                translation.remove(form)
            ET.SubElement(translation, "numerusform").text = words[source]
        else:
            translation.text = words[source]
        filled += 1
    text = ET.tostring(tree.getroot(), encoding="unicode")
    catalogue.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    return filled


def unfinished(catalogue: Path) -> list[str]:
    """`context: sentence` of everything that has no translation yet."""
    found = []
    for context in ET.parse(catalogue).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return found


def run(*command: str) -> None:
    """Run a tool quietly; its words are shown when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def main(argv: list[str]) -> int:
    """Collect, fill, build."""
    collect(CATALOGUE)
    for name in argv:
        words = tomllib.loads(Path(name).read_text(encoding="utf-8"))
        print(f"{fill(CATALOGUE, words)} filled in from {name}")
    collect(CATALOGUE)
    build(CATALOGUE, CATALOGUE.with_suffix(".qm"))
    missing = unfinished(CATALOGUE)
    for line in missing:
        print(line)
    print(f"{len(missing)} sentences to translate")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
