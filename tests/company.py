"""A small company whose people and numbers one remembers.

East is led by Carol; Alice sells in East alone, Bob in East and West; Dora is the sales manager, Wei the
buyer who reads 繁體中文, Lin the rep who reads 简体中文, Gina the general manager, Adam the admin.
November 2019 has 21 working days.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from domain.models import (
    Customer,
    Department,
    OrderLine,
    Part,
    PartCategory,
    Person,
    PersonRegion,
    Region,
    RoleGrant,
    Setting,
    TargetLine,
    TargetSet,
)
from domain.orders.operations import rebuild_rollups

NOON = datetime(2019, 11, 15, 12, tzinfo=UTC)
SLACK = {
    "alice": "U0ALICE", "bob": "U0BOB", "carol": "U0CAROL", "dora": "U0DORA", "wei": "U0WEI", "lin": "U0LIN",
    "gina": "U0GINA", "adam": "U0ADAM",
}  # fmt: skip
ROLES: dict[str, list[tuple[str, str | None]]] = {
    "alice": [("rep", None)],
    "bob": [("rep", None)],
    "carol": [("rep", None), ("region_lead", "East")],
    "dora": [("sales_manager", None)],
    "wei": [("buyer", None)],
    "lin": [("rep", None)],
    "gina": [("executive", None)],
    "adam": [("admin", None)],
}
SERVES = {"alice": ["East"], "bob": ["East", "West"], "carol": ["East"], "lin": ["West"]}
LOCALES = {"wei": "zh-TW", "lin": "zh-CN"}
NAMES = {"East": ("華東", "华东"), "West": ("華西", "华西")}
SETTINGS = {
    "company.name": "Parts & Co",
    "company.currency": "USD",
    "company.timezone": "UTC",
    "company.locale": "en",
    "company.fiscal_year_start": 7,
    "targets.channels": ["reseller"],
    "channels.company": "#sales",
    "channels.regions": {"East": "#east", "West": "#west"},
    "schedules.daily_progress.at": "08:30",
}


@dataclass
class PartsAndCo:
    """Ids of what was made, by name."""

    people: dict[str, int] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    target_set: int = 0
    lines: int = 0

    def sells(
        self,
        session: Session,
        who: str | None,
        day: date,
        amount: str | None,
        *,
        region: str = "East",
        channel: str = "reseller",
        currency: str = "USD",
        customer: str = "Ace Garage",
    ) -> None:
        """One order line; call `rebuild_rollups` (or `settle`) after the last."""
        self.lines += 1
        session.add(
            OrderLine(
                order_no=f"SO{self.lines:05}", line_no=1, ordered_on=day, channel=channel,
                person_id=who and self.people[who], region_id=self.regions[region],
                customer_id=self.customers[customer], part_id=self.parts["BP-0012"], quantity=Decimal(1),
                amount=amount and Decimal(amount), cost=None, currency=currency,
            )
        )  # fmt: skip

    def aims(
        self, session: Session, who: str | None, month: date, amount: str, *, region: str | None = None,
        currency: str = "USD",
    ) -> None:  # fmt: skip
        """One line of the target in force."""
        session.add(
            TargetLine(
                set_id=self.target_set, month=month, person_id=who and self.people[who],
                region_id=region and self.regions[region], amount=Decimal(amount), currency=currency,
            )
        )  # fmt: skip


def settle(session: Session) -> None:
    """Bring the roll-ups up to the order lines."""
    session.flush()
    rebuild_rollups(session)


def make_company(session: Session) -> PartsAndCo:
    """Write the company; nothing is sold yet."""
    made = PartsAndCo()
    for code in ("sales", "purchasing", "management"):
        session.merge(Department(code=code, name=code))
    for key, value in SETTINGS.items():
        session.add(Setting(key=key, value=value, changed_at=NOON))
    for name, (hant, hans) in NAMES.items():
        region = Region(code=name, name=name, name_zh_hant=hant, name_zh_hans=hans)
        session.add(region)
        session.flush()
        made.regions[name] = region.id
    for name, roles in ROLES.items():
        _add_person(session, made, name, roles)
    category = PartCategory(code="brakes", name="Brakes", name_zh_hant="煞車", name_zh_hans="刹车")
    session.add(category)
    session.flush()
    part = Part(part_no="BP-0012", name="Brake pad", category_id=category.id)
    customers = [
        Customer(code="ACE", name="Ace Garage", customer_group="Workshops", region_id=made.regions["East"]),
        Customer(code="NEO", name="Neo Fleet", customer_group="Fleets", region_id=made.regions["West"]),
    ]
    targets = TargetSet(version=1, status="active", created_at=NOON)
    session.add_all([part, *customers, targets])
    session.flush()
    made.parts["BP-0012"] = part.id
    made.customers = {c.name: c.id for c in customers}
    made.target_set = targets.id
    return made


def _add_person(session: Session, made: PartsAndCo, name: str, roles: list[tuple[str, str | None]]) -> None:
    person = Person(
        code=name, name=name.capitalize(), email=f"{name}@parts.example", slack_user_id=SLACK[name],
        department={"wei": "purchasing", "gina": "management"}.get(name, "sales"), slack_locale=LOCALES.get(name),
    )  # fmt: skip
    session.add(person)
    session.flush()
    made.people[name] = person.id
    for role, region in roles:
        session.add(RoleGrant(person_id=person.id, role=role, region_id=region and made.regions[region]))
    for region in SERVES.get(name, []):
        session.add(PersonRegion(person_id=person.id, region_id=made.regions[region]))
