"""Names in three scripts, each pure: what Big5 cannot write is not Traditional, what GB2312 cannot is not
Simplified. Some Simplified forms are in Big5 too, hence the list beside it."""

import pytest

from tests.cli.sample.made import Made, made_company

NAMED = ("regions", "people", "customers", "part_categories", "parts", "suppliers", "warehouses")
ONLY_SIMPLIFIED = set(
    "们车发动机东华达丰广汇级经济纸业门开关压电气轮轴滤预齿铲线标钢铁强荣云兴龙鹏辉诚远顺万亿台后里面只干制"
) - set("机经台后里面只干制动强")
ONLY_TRADITIONAL = set(
    "們車發動機東華達豐廣匯級經濟紙業門開關壓電氣輪軸濾預齒鏟線標鋼鐵榮雲興龍鵬輝誠遠順萬億後煞"
)


@pytest.fixture
def made() -> Made:
    """The sample company."""
    return made_company()


@pytest.mark.parametrize("table", NAMED)
def test_every_name_is_written_in_three_ways(made: Made, table: str) -> None:
    for row in made[table]:
        assert all(row[column] for column in ("name", "name_zh_hant", "name_zh_hans")), row


@pytest.mark.parametrize("table", NAMED)
def test_traditional_is_traditional(made: Made, table: str) -> None:
    for row in made[table]:
        row["name_zh_hant"].encode("big5")
        assert not ONLY_SIMPLIFIED & set(row["name_zh_hant"]), row["name_zh_hant"]


@pytest.mark.parametrize("table", NAMED)
def test_simplified_is_simplified(made: Made, table: str) -> None:
    for row in made[table]:
        row["name_zh_hans"].encode("gb2312")
        assert not ONLY_TRADITIONAL & set(row["name_zh_hans"]), row["name_zh_hans"]


@pytest.mark.parametrize("table", NAMED)
def test_english_has_no_chinese_in_it(made: Made, table: str) -> None:
    for row in made[table]:
        assert all(ord(letter) < 0x3000 for letter in row["name"]), row["name"]
        assert "  " not in row["name"] and row["name"][0].isalnum()


@pytest.mark.parametrize("table", ["customers", "parts", "suppliers"])
@pytest.mark.parametrize("column", ["name", "name_zh_hant", "name_zh_hans"])
def test_no_two_share_a_name(made: Made, table: str, column: str) -> None:
    names = [row[column] for row in made[table]]
    assert len(set(names)) == len(names)


def test_a_part_is_called_what_its_counter_calls_it(made: Made) -> None:
    part = next(row for row in made["parts"] if row["part_no"] == "BP-0012")
    assert part["name"].startswith("Brake pad, ")
    assert "煞車片（" in part["name_zh_hant"] and "刹车片（" in part["name_zh_hans"]


def test_taiwan_says_it_differently_from_the_mainland(made: Made) -> None:
    kinds = {row["name"]: (row["name_zh_hant"], row["name_zh_hans"]) for row in made["part_categories"]}
    assert kinds["Shock absorber"] == ("避震器", "减振器")
    assert kinds["Radiator"] == ("水箱", "散热器")
    assert kinds["Filters"] == ("濾清器", "滤清器")
