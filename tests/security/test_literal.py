"""T29, T32: what people type is shown letter by letter, wherever it comes out; nothing of it is ever run."""

import ast
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.request import urlopen

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.limits import Limits
from domain.imports.problems import Problem, Reason
from domain.names import Locale
from gateways.database.unit_of_work import unit_of_work
from gateways.spreadsheets.annotate import annotate
from gateways.spreadsheets.reader import read_spreadsheet
from jobs.runs import run_slot_now
from templates.i18n import ROOM, environment, folders, words
from templates.text import clean, safe
from tests.company import NOON, settle
from tests.conftest import ROOT
from tests.security.jobs import JOBS
from tests.wire import Wire, wire

# What would ping, link, format, calculate, turn the line round or run a template.
ESCAPES = (
    "{{7*7}}", "{{ config }}", "{% for x in (1,2) %}x{% endfor %}", "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{{ self._TemplateReference__context }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}", "{% import 'os' as o %}{{o}}", "{% include '/etc/passwd' %}",
    "{# comment #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%(name)s %s %d", "{0.__class__} {name}", "%{7*7}",
    "{{ request|attr('x') }}", "{% raw %}{{7*7}}{% endraw %}", "{{ ''|format(7*7) }}", "{{ range(10**9)|list }}",
)  # fmt: skip
HOSTILE = (
    "<!channel> <@U0ALICE>", "<https://evil.example|invoice>", "& &amp; &lt;!here&gt;", "*b* _i_ ~s~ `c`",
    ":tada: :+1:", "> quote", "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "a\u202eb\u2066c", "x\u0000y",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE person;--", "\\n\\t\\u202e",
    "<!date^1^{date}|x>", "<#C1|general>", "<!subteam^S1>", "@channel @here", "mailto:a@b.example", "```pre```",
    "\ud7ff￿", "zé\u0301\u200d👩‍🔧", "%00%0a", "a\r\nb\tc", "….,;:!?", "NULL", "None", "true", "0", "٣٤", "{}", "[]",
)  # fmt: skip
PIECES = st.sampled_from(
    [*HOSTILE, *ESCAPES, "Brake", "東", "*", "_", "<", ">", "&", " ", "`", "|", "{{", "}}"]
)
NAMES = st.lists(PIECES | st.text(max_size=4), min_size=1, max_size=3).map(lambda p: "".join(p)[:24])
COLUMNS = ("person", "region", "category", "group", "company")


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        object.__setattr__(made.workspace.settings, "rate_limits", False)
        with unit_of_work(engine) as session:
            made.made.sells(session, "alice", date(2019, 11, 4), "611101.17")
            made.made.sells(session, "alice", date(2018, 11, 4), "911101.17")
            made.made.aims(session, "alice", date(2019, 11, 1), "700000")
            settle(session)
        yield made


def storable(name: str) -> str:
    """What the database takes: the importer refuses the rest. A name has to have a letter that can be seen."""
    kept = "".join(c for c in name if c != "\0" and not "\ud800" <= c <= "\udfff").strip()
    return kept if clean(kept).strip() else "x"


def rename(on: Wire, names: dict[str, str], locale: str) -> None:
    statements = {
        "UPDATE person SET name = :person, name_zh_hant = NULL WHERE code = 'alice'": "person",
        "UPDATE region SET name = :region, name_zh_hant = NULL, name_zh_hans = NULL WHERE code = 'East'": "region",
        "UPDATE part_category SET name = :category, name_zh_hant = NULL, name_zh_hans = NULL": "category",
        "UPDATE customer SET customer_group = :group": "group",
        "UPDATE sales_daily SET customer_group = :group": "group",
    }
    with on.engine.begin() as connection:
        for statement, field in statements.items():
            connection.execute(text(statement), {field: names[field]})
        for key, value in (
            ("company.name", names["company"]),
            ("channels.regions", {names["region"]: "#east"}),
            ("company.locale", locale),
        ):
            connection.execute(
                text("UPDATE setting SET value = CAST(:v AS jsonb) WHERE key = :k"),
                {"k": key, "v": json.dumps(value)},
            )
        connection.execute(text("UPDATE person SET locale = :l"), {"l": locale})
        connection.execute(text("DELETE FROM slot"))
    on.context._read_at = 0.0


