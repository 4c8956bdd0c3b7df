"""Two administrators at once: whoever comes second finds out, and one administrator stays."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from domain.names import Locale
from domain.people.queries import actor_of
from domain.people.rights import Actor, Role
from domain.people.roles import RoleRefused, Wanted, end, give
from domain.refusals import NotAllowed
from domain.rules.changes import MovedOn, change, values_of
from domain.rules.views import Spot
from gateways.database.unit_of_work import read_only, unit_of_work
from tests.company import SLACK, PartsAndCo, make_company

NOW = datetime(2019, 11, 15, 12, tzinfo=UTC)
TODAY = date(2019, 11, 15)


def company(engine: Engine) -> PartsAndCo:
    """Wei is an administrator too."""
    with unit_of_work(engine) as session:
        made = make_company(session)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO role_grant (person_id, role) SELECT id, 'admin' FROM person WHERE code = 'wei'")
        )
    return made


def acting(session: Session, who: str) -> Actor:
    return actor_of(session, SLACK[who], today=TODAY, default_locale=Locale.EN, default_timezone="UTC")


def grant_of(engine: Engine, who: str) -> int:
    with engine.connect() as connection:
        found = connection.scalar(
            text(
                "SELECT g.id FROM role_grant g JOIN person p ON p.id = person_id WHERE role = 'admin' AND code = :who"
            ),
            {"who": who},
        )
    assert found is not None
    return int(found)


def test_two_who_end_each_others_role_leave_one(engine: Engine) -> None:
    company(engine)
    grants = {"adam": grant_of(engine, "wei"), "wei": grant_of(engine, "adam")}
    outcomes: dict[str, str] = {}
    together = Barrier(2)

    def ends(who: str) -> None:
        try:
            with unit_of_work(engine) as session:
                actor = acting(session, who)
                together.wait(timeout=10)
                end(session, grants[who], actor=actor, today=TODAY, now=NOW, request_id=who)
            outcomes[who] = "done"
        except (NotAllowed, RoleRefused) as refused:
            outcomes[who] = type(refused).__name__

    threads = [Thread(target=ends, args=(who,)) for who in grants]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes.values()) == ["NotAllowed", "done"]


def test_two_who_change_one_setting_at_once_do_not_overwrite_each_other(engine: Engine) -> None:
    company(engine)
    spot = Spot("channels.regions", "East")
    together = Barrier(2)
    outcomes: dict[str, str] = {}

    def sets(who: str) -> None:
        try:
            with unit_of_work(engine) as session:
                actor, shown = acting(session, who), values_of(session, [spot])
                together.wait(timeout=10)
                change(session, {spot: f"#{who}"}, shown, actor=actor, now=NOW, request_id=who)
            outcomes[who] = "done"
        except MovedOn as moved:
            assert moved.who is not None
            outcomes[who] = f"after {moved.who.name}"

    threads = [Thread(target=sets, args=(who,)) for who in ("adam", "wei")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    first = next(who for who, outcome in outcomes.items() if outcome == "done")
    assert sorted(outcomes.values()) == [f"after {first.capitalize()}", "done"]
    with read_only(engine) as session:
        assert values_of(session, [spot])[spot] == f"#{first}"


def test_the_name_told_is_of_whoever_changed_this_entry(engine: Engine) -> None:
    """East was changed by Wei; that Adam changed West after that is another matter."""
    company(engine)
    east, west = Spot("channels.regions", "East"), Spot("channels.regions", "West")
    with unit_of_work(engine) as session:
        drawn = values_of(session, [east])
        change(session, {east: "#e2"}, drawn, actor=acting(session, "wei"), now=NOW, request_id="1")
    with unit_of_work(engine) as session:
        change(
            session,
            {west: "#w2"},
            values_of(session, [west]),
            actor=acting(session, "adam"),
            now=NOW,
            request_id="2",
        )
    with unit_of_work(engine) as session:
        try:
            change(session, {east: "#e3"}, drawn, actor=acting(session, "adam"), now=NOW, request_id="3")
            raise AssertionError("it was overwritten")
        except MovedOn as moved:
            assert moved.who is not None and moved.who.name == "Wei"


def test_a_role_again_or_in_the_past_is_refused(engine: Engine) -> None:
    made = company(engine)
    with unit_of_work(engine) as session:
        adam, about = acting(session, "adam"), {"today": TODAY, "now": NOW, "request_id": "1"}

        def why(who: str, wanted: Wanted) -> str:
            try:
                give(session, made.people[who], wanted, actor=adam, **about)  # type: ignore[arg-type]
            except RoleRefused as refused:
                return refused.why
            return ""

        assert why("gina", Wanted(Role.EXECUTIVE, None, TODAY)) == "has_it"
        assert why("gina", Wanted(Role.PLANNER, None, date(2019, 11, 14))) == "dates"
        assert why("gina", Wanted(Role.PLANNER, made.regions["East"], TODAY)) == "no_region"
        assert why("gina", Wanted(Role.REGION_LEAD, None, TODAY)) == "needs_region"
        assert why("adam", Wanted(Role.ADMIN, None, TODAY)) == "own_admin"
        assert why("gina", Wanted(Role.PLANNER, None, TODAY, date(2019, 12, 31))) == ""
        assert why("gina", Wanted(Role.PLANNER, None, date(2019, 12, 31))) == "has_it"
        assert why("gina", Wanted(Role.PLANNER, None, date(2020, 1, 1))) == ""
