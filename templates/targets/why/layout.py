"""Where the numbers of a progress come from: the kept computation in words, with exact amounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.computations.views import Explanation
from domain.names import Locale, Names
from templates.blocks import Message, context, message, section
from templates.formats import Reader
from templates.i18n import Words, words
from templates.text import Mrkdwn

FORMULA, VERSIONS = "targets.progress", (1,)


def build(
    view: Explanation,
    *,
    locale: Locale,
    today: date,
    currency: str,
    timezone: str = "UTC",
    names: Names | None = None,
) -> Message:
    """For a reader who may see these numbers; a formula of another version is named, not guessed at.

    `names` are the scope's in three languages; without them it goes by the name that was kept.
    """
    reader = Reader(locale, today, currency, timezone)
    say = words(locale, "targets/why")
    if view.formula != FORMULA or view.version not in VERSIONS:
        sentence = say.unknown(view.formula, view.version)
        return message(sentence, section(sentence))
    told = Told(view, reader, say, names)
    lines = list(told.lines())
    small = [say.as_of(reader.moment(view.at)), *told.imported()]
    small.append(say.source(view.computation_id, view.formula, view.version))
    return message(
        say.point(told.title(), lines[0]),
        section(Mrkdwn("*%s*") % told.title()),
        section(Mrkdwn("\n").join(lines)),
        context(Mrkdwn(" · ").join(small)),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A computation and how to word it. Every figure is the kept one; nothing is calculated anew."""

    view: Explanation
    reader: Reader
    say: Words
    names: Names | None

    def figure(self, name: str) -> Decimal | None:
        """A kept number, None where it is not known."""
        value = self.view.result.get(name, self.view.inputs.get(name))
        try:
            return None if value is None else Decimal(str(value))
        except InvalidOperation:
            return None

    def day(self, name: str) -> date | None:
        """A kept day."""
        value = self.view.inputs.get(name)
        return date.fromisoformat(value) if value else None

    def count(self, name: str) -> int:
        """A kept number of things."""
        return int(self.view.inputs.get(name) or 0)

    def amount(self, value: Decimal | None) -> str:
        """Money to the cent."""
        return self.reader.exact(value, str(self.view.inputs.get("currency") or ""))

    def title(self) -> Mrkdwn:
        """Whose numbers, and of which days."""
        first, last = self.day("period_first"), self.day("period_last")
        days = self.reader.days(first, last) if first and last else self.reader.not_known
        kept = Names(str(self.view.inputs.get("scope_name") or self.reader.not_known))
        return self.say.title(self.reader.name(self.names or kept), days)

    def lines(self) -> Iterator[Mrkdwn]:
        """Reached, sold, target, time, and what follows from them."""
        yield from self._reached()
        yield from self._sold()
        yield from self._target()
        yield from self._time()
        yield from self._ahead()
        yield from self._needed()
        yield from self._compared()
        yield from self._chance()

    def _reached(self) -> Iterator[Mrkdwn]:
        share = self.figure("attainment")
        if share is not None:
            sold, target = self.amount(self.figure("sold")), self.amount(self.figure("target"))
            yield self.say.reached(self.reader.percent(share), sold, target)

    def _sold(self) -> Iterator[Mrkdwn]:
        count, first, last = self.count("order_lines"), self.day("period_first"), self.day("sold_to")
        if count and first and last:
            lines = self.reader.number(count)
            yield self.say.sold(self.amount(self.figure("sold")), count, lines, self.reader.days(first, last))
        else:
            yield self.say.sold_nothing()
        shared = words(self.reader.locale, "targets")
        channels = self.view.inputs.get("channels") or []
        if channels:
            yield self.say.channels(self.reader.listed([shared.channel(str(code)) for code in channels]))
        unpriced = self.count("unpriced_lines")
        if unpriced:
            yield self.say.unpriced(unpriced, self.reader.number(unpriced))

    def _target(self) -> Iterator[Mrkdwn]:
        if self.figure("attainment") is not None:
            version = self.view.inputs.get("target_version")
            yield self.say.target(self.amount(self.figure("target")), version or self.reader.not_known)
        else:
            state = str(self.view.inputs.get("target_state") or "none")
            yield self.say.no_target(words(self.reader.locale, "targets").no_target(state))

    def _time(self) -> Iterator[Mrkdwn]:
        closed = self.day("closed_to")
        if closed:
            share = self.reader.percent(self.figure("time_progress"))
            elapsed, total = self.count("days_elapsed"), self.count("days_total")
            yield self.say.time(elapsed, total, self.reader.short_day(closed), share)

    def _ahead(self) -> Iterator[Mrkdwn]:
        points = self.figure("points_ahead")
        elapsed, total = self.count("days_elapsed"), self.count("days_total")
        if points is not None and self.day("closed_to"):
            reached = self.reader.percent(self.figure("attainment"))
            time = self.reader.percent(self.figure("time_progress"))
            compare = self.say.behind if points < 0 else self.say.ahead
            yield compare(reached, time, abs(points), self.reader.number(abs(points), 1))
        projection = self.figure("projection")
        if projection is not None and 0 < elapsed < total:
            sold = self.amount(self.figure("sold"))
            yield self.say.projection(sold, elapsed, total, self.amount(projection))

    def _needed(self) -> Iterator[Mrkdwn]:
        gap, per_day = self.figure("gap"), self.figure("required_per_day")
        if gap is None or self.figure("attainment") is None:
            return
        target, sold = self.amount(self.figure("target")), self.amount(self.figure("sold"))
        compare = self.say.gap if gap > 0 else self.say.over
        yield compare(target, sold, self.amount(abs(gap)))
        if gap > 0 and per_day is not None:
            left = self.count("days_total") - self.count("days_elapsed")
            yield self.say.per_day(self.amount(gap), left, self.amount(per_day))

    def _compared(self) -> Iterator[Mrkdwn]:
        if not self.day("sold_to"):
            return
        sold = self.amount(self.figure("sold"))
        for change, base, line, none in (
            ("yoy", "year_ago", self.say.yoy, self.say.yoy_none),
            ("mom", "previous", self.say.mom, self.say.mom_none),
        ):
            growth, before = self.figure(change), self.figure(base)
            if growth is None or before is None:
                yield none()
            else:
                yield line(sold, self.amount(before), self.reader.change(growth))

    def _chance(self) -> Iterator[Mrkdwn]:
        usual = self.figure("usual_share")
        if usual is not None:
            yield self.say.usual(self.reader.percent(usual, 0))
        if self.figure("attainment") is None or self.count("days_elapsed") >= self.count("days_total"):
            return
        chance, spread = self.figure("chance"), self._spread()
        mean, days = self.figure("chance_mean"), self.count("chance_days")
        if chance is None or mean is None or spread is None:
            yield self.say.chance_none()
            return
        share = self.reader.chance(float(chance))
        others = [c for c in self.view.inputs.get("chance_comparables") or [] if c is not None]
        figures: list[Any] = [share, days, self.amount(mean), self.amount(spread)]
        if others:
            listed = self.reader.listed([self.amount(Decimal(str(c))) for c in others])
            yield self.say.chance_compared(*figures, listed)
        else:
            yield self.say.chance(*figures)

    def _spread(self) -> Decimal | None:
        variance = self.figure("chance_variance")
        return self.figure("chance_sd") if variance is None else max(variance, Decimal(0)).sqrt()

    def imported(self) -> list[Mrkdwn]:
        """When the sales came in, where that was kept."""
        at = self.view.inputs.get("imported_at")
        return [self.say.imported(self.reader.moment(datetime.fromisoformat(at)))] if at else []
