"""What is said of a progress, sentence by sentence; messages choose and order them.

Which sentence is true is decided here once, from the computation's own verdict and figures. The languages
differ in words only.
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.targets.pace import Verdict
from domain.targets.views import Progress, Scope, ScopeKind
from templates.formats import NAME, Reader, half_up
from templates.i18n import Words, words
from templates.text import Mrkdwn, shorten

ZERO = Decimal(0)
# By how much the usual course must differ from the working days gone before it is worth a sentence.
_UNUSUAL = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Said:
    """A progress as one reader is told of it."""

    progress: Progress
    reader: Reader
    words: Words

    @classmethod
    def of(cls, progress: Progress, reader: Reader) -> "Said":
        """With the words of the reader's language."""
        return cls(progress, reader, words(reader.locale, "targets"))

    def money(self, value: Decimal | None) -> str:
        """An amount of this progress."""
        return self.reader.money(value, self.progress.currency)

    def about(self, value: Decimal | None) -> str:
        """The same, rounded as one says it."""
        return self.reader.about(value, self.progress.currency)

    @property
    def running(self) -> bool:
        """Whether working days are still to come in a period that has begun."""
        progress = self.progress
        return not progress.over and progress.sold_to is not None and progress.pace.remaining_days > 0

    @property
    def amount_known(self) -> bool:
        """Whether the sum says anything: not if no line has a price, nor before any sales were imported."""
        lines = self.progress.order_lines
        if lines == 0:
            return self.progress.imported_at is not None
        return lines > self.progress.unpriced_lines

    @property
    def has_target(self) -> bool:
        """Whether there is a target to hold the sales against."""
        return self.progress.pace.attainment is not None

    def subject(self) -> Mrkdwn:
        """Period, with whose it is unless it is the reader's own."""
        period = self.reader.period(self.progress.period)
        if self.progress.scope.is_self:
            return Mrkdwn("%s") % period
        return self.words.subject(name_of(self.progress.scope, self.reader), period)

    def pace(self) -> Mrkdwn:
        """How it stands: the verdict with its number."""
        pace, verdict = self.progress.pace, self.progress.verdict
        if verdict is Verdict.REACHED:
            over = pace.sold - (pace.target or ZERO)
            return self.words.reached_over(self.money(over)) if half_up(over) else self.words.reached()
        if verdict is Verdict.MISSED:
            missed = self.words.missed if self.progress.over else self.words.short_at_close
            return missed(self.money(pace.gap))
        if verdict is Verdict.NOT_STARTED:
            return self.words.not_started()
        points = int(half_up(pace.points_ahead or ZERO))
        if verdict is Verdict.ON_PACE or points == 0:
            return self.words.on_pace()
        return self.words.ahead(points) if points > 0 else self.words.behind(-points)

    def headline(self) -> Mrkdwn:
        """The first line: whose, how much of what, and how it stands."""
        progress, say = self.progress, self.words
        if progress.sold_to is not None and not self.amount_known:
            if self.has_target:
                return say.headline_unpriced(self.subject(), self.money(progress.target))
            return say.headline_unpriced_no_target(self.subject())
        if progress.sold_to is None:
            if self.has_target:
                return say.headline_future(self.subject(), self.money(progress.target))
            return say.headline_future_no_target(self.subject())
        sold = self.money(progress.sold)
        if not self.has_target:
            return say.headline_no_target(self.subject(), sold)
        share = self.reader.percent(progress.pace.attainment)
        return say.headline(self.subject(), sold, self.money(progress.target), share, self.pace())

    def days_gone(self) -> Mrkdwn | None:
        """Working days gone, while some are to come."""
        pace = self.progress.pace
        if not self.running or pace.elapsed_days == 0:
            return None
        return self.words.days_gone(pace.elapsed_days, pace.total_days)

    def outlook(self) -> Mrkdwn | None:
        """Where it ends at this pace, and how likely the target is."""
        if not self.running or not self.amount_known or self.progress.verdict is Verdict.REACHED:
            return None
        progress = self.progress
        projection = progress.pace.projection
        chance = None if progress.chance is None else self.reader.chance(progress.chance)
        unsure = self.words.chance_not_known() if self.has_target and chance is None else None
        if projection is None:
            return unsure if chance is None else self.words.chance(chance)
        kind = progress.period.kind.value
        said = self.words.projection(kind, self.about(projection), chance, progress.scope.is_self)
        return self.reader.sentences(said, unsure)

    def usual(self) -> Mrkdwn | None:
        """The share of such a period usually sold by now, where it is not that of the working days."""
        progress = self.progress
        share = progress.usual_share
        if not self.running or share is None or not self.has_target:
            return None
        if abs(share - progress.pace.time_progress) < _UNUSUAL:
            return None
        return self.words.usual(self.reader.percent(share, 0), progress.period.kind.value)

    def needed(self) -> Mrkdwn | None:
        """What is still needed, altogether and per working day."""
        pace = self.progress.pace
        gap, per_day = pace.gap, pace.required_per_day
        if self.progress.over or not self.amount_known or gap is None or gap <= 0 or per_day is None:
            return None
        return self.words.needed(self.money(gap), self.money(per_day))

    def year_ago(self) -> Mrkdwn | None:
        """The same stretch one year earlier, with the change since."""
        progress = self.progress
        if progress.sold_to is None:
            return None
        if progress.year_ago is None:
            return self.words.year_ago_none()
        whole = progress.over or progress.sold_to >= progress.period.last
        recent = progress.period.last.year == self.reader.today.year
        label = self.words.year_label(progress.period.kind.value, whole, recent)
        amount, growth = self.money(progress.year_ago), progress.pace.year_growth
        if growth is None or not self.amount_known:
            return self.words.year_ago_only(label, amount)
        size = self.reader.percent(abs(growth))
        return self.words.year_ago(label, amount, size, growth < 0)

    def caveats(self) -> list[Mrkdwn]:
        """What the sum leaves out, and why there is no target."""
        progress, say = self.progress, self.words
        said = []
        if not self.has_target and progress.sold_to is not None:
            said.append(say.no_target(progress.target_state.value))
        if progress.unpriced_lines:
            lines = self.reader.number(progress.unpriced_lines)
            said.append(say.unpriced(progress.unpriced_lines, lines))
        for sales in progress.outside:
            if sales.unpriced_lines:
                lines = self.reader.number(sales.unpriced_lines)
                channel = self.channel(sales.channel)
                said.append(say.unpriced_outside(channel, sales.unpriced_lines, lines))
        known = [
            say.outside_one(self.channel(sales.channel), self.money(sales.amount))
            for sales in progress.outside
            if sales.amount is not None
        ]
        if known:
            said.append(say.outside(self.reader.listed(known)))
        if progress.other_currencies:
            others = [self.reader.money(m.amount, m.currency) for m in progress.other_currencies]
            said.append(say.other_currencies(self.reader.listed(others)))
        return said

    def channel(self, code: str) -> Mrkdwn:
        """A sales channel in words."""
        return self.words.channel(shorten(code, NAME))

    def as_of(self) -> Mrkdwn:
        """How fresh the numbers are."""
        progress = self.progress
        parts = []
        if progress.sold_to is not None:
            parts.append(self.words.sales_to(self.reader.short_day(progress.sold_to)))
        if progress.imported_at is None:
            parts.append(self.words.never_imported())
        else:
            parts.append(self.words.imported(self.reader.moment(progress.imported_at)))
        return Mrkdwn(" · ").join(parts)


def name_of(scope: Scope, reader: Reader) -> str:
    """The scope's name; a company that has not said its name is the company."""
    if scope.kind is ScopeKind.COMPANY and scope.names.name == "PartsPlan":
        return str(words(reader.locale, "targets").company())
    return reader.name(scope.names)
