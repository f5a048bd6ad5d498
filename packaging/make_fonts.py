"""Build the bundled fonts in `resources/fonts/` from their published packages. Run by hand, not by the program.

    npm pack @fontsource-variable/noto-sans-sc@5.3.1      # unpack it: its folder `files/` is --noto
    apt-get download fonts-lxgw-wenkai                    # 1.250; `dpkg-deb -x` it: LXGWWenKai-Regular.ttf is --wenkai
    pip install fonttools brotli
    python packaging/make_fonts.py --noto package/files --wenkai LXGWWenKai-Regular.ttf --out resources/fonts

Why not the published files as they are: ReportLab embeds TrueType outlines only, one weight per file, and the
web package is cut into a hundred slices. The rare-character font is LXGW WenKai less what Noto Sans SC already
has. Both are under the SIL Open Font License; the names are our own because "LXGW" and "Source" are reserved.
The same inputs give the same bytes: no time stamp is taken from the clock.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LAYOUT_TABLES = (
    "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG", "HVAR", "VVAR", "avar", "MVAR",
    "fpgm", "prep", "cvt ", "gasp", "meta",
)  # fmt: skip
FIXED_INSTANT = 3_849_984_000  # 2026-01-01 in seconds since 1904, what `head` counts from
OFL_SENTENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
HANGUL = range(0xAC00, 0xD7B0)
PRIVATE_USE = range(0xE000, 0xF900)


def main() -> None:
    asked = argparse.ArgumentParser(description="Build the bundled fonts.")
    asked.add_argument("--noto", type=Path, required=True, help="folder with the *-wght-normal.woff2 slices")
    asked.add_argument("--wenkai", type=Path, required=True, help="LXGWWenKai-Regular.ttf")
    asked.add_argument("--out", type=Path, required=True)
    given = asked.parse_args()
    for style, weight in (("Regular", 400), ("Bold", 650)):
        sans = merged_slices(given.noto, weight)
        rename(sans, "Counter Sans SC", style, weight, "Based on Noto Sans SC. Copyright 2014-2021 Adobe.")
        save(sans, given.out / f"CounterSansSC-{style}.ttf")
    rare = without(given.wenkai, set(sans.getBestCmap()))
    rename(
        rare, "Counter Rare", "Regular", 400,
        "Based on LXGW WenKai. Copyright 2021-2023 LXGW. Copyright 2020 The Klee Project Authors.",
    )  # fmt: skip
    save(rare, given.out / "CounterRare-Regular.ttf")


def merged_slices(folder: Path, weight: int) -> TTFont:
    """One static font of `weight` out of all slices; where slices overlap, the first one keeps the character."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory() as aside:
        slices = []
        for source in sorted(folder.glob("*-wght-normal.woff2")):
            font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
            font.flavor = None
            for tag in LAYOUT_TABLES:
                if tag in font:
                    del font[tag]
            tables = [table for table in font["cmap"].tables if table.format in (4, 12)]
            for table in tables:
                table.cmap = {char: glyph for char, glyph in table.cmap.items() if char not in seen}
            font["cmap"].tables = tables
            seen |= set(font.getBestCmap() or {})
            slices.append(str(Path(aside, source.stem + ".ttf")))
            font.save(slices[-1])
        whole = Merger(options=Options(drop_tables=["GSUB", "GPOS", "GDEF"])).merge(slices)
        return keep(whole, seen)


def without(source: Path, already: set[int]) -> TTFont:
    """The characters of `source` that are not in `already`; digits and letters stay for a run of mixed text."""
    font = TTFont(source)
    ascii_printable = set(range(0x20, 0x7F))
    wanted = {
        char
        for char in font.getBestCmap()
        if (char not in already or char in ascii_printable) and char not in HANGUL and char not in PRIVATE_USE
    }
    return keep(font, wanted)


def keep(font: TTFont, characters: set[int]) -> TTFont:
    """Drop every glyph, hint and layout rule that these characters do not need."""
    options = SubsetOptions()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = []
    options.drop_tables += [tag for tag in LAYOUT_TABLES if tag not in options.drop_tables]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, style: str, weight: int, origin: str) -> None:
    names = font["name"]
    names.names = []
    told = {
        0: origin, 1: family, 2: style, 3: f"{family} {style} 1.0", 4: f"{family} {style}", 5: "Version 1.0",
        6: f"{family.replace(' ', '')}-{style}", 13: OFL_SENTENCE, 14: "https://openfontlicense.org",
    }  # fmt: skip
    for name_id, text in told.items():
        names.setName(text, name_id, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsType = 0
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    font["post"].formatType = 3.0


def save(font: TTFont, target: Path) -> None:
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = FIXED_INSTANT
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
