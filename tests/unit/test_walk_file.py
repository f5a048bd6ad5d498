"""`main.py walk FILE`: what it reads, what it prints, how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_app import cli

MAIN = Path(cli.__file__).parent.parent / "main.py"
WRONG = {
    "chart": "counter",
    "answers": {"K-0": "problem", "D-4": "yes", "B-C2": "wrong", "C-W1q": "right_item", "X-2": "send"},
    "facts": {
        "goods_here": False,
        "wrong_value": "12.00",
        "return_freight": "15.00",
        "clerk_limit": "50.00",
        "stock": 3,
        "today": "2026-11-21",
    },
}
QUESTION = {"answers": {"K-0": "question", "H-1": "yes"}}


class Said:
    """What one run left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def results(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COUNTER_DATA_DIR", str(tmp_path / "data"))

    def walk(content: Any, language: str = "en") -> Said:
        file = tmp_path / "一次 walk.json"
        if not isinstance(content, bytes):
            text = content if isinstance(content, str) else json.dumps(content)
            content = text.encode("utf-8")
        file.write_bytes(content)
        code = cli.main(["walk", str(file), "--language", language])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return walk


def bad(said: Said, *told: str) -> None:
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    for word in told:
        assert word in said.err


def test_one_walk_prints_one_object_with_everything_met(run: Any) -> None:
    said = run(WRONG)
    assert (said.code, said.err) == (0, "")
    (result,) = said.results
    assert list(result) == [
        "path",
        "state",
        "at",
        "remedies",
        "tests",
        "offers",
        "notices",
        "deadlines",
        "scripts",
    ]
    assert result["path"][-3:] == ["X-1", "X-2", "X-END-SEND"]
    assert (result["state"], result["at"], result["remedies"]) == ("ended", "X-END-SEND", ["R18"])
    freight = {"node": "C-W5", "answer": "no", "because": "12.00 ≤ 15.00", "overridden": False}
    assert freight in result["tests"]
    assert result["notices"][0]["to"] == "logistics"
    assert result["deadlines"] == [{"what": "send_replacement", "due": "2026-11-24"}]
    assert result["scripts"] == ["T01", "T02", "T03", "T04", "T08", "T07", "T13"]


def test_offers_show_remedy_right_and_figures(run: Any) -> None:
    asked = {
        "answers": {"K-0": "problem", "D-4": "yes", "B-C2": "quality", "B-Q2": "goods"},
        "facts": {
            "today": "2026-11-19",
            "received_on": "2026-10-19",
            "three_guarantees": False,
            "repairable": True,
            "allowance": "30.00",
            "gift_cost": "0.00",
            "outbound_freight": "20.00",
            "return_freight": "20.00",
            "handling": "6.00",
            "replacement_cost": "0.00",
            "recoverable_value": "0.00",
        },
    }
    (result,) = run(asked).results
    assert (result["state"], result["at"]) == ("asking", "B-Q6")
    offers = {one["answer"]: one for one in result["offers"]}
    assert offers["allowance"] == {
        "node": "B-Q6",
        "answer": "allowance",
        "remedy": "R10",
        "offered": True,
        "right": False,
        "because": "30.00 < 46.00",
    }
    assert offers["exchange"]["right"] is True
    assert offers["return"]["because"] == "2026-11-19 > 2026-10-26"
    assert offers["none"]["remedy"] is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"chart": "repair"}, ["repair", "counter, listing"]),
        ({"chart": 3}, ["counter, listing"]),
        ({"answer": {}}, ["answer", "answers, facts"]),
        ({"answers": []}, ["answers"]),
        ({"answers": {"K-0": 1}}, ["K-0"]),
        ({"answers": {"K-0": ["question", None]}}, ["K-0"]),
        ({"answers": {"K-9": "x"}}, ["K-9"]),
        ({"answers": {"K-0": "refund"}}, ["K-0", "refund", "return, exchange"]),
        ({"answers": {"K-0": ["question", "return"], "H-1": "yes"}}, ["K-0", "return", "question"]),
        ({"answers": {"K-0": "question", "B-R2": "agree"}}, ["B-R2", "agree, withdraw, dispute"]),
        ({"answers": {"K-0": "return", "B-R1": "yes"}}, ["B-R1", "yes, no"]),
        ({"answers": {"B-C1": "yes"}}, ["B-C1"]),
        ({"answers": {"H-END": "yes"}}, ["H-END"]),
        ({"answers": {"K-0": "return"}}, ["B-R1", "channel"]),
        ({"overrides": {"B-R1": {"answer": "yes", "by": "s", "reason": "r"}}}, ["B-R1", "yes, no"]),
        ({"overrides": {"K-0": {"answer": "return", "by": "s", "reason": "r"}}}, ["K-0", "return, exchange"]),
        ({"overrides": {"B-R9": {"answer": "yes", "by": "s", "reason": "r"}}}, ["B-R9"]),
        (
            {"overrides": {"B-R1": {"answer": "maybe", "by": "s", "reason": "r"}}},
            ["B-R1", "maybe", "yes, no"],
        ),
        ({"overrides": {"B-R1": {"answer": "yes", "by": "s"}}}, ["B-R1", "reason"]),
        ({"overrides": {"B-R1": {"answer": "yes", "by": " ", "reason": "r"}}}, ["B-R1", "by"]),
        ({"overrides": {"B-R1": {"by": "s", "reason": 7}}}, ["B-R1", "answer, reason"]),
        ({"overrides": {"B-R1": {"answer": "yes", "by": "s", "reason": "r", "at": 1}}}, ["at"]),
        ({"overrides": {"B-R1": "yes"}}, ["B-R1"]),
        ({"overrides": []}, ["overrides"]),
        ({"facts": None}, ["facts"]),
        ({"facts": {"paid": "199.001"}}, ["paid", "199.001"]),
        ({"facts": {"stock": True}}, ["stock"]),
        ({"facts": {"colour": "red"}}, ["colour"]),
    ],
)
def test_a_bad_walk_says_one_line_and_exits_2(run: Any, change: dict[str, Any], told: list[str]) -> None:
    bad(run({**QUESTION, **change} if "answers" not in change else {**change}), *told)


