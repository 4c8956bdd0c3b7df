"""What a feed does: everything once, the same again nothing, a change where it is."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from domain.imports.report import Outcome
from domain.orders.operations import rebuild_rollups
from gateways.database.unit_of_work import unit_of_work
from tests.gateways.feeds.made import Feed, company, counts, line, person, rollups, rows, table


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    return Feed(tmp_path)


def test_everything_arrives_with_its_references(feed: Feed, engine: Engine) -> None:
    report = feed.load(engine)
    assert report.written and not report.problems
    assert {t.table: t.new for t in report.tables} == {name: len(made) for name, made in company().items()}
    assert rows(
        engine, "SELECT p.code, m.code FROM person p JOIN person m ON m.id = p.manager_id ORDER BY 1"
    ) == [
        ("alice", "carol"),
        ("bob", "carol"),
    ]
    assert rows(
        engine,
        "SELECT o.order_no, o.line_no, p.code, r.code, c.code, t.part_no, o.amount::text, o.cost::text, o.currency "
        "FROM order_line o LEFT JOIN person p ON p.id = o.person_id JOIN region r ON r.id = o.region_id "
        "JOIN customer c ON c.id = o.customer_id JOIN part t ON t.id = o.part_id WHERE order_no = 'SO1' ORDER BY 2",
    ) == [
        ("SO1", 1, "alice", "East", "ACE", "BP-0012", "57.6800", "63.4500", "USD"),
        ("SO1", 2, "alice", "East", "ACE", "OF-0034", None, "63.4500", "USD"),
    ]
    assert rows(engine, "SELECT standard_cost::text, name FROM part ORDER BY id") == [
        ("31.7250", "Brake pad"),
        (None, 'Oil filter 2"'),
    ]
    assert rows(engine, "SELECT count(*) FROM department") == [(10,)]


def test_the_same_content_again_writes_nothing(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    before = counts(engine)
    feed.tables["orders"].reverse()
    report = feed.load(engine)
    assert not report.written
    assert {t.outcome for t in report.tables} == {Outcome.UNCHANGED}
    assert counts(engine) == before


def test_a_dry_run_says_what_would_be_and_writes_nothing(feed: Feed, engine: Engine) -> None:
    before = counts(engine)
    report = feed.load(engine, dry_run=True)
    assert (table(report, "orders").new, report.written, counts(engine)) == (3, False, before)
    feed.load(engine)
    before = counts(engine)
    feed.tables["orders"][0] = line("SO1", amount="60")
    feed.tables["orders"].append(line("SO3"))
    report = feed.load(engine, dry_run=True)
    assert (table(report, "orders").new, table(report, "orders").changed) == (1, 1)
    assert counts(engine) == before


def test_a_changed_line_updates_both_rollups(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["orders"][0] = line("SO1", amount="-10.01", person="bob", ordered_on="2026-10-06")
    report = feed.load(engine)
    assert (table(report, "orders").new, table(report, "orders").changed) == (0, 1)
    company = (
        "SELECT sold_on::text, amount::text, lines FROM sales_scope_daily "
        "WHERE person_id = 0 AND region_id = 0 ORDER BY 1"
    )
    assert rows(engine, company) == [("2026-10-05", "57.6800", 2), ("2026-10-06", "-10.0100", 1)]
    by_day = rows(
        engine, "SELECT sold_on::text, sum(amount)::text, sum(lines) FROM sales_daily GROUP BY 1 ORDER BY 1"
    )
    assert by_day == [("2026-10-05", "57.6800", 2), ("2026-10-06", "-10.0100", 1)]


def test_a_line_that_is_no_longer_exported_stays(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    del feed.tables["orders"][0]
    report = feed.load(engine)
    assert (table(report, "orders").outcome, table(report, "orders").unchanged) == (Outcome.UNCHANGED, 2)
    assert counts(engine)["order_line"] == 3


def test_a_column_that_the_export_lacks_is_left_alone(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["customers"] = [{"code": "ACE", "name": "Ace Garage & Sons"}]
    feed.tables["orders"] = [
        {k: v for k, v in line("SO1").items() if k not in ("cost", "channel")} | {"amount": "1"}
    ]
    feed.load(engine)
    assert rows(engine, "SELECT name, customer_group, owner_id IS NULL FROM customer WHERE code = 'ACE'") == [
        ("Ace Garage & Sons", "Workshops", False)
    ]
    found = rows(
        engine,
        "SELECT amount::text, cost::text, channel FROM order_line WHERE order_no = 'SO1' AND line_no = 1",
    )
    assert found == [("1.0000", "63.4500", "reseller")]


def test_a_customer_of_another_group_moves_its_sales(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["customers"][0] = {**feed.tables["customers"][0], "customer_group": "Chains"}
    feed.load(engine)
    assert rows(engine, "SELECT DISTINCT customer_group FROM sales_daily") == [("Chains",)]


def test_roles_and_regions_are_what_the_feed_says(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    granted = (
        "SELECT p.code, g.role, r.code FROM role_grant g JOIN person p ON p.id = g.person_id "
        "LEFT JOIN region r ON r.id = g.region_id ORDER BY 1, 2, 3"
    )
    assert rows(engine, granted) == [
        ("alice", "rep", None),
        ("bob", "rep", None),
        ("carol", "region_lead", "East"),
        ("carol", "region_lead", "West"),
        ("carol", "rep", None),
    ]
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO role_grant (person_id, role, valid_from) SELECT id, 'buyer', '2026-01-01' FROM person "
                 "WHERE code = 'carol'")
        )  # fmt: skip
    feed.tables["people"][2] = person("carol", "rep;region_lead", "East")
    report = feed.load(engine)
    assert table(report, "people").changed == 1
    assert rows(engine, granted + "")[2:] == [
        ("carol", "buyer", None),
        ("carol", "region_lead", "East"),
        ("carol", "rep", None),
    ]
    assert rows(engine, "SELECT count(*) FROM person_region g JOIN person p ON p.id = g.person_id "
                "WHERE code = 'carol'") == [(1,)]  # fmt: skip


def test_two_people_may_swap_their_emails(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    people = feed.tables["people"]
    people[0], people[1] = (
        person("alice", email="bob@parts.example"),
        person("bob", email="alice@parts.example", regions="East;West"),
    )
    report = feed.load(engine)
    assert not report.problems
    assert rows(engine, "SELECT code, email FROM person ORDER BY 1")[:2] == [
        ("alice", "bob@parts.example"),
        ("bob", "alice@parts.example"),
    ]


def test_what_a_person_has_chosen_wins_over_the_feed(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE person SET locale = 'zh_Hant' WHERE code = 'alice'"))
    feed.tables["people"][0] = person("alice", manager="carol", locale="en", timezone="Asia/Taipei")
    feed.load(engine)
    assert rows(engine, "SELECT locale, timezone FROM person WHERE code = 'alice'") == [
        ("zh_Hant", "Asia/Taipei")
    ]


def test_new_targets_supersede_and_never_edit(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["targets"] = [
        {"month": "2026-10", "person": "alice", "amount": "1200"},
        {"month": "2026-11", "person": "bob", "amount": "50.5"},
    ]
    report = feed.load(engine)
    assert (table(report, "targets").new, table(report, "targets").changed) == (1, 1)
    assert rows(engine, "SELECT s.version, s.status, l.month::text, p.code, l.amount::text, l.currency "
                "FROM target_line l JOIN target_set s ON s.id = l.set_id "
                "JOIN person p ON p.id = l.person_id ORDER BY 1, 3") == [
        (1, "superseded", "2026-10-01", "alice", "1000.0000", "USD"),
        (2, "active", "2026-10-01", "alice", "1200.0000", "USD"),
        (2, "active", "2026-11-01", "bob", "50.5000", "USD"),
    ]  # fmt: skip


def test_targets_of_months_not_mentioned_are_carried_over(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["targets"] = [
        {"month": "2026-11-01", "person": "alice", "region": "East", "amount": "1"},
        {"month": "2026-11-01", "person": "", "region": "East", "amount": "2"},
    ]
    feed.load(engine)
    active = (
        "SELECT l.month::text, p.code, l.amount::text FROM target_line l JOIN target_set s ON s.id = l.set_id "
        "AND s.status = 'active' LEFT JOIN person p ON p.id = l.person_id ORDER BY 1, 2, 3"
    )
    assert rows(engine, active) == [
        ("2026-10-01", "alice", "1000.0000"),
        ("2026-11-01", "alice", "1.0000"),
        ("2026-11-01", None, "2.0000"),
    ]
    feed.tables["targets"] = [{"month": "2026-11-01", "person": "alice", "region": "", "amount": "3"}]
    report = feed.load(engine)
    assert table(report, "targets").outcome is Outcome.APPLIED
    assert rows(engine, active)[1:] == [("2026-11-01", "alice", "3.0000"), ("2026-11-01", None, "2.0000")]


def test_stock_suppliers_and_purchase_orders(feed: Feed, engine: Engine) -> None:
    feed.tables |= {
        "suppliers": [{"code": "HT", "name": "Hengtong"}],
        "supplier_parts": [{"supplier": "HT", "part_no": "BP-0012", "price": "9.99", "currency": "cny", "moq": "10"}],
        "warehouses": [{"code": "W1", "name": "Main"}],
        "stock": [{"part_no": "BP-0012", "warehouse": "W1", "on_hand": "12.5", "as_of": "2026/10/20"}],
        "purchase_orders": [{"po_no": "PO1", "line_no": "1", "supplier": "HT", "part_no": "BP-0012", "warehouse": "W1",
                             "ordered_on": "2026-10-01", "quantity": "100"}],
    }  # fmt: skip
    report = feed.load(engine)
    assert not report.problems
    feed.tables["stock"] = [{"part_no": "BP-0012", "warehouse": "W1", "on_hand": "11", "as_of": "2026-10-21"}]
    report = feed.load(engine)
    assert table(report, "stock").changed == 1
    assert rows(engine, "SELECT on_hand::text, as_of::text FROM stock_item") == [("11.0000", "2026-10-21")]
    assert rows(engine, "SELECT currency FROM supplier_part") == [("CNY",)]


def test_every_table_leaves_a_batch_and_an_event(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    assert rows(engine, "SELECT count(*) FROM import_batch") == [(7,)]
    assert rows(
        engine, "SELECT subject_id, verb, after ->> 'new' FROM event WHERE subject_id = 'orders'"
    ) == [("orders", "imported", "3")]


def test_progress_is_told(feed: Feed, engine: Engine) -> None:
    heard: list[tuple[str, int, int]] = []
    feed.load(engine, progress=lambda *step: heard.append(step))
    assert {"read:orders", "judge:orders", "apply:people", "index:orders", "rollups:orders"} <= {
        s for s, _, _ in heard
    }
    assert ("copy:orders", 3, 3) in heard


def test_rollups_of_the_first_import_are_what_sql_says(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    fast = rollups(engine)
    with unit_of_work(engine) as session:
        rebuild_rollups(session)
    assert rollups(engine) == fast
    assert len(fast["sales_scope_daily"]) == 7
