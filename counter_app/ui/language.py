"""The language of the window, switched while it runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from counter_app import resources

Language = Literal["zh", "en"]

_LOCALES = {"zh": "zh_CN", "en": "en_US"}


class Languages:
    """Installs the program's and Qt's own translations. Keep one for as long as the program runs."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self.current: Language = "en"

    def switch(self, language: Language) -> None:
        """Speak `language` from now on; every widget gets a LanguageChange event.

        English is the source text and needs no file.
        """
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        self.current = language
        name = _LOCALES[language]
        QLocale.setDefault(QLocale(name))
        if language == "en":
            return
        qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in (qt_folder / f"qtbase_{name}.qm", resources.path("i18n", f"counter_{name}.qm")):
            words = _words(file)
            translator = QTranslator(self._app)
            if words and translator.load(words):
                self._app.installTranslator(translator)
                self._installed.append(translator)


@cache
def _words(file: Path) -> bytes:
    """A compiled catalogue, read once and kept: Qt would map the file, and an update that replaces it while
    the window is open would pull the words from under it. Empty where the file is missing."""
    return file.read_bytes() if file.is_file() else b""
