"""The cover of an archive: shop, period, control totals, checks that a formula and the ledgers agree on, chain heads."""

from __future__ import annotations

from collections.abc import Set
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from counter_app.archive.sheets import Figure, FreeSheet, Kind, Look, Mark, Row, Styled
from counter_app.db import month_figures
from counter_app.services import month_freezing
from counter_app.services.month_book import Book
from counter_app.services.month_checks import PREFIX, Check, checks

_WIDE = 5
_WIDTHS = (46, 20, 20, 16, 12)
_SHOWN = (
    "cases", "documents", "reversals", "owed_fen", "paid_fen", "due_fen", "received_fen", "open_before_fen",
    "open_fen", "open_in_fen", "received_milli", "issued_milli", "money_rows", "stock_rows",
)  # fmt: skip
_NAMED = ("paid_ledger_fen", "received_ledger_fen")
_FIXED = 3
"""Shop, address and period are told first; state, what was lacking and the note follow."""


def cover(book: Book) -> FreeSheet:
    """The whole sheet. Of a closed span the totals are those that were kept with it."""
    word = book.words.word
    figures: dict[str, int] = dict(book.lock.figures) if book.lock else month_figures.figures(book.query)
    found = checks(book, figures)
    about = _about(book)
    verdict = Styled(word("cover.verdict"), style="head")
    result_row = 3 + len(about) + 1
    top = result_row + 4
    end = top + len(found) - 1
    # Past the totals' heading; the formulas of the checks call them by name.
    first_total = end + 3
    rows: list[Row] = [
        (Styled(f"{book.desk.shop.name} · {word(book.title)} {book.name}", style="title"),),
        (Styled(_state(book), style="note"),),
        (),
        *(_said(word(f"cover.{key}"), told) for key, told in about),
        (Styled(word("cover.result"), style="label"), _result(book, found, top)),
        (),
        book.section("cover.checks", _WIDE),
        (*book.head("cover.name", "cover.sheet_value", "cover.ledger_value", "cover.difference"), verdict),
    ]
    rows += [_check(book, one, at) for at, one in enumerate(found, top)]
    rows += [(), book.section("cover.totals", _WIDE)]
    names = (*_SHOWN, *(name for name in _NAMED if name not in _SHOWN))
    rows += [
        (Styled(word(f"cover.figure.{name}"), style="label"), Styled(figures.get(name, 0), _kind(name)))
        for name in names
    ]
    rows += [(), book.section("cover.documents", _WIDE)]
    rows += [
        (
            Styled(
                f"{name.partition('.')[2]} {book.words.code('prefix', name.partition('.')[2])}", style="label"
            ),
            Styled(value, Kind.WHOLE),
        )
        for name, value in figures.items()
        if name.startswith("document.")
    ]
    rows += [(), book.section("control.heads", _WIDE), book.head("cover.chain", "control.head", texts=2)]
    rows += _heads(book)
    seal_row = len(rows)
    rows += [(), book.section("cover.contents", _WIDE), book.head("cover.sheet", "cover.rows")]
    links = []
    for key in ("summary", "control", *book.counts, "dictionary"):
        count = Styled(book.counts[key], Kind.WHOLE) if key in book.counts else None
        rows.append((Styled(word(f"sheet.{key}"), style="link"), count))
        links.append((f"A{len(rows)}", key))
    late = [at for at, one in enumerate(found, top) if one.late]
    # What the period's end does not fix: when it was made, whether it was closed since, how far the seals were then.
    moving = (2, *range(3 + _FIXED + 1, result_row + 1), *late, seal_row)
    return FreeSheet(
        "cover",
        _WIDTHS,
        tuple(rows),
        tall=True,
        moving=moving,
        marks=(
            Mark(f"A{top}:E{end}", f"$D{top}<>0"),
            Mark(f"E{top}:E{end}", f"$D{top}=0", Look.GOOD),
            Mark(f"B{result_row}:E{result_row}", f'COUNTIF($D${top}:$D${end},"<>0")>0'),
            Mark(f"B{result_row}:E{result_row}", f'COUNTIF($D${top}:$D${end},"<>0")=0', Look.GOOD),
        ),
        names=tuple((f"{PREFIX}{name}", f"B{at}") for at, name in enumerate(names, first_total)),
        links=tuple(links),
    )


