"""What an administrator sees and changes in the company's settings, over HTTP; what others may not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.limits import Limits
from gateways.database.unit_of_work import unit_of_work
from sandbox.screen import VisibleView
from tests.company import settle
from tests.wire import Wire, wire

NOVEMBER = date(2019, 11, 1)


@pytest.fixture
def on(engine: Engine) -> Iterator[Wire]:
    with wire(engine) as made:
        made.context.limits = Limits(per_minute=10**6)
        with unit_of_work(engine) as session:
            made.made.sells(session, "alice", date(2019, 11, 4), "500")
            made.made.aims(session, "alice", NOVEMBER, "2100", region="East")
            settle(session)
        yield made


def modal(on: Wire, who: str = "adam") -> VisibleView:
    shown = on.person(who).modal()
    assert shown is not None
    return shown


def opened(on: Wire, page: str | None = None, who: str = "adam") -> VisibleView:
    """The company's settings, at a page."""
    person = on.person(who)
    outcome = person.types("/parts company", "#general")
    assert outcome.ok, outcome
    if page:
        assert person.clicks(page).ok
    return modal(on, who)


def setting(on: Wire, key: str) -> Any:
    with on.engine.connect() as connection:
        return connection.scalar(text("SELECT value FROM setting WHERE key = :key"), {"key": key})


def events(on: Wire, subject: str) -> list[tuple[Any, Any]]:
    with on.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT before, after FROM event WHERE subject_id = :s ORDER BY seq"), {"s": subject}
        )
        return [(row.before, row.after) for row in rows]


def edit(on: Wire, row: str, who: str = "adam") -> None:
    """Press the button of a line, by what is read aloud."""
    shown = modal(on, who)
    control = next(c for c in shown.controls if c.element.get("accessibility_label") == row)
    person = on.person(who)
    assert person._act(shown, control, None).ok


def test_the_overview_shows_everything_and_every_page_opens(on: Wire) -> None:
    shown = opened(on)
    assert shown.title == "Company Settings"
    for words in ("For purposes: 1. For regions: 2 of 2.", "every working day at 08:30 (UTC)",
                  "Quiet hours: 19:00 to 08:00", "People: 8; 1 of them"):  # fmt: skip
        assert words in shown.text_content, words
    assert "#east: has not been due yet" in shown.text_content
    for page in ("Channels", "Schedules", "Hours", "Calendar", "Thresholds", "Roles"):
        on.person("adam").clicks(page)
        assert modal(on).title != "Company Settings"
        on.person("adam").clicks("Back")
        assert modal(on).title == "Company Settings"


@pytest.mark.parametrize(
    "typed", ["/parts company", "/parts settings company", "/parts 公司", "/parts 設定 公司设置"]
)
def test_it_is_for_administrators_alone(on: Wire, typed: str) -> None:
    for who in ("alice", "carol", "dora", "gina", "wei"):
        person = on.person(who)
        person.types(typed, "#general")
        assert person.modal() is None
        words = "管理員" if who == "wei" else "Only an administrator"
        assert words in person.last("#general").text_content
    assert opened(on).title == "Company Settings"


def test_a_right_lost_while_the_form_was_open_refuses_the_form(on: Wire) -> None:
    opened(on, "Thresholds")
    with on.engine.begin() as connection:
        connection.execute(text("UPDATE role_grant SET valid_to = '2019-11-14' WHERE role = 'admin'"))
    on.person("adam").fills("rules.thresholds.behind", "95").submits()
    assert setting(on, "thresholds.behind_percent") is None
    assert "Only an administrator" in on.person("adam").last("@PartsPlan").text_content


def test_home_has_the_button_for_administrators_alone(on: Wire) -> None:
    for who, has in (("adam", True), ("alice", False)):
        home = on.person(who).opens_home()
        on.workspace.settle()
        home = on.person(who).home()
        assert home is not None and ("Company Settings" in home.buttons) is has
    adam = on.person("adam")
    adam.clicks(adam.home(), "Company Settings")
    assert modal(on).title == "Company Settings"


