"""Importing orders and articles: look first, then take in; nothing twice, nothing silently changed."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from counter_app import wording
from counter_app.archive.imports import fault_book, formats
from counter_app.archive.imports.fault_book import Broken
from counter_app.archive.imports.formats import ITEMS, PRODUCTS, OpenFile
from counter_app.archive.imports.orders import PassedOver, ReadOrder, RowFault
from counter_app.db.connection import checkpoint
from counter_app.db.models import ImportBatch, Shop
from counter_app.domain.errors import CounterError, UserError
from counter_app.domain.import_views import ImportFault, ImportOrder, ImportPreview, ImportResult
from counter_app.domain.roles import IMPORT
from counter_app.domain.spoken import Reason
from counter_app.services import import_items, import_products, settings, staff
from counter_app.services.desk import Desk, Outcome
from counter_app.services.import_chunks import Decision, Importer, Prepared, shown_customer
from counter_app.services.import_holds import decide_hold, holds

__all__ = ["decide_hold", "holds", "preview", "run_import"]
Progress = Callable[[int, int], None]
CHUNK = 1000
CHUNKS_A_CHECKPOINT = 5
MOST_TOLD = 500
PREVIEWED = 2000
"""A preview looks at so many orders; the import looks at all."""
_CHANGED = frozenset({"sale"})


@dataclass(slots=True)
class _Tally:
    """What has been found so far."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[ImportFault] = field(default_factory=list)
    orders: list[ImportOrder] = field(default_factory=list)
    broken: dict[str, Broken] = field(default_factory=dict)

    def fault(self, file: str, fault: RowFault) -> None:
        self.counts["faults"] += 1
        self.broken.setdefault(fault.file or file, Broken()).add(fault)
        if len(self.faults) < MOST_TOLD:
            self.faults.append(
                ImportFault(fault.file or file, fault.row, fault.column, fault.reason, fault.order_no)
            )

    def order(self, decision: Decision, wanted: bool) -> None:
        self.counts[decision.fate] += 1
        if wanted and len(self.orders) < MOST_TOLD:
            self.orders.append(_shown(decision))


def preview(
    desk: Desk,
    files: Path | Sequence[Path],
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    sheet_name: str = "",
) -> ImportPreview:
    """What an import would do, without writing anything.

    `files` are order lists, with Taobao's item list beside its order list, or a list of articles. `source`
    insists on one of `formats.kinds()`, `sheet_name` on one sheet of a workbook; `mapping` says which column of a plain sheet holds which field.
    `progress(done, total)` counts rows and may raise `Cancelled`.
    Raises UserError `import.…`, SurroundingsError `import.file.unreadable`.
    """
    _may_import(desk)
    opened = _opened(files, source, mapping, sheet_name)
    main, items = _parted(opened)
    first = (main or items)[0]
    tally, cut_short = _Tally(), False
    if first.kind == PRODUCTS:
        for one in main:
            for found in import_products.read(desk, one.headed):
                if isinstance(found, RowFault):
                    tally.fault(one.file.name, found)
                else:
                    tally.counts["products"] += 1
    elif not main:
        import_items.look(desk, items, tally.counts, lambda file, fault: tally.fault(file, fault))
    else:
        for one in main:
            importer, total = Importer(desk, one.kind), one.headed.table.row_count
            for chunk, row in _chunks(desk, one, items, importer, tally):
                for decision in importer.decide(chunk):
                    tally.order(decision, True)
                if progress is not None:
                    progress(min(row, total), total)
                if sum(tally.counts[fate] for fate in ("new", "known", "matched")) >= PREVIEWED:
                    cut_short = True
                    break
    table = first.headed.table
    return ImportPreview(
        kind=first.kind,
        files=tuple(one.file.name for one in opened),
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        sheets=table.sheets,
        columns=tuple(name for name in first.headed.names if name),
        mapping=dict(first.mapping),
        counts=dict(tally.counts),
        faults=tuple(tally.faults),
        orders=tuple(tally.orders),
        cut_short=cut_short,
        contents=tuple(one.headed.table.sha256 for one in opened),
    )


