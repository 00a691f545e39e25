"""Several units in one line above a table: which column has which, told by their order and by what the heads say."""

from __future__ import annotations

import pytest

from tests.tables.support import Part, document, show, told

TITLE = "平遥县2023年各乡镇情况"
ROWS = ["乡镇|村数|干部人数|资金", "古陶镇|50|3|5"]
FIRST = ["村数 50 个", "干部人数 3 名", "资金 50000 元"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(["单位：个、名、万元", ROWS], FIRST, id="marks of a list"),
        pytest.param(["单位：个/名/万元", ROWS], FIRST, id="strokes"),
        pytest.param(["单位:个，名，万元", ROWS], FIRST, id="commas"),
        pytest.param(["（单位：个、名、万元）", ROWS], FIRST, id="brackets"),
        pytest.param(["单位： 个、 名、 万元", ROWS], FIRST, id="spaces"),
        pytest.param([["单位：个、名、万元|^|^|^", *ROWS]], FIRST, id="in a row of the table"),
        pytest.param(["填报单位：平遥县民政局  单位：个、名、万元", ROWS], FIRST, id="beside who filled it in"),
        pytest.param(["单位：户、人", ["乡镇|贫困户|贫困人口", "古陶镇|50|130"]], ["贫困户 50 户", "贫困人口 130 人"], id="households"),
        pytest.param(["单位：户/人", ["乡镇|贫困户数|贫困人口", "古陶镇|50|130"]], ["贫困户数 50 户", "贫困人口 130 人"], id="no ratio"),
        pytest.param(["单位：万元、%", ["项目|总投资|完成率", "道路|50|30"]], ["道路总投资 500000 元", "道路完成率 30 %"], id="per cent"),
        pytest.param(
            ["单位：万元、人", ["项目|总投资|占比（%）|受益人数", "道路|50|30|120"]],
            ["道路总投资 500000 元", "道路占比 30 %", "道路受益人数 120 人"],
            id="columns that print their own are not counted",
        ),
        pytest.param(
            ["单位：户、人", ["乡镇|2022年|^|2023年|^", "|脱贫户|脱贫人口|脱贫户|脱贫人口", "古陶镇|5|12|6|15"]],
            ["脱贫户 5 户", "脱贫人口 12 人", "脱贫户 6 户", "脱贫人口 15 人"],
            id="groups that come again",
        ),
        pytest.param(
            ["单位：亩、吨", ["乡镇|苹果面积|苹果产量", "古陶镇|50|130"]], ["苹果面积 50 亩", "苹果产量 130 吨"], id="area and yield"
        ),
        pytest.param(
            ["单位：所、人", ["乡镇|幼儿园|在园幼儿", "古陶镇|5|130"]],
            ["幼儿园 5 所", "在园幼儿 130 人"],
            id="heads that do not say",
        ),
    ],
)
def test_units_go_to_the_columns_in_their_order(parts: list[Part], expected: list[str]) -> None:
    found = document(TITLE, *parts)
    assert [show(item) for item in found.statistics] == expected
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            ["单位：亩、万元", ["乡镇|种植面积|^|产值|^", "|春茶|秋茶|2022年|2023年", "古陶镇|5|6|7|8"]],
            ["种植面积春茶 5 亩", "种植面积秋茶 6 亩", "产值 70000 元", "产值 80000 元"],
            id="one unit a group",
        ),
        pytest.param(
            ["单位：户、人、万元", ["乡镇|户数|人口|集体收入|^", "|||2022年|2023年", "古陶镇|5|6|7|8"]],
            ["户数 5 户", "人口 6 人", "集体收入 70000 元", "集体收入 80000 元"],
            id="single columns beside a group",
        ),
        pytest.param(
            ["单位：万元、%", ["乡镇|财政收入|^|^|工业产值|^|^", "|2022年|2023年|增幅|2022年|2023年|增幅", "古陶镇|5|6|20|7|8|14"]],
            ["财政收入 50000 元", "财政收入 60000 元", "财政收入增长 20 %", "工业产值 70000 元", "工业产值 80000 元", "工业产值增长 14 %"],
            id="money and the growth of each group",
        ),
        pytest.param(
            ["单位：个、名", ["项目|古陶镇|段村镇|合计", "网格数|5|6|11", "网格员数|7|8|15", "其中：专职|1|2|3", "覆盖率|90%|95%|"]],
            [
                *(f"网格数 {number} 个" for number in (5, 6, 11)),
                *(f"网格员数 {number} 名" for number in (7, 8, 15)),
                *(f"网格员数中专职 {number} 名" for number in (1, 2, 3)),
                *(f"覆盖率 {number} %" for number in (90, 95)),
            ],
            id="rows that count",
        ),
        pytest.param(
            ["单位：亩、吨", ["指标|2022年|2023年", "苹果面积|5|6", "苹果产量|7|8"]],
            ["苹果面积 5 亩", "苹果面积 6 亩", "苹果产量 7 吨", "苹果产量 8 吨"],
            id="rows and years",
        ),
    ],
)
def test_units_go_to_groups_of_columns_and_to_rows_in_their_order(parts: list[Part], expected: list[str]) -> None:
    found = document(TITLE, *parts)
    assert [show(item) for item in found.statistics] == expected
    assert found.warnings == ()


