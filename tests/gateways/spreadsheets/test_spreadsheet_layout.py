"""Sheets as people make them: titles, groups, units, months side by side, totals, several sheets."""

import datetime as dt

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.imports.tables import TABLES
from gateways.spreadsheets.header import detect_table
from gateways.spreadsheets.sheet import NoteKind, Skip
from gateways.spreadsheets.words import synonyms
from tests.gateways.spreadsheets.files import STOCK, column, note, read, reasons, stock, workbook, xls, xlsx

HEADERS = {
    "stock": [
        ["Material", "Storage location", "Unrestricted"],
        ["存货编码", "仓库", "现存量"],
        ["料號", "倉別", "庫存數量"],
    ],
    "orders": [
        ["Order No.", "Line", "Order Date", "Region", "Part #", "Qty", "Net Amount"],
        ["单据编号", "行号", "单据日期", "区域", "物料编码", "数量", "金额"],
        ["銷貨單號", "項次", "銷貨日期", "地區別", "品號", "銷貨數量"],
    ],
    "people": [
        ["Employee No", "Full Name", "E-mail", "Dept.", "Roles"],
        ["工号", "姓名", "邮箱", "部门", "角色"],
    ],
    "purchase_orders": [["PO Number", "Item", "Vendor", "Material", "Document Date", "Order Quantity"]],
    "targets": [
        ["月份", "业务员", "销售目标"],
        ["Month", "Sales rep", "Quota"],
        ["姓名", "2026年1月", "2026年2月"],
    ],
    "suppliers": [["供应商编码", "供应商名称"], ["Vendor code", "Vendor name"]],
    "customers": [["客户编码", "客户名称", "区域", "业务员"], ["Customer ID", "Customer name"]],
    "warehouses": [["仓库编码", "仓库名称"]],
    "regions": [["区域编码", "区域名称", "所属大区"], ["Territory ID", "Territory"]],
    "part_categories": [["类别编码", "类别名称", "上级类别"]],
    "parts": [["SKU", "Description", "UoM", "List price"], ["料號", "品名", "單位", "標準成本"]],
    "supplier_parts": [["供应商编码", "料号", "采购单价", "起订量", "交期(天)"]],
}


@pytest.mark.parametrize(("table", "headers"), [(t, h) for t, several in HEADERS.items() for h in several])
def test_the_table_is_told_by_its_headers(table: str, headers: list[str]) -> None:
    assert detect_table(headers) == table


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_our_own_column_names_are_headers_too(table: str) -> None:
    columns = next(t for t in TABLES if t.name == table).columns
    assert set(synonyms()["columns"][table]) == {c.name for c in columns}
    sheet = read(xlsx([[c.name for c in columns], ["x"] * len(columns)]), table=table)
    assert sheet.columns == tuple(c.name for c in columns)
    assert "duplicate_column" not in reasons(sheet)


def test_headers_that_fit_several_tables_are_asked_back() -> None:
    (problem,) = read(xlsx([["Code", "Name"], ["1", "a"]])).problems
    assert problem.reason.value == "unknown_table"
    assert {"regions", "warehouses"} <= set(problem.hints)


@pytest.mark.parametrize(("sheet", "file"), [("Warehouses", "a.xlsx"), ("Sheet1", "仓库清单.xlsx")])
def test_the_name_of_the_sheet_or_file_decides_between_them(sheet: str, file: str) -> None:
    assert read(xlsx([["Code", "Name"], ["1", "a"]], title=sheet), file).table == "warehouses"


def test_a_file_named_after_another_table_is_asked_back_where_code_and_name_are_all_it_has() -> None:
    (problem,) = read(xlsx([["AccountNumber", "Name"], ["1", "a"]]), "Purchasing.Vendor.xlsx").problems
    assert problem.hints == ("customers", "suppliers")


def test_the_table_that_was_asked_for_is_not_detected() -> None:
    assert column(read(xlsx([["Code", "Name"], ["1", "a"]]), table="regions"), "code") == ["1"]


def test_title_rows_and_a_unit_line_above_the_header() -> None:
    rows = [["2026年任务分解"], ["单位：万元"], [], ["月份", "业务员", "目标"], ["2026-01", "E1", 3]]
    sheet = read(xlsx(rows))
    assert column(sheet, "amount") == ["30000"]
    assert [(s.row, s.why) for s in sheet.skipped] == [(1, Skip.TITLE), (2, Skip.TITLE)]
    assert sheet.place.header_row == 4


def test_merged_group_headers_complete_the_words_below_them() -> None:
    rows = [
        ["料号", "仓库", "库存", "", "备注"],
        ["", "", "数量", "日期", ""],
        ["P1", "W1", 5, dt.date(2026, 1, 2), "x"],
    ]
    sheet = read(xlsx(rows, ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]))
    assert sheet.rows[0].values == {"part_no": "P1", "warehouse": "W1", "on_hand": "5", "as_of": "2026-01-02"}
    assert (sheet.rows[0].number, sheet.skipped[0].why) == (3, Skip.GROUP_HEADER)


