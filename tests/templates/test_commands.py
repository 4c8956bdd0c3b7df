"""What can be typed, and what is said when it was typed wrong."""

import pytest

from domain.names import Locale
from domain.refusals import Refusal
from templates.actions import HELP_OPEN, Topic
from templates.commands import ROOT, VERBS, root_command_words, topic_of, verb, verb_of
from templates.i18n import words
from templates.people.help.layout import Help, build
from templates.refusals.layout import refusal_message, share_done_message, trouble_message
from templates.refusals.sample import SAMPLES


@pytest.mark.parametrize(
    ("typed", "name"),
    [("target", "target"), ("ＴＡＲＧＥＴ", "target"), ("目標", "target"), ("目标", "target"),
     ("說明", "help"),
     ("帮助", "help"), ("設定", "settings"), ("设置", "settings"),
     (" Help ", "help"), ("tagret", None), ("", None)],
)  # fmt: skip
def test_a_verb_in_any_case_width_and_script(typed: str, name: str | None) -> None:
    assert verb_of(typed) == name


def test_spellings_belong_to_one_verb() -> None:
    spellings = [spelling for one in VERBS for spelling in (one.name, *one.synonyms)]
    assert len(set(spellings)) == len(spellings)
    assert all(verb_of(spelling) == one.name for one in VERBS for spelling in (one.name, *one.synonyms))


def test_words_for_the_manifest_keep_its_limits() -> None:
    for description, usage in [root_command_words(), *((one.description, one.usage) for one in VERBS)]:
        assert 0 < len(description) <= 2000 and len(usage) <= 1000
        assert any("\u4e00" <= letter <= "\u9fff" for letter in description)
    for one in VERBS:
        assert one.alias is None or (one.alias.startswith("/") and len(one.alias) <= 32)


@pytest.mark.parametrize("locale", list(Locale))
def test_help_shows_what_the_caller_may_use_with_an_example_to_copy(locale: Locale) -> None:
    made = build(Help(("target", "help")), locale=locale)
    said = [block["text"]["text"] for block in made.blocks if block["type"] == "section"]
    assert len(said) == 2 and f"`{ROOT} target`" in said[0] and "`/target`" in said[0]
    assert verb("settings").purpose[locale] not in "".join(said)
    assert ROOT + " target" in made.text


def test_every_help_topic_opens_and_is_offered() -> None:
    for topic in Topic:
        assert topic_of(topic.value) == topic.value
        made = build(Help(("help",), topic), locale=Locale.EN)
        menu = next(b for b in made.blocks if b["type"] == "actions")["elements"][0]
        offered = {HELP_OPEN.decode(option["value"]).topic for option in menu["options"]}
        assert offered == set(Topic) - {topic}
    assert topic_of("期間") == topic_of("期间") == "periods" and topic_of("weather") is None


def kinds(of: type[Refusal]) -> set[type[Refusal]]:
    return {of}.union(*(kinds(kind) for kind in of.__subclasses__())) if of.__subclasses__() else {of}


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    shown = {type(sample.view.what) for sample in SAMPLES.values() if isinstance(sample.view.what, Refusal)}
    assert {kind for kind in kinds(Refusal) if kind.__module__ == "domain.refusals"} <= shown
    say = words(Locale.EN, "refusals")
    for kind in shown - {Refusal}:
        assert kind.key in say or f"{kind.key}_own" in say or f"{kind.key}_personal" in say, kind.key


def test_the_sentences_of_messages_md() -> None:
    refused = SAMPLES["happy"].view.what
    assert refusal_message(refused, Locale.ZH_HANT).text.startswith(
        "找不到「est」。是不是「East」？試試 /parts target East"
    )
    assert trouble_message("K7Q2", Locale.EN).text == (
        "Something went wrong on our side (reference K7Q2). "
        "Nothing was changed; please try again in a minute."
    )
    assert share_done_message("#east", Locale.ZH_HANS).text == "已分享到 #east。"
