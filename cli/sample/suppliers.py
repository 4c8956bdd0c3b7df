"""Forty-five suppliers, what each delivers, how long it takes and how well it keeps its word."""

from dataclasses import dataclass

from cli.sample.dice import Dice
from cli.sample.parts import HERO, Part
from cli.sample.words import Name

# What one unit of a currency costs, in thousandths of a yuan.
_RATES = {"CNY": 1000, "USD": 7120, "EUR": 8240, "JPY": 47}


@dataclass(frozen=True, slots=True)
class Supplier:
    """`lead` is its usual lead time in days, `reliable` the deliveries on time, per mille."""

    code: str
    name: Name
    categories: tuple[str, ...]
    lead: int
    reliable: int
    currency: str


# English | Traditional | Simplified | categories | lead days | on time per mille | currency
_ROWS = """
Dengta Brake Systems | 燈塔煞車系統 | 灯塔制动系统 | BRAKES | 9 | 900 | CNY
Yuhuan Xinmao Friction | 玉環新茂摩擦材料 | 玉环新茂摩擦材料 | BRAKES | 14 | 820 | CNY
Longkou Bohai Castings | 龍口渤海鑄造 | 龙口渤海铸造 | BRAKES | 21 | 760 | CNY
Laizhou Jinhai Disc | 萊州金海碟盤 | 莱州金海制动盘 | BRAKES | 18 | 840 | CNY
Ruili Valley Brakes | 瑞麗谷煞車 | 瑞丽谷制动 | BRAKES SUSPENSION | 16 | 800 | CNY
Bengbu Qingyuan Filters | 蚌埠清源濾清器 | 蚌埠清源滤清器 | FILTERS | 12 | 880 | CNY
Ruian Jingke Filtration | 瑞安淨科過濾 | 瑞安净科过滤 | FILTERS | 10 | 860 | CNY
Langfang Baisheng Filters | 廊坊百盛濾清器 | 廊坊百盛滤清器 | FILTERS | 15 | 790 | CNY
Norlund Filtration AB | 諾蘭德過濾 | 诺兰德过滤 | FILTERS | 48 | 930 | EUR
Luoyang Zhongzhou Bearings | 洛陽中州軸承 | 洛阳中州轴承 | BEARINGS | 14 | 870 | CNY
Wafangdian Hongguang Bearings | 瓦房店宏光軸承 | 瓦房店宏光轴承 | BEARINGS | 20 | 780 | CNY
Cixi Yuda Miniature Bearings | 慈溪宇達微型軸承 | 慈溪宇达微型轴承 | BEARINGS | 11 | 840 | CNY
Linqing Huanyu Bearings | 臨清環宇軸承 | 临清环宇轴承 | BEARINGS | 13 | 720 | CNY
Kitahama Precision | 北濱精工 | 北滨精工 | BEARINGS SEALS | 42 | 950 | JPY
Hengshui Lihua Rubber | 衡水利華橡膠 | 衡水利华橡胶 | SEALS | 12 | 810 | CNY
Qinghe Tongfa Seals | 清河通發密封件 | 清河通发密封件 | SEALS | 9 | 850 | CNY
Taichung Chung Yi Oil Seal | 台中中億油封 | 台中中亿油封 | SEALS | 24 | 920 | USD
Guangzhou Baiyun Gaskets | 廣州白雲墊片 | 广州白云垫片 | SEALS ENGINE | 10 | 830 | CNY
Ningbo Beilun Hydraulics | 寧波北侖液壓 | 宁波北仑液压 | HYDRAULICS | 28 | 800 | CNY
Jining Tairui Hydraulics | 濟寧泰瑞液壓 | 济宁泰瑞液压 | HYDRAULICS | 22 | 770 | CNY
Rheintal Hydraulik GmbH | 萊茵谷液壓 | 莱茵谷液压 | HYDRAULICS | 62 | 910 | EUR
Jingxian Huaying Hoses | 景縣華英膠管 | 景县华英胶管 | HYDRAULICS | 8 | 880 | CNY
Changyuan Lifting Cylinders | 長垣力升液壓缸 | 长垣力升液压缸 | HYDRAULICS | 26 | 750 | CNY
Seto Valve Works | 瀨戶閥門製作所 | 濑户阀门制作所 | HYDRAULICS | 55 | 940 | JPY
Taizhou Sanmen Belts | 台州三門皮帶 | 台州三门胶带 | BELTS | 10 | 860 | CNY
Qingdao Laixi Rubber Belt | 青島萊西膠帶 | 青岛莱西胶带 | BELTS | 13 | 820 | CNY
Wuxi Huishan Pulleys | 無錫惠山帶輪 | 无锡惠山带轮 | BELTS | 16 | 800 | CNY
Chengdu Shuguang Pistons | 成都曙光活塞 | 成都曙光活塞 | ENGINE | 18 | 840 | CNY
Fuyang Liner Foundry | 阜陽缸套鑄造 | 阜阳缸套铸造 | ENGINE | 24 | 760 | CNY
Wuxi Taihu Turbo | 無錫太湖渦輪 | 无锡太湖涡轮 | ENGINE | 26 | 850 | CNY
Weifang Luzhong Diesel Parts | 濰坊魯中柴油機零件 | 潍坊鲁中柴油机零件 | ENGINE | 15 | 830 | CNY
Great Lakes Diesel Supply | 大湖柴油機供應 | 大湖柴油机供应 | ENGINE ELECTRICAL | 58 | 890 | USD
Jinzhou Liaohai Electric | 錦州遼海電機 | 锦州辽海电机 | ELECTRICAL | 19 | 810 | CNY
Baoding Fengshi Battery | 保定豐實電池 | 保定丰实电池 | ELECTRICAL | 7 | 910 | CNY
Danyang Guangming Lamps | 丹陽光明車燈 | 丹阳光明车灯 | ELECTRICAL | 11 | 840 | CNY
Wenzhou Ouhai Sensors | 溫州甌海感測器 | 温州瓯海传感器 | ELECTRICAL | 14 | 780 | CNY
Changchun Jida Clutch | 長春吉達離合器 | 长春吉达离合器 | DRIVETRAIN | 20 | 830 | CNY
Xiangyang Hanjiang Shafts | 襄陽漢江傳動軸 | 襄阳汉江传动轴 | DRIVETRAIN | 23 | 770 | CNY
Qijiang Gear Works | 綦江巴渝齒輪 | 綦江巴渝齿轮 | DRIVETRAIN | 30 | 800 | CNY
Quanzhou Minnan Track | 泉州閩南履帶 | 泉州闽南履带 | UNDERCARRIAGE | 21 | 820 | CNY
Jining Yanzhou Rollers | 濟寧兗州支輪 | 济宁兖州支重轮 | UNDERCARRIAGE | 25 | 740 | CNY
Hwangdo Undercarriage Co. | 黃島履帶底盤 | 黄岛履带底盘 | UNDERCARRIAGE | 40 | 900 | USD
Shiyan Wudang Springs | 十堰武當彈簧 | 十堰武当弹簧 | SUSPENSION | 17 | 810 | CNY
Nanchong Jialing Shock Absorbers | 南充嘉陵避震器 | 南充嘉陵减振器 | SUSPENSION | 19 | 790 | CNY
Maoming Yuexi Lubricants | 茂名粵西潤滑油 | 茂名粤西润滑油 | LUBRICANTS | 6 | 930 | CNY
"""