def test_group_headers_without_merged_ranges_are_inferred() -> None:
    text = "料号,仓库,库存,\n,,数量,日期\nP1,W1,5,2026-01-02\n"
    assert read(text.encode(), "a.csv").columns == ("part_no", "warehouse", "on_hand", "as_of")


def test_the_same_header_twice_is_a_problem_and_neither_is_read() -> None:
    sheet = read(xlsx([[*STOCK, "现存数量"], ["P1", "W1", 5, 6]]))
    (problem,) = sheet.problems
    assert (problem.reason.value, problem.row, problem.column) == ("duplicate_column", 1, "on_hand")
    assert "on_hand" not in sheet.columns


def test_two_plain_words_for_one_column_are_a_problem() -> None:
    (problem,) = read(xlsx([["料号", "仓库", "现存量", "库存数量"], ["P1", "W1", 5, 6]])).problems
    assert problem.hints == ("现存量", "库存数量")


def test_a_name_beside_its_code_is_no_rival() -> None:
    head = [
        "订单号",
        "行号",
        "订单日期",
        "区域",
        "区域编码",
        "料号",
        "数量",
        "客户",
        "客户编码",
        "备注",
        "备注",
    ]
    sheet = read(
        xlsx([head, ["S1", 1, dt.date(2026, 1, 2), "西北", "NW", "P1", 1, "某公司", "C1", "x", "y"]])
    )
    assert not sheet.problems
    assert (sheet.rows[0].values["region"], sheet.rows[0].values["customer"]) == ("NW", "C1")


def test_a_weaker_word_yields() -> None:
    sheet = read(xlsx([["料号", "仓库", "数量", "现存数量"], ["P1", "W1", 5, 6]]))
    assert column(sheet, "on_hand") == ["6"]
    assert note(sheet, NoteKind.WEAKER_COLUMN).value == "数量"


def test_a_missing_column_names_the_nearest_header() -> None:
    (problem,) = read(xlsx([["料号", "Ware house place", "现存数量"], ["P1", "W1", 5]])).problems
    assert (problem.reason.value, problem.column, problem.hints) == (
        "missing_column",
        "warehouse",
        ("Ware house place",),
    )


def test_unknown_columns_and_misspelt_ones_are_notes() -> None:
    sheet = read(xlsx([["料号", "Warehose", "现存数量", "颜色"], ["P1", "W1", 5, "red"]]))
    assert not sheet.problems
    assert note(sheet, NoteKind.UNKNOWN_COLUMN).value == "颜色"
    assert note(sheet, NoteKind.GUESSED_COLUMN).column == "warehouse"


def test_an_amount_with_tax_is_not_the_amount() -> None:
    head = ["订单号", "行号", "订单日期", "区域", "料号", "数量", "含税金额"]
    assert "amount" not in read(xlsx([head, ["S1", 1, dt.date(2026, 1, 2), "NW", "P1", 1, 113]])).columns


MONTHS = [f"{m}月" for m in range(1, 13)]


@pytest.mark.parametrize(
    "months", [MONTHS, [f"2026-{m:02}" for m in range(1, 13)], [dt.date(2026, m, 1) for m in range(1, 13)]]
)
def test_months_side_by_side_become_rows(months: list[object]) -> None:
    rows = [
        ["2026年销售目标"],
        ["业务员", *months, "合计"],
        ["E1", *range(1, 13), 78],
        ["E2", *[""] * 12, 0],
        ["合计", *range(13)],
    ]
    sheet = read(xlsx(rows))
    assert sheet.table == "targets"
    assert [(r.number, r.values["month"], r.values["amount"]) for r in sheet.rows] == [
        (3, f"2026-{m:02}-01", str(m)) for m in range(1, 13)
    ]
    assert {row.values["person"] for row in sheet.rows} == {"E1"}
    assert note(sheet, NoteKind.NO_TARGET).count == 12


def test_the_year_of_bare_months_may_stand_in_a_column_or_above_them() -> None:
    by_column = read(xlsx([["业务员", "年度", "1月", "2月"], ["E1", 2025, 5, 6], ["E1", "2026年", 7, 8]]))
    assert column(by_column, "month") == ["2025-01-01", "2025-02-01", "2026-01-01", "2026-02-01"]
    above = read(xlsx([["业务员", "2026年", ""], ["", "1月", "2月"], ["E1", 5, 6]], ["A1:A2", "B1:C1"]))
    assert column(above, "month") == ["2026-01-01", "2026-02-01"]


def test_two_years_of_bare_months_keep_their_own_group() -> None:
    rows = [["业务员", "2025年", "", "2026年", ""], ["", "1月", "2月", "1月", "2月"], ["E1", 5, 6, 7, 8]]
    sheet = read(xlsx(rows, ["A1:A2", "B1:C1", "D1:E1"]))
    assert column(sheet, "month") == ["2025-01-01", "2025-02-01", "2026-01-01", "2026-02-01"]


