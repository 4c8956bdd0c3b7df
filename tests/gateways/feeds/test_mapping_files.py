"""How a mapping folder is read: what is needed, what else would do, whose files are meant."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.imports.problems import Reason
from domain.imports.report import Outcome
from gateways.feeds.importing import import_folder
from gateways.feeds.mapping import read_mapping
from gateways.feeds.paths import NotOneSelect, locate
from gateways.feeds.workbench import open_workbench
from tests.gateways.feeds.made import NOON, Feed, rows, table


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    made = Feed(tmp_path)
    made.write()
    return made


def say(feed: Feed, file: str, sql: str) -> None:
    (feed.mapping / file).write_text(sql, encoding="utf-8")


def test_what_else_would_do_where_a_file_is_absent(feed: Feed, engine: Engine) -> None:
    say(feed, "regions.sql", "-- needs: ../backoffice/names.csv\n-- otherwise: regions_plain.sql\n"
        "SELECT code, name FROM read_csv('../backoffice/names.csv', header = true)")  # fmt: skip
    say(feed, "regions_plain.sql", "SELECT code, name FROM read_csv('regions.csv')")
    assert table(feed.load(engine), "regions").source == "regions_plain.sql"
    beside = feed.folder / "backoffice"
    beside.mkdir()
    (beside / "names.csv").write_text("code,name\nEast,The East\nWest,The West\n")
    report = feed.load(engine)
    assert (table(report, "regions").source, table(report, "regions").changed) == ("regions.sql", 2)
    assert rows(engine, "SELECT name FROM region ORDER BY 1") == [("The East",), ("The West",)]


def test_a_table_is_left_out_where_nothing_would_do(feed: Feed, engine: Engine) -> None:
    say(feed, "suppliers.sql", "-- needs: vendors_*.csv\nSELECT code, name FROM read_csv('vendors_*.csv')")
    report = feed.load(engine)
    assert not report.problems
    left_out = table(report, "suppliers")
    assert (left_out.outcome, left_out.note) == (Outcome.LEFT_OUT, "vendors_*.csv")
    (feed.source / "vendors_1.csv").write_text("code,name\nHT,Hengtong\n")
    assert table(feed.load(engine), "suppliers").new == 1


def test_an_alternative_that_does_not_exist_or_goes_in_a_circle(feed: Feed) -> None:
    say(feed, "stock.sql", "-- needs: gone.csv\n-- otherwise: stock.sql\nSELECT 1")
    say(feed, "suppliers.sql", "-- needs: gone.csv\n-- otherwise: nowhere.sql\nSELECT 1")
    _, problems = read_mapping(feed.mapping, feed.source)
    assert {(p.file, p.reason, p.value) for p in problems} == {
        ("stock.sql", Reason.MAPPING_FAILED, "stock.sql"),
        ("suppliers.sql", Reason.MAPPING_FAILED, "nowhere.sql"),
    }


def test_a_file_of_no_table_names_the_nearest(feed: Feed) -> None:
    say(feed, "order.sql", "SELECT 1")
    _, problems = read_mapping(feed.mapping, feed.source)
    assert [(p.file, p.reason, p.hints[0]) for p in problems] == [
        ("order.sql", Reason.UNKNOWN_TABLE, "orders.sql")
    ]


def test_a_folder_without_any_sql(tmp_path: Path, engine: Engine) -> None:
    report = import_folder(engine, tmp_path, tmp_path, clock=lambda: NOON)
    assert [p.reason for p in report.problems] == [Reason.EMPTY]


def test_a_file_of_the_same_name_in_the_current_folder_is_not_meant(
    feed: Feed, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "regions.csv").write_text("code,name\nWrong,Wrong\n")
    monkeypatch.chdir(elsewhere)
    say(feed, "regions.sql", "FROM 'regions.csv'")
    feed.load(engine)
    assert rows(engine, "SELECT code FROM region ORDER BY 1") == [("East",), ("West",)]


def test_the_source_may_say_where_a_row_stands(feed: Feed, engine: Engine) -> None:
    say(feed, "regions.sql", "SELECT '' AS code, 'x' AS name, 'areas.xlsx' AS _file, 12 AS _row")
    report = feed.load(engine)
    assert ("areas.xlsx", 12) in {(p.file, p.row) for p in report.problems}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 'a.csv' AS f FROM read_csv('a.csv')", "SELECT 'a.csv' AS f FROM read_csv('{}/a.csv', skip = 0)"),
        ("FROM read_csv(['a.csv', \"b\"], skip = 2)", "FROM read_csv(['{}/a.csv', \"b\"], skip = 2)"),
        ("FROM 'é.csv' JOIN 'b.parquet' USING (k)", 'FROM "{}/é.csv" JOIN "{}/b.parquet" USING (k)'),
        ("FROM (FROM read_parquet('../x/*.parquet'))", "FROM (FROM read_parquet('{}/../x/*.parquet'))"),
    ],
)  # fmt: skip
def test_names_become_absolute_where_they_stand_for_files(tmp_path: Path, sql: str, expected: str) -> None:
    with open_workbench(tmp_path) as bench:
        located = locate(bench, sql, tmp_path)
    assert located.sql == expected.replace("{}", str(tmp_path))


def test_only_one_select_is_run(tmp_path: Path) -> None:
    with open_workbench(tmp_path) as bench, pytest.raises(NotOneSelect):
        locate(bench, "ATTACH 'x.db'", tmp_path)


def test_the_workbench_reaches_nothing_else_and_goes_away(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "source").mkdir()
    with open_workbench(tmp_path / "source") as bench:
        for sql in (
            "SELECT * FROM read_text('/etc/hostname')",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                bench.run(sql)
        folder = bench.folder
    assert not folder.exists()


TYPED = """
SELECT 'SO' || i AS order_no, 1::TINYINT AS line_no, TIMESTAMP '2026-10-05 23:59:00' AS ordered_on,
       'Reseller ' AS channel, ' alice' AS person, 'East' AS region, 'ACE' AS customer,
       'BP-0012' AS part_no, 1.5::DOUBLE AS quantity, {amount} AS amount, 12::BIGINT AS cost, 'usd' AS currency
