"""The forty people of the sample company, and who sells what where.

The people `messages.md` speaks of are here (Li Hua sells in the East, Chen Fang keeps the store), so
that a demo shows the same stories as the texts we write.
"""

from dataclasses import dataclass
from datetime import date

from cli.sample.words import Name

EMAIL_DOMAIN = "hengtong-parts.example"
REGIONS: tuple[tuple[str, Name, str], ...] = (
    ("North", Name("North", "華北", "华北"), "Coast"),
    ("East", Name("East", "華東", "华东"), "Coast"),
    ("South", Name("South", "華南", "华南"), "Coast"),
    ("Central", Name("Central", "華中", "华中"), "Inland"),
    ("Southwest", Name("Southwest", "西南", "西南"), "Inland"),
    ("Northwest", Name("Northwest", "西北", "西北"), "Inland"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; `regions` empty: everywhere."""

    code: str
    name: Name
    email: str
    title: str
    department: str
    manager: str
    roles: tuple[str, ...]
    regions: tuple[str, ...]
    locale: str
    joined_on: date
    timezone: str = "Asia/Shanghai"


# code, English, Traditional, Simplified, mailbox, locale, joined
_WHO = """
E001 | Shen Guodong | 沈國棟 | 沈国栋 | shen.guodong | zh-Hans | 2009-03-02
E002 | Lin Chia-hao | 林家豪 | 林家豪 | chia-hao.lin | zh-Hant | 2014-05-12
E003 | Xu Jing | 徐靜 | 徐静 | xu.jing | zh-Hans | 2018-07-02
E004 | Huang Shu-fen | 黃淑芬 | 黄淑芬 | shu-fen.huang | zh-Hant | 2012-09-03
E005 | Ma Chao | 馬超 | 马超 | ma.chao | zh-Hans | 2019-04-15
E006 | Sophie Laurent | 羅蘇菲 | 罗苏菲 | sophie.laurent | en | 2021-03-01
E007 | Chen Fang | 陳芳 | 陈芳 | chen.fang | zh-Hant | 2011-06-20
E008 | Tang Yong | 唐勇 | 唐勇 | tang.yong | zh-Hans | 2020-08-17
E009 | Jiang Tao | 蔣濤 | 蒋涛 | jiang.tao | zh-Hans | 2017-10-09
E010 | Wu Ya-ting | 吳雅婷 | 吴雅婷 | ya-ting.wu | zh-Hant | 2015-02-25
E011 | Daniel Wright | 魏德安 | 魏德安 | daniel.wright | en | 2022-01-10
E012 | Gao Lei | 高磊 | 高磊 | gao.lei | zh-Hans | 2013-11-04
E013 | Xie Min | 謝敏 | 谢敏 | xie.min | zh-Hans | 2016-04-18
E014 | Kevin Ong | 王凱文 | 王凯文 | kevin.ong | en | 2020-05-06
E015 | Sun Jianguo | 孫建國 | 孙建国 | sun.jianguo | zh-Hans | 2010-08-02
E016 | Wang Lei | 王磊 | 王磊 | wang.lei | zh-Hans | 2012-03-12
E017 | Liang Zhiming | 梁志明 | 梁志明 | liang.zhiming | zh-Hans | 2013-07-08
E018 | Deng Hong | 鄧紅 | 邓红 | deng.hong | zh-Hans | 2015-09-14
E019 | Luo Bin | 羅斌 | 罗斌 | luo.bin | zh-Hans | 2014-10-13
E020 | Ma Hui | 馬慧 | 马慧 | ma.hui | zh-Hans | 2016-06-06
E021 | Zhang Wei | 張偉 | 张伟 | zhang.wei | zh-Hans | 2014-03-03
E022 | Liu Yang | 劉洋 | 刘洋 | liu.yang | zh-Hans | 2017-05-15
E023 | Song Jia | 宋佳 | 宋佳 | song.jia | zh-Hans | 2019-09-02
E024 | Guo Peng | 郭鵬 | 郭鹏 | guo.peng | zh-Hans | 2021-07-05
E025 | Li Hua | 李華 | 李华 | li.hua | zh-Hans | 2013-04-08
E026 | Zhou Min | 周敏 | 周敏 | zhou.min | zh-Hans | 2016-02-22
E027 | Chang Chih-wei | 張志偉 | 张志伟 | chih-wei.chang | zh-Hant | 2018-01-08
E028 | Qian Feng | 錢鋒 | 钱锋 | qian.feng | zh-Hans | 2020-10-12
E029 | Emma Clarke | 柯艾瑪 | 柯艾玛 | emma.clarke | en | 2022-08-15
E030 | He Jianhua | 何建華 | 何建华 | he.jianhua | zh-Hans | 2012-11-19
E031 | Chan Wai Man | 陳偉文 | 陈伟文 | waiman.chan | zh-Hant | 2015-06-01
E032 | Pan Xiaoyu | 潘曉宇 | 潘晓宇 | pan.xiaoyu | zh-Hans | 2019-03-18
E033 | Oliver Grant | 顧立文 | 顾立文 | oliver.grant | en | 2023-02-06
E034 | Yuan Bo | 袁博 | 袁博 | yuan.bo | zh-Hans | 2016-08-29
E035 | Peng Li | 彭麗 | 彭丽 | peng.li | zh-Hans | 2018-04-16
E036 | Tsai Ming-che | 蔡明哲 | 蔡明哲 | ming-che.tsai | zh-Hant | 2021-09-13
E037 | Jiang Xue | 江雪 | 江雪 | jiang.xue | zh-Hans | 2017-12-04
E038 | Ran Qiang | 冉強 | 冉强 | ran.qiang | zh-Hans | 2025-06-02
E039 | Bai Ting | 白婷 | 白婷 | bai.ting | zh-Hans | 2020-03-09
E040 | Yang Fan | 楊帆 | 杨帆 | yang.fan | zh-Hans | 2019-11-11
"""
# title, department, manager, roles of those who do not (only) sell
_DUTIES: dict[str, tuple[str, str, str, str]] = {
    "E001": ("General manager", "management", "", "executive"),
    "E002": ("Sales director", "sales", "E001", "sales_manager"),
    "E003": ("Sales planner", "sales", "E002", "planner"),
    "E004": ("Purchasing manager", "purchasing", "E001", "buyer"),
    "E005": ("Buyer", "purchasing", "E004", "buyer"),
    "E006": ("Buyer, overseas suppliers", "purchasing", "E004", "buyer"),
    "E007": ("Warehouse manager", "warehouse", "E001", "storekeeper"),
    "E008": ("Storekeeper, Chengdu", "warehouse", "E007", "storekeeper"),
    "E009": ("Logistics supervisor", "logistics", "E001", "logistics"),
    "E010": ("Finance manager", "finance", "E001", "finance"),
    "E011": ("Market analyst", "market", "E001", "market_analyst"),
    "E012": ("Technical trainer", "technical", "E001", "trainer"),
    "E013": ("HR manager", "hr", "E001", "hr"),
    "E014": ("Systems administrator", "support", "E001", "admin"),
    "E015": ("Regional manager", "sales", "E002", "region_lead"),
    "E016": ("Regional manager", "sales", "E002", "region_lead"),
    "E017": ("Regional manager", "sales", "E002", "region_lead"),
    "E018": ("Regional manager", "sales", "E002", "region_lead"),
    "E019": ("Regional manager", "sales", "E002", "region_lead;rep"),
    "E020": ("Regional manager", "sales", "E002", "region_lead;rep"),
}
_LEADS = {
    "North": "E015",
    "East": "E016",
    "South": "E017",
    "Central": "E018",
    "Southwest": "E019",
    "Northwest": "E020",
}


@dataclass(frozen=True, slots=True)
class Territory:
    """What one person sells in one region; `person` empty: what the region sells by itself.

    `target` is October 2026's, in yuan; other months follow from it. `points` is how far ahead of
    time the person is this month, in tenths of a percentage point when 72.2 % of it is gone.
    """

    person: str
    region: str
    target: int
    points: int
    growth: int  # per mille a year


TERRITORIES: tuple[Territory, ...] = (
    Territory("E021", "North", 680_000, 52, 90),
    Territory("E022", "North", 560_000, -24, 70),
    Territory("E023", "North", 500_000, 96, 130),
    Territory("E024", "North", 420_000, -18, 110),
    Territory("", "North", 40_000, 10, 150),
    Territory("E025", "East", 800_000, -110, 80),
    Territory("E026", "East", 640_000, -60, 60),
    Territory("E027", "East", 560_000, 30, 100),
    Territory("E028", "East", 520_000, -25, 90),
    Territory("E029", "East", 420_000, 15, 140),
    Territory("", "East", 60_000, 0, 160),
    Territory("E030", "South", 640_000, 40, 50),
    Territory("E031", "South", 560_000, -85, 80),
    Territory("E032", "South", 480_000, 125, 120),
    Territory("E033", "South", 390_000, -40, 150),
    Territory("E029", "South", 280_000, 20, 140),
    Territory("", "South", 50_000, 15, 170),
    Territory("E034", "Central", 580_000, 35, 70),
    Territory("E035", "Central", 500_000, -145, 40),
    Territory("E036", "Central", 420_000, 60, 110),
    Territory("E019", "Southwest", 360_000, 20, 60),
    Territory("E037", "Southwest", 320_000, -30, 80),
    Territory("E038", "Southwest", 240_000, 305, 300),
    Territory("E039", "Southwest", 180_000, -65, 100),
    Territory("E020", "Northwest", 300_000, -20, 30),
    Territory("E040", "Northwest", 280_000, -210, 20),
    Territory("E039", "Northwest", 220_000, 45, 90),
)


def everybody() -> list[Person]:
    """The forty, by employee number."""
    found: list[Person] = []
    for row in _WHO.strip().splitlines():
        code, en, hant, hans, mailbox, locale, joined = (cell.strip() for cell in row.split("|"))
        sells = tuple(territory.region for territory in TERRITORIES if territory.person == code)
        leads = tuple(region for region, lead in _LEADS.items() if lead == code)
        seller = ("Sales representative", "sales", _LEADS[sells[0]] if sells else "", "rep")
        title, department, manager, roles = _DUTIES.get(code, seller)
        found.append(
            Person(
                code=code,
                name=Name(en, hant, hans),
                email=f"{mailbox}@{EMAIL_DOMAIN}",
                title=title,
                department=department,
                manager=manager,
                roles=tuple(roles.split(";")),
                regions=leads or sells,
                locale=locale,
                joined_on=date.fromisoformat(joined),
                timezone="Asia/Taipei" if code == "E004" else "Asia/Shanghai",
            )
        )
    return found
