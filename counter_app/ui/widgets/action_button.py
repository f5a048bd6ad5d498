"""Buttons: one shape for all, with the icon before and the key after the word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QShortcutEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Size

Kind = Literal["primary", "secondary", "quiet", "danger"]
#: A word is never squeezed below this width, logical pixels.
_LEAST_WORD = 76


class ActionButton(QPushButton):
    """A button that shows its icon, its word and its key.

    Args:
        text: translated word; may be set later with `setText`.
        icon: name of an icon in `resources/icons`, or "".
        key: key as printed on the cap ("F9", "Esc", "Ctrl+S"); shown, and bound when `bind` is true.
        kind: primary (one per screen: what to do next), secondary, quiet (no frame), danger.
        bind: whether the key triggers this button by itself. F1–F4, F9 and Esc reach a screen through the
            main window and stay unbound.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        key: str = "",
        kind: Kind = "secondary",
        bind: bool = False,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._kind, self._large = icon, key, kind, large
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setText(text)
        if key and bind:
            self.setShortcut(QKeySequence(key))

    def setText(self, text: str) -> None:
        if text and text == self.text():
            return
        shortcut = self.shortcut()
        super().setText(text)
        if not shortcut.isEmpty():
            self.setShortcut(shortcut)  # QAbstractButton forgets it with the text
        if text:
            self.setAccessibleName(f"{text} ({self._key})" if self._key else text)
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Show as another kind of action."""
        self._kind = kind
        self.update()

    def allow(self, allowed: bool, reason: str = "") -> None:
        """Enable, or grey out and say why in the tooltip and to screen readers."""
        self.setEnabled(allowed)
        self.setToolTip("" if allowed else reason)
        self.setAccessibleDescription("" if allowed else reason)

    def sizeHint(self) -> QSize:
        return self._size_for(QFontMetrics(self._font()).horizontalAdvance(self.text()))

    def minimumSizeHint(self) -> QSize:
        """Where room is short a long word ends in `…`; icon and key stay."""
        return self._size_for(min(_LEAST_WORD, QFontMetrics(self._font()).horizontalAdvance(self.text())))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            # Qt would press the button for a tenth of a second first; the next key may come sooner.
            if self.focusPolicy() & Qt.FocusPolicy.ClickFocus:
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        if (
            event.type() == QEvent.Type.ToolTip
            and not self.toolTip()
            and self.width() < self.sizeHint().width()
        ):
            QToolTip.showText(QCursor.pos(), self.text(), self)
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of a double click is no wish of its own: what the first one did may have put the next debt,
        or another button, under the hand."""
        event.accept()

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = Size.RADIUS_L if self._large else Size.RADIUS_M
        painter.setBrush(ground)
        painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus():
            ring = "ink" if self._kind == "primary" else "accent"
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(ring), 2))
            painter.drawRoundedRect(box, radius, radius)
        self._paint_parts(painter, ink)
        painter.end()

    def _size_for(self, word: int) -> QSize:
        parts = [part for part in (self._icon_size(), word, self._key_width()) if part]
        width = sum(parts) + Size.GAP_S * max(0, len(parts) - 1) + 2 * self._side()
        height = Size.TARGET_LARGE if self._large else Size.TARGET
        return QSize(max(width, height), height)

    def _paint_parts(self, painter: QPainter, ink: str) -> None:
        font = self._font()
        metrics = QFontMetrics(font)
        icon, key = self._icon_size(), self._key_width()
        words = metrics.horizontalAdvance(self.text())
        gap = Size.GAP_S
        total = words + (icon + (gap if words else 0) if icon else 0) + (key + gap if key else 0)
        room = self.width() - 2 * self._side()
        left = self._side() + max(0.0, (room - total) / 2)
        middle = self.height() / 2
        if icon:
            icons.paint(painter, self._icon, QRectF(left, middle - icon / 2, icon, icon), ink)
            left += icon + gap
        if words:
            width = min(words, self.width() - left - self._side() - (key + gap if key else 0))
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(width) + 1)
            painter.drawText(
                QRectF(left, 0, width + 2, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                shown,
            )
            left += width + gap
        if key:
            self._paint_key(painter, QRectF(left, middle - 11, key, 22), ink)

    def _paint_key(self, painter: QPainter, cap: QRectF, ink: str) -> None:
        filled = self._kind == "primary" and self.isEnabled()
        ground = theme.colour(ink) if filled else theme.colour("cap")
        if filled:
            ground.setAlpha(38)
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(theme.colour("line"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(cap, 5, 5)
        painter.setFont(theme.font(Size.SMALL))
        painter.setPen(theme.colour(ink if filled else "secondary"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _colours(self) -> tuple[QColor, QColor | None, str]:
        if not self.isEnabled():
            quiet = self._kind == "quiet"
            ground = QColor(0, 0, 0, 0) if quiet else theme.colour("cap")
            return ground, None if quiet else theme.colour("line"), "control_line" if quiet else "secondary"
        hover = self.underMouse() or self.isDown() or self.isChecked()
        if self._kind == "primary":
            return theme.colour("accent_hover" if hover else "accent"), None, "on_accent"
        if self._kind == "quiet":
            return theme.colour("hover") if hover else QColor(0, 0, 0, 0), None, "secondary"
        if self._kind == "danger":
            return theme.colour("late_tint" if hover else "card"), theme.colour("late"), "late"
        plain = "accent_tint" if self.isChecked() else "hover" if hover else "card"
        return theme.colour(plain), theme.colour("accent" if self.isChecked() else "control_line"), "ink"

    def _font(self):
        return theme.font(
            Size.LEAD if self._large else Size.BODY, bold=self._large or self._kind == "primary"
        )

    def _icon_size(self) -> int:
        return 0 if not self._icon else 22 if self._large else 18

    def _key_width(self) -> int:
        if not self._key:
            return 0
        return max(24, QFontMetrics(theme.font(Size.SMALL)).horizontalAdvance(self._key) + 12)

    def _side(self) -> int:
        return (
            Size.GAP_S
            if self._kind == "quiet" or not self.text()
            else Size.GAP_L
            if self._large
            else Size.GAP_M
        )


class PrimaryButton(ActionButton):
    """The one thing to do next: full accent, large, key cap inside."""

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        key: str = "",
        bind: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, icon, key=key, kind="primary", bind=bind, large=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class IconButton(ActionButton):
    """A button without a word; `name` is what screen readers and the tooltip say."""

    def __init__(
        self, icon: str, name: str = "", *, key: str = "", bind: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", icon, kind="quiet", parent=parent)
        self._shown_key = key
        self.set_name(name)
        if key and bind:
            self.setShortcut(QKeySequence(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """One more press: quantities are raised and months leafed through as fast as one clicks."""
        self.mousePressEvent(event)

    def set_name(self, name: str) -> None:
        """Say what the button does, in the language of the window."""
        told = f"{name} ({self._shown_key})" if self._shown_key and name else name
        self.setAccessibleName(told)
        self.setToolTip(told)
