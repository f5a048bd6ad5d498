"""Every sentence of the window exists in both languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

import check_translations


@pytest.fixture(scope="module")
def faults() -> list[str]:
    return check_translations.faults()


def test_nothing_is_missing_unfinished_vanished_or_mismatched(faults) -> None:
    assert faults == []


def test_sentences_that_cannot_be_collected_are_found(tmp_path, monkeypatch) -> None:
    guilty = tmp_path / "guilty.py"
    guilty.write_text(
        'def f(self, n): return self.tr(f"{n} left") + self.tr(n) + self.tr("fine")\n', encoding="utf-8"
    )
    monkeypatch.setattr(check_translations.ours, "sources", lambda: [str(guilty)])
    monkeypatch.setattr(check_translations.ours, "HOUSE", tmp_path)
    assert check_translations.untranslatable() == ["cannot be collected: guilty.py:1"] * 2


def test_switching_the_language_changes_our_words_and_qts_own(qapp: QApplication, dressed, qtbot) -> None:
    dressed.switch("zh")
    assert QCoreApplication.translate("Rail", "Settings") == "设置"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    dressed.switch("en")
    assert QCoreApplication.translate("Rail", "Settings") == "Settings"


def test_counted_words_agree_with_their_number_in_english(qapp, dressed) -> None:
    assert QCoreApplication.translate("TopBar", "%n overdue", "", 1) == "1 overdue"