def strings(value: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """Every string Slack would show, with the type of the object it stands in."""
    if isinstance(value, str):
        yield kind, value
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, kind)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            assert value["verbatim"] is True, value
        if value.get("type") == "plain_text":
            assert value["emoji"] is False, value
        for key, inner in value.items():
            if key not in ("type", "value", "action_id", "block_id", "callback_id", "private_metadata"):
                yield from strings(inner, value.get("type", kind))


def harmless(payload: Any) -> None:
    """No angle bracket of anybody's reaches Slack, so there is no mention, link or date in it."""
    for kind, said in strings(payload):
        assert "<" not in said and ">" not in said, (kind, said)
        assert not re.search(r"&(?!amp;|lt;|gt;)", said), (kind, said)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\ue000-\ue00f]", said), (kind, said)


def flat(said: str) -> str:
    """Without spaces: how a line is broken or a Chinese sentence set does not count."""
    return re.sub(r"\s+", "", said)


def shows(said: str, name: str) -> bool:
    return flat(clean(name)) in flat(said)


def page(on: Wire, who: str, channel: str) -> str:
    """The sandbox's page, as HTML."""
    base = on.environment.slack_api_url.removesuffix("api/")
    found = on.workspace.state.channel(channel)
    with urlopen(f"{base}?as={who}&c={found.id}", timeout=10) as answer:
        read: str = answer.read().decode()
    return read


def answers(on: Wire, names: dict[str, str]) -> None:
    """Everything a command or button says with the names in it."""
    gina = on.person("gina")
    log = on.workspace.state.log
    before = log.entries[-1].number if log.entries else 0

    def said() -> str:
        shown = gina.last("#general")
        harmless(shown.blocks)
        return shown.text_content

    for typed, field in (("alice", "person"), ("East", "region"), ("company", "company")):
        assert gina.types(f"/target {typed} 2019-11", "#general").ok
        card = gina.last("#general")
        assert shows(said(), names[field]), (field, names[field], said())
        for button in ("targets.progress.why", "targets.progress.weeks"):
            gina.clicks(card, button)
            assert shows(said(), names[field]), (button, names[field], said())
        if field != "person":
            gina.clicks(card, "targets.progress.share")
    gina.opens_home()
    home = gina.home()
    assert home is not None
    harmless(home.blocks)
    for typed in (names["person"], f"who {names['group']} 2019-99"):
        outcome = gina.types(f"/target {typed}", "#general")
        assert outcome.ok, typed
        said()
    for entry in log.entries:
        if entry.number > before and entry.direction == "in":
            harmless({k: v for k, v in entry.args.items() if k in ("text", "blocks", "view")})


def posts(on: Wire, names: dict[str, str]) -> None:
    """Digests and shared answers, as they are committed, then posted and read."""
    run_slot_now(on.engine, "daily_progress", NOON, registry=JOBS, environment=on.environment)
    with on.engine.begin() as connection:
        rows = connection.execute(text("SELECT channel, payload FROM outbox ORDER BY id")).all()
        connection.execute(text("DELETE FROM outbox"))
    assert {row.channel for row in rows} >= {"#sales", "#east"}
    seen = ""
    for row in rows:
        harmless({"text": row.payload["text"], "blocks": row.payload["blocks"]})
        channel = "#sales"
        on.context.client.chat_postMessage(
            channel=channel, text=row.payload["text"], blocks=row.payload["blocks"]
        )
        seen += on.person("gina").last(channel).text_content + "\n"
    for field in COLUMNS:
        if field != "person":
            assert shows(seen, names[field]), (field, names[field], seen)


