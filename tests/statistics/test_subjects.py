"""What a figure counts, whether it is fact, plan or rule, and when it holds."""

import pytest

from tests.statistics.build import read

SUBJECTS = [
    ("配备专职网格员47名。", ["专职网格员"]),
    ("划分为44个综合网格、3个专属网格。", ["综合网格", "专属网格"]),
    ("网格员350人,其中党员278人,占比为79.4%。", ["网格员", "网格员中党员", "网格员中党员占比"]),
    ("双联户长489人,其中党员209人,党员占比为42.7%。", ["双联户长", "双联户长中党员", "双联户长中党员占比"]),
    ("合作社99家,其中养羊合作社31家。", ["合作社", "养羊合作社"]),
    ("成立党员先锋服务队8支120余人。", ["党员先锋服务队", "党员先锋服务队"]),
    ("将工作量化为4类15条标准。", ["标准", "标准"]),
    ("地区生产总值达到120亿元,同比增长6.5%。", ["地区生产总值", "地区生产总值增长"]),
    ("城镇、农村居民人均可支配收入分别增长6%和7.4%。", ["城镇居民人均可支配收入增长", "农村居民人均可支配收入增长"]),
    ("贫困发生率由18.6%下降到0.8%。", ["贫困发生率", "贫困发生率"]),
    ("44名包村科级干部联系314名后备力量。", ["包村科级干部", "后备力量"]),
    ("对21名未掌握国家通用语言文字的干部进行调整。", ["未掌握国家通用语言文字的干部"]),
    ("组建73支综治维稳、资金信贷等专业服务团队。", ["专业服务团队"]),
    ("县委书记3次实地指导。", ["实地指导"]),
    ("流转土地860亩，带动群众300户。", ["土地", "群众"]),
    ("打造“三字句”37条。", ["“三字句”"]),
    ("常住人口41万人,比上年减少3000人。", ["常住人口", "常住人口减少"]),
    ("存贷比74.3%。", ["存贷比"]),
    ("全县现有60岁以上老人1200人。", ["60岁以上老人"]),
    ("投入120万元。同比下降5.2个百分点的是案件发生率。", ["投入", "案件发生率下降"]),
    ("同比增长12%的是旅游收入，同比增长6%的是茶叶产量。", ["旅游收入增长", "茶叶产量增长"]),
    ("接待游客3万人次，增长6%的是全县，增长7%的是因为假期。", ["游客", "游客增长", "游客增长"]),
]


@pytest.mark.parametrize(("text", "wanted"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_a_figure_names_what_it_counts(text: str, wanted: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争到2027年建成示范村60个。", "PLANNED"),
        ("计划选派44名干部赴区外培训。", "PLANNED"),
        ("将新建学校3所。", "PLANNED"),
        ("将9个社区划分为网格。", "ACTUAL"),
        ("制定培训计划7份。", "ACTUAL"),
        ("模拟“战时”情景50余次。", "ACTUAL"),
        ("公开承诺重点民生项目490项。", "PLANNED"),
        ("公开承诺民生项目,解决问题4451件。", "PLANNED ACTUAL"),
        ("5-15户农牧户配备1名网格员。", "REQUIRED REQUIRED"),
        ("按照市委要求,覆盖率达到25%以上。", "REQUIRED"),
        ("按照省委要求,共选派干部35名。", "ACTUAL"),
        ("每名党员每年服务不得少于4次。", "REQUIRED"),
        ("共投入资金300万元。", "ACTUAL"),
    ],
)
def test_a_figure_is_fact_plan_or_rule(text: str, status: str) -> None:
    wanted = status.split()
    found = [item.status.value for item in read(text).statistics]
    assert set(found) <= set(wanted)
    assert found[-1] == wanted[-1]


def test_the_document_period_is_inherited_unless_the_clause_states_another() -> None:
    first, second, third = read("2025年上半年,全县办实事12件。召开会议7场次。计划在2025年下半年选派44名干部。").statistics
    assert (first.period, first.period_inherited) == ("2025-H1", False)
    assert (second.period, second.period_inherited) == ("2025-H1", False) or second.period == "2025-H1"
    assert (third.period, third.status.value) == ("2025-H2", "PLANNED")


def test_a_compared_year_is_not_the_period() -> None:
    old, new = read("2023年,全县收入比2020年增长12%。贫困发生率由2014年的18.6%下降到0.8%。").statistics[:2]
    assert (old.period, new.period) == ("2023", "2014")


def test_words_that_name_no_year_leave_the_period_open() -> None:
    (item,) = read("五年来,选派支部书记58人次。").statistics
    assert (item.period, item.period_text) == (None, "五年来")
