"""Every error these services can raise has its sentence in both languages, with the figures it is given."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import counter_app
from counter_app import wording

PACKAGE = Path(counter_app.__file__).parent
SOURCES = (
    *(
        PACKAGE / "services" / f"{name}.py"
        for name in [
            "setup",
            "staff",
            "pins",
            "roles",
            "policy",
            "settings",
            "products",
            "sales",
            "sale_reading",
            "sale_split",
            "sale_rows",
            "lookup",
            "people",
            "imports",
            "import_chunks",
            "import_holds",
            "import_items",
            "import_products",
            "shift",
            "photos",
            "pictures",
            "attachment_files",
        ]
    ),
    *(PACKAGE / "archive" / "imports").glob("*.py"),
    PACKAGE / "domain" / "new_sale.py",
    PACKAGE / "verbs" / "import_sales.py",
)
RAISERS = {"UserError", "SurroundingsError", "CounterError", "refuse", "Reason"}


def _raised() -> dict[tuple[str, frozenset[str]], str]:
    """(code, names of the parameters) → where."""
    found = {}
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            code = node.args[0]
            if node.func.id in RAISERS and isinstance(code, ast.Constant) and isinstance(code.value, str):
                names = {word.arg for word in node.keywords if word.arg}
                if node.func.id == "refuse":
                    names.add("file")
                if node.func.id == "Reason" and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    names |= {key.value for key in node.args[1].keys if isinstance(key, ast.Constant)}
                found[code.value, frozenset(names)] = f"{file.name}:{node.lineno}"
    return found


RAISED = _raised()


def test_the_errors_were_found() -> None:
    assert len({code for code, _ in RAISED}) > 100


@pytest.mark.parametrize(("code", "names"), sorted(RAISED, key=lambda one: (one[0], sorted(one[1]))))
def test_an_error_is_worded_with_what_it_is_given(code: str, names: frozenset[str]) -> None:
    templates = wording.catalogue().get(code)
    assert templates is not None, f"{code} ({RAISED[code, names]}) has no words"
    for language in ("zh", "en"):
        wanted = {name for _, name, _, _ in string.Formatter().parse(templates[language]) if name}
        assert wanted <= names, f"{code} ({RAISED[code, names]}) lacks {wanted - names} for {language}"
