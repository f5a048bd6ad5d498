"""The shipped charts are whole; a malformed one is refused with file, node and reason."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import walk_model

from counter_app import resources, shipped, wording
from counter_app.domain.chart import Kind, load_chart, read_chart
from counter_app.domain.errors import UserError
from counter_app.domain.facts import FACTS
from counter_app.domain.predicates import RULES

Content = dict[str, Any]
PACKAGE = Path(wording.__file__).parent


@pytest.fixture
def content() -> Content:
    return copy.deepcopy(resources.read_toml("charts", "counter.toml"))


def nodes(content: Content) -> dict[str, Content]:
    return {node["id"]: node for section in content["section"] for node in section["node"]}


def refusal(content: Content) -> UserError:
    with pytest.raises(UserError) as wrong:
        read_chart(content, "shop.toml", shipped.codes())
    assert wrong.value.params["file"] == "shop.toml"
    for language in ("zh", "en"):
        said = wording.sentence(wrong.value, language)
        assert "shop.toml" in said and str(wrong.value.params["node"]) in said
    return wrong.value


def test_the_counter_chart_has_its_153_nodes_and_sections_in_order() -> None:
    chart = shipped.chart("counter")
    assert list(chart.nodes) == list(walk_model.ROWS)
    assert len(chart.nodes) == 153
    assert [node for section in chart.sections for node in section.nodes] == list(chart.nodes)
    assert len(shipped.chart("listing").nodes) == 3
    assert shipped.chart("listing").withdraw is None


def test_the_counter_chart_reads_as_its_specification() -> None:
    chart = shipped.chart("counter")
    for name, row in walk_model.ROWS.items():
        node = chart.nodes[name]
        assert node.kind == row.kind
        assert (node.scripts, node.remedies, node.to) == (tuple(row.scripts), tuple(row.remedies), row.to)
        assert {a.id: (a.to, a.remedy, a.right) for a in node.answers} == row.answers


def test_everything_a_clerk_reads_is_there_in_both_languages() -> None:
    for name in shipped.CHARTS:
        chart = shipped.chart(name)
        for node in chart.nodes.values():
            told = [node.words, *(answer.words for answer in node.answers)]
            told += [one.words for one in (*node.notices, *node.deadlines)]
            assert all(words.zh and words.en for words in told), node.id
            assert bool(node.hint.zh) == bool(node.hint.en)


def test_no_node_of_a_chart_is_named_in_the_code() -> None:
    ids = [name for chart in shipped.CHARTS for name in shipped.chart(chart).nodes]
    named = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, ids)) + r")(?![\w-])")
    for file in sorted(PACKAGE.rglob("*.py")):
        found = named.findall(file.read_text(encoding="utf-8"))
        assert not found, f"{file.relative_to(PACKAGE)} names {sorted(set(found))}"


def test_every_rule_of_the_program_serves_the_chart() -> None:
    chart = shipped.chart("counter")
    used = {node.rule.rule for node in chart.nodes.values() if node.rule}
    for node in chart.nodes.values():
        for answer in node.answers:
            used |= {call.rule for call in (answer.right_when, answer.when, answer.unless) if call}
    assert used == set(RULES)


def test_the_hash_is_of_the_content_not_of_the_layout(content: Content) -> None:
    chart = shipped.chart("counter")
    assert re.fullmatch("[0-9a-f]{64}", chart.hash)
    text = resources.read_text("charts", "counter.toml")
    assert load_chart("# a remark\n\n" + text, "shop.toml", shipped.codes()).hash == chart.hash
    nodes(content)["K-0"]["en"] = "What can we do for you?"
    assert read_chart(content, "shop.toml", shipped.codes()).hash != chart.hash


def test_a_chart_stored_as_json_is_the_same_chart(content: Content) -> None:
    import json

    chart = load_chart(json.dumps(content), "shop.json", shipped.codes())
    assert chart.hash == shipped.chart("counter").hash


def test_every_script_carries_the_same_placeholders_in_both_languages() -> None:
    scripts = resources.read_toml("policy", "scripts.toml")["scripts"]
    assert list(scripts) == [f"T{number:02d}" for number in range(1, 37)]
    for code, script in scripts.items():
        for zh, en in (("zh", "en"), ("now_zh", "now_en"), ("unpaid_zh", "unpaid_en")):
            if zh in script:
                found = [sorted(re.findall(r"{(\w+)}", script[language])) for language in (zh, en)]
                assert found[0] == found[1], code


@pytest.mark.req("S4-18", "S4-26", "S4-43", "S4-47", "S4-68")
def test_the_trade_codes_are_complete_and_in_both_languages() -> None:
    tables = resources.read_toml("policy", "codes.toml")
    assert list(tables["remedies"]) == [f"R{n}" for n in range(1, 30)]
    assert list(tables["conditions"]) == [f"K{n}" for n in range(1, 16)]
    assert list(tables["dispositions"]) == [f"V{n}" for n in range(14)]
    assert set(tables["facts"]) == set(FACTS)
    assert len(tables["reasons"]) == 39
    for heading, codes in tables.items():
        for code, entry in codes.items():
            assert entry["zh"].strip() and entry["en"].strip(), (heading, code)
    for reason in tables["reasons"].values():
        assert reason["liability"] in tables["liabilities"]
        assert set(reason["evidence"]) <= set(tables["evidence"])
        assert set(reason["remedies"]) <= set(tables["remedies"])


# --- refusals ---------------------------------------------------------------------------------------

Change = Callable[[Content, dict[str, Content]], object]


def add(**node: Any) -> Change:
    return lambda content, _: content["section"][0]["node"].append(node)


def put(name: str, **fields: Any) -> Change:
    return lambda _, by_id: by_id[name].update(fields)


def drop(name: str, field: str) -> Change:
    return lambda _, by_id: by_id[name].pop(field)


def put_answer(name: str, number: int, **fields: Any) -> Change:
    return lambda _, by_id: by_id[name]["answers"][number].update(fields)


def end(name: str, **fields: Any) -> Content:
    return {"id": name, "kind": "end", "zh": "结束", "en": "End", "outcome": "done", **fields}


def do(name: str, to: str, **fields: Any) -> Content:
    return {"id": name, "kind": "do", "zh": "做", "en": "Do", "to": to, **fields}


REFUSED: list[tuple[str, str, str, Change]] = [
    ("an unknown target of an answer", "chart.node.target", "B-R3", put_answer("B-R3", 0, to="B-R44")),
    ("an unknown target of a step", "chart.node.target", "B-T4", put("B-T4", to="B-T4v")),
    ("an unknown start", "chart.node.target", "–", lambda content, _: content.update(start="K-1")),
    ("an unknown way out", "chart.node.target", "–", lambda content, _: content["withdraw"].update(to="X")),
    (
        "a withdrawal that is no end",
        "chart.withdraw.end",
        "J-1",
        lambda content, _: content["withdraw"].update(to="J-1"),
    ),
    (
        "a withdrawal that goes elsewhere",
        "chart.withdraw.elsewhere",
        "B-R2",
        put_answer("B-R2", 1, to="B-R3"),
    ),
    (
        "a withdrawal without words",
        "chart.node.translation",
        "–",
        lambda content, _: content["labels"].pop("withdraw"),
    ),
    ("an unreachable end", "chart.node.unreachable", "Z-1", add(**end("Z-1"))),
    ("an unreachable island", "chart.node.unreachable", "Z-1", add(**do("Z-1", "J-1"))),
    (
        "a branch without an outcome",
        "chart.node.no_outcome",
        "Z-1",
        lambda content, by_id: (
            content["section"][0]["node"].append(
                {
                    "id": "Z-1",
                    "kind": "wait",
                    "zh": "等",
                    "en": "Wait",
                    "answers": [{"id": "arrived", "to": "Z-1"}],
                }
            ),
            by_id["B-R3"]["answers"][0].update(to="Z-1"),
        ),
    ),
    (
        "an answer without a target",
        "chart.field.missing",
        "B-R3",
        lambda _, by_id: by_id["B-R3"]["answers"][0].pop("to"),
    ),
    ("a step without a target", "chart.field.missing", "B-T4", drop("B-T4", "to")),
    ("a question without answers", "chart.node.no_answers", "J-1", put("J-1", answers=[])),
    ("a test with one answer", "chart.test.answers", "C-W5", lambda _, by_id: by_id["C-W5"]["answers"].pop()),
    (
        "a test with a third answer",
        "chart.test.answers",
        "C-W5",
        lambda _, by_id: by_id["C-W5"]["answers"].append(
            {"id": "maybe", "to": "J-1", "zh": "也许", "en": "Maybe"}
        ),
    ),
    ("a test without a rule", "chart.field.missing", "C-W5", drop("C-W5", "rule")),
    ("an end without an outcome", "chart.field.missing", "B-R5", drop("B-R5", "outcome")),
    ("an end that goes on", "chart.field.unknown", "B-R5", put("B-R5", to="J-1")),
    ("a step that asks", "chart.field.unknown", "B-T4", put("B-T4", answers=[])),
    ("an unknown outcome", "chart.node.code", "B-R5", put("B-R5", outcome="perhaps")),
    (
        "a loop of tests",
        "chart.node.loop",
        "C-W5",
        lambda _, by_id: (
            by_id["C-W5"]["answers"][1].update(to="C-W5t"),
            by_id["C-W5t"]["answers"][1].update(to="C-W5"),
        ),
    ),
    ("a loop of things done", "chart.node.loop", "B-Q4a", put("B-Q4b", to="B-Q4a")),
    ("no Chinese text", "chart.node.translation", "B-R5", drop("B-R5", "zh")),
    ("no English text", "chart.node.translation", "B-R5", put("B-R5", en="  ")),
    (
        "no English answer",
        "chart.node.translation",
        "K-0",
        lambda _, by_id: by_id["K-0"]["answers"][0].pop("en"),
    ),
    (
        "an answer without words",
        "chart.node.translation",
        "B-R3",
        lambda _, by_id: by_id["B-R3"]["answers"].append({"id": "fly", "to": "J-1"}),
    ),
    ("a hint in one language", "chart.node.translation", "B-Q2", drop("B-Q2", "hint_en")),
    (
        "a notice in one language",
        "chart.node.translation",
        "B-Q3",
        lambda _, by_id: by_id["B-Q3"]["notices"][0].pop("zh"),
    ),
    (
        "a promise in one language",
        "chart.node.translation",
        "C-C41",
        lambda _, by_id: by_id["C-C41"]["deadlines"][0].pop("en"),
    ),
    (
        "a section without a name",
        "chart.node.translation",
        "–",
        lambda content, _: content["section"][0].pop("zh"),
    ),
    ("an unknown remedy", "chart.node.code", "B-R5", put("B-R5", remedies=["R30"])),
    ("an unknown remedy of an answer", "chart.node.code", "B-E3", put_answer("B-E3", 0, remedy="R0")),
    ("an unknown suggestion", "chart.node.code", "J-2", put("J-2", suggests=["R99"])),
    ("an unknown script", "chart.node.code", "B-R5", put("B-R5", scripts=["T37"])),
    ("an unknown disposition", "chart.node.code", "U-1", put("U-1", dispositions=["V14"])),
    ("an unknown condition", "chart.node.code", "B-R4", put_answer("B-R4", 0, accepts="K16")),
    ("an unknown reason", "chart.node.code", "K-0", put_answer("K-0", 0, reasons=["Q99"])),
    ("an unknown role", "chart.node.code", "B-R1x", put("B-R1x", role="boss")),
    ("an unknown confirmer", "chart.node.code", "B-Q2", put_answer("B-Q2", 3, confirm="boss")),
    (
        "an unknown department",
        "chart.node.code",
        "B-Q3",
        lambda _, by_id: by_id["B-Q3"]["notices"][0].update(to="canteen"),
    ),
    ("unknown evidence", "chart.node.code", "B-Q1", put("B-Q1", evidence=[{"kind": "hearsay"}])),
    ("an unknown paper", "chart.node.code", "B-R5", put("B-R5", papers=["poem"])),
    ("an unknown task", "chart.node.code", "B-T5", put("B-T5", opens=["party"])),
    ("an unknown settlement", "chart.node.code", "B-R5", put("B-R5", settles=["thanks"])),
    ("an unknown payer of freight", "chart.node.code", "B-W1", put("B-W1", freight="nobody")),
    ("an unknown fact to state", "chart.node.code", "B-Q6", put("B-Q6", inputs=["mood"])),
    ("an unknown rule", "chart.rule.unknown", "C-W5", put("C-W5", rule={"name": "worth_it"})),
    (
        "a rule without a parameter",
        "chart.rule.params",
        "C-W5",
        put("C-W5", rule={"name": "more_than", "amount": "paid"}),
    ),
    (
        "a rule with one too many",
        "chart.rule.params",
        "C-W5",
        put("C-W5", rule={"name": "is_so", "fact": "intact", "by": 3}),
    ),
    (
        "a rule about an unknown fact",
        "chart.rule.param",
        "C-W5",
        put("C-W5", rule={"name": "is_so", "fact": "intakt"}),
    ),
    (
        "a rule about a fact of another kind",
        "chart.rule.param",
        "C-W5",
        put("C-W5", rule={"name": "is_so", "fact": "paid"}),
    ),
    (
        "a rule with a wrong number",
        "chart.rule.param",
        "F-01",
        put("F-01", rule={"name": "repaired_lately", "days": "30"}),
    ),
    (
        "a rule with a flag for a number",
        "chart.rule.param",
        "F-01",
        put("F-01", rule={"name": "repaired_lately", "days": True}),
    ),
    (
        "a rule with a date for a number",
        "chart.rule.param",
        "F-01",
        put("F-01", rule={"name": "repaired_lately", "days": date(2026, 1, 1)}),
    ),
    (
        "a rule about an unknown node",
        "chart.rule.param",
        "B-R5r",
        put_answer("B-R5r", 1, unless={"name": "said_yes", "test": "B-R9"}),
    ),
    (
        "a rule about a node that is no test",
        "chart.rule.param",
        "B-R5r",
        put_answer("B-R5r", 1, unless={"name": "said_yes", "test": "J-1"}),
    ),
    (
        "a rule about an unknown answer",
        "chart.rule.param",
        "P-3r",
        put_answer("P-3r", 1, unless={"name": "was_answered", "node": "P-1", "answer": "x"}),
    ),
    (
        "a guarantee of an unknown part",
        "chart.rule.param",
        "F-0",
        lambda _, by_id: by_id["F-0"]["rule"]["months"].update(lid="guarantee_months"),
    ),
    (
        "a test that looks at a test",
        "chart.rule.looks_at_test",
        "C-W5",
        put("C-W5", rule={"name": "said_yes", "test": "C-W5"}),
    ),
    (
        "a rejection that removes nothing known",
        "chart.answer.unknown",
        "B-D1r",
        put_answer("B-D1r", 1, removes={"node": "B-Q6", "answers": ["x"]}),
    ),
    (
        "a rejection at an unknown place",
        "chart.node.target",
        "B-D1r",
        put_answer("B-D1r", 1, removes={"node": "B-Q9", "answers": []}),
    ),
    ("a right stated twice", "chart.answer.right_twice", "B-Q6", put_answer("B-Q6", 1, right=True)),
    ("a script for no answer", "chart.answer.unknown", "B-Q6", put("B-Q6", spoken_with={"T18": "refund"})),
    (
        "an answer twice",
        "chart.answer.duplicate",
        "J-1",
        lambda _, by_id: by_id["J-1"]["answers"].append(dict(by_id["J-1"]["answers"][0])),
    ),
    ("an id twice", "chart.node.duplicate", "K-0", add(**end("K-0"))),
    ("an unknown kind", "chart.node.kind", "J-1", put("J-1", kind="question")),
    ("no kind", "chart.field.missing", "J-1", drop("J-1", "kind")),
    ("no id", "chart.field.missing", "–", lambda _, by_id: by_id["J-1"].pop("id")),
    ("a field misspelt", "chart.field.unknown", "J-2", put("J-2", scrpts=["T01"])),
    ("a field of an answer misspelt", "chart.field.unknown", "J-1", put_answer("J-1", 0, unles={})),
    (
        "an answer's rule at a test",
        "chart.field.unknown",
        "C-W5",
        put_answer("C-W5", 0, when={"name": "is_so", "fact": "intact"}),
    ),
    ("a field unknown on top", "chart.field.unknown", "–", lambda content, _: content.update(colour="red")),
    ("a text for a list", "chart.field.type", "J-2", put("J-2", scripts="T01")),
    ("numbers for texts", "chart.field.type", "J-2", put("J-2", scripts=[1])),
    ("a text for a flag", "chart.field.type", "B-R4", put("B-R4", inspection="yes")),
    (
        "a flag for a number of days",
        "chart.field.type",
        "C-C41",
        lambda _, by_id: by_id["C-C41"]["deadlines"][0].update(days=True),
    ),
    ("a list for a table", "chart.field.type", "C-W5", put("C-W5", rule=[])),
    ("texts for tables", "chart.field.type", "C-W5", put("C-W5", answers=["yes", "no"])),
    ("a newer format", "chart.format", "–", lambda content, _: content.update(format=2)),
    ("no format", "chart.field.missing", "–", lambda content, _: content.pop("format")),
    ("no nodes at all", "chart.node.target", "–", lambda content, _: content.update(section=[])),
]


@pytest.mark.parametrize(
    ("code", "node", "change"), [pytest.param(*rest, id=name) for name, *rest in REFUSED]
)
def test_a_malformed_chart_is_refused_with_file_node_and_reason(
    content: Content, code: str, node: str, change: Change
) -> None:
    change(content, nodes(content))
    error = refusal(content)
    assert (error.code, error.params["node"]) == (code, node)


@pytest.mark.parametrize(
    "text", ["start = ", "[[section]\n", "a = 1\na = 2", "\x00", "{", "{" + '"a":{' * 100_000]
)
def test_text_that_is_no_chart_is_refused(text: str) -> None:
    with pytest.raises(UserError) as wrong:
        load_chart(text, "shop.toml", shipped.codes())
    assert wrong.value.code == "chart.malformed"
    assert "shop.toml" in wording.sentence(wrong.value, "zh")


def test_a_shops_own_wording_and_way_is_accepted(content: Content) -> None:
    nodes(content)["K-0"]["answers"].append(
        {"id": "lost_property", "to": "Z-1", "zh": "失物招领", "en": "Lost property"}
    )
    content["section"][0]["node"].append(end("Z-1"))
    chart = read_chart(content, "shop.toml", shipped.codes())
    assert chart.nodes["Z-1"].kind is Kind.END
    assert chart.nodes["K-0"].answer("lost_property") is not None


def test_the_chart_file_says_nothing_twice() -> None:
    parsed = tomllib.loads(resources.read_text("charts", "counter.toml"))
    labels = parsed["labels"]
    for node in nodes(parsed).values():
        for answer in node.get("answers", ()):
            own = {"zh": answer.get("zh"), "en": answer.get("en")}
            assert own != labels.get(answer["id"]), (node["id"], answer["id"])
