"""Who may see whose numbers."""

import pytest
from sqlalchemy.orm import Session

from domain.names import Locale
from domain.people.queries import actor_of
from domain.people.rights import RIGHTS, Actor, Right, Role
from domain.refusals import AmbiguousWho, Departed, NotYours, Refusal, Stranger, UnknownWho
from domain.rules.company import Company
from domain.targets.scopes import resolve
from tests.company import NOON, SLACK, PartsAndCo, make_company

EVERYBODY = ("alice", "bob", "carol", "dora", "wei", "lin", "gina", "adam")
COMPANY = Company(name="Parts & Co")


def actor(session: Session, name: str) -> Actor:
    return actor_of(session, SLACK[name], today=NOON.date(), default_locale=Locale.EN, default_timezone="UTC")


@pytest.fixture
def made(session: Session) -> PartsAndCo:
    return make_company(session)


def may(session: Session, who: str, whose: str) -> bool:
    try:
        resolve(session, actor(session, who), whose, COMPANY)
    except NotYours:
        return False
    return True


# Bob also sells in West, so Carol, who leads East, sees his numbers in East only as part of East's.
SEES = {
    "alice": {"alice"},
    "bob": {"bob"},
    "lin": {"lin"},
    "wei": {"wei"},
    "adam": {"adam"},
    "carol": {"carol", "alice", "East"},
    "dora": {*EVERYBODY, "East", "West", "company"},
    "gina": {*EVERYBODY, "East", "West", "company"},
}


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sees_exactly_what_is_theirs_to_see(who: str, session: Session, made: PartsAndCo) -> None:
    every = (*EVERYBODY, "East", "West", "company")
    assert {whose for whose in every if may(session, who, whose)} == SEES[who]


def test_a_role_removed_is_a_right_removed(session: Session, made: PartsAndCo) -> None:
    from sqlalchemy import text

    assert may(session, "dora", "company")
    session.execute(text("UPDATE role_grant SET valid_to = '2019-11-14' WHERE role = 'sales_manager'"))
    assert not may(session, "dora", "company")


def test_a_role_begins_on_its_day(session: Session, made: PartsAndCo) -> None:
    from sqlalchemy import text

    session.execute(text("UPDATE role_grant SET valid_from = '2019-11-16' WHERE role = 'sales_manager'"))
    assert not may(session, "dora", "company")


def test_strangers_and_the_departed_are_nobody(session: Session, made: PartsAndCo) -> None:
    from sqlalchemy import text

    with pytest.raises(Stranger):
        actor_of(session, "U0EVE", today=NOON.date(), default_locale=Locale.EN, default_timezone="UTC")
    session.execute(text("UPDATE person SET left_on = '2019-11-14' WHERE code = 'alice'"))
    with pytest.raises(Departed):
        actor(session, "alice")
    session.execute(text("UPDATE person SET slack_deactivated = true WHERE code = 'bob'"))
    with pytest.raises(Departed):
        actor(session, "bob")


def test_the_reader_is_spoken_to_in_their_language(session: Session, made: PartsAndCo) -> None:
    assert actor(session, "wei").locale is Locale.ZH_HANT
    assert actor(session, "lin").locale is Locale.ZH_HANS
    assert actor(session, "alice").locale is Locale.EN


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("east", "East"),
        ("ＥＡＳＴ", "East"),
        ("華東", "East"),
        ("华东", "East"),
        ("dor", "Dora"),
        ("me", "Gina"),
        ("我", "Gina"),
        ("<@U0ALICE>", "Alice"),
        ("<@U0ALICE|alice>", "Alice"),
        ("alice@parts.example", "Alice"),
        ("@alice", "Alice"),
        ("公司", "Parts & Co"),
        ("company", "Parts & Co"),
    ],
)
def test_people_and_regions_are_found_as_people_type_them(
    typed: str, found: str, session: Session, made: PartsAndCo
) -> None:
    assert resolve(session, actor(session, "gina"), typed, COMPANY).names.name == found


def test_an_unknown_name_names_the_nearest(session: Session, made: PartsAndCo) -> None:
    with pytest.raises(UnknownWho) as refused:
        resolve(session, actor(session, "gina"), "est", COMPANY)
    assert refused.value.nearest[0] == "East"


def test_an_ambiguous_name_names_the_candidates(session: Session, made: PartsAndCo) -> None:
    from domain.models import Region

    session.add(Region(code="Eastern Isles", name="Eastern Isles"))
    session.flush()
    with pytest.raises(AmbiguousWho) as refused:
        resolve(session, actor(session, "gina"), "eas", COMPANY)
    assert set(refused.value.candidates) == {"East", "Eastern Isles"}


def test_somebody_elses_numbers_are_refused_before_they_are_read(session: Session, made: PartsAndCo) -> None:
    with pytest.raises(Refusal) as refused:
        resolve(session, actor(session, "alice"), "bob", COMPANY)
    assert refused.value == NotYours("own")


def test_every_role_has_its_rights_and_only_admins_manage() -> None:
    assert set(RIGHTS) == set(Role)
    assert {role for role, rights in RIGHTS.items() if Right.MANAGE in rights} == {Role.ADMIN}
