"""Units of reports and cases with an outline: tourism, health, schools, government services."""

from __future__ import annotations

import pytest

from tests.units.build import document, unit, units

TOURISM = """一、基本情况
清溪县位于大别山南麓，辖9个乡镇、126个行政村，总人口31.2万人。全县现有A级旅游景区5家，农家乐138家。
二、主要做法和成效
（一）坚持规划引领。编制了《清溪县全域旅游发展规划》，确定了“一心两带三区”的总体布局。
（二）完善基础设施。近年来，累计投入资金2.3亿元，新建旅游公路86公里，游客体验明显改善。
（三）打造特色品牌。连续举办五届油菜花节。带动2300余户农户增收。
三、存在的困难和问题
1.规划落实不到位。部分乡镇各自为政，同质化现象严重。
2.基础设施短板明显。停车难、如厕难问题依然突出。
四、对策建议
（一）强化统筹协调。建议成立由县长任组长的领导小组。
（二）加大投入力度。一要设立专项资金；二要引进社会资本；三要用好专项债券。
"""


def test_a_report_gives_measures_problems_and_advice_by_its_sections() -> None:
    assert units(TOURISM) == [
        ("MEASURE", "坚持规划引领"),
        ("MEASURE", "完善基础设施"),
        ("RESULT", "游客体验明显改善"),
        ("MEASURE", "打造特色品牌"),
        ("RESULT", "带动2300余户农户增收"),
        ("PROBLEM", "规划落实不到位"),
        ("PROBLEM", "基础设施短板明显"),
        ("RECOMMENDATION", "强化统筹协调"),
        ("RECOMMENDATION", "加大投入力度"),
        ("RECOMMENDATION", "设立专项资金"),
        ("RECOMMENDATION", "引进社会资本"),
        ("RECOMMENDATION", "用好专项债券"),
    ]


def test_items_know_their_parent_their_mark_and_their_address() -> None:
    doc = document(TOURISM)
    item, parent = unit(doc, "引进社会资本"), unit(doc, "加大投入力度")
    assert item.parent == parent.id
    assert item.path is not None
    assert item.path.startswith(f"{parent.path}/")
    assert (item.marker, parent.marker) == ("二要", "（二）")
    assert parent.extent.holds(item.extent)
    assert unit(doc, "带动2300余户").parent == unit(doc, "打造特色品牌").id


def test_a_heading_in_a_work_report_is_a_result_where_its_words_say_so() -> None:
    text = """一、2024年工作开展情况
（一）公共卫生服务能力稳步提升。全县居民电子健康档案建档率95.6%。
（二）加强人才队伍建设。公开招聘医务人员43名，选派骨干医师26人到省级医院进修。
二、存在的问题
一是基层医疗服务能力不强，村医老龄化严重。二是医疗设备老旧，更新投入不足。
三、2025年工作打算
（一）建设“云影像”诊断平台。计划于2025年6月底前覆盖全部乡镇卫生院。"""
    assert units(text) == [
        ("RESULT", "公共卫生服务能力稳步提升"),
        ("MEASURE", "加强人才队伍建设"),
        ("PROBLEM", "基层医疗服务能力不强，村医老龄化严重"),
        ("PROBLEM", "医疗设备老旧，更新投入不足"),
        ("RECOMMENDATION", "建设“云影像”诊断平台"),
    ]


def test_headings_with_content_and_lessons() -> None:
    text = """近年来，柳河市以群众需求为导向，有效破解了群众办事“多头跑、来回跑”难题。
一、突出系统集成，再造办事流程
第一，梳理事项清单。梳理出“我要开餐馆”等“一件事”62项。
第二，统一受理窗口。设置“一件事”专窗16个，实行综合受理。
二、几点体会
（1）领导重视是前提。市长亲自研究部署。
（2）技术支撑是关键。没有数据共享，就没有流程再造。
三、下步打算
虽然改革取得了一定成效，但仍存在基层承接能力不足等问题。下一步，将着力推进数据共享应用。"""
    assert units(text) == [
        ("RESULT", "有效破解了群众办事“多头跑、来回跑”难题"),
        ("MEASURE", "突出系统集成，再造办事流程"),
        ("MEASURE", "梳理事项清单"),
        ("MEASURE", "统一受理窗口"),
        ("EXPERIENCE", "领导重视是前提"),
        ("EXPERIENCE", "技术支撑是关键"),
        ("PROBLEM", "仍存在基层承接能力不足等问题"),
        ("RECOMMENDATION", "下一步，将着力推进数据共享应用"),
    ]


