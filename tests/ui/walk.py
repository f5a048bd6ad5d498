"""Walks all widgets of a window and says what a screen reader or a keyboard would stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QSlider,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QGraphicsView, QLineEdit, QPlainTextEdit,
    QSlider, QTextEdit,
)  # fmt: skip


def controls(root: QWidget) -> Iterator[QWidget]:
    """Every control a person can reach, inner parts of Qt's own widgets left out."""
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or isinstance(widget, (QScrollBar, QHeaderView)):
            continue
        if not widget.isVisibleTo(root) or widget.objectName().startswith("qt_"):
            continue
        parent = widget.parentWidget()
        if isinstance(parent, (QAbstractSpinBox, QComboBox, QLineEdit)) or isinstance(
            widget.parent(), QAbstractItemView
        ):
            continue
        if parent is not None and type(parent).__name__ == "QComboBoxPrivateContainer":
            continue
        yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader would say."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    labels = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return labels[0].text() if labels else ""


def nameless(root: QWidget) -> list[str]:
    """Controls without a name."""
    return [_described(widget) for widget in controls(root) if not name_of(widget).strip()]


def unreachable(root: QWidget) -> list[str]:
    """Controls that the Tab key never reaches and that have no key of their own.

    A number pad's buttons are left out: the pad itself takes the digits.
    """
    found = []
    for widget in controls(root):
        if not widget.isEnabled() or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            continue
        if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
            continue  # the arrow keys move among them
        if type(widget.parentWidget()).__name__ in ("PinPad", "_Dots"):
            continue
        found.append(_described(widget))
    return found


def _described(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {name_of(widget)!r} in {type(parent).__name__}"
