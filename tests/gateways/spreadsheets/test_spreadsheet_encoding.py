"""Text files in the encodings of Windows in Beijing, Taipei and elsewhere, from two lines on."""

import pytest

from domain.imports.problems import Reason
from gateways.spreadsheets.encoding import decode
from gateways.spreadsheets.refusal import Refusal
from tests.gateways.spreadsheets.files import column, read, reasons

SIMPLIFIED = [
    "料号,仓库,现存数量\nP1,北京,5\n",
    "客户编码,客户名称\nC1,上海汽车配件有限公司\n",
    "姓名,工号\n王芳,E1\n",
    "配件编码,品名\n0012,刹车片\n",
    "供应商,交期\n华兴,30\n",
]
TRADITIONAL = [
    "料號,倉庫,庫存數量\nP1,台北,5\n",
    "客戶代號,客戶簡稱\nC1,台灣汽車零件股份有限公司\n",
    "姓名,工號\n陳美玲,E1\n",
    "零件編號,品名\n0012,煞車片\n",
    "廠商,交期\n華興,30\n",
]
SAMPLES = [(text, "gb18030") for text in SIMPLIFIED] + [(text, "big5hkscs") for text in TRADITIONAL]


@pytest.mark.parametrize(("text", "encoding"), SAMPLES)
def test_two_lines_are_enough_to_tell_gb18030_from_big5(text: str, encoding: str) -> None:
    coded = text.encode("gbk" if encoding == "gb18030" else "big5")
    found = decode(coded)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(("texts", "encoding"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5hkscs")])
def test_the_hanzi_alone_tell_without_any_known_header(texts: list[str], encoding: str) -> None:
    body = "".join(text.partition("\n")[2] for text in texts)
    assert decode(body.encode("gbk" if encoding == "gb18030" else "big5")).encoding == encoding


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"]
)
def test_a_file_reads_the_same_in_every_encoding(encoding: str) -> None:
    text = '料號,倉庫,現存數量\r\nP1,台北,"1,200"\r\nP2,台北,５\r\n'
    if encoding == "gb18030":
        text = text.translate(str.maketrans("號倉庫現數臺", "号仓库现数台"))
    sheet = read(text.encode(encoding), "stock.csv")
    assert sheet.table == "stock"
    assert column(sheet, "on_hand") == ["1200", "5"]
    assert [row.number for row in sheet.rows] == [2, 3]


def test_utf_16_with_a_big_endian_mark() -> None:
    raw = b"\xfe\xff" + "料号,仓库,现存数量\nP1,W,5\n".encode("utf-16-be")
    assert column(read(raw, "a.csv"), "on_hand") == ["5"]


@pytest.mark.parametrize("raw", [b"\xff\xff\xfe\x81 \xff", b"\xef\xbb\xbf\xff\xfe", bytes(range(128, 256))])
def test_what_no_encoding_fits_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        decode(raw)
    assert refused.value.reason == Reason.UNKNOWN_ENCODING


def test_latin_text_of_windows_is_not_guessed_to_be_chinese() -> None:
    assert reasons(read("Name;Größe\nMüller;5\n".encode("cp1252"), "a.csv")) in (
        ["unknown_encoding"],
        ["no_header"],
    )


def test_binary_is_no_text() -> None:
    assert reasons(read(b"abc\0\1\2\0\3def" * 50, "a.csv")) == ["not_a_spreadsheet"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(mark: str) -> None:
    text = mark.join(["料号", "仓库", "现存数量"]) + "\n" + mark.join(["P1", "W1", "5"]) + "\n"
    assert column(read(text.encode(), "a.txt"), "on_hand") == ["5"]


def test_the_sep_line_of_excel_is_not_a_row() -> None:
    sheet = read("sep=|\n料号|仓库|现存数量\nP1|W1|5\n".encode(), "a.csv")
    assert [row.number for row in sheet.rows] == [2]


def test_a_quoted_line_break_is_one_row_and_a_blank_line_counts() -> None:
    sheet = read('料号,仓库,现存数量\n\n"P\n1",W1,5\n\nP2,W1,6\n'.encode(), "a.csv")
    assert [(row.number, row.values["part_no"]) for row in sheet.rows] == [(3, "P 1"), (5, "P2")]


def test_an_open_quote_is_told_instead_of_swallowing_rows() -> None:
    (problem,) = read('料号,仓库,现存数量\nP1,"W1,5\nP2,W1,6\n'.encode(), "a.csv").problems
    assert problem.hints == ("open_quote",)


def test_an_inch_mark_is_no_quote() -> None:
    sheet = read('料号,品名,单位\nP1,Pipe 2" rear,m\nP2,"2" pipe",m\n'.encode(), "a.csv", table="parts")
    assert column(sheet, "name")[0] == 'Pipe 2" rear'
    assert len(sheet.rows) == 2
