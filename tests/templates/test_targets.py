"""What a progress says: the example of messages.md to the letter, and every verdict in every language."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.names import Locale, Names
from domain.rules.periods import month
from domain.targets.pace import Verdict
from domain.targets.views import Progress, ScopeKind
from templates.actions import SHARE, SHOW, WEEKS, WHY, ScopePeriod
from templates.formats import Reader
from templates.targets import samples as s
from templates.targets.daily_progress_region.layout import build as digest
from templates.targets.digest_samples import digest as a_digest
from templates.targets.pace import Said
from templates.targets.progress.layout import build
from templates.targets.shared.layout import Shared
from templates.targets.why.layout import build as why
from templates.targets.why.sample import SAMPLES as EXPLANATIONS

EXPECTED = {
    Locale.EN: "*November: 568,603 of 700,000 (81.2 %), 6 points ahead of time.* 15 of 20 working days gone. "
    "At this pace you end the month at about 758,000; the chance of making it is 88 %. "
    "Still needed: 131,397, or 26,279 a working day. Same days last year: 578,475 (-1.7 %).",
    Locale.ZH_HANT: "*11 月：568,603／700,000（81.2%），比時間進度快 6 個百分點。* 20 個工作天已過 15 天。"
    "照目前速度月底約 75.8 萬，達標機率 88%。還差 131,397，平均每個工作天 26,279。"
    "去年同期 578,475（年減 1.7%）。",
    Locale.ZH_HANS: "*11 月：568,603／700,000（81.2%），比时间进度快 6 个百分点。* 20 个工作日已过 15 天。"
    "按目前速度月底约 75.8 万，达成概率 88%。还差 131,397，平均每个工作日 26,279。"
    "去年同期 578,475（同比 -1.7%）。",
}


@pytest.mark.parametrize("locale", list(Locale))
def test_the_answer_of_messages_md(locale: Locale) -> None:
    made = build(s.progress(), locale=locale, **s.READING)
    assert made.blocks[0]["text"] == {"type": "mrkdwn", "text": EXPECTED[locale], "verbatim": True}


def elements(progress: Progress) -> list[dict[str, Any]]:
    blocks = build(progress, locale=Locale.EN, **s.READING).blocks
    found: list[dict[str, Any]] = next(block for block in blocks if block["type"] == "actions")["elements"]
    return found


def test_share_is_offered_to_who_may_and_weeks_once_there_are_some() -> None:
    ids = [element["action_id"] for element in elements(s.progress(may_share=True))]
    assert ids == [WHY.id, WEEKS.id, SHARE.id, SHOW.id]
    assert SHARE.id not in [element["action_id"] for element in elements(s.progress())]
    coming = s.progress(sold_to=None, closed_to=None)
    assert WEEKS.id not in [element["action_id"] for element in elements(coming)]
    others = [SHOW.decode(option["value"]) for option in elements(s.progress())[-1]["options"]]
    assert others == [ScopePeriod(ScopeKind.PERSON, 7, code) for code in ("2019-10", "2019-12")]


NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")


def figures(said: str) -> list[str]:
    return sorted(NUMBER.findall(re.sub(r"\d+ (月|年)|(Q|第 )\d", "", said)))


@given(
    st.integers(-10_000, 2_000_000), st.integers(1, 1_500_000), st.integers(0, 22), st.booleans(),
    st.one_of(st.none(), st.integers(0, 2_000_000)),
)  # fmt: skip
def test_the_languages_say_the_same_numbers_and_the_same_verdict(
    sold: int, target: int, elapsed: int, over: bool, year_ago: int | None
) -> None:
    view = s.progress(
        s.EAST, sold=str(sold), target=str(target), total=22, elapsed=elapsed, over=over, chance=None,
        year_ago=None if year_ago is None else str(year_ago),
    )  # fmt: skip
    said = {}
    for locale in Locale:
        told = Said.of(view, Reader(locale, s.TODAY, "CNY", "UTC"))
        parts = (told.headline(), told.days_gone(), told.needed(), told.year_ago())
        said[locale] = figures(" ".join(part for part in parts if part))
    assert said[Locale.EN] == said[Locale.ZH_HANT] == said[Locale.ZH_HANS]


VERDICTS = {
    Verdict.REACHED: ({"sold": "712000"}, "target reached", "已達標", "已达成目标"),
    Verdict.MISSED: ({"elapsed": 20, "over": True}, "missed by", "未達標", "未达成"),
    Verdict.NOT_STARTED: ({"sold": "5", "elapsed": 0}, "no working day gone", "尚未開始", "尚未开始"),
    Verdict.AHEAD: ({"sold": "600000"}, "ahead of time", "快", "快"),
    Verdict.ON_PACE: ({"sold": "525000"}, "on pace", "同步", "同步"),
    Verdict.SLIGHTLY_BEHIND: ({"sold": "500000"}, "behind", "落後", "落后"),
    Verdict.BEHIND: ({"sold": "450000"}, "behind", "落後", "落后"),
    Verdict.FAR_BEHIND: ({"sold": "100000"}, "behind", "落後", "落后"),
    Verdict.NO_TARGET: ({"target": None}, "sold", "已售", "已售"),
}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_words(verdict: Verdict) -> None:
    changes, *expected = VERDICTS[verdict]
    view = s.progress(**changes)  # type: ignore[arg-type]
    assert view.verdict is verdict
    for locale, wanted in zip(Locale, expected, strict=True):
        assert wanted in build(view, locale=locale, **s.READING).text
        assert wanted in digest(a_digest(view), locale=locale, **s.READING).text


def text_of(view: Progress, **reading: Any) -> str:
    blocks = build(view, locale=Locale.EN, **s.READING | reading).blocks
    return " ".join(block["text"]["text"] for block in blocks if block["type"] == "section")


def test_what_is_not_known_is_said_and_never_shown_as_nothing() -> None:
    assert "sold amount not known" in text_of(s.progress(sold="0", unpriced_lines=214))
    assert "sold amount not known" in text_of(s.empty())
    assert "not known yet" in text_of(s.progress(chance=None))
    assert "No sales a year earlier to compare with." in text_of(s.progress(year_ago=None))
    assert "3 order lines have no known price and are not in this sum." in text_of(
        s.progress(unpriced_lines=3)
    )


def test_a_period_that_is_over_is_not_projected() -> None:
    said = text_of(s.progress(s.EAST, month(2019, 10), elapsed=20, over=True))
    assert "pace" not in said and "needed" not in said and "Same month last year" in said


def test_sales_that_do_not_count_are_named() -> None:
    said = text_of(s.longest())
    assert "27,659 direct order lines have no known price and are not in this sum." in said
    assert "Not counted towards the target: dealer 1,234,568, agent -42." in said
    assert "USD 12,301" in said and "JPY 400,000" in said


def test_a_person_is_never_shared() -> None:
    with pytest.raises(ValueError, match="channel"):
        Shared(s.progress(), Names("Li Hua"))


def test_the_chart_stops_where_sales_stop() -> None:
    view = a_digest(s.behind())
    chart = next(
        b for b in digest(view, locale=Locale.EN, **s.READING).blocks if b["type"] == "data_visualization"
    )
    known = [point for point in view.points if point.sold is not None]
    assert len(chart["chart"]["axis_config"]["categories"]) == len(known) < len(view.points)
    assert [len(series["data"]) for series in chart["chart"]["series"]] == [len(known)] * 2
    alone = replace(view, points=tuple(replace(point, expected=None) for point in known))
    chart = next(
        b for b in digest(alone, locale=Locale.EN, **s.READING).blocks if b["type"] == "data_visualization"
    )
    assert len(chart["chart"]["series"]) == 1
    few = digest(replace(view, points=known[:1]), locale=Locale.EN, **s.READING)
    assert "data_visualization" not in [block["type"] for block in few.blocks]


def test_why_does_the_arithmetic_to_the_cent() -> None:
    view = EXPLANATIONS["happy"].view
    said = why(view, locale=Locale.EN, **s.READING | {"names": None}).blocks[1]["text"]["text"]
    assert "81.2 % = CN¥568,603.17 sold ÷ CN¥700,000.00 target" in said
    assert "CN¥700,000.00 − CN¥568,603.17 = CN¥131,396.83" in said
    assert "CN¥131,396.83 ÷ 5 working days left = CN¥26,279.37" in said
    assert Decimal("568603.17") / 15 * 20 == Decimal("758137.56")
    assert "CN¥568,603.17 ÷ 15 days gone × 20 days = CN¥758,137.56" in said


def test_why_copes_with_a_computation_that_lacks_figures() -> None:
    view = replace(EXPLANATIONS["happy"].view, inputs={}, result={"attainment": "not a number"})
    for locale in Locale:
        assert why(view, locale=locale, **s.READING).blocks
