"""How people ask for a period, alone or with a name, on 15 November 2019 (fiscal year from July)."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.periods import (
    UnknownPeriod,
    looks_like_period,
    parse_period,
    split_who_and_period,
)

TODAY = date(2019, 11, 15)
SPELLINGS = {
    "2019": (
        "2019 | 2019年 | 2019年度 | ２０１９ | year | Year | this year | ytd | 今年 | 本年度 | 民國108年"
    ),
    "2018": "2018 | last year | previous year | 去年 | 上年",
    "2020": "next year | 明年",
    "2019-Q3": (
        "2019-Q3 | 2019-q3 | 2019Q3 | q3 2019 | Q3-2019 | 3Q 2019 | 2019 3Q | ２０１９－Ｑ３ | "
        "2019/Q3 | Q3 | 3rd quarter 2019 | third quarter of 2019 | Quarter 3 2019 | 2019年第3季 | "
        "2019年第三季度 | 2019年三季度 | 2019年三季 | 2019年3季度 | 三季度 | 第三季 | 2019 第三季 | "
        "last quarter | 上季 | 上季度 | 上個季度 | Q3'19"
    ),
    "2019-Q4": "quarter | this quarter | qtd | 本季 | 這季 | 这个季度 | Q4 | q4 2019",
    "2018-Q3": "last year Q3 | 去年第三季 | q3 2018",
    "2019-08": (
        "2019-08 | 2019/8 | 2019-8 | 201908 | 2019.08 | Aug 2019 | august 2019 | AUG2019 | "
        "2019 aug | 8/2019 | August, 2019 | Aug '19 | 2019年8月 | 2019年08月份 | 2019年八月 | "
        "19年8月 | 108年8月 | 8月 | 八月 | aug | 今年8月"
    ),
    "2019-11": (
        "2019-11 | month | this month | current month | mtd | nov | Nov. | november | 本月 | "
        "這個月 | 当月 | 11月"
    ),
    "2019-10": "last month | prev month | 上月 | 上個月 | 上个月 | 上個月份 | october | 十月",
    "2019-12": "next month | 下月 | 下個月",
    "2018-12": "dec | 12月 | 十二月 | 去年12月 | 2018-12",
    "FY2020": (
        "FY2020 | fy2020 | FY 2020 | FY20 | 2020 FY | fiscal year 2020 | ＦＹ２０２０ | fy | "
        "fiscal year | 財年 | 本财年 | 2020財年 | 2020财年 | 財年2020 | FY2020年"
    ),
    "FY2019": "last fiscal year | last fy | 上財年 | 上个财年",
    "FY2020-Q1": "FY2020-Q1 | fy2020q1 | Q1 FY2020 | FY20 Q1 | 2020财年第一季度 | fiscal 2020 q1 | fy q1",
    "FY2020-Q2": "fiscal quarter | FY2020-Q2 | 财季",
    "FY2019-Q3": "fy q3 | FY2019-Q3 | last fiscal year q3",
}
WRONG = (
    "2019-13 | 2019-00 | 2019-Q5 | 2019-Q0 | FY20X | FY2020-Q7 | 1989 | 2101 | FY2101 | "
    "1989-05 | q5 | 13月 | 2019年13月 | 2019年第5季 | 2019-08-15 | 2019- | 2019-Q3-Q4 | "
    "2019 2018 | aug sep | 201913 | this year 2019"
)
PLACES = st.sampled_from(
    [
        "me",
        "company",
        "East",
        "United Kingdom",
        "Northwest",
        "@li.hua",
        "<@U02AB3C4D|li>",
        "華東",
        "李华",
        "Gul Nara Khan",
    ]
)
WRITTEN = st.sampled_from(
    [(code, spelling) for code, row in SPELLINGS.items() for spelling in row.split(" | ")]
)


def code_of(text: str, today: date = TODAY, start: int = 7) -> str:
    return parse_period(text, today=today, fiscal_year_start=start).code


def split(text: str) -> tuple[str, str | None]:
    who, period = split_who_and_period(text, today=TODAY, fiscal_year_start=7)
    return who, period.code if period else None


@pytest.mark.parametrize("code", SPELLINGS)
def test_every_way_to_write_it(code: str) -> None:
    for spelling in SPELLINGS[code].split(" | "):
        assert code_of(spelling) == code, spelling
        assert code_of(f"  {spelling.upper()} ") == code, spelling
        assert looks_like_period(spelling), spelling


@pytest.mark.parametrize("wrong", WRONG.split(" | "))
def test_a_wrong_period_is_refused_with_three_that_are_right(wrong: str) -> None:
    with pytest.raises(UnknownPeriod) as caught:
        code_of(wrong)
    assert caught.value.text == wrong
    assert len(set(caught.value.suggestions)) == 3
    assert all(code_of(suggestion) for suggestion in caught.value.suggestions)


@pytest.mark.parametrize(
    "wrong", ["2019-13", "2019-Q5", "FY20X", "2019年13月", "2019-08-15", "FY2020-Q7", "2019-", "Q5"]
)
def test_a_wrong_period_is_nobodys_name(wrong: str) -> None:
    assert looks_like_period(wrong)
    for text in (wrong, f"east {wrong}", f"{wrong} east"):
        with pytest.raises(UnknownPeriod) as caught:
            split(text)
        assert caught.value.text == wrong


@pytest.mark.parametrize(
    "text", ["", " ", "east", "me", "@li.hua", "281", "502097814", "四季汽配", "Marchetti", "Q", "fyodor"]
)
def test_a_name_is_no_period(text: str) -> None:
    assert not looks_like_period(text)
    with pytest.raises(UnknownPeriod):
        code_of(text)
    assert split(text) == (text.strip(), None)


@given(st.text(max_size=40), st.dates(date(1991, 1, 1), date(2099, 1, 1)), st.integers(1, 12))
def test_any_text_is_a_period_or_refused(text: str, today: date, start: int) -> None:
    try:
        found = parse_period(text, today=today, fiscal_year_start=start)
    except UnknownPeriod as unknown:
        assert 1 <= len(unknown.suggestions) <= 3
        for suggestion in unknown.suggestions:
            parse_period(suggestion, today=today, fiscal_year_start=start)
    else:
        assert 1990 <= found.year <= 2100


@given(st.text(alphabet="0123456789-/QqfyFY年月季第財上本今一三十 augnov", max_size=14))
def test_almost_periods_are_periods_or_refused(text: str) -> None:
    try:
        split(text)
    except UnknownPeriod as unknown:
        assert len(unknown.suggestions) == 3


@given(PLACES, WRITTEN, st.booleans())
def test_who_and_period_come_apart_in_either_order(
    who: str, written: tuple[str, str], period_first: bool
) -> None:
    code, spelling = written
    assert split(f"{spelling} {who}" if period_first else f"{who}  {spelling}") == (who, code)


@given(st.lists(st.text(alphabet="abce@.華東 28", min_size=1, max_size=6), max_size=5), st.none() | WRITTEN)
def test_no_word_is_lost(words: list[str], written: tuple[str, str] | None) -> None:
    text = " ".join([*words, *([written[1]] if written else [])])
    whole = " ".join(text.split())
    try:
        who, period = split_who_and_period(text, today=TODAY, fiscal_year_start=7)
    except UnknownPeriod:
        return
    assert whole.startswith(who) or whole.endswith(who)
    rest = whole.removeprefix(who).strip() if whole.startswith(who) else whole.removesuffix(who).strip()
    assert (period is None) == (rest == "")
    if period is not None:
        assert code_of(rest) == period.code


@pytest.mark.parametrize(
    ("text", "who", "code"),
    [
        ("United Kingdom 2019-Q3", "United Kingdom", "2019-Q3"),
        ("2019-11 me", "me", "2019-11"),
        ("east last month", "east", "2019-10"),
        ("last  month   east", "east", "2019-10"),
        ("華東上月", "華東", "2019-10"),
        ("上月華東", "華東", "2019-10"),
        ("李华2019年第三季度", "李华", "2019-Q3"),
        ("華東 2019年 8月", "華東", "2019-08"),
        ("8月华东", "华东", "2019-08"),
        ("East本月", "East", "2019-11"),
        ("四季汽配 8月", "四季汽配", "2019-08"),
        ("281 2019", "281", "2019"),
        ("month", "", "2019-11"),
        ("", "", None),
    ],
)
def test_asked_in_slack(text: str, who: str, code: str | None) -> None:
    assert split(text) == (who, code)


@pytest.mark.parametrize("text", ["2019-08 to 2019-09", "Q3 2019-08", "2019-08 2019-09", "2019 east 2018"])
def test_two_periods_are_one_too_many(text: str) -> None:
    with pytest.raises(UnknownPeriod) as caught:
        split(text)
    assert caught.value.text == text


def test_a_month_without_a_year_has_begun() -> None:
    assert code_of("nov", date(2019, 10, 31)) == "2018-11"
    assert code_of("nov", date(2019, 11, 1)) == "2019-11"
    assert code_of("q1", date(2019, 1, 1)) == "2019-Q1"
    assert code_of("fy q1", date(2019, 6, 30)) == "FY2019-Q1"
    assert code_of("fy q1", date(2019, 7, 1)) == "FY2020-Q1"


def test_a_month_of_a_fiscal_year_lies_in_it() -> None:
    assert code_of("FY2020 aug") == "2019-08"
    assert code_of("FY2020 mar") == "2020-03"


def test_the_new_year_turns_last_month_and_last_quarter() -> None:
    assert code_of("last month", date(2020, 1, 1)) == "2019-12"
    assert code_of("上季", date(2020, 3, 31)) == "2019-Q4"
    assert code_of("last fy", date(2020, 6, 30)) == "FY2019"


def test_where_the_fiscal_year_is_the_calendars() -> None:
    assert code_of("FY2020-Q1", start=1) == "2020-Q1"
    assert code_of("財年", start=1) == "2019"


@pytest.mark.parametrize("start", [0, 13])
def test_an_impossible_start_of_the_fiscal_year_is_a_mistake_of_ours(start: int) -> None:
    with pytest.raises(ValueError, match="no month"):
        code_of("2019", start=start)


@pytest.mark.parametrize(
    ("wrong", "suggested"),
    [
        ("2019-Q5", "2019-Q4"),
        ("FY20X", "FY2020"),
        ("novmber", "2019-11"),
        ("last mnth", "last month"),
        ("13月", "3月"),
    ],
)
def test_the_nearest_is_suggested(wrong: str, suggested: str) -> None:
    with pytest.raises(UnknownPeriod) as caught:
        code_of(wrong)
    assert suggested in caught.value.suggestions


def test_it_is_quick() -> None:
    """A whole `/target` argument in well under a millisecond of processor time (the best of many tries)."""
    tries = []
    for _ in range(30):
        begun = time.process_time()
        split("United Kingdom third quarter of 2019")
        split("2019-11 me")
        tries.append(time.process_time() - begun)
    assert min(tries) < 0.001
