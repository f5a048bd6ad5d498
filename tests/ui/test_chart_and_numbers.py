"""Settings: the chart in force, tried and changed; the numbers and what the copies are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from walk import nameless, unreachable

from counter_app.services import charts, numbering, policy, rules, settings, staff, versions
from counter_app.ui.screens.settings import chart as chart_room
from counter_app.ui.screens.settings.chart_publishing import PublishDialog
from counter_app.ui.screens.settings.chart_trying import TryDialog
from counter_app.ui.screens.settings.screen import SettingsScreen


@pytest.fixture
def screen(qtbot, session) -> SettingsScreen:
    made = SettingsScreen(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def page_of(screen: SettingsScreen, key: str):
    screen.show_page(key)
    return screen._pages[key]


def reworded(kind: str) -> str:
    """The shipped chart with one question asked in other words."""
    text = charts.shipped_text(kind)
    line = next(line for line in text.splitlines() if line.startswith("en = ") and "?" in line)
    return text.replace(line, line.replace("?", " today?", 1), 1)


def test_the_chart_in_force_is_drawn_and_checked(screen, session) -> None:
    page = page_of(screen, "chart")
    _version, chart = rules.current_chart(session.desk)
    assert set(page.view.node_ids()) == set(chart.nodes)
    assert page._result.text() == "checked, sound"
    assert f"{len(chart.nodes)} nodes" in page._counts.text()
    assert not page._back.isEnabled(), "the shipped chart is in force already"
    assert [row.by for row in page._versions.rows.rows()] == [""]


def test_an_edited_chart_is_put_in_force_with_author_and_reason_and_taken_back(
    screen, session, monkeypatch, tmp_path
) -> None:
    page = page_of(screen, "chart")
    file = tmp_path / "改过.toml"
    file.write_text(reworded("chart:counter"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_a: (str(file), "")))
    seen: list[PublishDialog] = []

    def say_why(dialog: PublishDialog) -> int:
        seen.append(dialog)
        dialog._note.setText("")
        dialog.confirm()
        assert dialog._field.error(), "a reason is compulsory"
        dialog._note.setText("shorter question")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(chart_room.PublishDialog, "exec", say_why)
    page._edit.click()
    assert len(seen[0]._checked.changed) == 1 and not seen[0]._checked.added
    assert nameless(seen[0]) == []
    newest = versions.history(session.desk, "chart:counter")[0]
    assert (newest.number, newest.by, newest.note) == (2, "王店长", "shorter question")
    assert page._back.isEnabled() and len(page._versions.rows.rows()) == 2
    page._back.click()
    assert charts.is_shipped(session.desk, "chart:counter")
    assert policy.current(session.desk, "chart:counter").version == 3


def test_the_loaders_reason_is_shown_and_a_wrong_chart_never_comes_into_force(
    screen, session, monkeypatch, tmp_path
) -> None:
    page = page_of(screen, "chart")
    text = charts.shipped_text("chart:counter")
    target = next(line for line in text.splitlines() if line.startswith("to = "))
    for content, part in (
        (text.replace(target, 'to = "Z99"', 1), "Z99"),
        ("title = [", "chart"),
    ):
        file = tmp_path / "wrong.toml"
        file.write_text(content, encoding="utf-8")
        monkeypatch.setattr(
            QFileDialog, "getOpenFileName", staticmethod(lambda *_a, file=file: (str(file), ""))
        )
        page.banner.dismiss()
        page._edit.click()
        assert page.banner.message() and (part in page.banner.message() or part == "chart")
    file.write_bytes(b"\xff\xfe\x00\x01")
    page._edit.click()
    assert "wrong.toml" in page.banner.message()
    assert policy.current(session.desk, "chart:counter").version == 1


def test_a_chart_is_saved_to_be_edited(screen, monkeypatch, tmp_path) -> None:
    page = page_of(screen, "chart")
    file = tmp_path / "counter.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: (str(file), "")))
    page._save.click()
    assert file.read_text("utf-8") == charts.shipped_text("chart:counter")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: (str(tmp_path), "")))
    page._save.click()
    assert tmp_path.name in page.banner.message()


def test_the_chart_is_tried_with_typed_facts_and_nothing_is_written(screen, session, qtbot) -> None:
    _version, chart = rules.current_chart(session.desk)
    before = session.desk.db.connection().total_changes
    dialog = TryDialog(session, chart)
    qtbot.addWidget(dialog)
    dialog.show()
    start = dialog.path()
    assert start == (chart.start,) or start[0] == chart.start
    first = next(one for one in dialog._answers.answers() if one.enabled)
    dialog.answer(first.key)
    assert len(dialog.path()) > len(start)
    dialog.step_back()
    assert dialog.path() == start
    dialog.set_fact("paid", "ten yuan")
    assert "paid" in dialog.banner.message()
    dialog.set_fact("paid", "199.00")
    assert dialog.banner.message() == ""
    assert nameless(dialog) == [] and unreachable(dialog) == []
    assert session.desk.db.connection().total_changes == before


def test_a_test_that_misses_facts_names_them_and_goes_on_when_they_are_typed(session) -> None:
    _version, chart = rules.current_chart(session.desk)
    desk = session.desk
    answers: dict[str, list[str]] = {}
    tried = charts.try_walk(desk, chart, answers, {})
    for _step in range(40):
        if tried.missing or tried.result.state == "ended":
            break
        choice = next(one for one in tried.result.options if one.offered and not one.withdraws)
        answers.setdefault(tried.result.at, []).append(choice.answer)
        tried = charts.try_walk(desk, chart, answers, {})
    assert tried.missing, "some test of the chart looks at a fact"
    assert tried.result.at in chart.nodes


def test_numbers_are_looked_at_and_say_what_comes_next(screen, session) -> None:
    page = page_of(screen, "numbering")
    rows = {row.prefix: row for row in page._table.rows.rows()}
    assert rows["TK"].next == "TK01-20261112-0001" and rows["TK"].given == 0
    desk = session.desk
    with desk.db.atomic("IMMEDIATE"):
        numbering_room_number(desk)
    page.load()
    row = next(row for row in page._table.rows.rows() if row.prefix == "TS")
    assert (row.last, row.next, row.given) == ("TS01-20261112-0001", "TS01-20261112-0002", 1)
    assert "without a gap" in page._why.text()


def numbering_room_number(desk) -> None:
    from counter_app.db import numbers

    numbers.next_number(desk.db, "TS", desk.shop.code, desk.today(), desk.instant())


def test_copies_are_named_with_author_and_moment(screen, session) -> None:
    page = page_of(screen, "numbering")
    assert page._changed.text() == ""
    page._copies.setText("存根 / 客户 / 财务 / 仓库")
    page._save.click()
    assert settings.setting(session.desk, "copies.names") == ["存根", "客户", "财务", "仓库"]
    assert "王店长" in page._changed.text() and "2026-11-12" in page._changed.text()
    for wrong in (" / ", "a/b/c/d/e/f", "x" * 13):
        page._copies.setText(wrong)
        page._save.click()
        assert page._field.error()
    assert numbering.copy_names(session.desk) == ("存根", "客户", "财务", "仓库")


def test_a_clerk_may_look_but_not_change(screen, session) -> None:
    clerk = next(one for one in staff.list_staff(session.desk) if one.role == "clerk")
    from dataclasses import replace

    session.sit(replace(session.desk, staff=staff.staff_view(session.desk, clerk.id)))
    chart, numbers = page_of(screen, "chart"), page_of(screen, "numbering")
    for button in (chart._edit, chart._back, numbers._save):
        assert not button.isEnabled()
    assert chart.view.node_ids()


def test_every_setting_that_is_kept_is_a_version_with_who_and_when(session) -> None:
    desk = session.desk
    settings.set_setting(desk, "paper.receipt", "58mm")
    settings.set_setting(desk, "paper.receipt", "58mm")
    settings.set_setting(desk, "ui.width", 300)
    settings.set_setting(desk, "theme", "dark")
    found = versions.history(desk, settings.KIND)
    assert [(one.number, one.by, one.note) for one in found] == [(1, "王店长", "paper.receipt")]
    assert Path(desk.folder).is_dir() and '"paper.receipt":"58mm"' in policy.version(desk, found[0].id).text
