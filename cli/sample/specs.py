"""What tells the parts of one kind apart: the machine they fit, where they sit, their size."""

from collections.abc import Callable

from cli.sample.words import Name

TRUCKS: tuple[Name, ...] = (
    Name("49-t tractor truck", "49 噸曳引車", "49 吨牵引车"),
    Name("18-t cargo truck", "18 噸貨車", "18 吨载货车"),
    Name("8×4 dump truck", "8×4 傾卸車", "8×4 自卸车"),
    Name("mixer truck", "預拌混凝土車", "混凝土搅拌车"),
    Name("light truck", "輕型貨車", "轻型卡车"),
    Name("city bus", "市區公車", "城市公交车"),
    Name("coach", "遊覽車", "旅游客车"),
    Name("3-axle trailer", "三軸拖車", "三轴挂车"),
    Name("refrigerated truck", "冷藏車", "冷藏车"),
    Name("tank truck", "油罐車", "油罐车"),
)
MACHINES: tuple[Name, ...] = (
    Name("6-t excavator", "6 噸挖土機", "6 吨挖掘机"),
    Name("20-t excavator", "20 噸挖土機", "20 吨挖掘机"),
    Name("35-t excavator", "35 噸挖土機", "35 吨挖掘机"),
    Name("5-t wheel loader", "5 噸鏟裝機", "5 吨装载机"),
    Name("backhoe loader", "兩用挖土機", "挖掘装载机"),
    Name("220-hp bulldozer", "220 馬力推土機", "220 马力推土机"),
    Name("motor grader", "平路機", "平地机"),
    Name("20-t road roller", "20 噸壓路機", "20 吨压路机"),
    Name("25-t truck crane", "25 噸吊車", "25 吨汽车起重机"),
    Name("3-t forklift", "3 噸堆高機", "3 吨叉车"),
    Name("skid-steer loader", "滑移鏟裝機", "滑移装载机"),
    Name("concrete pump truck", "混凝土壓送車", "混凝土泵车"),
)
CRAWLERS: tuple[Name, ...] = (
    Name("1.8-t mini excavator", "1.8 噸小型挖土機", "1.8 吨微型挖掘机"),
    Name("6-t excavator", "6 噸挖土機", "6 吨挖掘机"),
    Name("20-t excavator", "20 噸挖土機", "20 吨挖掘机"),
    Name("35-t excavator", "35 噸挖土機", "35 吨挖掘机"),
    Name("48-t excavator", "48 噸挖土機", "48 吨挖掘机"),
    Name("220-hp bulldozer", "220 馬力推土機", "220 马力推土机"),
    Name("55-t crawler crane", "55 噸履帶吊車", "55 吨履带起重机"),
    Name("crawler drill", "履帶鑽機", "履带钻机"),
    Name("asphalt paver", "瀝青鋪築機", "沥青摊铺机"),
)
_PLACES: dict[str, tuple[Name, ...]] = {
    "axle": (Name("front", "前", "前"), Name("rear", "後", "后")),
    "side": (Name("left", "左", "左"), Name("right", "右", "右")),
    "cylinder": (
        Name("boom", "動臂", "动臂"),
        Name("arm", "斗桿", "斗杆"),
        Name("bucket", "鏟斗", "铲斗"),
    ),
    "valve": (Name("intake", "進", "进"), Name("exhaust", "排", "排")),
    "grade": (Name("", "", ""), Name("heavy-duty", "加強型", "加强型")),
}
_ENGINED = tuple(truck for truck in TRUCKS if "trailer" not in truck.en)
_OWNERS: dict[str, tuple[Name, ...]] = {
    "truck": TRUCKS,
    "machine": MACHINES,
    "crawler": CRAWLERS,
    "engined": _ENGINED,
    "any": _ENGINED + MACHINES,
}
# Machines with a boom, an arm and a bucket.
_ARMED = (MACHINES[0], MACHINES[1], MACHINES[2], MACHINES[4], CRAWLERS[0], CRAWLERS[4])


def _ball() -> list[str]:
    return [f"{series}{bore:02d}-2RS" for series in ("62", "63", "60") for bore in range(3, 13)]


