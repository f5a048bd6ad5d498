"""What must not be in the product's own files, and where its files lie."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "DEVELOPERS.md", "LICENSE", "README.md", "counter_app", "docs", "main.py",
    "packaging", "pyproject.toml", "resources", "tests",
}  # fmt: skip
BINARY = {
    ".ttf",
    ".png",
    ".jpg",
    ".jpeg",
    ".ico",
    ".qm",
    ".xlsx",
    ".xls",
    ".pdf",
    ".sqlite3",
    ".zip",
    ".gz",
    ".icns",
}


def product_files() -> list[Path]:
    """Every file that is part of the product: what git follows, or in a copy without git, what lies there."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if listed.returncode == 0:
            return [found for name in listed.stdout.split("\0") if name and (found := ROOT / name).is_file()]
    made = {".venv", "build", "dist", "__pycache__"}
    return [
        found
        for found in ROOT.rglob("*")
        if found.is_file()
        and not made.intersection(parts := found.relative_to(ROOT).parts)
        and not (parts[0].startswith(".") and parts[0] not in TOP_LEVEL)
    ]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {
        found.relative_to(ROOT).as_posix(): found.read_bytes().decode("utf-8", errors="replace")
        for found in product_files()
        if found.suffix.lower() not in BINARY
    }


def naming(texts: dict[str, str], pattern: str) -> list[str]:
    sought = re.compile(pattern)
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for name, text in texts.items()
        for hit in sought.finditer(text)
    ]


def test_no_address_of_a_package_index_is_committed(texts: dict[str, str]) -> None:
    assert naming(texts, r"https?://[^\s\"'<>)]*(?:/simple\b|registr[y]|/pyp[i]|pypi\.or[g])") == []
    assert naming(texts, r"--(?:extra-)?index-ur[l][ =]\S|registr[y]=") == []


def test_no_path_of_one_machine_is_committed(texts: dict[str, str]) -> None:
    # Character classes keep this file itself from matching.
    assert (
        naming(texts, r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]|op[t])/\w+|[\"' ]/tm[p]/\w+|[A-Z]:\\User[s]\\")
        == []
    )


def test_the_top_level_is_the_fixed_one() -> None:
    assert {found.relative_to(ROOT).parts[0] for found in product_files()} <= TOP_LEVEL


def test_no_f_string_inside_tr(texts: dict[str, str]) -> None:
    # lupdate would copy the braces word for word and no translation would ever match at run time.
    wrong = [
        f"{name}:{call.lineno}"
        for name, text in texts.items()
        if name.startswith("counter_app/") and name.endswith(".py")
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and (getattr(call.func, "attr", None) or getattr(call.func, "id", None)) in {"tr", "translate"}
        and any(isinstance(part, ast.JoinedStr) for given in call.args for part in ast.walk(given))
    ]
    assert wrong == []


def test_every_error_is_worded_in_both_languages() -> None:
    from counter_app import wording

    unworded = [code for code, told in wording.catalogue().items() if not (told.get("zh") and told.get("en"))]
    assert unworded == []


def test_every_error_that_is_raised_is_worded(texts: dict[str, str]) -> None:
    from counter_app import wording

    raised = {
        (first.value, f"{name}:{call.lineno}")
        for name, text in texts.items()
        if name.startswith("counter_app/") and name.endswith(".py")
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", None) in {"CounterError", "UserError", "SurroundingsError"}
        and call.args
        and isinstance(first := call.args[0], ast.Constant)
    }
    assert sorted(f"{place} {code}" for code, place in raised if code not in wording.catalogue()) == []
    assert len(raised) > 3


def test_every_parameter_of_a_sentence_stands_in_both_languages() -> None:
    from counter_app import wording

    def parameters(template: str) -> set[str]:
        # A name may be given in both languages: {category} in the Chinese, {category_en} in the English.
        return {name.removesuffix("_en").removesuffix("_zh") for name in re.findall(r"\{(\w+)", template)}

    differing = [
        code for code, told in wording.catalogue().items() if parameters(told["zh"]) != parameters(told["en"])
    ]
    assert differing == []
