"""The annotated copy: only bad rows, red cells, reasons, Excel's row numbers, nothing a program would run."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from domain.imports.problems import Problem, Reason
from gateways.spreadsheets.annotate import annotate
from gateways.spreadsheets.neutralise import neutralise
from gateways.spreadsheets.sheet import Sheet
from tests.gateways.spreadsheets.files import STOCK, read, stock, xlsx


def copy(raw: bytes, sheet: Sheet, problems: list[Problem] | None = None) -> Worksheet:
    made = annotate(
        raw,
        sheet,
        sheet.problems if problems is None else problems,
        title="错误",
        row_title="行",
        words=lambda p: f"{p.reason.value}!",
    )
    return openpyxl.load_workbook(io.BytesIO(made)).active


def test_only_bad_rows_with_their_numbers_and_reasons() -> None:
    raw = stock(1, "x", 3, 1e300)
    page = copy(raw, read(raw))
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["行", *STOCK, "错误"],
        [3, "P1", "W1", "x", "not_a_number!"],
        [5, "P3", "W1", 1e300, "too_big!"],
    ]
    assert page["D2"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["D2"].comment.text == "not_a_number!"
    assert page["C2"].comment is None


def test_problems_of_the_judge_are_marked_the_same_way() -> None:
    raw = stock(1, 2)
    sheet = read(raw)
    page = copy(raw, sheet, [Problem("f", Reason.UNKNOWN_REFERENCE, 3, "warehouse", "W1")])
    assert page["C2"].comment.text == "unknown_reference!"
    assert page.max_row == 2


def test_problems_of_the_header_stand_beside_it() -> None:
    raw = xlsx([[*STOCK, "现存数量"], ["P1", "W1", 5, 6]])
    page = copy(raw, read(raw))
    assert page.max_row == 1
    assert "duplicate_column!" in page["F1"].value


def test_in_a_wide_sheet_the_month_with_that_value_is_red() -> None:
    raw = xlsx([["业务员", "2026-01", "2026-02"], ["E1", 5, "x"]])
    page = copy(raw, read(raw))
    assert (page["C2"].comment, page["D2"].comment.text) == (None, "not_a_number!")


def test_nothing_in_the_copy_is_a_formula() -> None:
    attack = "=cmd|' /C calc'!A0"
    raw = f"料号,仓库,现存数量\n{attack},@SUM(A1),+1+1\n".encode()
    page = copy(raw, read(raw, "a.csv"))
    assert [page.cell(2, at).value for at in (2, 3, 4)] == [f"'{attack}", "'@SUM(A1)", "'+1+1"]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_a_file_that_is_gone_gives_no_copy() -> None:
    assert annotate(b"", Sheet("f"), [], title="", row_title="", words=str) == b""


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1+1", "＋1", "－1", "＠A", " =1", "-"],
)
def test_what_a_program_could_run_is_neutralised(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "12.5", "+3", "-0.25", "P1", "刹车片", "a=b", "", "'x"])
def test_numbers_and_words_are_left_alone(text: str) -> None:
    assert neutralise(text) == text