def test_bare_months_of_no_year_are_refused_with_this_year_as_a_hint() -> None:
    sheet = read(xlsx([["业务员", "1月", "2月"], ["E1", 5, 6]]))
    assert reasons(sheet) == ["not_a_month"] * 2
    assert sheet.problems[0].hints == ("2026-01-01",)


def test_the_first_visible_sheet_with_a_header_is_read_and_the_others_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "封面"
    book.active.append(["说明"])
    hidden = book.create_sheet("old")
    hidden.sheet_state = "hidden"
    hidden.append(STOCK)
    page = book.create_sheet("库存")
    page.append(STOCK)
    page.append(["P1", "W1", 5])
    book.create_sheet("附表").append(["x"])
    sheet = read(workbook(book))
    assert sheet.place.sheet == "库存"
    assert [n.value for n in sheet.notes if n.kind == NoteKind.OTHER_SHEET] == ["封面", "附表"]


@pytest.mark.parametrize(
    "word", ["合计", "合 计：", "小计", "總計", "Total", "Grand total", "小计（华东）", "Subtotal:"]
)
def test_total_rows_are_skipped_and_said(word: str) -> None:
    sheet = read(xlsx([STOCK, ["P1", "W1", 5], [word, "", 5], ["P2", "W1", 6]]))
    assert [row.number for row in sheet.rows] == [2, 4]
    assert [(s.row, s.why) for s in sheet.skipped] == [(3, Skip.TOTAL)]


def test_a_customer_called_total_is_a_customer() -> None:
    sheet = read(xlsx([["客户编码", "客户名称"], ["C1", "Total"], ["C2", "合计"]]))
    assert len(sheet.rows) == 2


def test_footers_repeated_headers_and_stray_words_are_skipped() -> None:
    rows = [
        [*STOCK, "备注"],
        ["P1", "W1", 5],
        [*STOCK, "备注"],
        ["P2", "W1", 6],
        ["", "", "", "see B"],
        ["制表人：王芳"],
        ["第1页"],
    ]
    skipped = read(xlsx(rows)).skipped
    assert [(s.row, s.why) for s in skipped] == [
        (3, Skip.REPEATED_HEADER),
        (5, Skip.NO_DATA),
        (6, Skip.FOOTER),
        (7, Skip.FOOTER),
    ]


def test_hidden_rows_are_read_and_noted() -> None:
    book = openpyxl.Workbook()
    for row in (STOCK, ["P1", "W1", 5], ["P2", "W1", 6]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    sheet = read(workbook(book))
    assert len(sheet.rows) == 2
    assert (note(sheet, NoteKind.HIDDEN_ROWS).row, note(sheet, NoteKind.HIDDEN_ROWS).count) == (3, 1)


def test_merged_codes_hold_for_every_row_they_cover() -> None:
    head = ["订单号", "行号", "订单日期", "区域", "料号", "数量"]
    day = dt.date(2026, 1, 2)
    rows = [head, ["S1", 1, day, "NW", "P1", 5], ["", 2, day, "NW", "P2", 6], ["", 3, day, "NW", "P3", ""]]
    sheet = read(xlsx(rows, ["A2:A4", "F3:F4"]))
    assert column(sheet, "order_no") == ["S1"] * 3
    assert column(sheet, "quantity") == ["5", "6", ""]
    assert note(sheet, NoteKind.FILLED_DOWN).count == 2


def test_a_header_without_rows_is_empty() -> None:
    (problem,) = read(xlsx([["title"], STOCK])).problems
    assert (problem.reason.value, problem.row) == ("empty", 2)


positions = st.lists(st.integers(1, 40), min_size=1, max_size=8, unique=True)


@settings(max_examples=60)
@given(
    gaps=positions,
    above=st.integers(0, 9),
    left=st.integers(0, 4),
    kind=st.sampled_from(["xlsx", "xls", "csv"]),
)
def test_row_numbers_are_those_of_excel(gaps: list[int], above: int, left: int, kind: str) -> None:
    """Blank rows above, between and columns before: calamine trims them, Excel counts them."""
    pad = [""] * left
    grid: list[list[object]] = [[] for _ in range(above + 41)]
    grid[above] = [*pad, *STOCK]
    for gap in gaps:
        grid[above + gap] = [*pad, f"P{above + gap + 1}", "W1", 5]
    if kind == "xlsx":
        raw = xlsx(grid)
    elif kind == "xls":
        raw = xls(grid)
    else:
        raw = "\n".join(",".join(map(str, row)) for row in grid).encode()
    sheet = read(raw, f"a.{kind}")
    assert sheet.place.header_row == above + 1
    assert [row.number for row in sheet.rows] == sorted(above + gap + 1 for gap in gaps)
    assert all(row.values["part_no"] == f"P{row.number}" for row in sheet.rows)


def test_all_problems_at_once_at_most_200_of_a_kind_and_the_rest_counted() -> None:
    sheet = read(stock(*["x"] * 300, *[1e300] * 3))
    assert reasons(sheet).count("not_a_number") == 200
    assert reasons(sheet).count("too_big") == 3
    assert sheet.more == {"not_a_number": 100}
