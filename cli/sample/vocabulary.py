"""What the company sells, in the words of the trade: twelve categories, sixty-three kinds of part.

Traditional is what a parts counter in Taiwan says (煞車片, 避震器, 水箱), Simplified what one on the
mainland says (刹车片, 减振器, 散热器); neither is a conversion of the other.
"""

from dataclasses import dataclass

from cli.sample.words import Name


@dataclass(frozen=True, slots=True)
class Category:
    """A main category; `season` is its demand by month, per mille of the year's mean."""

    code: str
    name: Name
    cost_share: int  # standard cost, per mille of the list price
    season: tuple[int, ...] = (1000,) * 12


_BUILDING = (800, 850, 1200, 1250, 1150, 950, 850, 850, 1050, 1150, 1050, 850)
_COLD = (1350, 1200, 950, 850, 800, 800, 850, 850, 900, 1050, 1200, 1300)
_FILTER = (850, 850, 1050, 1100, 1150, 1150, 1100, 1100, 1000, 950, 900, 850)

CATEGORIES: tuple[Category, ...] = (
    Category("BRAKES", Name("Brakes", "煞車系統", "制动系统"), 640),
    Category("FILTERS", Name("Filters", "濾清器", "滤清器"), 600, _FILTER),
    Category("BEARINGS", Name("Bearings", "軸承", "轴承"), 660),
    Category("SEALS", Name("Seals", "密封件", "密封件"), 560),
    Category("HYDRAULICS", Name("Hydraulics", "液壓系統", "液压系统"), 690, _BUILDING),
    Category("BELTS", Name("Belts", "皮帶", "皮带"), 610),
    Category("ENGINE", Name("Engine", "引擎", "发动机"), 670),
    Category("ELECTRICAL", Name("Electrical", "電氣系統", "电气系统"), 650, _COLD),
    Category("DRIVETRAIN", Name("Drivetrain", "傳動系統", "传动系统"), 680),
    Category("UNDERCARRIAGE", Name("Undercarriage", "履帶底盤", "履带底盘"), 700, _BUILDING),
    Category("SUSPENSION", Name("Suspension and steering", "懸吊與轉向", "悬挂与转向"), 650),
    Category("LUBRICANTS", Name("Lubricants and fluids", "潤滑油品", "润滑油品"), 720),
)


@dataclass(frozen=True, slots=True)
class PartType:
    """A kind of part and its subcategory: `prefix` starts the part number (BP-0012)."""

    prefix: str
    category: str
    name: Name
    fits: str  # what tells its parts apart: see `specs`
    count: int
    price: int  # median list price, yuan
    quantity: int  # what one order line usually asks for
    pack: int
    speed: int  # how often it is asked for, relative
    uom: str


