"""The drawn decision chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.ui.widgets.chart_layout import (
    NODE_HEIGHT,
    NODE_WIDTH,
    DrawnNode,
    lay_out,
    lay_out_way,
    layers,
)
from counter_app.ui.widgets.chart_view import ChartView, _EdgeItem

NODES = (
    DrawnNode("a", "ask", "What brings you?", "Begin", (("problem", "b"), ("return", "d"))),
    DrawnNode("b", "test", "Within seven days?", "Begin", (("yes", "c"), ("no", "a"))),
    DrawnNode("c", "end", "Refunded", "Begin"),
    DrawnNode("d", "wait", "Waiting for the parcel", "Return", (("arrived", "e"), ("lost", "a"))),
    DrawnNode("e", "end", "Done", "Return"),
)


def test_nodes_stand_below_what_leads_to_them_and_loops_do_not_matter() -> None:
    rows = [[node.id for node in row] for row in layers(NODES[:3])]
    assert rows == [["a"], ["b"], ["c"]]


@given(
    st.integers(2, 30).flatmap(
        lambda count: st.tuples(
            st.lists(st.integers(0, 3), min_size=count, max_size=count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60),
        )
    )
)
def test_no_two_nodes_overlap_whatever_the_chart(shape) -> None:
    sections, edges = shape
    nodes = [
        DrawnNode(
            str(at), "ask", "x", f"s{section}", tuple(("", str(stop)) for start, stop in edges if start == at)
        )
        for at, section in enumerate(sections)
    ]
    spots = list(lay_out(nodes).spots.items())
    assert {name for name, _spot in spots} == {node.id for node in nodes}
    for at, (_name, (x1, y1)) in enumerate(spots):
        for _other, (x2, y2) in spots[at + 1 :]:
            assert abs(x1 - x2) >= NODE_WIDTH or abs(y1 - y2) >= NODE_HEIGHT


def test_only_the_way_walked_reads_like_a_line_of_text() -> None:
    layout = lay_out_way(NODES, ["a", "b", "a", "d", "unknown"])
    assert list(layout.spots) == ["a", "b", "d"]
    assert layout.spots["a"][1] == layout.spots["d"][1]


@pytest.fixture
def view(qtbot) -> ChartView:
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_the_whole_chart_is_drawn_with_the_way_lit(view) -> None:
    view.show_chart(NODES)
    plain = view.grab().toImage()
    view.show_chart(NODES, ["a", "b", "c"])
    assert sorted(view.node_ids()) == ["a", "b", "c", "d", "e"]
    assert view.grab().toImage() != plain


def test_the_way_alone_leaves_the_rest_out(view) -> None:
    view.show_chart(NODES, ["a", "d"], only_way=True)
    assert sorted(view.node_ids()) == ["a", "d"]


def test_answers_that_lead_to_one_node_share_a_line(view) -> None:
    twice = (
        DrawnNode("a", "ask", "Where is it?", "Begin", (("found", "b"), ("late", "b"), ("found", "b"))),
        DrawnNode("b", "end", "Told", "Begin"),
    )
    view.show_chart(twice, ["a", "b"], only_way=True)
    lines = [item._answer for item in view.scene().items() if isinstance(item, _EdgeItem)]
    assert lines == ["found / late"]


def test_a_node_opens_with_a_click(view, qtbot) -> None:
    view.show_chart(NODES, ["a", "b", "c"])
    item = next(
        item for item in view.scene().items() if getattr(getattr(item, "node", None), "id", "") == "b"
    )
    spot = view.mapFromScene(item.sceneBoundingRect().center())
    with qtbot.waitSignal(view.opened) as opened:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert opened.args == ["b"]


def test_the_keyboard_zooms_and_fits(view) -> None:
    view.show_chart(NODES)
    before = view.transform().m11()
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.transform().m11() < before
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.transform().m11() == pytest.approx(before)


def test_heat_tints_the_nodes(view) -> None:
    view.show_chart(NODES)
    cold = view.grab().toImage()
    view.show_chart(NODES, heat={"a": 1.0, "b": 0.4})
    assert view.grab().toImage() != cold