def _tapered() -> list[str]:
    return [f"{series}{bore:02d}" for series in ("302", "322", "303") for bore in range(5, 15)]


def _spherical() -> list[str]:
    return [f"{series}{bore:02d} CC/W33" for series in ("222", "223") for bore in range(8, 18)]


def _needle() -> list[str]:
    return [f"HK {bore}{width}" for bore in (16, 20, 22, 25, 28, 30, 35) for width in (16, 20)]


def _oil_seal() -> list[str]:
    shafts = (25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 100)
    return [f"TC {shaft}×{shaft + wall}×{depth}" for shaft in shafts for wall, depth in ((17, 8), (22, 10))]


def _o_ring() -> list[str]:
    return [
        f"{inner}×{cord} mm" for inner in (10, 16, 20, 25, 32, 40, 50, 63) for cord in ("2.4", "3.5", "5.7")
    ]


def _hose() -> list[str]:
    return [
        f"DN{bore} × {length} m"
        for bore in (10, 12, 16, 20, 25, 32)
        for length in ("0.8", "1.2", "1.5", "2.0")
    ]


def _v_belt() -> list[str]:
    return [f"{profile} {length}" for profile in ("A", "B", "SPB") for length in range(1000, 2600, 200)]


def _ribbed_belt() -> list[str]:
    lengths = (870, 1045, 1230, 1345, 1490, 1675, 1810, 2020)
    return [f"{ribs}PK{length}" for ribs in (6, 8, 10) for length in lengths]


def _battery() -> list[str]:
    return [f"12 V {capacity} Ah" for capacity in (60, 70, 80, 90, 100, 120, 135, 150, 180, 200)]


def _relay() -> list[str]:
    return [f"{volts} V {amperes} A" for volts in (12, 24) for amperes in (20, 40, 70, 100)]


def _filled(grades: tuple[str, ...], packs: tuple[str, ...]) -> Callable[[], list[str]]:
    return lambda: [f"{grade}, {pack}" for grade in grades for pack in packs]


_SIZES: dict[str, Callable[[], list[str]]] = {
    "ball bearing": _ball,
    "tapered bearing": _tapered,
    "spherical": _spherical,
    "needle bearing": _needle,
    "oil seal": _oil_seal,
    "o-ring": _o_ring,
    "hose": _hose,
    "v-belt": _v_belt,
    "ribbed belt": _ribbed_belt,
    "battery": _battery,
    "relay": _relay,
    "engine oil": _filled(
        ("CI-4 15W-40", "CK-4 10W-40", "CH-4 20W-50", "CK-4 5W-40"), ("4 L", "18 L", "200 L")
    ),
    "gear oil": _filled(("GL-5 85W-90", "GL-5 80W-140"), ("4 L", "18 L", "200 L")),
    "hydraulic oil": _filled(("HM 46", "HM 68"), ("18 L", "170 kg", "200 L")),
    "grease": _filled(("EP 2", "EP 0", "MoS2 EP 2"), ("15 kg", "180 kg")),
    "coolant": _filled(("-25 °C", "-35 °C", "-45 °C"), ("4 kg", "18 kg")),
}


def _fitted(noun: Name, place: Name, owner: Name) -> Name:
    """A part for a machine: 前煞車片（49 噸曳引車）."""
    where = f"{place.en}, " if place.en else ""
    hant = {"進": "進氣門", "排": "排氣門"}.get(place.hant, place.hant + noun.hant)
    hans = {"进": "进气门", "排": "排气门"}.get(place.hans, place.hans + noun.hans)
    return Name(f"{noun.en}, {where}{owner.en}", f"{hant}（{owner.hant}）", f"{hans}（{owner.hans}）")


def names(noun: Name, fits: str) -> list[Name]:
    """Every name a part of this kind can have, all different."""
    if fits in _SIZES:
        return [
            Name(f"{noun.en} {size}", f"{noun.hant} {size}", f"{noun.hans} {size}") for size in _SIZES[fits]()
        ]
    owners, _, places = fits.partition(" ")
    armed = _ARMED if places == "cylinder" else _OWNERS[owners]
    here = _PLACES[places] if places else (Name("", "", ""),)
    return [_fitted(noun, place, owner) for owner in armed for place in here]