def _check(book: Book, one: Check, at: int) -> Row:
    """A check: the sheets' value by formula, the ledger's, their difference and what it means."""
    yes, no = book.words.word("cover.yes"), book.words.word("cover.no")
    apart = one.value - one.ledger
    ledger = (
        Figure(one.kind, f"{PREFIX}{one.total}", one.ledger) if one.total else Styled(one.ledger, one.kind)
    )
    return (
        Styled(book.words.word(f"cover.check_{one.key}"), Kind.NOTE, "label"),
        Figure(one.kind, one.formula, one.value),
        ledger,
        Figure(one.kind, f"ROUND(B{at}-C{at},3)", apart),
        Figure(Kind.TEXT, f'IF(D{at}=0,"{yes}","{no}")', no if apart else yes),
    )


def _result(book: Book, found: tuple[Check, ...], top: int) -> Figure:
    """Every failed check by name, or that all agree."""
    word = book.words.word
    comma, fine = ("；" if book.words.language == "zh" else "; "), word("cover.all_agree")
    rows = range(top, top + len(found))
    named = "&".join(f'IF(D{at}=0,"",A{at}&"{comma}")' for at in rows)
    told = "".join(word(f"cover.check_{one.key}") + comma for one in found if one.value != one.ledger)
    area = f"D{top}:D{top + len(found) - 1}"
    return Figure(Kind.TEXT, f'IF(COUNTIF({area},"<>0")=0,"{fine}",{named})', told or fine)


def _said(label: str, told: str, kind: Kind = Kind.TEXT) -> Row:
    return (Styled(label, style="label"), Styled(told, kind))


def _state(book: Book) -> str:
    zone = ZoneInfo(book.desk.shop.time_zone)
    at = book.lock.at if book.lock is not None else book.desk.instant()
    key = "cover.closed" if book.lock is not None else "summary.made"
    return f"{book.words.word(key)} {datetime.fromtimestamp(at / 1000, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def _about(book: Book) -> list[tuple[str, str]]:
    shop, lock = book.desk.shop, book.lock
    return [
        ("shop", f"{shop.code} {shop.name}"),
        ("address", " ".join(part for part in (shop.address, shop.phone) if part)),
        ("period", f"{book.bounds['first']} – {book.bounds['last']}"),
        ("state", _closed_or_not(book)),
        ("missing", "" if lock is None else str(lock.missing)),
        ("note", "" if lock is None else lock.note),
    ]


def _closed_or_not(book: Book) -> str:
    """Whether the span is closed; of a year that is not, which of its months are and which are not."""
    word = book.words.word
    if book.lock is not None:
        return word("cover.closed")
    if len(book.name) != 4:
        return word("cover.open")
    closed = {int(name[5:]) for name in month_freezing.closed_in(book.desk, book.name)}
    began = book.query("SELECT min(business_date) FROM number WHERE business_date BETWEEN :first AND :last")[
        0
    ][0]
    still = set(range(int(began[5:7]) if began else 1, 13)) - closed
    told = [word("cover.open")] if still else []
    told += [f"{word('cover.months_closed')} {_ranges(closed)}"] if closed else []
    told += [f"{word('cover.months_open')} {_ranges(still)}"] if still else []
    return " · ".join(told)


def _ranges(months: Set[int]) -> str:
    """Months of a year in figures, neighbours joined: `01–03, 05`."""
    firsts = [one for one in sorted(months) if one - 1 not in months]
    lasts = [one for one in sorted(months) if one + 1 not in months]
    return ", ".join(
        f"{first:02d}" if first == last else f"{first:02d}–{last:02d}"
        for first, last in zip(firsts, lasts, strict=True)
    )


def _kind(name: str) -> Kind:
    if name.endswith("_fen"):
        return Kind.MONEY
    return Kind.QUANTITY if name.endswith("_milli") else Kind.WHOLE


def _heads(book: Book) -> list[Row]:
    rows: list[Row] = []
    for ledger in ("money_entry", "stock_entry"):
        found = book.query(
            f"SELECT seq, hash FROM {ledger} WHERE business_date <= :last ORDER BY seq DESC LIMIT 1"
        )
        seq, head = found[0] if found else (0, "")
        rows.append(_head(book, ledger, seq, head))
    if book.lock is not None:
        rows.append(_head(book, "seal", book.lock.seal_rows, book.lock.seal_head))
    else:
        found = book.query("SELECT seq, hash FROM seal ORDER BY seq DESC LIMIT 1")
        rows.append(_head(book, "seal", *(found[0] if found else (0, ""))))
    return rows


def _head(book: Book, ledger: str, seq: int, head: str) -> Row:
    """The hash is longer than its column and runs on into the empty ones beside it."""
    return (
        Styled(f"{book.words.word(f'control.{ledger}')} · {seq}", style="label"),
        Styled(head, style="note"),
    )