def run_import(
    desk: Desk,
    files: Path | Sequence[Path],
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    sheet_name: str = "",
    days_later: int = 0,
    contents: Sequence[str] = (),
) -> Outcome[ImportResult]:
    """Take the files in. Orders with faults are left out and told; the others are committed in chunks of
    `CHUNK`, so that the till is never locked for long. All days are moved by `days_later`, which is for samples.
    With `contents` (those of a preview) files that were changed since are refused (UserError `import.file.changed`).

    `progress(done, total)` counts rows and may raise `Cancelled`: what was committed stays, nothing is half
    written, and the next import of the same file goes on from there. Raises as `preview`.
    """
    _may_import(desk)
    opened = [replace(one, days_later=days_later) for one in _opened(files, source, mapping, sheet_name)]
    for one, content in zip(opened, contents, strict=False):
        if one.headed.table.sha256 != content:
            raise UserError("import.file.changed", file=one.file.name)
    main, items = _parted(opened)
    first = (main or items)[0]
    batch = _begin(desk, first, [one.file.name for one in opened])
    tally = _Tally()
    try:
        if first.kind == PRODUCTS:
            for one in main:
                import_products.take_in(desk, one, tally.counts, tally.fault, progress)
        elif not main:
            import_items.take_in(desk, items, tally.counts, tally.fault, progress)
        else:
            for one in main:
                _take_in(desk, one, items, batch, tally, progress)
    finally:
        # Also when it was cancelled: the batch then says how far it came.
        ImportBatch.update(finished_at=desk.instant(), counts=dict(tally.counts)).where(
            ImportBatch.id == batch
        ).execute()
    result = ImportResult(
        batch,
        first.kind,
        dict(tally.counts),
        tuple(tally.faults),
        tuple(tally.orders),
        _fault_books(desk, opened, batch, tally),
    )
    return Outcome(result, frozenset({"sale", "stock"}) if first.kind == PRODUCTS else _CHANGED)


def _fault_books(desk: Desk, opened: Sequence[OpenFile], batch: int, tally: _Tally) -> tuple[str, ...]:
    """Write what could not be taken in as workbooks beside the exports, one for each file. Their paths."""
    language: wording.Language = "en" if settings.setting(desk, "language") == "en" else "zh"
    books = []
    for one in opened:
        broken = tally.broken.get(one.file.name)
        if broken is None:
            continue
        name = CounterError("import.faults.name", batch=batch, file=one.file.stem[:60])
        book = desk.folder / "exports" / wording.sentence(name, language)
        fault_book.write(book, one, broken, language)
        books.append(str(book))
    return tuple(books)


def _take_in(
    desk: Desk,
    one: OpenFile,
    items: Sequence[OpenFile],
    batch: int,
    tally: _Tally,
    progress: Progress | None,
) -> None:
    importer, total = Importer(desk, one.kind), one.headed.table.row_count
    with _own_cleaning():
        for number, (chunk, row) in enumerate(_chunks(desk, one, items, importer, tally), 1):
            with desk.db.atomic("IMMEDIATE"):
                decisions = importer.decide(chunk)
                importer.write(decisions, batch)
            for decision in decisions:
                tally.order(decision, decision.fate in ("changed", "held"))
            if number % CHUNKS_A_CHECKPOINT == 0:
                checkpoint(
                    desk.db
                )  # or the log grows as large as the import, and every reader wades through it
                gc.collect(0)
            if progress is not None:
                progress(min(row, total), total)
    checkpoint(desk.db)
    if progress is not None:
        progress(total, total)


