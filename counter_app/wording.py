"""Sentences for errors, in both languages, for the window and the headless verbs alike."""

from __future__ import annotations

from functools import cache
from typing import Literal

from counter_app import resources
from counter_app.domain.errors import CounterError
from counter_app.domain.system_reasons import system_reason

Language = Literal["zh", "en"]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every error code with its `zh` and `en` template, from `resources/i18n/errors/*.toml`."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(resources.path("i18n", "errors").glob("*.toml")):
        for code, templates in resources.read_toml("i18n", "errors", file.name).items():
            if code in found:
                raise ValueError(f"{file.name}: {code} is worded twice")
            found[code] = templates
    return found


def sentence(error: CounterError, language: Language) -> str:
    """The sentence for one error. A code without wording is shown as it is, never hidden."""
    templates = catalogue().get(error.code)
    if templates is None:
        return str(error)
    return templates[language].format_map(_named(error, language))


@cache
def _fields() -> dict[str, dict[str, str]]:
    return resources.read_toml("i18n", "fields.toml")


def field_name(field: str, language: Language) -> str:
    """What a field is called: `plan.reason` like `reason`, where it has no name of its own."""
    entry = _fields().get(field) or _fields().get(field.rpartition(".")[2])
    return entry[language] if entry else field


def _named(error: CounterError, language: Language) -> dict[str, object]:
    """The parameters of a sentence: what the system said in the sentence's language, and a field that a person filled
    in by its name."""
    told = {name: _told(value, language) for name, value in error.params.items()}
    if "field" in told and error.code.startswith(("text.", "case.choice")):
        told["field"] = field_name(str(told["field"]), language)
    return told


def said_by_system(error: BaseException, language: Language) -> str:
    """What the system said of a file or a line, by itself."""
    return str(_told(system_reason(error), language))


def _told(value: object, language: Language) -> object:
    """What the system said (`domain/system_reasons.py`) becomes words; anything else stays as it is."""
    if not isinstance(value, dict) or not str(value.get("code", "")).startswith("system."):
        return value
    templates = catalogue().get(str(value["code"])) or catalogue()["system.unknown"]
    return templates[language].format_map({"number": value.get("number", ""), "text": value.get("text", "")})
