"""Subjects that begin like an adverb or a preposition and are whole nouns, and words that ask for something and count nothing."""

import pytest

from tests.statistics.build import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("就地化解率达到95%。", ["就地化解率"]),
        ("全县矛盾纠纷就地化解率98.5%。", ["矛盾纠纷就地化解率"]),
        ("适龄儿童就近入学率达到100%。", ["适龄儿童就近入学率"]),
        ("劳动力就地就近就业率达到85%。", ["劳动力就地就近就业率"]),
        ("农产品就地转化率达到60%。", ["农产品就地转化率"]),
        ("对口支援率达到90%。", ["对口支援率"]),
        ("对口帮扶资金300万元。", ["对口帮扶资金"]),
        ("对外贸易额3亿元。", ["对外贸易额"]),
        ("在校学生数1200人。", ["在校学生数"]),
        ("在营主体1200户。", ["在营主体"]),
        ("全县在训学员120人。", ["在训学员"]),
        ("在籍学生1200人。", ["在籍学生"]),
        ("低保在保对象1200户。", ["低保在保对象"]),
        ("全县在贷余额3亿元。", ["在贷余额"]),
        ("全县从业人员达到3500人。", ["从业人员"]),
        ("从教人员300人。", ["从教人员"]),
        ("毕业生就业率达95%。", ["毕业生就业率"]),
        ("就诊人次达到12万人次。", ["就诊人次"]),
        ("县域内就诊率达到90%。", ["县域内就诊率"]),
        # here they say how, where and to whom
        ("就地化解矛盾纠纷120件。", ["化解矛盾纠纷"]),
        ("在学校建立图书室12个。", ["图书室"]),
        ("在营商环境优化上，出台措施12条。", ["措施"]),
        ("对困难群众发放资金300万元。", ["资金"]),
        ("在保障房建设中，新建住房300套。", ["住房"]),
        ("从县直单位选派干部120名。", ["干部"]),
        ("历史成就地图12幅。", ["历史成就地图"]),
    ],
)
def test_a_noun_may_begin_like_an_adverb(text: str, wanted: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("建议每年组织培训2次。", "培训"),
        ("建议组织培训3次。", "培训"),
        ("建议每年安排资金300万元。", "资金"),
        ("建议每村每年安排经费5万元。", "经费"),
        ("建议增加编制12名。", "增加编制"),
        ("建议新建学校3所。", "学校"),
        ("要求每季度召开会议1次。", "会议"),
        ("鼓励每村培育大户3户。", "每村培育大户"),
        ("补贴标准每人每月600元。", "补贴标准"),
        ("补贴标准为每人每月600元。", "补贴标准"),
        ("补助标准每亩120元。", "补助标准"),
        # what was suggested is counted
        ("代表建议120件。", "代表建议"),
        ("征集意见建议120条。", "意见建议"),
        ("建议办理率达到95%。", "建议办理率"),
        ("建议采纳率达到95%。", "建议采纳率"),
        ("代表建议办结12条。", "代表建议办结"),
    ],
)
def test_who_asks_for_a_thing_names_it_behind(text: str, wanted: str) -> None:
    assert [item.subject for item in read(text).statistics] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "要求每季度召开1次。",
        "原则上每季度开展1次。",
        "建议定期开展2次。",
        "建议每年组织开展2次。",
        "应每年至少开展2次。",
    ],
)
def test_a_verb_that_only_leads_to_a_deed_names_nothing(text: str) -> None:
    assert [item.subject for item in read(text).statistics] == [None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("贫困人口由2018年的21560人减少到2020年的0人。", [("贫困人口", 21560, "2018"), ("贫困人口", 0, "2020")]),
        ("贫困发生率由2014年的18.6%下降到2020年的0.8%。", [("贫困发生率", 18.6, "2014"), ("贫困发生率", 0.8, "2020")]),
        ("合作社从2015年的12家增加到2021年的99家。", [("合作社", 12, "2015"), ("合作社", 99, "2021")]),
        ("村集体收入由2019年底的5万元提高到2023年底的30万元。", [("村集体收入", 50000, "2019"), ("村集体收入", 300000, "2023")]),
        ("贫困村由2016年的58个减至2019年的3个。", [("贫困村", 58, "2016"), ("贫困村", 3, "2019")]),
    ],
)
def test_a_level_then_and_a_level_now_are_of_one_thing(text: str, wanted: list[tuple[str, float, str]]) -> None:
    assert [(item.subject, item.value, (item.period or "")[:4]) for item in read(text).statistics] == wanted
