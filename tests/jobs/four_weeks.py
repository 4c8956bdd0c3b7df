"""Four weeks of the sample company of forty: clock, slots, runs and outbox as in production, without waiting.

The time is 28 September to 25 October 2026 in Shanghai: the holidays of the national day and a Saturday that is
worked in exchange are in it. Everybody is in Slack; some have hours, zones, quiet hours, pauses and leaves of
their own, and two administrators give and end roles at any hour of day and night.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select, text

from bot.calls import Call
from bot.people.roles import tell_of_role
from cli.sample import make_sample
from domain.delivery.model import OutboxRow
from domain.names import Locale
from domain.people.manners import Manners, everybody
from domain.people.model import Person, Preference
from domain.people.queries import actor_of
from domain.people.rights import Role
from domain.people.roles import RoleRefused, Wanted, end, give
from domain.rules.company import load_company
from domain.rules.operations import apply_settings
from domain.rules.slots import next_slot
from gateways.database.unit_of_work import read_only, unit_of_work
from gateways.environment import Environment
from gateways.feeds.importing import import_folder
from jobs.people.held import HELD_MESSAGES
from jobs.registry import Registry
from jobs.runs import Runner
from jobs.slots import fill
from jobs.targets.tasks import DAILY_PROGRESS

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 9, 28), date(2026, 10, 25)
BEGIN = datetime(2026, 9, 28, tzinfo=SHANGHAI).astimezone(UTC)
END = datetime(2026, 10, 26, tzinfo=SHANGHAI).astimezone(UTC)
ADMINS = ("E014", "E013")
# What some have chosen: everybody else takes what the company has.
CHOICES: dict[str, dict[str, Any]] = {
    "E021": {"digest_at": time(10)},
    "E022": {"digest_at": time(7), "quiet_from": time(20), "quiet_to": time(6, 30)},
    "E024": {"snoozed_kinds": {"daily_progress": "2026-11-02"}},
    "E026": {"quiet_from": time(17), "quiet_to": time(9, 30)},
    "E027": {"digest_at": time(17, 30)},
    "E029": {"timezone": "Europe/London"},
    "E030": {"quiet_from": time(0), "quiet_to": time(0)},
}
PAUSED = {"E023": (None, date(2026, 11, 2)), "E025": (date(2026, 10, 12), date(2026, 10, 17))}
SETTINGS = {
    "schedules.daily_progress.channels": {
        "#north": {"days": ["mon", "thu"]}, "#west": {"at": "09:15"}, "#south": {"enabled": False},
        "#northwest": {"at": "18:30", "timezone": "Asia/Tokyo"},
    },
}  # fmt: skip
# The worker is away: caught up on in time, too late for anybody, and only in the quiet hours.
AWAY = ((date(2026, 10, 13), 7, 13), (date(2026, 10, 14), 7, 19), (date(2026, 10, 20), 16, 20))


@dataclass(frozen=True)
class Said:
    """A message of the outbox and the business instant at which it was put there."""

    at: datetime
    channel: str
    thing: str
    payload: dict[str, Any]
    lives: timedelta | None

    @property
    def is_direct(self) -> bool:
        return self.channel.startswith("U")

    @property
    def is_digest(self) -> bool:
        return self.thing.startswith("daily_progress:")


@dataclass
class Month:
    """What happened: every message, who did what, and what each had chosen."""

    engine: Engine
    said: list[Said] = field(default_factory=list)
    people: dict[str, Manners] = field(default_factory=dict)  # by Slack id
    slack: dict[str, str] = field(default_factory=dict)  # employee code -> Slack id
    acts: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, who, whom: employee codes
    now: datetime = BEGIN

    def run(self) -> "Month":
        """All four weeks."""
        registry = Registry((DAILY_PROGRESS, HELD_MESSAGES))
        runner = Runner(self.engine, Environment(), lambda: self.now, registry)
        acts, filled = list(_acts()), BEGIN
        while True:
            moment = self._next(registry, acts)
            if moment is None:
                return self
            self.now = _back(moment)
            while acts and acts[0][0] <= self.now:
                self._act(*acts.pop(0)[1:])
            with unit_of_work(self.engine) as session:
                due = [
                    slot
                    for job in registry
                    for slot in fill(session, job.schedules(session), since=filled, now=self.now).due
                ]
            filled = self.now
            for slot in due:
                runner.run(slot)
            self._listen()

    def _next(self, registry: Registry, acts: list[tuple[datetime, int]]) -> datetime | None:
        with read_only(self.engine) as session:
            found = [
                slot.due_at
                for job in registry
                for schedule in job.schedules(session)
                if (slot := next_slot(schedule, after=self.now)) is not None
            ]
        moments = [*found, *(act[0] for act in acts[:1])]
        return min((moment for moment in moments if moment < END), default=None)

    def _act(self, number: int) -> None:
        """An administrator gives a role, or ends the one they gave last; also to themselves."""
        dice = random.Random(number)
        admin = dice.choice(ADMINS)
        whom = dice.choice([*self.slack, admin])
        with unit_of_work(self.engine) as session:
            company = load_company(session)
            today = company.today(self.now)
            actor = actor_of(
                session, self.slack[admin], today=today, default_locale=Locale.EN, default_timezone="UTC"
            )
            call = Call(session, actor, company, self.now, f"request{number}")
            person = session.scalars(select(Person.id).where(Person.code == whom)).one()
            about = {"actor": actor, "today": today, "now": self.now, "request_id": f"request{number}"}
            try:
                held = give(
                    session, person, Wanted(dice.choice([Role.TRAINER, Role.PLANNER]), None, today), **about
                )
            except RoleRefused:
                return
            tell_of_role(call, person, held, ended=False)
            if dice.random() < 0.3:
                tell_of_role(call, *end(session, held.id, **about), ended=True)
        self.acts.append((self.now, admin, whom))

    def _listen(self) -> None:
        with read_only(self.engine) as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).offset(len(self.said))).all()
        for row in rows:
            lives = row.expires_at - row.created_at if row.expires_at else None
            self.said.append(Said(self.now, row.channel, row.thing, row.payload, lives))


def _back(moment: datetime) -> datetime:
    """When the worker gets to it."""
    local = moment.astimezone(SHANGHAI)
    for day, gone, back in AWAY:
        if local.date() == day and gone <= local.hour < back:
            return local.replace(hour=back, minute=0).astimezone(UTC)
    return moment


def _acts() -> Iterator[tuple[datetime, int]]:
    """Six a day, at any minute of day and night, weekends and holidays included."""
    dice = random.Random(20260928)
    minutes = sorted(dice.randrange(28 * 24 * 60) for _ in range(28 * 6))
    for number, minute in enumerate(minutes):
        yield BEGIN + timedelta(minutes=minute), number


def set_up(engine: Engine, folder: Path) -> Month:
    """The company with its people in Slack."""
    make_sample(folder)
    report = import_folder(engine, folder, folder, clock=lambda: BEGIN)
    assert not report.refused
    month = Month(engine)
    with unit_of_work(engine) as session:
        apply_settings(session, SETTINGS, actor="cli", now=BEGIN)
        for person in session.scalars(select(Person).order_by(Person.code)):
            person.slack_user_id = month.slack[person.code] = f"U{person.code}"
            if person.code in CHOICES:
                session.add(Preference(person_id=person.id, **({"snoozed_kinds": {}} | CHOICES[person.code])))
            if person.code in PAUSED:
                first, person.snoozed_until = PAUSED[person.code]
                session.add(Preference(person_id=person.id, away_from=first, snoozed_kinds={}))
        session.execute(
            text(
                "INSERT INTO role_grant (person_id, role) SELECT id, 'admin' FROM person WHERE code = 'E013'"
            )
        )
    with read_only(engine) as session:
        found = everybody(session, load_company(session), today=FIRST)
        month.people = {reader.slack_user_id: reader for reader in found}
    return month
