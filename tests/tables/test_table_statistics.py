"""Figures of tables with what they count, where, when and as what, by the heads and labels that are printed."""

from __future__ import annotations

import pytest

from archive.findings import Aspect, Direction, Measure, Qualifier, Status
from tests.tables.support import Part, document, told

COUNTY = "平遥县2023年基本情况"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([["指标|数量", "网格员|350人"]], ["网格员 350 人"], id="label and number"),
        pytest.param([["人口|350人", "耕地|12.5万亩"]], ["人口 350 人", "耕地 125000 亩"], id="no head"),
        pytest.param([["指标|单位|数值", "总人口|万人|50.3"]], ["总人口 503000 人"], id="column of units"),
        pytest.param([["学校|学生（人）", "城关小学|350"]], ["城关小学学生 350 人"], id="label and head"),
        pytest.param([["指标|2022年|2023年", "粮食产量（吨）|50|55"]], ["粮食产量 50 吨", "粮食产量 55 吨"], id="periods"),
        pytest.param([["指标|2022|2023", "粮食产量（吨）|50|55"]], ["粮食产量 50 吨", "粮食产量 55 吨"], id="bare years"),
        pytest.param([["年份|粮食产量（吨）", "2022|50", "2023|55"]], ["粮食产量 50 吨", "粮食产量 55 吨"], id="rows of years"),
        pytest.param(
            ["某县财政收支", "单位：万元", ["项目|收入|支出", "教育|12|15"]], ["教育收入 120000 元", "教育支出 150000 元"], id="unit above"
        ),
        pytest.param([["单位：万元|^|^", "项目|收入|支出", "教育|12|15"]], ["教育收入 120000 元", "教育支出 150000 元"], id="unit in row"),
        pytest.param(
            ["某县财政（亿元）", ["项目|2022年|2023年", "税收|1|2"]], ["税收 100000000 元", "税收 200000000 元"], id="unit in title"
        ),
        pytest.param(
            [["作物|面积（亩）|^|产量（吨）", "|早稻|晚稻|", "水稻|5|6|7"]],
            ["水稻面积早稻 5 亩", "水稻面积晚稻 6 亩", "水稻产量 7 吨"],
            id="two heads",
        ),
        pytest.param([["项目|金额（万元）|占比（%）", "教育|50|25.0"]], ["教育 500000 元", "教育占比 25 %"], id="share"),
        pytest.param([["指标|数值|增长%", "税收（万元）|50|6.5"]], ["税收 500000 元", "税收增长 6.5 %"], id="growth"),
        pytest.param([["指标|增减额（万元）", "税收|-50"]], ["税收增加 -500000 元"], id="difference"),
        pytest.param([["类别|人数", "党员|278", "其中：女|80"]], ["党员 278 人", "党员中女 80 人"], id="part"),
        pytest.param([["类别|人数", "学生|278", "男|80"]], ["学生 278 人", "学生中男 80 人"], id="short part"),
        pytest.param([["序号|村|户数", "1|甲庄|30", "2|乙庄|40"]], ["甲庄户数 30 户", "乙庄户数 40 户"], id="ordinals"),
        pytest.param([["类别|人数|备注", "党员|278|含预备", "团员|40|"]], ["党员 278 人", "团员 40 人"], id="remarks"),
        pytest.param([["指标|数|指标|数", "党员|278人|团员|40人"]], ["党员 278 人", "团员 40 人"], id="side by side"),
        pytest.param([["类别|人数", "党员|—", "团员|/", "干部|0"]], ["干部 0 人"], id="dashes"),
        pytest.param([["类别|人数", "党员|278", "类别|人数", "团员|40"]], ["党员 278 人", "团员 40 人"], id="head again"),
        pytest.param([["指标|数量", "覆盖率|≥90%", "走访|5-15户"]], ["覆盖率 90 %", "走访 5 户"], id="bounds"),
        pytest.param([["类别|人数", "一、党员|278", "（二）团员|40", "3.干部|5"]], ["党员 278 人", "团员 40 人", "干部 5 人"], id="marks"),
        pytest.param([["类型|名称|人数", "学校|一小|5", "学校|二小|6"]], ["学校一小 5 人", "学校二小 6 人"], id="grouped labels"),
        pytest.param([["指标|数量", "亩产（公斤/亩）|650"]], ["亩产 650 公斤/亩"], id="rate"),
        pytest.param([["指标|金额（万元）", "补助|3.5亿元"]], ["补助 350000000 元"], id="a cell's own unit"),
        pytest.param(["表1 各类网格员人数", ["指标|数值", "网格员|350"]], ["网格员 350 人"], id="unit of the thesaurus"),
        pytest.param([["指标|数值", "某某指数|103.5"]], ["某某指数 103.5"], id="no unit"),
    ],
)
def test_a_table_says_what_its_figures_count(parts: list[Part], expected: list[str]) -> None:
    assert told(*parts) == expected


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(["姓名|身份证号|补助金额（元）", "张三|140728199001011234|500"], id="roster"),
        pytest.param(["序号|户主姓名|人数|金额（元）", "1|张三|4|500", "2|李四|3|400"], id="households"),
        pytest.param(["姓名|张三|年龄|45", "家庭住址|城关|收入|500元"], id="form of a person"),
        pytest.param(["考生|得分", "甲|85.5", "乙|90"], id="scores"),
        pytest.param(["二级指标|加减分", "不赌博|+10", "打架|-10"], id="points"),
        pytest.param(["乡镇|组织建设（30分）|治理成效（40分）", "甲镇|28.5|38.2", "乙镇|27.9|37.5"], id="points out of so many"),
        pytest.param(["单位|联系电话", "县医院|5621234", "县中|5621235"], id="telephones"),
        pytest.param(["单位|邮编", "县医院|031100", "县中|031100"], id="postcodes"),
        pytest.param(["单位|编码", "县医院|140728", "县中|140729"], id="codes"),
        pytest.param(["排名|学校", "1|一中", "2|二中"], id="ranks"),
        pytest.param(["项目|建成年份", "大桥|2015", "水库|2018"], id="years"),
        pytest.param(["项目|开工", "大桥|2015", "水库|2018"], id="bare years below another head"),
        pytest.param(["项目|日期", "开幕|2023-05-06", "闭幕|5月8日"], id="dates"),
        pytest.param(["类别|人数", "党员|—", "团员|"], id="blanks"),
        pytest.param(["事项|要求", "走访|每月一次", "学习|按时参加"], id="words"),
        pytest.param(["一|二", "三|四"], id="no figures"),
        pytest.param(["5|6|7", "8|9|10"], id="no labels"),
        pytest.param(["项目|占比", "教育|0.25", "卫生|0.35"], id="fractions under a share without its sign"),
        pytest.param(["项目|比上年增减", "税收|5", "费用|3"], id="a difference without its unit"),
        pytest.param(["项目|人数", "合计|"], id="an empty total"),
        pytest.param(["时间|安排", "8:30|报到", "9:00|开会"], id="times"),
        pytest.param(["编号|内容", "1.1|组织", "1.2|宣传"], id="numbered items"),
        pytest.param(["序号|项目|责任单位", "1|农贸市场|县商务局", "2|公路|县交通局"], id="tasks"),
        pytest.param(["350人"], id="one cell"),
    ],
)
def test_a_table_without_figures_of_something_yields_nothing(table: list[str]) -> None:
    assert told("县里的一张表", table) == []


