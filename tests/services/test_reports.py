"""Figures of reports: kept as papers are posted, told again by the papers, opened down to their visits."""

from __future__ import annotations

import copy
from collections import Counter as Times
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from visits import Counter, Visit, build_shop, code_of, opened

from counter_app.cli import main
from counter_app.db import connection, figures
from counter_app.db.models import CaseLine
from counter_app.db.verify import verify
from counter_app.domain.errors import UserError
from counter_app.domain.new_sale import NewLine
from counter_app.domain.report_views import DIMENSIONS, SAID_OF, Figures
from counter_app.services import policy, reports, reversal, staff
from counter_app.services.staff import NewStaff

MONTH = "2026-11"


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as one:
        one.open_drawer()
        yield one
        one.sound()


def taken_back(counter: Counter, price_fen: int = 19900, units: int = 1, **more: object) -> Visit:
    visit = counter.visit(counter.simple_sale(price_fen=price_fen, quantity=units, **more), units)
    visit.go("return", "agree", "in_person", "fit")
    visit.post()
    visit.settle()
    return visit


def told(
    counter: Counter, dimension: str, first: str = MONTH, last: str = MONTH, **how: object
) -> dict[str, Figures]:
    return {
        row.value: row.figures for row in reports.report(counter.owner, dimension, first, last, **how).rows
    }


def test_a_refund_shows_under_its_reason_article_hand_remedy_tender_and_month(counter: Counter) -> None:
    visit = taken_back(counter, 4900, units=2)
    taken_back(counter, 5000, tender="wechat")
    reason = visit.case.lines[0].reason
    assert told(counter, "reason") == {reason: Figures(2, 3000, 14800)}
    assert sorted(told(counter, "product", measure="goods_fen").values(), key=lambda one: one.goods_fen) == [
        Figures(1, 1000, 5000),
        Figures(1, 2000, 9800),
    ]
    assert told(counter, "remedy") == {
        "TH": Figures(2, 3000),
        "TK": Figures(2, 0, 14800, 14800, 14800),
    }
    assert told(counter, "tender") == {
        "cash": Figures(1, 0, 0, 9800, 9800),
        "wechat": Figures(1, 0, 0, 5000, 5000),
    }
    assert told(counter, "clerk") == {"2": Figures(2, 3000, 14800, 14800, 14800)}
    assert told(counter, "month") == {MONTH: Figures(2, 3000, 14800, 14800, 14800)}
    page = reports.report(counter.owner, "clerk", MONTH, MONTH)
    assert reports.report(counter.owner, "remedy", MONTH, MONTH).visits == 2
    assert (page.rows[0].title.zh, page.rows[0].share_bp, page.values) == ("李店员", 10_000, 1)
    assert reports.report(counter.owner, "tender", MONTH, MONTH).rows[0].title.en == "Cash"


def test_a_reversal_counts_against_what_it_reverses_and_the_visit_stays_counted(counter: Counter) -> None:
    visit = taken_back(counter)
    for paper in visit.case.documents:
        if paper.number.startswith("TK"):
            reversal.reverse(counter.owner, paper.number, "退错了", counter.request(), by=counter.boss)
    assert told(counter, "month")[MONTH].goods_fen == 0
    assert told(counter, "month")[MONTH].owed_fen == 0
    (row,) = reports.report(counter.owner, "reason", MONTH, MONTH).rows
    assert (row.figures.cases, row.figures.goods_fen) == (1, 0)


