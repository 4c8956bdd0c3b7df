"""What people can type: verbs, the words they go by in three languages, and what each is for.

Data only. Help, the manifest and the bot's table of verbs are made from it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from domain.names import Locale

ROOT = "/parts"
EN, HANT, HANS = Locale.EN, Locale.ZH_HANT, Locale.ZH_HANS


@dataclass(frozen=True, slots=True)
class Verb:
    """A word behind /parts. `alias` is a command of its own that does the same.

    `description` (at most 2,000 characters) and `usage` stand in the manifest, which Slack does not
    translate; `purpose` and `examples` are for help, in the reader's language. An example begins behind the
    verb.
    """

    name: str
    synonyms: tuple[str, ...]
    description: str
    purpose: dict[Locale, str]
    usage: str = ""
    alias: str | None = None
    for_admins: bool = False
    arguments: dict[Locale, str] | None = None
    examples: dict[Locale, tuple[str, ...]] | None = None

    @property
    def command(self) -> str:
        """The form that always works, whoever else has an alias of that name."""
        return f"{ROOT} {self.name}"

    def usage_in(self, locale: Locale) -> str:
        """The command with what may follow it."""
        arguments = (self.arguments or {}).get(locale, "")
        return f"{self.command} {arguments}".rstrip()

    def examples_in(self, locale: Locale) -> tuple[str, ...]:
        """Lines to copy."""
        return tuple(f"{self.command} {rest}".rstrip() for rest in (self.examples or {}).get(locale, ("",)))


TARGET = Verb(
    name="target",
    synonyms=("targets", "progress", "目標", "目标", "進度", "进度", "達成", "达成"),
    alias="/target",
    usage="[me | @person | region | company] [month | 2019-08 | 2019-Q3 | 2019 | FY2020-Q1]",
    description="Where do we stand against the target? 目標達成到哪裡？ 目标完成到哪里？",
    purpose={
        EN: "How much of a target is reached, and where it is heading",
        HANT: "目標達成多少、照目前速度會到哪裡",
        HANS: "目标完成多少、按目前速度会到哪里",
    },
    arguments={EN: "[who] [period]", HANT: "[對象] [期間]", HANS: "[对象] [期间]"},
    examples={
        EN: ("", "last month", "company 2019-Q3"),
        HANT: ("", "上月", "公司 2019-Q3"),
        HANS: ("", "上月", "公司 2019-Q3"),
    },
)
DAY = Verb(
    name="day",
    synonyms=("my day", "today", "今天", "今日", "我的一天"),
    description="What matters today. 今天的重點。 今天的重点。",
    purpose={EN: "What matters to you today", HANT: "今天與你有關的重點", HANS: "今天与你有关的重点"},
)
SETTINGS = Verb(
    name="settings",
    synonyms=("setting", "preferences", "設定", "设置", "偏好"),
    description="Language, hours and pauses. 語言、時間與暫停。 语言、时间与暂停。",
    purpose={
        EN: "Your language, when messages come, quiet hours and pauses",
        HANT: "你的語言、訊息時間、安靜時段與暫停",
        HANS: "你的语言、消息时间、安静时段与暂停",
    },
)
COMPANY = Verb(
    name="company",
    synonyms=("admin", "公司", "公司設定", "公司设置", "管理"),
    description="Settings of the company, for administrators. 公司設定。 公司设置。",
    purpose={
        EN: "Channels, schedules, quiet hours, calendar, thresholds, people and roles",
        HANT: "頻道、時程、安靜時段、行事曆、門檻、人員與角色",
        HANS: "频道、时间安排、安静时段、日历、阈值、人员与角色",
    },
    for_admins=True,
)
HELP = Verb(
    name="help",
    synonyms=("?", "說明", "说明", "帮助", "幫助", "求助"),
    usage="[topic]",
    description="What can be typed, with examples. 說明與範例。 帮助与示例。",
    purpose={
        EN: "What can be typed, with examples",
        HANT: "可以輸入什麼，附範例",
        HANS: "可以输入什么，附示例",
    },
    arguments={EN: "[topic]", HANT: "[主題]", HANS: "[主题]"},
    examples={EN: ("", "periods"), HANT: ("", "期間"), HANS: ("", "期间")},
)

DOCTOR = Verb(
    name="doctor",
    synonyms=("health", "check", "診斷", "诊断", "檢查", "检查"),
    description="Is everything in order? 一切正常嗎？ 一切正常吗？",
    purpose={
        EN: "Whether everything is in order, and what to do where it is not",
        HANT: "一切是否正常、哪裡要處理",
        HANS: "一切是否正常、哪里要处理",
    },
    for_admins=True,
)

VERBS: tuple[Verb, ...] = (TARGET, DAY, SETTINGS, COMPANY, DOCTOR, HELP)

# Words behind `help`: topic (an `actions.Topic`) by spelling.
TOPICS: dict[str, str] = {
    **dict.fromkeys(("commands", "command", "指令", "命令"), "commands"),
    **dict.fromkeys(("who", "people", "對象", "对象", "誰", "谁"), "who"),
    **dict.fromkeys(("periods", "period", "dates", "期間", "期间", "時間", "时间"), "periods"),
    **dict.fromkeys(("numbers", "number", "figures", "數字", "数字"), "numbers"),
}


def folded(word: str) -> str:
    """A typed word as it is compared: any case, any width.

    >>> folded("ＴＡＲＧＥＴ ")
    'target'
    """
    return unicodedata.normalize("NFKC", word).strip().casefold()


def _spellings() -> Iterator[tuple[str, str]]:
    for one in VERBS:
        for spelling in (one.name, *one.synonyms):
            yield folded(spelling), one.name


_BY_SPELLING = dict(_spellings())
_BY_NAME = {one.name: one for one in VERBS}


def verb_of(word: str) -> str | None:
    """The name of the verb a word means, None where it means none.

    >>> verb_of("目標"), verb_of("Targets"), verb_of("tagret")
    ('target', 'target', None)
    """
    return _BY_SPELLING.get(folded(word))


def topic_of(word: str) -> str | None:
    """The help topic a word means, None where it means none."""
    return TOPICS.get(folded(word))


def verbs_for(*, admin: bool) -> tuple[str, ...]:
    """The names of what somebody can use."""
    return tuple(one.name for one in VERBS if admin or not one.for_admins)


def verb(name: str) -> Verb:
    """The verb of that name. KeyError where there is none."""
    return _BY_NAME[name]


def root_command_words() -> tuple[str, str]:
    """Description and usage hint of /parts in the manifest."""
    return (
        "Your day, targets, settings and help. 我的一天、目標、設定、說明。 我的一天、目标、设置、帮助。",
        f"[{' | '.join(one.name for one in VERBS)}]",
    )


# What the app says of itself in Slack's directory; at most 140 characters, not translated by Slack.
APP_DESCRIPTION = "Targets, progress and the sales plan of a parts company. 銷售計畫 · 销售计划"
