"""Three languages that say the same: complete, compiled, and each in its own script."""

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from domain.names import Locale
from templates import locales
from templates.commands import VERBS
from templates.i18n import ROOM, environment, folders, warm, words
from templates.text import Mrkdwn
from tests.templates.discovery import everything, plain_text

PLACE = re.compile(r"%\((\w+)\)s")
HAN = r"[\u4e00-\u9fff]"
# Words that stay as they are in a Chinese sentence, and those of the samples: names, codes and commands.
STAYING = """
PartsPlan Slack Excel WPS CSV ERP SQL UTF xlsx orders li hua example com FY Q parts target help settings toml
mapping invite partsplan doctor export
"""
SAMPLED = """
Li Hua Wei East Workshops Fleet English CN CNY USD JPY targets progress low_stock east warehouse est tagret
xyzzy K7Q2 E025 Umsatz Binder Error Referenced column not found ResellerSales csv sql order plain Expected
after a key at line email code abc amount Amount Betrag people purchase_orders reseller direct dealer agent
day FY2020 Q1 Q3 channels company sales regions import dry run EXPORT_FOLDER MAPPING_FOLDER demo U0123
is_archived not_in_channel channel_not_found restricted_action token_revoked user_disabled fatal_error
C0EAST Argentina Buenos_Aires America UTC Company the whole company Sales Purchasing Warehouse Finance west
"""
# What an operator reads: variables, commands, names in Slack's own pages.
OPERATED = """
API APP Asia BOT Basic Bot DATABASE HOME IANA Information MB Mode NTP OAuth PARTSPLAN SECRET SIGNING SLACK
Secret Signing Socket TOKEN Taipei Token URL User audit channels cjk company connections country docs
embedded fonts groups head import manifest md migrate noto online operations people read run slack status
verify worker write xapp xoxb
"""
OPERATED_SAMPLES = """
DATABASE_URL Hengtong OperationalError PARTSPLAN_HOME Parts SLACK_API_URL SLACK_APP_TOKEN SLACK_BOT_TOKEN
SLACK_SIGNING_SECRET Taipeh api daily_progress f9a0c11d2e4 gave_up https invalid_auth
match_people ops timezone var welcome head f9a0c11d2e4b7a63f9a0c11d2e4b7a63f9a0c11d2e4b7a63f9a0c11d2e4b7a6
"""
LATIN = set(STAYING.split()) | set(OPERATED.split())
SAMPLES = set(SAMPLED.split()) | set(OPERATED_SAMPLES.split())
FOREIGN = {
    Locale.ZH_HANT: """
渠道 投訴 計劃 信息 默認 文件夾 屏幕 數據 消息 設置 軟件 打印 鼠標 用戶 短信 質量 菜單 郵箱
""",
    Locale.ZH_HANS: """
通路 客诉 计画 资讯 预设 资料夹 萤幕 资料 讯息 软体 列印 滑鼠 使用者 品质 选单 试算表 达标
""",
}