def test_a_region_moves_to_another_channel_and_the_wide_audience_is_warned_of(on: Wire) -> None:
    for number in range(12):
        on.workspace.add_user(f"guest{number}")
    on.workspace.add_channel("everybody")
    opened(on, "Channels")
    edit(on, "Edit East")
    adam = on.person("adam")
    assert modal(on).control("rules.channels.name").element["initial_value"] == "#east"
    adam.fills("rules.channels.channel", "#everybody").fills("rules.channels.language", "繁體中文")
    assert not adam.submits().errors
    read = modal(on).text_content
    assert "East now goes to #everybody." in read
    assert "#everybody has 20 members, but only 5 people belong to East." in read
    assert setting(on, "channels.regions") == {"East": "#everybody", "West": "#west"}
    assert setting(on, "channel_settings") == {"#everybody": {"locale": "zh_Hant"}}
    before, after = events(on, "channels.regions")[-1]
    assert before["value"]["East"] == "#east" and after["value"]["East"] == "#everybody"


def test_a_channel_can_be_named_and_a_bad_name_is_told_under_the_field(on: Wire) -> None:
    opened(on, "Channels")
    edit(on, "Edit Finance department")
    adam = on.person("adam")
    errors = adam.fills("rules.channels.name", "Finance Team").submits().errors
    assert list(errors.values()) == ["Write it as Slack shows it: #east, small letters, no spaces."]
    assert not adam.fills("rules.channels.name", "finance").submits().errors
    assert setting(on, "channels.finance") == "#finance"
    edit(on, "Edit Finance department")
    adam.fills("rules.channels.name", "")
    assert not adam.submits().errors
    assert setting(on, "channels.finance") is None
    assert events(on, "channels.finance")[-1] == ({"value": "#finance"}, {"value": None})


def test_a_private_channel_without_us_is_told_of(on: Wire) -> None:
    on.workspace.add_channel("board", ["adam"], is_private=True)
    opened(on, "Channels")
    edit(on, "Edit Management")
    adam = on.person("adam")
    errors = adam.fills("rules.channels.channel", "#board").submits().errors
    assert "Invite it there" in next(iter(errors.values()))


def test_a_channel_gets_its_own_hour_zone_and_days(on: Wire) -> None:
    opened(on, "Schedules")
    edit(on, "Edit #west")
    adam = on.person("adam")
    shown = modal(on)
    assert shown.control("rules.schedules.at").element["initial_time"] == "08:30"
    assert "台北" not in shown.text_content and adam.options(shown, "rules.schedules.zone", "台北") == [
        "Asia/Taipei"
    ]
    adam.fills("rules.schedules.at", "09:15").fills("rules.schedules.zone", "Asia/Taipei")
    adam.fills("rules.schedules.days", ["Monday", "Thursday"])
    assert not adam.submits().errors
    assert "#west: Monday, Thursday at 09:15, on working days (Asia/Taipei)." in modal(on).text_content
    assert setting(on, "schedules.daily_progress.channels") == {
        "#west": {"at": "09:15", "timezone": "Asia/Taipei", "days": ["mon", "thu"]}
    }
    edit(on, "Edit #west")
    adam.fills("rules.schedules.at", "08:30").fills("rules.schedules.zone", "UTC")
    adam.fills(
        "rules.schedules.days", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    )
    adam.submits()
    assert setting(on, "schedules.daily_progress.channels") is None, "what is as everywhere is not kept"


