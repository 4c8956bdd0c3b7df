"""How customers and cities are called: two lucky characters, a trade, sometimes the city in front."""

from cli.sample.words import Name

_FIRST = """
恆 恒 Heng|鑫 鑫 Xin|宏 宏 Hong|順 顺 Shun|金 金 Jin|永 永 Yong|華 华 Hua|瑞 瑞 Rui
盛 盛 Sheng|興 兴 Xing|泰 泰 Tai|德 德 De|聯 联 Lian|凱 凯 Kai|博 博 Bo|嘉 嘉 Jia
廣 广 Guang|昌 昌 Chang|榮 荣 Rong|萬 万 Wan|豐 丰 Feng|天 天 Tian|正 正 Zheng|東 东 Dong
百 百 Bai|富 富 Fu|立 立 Li|建 建 Jian|海 海 Hai|龍 龙 Long|匯 汇 Hui|騰 腾 Teng
裕 裕 Yu|億 亿 Yi|銘 铭 Ming|浩 浩 Hao|卓 卓 Zhuo|中 中 Zhong
"""
_SECOND = """
達 达 da|隆 隆 long|遠 远 yuan|發 发 fa|通 通 tong|泰 泰 tai|盛 盛 sheng|順 顺 shun
豐 丰 feng|利 利 li|宇 宇 yu|誠 诚 cheng|旺 旺 wang|昌 昌 chang|輝 辉 hui|鵬 鹏 peng
祥 祥 xiang|和 和 he|潤 润 run|邦 邦 bang|捷 捷 jie|業 业 ye|鑫 鑫 xin|博 博 bo
"""
# Pairs that are famous for something else, or that read as a place.
_TAKEN = frozenset(
    [
        "Wanda",
        "Huarun",
        "Zhongtong",
        "Liantong",
        "Haitong",
        "Dongfeng",
        "Jianfa",
        "Huafa",
        "Zhonghe",
        "Jianye",
        "Wanhe",
        "Haili",
        "Tianhe",
        "Zhonghui",
        "Dehe",
        "Yongchang",
        "Zhengtong",
        "Tiantai",
        "Yutong",
        "Hengtong",
        "Hailong",
        "Huatai",
        "Longyuan",
        "Huayuan",
        "Zhongrun",
        "Jianxin",
        "Jianbang",
        "Haihe",
        "Yongyuan",
        "Debang",
        "Shunfeng",
        "Guangfa",
        "Xingye",
        "Lifa",
        "Lirun",
        "Tengda",
        "Guangda",
        "Zhongye",
        "Zhongtai",
        "Baihe",
    ]
)


def _characters(rows: str) -> list[Name]:
    cells = rows.strip().replace("\n", "|").split("|")
    return [Name(en, hant, hans) for hant, hans, en in (cell.split() for cell in cells)]


def brands() -> list[Name]:
    """Every pair that can name a company, each Latin spelling once: 恆達 Hengda, 鑫隆 Xinlong."""
    found: dict[str, Name] = {}
    for first in _characters(_FIRST):
        for second in _characters(_SECOND):
            en = first.en + second.en
            if first.hant != second.hant and en not in _TAKEN:
                found.setdefault(en, Name(en, first.hant + second.hant, first.hans + second.hans))
    return list(found.values())


# What a customer of each group does, in the words that end its name.
TRADES: dict[str, tuple[Name, ...]] = {
    "Dealer": (
        Name("Machinery Parts", "機械零配件", "机械配件"),
        Name("Truck Parts", "卡車零配件", "卡车配件"),
        Name("Parts Trading", "零配件貿易", "配件贸易"),
        Name("Industrial Supplies", "工業用品", "工业用品"),
    ),
    "Fleet": (
        Name("Logistics", "物流", "物流"),
        Name("Transport", "運輸", "运输"),
        Name("Freight", "貨運", "货运"),
        Name("Coach Lines", "客運", "客运"),
    ),
    "Workshop": (
        Name("Truck Repair", "卡車修理廠", "卡车修理厂"),
        Name("Auto Service", "汽車保修廠", "汽车修理厂"),
        Name("Machinery Repair", "機械維修", "机械维修"),
        Name("Diesel Service", "柴油機維修", "柴油机维修"),
    ),
    "Factory": (
        Name("Building Materials", "建材", "建材"),
        Name("Cement", "水泥", "水泥"),
        Name("Mining", "礦業", "矿业"),
        Name("Steel Works", "鋼鐵", "钢铁"),
        Name("Paper", "紙業", "纸业"),
    ),
    "OEM service": (
        Name("Equipment Service", "設備服務", "设备服务"),
        Name("Heavy Machinery Service", "重機服務", "重机服务"),
    ),
    "Rental": (
        Name("Equipment Rental", "機具租賃", "设备租赁"),
        Name("Construction Machinery", "工程機械", "工程机械"),
    ),
}
_CITIES: dict[str, str] = {
    "North": """
北京 北京 Beijing|天津 天津 Tianjin|石家莊 石家庄 Shijiazhuang|太原 太原 Taiyuan|唐山 唐山 Tangshan
包頭 包头 Baotou|廊坊 廊坊 Langfang|保定 保定 Baoding
""",
    "East": """
上海 上海 Shanghai|蘇州 苏州 Suzhou|杭州 杭州 Hangzhou|寧波 宁波 Ningbo|南京 南京 Nanjing
合肥 合肥 Hefei|無錫 无锡 Wuxi|濟南 济南 Jinan|青島 青岛 Qingdao|徐州 徐州 Xuzhou
""",
    "South": """
廣州 广州 Guangzhou|深圳 深圳 Shenzhen|佛山 佛山 Foshan|東莞 东莞 Dongguan|南寧 南宁 Nanning
廈門 厦门 Xiamen|福州 福州 Fuzhou|柳州 柳州 Liuzhou
""",
    "Central": """
武漢 武汉 Wuhan|長沙 长沙 Changsha|鄭州 郑州 Zhengzhou|宜昌 宜昌 Yichang|洛陽 洛阳 Luoyang
南昌 南昌 Nanchang|襄陽 襄阳 Xiangyang
""",
    "Southwest": """
成都 成都 Chengdu|重慶 重庆 Chongqing|昆明 昆明 Kunming|貴陽 贵阳 Guiyang|綿陽 绵阳 Mianyang
宜賓 宜宾 Yibin|遵義 遵义 Zunyi
""",
    "Northwest": """
西安 西安 Xi'an|蘭州 兰州 Lanzhou|烏魯木齊 乌鲁木齐 Urumqi|銀川 银川 Yinchuan|西寧 西宁 Xining
寶雞 宝鸡 Baoji
""",
}


def cities(region: str) -> list[Name]:
    """The towns of a region that customers put in front of their names."""
    return _characters(_CITIES[region])
