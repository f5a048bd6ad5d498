"""A short list inside a card: an icon, what it is, a note beneath, a figure at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.theme import Size
from counter_app.ui.widgets.pill import Pill, Tone
from counter_app.ui.widgets.words import Words

_CHEVRON = 16


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. `right` stands right-aligned, `pill` is a short state; `act` makes the row a button."""

    title: str
    note: str = ""
    right: str = ""
    icon: str = ""
    tone: str = "secondary"
    right_look: str = "strong"
    title_look: str = "body"
    pill: str = ""
    pill_tone: Tone = "plain"
    act: Callable[[], object] | None = None
    act_name: str = ""


class RowButton(QAbstractButton):
    """One row of a `RowList`; takes focus and keys only when it does something. `among_live`: others of its list do,
    and it stands in line with them."""

    def __init__(self, row: ListRow, parent: QWidget | None = None, *, among_live: bool = False) -> None:
        super().__init__(parent)
        self.row = row
        live = row.act is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if live else Qt.FocusPolicy.NoFocus)
        if live:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setToolTip(row.act_name)
            self.clicked.connect(lambda: row.act() if row.act else None)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        side = Size.GAP_S if live or among_live else 0
        line = QHBoxLayout(self)
        line.setContentsMargins(side, Size.GAP_XS, side, Size.GAP_XS)
        line.setSpacing(Size.GAP_S)
        if row.icon:
            line.addWidget(Icon(row.icon, row.tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(row.title, row.title_look, wrap=True))
        if row.note:
            words.addWidget(Words(row.note, "small", wrap=True))
        line.addLayout(words, 1)
        if row.pill:
            line.addWidget(Pill(row.pill, row.pill_tone, self), 0, Qt.AlignmentFlag.AlignTop)
        if row.right:
            figure = Words(row.right, row.right_look)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        if live:
            line.addWidget(Icon("chevron-right", "secondary", _CHEVRON), 0, Qt.AlignmentFlag.AlignVCenter)
        elif among_live:
            line.addSpacing(_CHEVRON)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        told = ", ".join(part for part in (row.title, row.note, row.pill, row.right, row.act_name) if part)
        self.setAccessibleName(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row.act is not None:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QEvent) -> None:
        if self.row.act is None:
            return
        focus = self.hasFocus()
        if not (focus or self.underMouse() or self.isDown()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("hover"))
        painter.setPen(QPen(theme.colour("accent"), 2) if focus else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Size.RADIUS_S, Size.RADIUS_S)
        painter.end()


class RowList(QWidget):
    """`show_rows([ListRow(…), …])`; an empty list shows `empty`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[RowButton] = []
        self._empty = Words("", "note", wrap=True)
        self._empty.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._empty)

    def show_rows(self, rows: Sequence[ListRow], empty: str = "") -> None:
        """Replace the rows; `empty` says what it means that there are none."""
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        among_live = any(row.act is not None for row in rows)
        self._buttons = [RowButton(row, self, among_live=among_live) for row in rows]
        for button in self._buttons:
            self._column.addWidget(button)
            button.show()
        self._empty.setText(empty)
        self._empty.setVisible(not rows and bool(empty))

    def rows(self) -> list[ListRow]:
        """What is shown."""
        return [button.row for button in self._buttons]

    def press(self, at: int) -> None:
        """Do what a row does."""
        self._buttons[at].click()
