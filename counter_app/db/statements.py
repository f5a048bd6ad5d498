"""Queries compiled once: the same question with other values finds its SQL again.

Building the text of a query anew is what makes an object mapper slow, and a step at the counter asks dozens. The
shape of a query (its columns, tables, conditions and order, without the values) names its SQL. What this does not
know the shape of is left to peewee; and when a shape is first met, peewee's own text and values decide whether
it was understood.
"""

from __future__ import annotations

from typing import Any

from peewee import (
    OP,
    SQL,
    Alias,
    Expression,
    Field,
    FieldAlias,
    Function,
    Join,
    Model,
    ModelAlias,
    ModelSelect,
    ModelUpdate,
    Negated,
    Node,
    NodeList,
    Ordering,
    Value,
)

MOST = 4000
"""Shapes kept. Lists of ids make shapes of their own by their length."""
_LISTS = (list, tuple, set, frozenset)
_sql: dict[tuple[object, ...], str | None] = {}


class _Unknown(Exception):
    """A part of a query whose shape is not told here."""


class _Shape(list[object]):
    """The shape as it grows. Aliases of a table are told apart by the order in which the query names them."""

    def __init__(self) -> None:
        super().__init__()
        self._aliases: dict[int, int] = {}

    def alias(self, source: object) -> int:
        """Which of the query's aliases this is."""
        return self._aliases.setdefault(id(source), len(self._aliases))


def compiled(query: Any, plainly: Any) -> tuple[str, list[Any]]:
    """SQL and values of a query. `plainly()` compiles it the long way."""
    shape = _Shape()
    values: list[Any] = []
    try:
        (_update if isinstance(query, ModelUpdate) else _select)(query, shape, values)
    except _Unknown:
        told: tuple[str, list[Any]] = plainly()
        return told
    key = tuple(shape)
    sql = _sql.get(key, "")
    if sql:
        return sql, values
    told = plainly()
    if sql == "":
        if len(_sql) >= MOST:
            _sql.clear()
        same = told[1] == values and [type(one) for one in told[1]] == [type(one) for one in values]
        _sql[key] = told[0] if same else None
    return told


def _select(query: Any, shape: _Shape, values: list[Any]) -> None:
    if (
        query._cte_list
        or query._having
        or query._windows
        or query._for_update
        or query._distinct
        or query._alias
        or query._lateral
    ):
        raise _Unknown
    shape.append("select distinct" if query._simple_distinct else "select")
    for item in query._returning:
        _node(item, shape, values, None)
    shape.append("from")
    for source in query._from_list:
        _source(source, shape, values)
    if query._where is not None:
        shape.append("where")
        _node(query._where, shape, values, None)
    for name, items in (("group", query._group_by), ("order", query._order_by)):
        shape.append(name)
        for item in items or ():
            _node(item, shape, values, None)
    for number in (query._limit, query._offset):
        shape.append(number is None)
        if number is not None:
            if not isinstance(number, int):
                raise _Unknown
            values.append(number)
    shape.append("end")


def _update(query: Any, shape: _Shape, values: list[Any]) -> None:
    """Columns stand in the statement in the order of their table, whatever the order they were given in."""
    if query._from or query._returning or query._order_by or query._limit is not None or query._cte_list:
        raise _Unknown
    shape += ("update", id(query.model))
    for field, value in sorted(query._update.items(), key=lambda item: item[0]._sort_key):
        if isinstance(value, (Node, type)) or isinstance(field, FieldAlias):
            raise _Unknown
        shape += (id(field), type(value))
        values.append(field.db_value(value))
    shape.append("where")
    if query._where is not None:
        _node(query._where, shape, values, None)


def _source(source: Any, shape: _Shape, values: list[Any]) -> None:
    if isinstance(source, type) and issubclass(source, Model):
        shape.append(id(source))
    elif type(source) is ModelAlias:
        shape += ("aliased", shape.alias(source), id(source.model), source.alias)
    elif type(source) is Join:
        shape += ("join", source.join_type)
        _source(source.lhs, shape, values)
        _source(source.rhs, shape, values)
        condition = vars(source)["_on"]
        if condition is None or vars(source)["_alias"]:
            raise _Unknown
        _node(condition, shape, values, None)
    else:
        raise _Unknown


def _node(node: Any, shape: _Shape, values: list[Any], convert: Any) -> None:
    """One part of a query. `convert` is what the field to its left does to a plain value."""
    kind = type(node)
    if isinstance(node, FieldAlias):
        shape += ("alias", shape.alias(node.source), id(node.field))
    elif isinstance(node, Field):
        shape.append(id(node))  # fields live as long as their model
    elif kind is Expression:
        _expression(node, shape, values)
    elif kind is Ordering:
        if node.nulls or node.collation:
            raise _Unknown
        shape.append(node.direction)
        _node(node.node, shape, values, None)
    elif kind is Alias:
        shape += ("as", node._alias)
        _node(node.node, shape, values, None)
    elif kind is Function:
        if node._filter is not None or node._order_by is not None:
            raise _Unknown
        shape += ("function", node.name, len(node.arguments))
        for argument in node.arguments:
            _node(argument, shape, values, None)
    elif kind is NodeList:
        shape += ("nodes", node.glue, node.parens, len(node.nodes))
        for one in node.nodes:
            _node(one, shape, values, None)
    elif kind is Negated:
        shape.append("not")
        _node(node.node, shape, values, None)
    elif kind is SQL:
        if node.params:
            raise _Unknown
        shape += ("sql", node.sql)
    elif kind is Value and not node.multi:
        _value(node.value, shape, values, convert if node.converter is None else node.converter)
    elif isinstance(node, ModelSelect):
        _select(node, shape, values)
    elif isinstance(node, (Node, type)):
        raise _Unknown
    else:
        _value(node, shape, values, convert)


def _expression(node: Any, shape: _Shape, values: list[Any]) -> None:
    left: Any = node.lhs
    right: Any = node.rhs
    shape += ("(", node.op, node.flat)
    convert = left.db_value if isinstance(node.lhs, Field) else None
    _node(left, shape, values, None)
    if right is None and node.op in (OP.IS, OP.IS_NOT):
        shape.append("null")
    elif isinstance(right, _LISTS):
        shape += ("list", len(right))
        for one in right:
            if isinstance(one, (Node, type)):
                raise _Unknown
            _value(one, shape, values, convert)
    else:
        _node(right, shape, values, convert)
    shape.append(")")


def _value(value: Any, shape: _Shape, values: list[Any], convert: Any) -> None:
    if isinstance(value, _LISTS):
        raise _Unknown
    shape.append(type(value))
    values.append(convert(value) if convert else value)
