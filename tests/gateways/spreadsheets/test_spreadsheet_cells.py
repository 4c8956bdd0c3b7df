"""Cells: codes stay text, words become choices, formulas and their errors are told."""

import datetime as dt

import openpyxl
import pytest
import xlsxwriter

from gateways.spreadsheets.sheet import NoteKind
from tests.gateways.spreadsheets.files import (
    STOCK,
    biff,
    column,
    compound,
    note,
    read,
    reasons,
    stock,
    workbook,
    xls,
    xlsb,
    xlsx,
)


def test_codes_stay_text() -> None:
    rows = [
        STOCK,
        ["0034", "W1", 1],
        [34.0, "W1", 2],
        [34, "W2", 3],
        ["００１２－Ａ", "W1", 4],
        [6.5, "W1", 5],
    ]
    sheet = read(xlsx(rows))
    assert column(sheet, "part_no") == ["0034", "34", "34", "0012-A", "6.5"]
    mixed = note(sheet, NoteKind.MIXED_ZEROS)
    assert (mixed.value, mixed.hint) == ("34", "0034")
    assert note(sheet, NoteKind.NUMBER_CODES).count == 3


@pytest.mark.parametrize(
    ("cell", "hint"),
    [(dt.date(2026, 12, 10), "date"), ("6.9E+12", "digits"), (6901234567890123456, "digits")],
)
def test_a_code_that_the_spreadsheet_changed_is_refused(cell: object, hint: str) -> None:
    (problem,) = read(xlsx([STOCK, [cell, "W1", 1]])).problems
    assert (problem.reason.value, problem.row, problem.hints) == ("code_changed", 2, (hint,))


def test_thirteen_digit_bar_codes_survive() -> None:
    assert column(read(xlsx([STOCK, [6901234567890, "W1", 1]])), "part_no") == ["6901234567890"]


def test_na_is_a_region_and_not_nothing() -> None:
    rows = [["区域编码", "区域名称", "所属大区"], ["NA", "North America", "N/A"]]
    assert read(xlsx(rows)).rows[0].values == {"code": "NA", "name": "North America", "region_group": ""}


def test_invisible_marks_are_stripped_and_names_keep_their_width() -> None:
    book = [["客户编码", "客户名称"], ["C\u202e1\u200b", " 上海（集团）\u3000公司\ufeff\n北 "]]
    values = read(xlsx(book)).rows[0].values
    assert values == {"code": "C1", "name": "上海（集团） 公司 北"}


def test_long_text_is_refused() -> None:
    (problem,) = read(xlsx([["客户编码", "客户名称"], ["C1", "长" * 501], ["C2", "长" * 500]])).problems
    assert (problem.reason.value, problem.hints, len(problem.value)) == ("too_long", ("500", "501"), 100)


def test_choices_lists_mails_and_currencies_in_three_languages() -> None:
    head = ["工号", "姓名", "邮箱", "部门", "角色", "负责区域", "语言", "时区"]
    rows = [
        head,
        ["E1", "王", " Wang@Example.COM ", "銷售部", "区域经理、业务员", "NW，SW;NW", "繁體中文", "北京时间"],
    ]
    values = read(xlsx(rows)).rows[0].values
    assert values["email"] == "wang@example.com"
    assert (values["department"], values["roles"], values["regions"]) == ("sales", "region_lead;rep", "NW;SW")
    assert (values["locale"], values["timezone"]) == ("zh_Hant", "Asia/Shanghai")
    money = [["供应商", "料号", "币别"], ["S1", "P1", "人民币"], ["S1", "P2", "usd"], ["S1", "P3", "US$"]]
    assert column(read(xlsx(money), table="supplier_parts"), "currency") == ["CNY", "USD", "USD"]


def test_a_word_that_is_no_choice_is_left_for_the_judge() -> None:
    rows = [["料号", "品名", "状态"], ["P1", "a", "Phase-Out"], ["P2", "b", "神秘"]]
    assert column(read(xlsx(rows)), "lifecycle") == ["phase_out", "神秘"]