@contextmanager
def _own_cleaning() -> Iterator[None]:
    """Python looks for circles among objects after every few hundred new ones. An import makes millions and hardly
    a circle: it looks once in a while itself, which takes a tenth off its time."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def _chunks(
    desk: Desk, one: OpenFile, items: Sequence[OpenFile], importer: Importer, tally: _Tally
) -> Iterator[tuple[list[Prepared], int]]:
    """Sound orders in chunks, each with the row it reaches; faults and orders passed over are counted."""
    shop: Any = Shop.get(Shop.id == 1)
    zone = ZoneInfo(desk.shop.time_zone)
    chunk: list[Prepared] = []
    row = 0
    for found in formats.orders(one, items, zone, shop.currency):
        if isinstance(found, RowFault):
            tally.fault(one.file.name, found)
            continue
        if isinstance(found, PassedOver):
            tally.counts[f"passed.{found.why}"] += 1
            tally.counts["passed"] += 1
            continue
        row = found.rows[-1]
        try:
            chunk.append(importer.prepare(found))
        except UserError as wrong:
            tally.fault(one.file.name, _placed(found, wrong))
            continue
        if len(chunk) == CHUNK:
            yield chunk, row
            chunk = []
    if chunk:
        yield chunk, row


def _placed(order: ReadOrder, wrong: UserError) -> RowFault:
    """The row and column an error of a whole order points at."""
    columns = dict(order.columns)
    field_name = str(wrong.params.get("field", ""))
    line = wrong.params.get("line")
    if field_name.startswith("line "):
        number, _, field_name = field_name.removeprefix("line ").partition(".")
        line = int(number)
    row = order.rows[line - 1] if isinstance(line, int) and 0 < line <= len(order.rows) else order.rows[0]
    at_line = isinstance(line, int) and line > 0
    column = columns.get(field_name, columns.get("line" if at_line else "order_no", ""))
    return RowFault(row, column, Reason(wrong.code, dict(wrong.params)), order.order_no)


def _opened(
    files: Path | Sequence[Path], source: str | None, mapping: Mapping[str, str] | None, sheet_name: str
) -> list[OpenFile]:
    listed = [files] if isinstance(files, Path) else list(files)
    if not listed:
        raise UserError("import.no_file")
    wanted = sheet_name if len(listed) == 1 else ""
    return [formats.open_file(file, source, mapping, wanted) for file in listed]


def _parted(opened: Iterable[OpenFile]) -> tuple[list[OpenFile], list[OpenFile]]:
    main, items = list[OpenFile](), list[OpenFile]()
    for one in opened:
        (items if one.kind == ITEMS else main).append(one)
    kinds = {one.kind for one in main}
    if len(kinds) > 1:
        raise UserError("import.kinds", kinds=", ".join(sorted(kinds)))
    if items and kinds and kinds != {"taobao"}:
        raise UserError("import.kinds", kinds=", ".join(sorted({*kinds, ITEMS})))
    return main, items


def _begin(desk: Desk, first: OpenFile, names: Sequence[str]) -> int:
    source = {ITEMS: "taobao", PRODUCTS: "sheet"}.get(first.kind, first.kind)
    row = ImportBatch.create(
        source=source,
        file_name=" + ".join(names)[:500],
        file_hash=first.headed.table.sha256,
        mapping=dict(first.mapping) or None,
        started_at=desk.instant(),
        by=None if desk.staff is None else desk.staff.id,
    )
    return int(row.id)


def _may_import(desk: Desk) -> None:
    """The headless verb has nobody signed in: it acts for whoever may open the shop's files anyway."""
    if desk.staff is not None:
        staff.require(desk, IMPORT)


def _shown(decision: Decision) -> ImportOrder:
    frozen = decision.prepared.frozen
    names = [line.line.name for line in frozen.lines]
    return ImportOrder(
        order_no=decision.prepared.order.order_no,
        row=decision.prepared.order.rows[0],
        fate=decision.fate,
        purchased_on=frozen.sale.purchased_on,
        customer_masked=shown_customer(decision.prepared),
        goods=" · ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else ""),
        line_count=len(names),
        paid_fen=frozen.paid_fen,
        indivisible=any(line.line.indivisible for line in frozen.lines),
        sale_id=decision.sale_id,
        paid_before_fen=decision.paid_before,
    )
