"""What the report of an import is tried with: every reason once, with the hints that readers give."""

from domain.imports.problems import Problem, Reason
from templates.imports.report.layout import Counts, Report
from templates.samples import Sample
from templates.targets.samples import LONG, NASTY

_HINTS: dict[Reason, tuple[str, ...]] = {
    Reason.NOT_A_SPREADSHEET: ("open_quote",),
    Reason.TOO_LARGE: ("6000000", "7100000", "cells"),
    Reason.TOO_MANY_ROWS: ("200000", "250001"),
    Reason.UNKNOWN_TABLE: ("orders", "purchase_orders"),
    Reason.MISSING_COLUMN: ("Betrag",),
    Reason.DUPLICATE_COLUMN: ("Amount", "金額"),
    Reason.UNKNOWN_COLUMN: ("amount",),
    Reason.NOT_A_NUMBER: ("1234.5", "12345"),
    Reason.TOO_BIG: ("99999999999999",),
    Reason.AMBIGUOUS_DATE: ("2019-03-04", "2019-04-03"),
    Reason.NOT_A_MONTH: ("2019-11-01",),
    Reason.NOT_A_CHOICE: ("reseller", "direct", "dealer", "agent"),
    Reason.UNKNOWN_REFERENCE: ("East",),
    Reason.TOO_LONG: ("500", "812"),
    Reason.CODE_CHANGED: ("date",),
}
_WHOLE_FILE = tuple(Reason)[: tuple(Reason).index(Reason.MISSING_COLUMN)]


def _problem(reason: Reason, hints: tuple[str, ...]) -> Problem:
    if reason in _WHOLE_FILE:
        return Problem("orders.xlsx", reason, hints=hints)
    return Problem("orders.xlsx", reason, 12, "amount", "abc", hints)


_EACH = tuple(_problem(reason, _HINTS.get(reason, ())) for reason in Reason)
_BARE = tuple(_problem(reason, ()) for reason in Reason)
_NASTY = tuple(Problem(NASTY, reason, 3, NASTY, NASTY, (NASTY,)) for reason in Reason)
_LONG = tuple(Problem(LONG, reason, 199_999, "amount", LONG[:100], (LONG,) * 3) for reason in Reason)

_FEEDS = (
    Problem("mapping", Reason.EMPTY, hints=("orders.sql", "people.sql")),
    Problem("order.sql", Reason.UNKNOWN_TABLE, value="order", hints=("orders.sql",)),
    Problem("orders.sql", Reason.MAPPING_FAILED, hints=("Binder Error: Referenced column Umsatz not found",)),
    Problem("orders.sql", Reason.MAPPING_FAILED, value="plain.sql", hints=("ResellerSales.csv",)),
    Problem("settings.toml", Reason.MAPPING_FAILED, hints=("Expected = after a key (at line 3, column 8)",)),
    Problem("people.csv", Reason.REPEATED_KEY, 9, "email", "li.hua@example.com", ("E025",)),
    Problem("people.csv", Reason.REPEATED_KEY, 9, "code", "E025", ("4",)),
)

SAMPLES = {
    "happy": Sample(Report((Counts("orders", 1204, 3, 60_855), Counts("people", 0, 0, 40)))),
    "empty": Sample(Report()),
    "longest": Sample(Report(problems=_LONG, more=12_345, written=False)),
    "hostile": Sample(Report(problems=_NASTY, written=False)),
    "nothing new": Sample(Report((Counts("orders", 0, 0, 60_855),))),
    "preview": Sample(Report((Counts("orders", 12, 0, 0),), written=False)),
    "one problem": Sample(Report(problems=_EACH[:1], written=False)),
    "feeds": Sample(Report(problems=_FEEDS, written=False)),
    "first reasons": Sample(Report(problems=_EACH[:16], written=False)),
    "other reasons": Sample(Report(problems=_EACH[16:], more=1, written=False)),
    "first reasons, no hints": Sample(Report(problems=_BARE[:16], written=False)),
    "other reasons, no hints": Sample(Report(problems=_BARE[16:], written=False)),
}
