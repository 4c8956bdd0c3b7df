"""What is wrong with a feed is said all at once, with its place, and nothing is written."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.imports.problems import Problem, Reason
from domain.imports.report import ImportReport, Outcome
from gateways.feeds.importing import import_folder
from tests.gateways.feeds.made import NOON, Feed, company, counts, line, person, rows, table


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    return Feed(tmp_path)


def refused(feed: Feed, engine: Engine) -> ImportReport:
    """The report of an import that has changed no row anywhere."""
    before = counts(engine)
    report = feed.load(engine)
    assert report.refused and not report.written
    assert counts(engine) == before
    return report


def cells(report: ImportReport) -> set[tuple[str, int, str, str]]:
    """Reason, row, column and value of every problem."""
    return {(p.reason.value, p.row, p.column, p.value) for p in report.problems}


def test_every_kind_of_bad_cell_is_listed_in_one_go(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"] = [
        line("SO1"),
        line("", quantity="NaN"),
        line("SO3", amount="1e308", cost="inf"),
        line("SO4", "1.5", quantity="2,5", ordered_on="31.12.2026"),
        line("SO5", amount="12345678901234", ordered_on="0026-10-01", currency="EURO"),
        line("SO6", -1, channel="web", region=""),
        line("S" * 101, amount="1e400", cost="abc"),
    ]
    feed.tables["people"].append(
        person("dora", "rep; king", email="dora at parts", timezone="Mars/Base", locale="?")
    )
    feed.tables["parts"].append({"part_no": "X", "name": "X", "category": "", "standard_cost": "-1"})
    feed.tables["targets"].append({"month": "2026-10-02", "person": "bob", "amount": "-0.01"})
    report = refused(feed, engine)
    assert cells(report) == {
        ("required", 3, "order_no", ""),
        ("not_a_number", 3, "quantity", "NaN"),
        ("too_big", 4, "amount", "1e308"),
        ("not_a_number", 4, "cost", "inf"),
        ("not_whole", 5, "line_no", "1.5"),
        ("not_a_number", 5, "quantity", "2,5"),
        ("not_a_date", 5, "ordered_on", "31.12.2026"),
        ("too_big", 6, "amount", "12345678901234"),
        ("not_a_date", 6, "ordered_on", "0026-10-01"),
        ("not_a_choice", 6, "currency", "EURO"),
        ("negative", 7, "line_no", "-1"),
        ("not_a_choice", 7, "channel", "web"),
        ("required", 7, "region", ""),
        ("too_long", 8, "order_no", ("S" * 101)[:100]),
        ("too_big", 8, "amount", "1e400"),
        ("not_a_number", 8, "cost", "abc"),
        ("not_a_choice", 5, "roles", "rep; king"),
        ("not_an_email", 5, "email", "dora at parts"),
        ("not_a_choice", 5, "timezone", "Mars/Base"),
        ("not_a_choice", 5, "locale", "?"),
        ("negative", 4, "standard_cost", "-1"),
        ("not_a_month", 3, "month", "2026-10-02"),
        ("negative", 3, "amount", "-0.01"),
    }
    assert {p.file for p in report.problems} == {"orders.csv", "people.csv", "parts.csv", "targets.csv"}
    assert table(report, "orders").outcome is Outcome.REFUSED


def test_unknown_references_come_with_the_nearest_known(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"].append(
        line("SO9", person="alise", region="Est", customer="QQQQ", part_no="BP-0013")
    )
    feed.tables["people"].append(person("dora", regions="East;Wset", manager="carrol"))
    report = refused(feed, engine)
    assert {p.reason for p in report.problems} == {Reason.UNKNOWN_REFERENCE}
    said = {(p.file, p.column, p.value): p.hints[:1] for p in report.problems}
    assert said == {
        ("orders.csv", "person", "alise"): ("alice",),
        ("orders.csv", "region", "Est"): ("East",),
        ("orders.csv", "customer", "QQQQ"): (),
        ("orders.csv", "part_no", "BP-0013"): ("BP-0012",),
        ("people.csv", "regions", "Wset"): ("West",),
        ("people.csv", "manager", "carrol"): ("carol",),
    }


def test_what_the_database_has_can_be_referred_to(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    for path in feed.mapping.glob("*.sql"):
        path.unlink()
    feed.tables = {"orders": [line("SO7"), line("SO8", person="zoe")]}
    report = refused(feed, engine)
    assert [(p.row, p.value) for p in report.problems] == [(3, "zoe")]
    feed.tables = {"orders": [line("SO7")]}
    assert table(feed.load(engine), "orders").new == 1


def test_a_repeated_key_names_the_row_it_repeats(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"] += [line("SO2", quantity="9"), line("SO1", "2")]
    feed.tables["targets"] *= 2
    feed.tables["people"].append(person("dora", email="ALICE@parts.example"))
    report = refused(feed, engine)
    assert report.problems == (
        Problem("people.csv", Reason.REPEATED_KEY, 5, "email", "alice@parts.example", ("2",)),
        Problem("orders.csv", Reason.REPEATED_KEY, 5, "order_no,line_no", "SO2/1", ("4",)),
        Problem("orders.csv", Reason.REPEATED_KEY, 6, "order_no,line_no", "SO1/2", ("3",)),
        Problem("targets.csv", Reason.REPEATED_KEY, 3, "month,person", "2026-10-01/alice", ("2",)),
    )


def test_an_email_that_somebody_outside_the_feed_has(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables["people"] = [person("dora", email="Alice@parts.example")]
    report = refused(feed, engine)
    assert [(p.column, p.value, p.hints) for p in report.problems] == [
        ("email", "Alice@parts.example", ("alice",))
    ]


def test_a_lead_needs_a_region(feed: Feed, engine: Engine) -> None:
    feed.tables["people"].append(person("dora", "region_lead", ""))
    report = refused(feed, engine)
    assert cells(report) == {("required", 5, "regions", "")}


def test_two_hundred_of_a_kind_are_listed_and_the_rest_counted(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"] = [line(f"SO{n}", quantity="many", person="nobody") for n in range(1000)]
    report = refused(feed, engine)
    assert len(report.problems) == 400
    assert report.more == {Reason.NOT_A_NUMBER: 800, Reason.UNKNOWN_REFERENCE: 800}
    assert [p.row for p in report.problems if p.reason is Reason.NOT_A_NUMBER] == list(range(2, 202))


def test_missing_and_misspelled_columns(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"] = [{k.replace("quantity", "quantiti"): v for k, v in line("SO1").items()}]
    feed.tables["customers"] = [{"name": "No code"}]
    report = refused(feed, engine)
    assert {(p.file, p.reason.value, p.column, p.hints[:1]) for p in report.problems} == {
        ("orders.sql", "missing_column", "quantity", ("quantiti",)),
        ("orders.sql", "unknown_column", "quantiti", ("quantity",)),
        ("customers.sql", "missing_column", "code", ()),
    }


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT * FRM read_csv('orders.csv')", "syntax error"),
        ("SELECT nothing FROM read_csv('orders.csv')", "nothing"),
        ("SELECT * FROM read_csv('gone.csv')", 'No files found that match the pattern "gone.csv"'),
        ("DROP TABLE person", "Only SELECT"),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("COPY (SELECT 1) TO 'x.csv'", "Only SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "Permission Error"),
        ("SELECT * FROM read_text('../../../../../../etc/hostname')", "Permission Error"),
        ("SELECT * FROM 'https://example.com/orders.csv'", "No files found"),
        ("SELECT CAST(order_no AS INTEGER) AS order_no FROM read_csv('orders.csv')", "Could not convert"),
    ],
)
def test_sql_that_fails_names_its_file_and_the_reason(
    feed: Feed, engine: Engine, sql: str, reason: str
) -> None:
    feed.write()
    (feed.mapping / "orders.sql").write_text(sql, encoding="utf-8")
    report = refused(feed, engine)
    failed = [p for p in report.problems if p.reason is Reason.MAPPING_FAILED]
    assert [p.file for p in failed] == ["orders.sql"]
    assert reason in failed[0].hints[0]
    assert str(feed.folder) not in failed[0].hints[0]


def test_a_broken_table_hides_no_problem_of_the_others(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"].append(line("SO9", quantity="x"))
    feed.write()
    (feed.mapping / "people.sql").write_text("SELECT", encoding="utf-8")
    report = refused(feed, engine)
    assert [(p.file, p.reason) for p in report.problems] == [
        ("people.sql", Reason.MAPPING_FAILED),
        ("orders.csv", Reason.NOT_A_NUMBER),
    ]


def test_a_line_that_is_no_csv_is_named(feed: Feed, engine: Engine) -> None:
    feed.write()
    with (feed.source / "regions.csv").open("a", newline="") as file:
        file.write("North,North,too,many\r\n")
    report = import_folder(engine, feed.source, feed.mapping, clock=lambda: NOON)
    assert [(p.file, p.reason) for p in report.problems] == [("regions.sql", Reason.MAPPING_FAILED)]
    feed.tables["regions"] = [{"code": f"R{n}", "name": "R"} for n in range(30_000)]
    feed.write()
    with (feed.source / "regions.csv").open("a", newline="") as file:
        file.write("North,North,too,many\r\n")
    report = import_folder(engine, feed.source, feed.mapping, clock=lambda: NOON)
    assert [(p.file, p.reason, p.row) for p in report.problems] == [
        ("regions.sql", Reason.MAPPING_FAILED, 30_002)
    ]


def test_a_sum_that_no_amount_can_hold(feed: Feed, engine: Engine) -> None:
    feed.tables["orders"] = [line(f"SO{n}", amount="9999999999999") for n in range(12)]
    report = refused(feed, engine)
    assert {p.reason for p in report.problems} == {Reason.TOO_BIG}


def test_a_character_no_text_can_hold(feed: Feed, engine: Engine) -> None:
    feed.tables["regions"].append({"code": "No\0rth", "name": "North"})
    report = refused(feed, engine)
    assert {p.reason for p in report.problems} == {Reason.UNKNOWN_ENCODING}


def test_settings_are_judged_with_everything_else(feed: Feed, engine: Engine) -> None:
    feed.settings = (
        '[company]\ncurrency = "dollars"\ntimezone = "Mars"\nfiscal_year_start = 13\ncurency = "USD"\n'
    )
    feed.tables["orders"].append(line("SO9", quantity="x"))
    report = refused(feed, engine)
    assert {(p.file, p.column) for p in report.problems} == {
        ("settings.toml", "company.currency"),
        ("settings.toml", "company.timezone"),
        ("settings.toml", "company.fiscal_year_start"),
        ("settings.toml", "company.curency"),
        ("orders.csv", "quantity"),
    }


def test_a_refused_change_leaves_the_company_as_it_was(feed: Feed, engine: Engine) -> None:
    feed.load(engine)
    feed.tables = company()
    feed.tables["customers"][0] = {**feed.tables["customers"][0], "name": "Renamed"}
    feed.tables["orders"].append(line("SO9", amount="?"))
    refused(feed, engine)
    assert rows(engine, "SELECT name FROM customer WHERE code = 'ACE'") == [("Ace Garage",)]
