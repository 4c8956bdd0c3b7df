"""Dates and months: every style reads back exactly; what could be two days is refused with both."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateways.spreadsheets.dates import read_date, read_month
from gateways.spreadsheets.sheet import NoteKind
from tests.gateways.spreadsheets.files import TODAY, column, note, read, reasons, xls, xlsx

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
days = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2149, 12, 31))
STYLES = {
    "iso": lambda d: d.isoformat(),
    "iso time": lambda d: f"{d.isoformat()}T10:30:00",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "points": lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "chinese wide": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "chinese weekday": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日 星期一",
    "german": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "english": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "excel": lambda d: f"{d.day:02}-{MONTHS[d.month - 1]}-{d.year}",
    "american": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "long": lambda d: f"Monday, {d.day}th {MONTHS[d.month - 1]} {d.year}",
    "digits": lambda d: f"{d:%Y%m%d}",
    "serial": lambda d: str((d - dt.date(1899, 12, 30)).days),
    "time": lambda d: f"{d.year}/{d.month}/{d.day} 8:05",
    "roc": lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=50)
@given(day=days)
def test_any_day_in_any_style_reads_back_exactly(style: str, day: dt.date) -> None:
    assert read_date(STYLES[style](day), TODAY) == {"fixed": day}


@given(day=days)
def test_months_in_any_style_read_back_exactly(day: dt.date) -> None:
    first, name = day.replace(day=1), MONTHS[day.month - 1]
    for text in (
        f"{day.year}年{day.month}月",
        f"{day.year}年{day.month:02}月份",
        f"{day.year}-{day.month:02}",
        f"{day.year}/{day.month}",
        f"{day:%Y%m}",
        f"{name} {day.year}",
        f"{name}-{day.year}",
        f"{day.month:02}/{day.year}",
        f"{day.year} {name}",
        f"{day.year}M{day.month:02}",
        day.isoformat(),
    ):
        assert read_month(text, TODAY) == {"fixed": first}, text


@given(day=st.dates(min_value=dt.date(2012, 1, 1), max_value=dt.date(2080, 1, 1)))
def test_the_calendar_of_taiwan(day: dt.date) -> None:
    year = day.year - 1911
    for text in (f"{year}/{day.month}/{day.day}", f"{year}.{day.month:02}.{day.day:02}", f"{year}{day:%m%d}"):
        assert read_date(text, TODAY) == {"fixed": day}, text
    assert read_month(f"{year}年{day.month}月", TODAY) == {"fixed": day.replace(day=1)}


def joined(*cells: object, **options: object) -> object:
    """A people sheet with these joining dates."""
    head = ["工号", "姓名", "邮箱", "部门", "角色", "入职日期"]
    return read(
        xlsx([head, *([f"E{i}", "王", "a@b.c", "sales", "rep", cell] for i, cell in enumerate(cells))])
    )


def test_both_readings_of_an_ambiguous_date_are_the_hints() -> None:
    (problem,) = joined("03/04/2026").problems
    assert (problem.reason.value, problem.row, problem.column) == ("ambiguous_date", 2, "joined_on")
    assert problem.hints == ("2026-03-04", "2026-04-03")


def test_one_clear_day_decides_the_column() -> None:
    sheet = joined("03/04/2026", "25/04/2026", "2026-01-02")
    assert column(sheet, "joined_on") == ["2026-04-03", "2026-04-25", "2026-01-02"]
    assert note(sheet, NoteKind.DAY_FIRST).column == "joined_on"
    assert column(joined("03/04/2026", "04/25/2026"), "joined_on")[0] == "2026-03-04"


def test_contradicting_cells_decide_nothing() -> None:
    sheet = joined("03/04/2026", "25/04/2026", "04/25/2026")
    assert reasons(sheet) == ["ambiguous_date"]
    assert column(sheet, "joined_on")[1:] == ["2026-04-25", "2026-04-25"]


def test_the_same_day_either_way_is_no_doubt() -> None:
    assert column(joined("05/05/2026"), "joined_on") == ["2026-05-05"]


def test_two_digit_years() -> None:
    assert column(joined("5-Oct-26", "26年10月5日"), "joined_on") == ["2026-10-05"] * 2
    assert reasons(joined("06/10/26")) == ["ambiguous_date"]
    assert column(joined("26/10/06", "26/12/31"), "joined_on") == ["2026-10-06", "2026-12-31"]


def test_cells_that_excel_holds_as_dates_or_numbers() -> None:
    sheet = joined(dt.date(2026, 10, 5), dt.datetime(2026, 10, 5, 8, 30), 46300, 20261005, 1151005, "46300")
    assert column(sheet, "joined_on") == ["2026-10-05"] * 6


@pytest.mark.parametrize(
    "cell", ["soon", "2026-13-01", "2026-02-30", "0", 12, True, dt.time(3, 4), "1900-01-00"]
)
def test_no_dates(cell: object) -> None:
    assert reasons(joined(cell)) == ["not_a_date"]


def test_a_day_without_a_year_is_refused_with_this_years_day_as_a_hint() -> None:
    (problem,) = joined("10月5日").problems
    assert problem.hints == ("2026-10-05",)


def test_serials_of_a_1904_workbook() -> None:
    rows = [
        ["工号", "姓名", "邮箱", "部门", "角色", "入职日期"],
        ["E1", "王", "a@b.c", "sales", "rep", 44838],
    ]
    assert column(read(xls(rows, epoch_1904=1), "old.xls"), "joined_on") == ["2026-10-05"]


def targets(*months: object) -> object:
    return read(xlsx([["月份", "业务员", "目标"], *([month, "E1", 5] for month in months)]), table="targets")


def test_month_cells() -> None:
    sheet = targets(dt.date(2026, 10, 5), 202610, "2026年10月", "Oct-26", 46300, 2026.1, 2026.11)
    assert column(sheet, "month")[:5] == ["2026-10-01"] * 5
    assert column(sheet, "month")[6] == "2026-11-01"
    (problem,) = sheet.problems
    assert (problem.reason.value, problem.hints) == ("ambiguous_date", ("2026-01-01", "2026-10-01"))


@pytest.mark.parametrize("cell", ["2026", "Q1 2026", "2026-13", "x"])
def test_no_months(cell: str) -> None:
    assert reasons(targets(cell)) == ["not_a_month"]