def test_a_sentence_stands_in_the_language_asked_for(run: Any) -> None:
    bad(run({"answers": {"K-0": "refund"}}, "zh"), "K-0 没有答案 refund，可选")


@pytest.mark.parametrize(
    "text",
    ["{}", " {} \n", '{\n "answers": {\n  "K-0": []\n }\n}\n', "\ufeff{}", '{"answers": {"B-R3": []}}'],
)
def test_a_walk_without_answers_stands_at_the_first_question(run: Any, text: str) -> None:
    said = run(text)
    assert said.code == 0
    assert (said.results[0]["path"], said.results[0]["state"]) == (["K-0"], "asking")


def test_lists_are_used_in_order_one_per_visit(run: Any) -> None:
    answers = {
        "K-0": "problem",
        "D-4": ["yes"],
        "B-C2": "quality",
        "B-Q2": ["needs_test", "needs_test", "user"],
        "B-Q2w": ["tested", "tested"],
    }
    (result,) = run({"answers": answers}).results
    assert result["path"].count("B-Q2") == 3
    assert (result["state"], result["at"]) == ("asking", "B-Q5")
    answers["B-Q2w"] = ["tested"]
    answers["B-Q2"] = ["needs_test", "needs_test"]
    (result,) = run({"answers": answers}).results
    assert (result["state"], result["at"]) == ("waiting", "B-Q2w")


def test_several_objects_give_one_result_per_line(run: Any) -> None:
    text = "\n".join(json.dumps(one) for one in (WRONG, QUESTION)) + "\n\n"
    said = run(text.replace("\n", "\r\n"))
    assert (said.code, said.err) == (0, "")
    assert [one["at"] for one in said.results] == ["X-END-SEND", "H-END"]


def test_a_bad_line_is_told_in_its_place_and_the_others_are_walked(run: Any) -> None:
    lines = [
        json.dumps(QUESTION),
        "{",
        '{"answers": {"K-0": "x"}}',
        "[]",
        "7",
        '{"facts": {"paid": NaN}}',
        '{"answers": {}, "answers": {}}',
        '{"facts": {"stock": ' + "9" * 5000 + "}}",
        "[" * 100_000,
        json.dumps(QUESTION),
    ]
    said = run("\n".join(lines))
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert "8 of 10" in said.err and "line 2" in said.err
    results = said.results
    assert [list(one) == ["error"] for one in results] == [False, *[True] * 8, False]
    assert "K-0" in results[2]["error"] and "return, exchange" in results[2]["error"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        ('{"answers": {"K-0": "question"}, "answers": {}}', "answers"),
        ('{"facts": {"paid": Infinity}}', "Infinity"),
    ],
)
def test_a_file_that_is_no_walk_says_so(run: Any, content: Any, told: str) -> None:
    bad(run(content), told)


@pytest.mark.parametrize("content", ["[1]", "null", "{]", "walk", '"K-0"', "[" * 200_000])
def test_text_that_is_no_object_is_a_bad_line(run: Any, content: str) -> None:
    said = run(content)
    assert said.code == 2
    assert list(said.results[0]) == ["error"]
    assert len(said.err.splitlines()) == 1


def test_a_file_that_is_not_there_or_no_file_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (str(tmp_path / "none.json"), str(tmp_path), "a\0b"):
        assert cli.main(["walk", name]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1


def test_half_a_sign_and_endless_names_are_told_without_harm(run: Any) -> None:
    half = '{"answers": {"K-0": "question", "H-1": "yes"}, "overrides": {}, "facts": {"\\ud800": 1}}'
    said = run(half + "\n" + json.dumps({"answers": {"x" * 100_000: "y", "K-0": "z\n" * 9000}}))
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert all(len(one["error"]) < 300 for one in said.results)
    bad(run(half), "Not JSON")


def test_the_correction_chart_is_walked_too(run: Any) -> None:
    assert run({"chart": "listing", "answers": {"C-C31": "no"}}).results[0]["path"] == ["C-C31", "C-C33"]
    bad(run({"chart": "listing", "answers": {"C-C31": "withdraw"}}), "C-C31", "yes, no")


def test_ten_thousand_answers_are_walked_and_end(run: Any) -> None:
    answers = {"K-0": "problem", "D-4": "yes", "B-C2": "quality"}
    loop = {"B-Q2": ["needs_test"] * 10_000, "B-Q2w": ["tested"] * 10_000}
    (result,) = run({"answers": {**answers, **loop}}).results
    assert (result["at"], len(result["path"])) == ("B-Q2", 20_006)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_standard_input_is_read_and_utf_8_written_whatever_the_console(tmp_path: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "COUNTER_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(MAIN), "walk", "-"],
        input=json.dumps(WRONG).encode(),
        capture_output=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "12.00 ≤ 15.00" in done.stdout.decode("utf-8")