def test_whatever_people_are_called_is_shown_as_they_are_called(on: Wire) -> None:
    @settings(
        max_examples=14, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.explicit, Phase.generate], derandomize=True,
    )  # fmt: skip
    @given(
        st.fixed_dictionaries(dict.fromkeys(COLUMNS, NAMES)), st.sampled_from(["en", "zh_Hant", "zh_Hans"])
    )
    def shown(names: dict[str, str], locale: str) -> None:
        stored = {field: storable(name) for field, name in names.items()}
        rename(on, stored, locale)
        answers(on, stored)
        posts(on, stored)

    shown()


def test_every_hostile_text_is_shown_in_every_field(on: Wire) -> None:
    """The list itself, each text once as a person, a region, a category, a customer group and a company."""
    listed = [*HOSTILE, *ESCAPES]
    for start in range(0, len(listed), len(COLUMNS)):
        batch = (listed + listed)[start : start + len(COLUMNS)]
        for turn in range(0, len(COLUMNS), 2):
            turned = batch[turn:] + batch[:turn]
            names = {field: storable(name[:30]) for field, name in zip(COLUMNS, turned, strict=True)}
            rename(on, names, ("en", "zh_Hant", "zh_Hans")[start % 3])
            if turn == 0:
                answers(on, names)
            posts(on, names)
    read = page(on, "gina", "general") + page(on, "gina", "sales")
    for attack in ("<script>alert(1)", "<img src=x", "onerror=alert(1)>"):
        assert attack not in read
    assert html.escape("<script>alert(1)</script>"[:30]) in read


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), min_size=3, max_size=3))
def test_a_sheet_that_goes_back_to_people_holds_no_formula(cells: list[str]) -> None:
    written = [re.sub(r'[\r\n"\0;,\t]|[\ud800-\udfff]', " ", cell) or "x" for cell in cells]
    raw = ("料号,仓库,现存数量\n" + ",".join(f'"{cell}"' for cell in written) + "\n").encode()
    sheet = read_spreadsheet(raw, "a.csv", table="stock", today=NOON.date())
    problems = [Problem("a.csv", Reason.NOT_A_NUMBER, 2, "on_hand", written[2])]
    made = annotate(raw, sheet, problems, title="错误", row_title="行", words=lambda p: written[0])
    assert made
    for row in openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows():
        for cell in row:
            assert cell.data_type != "f" and cell.hyperlink is None, cell.value
            if isinstance(cell.value, str):
                assert not cell.value.lstrip(" \u3000").startswith(("=", "@", "＝", "＠")), cell.value


@pytest.mark.parametrize("payload", ESCAPES)
def test_a_value_is_never_a_template(payload: str) -> None:
    for locale in Locale:
        assert (
            words(locale, "refusals")
            .unknown_who(payload)
            .replace(" ", "")
            .count(safe(payload).replace(" ", ""))
            == 1
        )


def test_templates_come_from_the_repository_alone_and_are_compiled_nowhere_else() -> None:
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound

    for locale in Locale:
        made = environment(locale)
        assert isinstance(made.loader, FileSystemLoader) and made.undefined is StrictUndefined
        assert made.loader.searchpath == [str(ROOM)]
        for outside in ("../gateways/environment.py", "/etc/passwd", "../../etc/passwd"):
            with pytest.raises(TemplateNotFound):
                made.get_template(outside)
    assert len(folders()) > 10
    compiling = re.compile(
        r"(?<!bytecode_)from_string|compile_expression|\bTemplate\(|\beval\(|\bexec\(|pickle|yaml\.load|os\.system|shell=True"
    )
    offenders = []
    for room in ("bot", "cli", "domain", "gateways", "jobs", "templates"):
        for path in (ROOT / room).rglob("*.py"):
            code = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
            offenders += [f"{path}: {found[0]}" for found in compiling.finditer(code)]
    assert offenders == []
    for path in ROOM.rglob("*.j2"):
        assert not re.search(
            r"\|\s*safe|{%-?\s*(include|import|from|extends)\b(?!.*['\"][\w/]+\.j2['\"])", path.read_text()
        )
