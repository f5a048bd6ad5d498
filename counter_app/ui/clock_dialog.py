"""Deciding that the clock is right now and was wrong before."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.errors import CounterError
from counter_app.services import clock
from counter_app.ui import texts
from counter_app.ui.session import Session
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.words import Words


class ClockDialog(Dialog):
    """Both moments and a reason; kept with the name of whoever decided."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=560, icon="clock")
        self._session = session
        self._moments = Words("", "body", wrap=True)
        self._why = QLineEdit()
        self._field = Field(self._why)
        self.body.addWidget(self._moments)
        self.body.addWidget(self._field)
        self._retranslate()

    def confirm(self) -> None:
        try:
            self._session.act(clock.accept, self._why.text())
        except CounterError as error:
            if error.code == "clock.reason":
                self._field.show_error(error)
            else:
                self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Is the clock right now?"),
            self.tr(
                "If not, close this and set the clock of the computer. If it is, steps saved under the wrong clock stay as they are."
            ),
            self.tr("It is right now"),
        )
        behind = clock.behind(self._session.desk)
        self._moments.setText("" if behind is None else texts.sentence(behind.trouble(self._session.desk)))
        self._field.set_label(self.tr("Why it was wrong before"))
