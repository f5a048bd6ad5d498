"""The decision chart drawn, with the way that was walked lit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView, QWidget

from counter_app.ui import theme
from counter_app.ui.theme import Size
from counter_app.ui.widgets.chart_layout import (
    NODE_HEIGHT,
    NODE_WIDTH,
    Block,
    DrawnNode,
    Layout,
    lay_out,
    lay_out_way,
)

_KIND_TONES = {
    "ask": "ink",
    "test": "accent",
    "do": "secondary",
    "offer": "ink",
    "wait": "attention",
    "end": "ok",
}


def kind_word(kind: str) -> str:
    """What a node is, in one short word of the window's language."""
    words = {
        "ask": QCoreApplication.translate("ChartView", "asked"),
        "test": QCoreApplication.translate("ChartView", "computed"),
        "do": QCoreApplication.translate("ChartView", "done"),
        "offer": QCoreApplication.translate("ChartView", "offered"),
        "wait": QCoreApplication.translate("ChartView", "waiting"),
        "end": QCoreApplication.translate("ChartView", "end"),
    }
    return words.get(kind, kind)


class _NodeItem(QGraphicsItem):
    def __init__(self, node: DrawnNode, lit: bool, current: bool, heat: float, loose: str) -> None:
        super().__init__()
        self.node, self._lit, self._current, self._heat, self._loose = node, lit, current, heat, loose
        self.setToolTip(f"{node.id} · {node.text}")

    def boundingRect(self) -> QRectF:
        return QRectF(-4, -4, NODE_WIDTH + 8, NODE_HEIGHT + 26)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, NODE_WIDTH, NODE_HEIGHT))
        return path

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, NODE_WIDTH, NODE_HEIGHT)
        ground = theme.colour("accent_tint" if self._lit else "card")
        if self._heat > 0:
            ground = theme.colour("accent")
            ground.setAlphaF(0.08 + 0.5 * min(1.0, self._heat))
        painter.setBrush(ground)
        edge = "accent" if self._lit else "line"
        painter.setPen(QPen(theme.colour(edge), 3 if self._current else 2 if self._lit else 1))
        self._outline(painter, box)
        painter.setPen(theme.colour(_KIND_TONES.get(self.node.kind, "secondary")))
        painter.setFont(theme.font(10))
        painter.drawText(
            box.adjusted(16, 5, -14, 0),
            Qt.AlignmentFlag.AlignTop,
            f"{self.node.id}  {kind_word(self.node.kind)}",
        )
        font = theme.font(Size.NOTE, bold=self._lit)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            box.adjusted(16, 19, -14, -3),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap,
            _two_lines(self.node.text, QFontMetricsF(font), NODE_WIDTH - 30),
        )
        if self._loose:
            painter.setFont(theme.font(10))
            painter.setPen(theme.colour("secondary"))
            shown = QFontMetricsF(theme.font(10)).elidedText(
                self._loose, Qt.TextElideMode.ElideRight, NODE_WIDTH
            )
            painter.drawText(QRectF(0, NODE_HEIGHT + 3, NODE_WIDTH, 16), Qt.AlignmentFlag.AlignHCenter, shown)

    def _outline(self, painter: QPainter, box: QRectF) -> None:
        """Kinds differ in shape too: tests are pointed, ends round, waits cut, the rest square."""
        if self.node.kind == "test":
            cut = 12.0
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(box.left() + cut, box.top()),
                        QPointF(box.right() - cut, box.top()),
                        QPointF(box.right(), box.center().y()),
                        QPointF(box.right() - cut, box.bottom()),
                        QPointF(box.left() + cut, box.bottom()),
                        QPointF(box.left(), box.center().y()),
                    ]
                )
            )
            return
        radius = {"end": NODE_HEIGHT / 2, "wait": 18.0, "offer": 12.0}.get(self.node.kind, 6.0)
        painter.drawRoundedRect(box, radius, radius)


class _BlockItem(QGraphicsItem):
    def __init__(self, block: Block) -> None:
        super().__init__()
        self._block = block
        self.setZValue(-10)

    def boundingRect(self) -> QRectF:
        return QRectF(self._block.x, self._block.y, self._block.width, self._block.height)

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(self.boundingRect(), 16, 16)
        painter.setPen(theme.colour("secondary"))
        painter.setFont(theme.font(Size.LEAD, bold=True))
        painter.drawText(
            self.boundingRect().adjusted(26, 14, -20, 0), Qt.AlignmentFlag.AlignTop, self._block.title
        )