def test_sections_without_items_give_the_lead_of_each_paragraph() -> None:
    text = """一、主要做法
强化组织保障。成立工作专班，由分管副县长任组长。
突出产业带动。发展茶叶种植基地2.6万亩。
二、存在问题
主要存在以下问题：
资金投入不足。县级财政困难，配套资金难以到位。"""
    assert units(text) == [
        ("MEASURE", "强化组织保障"),
        ("MEASURE", "突出产业带动"),
        ("PROBLEM", "资金投入不足"),
    ]


def test_a_survey_of_the_place_holds_no_results() -> None:
    assert units("一、基本情况\n东河县辖12个乡镇，总人口36万人。目前，全县共有中小学校86所，在校学生4.2万人。\n") == []


def test_a_section_of_problems_holds_no_results_and_its_items_stay_problems() -> None:
    text = "一、存在的问题\n（一）养老服务供给不足。全县仅有养老床位860张，每千名老人拥有床位同比下降12%。\n（二）推进力度有差距。"
    assert units(text) == [("PROBLEM", "养老服务供给不足"), ("PROBLEM", "推进力度有差距")]


def test_a_government_report_states_results_a_lack_and_plans() -> None:
    text = """一、2024年工作回顾
预计实现地区生产总值186.5亿元，增长6.2%。
——产业转型步伐加快。新增规上工业企业12家，建成高标准农田6.8万亩。
——城乡面貌持续改善。实施老旧小区改造36个，新建农村公路210公里。
我们也清醒地看到，发展中还存在不少困难和问题：产业结构不优，财政收支矛盾突出。
二、2025年重点工作
（一）坚定不移强产业，加快构建现代化产业体系。大力发展装备制造。
（二）坚定不移抓项目，全力扩大有效投资。实施重点项目120个。"""
    assert units(text) == [
        ("RESULT", "预计实现地区生产总值186.5亿元，增长6.2%"),
        ("RESULT", "产业转型步伐加快"),
        ("RESULT", "城乡面貌持续改善"),
        ("PROBLEM", "还存在不少困难和问题：产业结构不优，财政收支矛盾突出"),
        ("RECOMMENDATION", "坚定不移强产业，加快构建现代化产业体系"),
        ("RECOMMENDATION", "坚定不移抓项目，全力扩大有效投资"),
    ]


def test_a_section_of_problems_and_plans_turns_at_its_turning_words() -> None:
    text = """一、存在问题和下步打算
还存在一些问题：一是管护资金来源单一；二是部分设施闲置。下一步，我们将从以下几方面发力：一是拓宽筹资渠道；二是盘活闲置设施。"""
    assert units(text) == [
        ("PROBLEM", "管护资金来源单一"),
        ("PROBLEM", "部分设施闲置"),
        ("RECOMMENDATION", "拓宽筹资渠道"),
        ("RECOMMENDATION", "盘活闲置设施"),
    ]


def test_measures_and_results_below_one_heading_keep_apart() -> None:
    text = "一、主要做法及成效\n（一）主要做法\n1.建强工作队伍。\n2.健全培训机制。\n（二）取得成效\n1.就诊率达到90%。\n2.群众获得感增强。"
    assert units(text) == [
        ("MEASURE", "建强工作队伍"),
        ("MEASURE", "健全培训机制"),
        ("RESULT", "就诊率达到90%"),
        ("RESULT", "群众获得感增强"),
    ]


@pytest.mark.parametrize("heading", ["见成效", "成效篇", "显实效", "看变化", "治理成效初显"])
def test_a_short_heading_that_only_says_what_came_of_it_is_a_section_of_results(heading: str) -> None:
    text = f"一、抓治理\n全镇推行错时巡护。\n二、{heading}\n（一）村容变了样。纠纷减少30%。\n（二）口袋鼓起来。"
    found = document(text).units
    assert heading not in [one.quote for one in found]
    assert {one.kind.value for one in found if one.path and one.path.startswith("二")} == {"RESULT"}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("一、2025年工作安排\n（一）轮训护林员。", "2025年工作安排"),
        ("当前，该镇存在护林巡护力量薄弱、群众参与度不高、火情隐患多发等问题。", "存在护林巡护力量薄弱"),
        ("我们也看到，全镇护林工作还存在不少困难和问题：巡护人手紧。", "全镇护林工作还存在不少困难和问题："),
    ],
)
def test_a_cue_ends_where_its_words_end(text: str, cue: str) -> None:
    assert [one.cue for one in document(text).units] == [cue]