def test_an_hour_in_the_quiet_hours_is_refused_under_the_field_and_nothing_is_lost(on: Wire) -> None:
    opened(on, "Schedules")
    edit(on, "Edit #east")
    adam = on.person("adam")
    errors = adam.fills("rules.schedules.at", "20:00").submits().errors
    assert next(iter(errors.values())).startswith(
        "20:00 is in the quiet hours (19:00 to 08:00). Choose 08:00 or later"
    )
    assert modal(on).title == "Daily Progress"
    adam.fills("rules.schedules.days", [])
    errors = adam.fills("rules.schedules.at", "10:00").submits().errors
    assert next(iter(errors.values())).startswith("Choose at least one day")
    adam.fills("rules.schedules.enabled", "Does not come")
    assert not adam.submits().errors
    assert setting(on, "schedules.daily_progress.channels")["#east"]["enabled"] is False


def test_preview_and_test_post_nothing_and_show_numbers_to_those_who_may_see_them_alone(on: Wire) -> None:
    opened(on, "Schedules")
    edit(on, "Edit #east")
    adam = on.person("adam")
    adam.clicks("Preview")
    read = modal(on).text_content
    assert "This is what #east would read now." in read and "The numbers are made up" in read
    assert "500 of 2,100" not in read
    adam.closes()
    adam.clicks("Send Me a Test")
    assert "A test for #east is in your messages" in modal(on).text_content
    assert "The numbers are made up" in adam.last("@PartsPlan").text_content
    with on.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO role_grant (person_id, role) SELECT id, 'executive' FROM person WHERE code = 'adam'"
            )
        )
    adam.clicks("Send Me a Test")
    read = adam.last("@PartsPlan").text_content
    assert "500 of 2,100" in read and "made up" not in read and "Only you see this".lower() in read.lower()
    adam.clicks("Preview")
    assert "500 of 2,100" in modal(on).text_content
    assert [m for m in adam.sees("#east") if m.author == "PartsPlan"] == []
    with on.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM outbox")) == 0


def test_quiet_hours_and_language_change_and_the_digest_moves_with_them(on: Wire) -> None:
    opened(on, "Hours")
    adam = on.person("adam")
    errors = adam.fills("rules.basics.quiet_from", "09:00").submits().errors
    assert "less than four hours" in next(iter(errors.values()))
    adam.fills("rules.basics.quiet_from", "18:00").fills("rules.basics.quiet_to", "09:30")
    adam.fills("rules.basics.language", "简体中文")
    assert not adam.submits().errors
    read = modal(on).text_content
    assert "Quiet hours: 18:00 to 09:30." in read and "it comes at 09:30" in read
    assert (setting(on, "quiet.from"), setting(on, "quiet.to")) == ("18:00", "09:30")
    assert setting(on, "company.locale") == "zh_Hans"


def test_thresholds_change_what_a_target_is_called(on: Wire) -> None:
    opened(on, "Thresholds")
    adam = on.person("adam")
    errors = adam.fills("rules.thresholds.far_behind", "95").submits().errors
    assert next(iter(errors.values())).startswith("This must be less than")
    adam.fills("rules.thresholds.tolerance", "2.5").fills("rules.thresholds.behind", "60")
    adam.fills("rules.thresholds.far_behind", "40")
    assert not adam.submits().errors
    assert "behind below 60 %, far behind below 40 %" in modal(on).text_content
    assert setting(on, "thresholds.tolerance_points") == 2.5
    assert setting(on, "thresholds.behind_percent") == 60
    assert len(events(on, "thresholds.behind_percent")) == 1


def test_a_day_off_is_added_seen_and_taken_out(on: Wire) -> None:
    opened(on, "Calendar")
    adam = on.person("adam")
    adam.fills("rules.calendar.day", "2019-12-24").fills("rules.calendar.label", "Party <!channel>")
    assert not adam.submits().errors
    read = modal(on).text_content
    assert "24 December is in the calendar." in read
    assert "24 December (Tuesday): day off, Party <!channel>" in read
    errors = adam.fills("rules.calendar.day", "2019-12-24").submits().errors
    assert "Adam entered it" in next(iter(errors.values()))
    for day, kind, words in (
        ("2019-11-14", "A day off", "This day is over"),
        ("2019-12-14", "A day off", "weekend day anyway"),
        ("2019-12-13", "A weekend day that is worked", "working day anyway"),
    ):
        adam.fills("rules.calendar.day", day).fills("rules.calendar.kind", kind)
        assert words in next(iter(adam.submits().errors.values()))
    adam.clicks("Remove")
    assert "24 December is an ordinary day again." in modal(on).text_content
    kinds = [(b and b["value"], a["value"]) for b, a in events(on, "calendar.2019-12-24")]
    party = {"working": False, "label": "Party <!channel>"}
    assert kinds == [(None, party), (party, None)]