FROM range(2) r(i)
"""


def test_results_may_have_any_type(feed: Feed, engine: Engine) -> None:
    say(feed, "orders.sql", TYPED.format(amount="0.1::DOUBLE + 0.2::DOUBLE"))
    say(
        feed, "people.sql", "SELECT * REPLACE (string_split(roles, ';') AS roles) FROM read_csv('people.csv')"
    )
    assert feed.load(engine).problems == ()
    assert rows(engine, "SELECT order_no, line_no, ordered_on::text, channel, quantity::text, amount::text, "
                "cost::text, currency FROM order_line ORDER BY 1") == [
        ("SO0", 1, "2026-10-05", "reseller", "1.5000", "0.3000", "12.0000", "USD"),
        ("SO1", 1, "2026-10-05", "reseller", "1.5000", "0.3000", "12.0000", "USD"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("'nan'::DOUBLE", Reason.NOT_A_NUMBER),
        ("'-inf'::DOUBLE", Reason.NOT_A_NUMBER),
        ("1e308::DOUBLE", Reason.TOO_BIG),
        ("99999999999999999999::HUGEINT", Reason.TOO_BIG),
        ("12345678901234::DECIMAL(38,2)", Reason.TOO_BIG),
        ("true", Reason.NOT_A_NUMBER),
    ],
)
def test_numbers_of_other_types_are_held_to_the_same(
    feed: Feed, engine: Engine, amount: str, reason: Reason
) -> None:
    say(feed, "orders.sql", TYPED.format(amount=amount))
    assert {(p.reason, p.column, p.row) for p in feed.load(engine).problems} == {
        (reason, "amount", 2),
        (reason, "amount", 3),
    }


def test_parquet_is_read_too(feed: Feed, engine: Engine) -> None:
    import duckdb

    path = feed.source / "regions.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT 'East' AS code, 'East' AS name UNION ALL SELECT 'West', 'W') TO '{path}'"
    )
    say(feed, "regions.sql", "FROM 'regions.parquet'")
    assert table(feed.load(engine), "regions").new == 2
