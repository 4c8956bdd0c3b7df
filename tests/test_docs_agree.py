"""README, help and manifest say what the code does."""

import re

from bot.app import all_routes
from bot.commands import MY_DAY
from bot.manifest import SCOPES, manifest
from bot.routes import Kind
from templates.actions import ACTIONS, VIEWS
from templates.commands import ROOT, VERBS
from tests.conftest import ROOT as PROJECT
from tests.tools import feeds_page

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_scope_table_is_the_manifests() -> None:
    rows = dict(re.findall(r"^\| `([a-z.:]+)` \| (.+?) \|$", README, re.MULTILINE))
    assert rows == SCOPES
    assert manifest()["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)


def test_every_command_is_in_help_manifest_and_readme() -> None:
    commands = [route for route in all_routes() if route.kind is Kind.COMMAND]
    assert {route.id for route in commands} == {verb.name for verb in VERBS}
    in_manifest = {c["command"] for c in manifest()["features"]["slash_commands"]}
    assert in_manifest == {ROOT} | {route.alias for route in commands if route.alias}
    for route in commands:
        assert (f"`{ROOT} {route.id}" if route.id != MY_DAY else f"`{ROOT}`") in README
        assert route.alias is None or f"`{route.alias}`" in README


def test_every_action_ever_posted_is_answered() -> None:
    answered = {route.id for route in all_routes() if route.kind in (Kind.ACTION, Kind.VIEW)}
    assert answered == {action.id for action in ACTIONS} | set(VIEWS)


def test_no_two_routes_share_an_id() -> None:
    keys = [(route.kind, route.id) for route in all_routes()]
    assert len(keys) == len(set(keys))


def test_the_manifest_keeps_slacks_limits() -> None:
    made = manifest(request_url="https://parts.example/slack/events")
    shown = made["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    for command in made["features"]["slash_commands"]:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
        assert command["url"] == "https://parts.example/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False


def test_every_picture_and_page_that_is_named_is_there() -> None:
    for page in [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_readme_is_short() -> None:
    assert README.count("\n") <= 120


def test_the_page_of_feeds_is_the_codes() -> None:
    """`python -m tests.tools.feeds_page` writes it."""
    assert feeds_page.PAGE.read_text(encoding="utf-8") == feeds_page.page()