def test_a_list_of_persons_is_told_and_nothing_is_taken_from_it() -> None:
    found = document("发放名单", ["姓名|补助金额（元）", "张三|500", "李四|600"], ["类别|人数", "党员|278"])
    assert found.warnings == ("table 1 lists persons by name: no figures are taken from it",)
    assert [item.subject for item in found.statistics] == ["党员"]


def test_a_legal_persons_name_makes_no_list_of_persons() -> None:
    found = document("企业名录", ["企业|法人姓名|产值（万元）", "甲公司|张三|500", "乙公司|李四|600"])
    assert [item.subject for item in found.statistics] == ["甲公司产值", "乙公司产值"]


def test_rows_that_name_townships_are_about_them_and_their_total_about_the_county() -> None:
    found = document("平遥县2023年各乡镇人口", ["乡镇|人口（人）", "古陶镇|300", "段村镇|200", "合计|500"])
    assert [(item.place, item.adcode, item.subject, item.place_inferred) for item in found.statistics] == [
        ("古陶镇", "140728", "人口", False),
        ("段村镇", "140728", "人口", False),
        ("平遥县", "140728", "人口", False),
    ]
    assert {place.name: place.role.value for place in found.places} == {"平遥县": "PRIMARY", "古陶镇": "MENTIONED", "段村镇": "MENTIONED"}


