"""No figure comes out of a list of private persons, however its head is worded."""

from __future__ import annotations

import pytest

from tests.tables.support import document, told

ROWS = ["1|马晓红|12|500", "2|陈学义|10|600", "3|妥麦草|8|700", "|合计|30|1800"]


@pytest.mark.parametrize(
    "head",
    [
        "姓 名",
        "姓名：",
        "受益人姓名",
        "享受人员姓名",
        "姓名（户主）",
        "公民身份号码",
        "证件号码",
        "受益人",
        "补贴对象",
        "低保对象",
        "领取人",
        "贫困户",
        "脱贫户户主",
        "监测对象",
        "承包户",
        "农户",
        "退休人员",
        "签字",
    ],
)
def test_a_list_of_persons_gives_no_figures(head: str) -> None:
    found = document("红旗村补贴发放表", [f"序号|{head}|面积（亩）|金额（元）", *ROWS])
    assert found.statistics == ()
    assert found.warnings == ("table 1 lists persons by name: no figures are taken from it",)


@pytest.mark.parametrize("head", ["保障对象", "供养对象", "特困人员", "对象"])
@pytest.mark.parametrize("names", [("冷水生", "柯常胜", "余细妹"), ("张***", "李***", "王***"), ("欧阳**", "王某", "赵某某")])
def test_rare_and_masked_names_are_names_under_any_head(head: str, names: tuple[str, ...]) -> None:
    found = document(
        "供养金发放表", [f"村组|{head}|月供养金（元）", *(f"大堰村{n}组|{name}|780" for n, name in zip("一二三", names, strict=True))]
    )
    assert found.statistics == () and found.warnings


def test_names_in_a_column_behind_their_village_give_none() -> None:
    assert told("补贴发放表", ["村|对象|金额（元）", "红旗村|马晓红|500", "红旗村|陈学义|600", "前进村|王建国|600"]) == []


@pytest.mark.parametrize(
    "labels",
    [
        ("张家沟村", "李庄", "王寨"),
        ("马铃薯", "高粱", "小麦"),
        ("安徽", "江苏", "广东"),
        ("金融", "安全", "成人教育"),
        ("马营镇", "牛角镇", "龙泉镇"),
    ],
)
def test_places_and_things_that_begin_like_a_surname_are_no_persons(labels: tuple[str, ...]) -> None:
    assert len(told("某县情况", ["类别|人口（人）", *(f"{label}|500" for label in labels)])) == len(labels)


def test_who_answers_for_a_project_makes_no_list_of_persons() -> None:
    table = ["项目|责任人|投资（万元）", "大桥|马国强|500", "水库|王芳|600"]
    assert told("某县项目", table) == ["大桥投资 5000000 元", "水库投资 6000000 元"]
