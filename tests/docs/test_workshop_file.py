"""The form of a workshop file is documented as it is: the schema is the program's, the page names every key."""

import json
import os
import re
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from companion.intake import form, reading
from companion.intake.form import WorkshopFile
from companion.places import demo_file

DOCS: Final = Path(__file__).parents[2] / "docs"
SCHEMA: Final = DOCS / "workshop.schema.json"
PAGE: Final = DOCS / "WORKSHOP_FILE.md"


def schema() -> dict[str, Any]:
    made = msgspec.json.schema(WorkshopFile)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A workshop file", **made}


def names() -> set[str]:
    return {name for part in schema()["$defs"].values() for name in part.get("properties", {})}


def test_the_schema_is_the_one_that_the_program_reads_by() -> None:
    written = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("WRITE_SCHEMA"):
        SCHEMA.write_text(written, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == written, "WRITE_SCHEMA=1 pytest tests/docs writes it anew"


@pytest.mark.parametrize("name", sorted(names()))
def test_the_page_names_every_key(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", sorted({*form.ROLES, *form.KINDS, *form.REPLIES, *form.FORMATS}))
def test_the_page_names_every_word_of_the_closed_sets(word: str) -> None:
    assert f"`{word}`" in PAGE.read_text(encoding="utf-8")


def test_the_example_on_the_page_is_read() -> None:

    example = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example) == 1
    assert len(reading.read(example[0].encode()).form.agenda_items) == 1


def test_the_demo_keeps_to_the_schema() -> None:
    demo = json.loads(demo_file().read_bytes())
    assert broken(demo, schema(), schema()["$defs"]) == []


def broken(value: Any, rule: dict[str, Any], known: dict[str, Any], at: str = "$") -> list[str]:  # noqa: ANN401 (JSON)
    """Return where `value` does not keep to a rule: as much of JSON Schema as ours uses."""
    if "$ref" in rule:
        return broken(value, known[rule["$ref"].rpartition("/")[2]], known, at)
    if "anyOf" in rule:
        found = [broken(value, each, known, at) for each in rule["anyOf"]]
        return [] if [] in found else found[0]
    faults = [f"{at} is not {rule['type']}"] if "type" in rule and not is_of(value, rule["type"]) else []
    if "enum" in rule and value not in rule["enum"]:
        faults.append(f"{at} is none of {rule['enum']}")
    if "pattern" in rule and isinstance(value, str) and not re.search(rule["pattern"], value):
        faults.append(f"{at} does not match {rule['pattern']}")
    return faults + broken_inside(value, rule, known, at)


def broken_inside(value: Any, rule: dict[str, Any], known: dict[str, Any], at: str) -> list[str]:  # noqa: ANN401 (JSON)
    if isinstance(value, list):
        places = [(f"{at}[{index}]", each, rule.get("items", {})) for index, each in enumerate(value)]
    elif isinstance(value, dict):
        other = rule.get("additionalProperties", {})
        places = [(f"{at}.{name}", each, rule.get("properties", {}).get(name, other)) for name, each in value.items()]
    else:
        places = []
    missing = [f"{at}.{name} is missing" for name in rule.get("required", []) if name not in value]
    return [*missing, *(fault for place, each, inner in places for fault in broken(each, inner, known, place))]


def is_of(value: Any, kind: str) -> bool:  # noqa: ANN401 (JSON)
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    return isinstance(value, kinds[kind]) and (kind != "integer" or not isinstance(value, bool))
