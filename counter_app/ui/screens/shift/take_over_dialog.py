"""Who takes the drawer over agrees to the count with the own PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import CounterError
from counter_app.ui import format as shown
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.pin_pad import PinPad
from counter_app.ui.widgets.words import Words


class TakeOverDialog(Dialog):
    """Args:
    name: who takes over.
    left_fen: what will lie in the drawer then, 分.
    take: called with the PIN; raises CounterError to refuse.
    """

    def __init__(
        self, name: str, left_fen: int, take: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=440, icon="key-round")
        self._name, self._left_fen, self._take = name, left_fen, take
        self._told = Words("", "body", wrap=True)
        self._pad = PinPad()
        self._pad.entered.connect(self._entered)
        self.body.addWidget(self._told)
        self.body.addWidget(self._pad)
        self.accept_button.hide()
        self._retranslate()
        self._pad.setFocus()

    def confirm(self) -> None:
        self._pad.enter()

    def _entered(self, pin: str) -> None:
        try:
            self._take(pin)
        except CounterError as error:
            self.banner.show_error(error)
            return
        self.accept()

    def _retranslate(self) -> None:
        self.say(
            self.tr("{name} takes over").format(name=self._name),
            self.tr("Count along, then enter your own PIN"),
        )
        self._told.setText(
            self.tr(
                "{amount} stays in the drawer and is the float of the next shift, which opens at once."
            ).format(amount=shown.money(self._left_fen))
        )
