"""Spreadsheets that people send go the same way as a feed: the same judge, the same writer."""

from sqlalchemy import Engine

from domain.imports.problems import Problem, Reason
from domain.imports.report import ImportReport, Outcome
from gateways.feeds.importing import import_sheets
from gateways.spreadsheets.sheet import Row, Sheet
from tests.gateways.feeds.made import NOON, Feed, counts, rows, table


def sheet(name: str, kind: str, *records: dict[str, str], first: int = 4, **more: object) -> Sheet:
    """A sheet whose records begin at row `first`, below a title."""
    columns = tuple(dict.fromkeys(column for record in records for column in record))
    numbered = [Row(first + n, record) for n, record in enumerate(records)]
    return Sheet(name, kind, columns, numbered, **more)  # type: ignore[arg-type]


def load(engine: Engine, *sheets: Sheet, dry_run: bool = False) -> ImportReport:
    return import_sheets(engine, sheets, clock=lambda: NOON, dry_run=dry_run, actor="alice", surface="slack")


def test_two_sheets_of_a_table_are_one_content(engine: Engine, tmp_path: object) -> None:
    report = load(
        engine,
        sheet("華東.xlsx", "regions", {"code": "East", "name": "East", "name_zh_hant": "華東"}),
        sheet("west.csv", "regions", {"code": "West", "name": 'The "West", mostly\nfar'}),
    )
    assert report.written and table(report, "regions").new == 2
    assert rows(engine, "SELECT code, name, name_zh_hant FROM region ORDER BY 1") == [
        ("East", "East", "華東"),
        ("West", 'The "West", mostly\nfar', None),
    ]
    assert rows(engine, "SELECT actor, surface FROM event") == [("alice", "slack")]


def test_a_sheet_beside_what_a_feed_brought(engine: Engine, tmp_path: object) -> None:
    Feed(tmp_path).load(engine)  # type: ignore[arg-type]
    targets = sheet("targets.xlsx", "targets", {"month": "2026-11-01", "person": "bob", "amount": "12.5"})
    assert table(load(engine, targets, dry_run=True), "targets").new == 1
    assert table(load(engine, targets), "targets").new == 1
    assert load(engine, targets).tables[0].outcome is Outcome.UNCHANGED


def test_rows_are_named_as_excel_counts_them(engine: Engine) -> None:
    before = counts(engine)
    report = load(
        engine,
        sheet("a.xlsx", "regions", {"code": "East", "name": "East"}, {"code": "", "name": "Nowhere"}),
        sheet("b.xlsx", "regions", {"code": "East", "name": "East again"}, first=7),
        sheet("c.xlsx", "customers", {"code": "ACE", "name": "Ace", "region": "Eest"}),
    )
    assert set(report.problems) == {
        Problem("a.xlsx", Reason.REQUIRED, 5, "code", "", ()),
        Problem("b.xlsx", Reason.REPEATED_KEY, 7, "code", "East", ("4",)),
        Problem("c.xlsx", Reason.UNKNOWN_REFERENCE, 4, "region", "Eest", ("East",)),
    }
    assert counts(engine) == before


def test_what_the_reader_found_is_not_said_twice(engine: Engine) -> None:
    found = Problem("t.xlsx", Reason.FORMULA_ERROR, 4, "amount", "#REF!")
    broken = sheet(
        "t.xlsx", "targets", {"month": "2026-10-01", "person": "nobody", "amount": "#REF!"},
        problems=[found], more={Reason.FORMULA_ERROR: 3},
    )  # fmt: skip
    report = load(engine, broken)
    assert report.problems == (found, Problem("t.xlsx", Reason.UNKNOWN_REFERENCE, 4, "person", "nobody", ()))
    assert report.more == {Reason.FORMULA_ERROR: 3}


def test_a_sheet_that_could_not_be_read_refuses_the_others(engine: Engine) -> None:
    unread = Sheet("x.xlsx", problems=[Problem("x.xlsx", Reason.ENCRYPTED)])
    report = load(engine, sheet("a.xlsx", "regions", {"code": "East", "name": "East"}), unread)
    assert report.problems == (Problem("x.xlsx", Reason.ENCRYPTED),)
    assert rows(engine, "SELECT count(*) FROM region") == [(0,)]


def test_a_sheet_without_a_required_column(engine: Engine) -> None:
    report = load(engine, sheet("a.xlsx", "regions", {"name": "East"}))
    assert [(p.file, p.reason, p.column) for p in report.problems] == [
        ("a.xlsx", Reason.MISSING_COLUMN, "code"),
    ]
