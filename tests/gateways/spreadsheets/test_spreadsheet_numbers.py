"""Numbers: every style a person may choose reads back as the same number."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.imports.problems import Reason
from gateways.spreadsheets.numbers import canonical, read_number, unit_of
from gateways.spreadsheets.sheet import NoteKind
from tests.gateways.spreadsheets.files import column, note, read, reasons, stock, xlsx

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
WIDE = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")


def european(value: Decimal) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


STYLES = {
    "plain": lambda v: f"{v:f}",
    "grouped": lambda v: f"{v:,.2f}",
    "spaces": lambda v: f"{v:,.2f}".replace(",", " "),
    "swiss": lambda v: f"{v:,.2f}".replace(",", "'"),
    "wide": lambda v: f"{v:,.2f}".translate(WIDE),
    "brackets": lambda v: f"({-v:,.2f})" if v < 0 else f"{v:,.2f}",
    "minus behind": lambda v: f"{-v:f}-" if v < 0 else f"{v:f}",
    "yuan": lambda v: f"¥{v:,.2f}",
    "yuan word": lambda v: f"{v:f}元",
    "dollars": lambda v: f"US$ {v:,.2f}",
    "dash": lambda v: f"{v:f}".replace("-", "−"),
    "wan": lambda v: f"{v / 10000:f}万",
    "k": lambda v: f"{v / 1000:f}k",
    "percent": lambda v: f"{v * 100:f}%",
    "blanks": lambda v: f"  {v:f}\u00a0",
}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=50)
@given(value=amounts)
def test_any_amount_in_any_style_reads_back_exactly(style: str, value: Decimal) -> None:
    reading = read_number(STYLES[style](value))
    assert reading is not None
    assert reading.value == value
    assert Decimal(canonical(reading.value)) == value


@settings(max_examples=25)
@given(value=amounts.filter(lambda v: abs(v) >= 1))
def test_a_column_with_decimal_commas_reads_back_exactly(value: Decimal) -> None:
    sheet = read(stock("1.234.567,89", european(value)))
    assert Decimal(column(sheet, "on_hand")[1]) == value
    assert note(sheet, NoteKind.DECIMAL_COMMA).column == "on_hand"


@settings(max_examples=25)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e13, max_value=1e13))
def test_a_number_cell_keeps_the_15_digits_that_excel_shows(value: float) -> None:
    text = column(read(stock(value)), "on_hand")[0]
    assert float(text) == pytest.approx(value, rel=1e-14, abs=1e-300)
    assert "e" not in text


@pytest.mark.parametrize(
    "text", ["12abc", "1,2,3", "1.2.3", "--5", "-(5)", "1,23,456", "∞", "inf", "NaN", "5 5", "1e9999"]
)
def test_what_is_no_number_is_refused_with_its_words(text: str) -> None:
    (problem,) = read(stock(text)).problems
    assert problem.reason in (Reason.NOT_A_NUMBER, Reason.TOO_BIG)
    assert (problem.row, problem.column, problem.value) == (2, "on_hand", text)


def test_a_slip_of_the_comma_leaves_thousands_in_doubt_instead_of_shrinking_them() -> None:
    sheet = read(stock("12,5", "1,200", "7"))
    (problem,) = sheet.problems
    assert problem.hints == ("1200", "1.2")
    assert column(sheet, "on_hand") == ["12.5", "1,200", "7"]


def test_numbers_beyond_the_database_are_too_big() -> None:
    assert reasons(read(stock(1e308, "1e308", 10**14, 10**14 - 1))) == ["too_big"] * 3


@pytest.mark.parametrize(
    "blank", ["-", "—", "——", "/", "无", "無", "N/A", "n/a", "NA", "null", "", " \u3000"]
)
def test_blank_words_are_blank(blank: str) -> None:
    sheet = read(stock(5, blank))
    assert column(sheet, "on_hand") == ["5", ""]
    assert not sheet.problems


def test_counting_words_are_taken_off_quantities() -> None:
    assert column(read(stock("12件", "5 pcs", "3.5 kg", "１２個")), "on_hand") == ["12", "5", "3.5", "12"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("金额(万元)", "125000"),
        ("金额（千元）", "12500"),
        ("金额【元】", "12.5"),
        ("Amount (k)", "12500"),
        ("Amount (in thousands)", "12500"),
        ("Amount/万元", "125000"),
        ("Amount in USD", "12.5"),
        ("金额(百万)", "12500000"),
    ],
)
def test_the_unit_in_a_header_scales(header: str, expected: str) -> None:
    sheet = read(xlsx([["月份", "业务员", header], ["2026-01", "E1", 12.5]]), table="targets")
    assert column(sheet, "amount") == [expected]


def test_a_cell_with_its_own_unit_is_not_scaled_twice() -> None:
    sheet = read(
        xlsx([["月份", "业务员", "金额(万元)"], ["2026-01", "E1", "12万"], ["2026-02", "E1", 12]]),
        table="targets",
    )
    assert column(sheet, "amount") == ["120000", "120000"]
    assert note(sheet, NoteKind.SCALED).value == "10000"


def test_weeks_become_days() -> None:
    rows = [["供应商", "料号", "交期(周)"], ["S1", "P1", 2]]
    assert column(read(xlsx(rows), table="supplier_parts"), "quoted_lead_days") == ["14"]


def test_a_named_currency_is_not_lost() -> None:
    rows = [["月份", "业务员", "目标"], ["2026-01", "E1", "US$ 1,200"], ["2026-02", "E1", "¥ 5"]]
    sheet = read(xlsx(rows), table="targets")
    assert column(sheet, "currency") == ["USD", ""]
    assert note(sheet, NoteKind.CURRENCY_TAKEN).value == "USD"


def test_units_that_are_none() -> None:
    assert unit_of("excl. VAT") is None
    assert unit_of("") is None
