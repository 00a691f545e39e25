"""Units of newspaper articles and texts without marks, and what is none."""

from __future__ import annotations

import pytest

from tests.units.build import document, unit, units


def test_short_lead_sentences_are_measures_and_opening_paragraphs_are_not() -> None:
    text = """近日，城关区教育局聚焦农村学校师资不足等问题，推动城乡教育均衡发展。
红色课堂铸魂。组织学生走进革命纪念馆、烈士陵园，开展研学活动86场次。
绿色课堂育人。建立劳动实践基地24个，开设种植、养殖等特色课程。
金色课堂圆梦。选聘退休教师42名到乡村学校支教。
截至目前，活动惠及学生1.8万人，家长满意率达97%以上。"""
    assert units(text) == [
        ("MEASURE", "红色课堂铸魂"),
        ("MEASURE", "绿色课堂育人"),
        ("MEASURE", "金色课堂圆梦"),
        ("RESULT", "截至目前，活动惠及学生1.8万人，家长满意率达97%以上"),
    ]


def test_heading_lines_group_the_paragraphs_of_several_places() -> None:
    text = """近年来，全省坚持把乡村治理摆在突出位置，夯实了基层基础。
健全自治机制
全省各地以村民自治为基础，持续完善协商制度，不断拓宽群众参与渠道。
安吉县推行“村民说事”制度，在每个行政村设立说事长廊，每月逢五集中说事。
象山县以村务会商为核心，建立说议办评闭环机制，村级事务由群众商量着办。
补齐服务短板
桐庐县整合基层卫生资源，建立流动医院，为山区老人提供上门诊疗服务。"""
    found = units(text)
    assert ("MEASURE", "健全自治机制") in found
    assert ("MEASURE", "补齐服务短板") in found
    assert ("MEASURE", "安吉县推行“村民说事”制度") in found
    assert ("RESULT", "夯实了基层基础") in found
    assert not any(quote.startswith("全省各地") for _, quote in found)
    doc = document(text)
    assert unit(doc, "安吉县推行").parent == unit(doc, "健全自治机制").id
    assert unit(doc, "桐庐县").parent == unit(doc, "补齐服务短板").id


def test_bracketed_section_names_give_their_kind() -> None:
    text = """【主要做法】
搭建议事平台。依托村民小组设置院坝议事点38个，每月15日固定议事。
健全议事规则。制定《院坝会议事规则》，明确提议、商议、决议、评议四个环节。
【经验启示】
必须坚持群众主体。群众的事同群众多商量，大家的事人人参与。"""
    assert units(text) == [("MEASURE", "搭建议事平台"), ("MEASURE", "健全议事规则"), ("EXPERIENCE", "必须坚持群众主体")]


def test_advice_and_lack_in_running_text() -> None:
    text = """金沙县沙土镇成立蔬菜产业联合党委，统一供苗、统一技术、统一销售。
下一步，沙土镇将继续延长产业链条，建设冷链物流中心。
农户分散经营，存在品牌意识不强、销路不稳等问题。"""
    assert [kind for kind, _ in units(text)] == ["MEASURE", "RECOMMENDATION", "PROBLEM"]


def test_a_short_report_of_one_place() -> None:
    text = """近日，记者从南岗区民政局获悉，南岗区不断完善居家养老服务网络，目前已建成养老服务站46个，实现街道全覆盖。
该区引入专业机构运营，累计服务老年人12.6万人次。同时，搭建“颐养南岗”智慧养老平台，为3200名独居老人安装智能设备。
“孩子不在身边，有了这个手环，心里踏实多了。”82岁的刘桂兰说。"""
    assert units(text) == [
        ("MEASURE", "南岗区不断完善居家养老服务网络"),
        ("RESULT", "目前已建成养老服务站46个，实现街道全覆盖"),
        ("MEASURE", "该区引入专业机构运营"),
        ("RESULT", "累计服务老年人12.6万人次"),
        ("MEASURE", "搭建“颐养南岗”智慧养老平台"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本报讯（记者 李明）",
        "图为村民在采摘蔬菜。",
        "走进高明村，一排排西红柿长势喜人，村民们正忙着采摘。",
        "“问题解决了，日子过得越来越好了，”村民陈大姐高兴地说。",
        "他说：“去年增收了3万元。”",
        "农为邦本，本固邦宁。",
        "“火车跑得快，全靠车头带。”",
        "清溪县位于大别山南麓，辖9个乡镇、126个行政村，总人口31.2万人。",
        "现将有关情况报告如下：",
        "2024年3月5日",
        "来源：清溪县人民政府网",
        "按照规模适度、全方位覆盖的原则，结合实际，注重实效。",
        "为确保问题得到有效解决，力争年均化解纠纷100起。",
    ],
)
def test_no_unit_in(text: str) -> None:
    assert units(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "举办培训班12期，培训干部860人次",
        "召开座谈会7场次，征求意见建议36条",
        "制定了实施方案，下发了通知",
        "力争2025年底实现全覆盖",
        "确保群众满意度达到95%以上",
        "计划带动300户农户增收",
    ],
)
def test_activities_and_plans_are_no_results(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化工作保障。{sentence}。\n（二）压实工作责任。"
    assert "RESULT" not in [kind for kind, _ in units(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "化解矛盾纠纷86起",
        "为群众办实事320件",
        "群众满意度达98.2%",
        "目前，共发放低保金260万元",
        "全县贫困村已全部脱贫",
        "有效解决了看病难题",
        "干部作风得到明显改进，办事效率显著提高",
        "实现家庭医生签约服务全覆盖",
        "惠及群众2.3万人",
    ],
)
def test_outcomes_are_results(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化工作保障。建立工作专班。{sentence}。\n（二）压实工作责任。"
    assert ("RESULT", sentence) in units(text) or any(kind == "RESULT" and quote in sentence for kind, quote in units(text))
