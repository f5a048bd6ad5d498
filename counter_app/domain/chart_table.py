"""Reading a chart's tables field by field: right types, nothing left out, nothing unknown left over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.errors import UserError
from counter_app.domain.spoken import Words


class Table:
    """One table of a chart file. Each field is taken once; `close` refuses what nobody took."""

    def __init__(self, content: Mapping[str, Any], source: str, node: str) -> None:
        self._content = content
        self._taken: set[str] = set()
        self._source = source
        self._node = node

    def wrong(self, code: str, **params: object) -> UserError:
        """The refusal to raise, with file and node in it."""
        return UserError(code, file=self._source, node=self._node, **params)

    def named(self, node: str) -> Table:
        """The same table, its errors naming this node."""
        return Table(self._content, self._source, node)

    def _take(self, field: str) -> Any:
        self._taken.add(field)
        return self._content.get(field)

    def _typed(self, field: str, kind: type, wanted: str) -> Any:
        value = self._take(field)
        if value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.wrong("chart.field.type", field=field, wanted=wanted)
        return value

    def text(self, field: str, otherwise: str | None = None) -> str:
        """A text that is not blank; without `otherwise` it is compulsory."""
        value = self._typed(field, str, '"…"')
        if value is None and otherwise is not None:
            return otherwise
        if value is None or not value.strip():
            raise self.wrong("chart.field.missing", field=field)
        return str(value)

    def whole(self, field: str) -> int:
        """A whole number, not negative."""
        value = self._typed(field, int, "0, 1, 2 …")
        if value is None or value < 0:
            raise self.wrong("chart.field.missing", field=field)
        return int(value)

    def flag(self, field: str, otherwise: bool = False) -> bool:
        """True or false."""
        value = self._typed(field, bool, "true, false")
        return otherwise if value is None else bool(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; none when it is left out."""
        value = self._typed(field, list, '["…"]') or []
        if not all(isinstance(one, str) for one in value):
            raise self.wrong("chart.field.type", field=field, wanted='["…"]')
        return tuple(value)

    def text_by_name(self, field: str) -> Mapping[str, str]:
        """A table of texts."""
        value = self._typed(field, dict, '{… = "…"}') or {}
        if not all(isinstance(one, str) for one in value.values()):
            raise self.wrong("chart.field.type", field=field, wanted='{… = "…"}')
        return dict(value)

    def table(self, field: str) -> Table | None:
        """A table inside, None when it is left out."""
        value = self._typed(field, dict, "{…}")
        return None if value is None else Table(value, self._source, self._node)

    def tables(self, field: str) -> list[Table]:
        """A list of tables; none when it is left out."""
        value = self._typed(field, list, "[{…}]") or []
        if not all(isinstance(one, dict) for one in value):
            raise self.wrong("chart.field.type", field=field, wanted="[{…}]")
        return [Table(one, self._source, self._node) for one in value]

    def rest(self) -> dict[str, Any]:
        """Every field not taken yet: the parameters of a rule."""
        left = {field: value for field, value in self._content.items() if field not in self._taken}
        self._taken.update(left)
        return left

    def words(self, shared: Words | None = None) -> Words:
        """`zh` and `en`, both compulsory, unless the answer's shared label stands in for both."""
        zh, en = self._typed("zh", str, '"…"'), self._typed("en", str, '"…"')
        if zh is None and en is None and shared is not None:
            return shared
        return self._both(zh, en, "zh", "en")

    def optional_words(self, field: str) -> Words:
        """`field_zh` and `field_en`: both or neither."""
        names = (f"{field}_zh", f"{field}_en")
        zh, en = (self._typed(name, str, '"…"') for name in names)
        return Words() if zh is None and en is None else self._both(zh, en, *names)

    def _both(self, zh: str | None, en: str | None, zh_name: str, en_name: str) -> Words:
        for name, value in ((zh_name, zh), (en_name, en)):
            if value is None or not value.strip():
                raise self.wrong("chart.node.translation", field=name)
        return Words(zh or "", en or "")

    def close(self) -> None:
        """Refuse a field that nobody asked for: a slip of the pen must not pass as a rule left out."""
        left = [field for field in self._content if field not in self._taken]
        if left:
            raise self.wrong("chart.field.unknown", field=", ".join(left))


class TopTable(Table):
    """The chart file itself: places outside its nodes are named "–"."""

    def __init__(self, content: Mapping[str, Any], source: str) -> None:
        if not isinstance(content, Mapping):
            raise UserError("chart.malformed", file=source, node="–", reason=type(content).__name__)
        super().__init__(content, source, "–")

    def words_by_name(self, field: str) -> dict[str, Words]:
        """A table of words."""
        given = self.table(field)
        found: dict[str, Words] = {}
        if given is not None:
            for name in given.rest():
                one = given.table(name)
                if one is not None:
                    found[name] = one.words()
                    one.close()
        return found
