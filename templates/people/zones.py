"""Words by which people look for a time zone, beside its own name. Data only."""

# Cities as they are written in Chinese.
CITIES: dict[str, str] = {
    **dict.fromkeys(("台北", "臺北", "台灣", "台湾", "高雄", "台中"), "Asia/Taipei"),
    **dict.fromkeys(
        ("上海", "北京", "廣州", "广州", "深圳", "成都", "中國", "中国", "重慶", "重庆"), "Asia/Shanghai"
    ),
    **dict.fromkeys(("香港",), "Asia/Hong_Kong"),
    **dict.fromkeys(("澳門", "澳门"), "Asia/Macau"),
    **dict.fromkeys(("新加坡",), "Asia/Singapore"),
    **dict.fromkeys(("東京", "东京", "日本", "大阪"), "Asia/Tokyo"),
    **dict.fromkeys(("首爾", "首尔", "韓國", "韩国"), "Asia/Seoul"),
    **dict.fromkeys(("曼谷", "泰國", "泰国"), "Asia/Bangkok"),
    **dict.fromkeys(("胡志明市", "越南"), "Asia/Ho_Chi_Minh"),
    **dict.fromkeys(("吉隆坡", "馬來西亞", "马来西亚"), "Asia/Kuala_Lumpur"),
    **dict.fromkeys(("雅加達", "雅加达"), "Asia/Jakarta"),
    **dict.fromkeys(("倫敦", "伦敦", "英國", "英国"), "Europe/London"),
    **dict.fromkeys(("巴黎", "法國", "法国"), "Europe/Paris"),
    **dict.fromkeys(("柏林", "德國", "德国", "法蘭克福", "法兰克福"), "Europe/Berlin"),
    **dict.fromkeys(("布拉格", "捷克"), "Europe/Prague"),
    **dict.fromkeys(("紐約", "纽约"), "America/New_York"),
    **dict.fromkeys(("芝加哥",), "America/Chicago"),
    **dict.fromkeys(("洛杉磯", "洛杉矶", "舊金山", "旧金山"), "America/Los_Angeles"),
    **dict.fromkeys(("雪梨", "悉尼"), "Australia/Sydney"),
}
