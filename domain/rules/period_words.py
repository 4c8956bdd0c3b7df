"""How people spell a period, in English and both Chinese scripts, and what each spelling means.

`read` turns a spelling into a `Spelled` without judging it ("2019-13" is read as month 13 of 2019) and
without a clock: what "last month" is depends on today and is settled in `periods.py`. Spellings are
compared in NFKC, case-folded, Traditional written as Simplified for the few characters used here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class PeriodKind(StrEnum):
    """The three lengths of period a target is asked for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Spelled:
    """What a spelling says: a kind, and either its `number` (month 8, quarter 3) or a `shift` from today's.

    `year` is the year written; `shift` counts periods from the current one: of the kind itself where
    nothing is numbered ("last month" is -1), of years where something is ("去年8月" is month 8, -1).
    Neither year nor shift ("nov") means the most recent one that has begun.
    """

    kind: PeriodKind
    number: int | None = None
    year: int | None = None
    shift: int | None = None
    fiscal: bool = False


_MONTH, _QUARTER, _YEAR = PeriodKind

_ENGLISH_SHIFTS = {"": 0, "this ": 0, "current ": 0, "last ": -1, "previous ": -1, "prev ": -1, "next ": 1}
_ENGLISH_UNITS = {
    "month": (_MONTH, False),
    "quarter": (_QUARTER, False),
    "year": (_YEAR, False),
    "calendar year": (_YEAR, False),
    "fiscal quarter": (_QUARTER, True),
    "fiscal year": (_YEAR, True),
    "financial year": (_YEAR, True),
    "fy": (_YEAR, True),
}
_TO_DATE = {"mtd": "month", "qtd": "quarter", "ytd": "year"} | {
    f"{unit} to date": unit for unit in ("month", "quarter", "year")
}
_CHINESE_SHIFTS = {
    **dict.fromkeys(("", "本", "这", "这个", "这一", "当", "当前"), 0),
    **dict.fromkeys(("上", "上个", "上一", "上一个", "前一"), -1),
    **dict.fromkeys(("上上", "上上个"), -2),
    **dict.fromkeys(("下", "下个", "下一", "下一个"), 1),
}
_CHINESE_UNITS = {
    **dict.fromkeys(("月", "月份", "月度"), (_MONTH, False)),
    **dict.fromkeys(("季", "季度"), (_QUARTER, False)),
    **dict.fromkeys(("年", "年度"), (_YEAR, False)),
    **dict.fromkeys(("财季",), (_QUARTER, True)),
    **dict.fromkeys(("财年", "财政年度", "会计年度"), (_YEAR, True)),
}
_CHINESE_YEARS = {"今年": 0, "今年度": 0, "去年": -1, "去年度": -1, "明年": 1, "明年度": 1}


def _words() -> Iterator[tuple[str, Spelled]]:
    for shifts, units in ((_ENGLISH_SHIFTS, _ENGLISH_UNITS), (_CHINESE_SHIFTS, _CHINESE_UNITS)):
        for (before, shift), (unit, (kind, fiscal)) in product(shifts.items(), units.items()):
            yield before + unit, Spelled(kind, shift=shift, fiscal=fiscal)
    for word, unit in _TO_DATE.items():
        yield word, Spelled(_ENGLISH_UNITS[unit][0], shift=0)
    for word, shift in _CHINESE_YEARS.items():
        yield word, Spelled(_YEAR, shift=shift)


WORDS: dict[str, Spelled] = dict(_words())
"""Spellings of a period relative to today."""

SUGGESTED_ENGLISH = ("month", "quarter", "year", "last month", "last quarter", "last year")
SUGGESTED_CHINESE = (*("本月", "上月", "本季", "上季", "今年", "去年"), *(f"{m}月" for m in range(1, 13)))

MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMERALS = {
    **{digit: i for i, digit in enumerate("一二三四五六七八九十", start=1)},
    **dict(zip(("十一", "十二", "first", "second", "third", "fourth"), (11, 12, 1, 2, 3, 4), strict=True)),
}
_NUMERALS |= {name[:length]: i for i, name in enumerate(MONTH_NAMES, start=1) for length in (3, len(name))}
_NUMERALS["sept"] = 9

