"""When a figure counts what the figure before counts, and when it does not: bare verbs, lists, earlier values, shares of a whole."""

import pytest

from tests.statistics.build import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a verb of its own with another measure word: no neighbour's noun
        ("诉求128项，累计代办3.7万件。", ["诉求", None]),
        ("调解纠纷120件，惠及1.32万人次。", ["调解纠纷", None]),
        ("共投入300万元，建成12处。", ["投入", None]),
        ("受益农户3200户，改造老旧小区12个、1468户。", ["受益农户", "老旧小区", None]),
        ("日产污水420吨，日处理300吨。", ["日产污水", "日处理污水"]),
        ("假冒“青川木耳”现象时有发生，2023年查处46起。", ["假冒“青川木耳”现象"]),
        ("将管护经费纳入财政预算，每村每年不低于5万元。", ["管护经费每村每年"]),
        # the traps beside them: the clause goes on
        ("实施项目90个，总投资3亿元，开工60个。", ["项目", "总投资", "项目"]),
        ("安全隐患12起，整改10起。", ["安全隐患", "安全隐患"]),
        ("车间3座、2万平方米。", ["车间", "车间"]),
        ("路灯500盏，修复80盏。", ["路灯", "路灯"]),
        ("日产污水420吨，其中生活污水300吨。", ["日产污水", "日产污水中生活污水"]),
    ],
)
def test_a_bare_verb_takes_the_noun_before_only_where_it_goes_on(text: str, wanted: list[str | None]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "periods"),
    [
        (
            "2023年接待游客130万人次，比2022年的100万人次增长30%。",
            ["游客", "游客", "游客增长"],
            ["2023", "2022", "2023"],
        ),
        ("2024年，苹果产量较2019年的20万吨增长50%。", ["苹果产量", "苹果产量增长"], ["2019", "2024"]),
        ("2023年粮食产量30万吨，比2022年增长5%。", ["粮食产量", "粮食产量增长"], ["2023", "2023"]),
        ("2023年，覆盖率由2020年的50%提高到90%。", ["覆盖率", "覆盖率"], ["2020", "2023"]),
    ],
)
def test_an_earlier_value_counts_what_is_compared(text: str, wanted: list[str], periods: list[str]) -> None:
    found = read(text).statistics
    assert [item.subject for item in found] == wanted
    assert [item.period for item in found] == periods


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("全县奶山羊饲养量50万只，其中存栏20万只、出栏30万只，占全省奶山羊饲养量的10%。", "奶山羊饲养量占全省奶山羊饲养量"),
        ("耕地30万亩，其中水田12万亩，占全县耕地的40%。", "耕地中水田占全县耕地"),
        ("全县耕地30万亩，其中水田11万亩，占全县耕地的40%。", "耕地中水田占全县耕地"),
        ("茶园30万亩。水田12万亩，占全省茶园的4%。", "水田占全省茶园"),
    ],
)
def test_a_share_of_a_wider_area_is_the_wholes(text: str, last: str) -> None:
    assert read(text).statistics[-1].subject == last