def second_admin(on: Wire) -> None:
    with on.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO role_grant (person_id, role) SELECT id, 'admin' FROM person WHERE code = 'wei'")
        )


@pytest.mark.parametrize(
    ("page", "row", "field", "value", "key"),
    [
        ("Thresholds", None, "rules.thresholds.behind", "95", "thresholds.behind_percent"),
        ("Hours", None, "rules.basics.quiet_from", "18:00", "quiet.from"),
        ("Schedules", "Edit #east", "rules.schedules.at", "10:00", "schedules.daily_progress.channels"),
        ("Channels", "Edit East", "rules.channels.name", "#east2", "channels.regions"),
    ],
)
def test_whoever_comes_second_is_told_who_changed_it_and_sees_the_new_value(
    on: Wire, page: str, row: str | None, field: str, value: str, key: str
) -> None:
    second_admin(on)
    chinese = {"Thresholds": "門檻", "Hours": "時段", "Schedules": "時程", "Channels": "頻道"}
    opened(on, page)
    opened(on, chinese[page], who="wei")
    if row:
        edit(on, row)
        edit(on, row.replace("Edit East", "編輯華東").replace("Edit", "編輯"), who="wei")
    wei, adam = on.person("wei"), on.person("adam")
    other = {"95": "85", "18:00": "17:00", "10:00": "11:00", "#east2": "#east3"}[value]
    assert not wei.fills(field, other).submits().errors
    stands = setting(on, key)
    assert not adam.fills(field, value).submits().errors
    read = modal(on).text_content
    assert "Wei changed this at 15 Nov 12:" in read and "Nothing of yours was saved" in read
    assert setting(on, key) == stands
    shown = modal(on).control(field).element
    assert other in (shown.get("initial_value"), shown.get("initial_time"))
    assert not adam.fills(field, value).submits().errors
    assert setting(on, key) != stands, "with the new value before their eyes it is theirs to change"


def test_the_last_result_is_seen_with_its_reason(on: Wire) -> None:
    from datetime import UTC, datetime

    from jobs.all import REGISTRY
    from jobs.runs import run_slot_now

    run_slot_now(on.engine, "daily_progress", datetime(2019, 11, 15, 8, 30, tzinfo=UTC), registry=REGISTRY)
    with on.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'sent' WHERE channel = '#sales'"))
        connection.execute(
            text("INSERT INTO gate (channel, next_at, paused) VALUES ('#east', now(), 'is_archived')")
        )
    read = opened(on, "Schedules").text_content
    assert "last on 15 Nov 08:30: posted" in read
    assert "last on 15 Nov 08:30: not posted. The channel is archived." in read
    assert "last on 15 Nov 08:30: nothing to report" in read, "West has no sales and no target"


@pytest.mark.parametrize(
    ("who", "title", "quiet"), [("wei", "公司設定", "安靜時段"), ("lin", "公司设置", "安静时段")]
)
def test_it_speaks_the_administrators_language(on: Wire, who: str, title: str, quiet: str) -> None:
    with on.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO role_grant (person_id, role) SELECT id, 'admin' FROM person WHERE code = :who"),
            {"who": who},
        )
    shown = opened(on, who=who)
    assert shown.title == title and quiet in shown.text_content
    for control in [c for c in shown.controls if c.kind == "button"]:
        on.person(who).clicks(control.label)
        assert modal(on, who).title != title
        on.person(who).clicks("返回")