# The columns are the fields of `PartType`, the name in English, Traditional and Simplified.
_TYPES: dict[str, str] = {
    "BRAKES": """
BP | Brake pad | 煞車片 | 刹车片 | truck axle | 20 | 260 | 7 | 12 | 30 | set
BS | Brake shoe | 煞車蹄片 | 制动蹄片 | truck axle | 18 | 180 | 12 | 6 | 16 | set
BD | Brake disc | 煞車碟盤 | 制动盘 | truck axle | 18 | 480 | 6 | 2 | 12 | pcs
DM | Brake drum | 煞車鼓 | 制动鼓 | truck axle | 14 | 520 | 5 | 1 | 8 | pcs
BC | Brake chamber | 煞車氣室 | 制动气室 | truck axle | 14 | 210 | 10 | 4 | 9 | pcs
""",
    "FILTERS": """
OF | Oil filter | 機油濾清器 | 机油滤清器 | any | 21 | 65 | 40 | 12 | 32 | pcs
FF | Fuel filter | 燃油濾清器 | 燃油滤清器 | any | 21 | 85 | 30 | 12 | 26 | pcs
AF | Air filter | 空氣濾清器 | 空气滤清器 | any | 21 | 190 | 16 | 6 | 22 | pcs
HF | Hydraulic filter | 液壓油濾清器 | 液压油滤清器 | machine grade | 16 | 260 | 8 | 6 | 12 | pcs
CF | Cabin filter | 冷氣濾網 | 空调滤芯 | any | 16 | 75 | 20 | 10 | 12 | pcs
""",
    "BEARINGS": """
DB | Deep groove ball bearing | 深溝滾珠軸承 | 深沟球轴承 | ball bearing | 30 | 45 | 50 | 10 | 18 | pcs
TB | Tapered roller bearing | 錐形滾子軸承 | 圆锥滚子轴承 | tapered bearing | 26 | 160 | 20 | 10 | 14 | pcs
SB | Spherical roller bearing | 自動調心滾子軸承 | 调心滚子轴承 | spherical | 16 | 620 | 5 | 1 | 7 | pcs
NB | Needle roller bearing | 滾針軸承 | 滚针轴承 | needle bearing | 14 | 38 | 50 | 20 | 6 | pcs
WB | Wheel hub bearing | 輪轂軸承 | 轮毂轴承 | truck axle | 14 | 420 | 6 | 2 | 12 | pcs
""",
    "SEALS": """
OS | Oil seal | 油封 | 油封 | oil seal | 30 | 28 | 80 | 20 | 22 | pcs
OR | O-ring | O 形環 | O 形圈 | o-ring | 24 | 3 | 400 | 100 | 10 | pcs
CK | Cylinder seal kit | 液壓缸油封組 | 油缸修理包 | machine cylinder | 18 | 680 | 4 | 1 | 9 | set
GK | Engine gasket kit | 引擎墊片組 | 发动机垫片组 | any | 14 | 900 | 2 | 1 | 6 | set
""",
    "HYDRAULICS": """
HP | Hydraulic pump | 液壓泵 | 液压泵 | machine | 12 | 8600 | 1 | 1 | 5 | pcs
HM | Travel motor | 行走馬達 | 行走马达 | crawler | 8 | 12000 | 1 | 1 | 2 | pcs
CV | Control valve | 多路控制閥 | 多路阀 | machine | 10 | 6800 | 1 | 1 | 2 | pcs
SV | Solenoid valve | 電磁閥 | 电磁阀 | machine | 12 | 620 | 3 | 1 | 8 | pcs
HC | Hydraulic cylinder | 液壓缸 | 液压油缸 | machine cylinder | 14 | 5200 | 1 | 1 | 4 | pcs
HH | Hydraulic hose | 高壓油管 | 高压油管 | hose | 24 | 180 | 12 | 5 | 16 | pcs
""",
    "BELTS": """
VB | V-belt | 三角皮帶 | 三角带 | v-belt | 24 | 42 | 40 | 10 | 14 | pcs
RB | Ribbed belt | 多溝皮帶 | 多楔带 | ribbed belt | 22 | 95 | 24 | 10 | 14 | pcs
BT | Belt tensioner | 皮帶張緊輪 | 皮带张紧轮 | any | 18 | 240 | 8 | 2 | 8 | pcs
""",
    "ENGINE": """
PI | Piston | 活塞 | 活塞 | any | 10 | 380 | 8 | 6 | 5 | pcs
PR | Piston ring set | 活塞環組 | 活塞环组 | any | 10 | 260 | 10 | 6 | 6 | set
CL | Cylinder liner | 汽缸套 | 气缸套 | any | 10 | 320 | 8 | 6 | 5 | pcs
EV | Engine valve | 汽門 | 气门 | any valve | 14 | 65 | 24 | 12 | 6 | pcs
FI | Fuel injector | 噴油嘴 | 喷油器 | any | 14 | 980 | 6 | 2 | 9 | pcs
TC | Turbocharger | 渦輪增壓器 | 涡轮增压器 | any | 10 | 3200 | 1 | 1 | 5 | pcs
WP | Water pump | 水泵 | 水泵 | any | 14 | 720 | 3 | 1 | 9 | pcs
RA | Radiator | 水箱 | 散热器 | any | 10 | 2400 | 1 | 1 | 4 | pcs
""",
    "ELECTRICAL": """
AL | Alternator | 發電機 | 发电机 | any | 12 | 1100 | 2 | 1 | 7 | pcs
SM | Starter motor | 起動馬達 | 起动机 | any | 12 | 1250 | 2 | 1 | 7 | pcs
BA | Battery | 電瓶 | 蓄电池 | battery | 10 | 780 | 4 | 1 | 12 | pcs
SN | Pressure sensor | 壓力感測器 | 压力传感器 | any | 14 | 240 | 6 | 1 | 8 | pcs
HL | Headlamp | 大燈 | 前大灯 | engined side | 14 | 560 | 4 | 1 | 7 | pcs
RL | Relay | 繼電器 | 继电器 | relay | 8 | 35 | 30 | 10 | 6 | pcs
""",
    "DRIVETRAIN": """
CD | Clutch disc | 離合器片 | 离合器片 | engined grade | 14 | 620 | 4 | 1 | 9 | pcs
CP | Clutch pressure plate | 離合器壓板 | 离合器压盘 | engined | 9 | 780 | 3 | 1 | 6 | pcs
UJ | Universal joint | 萬向接頭 | 万向节 | any | 14 | 160 | 10 | 4 | 9 | pcs
PS | Propeller shaft | 傳動軸 | 传动轴 | engined | 9 | 1900 | 1 | 1 | 4 | pcs
GR | Transmission gear | 變速箱齒輪 | 变速箱齿轮 | any | 16 | 540 | 4 | 1 | 5 | pcs
""",
    "UNDERCARRIAGE": """
TL | Track chain | 履帶鏈條 | 链轨总成 | crawler | 9 | 4800 | 2 | 1 | 4 | pcs
RO | Track roller | 下支輪 | 支重轮 | crawler grade | 14 | 620 | 8 | 2 | 9 | pcs
CR | Carrier roller | 上支輪 | 托链轮 | crawler | 9 | 460 | 4 | 2 | 6 | pcs
ID | Idler | 惰輪 | 引导轮 | crawler | 9 | 1900 | 2 | 1 | 4 | pcs
SP | Sprocket | 驅動輪 | 驱动轮 | crawler | 9 | 1600 | 2 | 1 | 4 | pcs
BK | Bucket tooth | 斗齒 | 斗齿 | machine grade | 22 | 90 | 40 | 10 | 12 | pcs
""",
    "SUSPENSION": """
SA | Shock absorber | 避震器 | 减振器 | truck axle | 16 | 380 | 6 | 2 | 10 | pcs
LS | Leaf spring | 鋼板彈簧 | 钢板弹簧 | truck axle | 12 | 850 | 4 | 1 | 6 | pcs
AB | Air spring | 空氣彈簧 | 空气弹簧 | truck | 10 | 520 | 4 | 2 | 7 | pcs
TR | Tie rod end | 橫拉桿接頭 | 横拉杆接头 | engined side | 12 | 190 | 8 | 2 | 8 | pcs
KP | King pin kit | 大王銷組 | 转向主销组 | engined | 9 | 360 | 4 | 1 | 5 | set
""",
    "LUBRICANTS": """
EO | Engine oil | 引擎機油 | 发动机油 | engine oil | 12 | 420 | 10 | 1 | 24 | drum
GO | Gear oil | 齒輪油 | 齿轮油 | gear oil | 6 | 460 | 6 | 1 | 12 | drum
HO | Hydraulic oil | 液壓油 | 液压油 | hydraulic oil | 6 | 390 | 10 | 1 | 18 | drum
GE | Grease | 黃油 | 润滑脂 | grease | 6 | 280 | 8 | 1 | 12 | drum
CO | Coolant | 水箱精 | 防冻液 | coolant | 6 | 120 | 16 | 4 | 14 | drum
""",
}


def part_types() -> list[PartType]:
    """Every kind of part, by category and as listed."""
    found: list[PartType] = []
    for category, rows in _TYPES.items():
        for row in rows.strip().splitlines():
            cells = [cell.strip() for cell in row.split("|")]
            prefix, en, hant, hans, fits, count, price, quantity, pack, speed, uom = cells
            found.append(
                PartType(
                    prefix=prefix,
                    category=category,
                    name=Name(en, hant, hans),
                    fits=fits,
                    count=int(count),
                    price=int(price),
                    quantity=int(quantity),
                    pack=int(pack),
                    speed=int(speed),
                    uom=uom,
                )
            )
    return found