def test_a_table_that_goes_on_on_another_page_has_the_units_of_its_beginning() -> None:
    head = ["乡镇|户数|集体收入", "||2023年"]
    found = document(TITLE, "单位：户、万元", [*head, "古陶镇|5|7", "段村镇|6|8"], [*head, "宁固镇|9|3"])
    assert [show(item) for item in found.statistics][-2:] == ["户数 9 户", "集体收入 30000 元"]
    assert found.warnings == ()


def test_a_footer_printed_over_the_head_of_the_next_page_is_no_head() -> None:
    head, over = ["乡镇|户数|人口|集体收入", "|||2023年"], ["某县人民政府办乡镇|公室印制户数|人口|集体收入", "|||2023年"]
    found = document(TITLE, "单位：户、人、万元", [*head, "古陶镇|5|6|7", "段村镇|6|8|9"], [*over, "宁固镇|9|3|4"])
    assert [show(item) for item in found.statistics][-3:] == ["户数 9 户", "人口 3 人", "集体收入 40000 元"]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(["乡镇|户数|集体收入", "宁固镇|9|3"], id="another head"),
        pytest.param(["乡镇|户数|人口", "||2023年", "宁固镇|9|3"], id="another column"),
    ],
)
def test_another_table_has_not_the_units_of_the_one_before(after: list[str]) -> None:
    found = document(TITLE, "单位：户、万元", ["乡镇|户数|集体收入", "||2023年", "古陶镇|5|7"], after)
    assert found.statistics[-1].unit != "元"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(["单位：人、户", ["乡镇|贫困户|总投资", "古陶镇|50|130"]], [], id="order against the heads"),
        pytest.param(["单位：万元、个", ["乡镇|村数|资金", "古陶镇|50|130"]], [], id="money for villages"),
        pytest.param(["单位：户、人", ["乡镇|贫困户|贫困人口|资金", "古陶镇|50|130|5"]], ["贫困人口 130 人"], id="more columns than units"),
        pytest.param(["单位：个、名、万元", ["乡镇|村数|资金", "古陶镇|50|130"]], [], id="more units than columns"),
        pytest.param(["单位：亩、吨", ["乡镇|苹果|梨", "古陶镇|50人|130"]], ["苹果 50 人"], id="a cell that prints another one"),
        pytest.param(["单位：万元、%", ["乡镇|完成率|总投资", "古陶镇|50|130"]], [], id="shares and money the other way round"),
        pytest.param(
            ["单位：亩、万元", ["乡镇|种植|^|产值|^", "|面积|产量|2022年|2023年", "古陶镇|5|6|7|8"]], [], id="a group of several kinds"
        ),
        pytest.param(
            ["单位：亩、万元", ["乡镇|2022年|^|2023年|^", "|茶园|蔬菜|茶园|蔬菜", "古陶镇|5|6|7|8"]],
            [],
            id="groups that do not say",
        ),
        pytest.param(["单位：个、名", ["项目|古陶镇|段村镇", "合作社|5|6", "带动情况|7|8"]], [], id="rows that do not say"),
        pytest.param(["单位：个、名", ["项目|古陶镇|段村镇", "网格员数|5|6", "网格数|7|8"]], [], id="rows against the order"),
    ],
)
def test_units_that_do_not_fit_are_not_handed_out_and_it_is_said(parts: list[Part], expected: list[str]) -> None:
    found = document(TITLE, *parts)
    assert [show(item) for item in found.statistics] == expected
    (warning,) = found.warnings
    assert warning.startswith("table 1 names several units above it (")
    assert "which column has which" in warning


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["单位：万元", ["项目|收入|支出", "教育|12|15"]], id="one unit"),
        pytest.param(["单位：元/亩", ["项目|苹果|梨", "收购价|12|15"]], id="a ratio"),
        pytest.param(["单位：人、万元", ["项目|人数|投入（万元）", "教育|12|15"]], id="every column has its own"),
        pytest.param(["填报单位：民政局、财政局", ["项目|收入（元）|支出（元）", "教育|12|15"]], id="offices"),
        pytest.param(["责任单位：民政局/财政局", ["项目|收入（元）|支出（元）", "教育|12|15"]], id="offices with a stroke"),
        pytest.param([["项目|收入（元）|支出（元）", "教育|12|15"]], id="no line"),
    ],
)
def test_nothing_is_said_of_tables_whose_units_are_clear(parts: list[Part]) -> None:
    found = document("平遥县2023年情况", *parts)
    assert len(found.statistics) == 2
    assert found.warnings == ()


def test_a_ratio_above_a_table_stays_one_unit() -> None:
    assert told("收购情况", "单位：元/亩", ["项目|苹果|梨", "流转价|12|15"]) == ["流转价苹果 12 元/亩", "流转价梨 15 元/亩"]


def test_two_offices_above_a_table_are_no_units() -> None:
    found = document("平遥县2023年情况", "填报单位：民政局、财政局", ["指标|数值", "某某指数|103.5"])
    assert [show(item) for item in found.statistics] == ["某某指数 103.5"]
    assert found.warnings == ()


@pytest.mark.parametrize("units", ["名、万元", "项、万元", "所，万元"])
def test_a_line_of_who_when_and_several_units_stays_above_its_table(units: str) -> None:
    lines = ("古浪县2023年资金使用情况表", f"填报单位：古浪县农业农村局  填报日期：2023年12月25日  单位：{units}")
    found = document(*lines, ["学校|校舍项目数|下达资金", "一小|12|11"])
    assert lines[1] in found.text