_NAME = rf"({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTH_NAMES)}|sept)(?![a-z])"
_YYYY = r"((?:1[89]|2[0-2])\d\d)"
_RELATIVE_YEARS = [word for word, spelled in WORDS.items() if spelled.kind is _YEAR and word != "年"]
_YEAR_WORDS = "|".join(sorted(_RELATIVE_YEARS, key=len, reverse=True))

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("month year", rf"(\d{{1,2}})[/.-]{_YYYY}(?!\d)"),
        ("year month", rf"{_YYYY}(\d\d)(?!\d)"),
        ("year month", rf"{_YYYY}(?:[ /.-]+|年 ?)(\d{{1,2}})(?:月份?|(?! ?(?:\d|q|季|月|st|nd|rd|th)))"),
        ("fiscal year", r"fy ?'?(\d{4}|\d\d)(?!\d)年?"),
        ("fiscal", r"fiscal year|financial year|fiscal|fy|会计年度|财政年度|财年"),
        ("year", rf"{_YYYY}(?!\d)(?: ?年度?)?"),
        ("short year", r"(?:民国)?(\d{2,3})年度?"),
        ("short year", r"'(\d\d)(?!\d)"),
        ("quarter", r"q ?(\d+)(?!\d)"),
        ("quarter", r"(\d)(?:st|nd|rd|th)? ?q(?:uarter|tr)?(?![a-z])"),
        ("quarter", r"(?:quarter|qtr) (\d)(?!\d)"),
        ("quarter", r"(first|second|third|fourth) (?:fiscal )?quarter"),
        ("quarter", r"第 ?(\d|[一二三四五])个?季度?"),
        ("quarter", r"(\d)季度?|([一二三四])季度"),
        ("quarter", r"(?:(?<=年)|(?<=年 ))([一二三四])季"),
        ("month", rf"{_NAME}\.?"),
        ("month", r"(十[一二]?|[一二三四五六七八九]|\d{1,2}) ?月份?"),
        ("relative year", rf"({_YEAR_WORDS})(?![a-z])"),
    )
)
_SEPARATORS = re.compile(r"[ ,/._-]*(?:(?:of|in|的|之)[ ,/._-]*)?")
_LOOKS = re.compile(r"(?:fy|fiscal) ?'?\d.*|(?:19|20)\d\d\D.*|\d{4}[/-].*")

_PLAIN = str.maketrans(
    {**dict(zip("個財會計這當國後", "个财会计这当国后", strict=True)), **dict.fromkeys("‐‑‒–—―−", "-")}
)


def plain(text: str) -> str:
    """A spelling in the form compared here.

    >>> plain(" ２０１９－Ｑ３ "), plain("上個月。")
    ('2019-q3', '上个月')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    return " ".join(folded.split()).strip(" .,;:!?。、·\"'()[]")


def read(text: str) -> Spelled | None:
    """What `text` says as a whole, right or wrong; None where it is not a spelling of a period.

    >>> read("Q3 FY2020") == Spelled(PeriodKind.QUARTER, number=3, year=2020, fiscal=True)
    True
    >>> read("去年8月") == Spelled(PeriodKind.MONTH, number=8, shift=-1), read("United Kingdom")
    (True, None)
    """
    text = plain(text)
    if text in WORDS:
        return WORDS[text]
    found = _parts(text)
    if not found or {"month", "quarter"} <= found.keys() or {"year", "shift"} <= found.keys():
        return None
    kind = next((kind for kind in (_MONTH, _QUARTER) if kind in found), _YEAR)
    number = found.get(kind) if kind is not _YEAR else None
    shift = 0 if found.keys() == {"fiscal"} else found.get("shift")
    return Spelled(kind, number, found.get("year"), shift, "fiscal" in found)


def chinese_months(year: int) -> list[str]:
    """The months of a year as typed in Chinese, to suggest from.

    >>> chinese_months(2019)[7]
    '2019年8月'
    """
    return [f"{year}年{m}月" for m in range(1, 13)]


def is_fiscal(text: str) -> bool:
    """Whether a spelling, right or wrong, speaks of a fiscal year.

    >>> is_fiscal("ＦＹ20X"), is_fiscal("2020財年"), is_fiscal("2020")
    (True, True, False)
    """
    return any(mark in plain(text) for mark in ("fy", "fiscal", "财"))


def looks_like_period(text: str) -> bool:
    """Whether `text` means to be a period, right or wrong: then it is no name.

    >>> [word for word in ("2019-13", "2019-Q5", "FY20X", "nov", "east") if looks_like_period(word)]
    ['2019-13', '2019-Q5', 'FY20X', 'nov']
    """
    return read(text) is not None or _LOOKS.fullmatch(plain(text)) is not None


def _parts(text: str) -> dict[str, int] | None:
    """The parts a plain spelling is made of, each at most once; None where anything else is left."""
    found: dict[str, int] = {}
    at = 0
    while at < len(text):
        if at and (gap := _SEPARATORS.match(text, at)):
            at = gap.end()
        hit = next(((name, match) for name, part in _PARTS if (match := part.match(text, at))), None)
        if hit is None:
            return None
        new = _meaning(*hit)
        if found.keys() & new.keys():
            return None
        found |= new
        at = hit[1].end()
    return found


def _meaning(name: str, match: re.Match[str]) -> dict[str, int]:
    """What one matched part says: some of month, quarter, year, shift (in years) and fiscal."""
    if name == "fiscal":
        return {"fiscal": 1}
    if name == "relative year":
        word = WORDS[match.group()]
        return {"shift": word.shift or 0} | ({"fiscal": 1} if word.fiscal else {})
    numbers = [_number(group) for group in match.groups() if group]
    if name == "fiscal year":
        return {"fiscal": 1, "year": _full_year(numbers[0], match.group(1))}
    if name == "short year":
        return {"year": _full_year(numbers[0], match.group(1))}
    return dict(zip(name.split(), numbers, strict=True))


def _number(text: str) -> int:
    """A number in digits, Chinese numerals or as an English month or ordinal."""
    return int(text) if text.isdecimal() else _NUMERALS[text]


def _full_year(number: int, digits: str) -> int:
    """A year of two digits in this century, of three in the Republic of China's count (108年 is 2019)."""
    return number + {2: 2000, 3: 1911}.get(len(digits), 0)
