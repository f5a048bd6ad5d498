"""Every way of paying has one name, the same on screens, slips and in the month's archive."""

from __future__ import annotations

import pytest

from counter_app import resources
from counter_app.archive.imports import sheet, sources
from counter_app.domain.new_sale import SUBSIDY_TENDER, UNKNOWN_TENDER
from counter_app.domain.settlement_terms import IN_KIND, SUBSIDY
from counter_app.services import case_words

DESCRIBED = {
    tender for one in sources.known().values() for tender in (one.tender, *dict(one.tenders).values())
}
READ = {
    *DESCRIBED,
    *sheet.TENDERS.values(),
    UNKNOWN_TENDER,
    SUBSIDY_TENDER,
    SUBSIDY,
    *IN_KIND,
}


@pytest.mark.parametrize("code", sorted(READ))
def test_a_way_of_paying_that_is_read_from_a_file_has_a_name(code: str) -> None:
    assert case_words.known(f"tender.{code}")


def test_the_archive_has_no_names_of_its_own_for_ways_of_paying() -> None:
    assert [key for key in resources.read_toml("i18n", "archive.toml") if key.startswith("tender.")] == []
