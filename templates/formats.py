"""How numbers, money, dates and periods look to one reader.

Rounding is commercial (half up). What is not known is said so, never shown as 0. Grouping is the same in
the three languages; what differs (units of ten thousand, the order of a date) stands in the tables here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import cache
from zoneinfo import ZoneInfo

from domain.names import Locale, Names
from domain.rules.periods import Period, PeriodKind
from templates.text import Mrkdwn, clean, shorten

NAME = 60  # a longer name hides the number it stands beside
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_HUNDRED = Decimal(100)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NOT_KNOWN = {Locale.EN: "not known", Locale.ZH_HANT: "未知", Locale.ZH_HANS: "未知"}
# Units of rounded amounts, largest first: from this size on, divided by it, its name.
_UNITS: dict[Locale, tuple[tuple[Decimal, str], ...]] = {
    Locale.EN: ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M")),
    Locale.ZH_HANT: ((Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "萬")),
    Locale.ZH_HANS: ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
}
_QUARTER = {Locale.ZH_HANT: "第 {} 季", Locale.ZH_HANS: "第 {} 季度"}
_FISCAL = {Locale.ZH_HANT: "{} 會計年度", Locale.ZH_HANS: "{} 财年"}
# Currencies whose cents nobody writes, whatever the tables of the world say.
_WHOLE = frozenset({"TWD"})


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """Rounded commercially, without a negative zero.

    >>> half_up(Decimal("2.5")), half_up(Decimal("-0.04"), 1)
    (Decimal('3'), Decimal('0.0'))
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return rounded if rounded else abs(rounded)


@cache
def currency_digits(currency: str) -> int:
    """Decimal places that amounts in a currency are written with."""
    from babel.numbers import get_currency_precision  # slow to import, and few readers need it

    return 0 if currency in _WHOLE else int(get_currency_precision(currency))


@cache
def currency_symbol(currency: str, locale: Locale) -> str:
    """The sign readers of a language know a currency by; its code where there is none."""
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale.value))


