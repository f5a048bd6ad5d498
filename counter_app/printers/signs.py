"""Which signs a printer has in its own font, how wide it prints them, and their bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from counter_app.printers import driver
from counter_app.printers.device import Device

_WESTERN = ("CP437", "CP850", "CP852", "CP858", "CP860", "CP863", "CP865", "CP866", "CP1252")
"""Code pages that nearly every receipt printer has under the numbers that Epson gave them."""


@lru_cache(maxsize=8192)
def _chinese(sign: str, codec: str) -> bytes:
    """The bytes of a sign; b"" when the printer lacks it.

    Signs of four bytes in GB 18030 are lacking: hardly a printer has them in its font, whatever it understands.
    """
    if " " <= sign <= "~":
        return sign.encode("ascii")
    try:
        code = sign.encode(codec)
    except UnicodeEncodeError:
        return b""
    return code if len(code) == 2 else b""


def columns(device: Device, sign: str) -> int:
    """Half-width columns that the printer gives a sign; 0 when it lacks it."""
    if device.text == "latin":
        return int(
            " " <= sign <= "~" or (sign.isprintable() and _pages().find_suitable_encoding(sign) is not None)
        )
    return len(_chinese(sign, _codec(device)))


def _codec(device: Device) -> str:
    return "gb2312" if device.text == "gb2312" else "gbk"


@lru_cache(maxsize=1)
def _pages() -> Any:
    library = driver.library()
    known = library.Dummy().profile.get_code_pages()
    return driver.encoder({name: known[name] for name in _WESTERN if name in known})


class Writer:
    """The bytes of text, one piece of text after the other; it remembers the code page in use."""

    def __init__(self, device: Device) -> None:
        self._codec = _codec(device)
        self._latin: Any = None
        if device.text == "latin":
            # Its own encoder puts the change of the code page before the text.
            self._latin = driver.library().Dummy()
            self._latin.magic.encoder = _pages()

    def text(self, text: str) -> bytes:
        """The bytes of signs that the printer has."""
        if self._latin is None:
            return b"".join(_chinese(sign, self._codec) for sign in text)
        self._latin.clear()
        self._latin.magic.write(text)
        return bytes(self._latin.output)
