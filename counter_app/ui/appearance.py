"""What the window looks and speaks like: the system's way until a shop is open, then as its settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from counter_app.domain.errors import CounterError
from counter_app.services import settings
from counter_app.ui import theme
from counter_app.ui.language import Language, Languages

if TYPE_CHECKING:
    from counter_app.ui.main_window import MainWindow
    from counter_app.ui.session import Session


class Appearance(QObject):
    """Language and theme of everything that is shown.

    Attributes:
        languages: what is spoken now.
        mode: light, dark, or whatever the system wears.

    Signals:
        spoke(): another language is spoken.
        wore(str): a theme was put on; its name.
        refused(object): the CounterError that kept a choice from being remembered.
    """

    spoke = Signal()
    wore = Signal(str)
    refused = Signal(object)

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.languages = Languages(app)
        self.mode: theme.Mode = "system"
        self._session: Session | None = None

    def watch_system(self) -> None:
        """Change with the system's light and dark, as long as nothing else is wanted."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)

    def like_the_system(self) -> None:
        """Before a shop's own settings are known."""
        self.languages.switch(_system_language())
        theme.apply(self._app, self.mode)

    def like_the_shop(self, session: Session) -> None:
        """As the shop's settings say."""
        self.languages.switch(settings.setting(session.desk, "language"))
        self.wear(settings.setting(session.desk, "theme"))

    def follow(self, session: Session, window: MainWindow) -> None:
        """Do what is pressed in a window's bar or changed on a settings page."""
        self._session = session
        window.language_wanted.connect(self._other_language)
        window.theme_wanted.connect(self._other_theme)
        session.changed.connect(self._settings_changed)
        self.wore.connect(window.bar.show_theme)
        self.refused.connect(window.banner.show_error)
        window.bar.show_theme(theme.tokens().name)

    def speak(self, language: Language) -> None:
        """Speak another language, at once."""
        self.languages.switch(language)
        self.spoke.emit()

    def wear(self, mode: theme.Mode) -> None:
        """Wear another theme, at once."""
        self.mode = mode
        self.wore.emit(theme.apply(self._app, mode).name)

    def _other_language(self) -> None:
        language: Language = "en" if self.languages.current == "zh" else "zh"
        self._keep("language", language)
        self.speak(language)

    def _other_theme(self) -> None:
        mode: theme.Mode = "light" if theme.tokens().name == "dark" else "dark"
        self._keep("theme", mode)
        self.wear(mode)

    def _keep(self, key: str, value: str) -> None:
        assert self._session is not None
        try:
            settings.set_setting(self._session.desk, key, value)
        except CounterError as error:
            self.refused.emit(error)

    def _settings_changed(self, changed: frozenset[str]) -> None:
        if "policy" not in changed or self._session is None:
            return
        language = settings.setting(self._session.desk, "language")
        if language != self.languages.current:
            self.speak(language)
        mode = settings.setting(self._session.desk, "theme")
        if mode != self.mode:
            self.wear(mode)

    def _system_theme_changed(self) -> None:
        if self.mode == "system":
            self.wear("system")


def _system_language() -> Language:
    return "zh" if QLocale.system().language() in (QLocale.Language.Chinese, QLocale.Language.C) else "en"