def test_columns_may_be_places() -> None:
    found = document("2023年各县人口", ["指标|平遥县|介休市", "人口（人）|300|200"])
    assert [(item.place, item.adcode) for item in found.statistics] == [("平遥县", "140728"), ("介休市", "140781")]


@pytest.mark.parametrize(
    ("title", "head", "period", "inherited"),
    [
        ("平遥县基本情况", "2022年", "2022", False),
        ("平遥县基本情况", "2022", "2022", False),
        ("平遥县基本情况", "2023年1-6月", "2023-01/2023-06", False),
        ("平遥县2023年基本情况", "上年", "2022", False),
        ("平遥县2023年基本情况", "上半年", "2023-H1", False),
        ("平遥县2023年上半年基本情况", "上年同期", "2022-H1", False),
        ("平遥县2023年基本情况", "本年", "2023", False),
        ("平遥县2023年基本情况", "数量", "2023", False),
        ("平遥县基本情况", "数量", None, False),
    ],
)
def test_the_period_is_the_heads_or_the_titles(title: str, head: str, period: str | None, inherited: bool) -> None:
    (item,) = document(title, [f"指标|{head}", "网格员（人）|350"]).statistics
    assert (item.period, item.period_inherited) == (period, inherited)
    assert item.subject == "网格员"


@pytest.mark.parametrize(
    ("title", "head", "status"),
    [
        ("基本情况", "目标值", Status.PLANNED),
        ("基本情况", "年度计划", Status.PLANNED),
        ("目标任务分解表", "数量", Status.PLANNED),
        ("目标任务完成情况表", "数量", Status.ACTUAL),
        ("基本情况", "实际完成", Status.ACTUAL),
        ("基本情况", "标准", Status.REQUIRED),
        ("基本情况", "数量", Status.ACTUAL),
    ],
)
def test_targets_are_plans_and_standards_are_rules(title: str, head: str, status: Status) -> None:
    (item,) = document(f"平遥县{title}", [f"指标|{head}", "网格员（人）|350"]).statistics
    assert item.status is status


def test_measure_qualifier_and_normal_form_are_those_of_prose() -> None:
    found = document(COUNTY, ["指标|单位|2023年|同比±%", "总人口|万人|50.3|-0.4", "网格员|人|≥350|", "播种面积|万亩|1.5|2"])
    people, growth, grid, area, _ = found.statistics
    assert (people.measure, growth.measure, area.measure) == (Measure.POPULATION, Measure.PERCENT, Measure.AREA)
    assert grid.qualifier is Qualifier.AT_LEAST
    assert people.normal and (people.normal.indicator, people.normal.value, people.normal.unit) == ("总人口", 503000, "人")
    assert growth.subject == "总人口增长"
    assert growth.normal and (growth.normal.aspect, growth.normal.direction) == (Aspect.CHANGE, Direction.DOWN)
    assert (growth.value, growth.normal.value) == (-0.4, 0.4)


def test_figures_of_sentences_and_tables_stand_in_the_order_of_the_text_and_links_follow() -> None:
    found = document(
        COUNTY,
        "2023年，全县配备网格员350人，其中党员278人。",
        ["类别|人数", "团员|40"],
        "全县新建道路12公里。",
    )
    assert [item.subject for item in found.statistics] == ["网格员", "网格员中党员", "团员", "道路"]
    (bound,) = found.checks
    assert bound.statistics == tuple(item.id for item in found.statistics[:2])


def test_sentences_in_cells_are_read_as_prose_and_figures_beside_them_as_a_table() -> None:
    found = document(
        COUNTY,
        [
            "项目|投资（万元）|建设内容",
            "农贸市场|500|新建市场一座，配套停车场，惠及群众3000人。",
            "公路|1,200|改造公路12公里，带动周边发展，年内完工。",
        ],
    )
    assert [item.quote for item in found.statistics] == ["500", "群众3000人", "1,200", "公路12公里"]