@cache
def catalogue(language: str) -> Catalog:
    return read_po(BytesIO(locales.po_path(language).read_bytes()), locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_sentence_is_translated_and_none_is_fuzzy(language: str) -> None:
    extracted = {texts(message.id)[0] for message in locales.extracted() if message.id}  # type: ignore[attr-defined]
    assert {texts(message.id)[0] for message in messages(language)} == extracted, "run `make words`"
    assert [m.id for m in messages(language) if m.fuzzy or not all(texts(m.string))] == []
    assert len(extracted) > 200


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_the_catalogue_is_as_make_words_writes_it(language: str) -> None:
    updated = locales.updated(language)
    assert locales.po_path(language).read_bytes() == locales.po_bytes(updated)
    assert locales.mo_path(language).read_bytes() == locales.mo_bytes(updated)
    with locales.mo_path(language).open("rb") as file:
        compiled = {texts(m.id)[0]: texts(m.string) for m in read_mo(file) if m.id}
    assert compiled == {texts(m.id)[0]: texts(m.string) for m in messages(language)}


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    for message in messages(language):
        wanted = set(PLACE.findall(texts(message.id)[-1]))
        for text in texts(message.string):
            assert set(PLACE.findall(text)) == wanted, message.id
            assert text.replace("%%", "").count("%") == len(PLACE.findall(text)), message.id


def only_in(codec: str, other: str, text: str) -> str:
    """Characters that one national standard has and the other lacks."""

    def has(letter: str, name: str) -> bool:
        try:
            letter.encode(name)
        except UnicodeEncodeError:
            return False
        return True

    return "".join(c for c in text if re.match(HAN, c) and has(c, codec) and not has(c, other))


def spoken(locale: Locale) -> list[str]:
    """Everything said in a language: the catalogue, the help of the commands."""
    said = [text for message in messages(locale.value) for text in texts(message.string)]
    for verb in VERBS:
        said += [verb.purpose[locale], verb.usage_in(locale), *verb.examples_in(locale)]
    return said


def test_traditional_and_simplified_do_not_mix() -> None:
    assert only_in("gb2312", "big5", "设置計畫") == "设"  # the check itself
    assert {t: found for t in spoken(Locale.ZH_HANT) if (found := only_in("gb2312", "big5", t))} == {}
    assert {t: found for t in spoken(Locale.ZH_HANS) if (found := only_in("big5", "gb2312", t))} == {}


def test_each_side_of_the_strait_has_its_own_words() -> None:
    for locale, banned in FOREIGN.items():
        assert [(t, w) for t in spoken(locale) for w in banned.split() if w in t] == []


def test_chinese_is_punctuated_in_full_width() -> None:
    half = re.compile(rf"{HAN}[,;:!?()]|[,;:!?(]{HAN}")
    for locale in (Locale.ZH_HANT, Locale.ZH_HANS):
        assert [text for text in spoken(locale) if half.search(text)] == []
        quotes = "“”" if locale is Locale.ZH_HANT else "「」"
        assert [text for text in spoken(locale) if set(quotes) & set(text)] == []


def test_no_english_is_left_in_chinese() -> None:
    for locale in (Locale.ZH_HANT, Locale.ZH_HANS):
        for text in (t for message in messages(locale.value) for t in texts(message.string)):
            assert set(re.findall("[A-Za-z]+", PLACE.sub("", text))) <= LATIN, text
    for rendered in everything():
        if rendered.locale is not Locale.EN and not re.search("hostile|longest", rendered.name):
            found = set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", plain_text(rendered)))
            assert found <= LATIN | SAMPLES, (rendered.where, found - LATIN - SAMPLES)


def test_spaces_stand_between_chinese_and_latin_only() -> None:
    gap = re.compile(rf"{HAN} {HAN}")
    for rendered in everything():
        if rendered.locale is not Locale.EN and not re.search("hostile|longest", rendered.name):
            assert not gap.search(plain_text(rendered).replace("|", "、")), rendered.where


def test_every_macro_is_used_and_every_language_has_it() -> None:
    warm()
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    for folder in folders():
        source = (ROOM / folder / "words.j2").read_text(encoding="utf-8")
        for name in re.findall(r"macro (\w+)\(", source):
            called = rf"(say|words|shared)\.{name}\b|\)\.{name}\(|\b{name}\("
            inside = len(re.findall(rf"\b{name}\(", source)) > 1
            # Named by what the domain or Slack says.
            by_key = folder in ("refusals", "imports/report", "rules/channel_paused")
            by_key = by_key or folder.startswith("operations/")
            assert re.search(called, code) or inside or by_key, f"{folder}: {name}"


def test_a_value_takes_the_space_that_suits_it() -> None:
    say = words(Locale.ZH_HANT, "targets")
    assert say.subject("華東", "11 月") == "華東 11 月"
    assert say.subject("華東", "第 3 季") == "華東第 3 季"
    assert say.subject("East", "第 3 季") == "East 第 3 季"


def test_what_is_forgotten_is_an_error_not_a_blank() -> None:
    made = environment(Locale.EN).from_string("{{ missing }}")
    with pytest.raises(Exception, match="missing"):
        made.render()
    with pytest.raises(TypeError):
        environment(Locale.EN).from_string("{{ nothing }}").render(nothing=None)
    assert environment(Locale.EN).from_string("{{ a }}{{ b }}").render(a="<", b=Mrkdwn("*<*")) == "&lt;*<*"
