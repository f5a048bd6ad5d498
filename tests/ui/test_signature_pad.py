"""Signing with mouse, finger and pen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.ui.widgets.signature_pad import LEAST_POINTS, SignaturePad


@pytest.fixture
def pad(qtbot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def draw(pad: SignaturePad, points: int = 20, top: int = 40) -> None:
    QTest.mousePress(pad.area, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, top))
    for at in range(1, points):
        QTest.mouseMove(pad.area, QPoint(20 + at * 5, top + at % 7))
    QTest.mouseRelease(
        pad.area, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20 + points * 5, top)
    )


def test_strokes_are_kept_as_points_between_nought_and_one(pad) -> None:
    draw(pad)
    draw(pad, top=90)
    signature = pad.signature()
    assert signature is not None and len(signature.strokes) == 2
    points = [point for stroke in signature.strokes for point in stroke]
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 and 0 <= point.pressure <= 1 for point in points)
    assert [point.t for point in points] == sorted(point.t for point in points)
    assert signature.aspect == pytest.approx(pad.area.width() / pad.area.height(), abs=1e-3)


def test_strokes_in_units_keep_their_shape(pad) -> None:
    draw(pad)
    signature = pad.signature()
    strokes, width, height = signature.in_units(1200)
    assert width == 1200 and height == round(1200 / signature.aspect)
    first = signature.strokes[0][0]
    assert strokes[0][0] == (round(first.x * 1200), round(first.y * height))


def test_a_slip_of_the_hand_is_no_signature(pad) -> None:
    draw(pad, points=LEAST_POINTS - 3)
    assert pad.signature() is None and not pad.is_signed()


def test_the_last_stroke_can_be_taken_away_and_the_sheet_cleared(pad, qtbot) -> None:
    draw(pad)
    draw(pad, top=90)
    pad.area.setFocus()
    QTest.keyClick(pad.area, Qt.Key.Key_Backspace)
    assert len(pad.signature().strokes) == 1
    with qtbot.waitSignal(pad.changed):
        pad._clear.click()
    assert pad.signature() is None


def test_signing_on_paper_needs_no_hand_on_the_mouse(pad) -> None:
    draw(pad)
    pad.paper.setFocus()
    QTest.keyClick(pad.paper, Qt.Key.Key_Space)
    assert pad.on_paper() and pad.is_signed() and pad.signature() is None
    assert not pad.area.isEnabled()


def test_a_pens_pressure_is_kept_and_not_doubled_by_the_mouse(pad) -> None:
    pen = QPointingDevice.primaryPointingDevice()
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * 12, QEvent.Type.TabletRelease]
    for at, kind in enumerate(kinds):
        spot = QPointF(30 + at * 6, 50 + at)
        event = QTabletEvent(
            kind, pen, spot, pad.area.mapToGlobal(spot), 0.8, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad.area, event)
        assert event.isAccepted()
    signature = pad.signature()
    assert len(signature.strokes) == 1
    assert all(point.pressure == pytest.approx(0.8) for point in signature.strokes[0])


def test_a_finger_draws_too(pad, qtbot) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad.area, device).press(0, QPoint(40, 40)).commit()
    for at in range(1, 15):
        QTest.touchEvent(pad.area, device).move(0, QPoint(40 + at * 6, 40 + at)).commit()
    QTest.touchEvent(pad.area, device).release(0, QPoint(130, 54)).commit()
    assert pad.signature() is not None and len(pad.signature().strokes) == 1


def test_paper_stays_white_in_the_dark(pad, qapp) -> None:
    from counter_app.ui import theme

    theme.apply(qapp, "dark")
    assert pad.area.grab().toImage().pixelColor(10, pad.area.height() // 2).name() == "#ffffff"
