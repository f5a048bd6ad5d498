"""Tables over frozen rows: columns declared once, more rows fetched as the user scrolls."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_app.domain.list_order import Order
from counter_app.ui import theme
from counter_app.ui.theme import Size

if TYPE_CHECKING:
    from counter_app.ui.widgets.marked_cells import MarkedCells

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

# Comparing plain ints takes half the time of comparing enums.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_INK = int(Qt.ItemDataRole.ForegroundRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = Qt.AlignmentFlag(_RIGHT)
_HAS_TEXT = QStyleOptionViewItem.ViewItemFeature.HasDisplay
_LINE_SEPARATOR = "\u2028"

FIRST_PAGE = 50
"""So many rows are read for the first picture: more than a window shows at once."""
PAGE = 100
"""So many with each page after it: few enough that none of them holds up a frame."""
KEPT_PAGES = 32
"""So many pages of a long list stay in memory."""
SORT_KEY = "Ctrl+Shift+S"
"""Goes through the orders a list can have."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        title: gives the translated heading.
        text: the cell's text from a row, already formatted.
        right: figures stand right-aligned.
        tone: gives a token name ("late", "secondary" …) or "" for a row.
        width: width in logical pixels; 0 shares what is left.
        sort: the name by which the list's service sorts this column; "" for one without an index.
    """

    title: Callable[[], str]
    text: Callable[[Row], str]
    right: bool = False
    tone: Callable[[Row], str] | None = None
    width: int = 0
    sort: str = ""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows come in pages by key: `fetch(last_row_or_None, count)` gives the rows after the last one.

    A page shorter than asked for is the end. The first page is shorter than the others. However far one scrolls, only
    `KEPT_PAGES` pages stay in memory; of each of the others the row before it, by which it is fetched again when it
    comes into sight.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Row | None, int], Sequence[Row]] | None = None,
        parent: QObject | None = None,
        *,
        first: int = FIRST_PAGE,
        page: int = PAGE,
    ) -> None:
        super().__init__(parent)
        self._columns, self._fetch = tuple(columns), fetch
        self._first, self._page = first, page
        self._shift = page - first
        """The first page counts as a whole one of which so many places are never used."""
        self._pages: dict[int, list[Row]] = {}
        """By number, the one seen last at the end."""
        self._before: list[Row | None] = [None]
        """The row before each page."""
        self._count = 0
        self._more = self._changed = False
        self._order: Order | None = None

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns, from the left."""
        return self._columns

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show exactly these rows."""
        self.beginResetModel()
        self._take(list(rows), more=False)
        self.endResetModel()

    def reload(
        self, fetch: Callable[[Row | None, int], Sequence[Row]] | None = None, *, through: int = -1
    ) -> None:
        """Begin again with the first page, perhaps of another question; `through` is a place that is to be there
        again, as the cursor's, unless it lies farther down than rows are kept."""
        self._fetch = fetch or self._fetch
        if self._fetch is None:
            return
        first = list(self._fetch(None, self._first))
        self.beginResetModel()
        self._take(first, more=len(first) == self._first)
        self.endResetModel()
        while self._more and self._count <= through < KEPT_PAGES * self._page:
            self.fetchMore(QModelIndex())

    def row(self, at: int) -> Row:
        """The row shown at this place."""
        number, place = divmod(at + self._shift, self._page)
        page = self._pages.get(number)
        if page is None:
            page = self._again(number)
        return page[place if number else at]

    def rows(self) -> list[Row]:
        """The rows in memory, in order: all of a short list, the part in sight of a long one."""
        return [row for number in sorted(self._pages) for row in self._pages[number]]

    def _take(self, rows: list[Row], *, more: bool) -> None:
        size, first = self._page, self._first
        later = range(first, len(rows), size)
        self._pages = {1 + (at - first) // size: rows[at : at + size] for at in later}
        self._pages[0] = rows[:first]
        self._before = [None, *(rows[at - 1] for at in later)]
        self._count, self._more, self._changed = len(rows), more, False

    def _again(self, number: int) -> list[Row]:
        """A page that was let go, fetched anew. Has the list become shorter meanwhile, then its last row stands in
        for those that are gone until the list is read again, at once."""
        assert self._fetch is not None  # a list without a fetch lets nothing go
        wanted = min(self._page, self._count + self._shift - number * self._page)
        before = self._before[number]
        page = list(self._fetch(before, self._page))[:wanted]
        if len(page) < wanted:
            last = page[-1] if page else before
            assert last is not None  # the first page is never let go
            page += [last] * (wanted - len(page))
            if not self._changed:
                self._changed = True
                QTimer.singleShot(0, self, self.reload)
        self._keep(number, page)
        return page

    def _keep(self, number: int, page: list[Row]) -> None:
        self._pages[number] = page
        if len(self._pages) > KEPT_PAGES and self._fetch is not None:
            # What lies farthest from the page that is looked at; the first one is where Home leads.
            far = max((one for one in self._pages if one), key=lambda one: abs(one - number))
            del self._pages[far]

    def show_order(self, order: Order | None) -> None:
        """Which column carries the arrow; None = the list is in its usual order."""
        if order != self._order:
            self._order = order
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def retranslate(self) -> None:
        """Headings and texts anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._fetch is None or not self._more:
            return
        last = self.row(self._count - 1) if self._count else None
        new = list(self._fetch(last, self._page))
        self._more = len(new) == self._page
        if new:
            self.beginInsertRows(QModelIndex(), self._count, self._count + len(new) - 1)
            self._before.append(last)
            self._keep((self._count + self._shift) // self._page, new)
            self._count += len(new)
            self.endInsertRows()

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        role = int(role)
        if role in (_DISPLAY, _TOOLTIP, _ACCESSIBLE):
            return self._columns[index.column()].text(self.row(index.row()))
        if role == _ALIGN:
            return _RIGHT if self._columns[index.column()].right else _LEFT
        if role == _INK:
            tone = self._columns[index.column()].tone
            name = tone(self.row(index.row())) if tone else ""
            return theme.colour(name) if name else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if int(role) in (_DISPLAY, _ACCESSIBLE):
            column, order = self._columns[section], self._order
            if order is None or column.sort != order.by:
                return column.title()
            if int(role) == _ACCESSIBLE:
                return told(column.title(), order)
            return f"{column.title()} {'↓' if order.down else '↑'}"
        if int(role) == _ALIGN:
            return _RIGHT if self._columns[section].right else _LEFT
        return None


def told(title: str, order: Order) -> str:
    """An order in words, as a screen reader says it."""
    if order.down:
        return QCoreApplication.translate("Table", "{title}, greatest or latest first").format(title=title)
    return QCoreApplication.translate("Table", "{title}, least or earliest first").format(title=title)


class Cells(QStyledItemDelegate):
    """What Qt asks the model in seven calls a cell, told in one: lists are drawn half as fast again by it."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._columns, self._row = table.rows.columns, table.rows.row

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        column, row = self._columns[index.column()], self._row(index.row())
        if column.tone is not None and column.tone(row):
            super().initStyleOption(option, index)
            return
        text = column.text(row)
        assert isinstance(index, QModelIndex)
        option.index = index
        option.text = text.replace("\n", _LINE_SEPARATOR) if "\n" in text else text
        option.features = _HAS_TEXT
        if column.right:
            option.displayAlignment = _AT_RIGHT


class Table(QTableView):
    """A calm table: whole rows chosen, 40 px tall, no grid, Enter or double click opens.

    Signals:
        opened(object): the row that was opened.
        current_row(object): the row under the cursor, or None.
        sorted(): another order was asked for: a header was clicked, or Ctrl+Shift+S pressed.
    """

    opened = Signal(object)
    current_row = Signal(object)
    sorted = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None, *, fetch=None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._marked: MarkedCells | None = None
        self.rows = RowsModel(columns, fetch, self)
        self.setModel(self.rows)
        self.setItemDelegate(Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Size.TARGET + 4)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(48)
        for at, column in enumerate(self._columns):
            if column.width:
                self.setColumnWidth(at, column.width)
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row(index.row())))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._order: Order | None = None
        self._offered = frozenset(column.sort for column in self._columns if column.sort)
        if self._offered:
            head.sectionClicked.connect(self._clicked)
            QShortcut(QKeySequence(SORT_KEY), self, self._next_order)

    @property
    def order(self) -> Order | None:
        """By which column the list is to be sorted; None for its usual order, also while what was asked for is not
        offered. It is kept meanwhile."""
        return self._order if self._order is not None and self._order.by in self._offered else None

    def offer(self, names: Collection[str]) -> None:
        """By which columns the list can be sorted with what it is asked for now."""
        self._offered = frozenset(names)
        self._show_order()

    def mark(self, typed: str) -> None:
        """Mark in every cell what was searched for; nothing when nothing was."""
        if self._marked is None:
            if not typed:
                return
            from counter_app.ui.widgets.marked_cells import MarkedCells

            self._marked = MarkedCells(self)
            self.setItemDelegate(self._marked)
        self._marked.typed = typed
        self.viewport().update()

    def chosen(self) -> object | None:
        """The row under the cursor, or None."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def choose(self, at: int) -> None:
        """Put the cursor on a row by place."""
        if 0 <= at < self.rows.rowCount():
            self.selectRow(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.chosen())
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self._to_edge(last=event.key() == Qt.Key.Key_End)
            return
        super().keyPressEvent(event)

    def _to_edge(self, *, last: bool) -> None:
        """To the first row, or to the last one read so far, below which more are read: cells of a row are not gone
        through one by one, as Qt would."""
        if last and self.rows.canFetchMore(QModelIndex()):
            self.rows.fetchMore(QModelIndex())
        self.choose(self.rows.rowCount() - 1 if last else 0)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump about in the list: they belong to the search field and to scans."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.rows.retranslate()
            self._show_order()
        super().changeEvent(event)

    def _clicked(self, section: int) -> None:
        """Upwards, downwards, as usual."""
        name, now = self._columns[section].sort, self.order
        if name in self._offered:
            if now is None or now.by != name:
                self._sort(Order(name))
            else:
                self._sort(None if now.down else Order(name, down=True))

    def _next_order(self) -> None:
        """The key goes through every order there is, column by column, and back to the usual one."""
        names = [column.sort for column in self._columns if column.sort in self._offered]
        orders = [None, *(Order(name, down) for name in names for down in (False, True))]
        self._sort(orders[(orders.index(self.order) + 1) % len(orders)])

    def _sort(self, order: Order | None) -> None:
        if order != self.order:
            self._order = order
            self._show_order()
            self.sorted.emit()

    def _show_order(self) -> None:
        order = self.order
        self.rows.show_order(order)
        titles = [column.title() for column in self._columns if order is not None and column.sort == order.by]
        self.setAccessibleDescription(told(titles[0], order) if titles and order is not None else "")

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.current_row.emit(self.rows.row(now.row()) if now.isValid() else None)