def test_a_formula_that_was_never_calculated_is_told() -> None:
    book = openpyxl.Workbook()
    for row in (STOCK, ["P1", "W1", "=2+3"], ["P2", "W1", ""], ["P3", "W1", 7]):
        book.active.append(row)
    sheet = read(workbook(book))
    (problem,) = sheet.problems
    assert (problem.reason.value, problem.row, problem.column) == ("no_cached_value", 2, "on_hand")
    assert column(sheet, "on_hand") == ["", "", "7"]


def test_a_formula_with_its_value_is_that_value(tmp_path: object) -> None:
    path = tmp_path / "a.xlsx"  # type: ignore[operator]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, STOCK)
        page.write_row(1, 0, ["P1", "W1"])
        page.write_formula(1, 2, "=2+3", None, 5)
    assert column(read(path), "on_hand") == ["5"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_error_values_are_told_wherever_they_stand(error: str) -> None:
    sheet = read(xlsx([STOCK, ["P1", "W1", error], [error, "W1", 1]]))
    assert [(p.reason.value, p.row, p.value) for p in sheet.problems] == [
        ("formula_error", 2, error),
        ("formula_error", 3, error),
    ]


def test_xls_is_read_with_its_errors_and_hidden_rows() -> None:
    raw = xls(
        [STOCK, ["００１", "W1", 5.0], ["P2", "W1", "1,200"], ["P3", "W1", ValueError()]], first=3, hidden=[5]
    )
    sheet = read(raw, "库存.xls")
    assert [(row.number, row.values["on_hand"]) for row in sheet.rows] == [
        (5, "5"),
        (6, "1200"),
        (7, "#REF!"),
    ]
    assert reasons(sheet) == ["formula_error"]
    assert note(sheet, NoteKind.HIDDEN_ROWS).row == 5


def test_xlsb_is_read_with_the_rows_of_excel() -> None:
    sheet = read(xlsb([(2, STOCK), (4, ["P1", "W1", 5.0])]), "库存.xlsb")
    assert [(row.number, row.values["on_hand"]) for row in sheet.rows] == [(5, "5")]


def test_the_container_is_told_by_its_bytes_and_not_by_its_name() -> None:
    assert column(read(stock(5), "库存.csv"), "on_hand") == ["5"]
    assert column(read("料号\t仓库\t现存数量\nP1\tW1\t5\n".encode("gbk"), "库存.xls"), "on_hand") == ["5"]


@pytest.mark.parametrize(
    ("raw", "name", "hint"),
    [
        (xls([STOCK]), "a.et", "et"),
        (compound({"WordDocument": b"x"}), "a.doc", "doc"),
        (b"%PDF-1.7 ...", "a.xlsx", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", "image"),
        (b"<html><table>", "a.xls", "html"),
        (b"<?xml version='1.0'?><Workbook>", "a.xls", "xml"),
        (b"PK\x03\x04 not really", "a.xlsx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not really", "a.xls", "broken"),
    ],
)
def test_what_is_no_spreadsheet_is_named(raw: bytes, name: str, hint: str) -> None:
    (problem,) = read(raw, name).problems
    assert (problem.reason.value, problem.row, problem.hints) == ("not_a_spreadsheet", 0, (hint,))


@pytest.mark.parametrize(
    "raw",
    [
        compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
        compound({"Workbook": biff([], extra=b"\x2f\x00\x04\x00abcd")}),
    ],
)
def test_passwords_are_told(raw: bytes) -> None:
    assert reasons(read(raw)) == ["encrypted"]


@pytest.mark.parametrize("raw", [b"", b"\n\n", xlsx([]), xlsx([["", ""]])])
def test_empty_files_are_told(raw: bytes) -> None:
    assert reasons(read(raw)) == ["empty"]


def test_a_file_that_cannot_be_opened_is_a_problem_too(tmp_path: object) -> None:
    assert reasons(read(tmp_path / "gone.xlsx")) == ["not_a_spreadsheet"]  # type: ignore[operator]


def test_a_sheet_of_something_else_has_no_header() -> None:
    assert reasons(read(xlsx([["颜色", "味道"], ["red", "sweet"]]))) == ["no_header"]