def test_years_and_single_months_add_up_to_the_same_as_the_months_alone(counter: Counter) -> None:
    """Articles are summed by year too; a span that has whole years in it reads those."""
    counter.clock.moment = counter.clock.moment.replace(year=2024, month=11)
    product = counter.product(price_fen=3000, stock=50)
    months = Times[str]()
    for days in (0, 40, 20, 90, 200, 60, 150):
        counter.clock.forward(days=days)
        sale = counter.sell(NewLine("杯", 1000, 3000, product_id=product), tenders={"wechat": 3000})
        visit = counter.visit(sale)
        visit.go("return", "agree", "in_person", "fit")
        visit.post()
        months[counter.desk.today().isoformat()[:7]] += 1
    assert len(months) > 5 and len({month[:4] for month in months}) == 3
    for first in ("2024-11", "2024-12", "2025-01", "2025-02"):
        for last in ("2025-12", "2026-01", "2026-12"):
            within = sum(times for month, times in months.items() if first <= month <= last)
            (row,) = reports.report(counter.owner, "product", first, last).rows
            assert (row.figures.cases, row.figures.goods_fen) == (within, within * 3000)
            single = dict(reports.months(counter.owner, row.key, first, last))
            assert {month: one.cases for month, one in single.items() if one.cases} == {
                month: times for month, times in months.items() if first <= month <= last
            }
    (row,) = reports.report(counter.owner, "product", "2025-11", "2026-10").rows
    assert row.before.cases == sum(
        times for month, times in months.items() if "2024-11" <= month <= "2025-10"
    )


def test_a_figure_opens_its_visits_newest_first_each_once(counter: Counter) -> None:
    visits = [taken_back(counter, tender="wechat") for _ in range(5)]
    counter.clock.forward(days=40)
    late = taken_back(counter, tender="wechat")
    # The first visit moves money again a month later: it stands under the later month, and not twice.
    again = next(paper.number for paper in visits[0].case.documents if paper.number.startswith("TK"))
    reversal.reverse(counter.owner, again, "退错了", counter.request(), by=counter.boss)
    (row,) = reports.report(counter.owner, "reason", MONTH, "2026-12").rows
    found, page = [], None
    while True:
        part = reports.cases_behind(counter.owner, row.key, MONTH, "2026-12", page, 2)
        found += [(one.month, one.case.id) for one in part]
        if len(part) < 2:
            break
        page = part[-1]
    assert found == [
        (202612, late.case_id),
        (202612, visits[0].case_id),
        *((202611, visit.case_id) for visit in reversed(visits[1:])),
    ]
    assert row.figures.cases == len(found) == 6
    assert reports.report(counter.owner, "month", MONTH, "2026-12").visits == 6
    everything = reports.cases_behind(counter.owner, reports.key_of_all(counter.owner), "2026-12", "2026-12")
    assert {one.case.number for one in everything} == {late.case.number, visits[0].case.number}


def test_every_figure_counts_the_visits_that_it_opens_whatever_the_months(counter: Counter) -> None:
    """Visits that are reversed, paid and reasoned anew months later, against a count of the papers' own rows."""
    draw, done, owner = Random(1), list[Visit](), counter.owner
    counter.clock.moment = counter.clock.moment.replace(year=2025, month=10)
    for at in range(14):
        counter.clock.forward(days=draw.choice((0, 3, 17, 31, 45)))
        tender = draw.choice(["cash", "wechat"])
        visit = counter.visit(counter.simple_sale(tender=tender, phone=f"138000000{at:02d}"))
        visit.go("return", "agree", "in_person", "fit").post()
        done.append(visit)
        for old in draw.sample(done, min(2, len(done))):
            if draw.random() < 0.4:
                old.settle()
            papers = [one.number for one in old.case.documents if one.number.startswith("TK")]
            if papers and draw.random() < 0.4:
                with suppress(UserError):
                    reversal.reverse(owner, papers[0], "退错了", counter.request(), by=counter.boss)
        if draw.random() < 0.3:
            again = draw.choice(done).case_id
            CaseLine.update(reason=draw.choice(["A1", "B2"])).where(CaseLine.case == again).execute()
    assert not list(figures.differing(owner.db))
    stepped = "SELECT sum(cases) FROM figure WHERE month > 999999"
    steps = owner.db.execute_sql(stepped).fetchone()[0]
    assert steps > 10
    last = counter.desk.today().isoformat()[:7]
    for first, end in (("2025-10", last), ("2025-11", "2026-02"), ("2025-12", "2025-12"), ("2026-02", last)):
        told = owner.db.execute_sql(
            "SELECT value_id, count(DISTINCT case_id) FROM figure_case WHERE month BETWEEN ? AND ? GROUP BY value_id",
            (int(first.replace("-", "")), int(end.replace("-", ""))),
        )
        counted = dict(told.fetchall())
        for dimension in DIMENSIONS:
            page = reports.report(owner, dimension, first, end)
            assert page.visits == counted[reports.key_of_all(owner)]
            for row in page.rows if dimension != "month" else ():
                behind = reports.cases_behind(owner, row.key, first, end, limit=1000)
                assert row.figures.cases == len(behind) == counted[row.key], (dimension, row.value)
    figures.rebuild(owner.db)
    assert owner.db.execute_sql(stepped).fetchone()[0] == steps