def in_order(locale: Locale, *parts: str | None) -> Mrkdwn:
    """Sentences one after the other, as the language sets them; what is None is left out."""
    return Mrkdwn(" " if locale is Locale.EN else "").join(part for part in parts if part)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: language, the company's day and currency, time zone (IANA).

    Amounts in `currency` are shown bare, as a company speaks of its own money; others with their code.
    """

    locale: Locale
    today: date
    currency: str = ""
    timezone: str = "UTC"

    @property
    def english(self) -> bool:
        """Whether words are separated by spaces, and so on."""
        return self.locale is Locale.EN

    @property
    def not_known(self) -> str:
        """What stands for a number nobody knows."""
        return _NOT_KNOWN[self.locale]

    def number(self, value: Decimal | int | None, places: int = 0) -> str:
        """Grouped by thousands.

        >>> Reader(Locale.EN, date(2019, 11, 22)).number(Decimal("568603.5"))
        '568,604'
        """
        return self.not_known if value is None else f"{half_up(Decimal(value), places):,f}"

    def money(self, value: Decimal | None, currency: str = "") -> str:
        """A whole amount; with the code of the currency where it is not the company's.

        >>> reader = Reader(Locale.EN, date(2019, 11, 22), "CNY")
        >>> reader.money(Decimal("568603.17"), "CNY"), reader.money(Decimal("12.5"), "USD")
        ('568,603', 'USD 13')
        """
        return self._coded(self.number(value), value, currency)

    def exact(self, value: Decimal | None, currency: str = "") -> str:
        """An amount to the cent, with the sign of its currency.

        >>> Reader(Locale.ZH_HANS, date(2019, 11, 22)).exact(Decimal("568603.1725"), "CNY")
        '¥568,603.17'
        """
        if value is None or not currency:
            return self.number(value, 2)
        amount = self.number(abs(value), currency_digits(currency))
        sign = "-" if value < 0 and any(c in "123456789" for c in amount) else ""
        symbol = currency_symbol(currency, self.locale)
        return f"{sign}{symbol}{' ' if symbol[-1].isalpha() else ''}{amount}"

    def about(self, value: Decimal | None, currency: str = "") -> str:
        """A rounded amount as one says it: three digits that count, in 萬 or millions where it is large.

        >>> now = date(2019, 11, 22)
        >>> [Reader(Locale.EN, now).about(Decimal(n)) for n in (758137, 2871000, 999999, 26279)]
        ['758,000', '2.87 M', '1.00 M', '26,300']
        >>> [Reader(Locale.ZH_HANT, now).about(Decimal(n)) for n in (758137, 90000, 4210, 287004000)]
        ['75.8 萬', '9 萬', '4,210', '2.87 億']
        """
        if value is None:
            return self.not_known
        rounded = half_up(value, 2 - value.adjusted()) if abs(value) >= 1000 else half_up(value)
        for size, unit in _UNITS[self.locale]:
            if abs(rounded) >= size:
                scaled = rounded / size
                places = max(0, 2 - scaled.adjusted())
                written = f"{half_up(scaled, places):,f}"
                if not self.english and "." in written:
                    written = written.rstrip("0").rstrip(".")
                return self._coded(f"{written} {unit}", value, currency)
        return self._coded(f"{half_up(rounded):,f}", value, currency)

    def _coded(self, written: str, value: Decimal | None, currency: str) -> str:
        foreign = currency and currency != self.currency and value is not None
        return f"{currency} {written}" if foreign else written

    def percent(self, share: Decimal | float | None, places: int = 1) -> str:
        """A share of 1 as a percentage. What has not reached 100 is never rounded up to it.

        >>> reader = Reader(Locale.EN, date(2019, 11, 22))
        >>> reader.percent(Decimal("0.8123")), reader.percent(Decimal("0.9999")), reader.percent(None)
        ('81.2 %', '99.9 %', 'not known')
        """
        if share is None:
            return self.not_known
        value = Decimal(str(share)) * _HUNDRED
        rounded = half_up(value, places)
        if value < _HUNDRED <= rounded:
            rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_FLOOR)
        return f"{rounded:,f}{' %' if self.english else '%'}"

    def change(self, share: Decimal | None) -> str:
        """A growth with its sign.

        >>> Reader(Locale.ZH_HANS, date(2019, 11, 22)).change(Decimal("0.0534"))
        '+5.3%'
        """
        if share is None:
            return self.not_known
        return ("+" if half_up(share * _HUNDRED, 1) > 0 else "") + self.percent(share)

    def chance(self, share: float | None) -> str:
        """A probability in whole percent; neither certain nor impossible before it is.

        >>> reader = Reader(Locale.EN, date(2019, 11, 22))
        >>> reader.chance(0.881), reader.chance(0.9999), reader.chance(0.0001), reader.chance(1.0)
        ('88 %', '99 %', '1 %', '100 %')
        """
        if share is None or share in (0, 1):
            return self.percent(share, 0)
        return self.percent(min(max(share, 0.01), 0.99), 0)

    def month(self, year: int, month: int) -> str:
        """A month by its name; with the year where it is not the current one."""
        return self.period(Period(PeriodKind.MONTH, year, month))

    def period(self, period: Period) -> str:
        """A period as one names it; the year where it is not the current one, or is fiscal.

        >>> [Reader(l, date(2019, 11, 22)).period(Period(PeriodKind.MONTH, 2018, 11)) for l in Locale]
        ['November 2018', '2018 年 11 月', '2018 年 11 月']
        >>> [Reader(l, date(2019, 11, 22)).period(Period(PeriodKind.QUARTER, 2020, 1, 7)) for l in Locale]
        ['FY2020 Q1', '2020 會計年度第 1 季', '2020 财年第 1 季度']
        """
        year = self._year(period)
        if period.kind is PeriodKind.YEAR:
            return year
        current = not period.fiscal and period.year == self.today.year
        part = self._part(period)
        if current:
            return part
        if not self.english:
            return f"{year}{'' if period.fiscal or period.kind is PeriodKind.QUARTER else ' '}{part}"
        return f"{year} {part}" if period.fiscal else f"{part} {year}"

    def _year(self, period: Period) -> str:
        if self.english:
            return f"FY{period.year}" if period.fiscal else str(period.year)
        return _FISCAL[self.locale].format(period.year) if period.fiscal else f"{period.year} 年"

    def _part(self, period: Period) -> str:
        if period.kind is PeriodKind.MONTH:
            return _MONTHS[period.number - 1] if self.english else f"{period.number} 月"
        return f"Q{period.number}" if self.english else _QUARTER[self.locale].format(period.number)

    def day(self, day: date | None) -> str:
        """A day in words; with the year where it is not the current one.

        >>> [Reader(l, date(2019, 11, 22)).day(date(2019, 7, 2)) for l in Locale]
        ['2 July', '7 月 2 日', '7 月 2 日']
        """
        if day is None:
            return self.not_known
        year = "" if day.year == self.today.year else str(day.year)
        if self.english:
            return f"{day.day} {_MONTHS[day.month - 1]}{' ' if year else ''}{year}"
        return f"{year}{' 年 ' if year else ''}{day.month} 月 {day.day} 日"

    def short_day(self, day: date | None) -> str:
        """A day for tables, charts and small print.

        >>> [Reader(l, date(2019, 11, 22)).short_day(date(2018, 7, 2)) for l in Locale]
        ['2 Jul 2018', '2018/7/2', '2018/7/2']
        """
        if day is None:
            return self.not_known
        year = "" if day.year == self.today.year else str(day.year)
        if self.english:
            return f"{day.day} {_MONTHS[day.month - 1][:3]}{' ' if year else ''}{year}"
        return f"{year}{'/' if year else ''}{day.month}/{day.day}"

    def days(self, first: date, last: date) -> str:
        """From one day to another, both included.

        >>> [Reader(l, date(2019, 11, 22)).days(date(2019, 11, 1), date(2019, 11, 22)) for l in Locale]
        ['1 to 22 November', '11 月 1 日至 22 日', '11 月 1 日至 22 日']
        """
        if first == last:
            return self.day(first)
        together = (first.year, first.month) == (last.year, last.month)
        if self.english:
            start = str(first.day) if together else self.day(first)
            return f"{start} to {self.day(last)}"
        return f"{self.day(first)}至 {f'{last.day} 日' if together else self.day(last)}"

    def short_days(self, first: date, last: date) -> str:
        """The same for tables.

        >>> [Reader(l, date(2019, 11, 22)).short_days(date(2019, 11, 4), date(2019, 11, 10)) for l in Locale]
        ['4–10 Nov', '11/4–11/10', '11/4–11/10']
        """
        if first == last:
            return self.short_day(first)
        if self.english and (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.short_day(last)}"
        return f"{self.short_day(first)}–{self.short_day(last)}"

    def moment(self, at: datetime | None) -> str:
        """Day and time where the reader is.

        >>> from datetime import UTC
        >>> reader = Reader(Locale.EN, date(2019, 11, 22), timezone="Asia/Taipei")
        >>> reader.moment(datetime(2019, 11, 22, 10, 0, tzinfo=UTC))
        '22 Nov 18:00'
        """
        if at is None:
            return self.not_known
        local = at.astimezone(_zone(self.timezone))
        return f"{self.short_day(local.date())} {local:%H:%M}"

    def name(self, names: Names) -> str:
        """A person's, region's or company's name in the reader's script, not longer than a line."""
        return shorten(clean(names.in_locale(self.locale)).strip(), NAME) or self.not_known

    def sentences(self, *parts: str | None) -> Mrkdwn:
        """One after the other, as the language sets them."""
        return in_order(self.locale, *parts)

    def listed(self, items: Sequence[str]) -> Mrkdwn:
        """Things one after the other, as the language sets them."""
        return Mrkdwn(", " if self.english else "、").join(items)
