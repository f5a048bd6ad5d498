"""What is hashed is spelled one way, however it was put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.db import seals
from counter_app.db.fields import HalfSpelled, canonical_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    known=st.dictionaries(st.text(max_size=4), values, max_size=5),
    later=st.dictionaries(st.text(max_size=4), values, max_size=3),
)
def test_what_is_spelled_early_and_filled_in_later_reads_as_if_spelled_at_once(
    known: dict[str, object], later: dict[str, object]
) -> None:
    half = HalfSpelled(known, later)
    given_texts = {name: canonical_json(value) for name, value in later.items()}
    assert half.spelled(given_texts) == canonical_json({**known, **later})


@given(
    st.integers(0, 10**9),
    st.dictionaries(
        st.text(max_size=6),
        st.lists(st.tuples(st.integers() | st.text(max_size=4), st.sampled_from(["", "ab12"])).map(list)),
        max_size=4,
    ),
)
def test_a_seal_is_spelled_canonically(seq: int, rows: dict[str, list[list[object]]]) -> None:
    assert seals.spelled(seq, rows) == canonical_json([seq, rows])
