"""The budget of docs/manners.md, held for four weeks of a company of forty."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.people.views import Kind
from domain.rules.company import load_company
from domain.rules.hours import hours_of
from domain.rules.working_days import Calendar
from gateways.database.engine import make_engine
from gateways.database.unit_of_work import read_only
from templates.actions import DIGEST_WHY, SETTINGS_OPEN, SNOOZE
from tests.conftest import ROOT
from tests.jobs.four_weeks import CHOICES, FIRST, LAST, PAUSED, SHANGHAI, Month, Said, set_up

PER_PERSON_AND_DAY, PER_CHANNEL_AND_DAY = 2, 1
DAYS = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]


@pytest.fixture(scope="module")
def month(database_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Lived through once for all the questions."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    admin = create_engine(database_server, isolation_level="AUTOCOMMIT", pool_size=1)
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE four_weeks TEMPLATE partsplan_template"))
    url = make_url(database_server).set(database="four_weeks").render_as_string(hide_password=False)
    engine = make_engine(url)
    folder: Path = tmp_path_factory.mktemp("hengtong")
    yield set_up(engine, folder).run()
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE four_weeks WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def session(month: Month) -> Iterator[Session]:
    with read_only(month.engine) as opened:
        yield opened


@pytest.fixture
def calendar(session: Session) -> Calendar:
    return load_company(session).calendar


def direct(month: Month) -> list[Said]:
    return [said for said in month.said if said.is_direct]


def local_day(month: Month, said: Said) -> date:
    return month.people[said.channel].local(said.at).date()


def test_the_budget_is_what_the_page_says(
    month: Month, calendar: Calendar, capsys: pytest.CaptureFixture[str]
) -> None:
    per_day = Counter((said.channel, local_day(month, said)) for said in direct(month))
    most = max(per_day.values())
    working = [day for day in DAYS if calendar.is_working(day)]
    digests = Counter((s.channel, s.at.astimezone(SHANGHAI).date()) for s in month.said if not s.is_direct)
    mean = len(direct(month)) / (40 * len(working))
    spread = Counter(per_day.values())
    own = sum(who == whom for _, who, whom in month.acts)
    with capsys.disabled():
        print(f"\n{len(DAYS)} days, {len(working)} worked, 40 people: {len(direct(month))} direct messages,"
              f" {mean:.2f} a person and working day, at most {most};"
              f" {spread[1]} person-days with one, {spread[2]} with two;"
              f" {len(digests)} channel digests, at most {max(digests.values())} a channel and day;"
              f" {len(month.acts)} roles given, {own} to oneself")  # fmt: skip
    assert most <= PER_PERSON_AND_DAY and max(digests.values()) <= PER_CHANNEL_AND_DAY
    assert mean <= 1, "most people hear of us once a day at the most"
    assert len(month.acts) > 80 and len(direct(month)) > 300, "there was something to be told"
    page = (ROOT / "docs" / "manners.md").read_text(encoding="utf-8")
    assert f"at most {PER_PERSON_AND_DAY} a person and working day" in page
    assert f"at most {PER_CHANNEL_AND_DAY} a channel and day" in page
    assert f"{len(direct(month))} in {len(working)} working days: {mean:.2f}" in page
    assert f"{most} ({spread[2]} person-days; {spread[1]} with one)" in page
    assert f"{sum(digests.values())}, at most" in page and f"0 of {own} roles" in page


def test_nothing_on_days_off(month: Month, calendar: Calendar) -> None:
    for said in month.said:
        day = local_day(month, said) if said.is_direct else said.at.astimezone(SHANGHAI).date()
        assert calendar.is_working(day), said
    assert calendar.is_working(date(2026, 10, 10)) and not calendar.is_working(date(2026, 10, 1))
    assert any(said.at.astimezone(SHANGHAI).date() == date(2026, 10, 10) for said in month.said)


def test_nothing_in_quiet_hours_not_even_when_slack_was_slow(month: Month, session: Session) -> None:
    company = load_company(session)
    for said in month.said:
        if said.is_direct:
            reader = month.people[said.channel]
            local, quiet = reader.local(said.at), reader.quiet
        else:
            local = said.at.astimezone(_zone(hours_of(company, "daily_progress", said.channel).timezone))
            quiet = company.quiet
        assert not quiet.covers(local.time()), said
        left = quiet.left(local.time())
        if left is not None and said.is_digest and not _carries_news(said):
            assert said.lives is not None and said.lives <= left + timedelta(seconds=1), said


def _carries_news(said: Said) -> bool:
    """What waited for somebody must not be lost should Slack be away until the evening."""
    return any(words in str(said.payload) for words in ("Also for you", "另外通知你"))


def _zone(name: str):  # type: ignore[no-untyped-def]
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def test_snoozed_means_silent_and_a_leave_too(month: Month) -> None:
    for code, (first, until) in PAUSED.items():
        days = [local_day(month, said) for said in direct(month) if said.channel == month.slack[code]]
        assert [day for day in days if (first or FIRST) <= day < until] == [], code
        if first:
            assert days, f"{code} hears of us before and after"
    digests = [s for s in direct(month) if s.channel == month.slack["E024"] and s.is_digest]
    assert digests == [], "one kind alone"


def test_nobody_is_told_of_their_own_act(month: Month) -> None:
    own = [whom for _, who, whom in month.acts if who == whom]
    assert own, "somebody gave themselves a role"
    names = {"E014": ("Kevin Ong", "王凱文", "王凯文"), "E013": ("Xie Min", "謝敏", "谢敏")}
    for code, spelled in names.items():
        told = [s for s in direct(month) if s.channel == month.slack[code]]
        assert not any(name in str(s.payload) for s in told for name in spelled), code


def test_everybody_else_is_told_sooner_or_later(month: Month, session: Session) -> None:
    waiting = set(
        session.scalars(text("SELECT slack_user_id FROM held_message JOIN person ON id = person_id"))
    )
    heard = {
        said.channel
        for said in direct(month)
        if "role" in str(said.payload).lower() or "角色" in str(said.payload)
    }
    for at, who, whom in month.acts:
        if who != whom and at.astimezone(SHANGHAI).date() < date(2026, 10, 22):
            assert month.slack[whom] in heard or whom in ("E023",), (at, whom)
    assert month.slack["E023"] in waiting or all(whom != "E023" for _, _, whom in month.acts)


def test_the_same_fact_is_not_told_twice(month: Month) -> None:
    digests = Counter((s.channel, s.thing) for s in month.said if s.is_digest)
    assert set(digests.values()) == {1}
    news = Counter((s.channel, local_day(month, s), s.payload["text"]) for s in direct(month))
    assert set(news.values()) == {1}


def test_everybodys_own_hour(month: Month) -> None:
    def hours(code: str) -> set[str]:
        reader = month.people[month.slack[code]]
        return {
            f"{reader.local(said.at):%H:%M}"
            for said in direct(month)
            if said.is_digest and said.channel == reader.slack_user_id and _on_time(said)
        }

    assert hours("E021") == {"10:00"} and hours("E022") == {"07:00"} and hours("E026") == {"09:30"}
    assert hours("E027") == {"17:30"} and hours("E029") == {"08:30"} and hours("E028") == {"08:30"}
    assert set(CHOICES) >= {"E021", "E022", "E026", "E027", "E029"}


def _on_time(said: Said) -> bool:
    return said.at.astimezone(SHANGHAI).date() not in {
        date(2026, 10, 13),
        date(2026, 10, 14),
        date(2026, 10, 20),
    }


def test_a_late_digest_comes_while_it_is_early_enough(month: Month) -> None:
    days = {
        day: [s for s in month.said if s.is_digest and s.at.astimezone(SHANGHAI).date() == day]
        for day in DAYS
    }
    assert {s.at.astimezone(SHANGHAI).hour for s in days[date(2026, 10, 13)] if s.channel == "#east"} == {13}
    assert [s for s in days[date(2026, 10, 14)] if s.channel == "#east"] == [], "ten hours late is yesterday"
    assert [s for s in days[date(2026, 10, 20)] if s.channel == month.slack["E027"]] == [], (
        "it would be evening"
    )


def test_channels_have_their_days_and_hours(month: Month) -> None:
    weekdays = {s.at.astimezone(SHANGHAI).weekday() for s in month.said if s.channel == "#north"}
    assert weekdays == {0, 3}
    assert [s for s in month.said if s.channel == "#south"] == []
    assert {
        f"{s.at.astimezone(_zone('Asia/Tokyo')):%H:%M}"
        for s in month.said
        if s.channel == "#northwest" and _on_time(s)
    } == {"18:30"}


def test_every_message_says_why_and_offers_peace_and_settings(month: Month) -> None:
    for said in month.said:
        used = {e.get("action_id") for b in said.payload["blocks"] for e in b.get("elements", ())}
        assert {DIGEST_WHY.id, SNOOZE.id, SETTINGS_OPEN.id} <= used, said.thing
    assert set(Kind) == {"daily_progress", "news"}