def test_a_form_of_sentences_is_prose_throughout() -> None:
    found = document(
        COUNTY,
        [
            "主要做法|配备网格员350人，走访群众3000户，解决问题120件，群众满意度不断提高。",
            "存在问题|部分网格员能力不足，业务水平有待提高，需要加强培训。",
        ],
    )
    assert next((item.subject, item.value) for item in found.statistics) == ("网格员", 350)
    assert len(found.statistics) == 3


def test_two_tables_side_by_side_below_heads_of_their_own_keep_their_labels() -> None:
    rows = ["收入|^|^|支出|^|^", "项目|预算数|决算数|项目|预算数|决算数", "税收收入|12|13|教育支出|61|60", "非税收入|6|7|农林水支出|70|71"]
    found = document("康乐县2023年收支决算表", "单位：万元", rows)
    assert [(item.subject, item.value, item.status) for item in found.statistics[:4]] == [
        ("税收收入", 120000, Status.PLANNED),
        ("税收收入", 130000, Status.ACTUAL),
        ("教育支出", 610000, Status.PLANNED),
        ("教育支出", 600000, Status.ACTUAL),
    ]


def test_label_columns_below_one_merged_head_are_read_together() -> None:
    assert told("静宁县低保", ["类别|^|人数", "城市低保|^|5", "农村低保|一类|6", "农村低保|二类|7"]) == [
        "城市低保 5 人",
        "农村低保一类 6 人",
        "农村低保二类 7 人",
    ]


def test_the_unit_above_a_table_is_kept_beside_who_filled_it_in_and_when() -> None:
    lines = ("古浪县2023年资金使用情况表", "填报单位：古浪县农业农村局  填报日期：2023年12月25日  单位：万元")
    found = document(*lines, ["项目|下达资金|支出", "水利|12|11", "交通|6|5"])
    assert [(item.subject, item.value, item.unit) for item in found.statistics[:2]] == [
        ("水利下达资金", 120000, "元"),
        ("水利支出", 110000, "元"),
    ]
    assert found.title == lines[0]


def test_what_is_paid_to_a_person_and_a_month_has_its_unit() -> None:
    assert told("养老补贴", ["项目|补贴（元/人·月）|补助（元/人/年）", "高龄|100|50"]) == ["高龄补贴 100 元/人·月", "高龄补助 50 元/人/年"]


def test_two_clauses_with_figures_in_a_cell_are_read_as_prose() -> None:
    table = ["重点任务|具体内容|责任单位", "项目|实施项目12个，完成投资8600万元|经济办", "劳务|输转劳动力3200人，创收1.1亿元|社会办"]
    assert [item.quote for item in document("某县清单", table).statistics][:2] == ["项目12个", "投资8600万元"]


@pytest.mark.parametrize(
    ("title", "head", "status"),
    [
        ("某乡重点工作任务分解表", "具体内容", Status.PLANNED),
        ("某乡重点工作任务清单（2024年）", "具体内容", Status.PLANNED),
        ("某乡重点工作任务分解表", "完成情况", Status.ACTUAL),
        ("某乡重点工作任务完成情况表", "具体内容", Status.ACTUAL),
        ("某乡项目建设情况表", "具体内容", Status.ACTUAL),
    ],
)
def test_sentences_in_a_table_of_tasks_state_plans(title: str, head: str, status: Status) -> None:
    found = document(
        title, [f"项目|{head}", "公路|改造公路12公里，完成投资8600万元，带动周边发展。", "劳务|输转劳动力3200人，创收1.1亿元。"]
    )
    assert {item.status for item in found.statistics} == {status}
    assert len(found.statistics) == 4


@pytest.mark.parametrize(
    "title",
    [
        "2021年与2022年合作社数量（单位：家）",
        "2021年、2022年合作社数量（单位：家）",
        "2021—2022年合作社数量（单位：家）",
        "2021年和2022年度合作社数量（单位：家）",
    ],
)
def test_a_title_of_several_years_lends_what_it_counts_without_them(title: str) -> None:
    found = document(title, ["乡镇|2021年|2022年", "古陶镇|100|120", "段村镇|101|121"])
    assert {item.subject for item in found.statistics} == {"合作社数量"}
    assert [item.period for item in found.statistics] == ["2021", "2022"] * 2
