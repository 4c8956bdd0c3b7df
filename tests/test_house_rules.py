"""The house rules of the design, as checks: sizes, rooms, and what must not be said where."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("bot", "cli", "domain", "gateways", "jobs", "sandbox", "templates")
# Written by a tool, or one long table of statements by nature.
GENERATED = ("gateways/database/migrations/versions/",)
# Data files of words that people type, not words that people read.
TYPED_WORDS = (
    "domain/rules/period_words.py",
    "domain/rules/periods.py",
    "domain/targets/scopes.py",
    "domain/imports/departments.py",
    "gateways/spreadsheets/",
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def sources(*rooms: str) -> Iterator[tuple[str, ast.Module, str]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(GENERATED):
                text = path.read_text(encoding="utf-8")
                yield name, ast.parse(text), text


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_at_most_400_lines() -> None:
    long = {name: text.count("\n") for name, _, text in sources(*ROOMS, "tests") if text.count("\n") > 400}
    assert long == {}


def test_functions_are_at_most_60_lines_and_listeners_15() -> None:
    long = []
    for name, tree, _ in sources(*ROOMS, "tests"):
        cap = 15 if name.startswith("bot/") and name.endswith("listeners.py") else 60
        long += [f"{name}:{f.lineno} {f.name} {length(f)}" for f in functions(tree) if length(f) > cap]
    assert long == []


def test_one_conftest_of_at_most_150_lines() -> None:
    found = list((ROOT / "tests").rglob("conftest.py"))
    assert found == [ROOT / "tests" / "conftest.py"]
    assert found[0].read_text().count("\n") <= 150


def test_only_the_unit_of_work_commits() -> None:
    offenders = [
        name
        for name, _, text in sources(*ROOMS)
        if ".commit(" in text and name != "gateways/database/unit_of_work.py"
    ]
    assert offenders == []


def test_the_domain_asks_no_clock_environment_or_dice() -> None:
    banned = re.compile(
        r"\b(datetime\.now|date\.today|datetime\.utcnow|time\.time|os\.environ|random\.|uuid4)\b"
    )
    assert [name for name, _, text in sources("domain") if banned.search(text)] == []


def test_only_the_gateway_reads_the_environment() -> None:
    allowed = {"gateways/environment.py", "gateways/database/embedded.py"}
    offenders = [
        name
        for name, _, text in sources("bot", "domain", "gateways", "jobs", "templates")
        if re.search(r"os\.environ|getenv", text) and name not in allowed
    ]
    assert offenders == []


def docstrings(tree: ast.Module) -> set[int]:
    """Ids of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def test_no_words_for_people_outside_templates() -> None:
    """No Chinese, and no text of a block or message, in the rooms that answer."""
    offenders = []
    for name, tree, _ in sources("bot", "domain", "gateways", "jobs"):
        if name.startswith(TYPED_WORDS):
            continue
        skip = docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) not in skip and HAN.search(node.value):
                    offenders.append(f"{name}:{node.lineno} {node.value[:20]}")
            elif isinstance(node, ast.keyword) and node.arg in ("text", "title"):
                spoken = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
                if (spoken and " " in node.value.value) or isinstance(node.value, ast.JoinedStr):  # type: ignore[attr-defined]
                    offenders.append(f"{name}:{node.value.lineno} text=")
    assert offenders == []


def test_no_mock_of_slack() -> None:
    offenders = [
        n for n, _, text in sources("tests") if re.search(r"Mock\(WebClient|MagicMock|patch\(", text)
    ]
    assert offenders == ["tests/test_house_rules.py"]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
    assert [n for n, _, text in sources(*ROOMS) if marks.search(text)] == []


def test_broad_excepts_stand_in_funnels_only() -> None:
    """A broad `except` swallows; each funnel says why it may."""
    funnels: set[str] = set()
    for name, tree, _ in sources(*ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                kinds = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
                if node.type is None or any(isinstance(k, ast.Name) and k.id == "Exception" for k in kinds):
                    funnels.add(name)
    assert funnels <= {"bot/funnel.py", "jobs/funnel.py", "sandbox/funnel.py"}


def test_the_second_level_is_the_feature_with_the_same_name_in_each_room() -> None:
    features = {
        "targets", "plans", "reviews", "complaints", "stock", "forecasts", "orders", "customers", "market",
        "promotions", "performance", "meetings", "people", "rules", "monitoring", "imports",
    }  # fmt: skip
    engines = {"events", "computations", "delivery", "locales"}
    for room in ("domain", "bot", "jobs"):
        folders = {p.parent.name for p in (ROOT / room).glob("*/__init__.py")}
        assert folders <= features | engines, room


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_package_index_and_no_path_of_a_machine_is_named() -> None:
    banned = re.compile(r"files\.pythonhosted|pypi\.org|registry\.npmjs|index-url|/work/(main|shared)|/root/")
    offenders = []
    for path in tracked():
        if path.suffix in {".png", ".mo"} or path.name in {"test_house_rules.py", "audit.py", "lock.py"}:
            continue
        if banned.search(path.read_text(encoding="utf-8", errors="replace")):
            offenders.append(path.relative_to(ROOT).as_posix())
    assert offenders == []


def test_every_room_has_tests() -> None:
    for room in ROOMS:
        assert any((ROOT / "tests" / room).rglob("test_*.py")), room