def test_figures_are_for_those_who_may_see_reports_and_refuse_what_is_no_month(counter: Counter) -> None:
    content = copy.deepcopy(dict(policy.current(counter.owner, "policy:roles").content))
    content["viewer"]["rights"] = []
    policy.publish(counter.owner, "policy:roles", content, "")
    viewer = staff.add_staff(counter.owner, NewStaff("09", "路过", "viewer", "9090")).value
    staff.choose_pin(counter.owner, viewer.id, "9090", "9191")
    with pytest.raises(UserError) as caught:
        reports.report(counter.as_staff(viewer.id), "reason", MONTH, MONTH)
    assert code_of(caught.value) == "staff.right.missing"
    for first, last, code in (
        ("2026-13", MONTH, "report.month"),
        (MONTH, "2026-10", "report.span"),
        ("2010-01", MONTH, "report.span"),
    ):
        with pytest.raises(UserError) as caught:
            reports.report(counter.owner, "reason", first, last)
        assert code_of(caught.value) == code
    with pytest.raises(UserError) as caught:
        reports.report(counter.owner, "reason", MONTH, MONTH, measure="paid_fen")
    assert code_of(caught.value) == "report.unknown"


def test_an_empty_shop_has_reports_without_rows(counter: Counter) -> None:
    for dimension in DIMENSIONS:
        for measure in SAID_OF[dimension]:
            page = reports.report(counter.owner, dimension, "2024-01", MONTH, measure=measure)
            assert page.total == Figures() and all(row.figures == Figures() for row in page.rows)


def test_a_changed_figure_is_named_and_reindex_makes_all_anew(
    counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    taken_back(counter)
    db = counter.desk.db
    listed = (
        "SELECT v.value, f.month, f.cases, f.units_milli, f.goods_fen, f.owed_fen, f.paid_fen, f.taken_fen "
        "FROM figure f JOIN figure_value v ON v.id = f.value_id ORDER BY f.dimension, 1, 2"
    )
    whole = db.execute_sql(listed).fetchall()
    db.execute_sql("UPDATE figure SET goods_fen = goods_fen + 1 WHERE dimension = 5")
    db.execute_sql("DELETE FROM figure_case WHERE value_id = 1")
    assert {(one.table, one.code) for one in verify(db, counter.desk.folder)} == {
        ("figure", "verify.figure"),
        ("figure_case", "verify.figure"),
    }
    connection.checkpoint(db, force=True)
    assert main(["--data", str(counter.desk.folder), "reindex"]) == 0
    assert capsys.readouterr().err == ""
    assert db.execute_sql(listed).fetchall() == whole
    assert list(figures.differing(db)) == []


def test_a_reason_that_is_put_right_after_the_goods_came_moves_its_figures(counter: Counter) -> None:
    visit = taken_back(counter)
    db, line = counter.desk.db, visit.case.lines[0]
    db.execute_sql("UPDATE case_line SET reason = 'Q99' WHERE id = ?", (line.id,))
    assert list(figures.differing(db)) == []
    assert told(counter, "reason") == {"Q99": Figures(1, 1000, 19900)}
    db.execute_sql("UPDATE case_line SET reason = ? WHERE id = ?", (line.reason, line.id))
    assert told(counter, "reason") == {line.reason: Figures(1, 1000, 19900)}