def everyone() -> list[Supplier]:
    """The suppliers, by code."""
    found: list[Supplier] = []
    for number, row in enumerate(_ROWS.strip().splitlines(), start=1):
        en, hant, hans, categories, lead, reliable, currency = (cell.strip() for cell in row.split("|"))
        found.append(
            Supplier(
                code=f"V{number:03d}",
                name=Name(en, hant, hans),
                categories=tuple(categories.split()),
                lead=int(lead),
                reliable=int(reliable),
                currency=currency,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a supplier delivers a part; `price` in hundredths of the supplier's currency."""

    supplier: Supplier
    part: Part
    price: int
    moq: int
    pack: int
    lead: int


def _terms(dice: Dice, supplier: Supplier, part: Part, rank: int) -> Terms:
    """The first supplier is the cheapest or nearly so; the others cost more or take longer."""
    share = 1000 + dice.bell(40) + rank * 45
    pack = part.type.pack
    order = max(part.quantity * dice.between(1, 4), 1)
    return Terms(
        supplier=supplier,
        part=part,
        price=max(part.cost * share // _RATES[supplier.currency], 1),
        moq=-(-order // pack) * pack,
        pack=pack,
        lead=max(supplier.lead + dice.bell(5), 3),
    )


def make_terms(seed: int, parts: list[Part]) -> list[Terms]:
    """One to three suppliers per part, the usual one first."""
    dice = Dice(seed, "terms")
    suppliers = everyone()
    found: list[Terms] = []
    for part in parts:
        able = [supplier for supplier in suppliers if part.main_category in supplier.categories]
        wanted = 1 + dice.chance(560) + dice.chance(180)
        if part.part_no == HERO:  # the nearest needs nine days; a cheaper one takes longer
            found.append(Terms(able[1], part, part.cost * 940 // 1000, 240, 24, 15))
            found.append(Terms(able[0], part, part.cost, 48, 12, 9))
            continue
        for rank, supplier in enumerate(dice.shuffled(able)[:wanted]):
            found.append(_terms(dice, supplier, part, rank))
    return found
