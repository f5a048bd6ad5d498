"""Reports over 36 months beside a scan of the same papers: by reason, article and month, and the visits behind one.

The scan is plain SQL over the papers, as a program without kept figures would ask it; both say the same.
Run alone: `python tests/bench/bench_reports.py [CASES …]` (default 1000 10000 100000).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).resolve().parent)]

from bulk import A_DAY, FIRST, add_cases  # noqa: E402
from visits import build_shop, opened  # noqa: E402

from counter_app.services import products, reports  # noqa: E402
from counter_app.services.products import NewProduct  # noqa: E402

TIMES = 15
ARTICLES = 2000
MONTHS = 36

_SCAN = {
    "reason": """SELECT c.reason, count(DISTINCT d.case_id),
            sum(CASE WHEN l.direction <> 'out' AND d.prefix NOT IN ('BC', 'SJ', 'YJ', 'WX', 'BY', 'JB') THEN l.amount_fen ELSE 0 END)
        FROM document_line l JOIN document d ON d.id = l.document_id JOIN case_line c ON c.id = l.case_line_id
        WHERE d.business_date BETWEEN ? AND ? GROUP BY c.reason ORDER BY 2 DESC""",
    "product": """SELECT s.sku, count(DISTINCT d.case_id),
            sum(CASE WHEN l.direction <> 'out' AND d.prefix NOT IN ('BC', 'SJ', 'YJ', 'WX', 'BY', 'JB') THEN l.amount_fen ELSE 0 END)
        FROM document_line l JOIN document d ON d.id = l.document_id JOIN case_line c ON c.id = l.case_line_id
        JOIN sale_line s ON s.id = c.sale_line_id
        WHERE d.business_date BETWEEN ? AND ? GROUP BY s.sku ORDER BY 2 DESC""",
    "month": """SELECT substr(d.business_date, 1, 7), count(DISTINCT d.case_id), 0 FROM document d
        WHERE d.case_id IS NOT NULL AND d.business_date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1 DESC""",
}


@dataclass(frozen=True, slots=True)
class BenchRow:
    """Milliseconds of both sides, their ratio, and the ratio aimed at."""

    name: str
    baseline_ms: float
    ours_ms: float
    ratio: float
    target: float | None


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def rows(sizes: Sequence[int] = (1000, 10_000, 100_000)) -> list[BenchRow]:
    """Each report, and the visits behind its first figure, for each number of cases."""
    found: list[BenchRow] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            first, folder = Path(place) / "first", Path(place) / "shop"
            build_shop(first)
            with opened(first, folder) as counter:
                for at in range(ARTICLES if size >= 100_000 else 200):
                    products.save_product(counter.owner, NewProduct(f"S{at:05d}", f"商品 {at}", 1000 + at))
            add_cases(folder, size)
            db_of = Path(place) / "again"
            folder.rename(db_of)
            found += _of(db_of, Path(place) / "open", size)
    return found


def _of(template: Path, folder: Path, size: int) -> list[BenchRow]:
    found = []
    with opened(template, folder) as counter:
        last = FIRST + timedelta(days=max(0, size - 1) // A_DAY)
        begin = f"{last.year - 3 + (last.month == 12):04d}-{last.month % 12 + 1:02d}"
        end = f"{last.year:04d}-{last.month:02d}"
        for dimension, sql in _SCAN.items():

            def asked(dimension: str = dimension) -> object:
                return reports.report(counter.owner, dimension, begin, end, most=20)

            def scanned(sql: str = sql) -> list[tuple[object, ...]]:
                return counter.desk.db.execute_sql(sql, (f"{begin}-01", f"{end}-31")).fetchall()

            ours = statistics.median(_timed(asked) for _ in range(TIMES))
            scan = statistics.median(_timed(scanned) for _ in range(3))
            told = reports.report(counter.owner, dimension, begin, end, most=20)
            if dimension != "month":
                wanted = {str(value): (cases, fen) for value, cases, fen in scanned()}
                for row in told.rows:
                    if wanted[row.value] != (row.figures.cases, row.figures.goods_fen):
                        raise RuntimeError(f"{dimension} {row.value}: kept and scanned differ")
            found.append(
                BenchRow(
                    f"report by {dimension}, {MONTHS} months, {size:,} cases", scan, ours, ours / scan, None
                )
            )
            if dimension == "reason":
                key = told.rows[0].key
                page = statistics.median(
                    _timed(lambda key=key: reports.cases_behind(counter.owner, key, begin, end))
                    for _ in range(TIMES)
                )
                found.append(
                    BenchRow(
                        f"visits behind a figure, newest 50, {size:,} cases", scan, page, page / scan, None
                    )
                )
    return found


if __name__ == "__main__":
    for row in rows([int(one) for one in sys.argv[1:]] or (1000, 10_000, 100_000)):
        print(f"{row.name:60} scan {row.baseline_ms:9.2f} ms  ours {row.ours_ms:7.2f} ms  ×{row.ratio:.3f}")