class _EdgeItem(QGraphicsItem):
    def __init__(self, start: QPointF, stop: QPointF, answer: str, lit: bool) -> None:
        super().__init__()
        self._answer, self._lit = answer, lit
        self._path = _curve(start, stop)
        self._stop = stop
        self.setZValue(5 if lit else -5)

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-60, -14, 60, 14)

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour("accent" if self._lit else "control_line")
        painter.setPen(QPen(ink, 3 if self._lit else 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        angle = self._path.angleAtPercent(1.0)
        painter.save()
        painter.translate(self._stop)
        painter.rotate(-angle)
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(-9, -5), QPointF(-9, 5)]))
        painter.restore()
        if self._answer and (self._lit or painter.worldTransform().m11() > 0.55):
            self._paint_answer(painter)

    def _paint_answer(self, painter: QPainter) -> None:
        font = theme.font(11, bold=self._lit)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(self._answer, Qt.TextElideMode.ElideRight, 100)
        middle = self._path.pointAtPercent(0.5)
        width = metrics.horizontalAdvance(shown) + 8
        # Beside each other the word stands above the arrow, otherwise on it.
        level = self._path.elementCount() == 2
        box = QRectF(middle.x() - width / 2, middle.y() - (22 if level else 9), width, 18)
        painter.setBrush(theme.colour("accent_tint" if self._lit else "hover"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self._lit else "secondary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _curve(start: QPointF, stop: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    if abs(start.y() - stop.y()) < 2:  # beside each other in the walked line
        path.lineTo(stop)
        return path
    bend = max(26.0, abs(stop.y() - start.y()) / 2)
    path.cubicTo(start + QPointF(0, bend), stop - QPointF(0, bend), stop)
    return path


def _two_lines(text: str, metrics: QFontMetricsF, width: float) -> str:
    """As much of a text as two lines hold."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * 1.85)


class ChartView(QGraphicsView):
    """The whole chart, or only the way walked; drag to move, Ctrl+wheel or + and − to zoom, 0 to fit.

    Signals:
        opened(str): id of the node that was clicked.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[DrawnNode, ...] = ()
        self._way: tuple[str, ...] = ()
        self._heat: Mapping[str, float] = {}
        self._only_way = False
        self._fitted = True
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setMinimumSize(240, 160)
        self._retranslate()

    def show_chart(
        self,
        nodes: Sequence[DrawnNode],
        way: Sequence[str] = (),
        *,
        only_way: bool = False,
        heat: Mapping[str, float] | None = None,
    ) -> None:
        """Draw the chart with the walked node ids lit; `heat` (0 to 1 by node) tints instead."""
        self._nodes, self._way, self._only_way, self._heat = tuple(nodes), tuple(way), only_way, heat or {}
        self._draw()

    def node_ids(self) -> list[str]:
        """Ids of the nodes drawn."""
        return [item.node.id for item in self.scene().items() if isinstance(item, _NodeItem)]

    def fit(self) -> None:
        """Show everything that is lit, or all."""
        self._fitted = True
        spots = [item.sceneBoundingRect() for item in self.scene().items() if isinstance(item, _NodeItem)]
        lit = [
            item.sceneBoundingRect()
            for item in self.scene().items()
            if isinstance(item, _NodeItem) and item.node.id in self._way
        ]
        area = QRectF()
        for box in lit or spots:
            area = area.united(box)
        if not lit:
            area = self.scene().itemsBoundingRect()
        if not area.isEmpty():
            self.fitInView(area.adjusted(-30, -40, 30, 40), Qt.AspectRatioMode.KeepAspectRatio)
            if self.transform().m11() > 1.15:
                self.resetTransform()
                self.centerOn(area.center())

    def zoom(self, factor: float) -> None:
        """Nearer (above 1) or farther."""
        wanted = self.transform().m11() * factor
        if 0.08 < wanted < 3:
            self._fitted = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.2)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / 1.2)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        event.accept()
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, _NodeItem):
            self.opened.emit(item.node.id)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self._nodes:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        scene = self.scene()
        scene.clear()
        scene.setBackgroundBrush(theme.colour("card"))
        layout = lay_out_way(self._nodes, self._way) if self._only_way else lay_out(self._nodes)
        steps = set(zip(self._way, self._way[1:], strict=False))
        section = {node.id: node.section for node in self._nodes}
        for block in layout.blocks:
            scene.addItem(_BlockItem(block))
        for node in self._nodes:
            if node.id not in layout.spots:
                continue
            loose: list[str] = []
            # Several answers may lead to the same node: one line with all of them, not one label upon another.
            answers: dict[str, list[str]] = {}
            for answer, target in node.targets:
                if target in layout.spots:
                    answers.setdefault(target, []).append(answer)
            for target, told in answers.items():
                answer = " / ".join(dict.fromkeys(filter(None, told)))
                lit = (node.id, target) in steps
                if lit or (not self._only_way and section[target] == node.section):
                    scene.addItem(self._edge(layout, node.id, target, answer, lit))
                elif not self._only_way:
                    loose.append(target)
            self._add_node(layout, node, " ".join(f"→ {target}" for target in loose))
        scene.setSceneRect(-60, -60, layout.width + 120, layout.height + 120)
        self.fit()

    def _add_node(self, layout: Layout, node: DrawnNode, loose: str) -> None:
        lit = node.id in self._way
        current = bool(self._way) and node.id == self._way[-1]
        item = _NodeItem(node, lit, current, self._heat.get(node.id, 0.0), loose)
        item.setPos(*layout.spots[node.id])
        self.scene().addItem(item)

    def _edge(self, layout: Layout, start: str, stop: str, answer: str, lit: bool) -> _EdgeItem:
        (x1, y1), (x2, y2) = layout.spots[start], layout.spots[stop]
        if abs(y1 - y2) < 2 and x2 > x1:
            return _EdgeItem(
                QPointF(x1 + NODE_WIDTH, y1 + NODE_HEIGHT / 2), QPointF(x2, y2 + NODE_HEIGHT / 2), answer, lit
            )
        return _EdgeItem(
            QPointF(x1 + NODE_WIDTH / 2, y1 + NODE_HEIGHT), QPointF(x2 + NODE_WIDTH / 2, y2), answer, lit
        )

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Decision chart with the way that was walked"))
