"""Make `resources/pinyin/syllables.txt`: the usual Mandarin reading of each character. Run by hand, not by the program.

    pip install pypinyin==0.55.0
    python packaging/make_pinyin.py resources/pinyin/syllables.txt

The program does not import pypinyin: that alone costs a third of a second. Readings stand without tones, ü as v,
as they are typed. Surnames with readings of their own stand in `surnames.txt`, kept by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

HEAD = """\
# The usual Mandarin reading of each Chinese character, without tones, one reading a line.
# Made from the pinyin data of pypinyin (MIT, copyright 2016 mozillazg), see LICENSE-pypinyin.txt.
"""
COMMON_HAN = range(0x3400, 0xA000)
"""Rarer characters are left to be found by themselves."""


def main() -> None:
    readings: dict[str, list[str]] = {}
    for code in sorted(PINYIN_DICT):
        if code in COMMON_HAN:
            reading = lazy_pinyin(chr(code), style=Style.NORMAL, v_to_u=False)[0]
            if reading.isascii() and reading.isalpha():
                readings.setdefault(reading, []).append(chr(code))
    lines = [f"{reading} {''.join(characters)}\n" for reading, characters in sorted(readings.items())]
    Path(sys.argv[1]).write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
