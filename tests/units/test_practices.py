"""Named practices and their states; figures of speech are none."""

from __future__ import annotations

import pytest

from ingest.extract.practice_keys import practice_key
from ingest.extract.practice_rows import rows
from tests.units.build import document, unit

_KINDS = [(row["kind"], row["example"], row["name"]) for row in rows()["kind"]]


def named(text: str) -> dict[str, str | None]:
    return {found.name: found.state.value if found.state else None for found in document(text).practices}


@pytest.mark.parametrize(("kind", "example", "name"), _KINDS)
def test_the_example_of_a_kind_is_read_as_that_kind(kind: str, example: str, name: str) -> None:
    assert [(found.kind.value, found.name) for found in document(example).practices] == [(kind, name)]


@pytest.mark.parametrize("row", rows()["state"], ids=lambda row: row["state"])
def test_the_example_of_a_state_is_read_as_that_state(row: dict[str, str]) -> None:
    assert list(named(row["example"]).values()) == [row["state"]]


@pytest.mark.parametrize("row", rows()["named"], ids=lambda row: row["names"][0])
def test_names_without_quotation_marks(row: dict[str, str]) -> None:
    assert len(named(row["example"])) == 1


@pytest.mark.parametrize("name", rows()["stop"]["yes"])
def test_figures_of_speech_are_no_practices(name: str) -> None:
    assert named(f"全县实施“{name}”，成效明显。") == {}


@pytest.mark.parametrize(
    "text",
    [
        "打通服务群众“最后一公里”，画好“同心圆”，唱好“大合唱”。",
        "锻造基层治理“红色引擎”。",
        "坚持把它作为“一把手”工程来抓。",
        "整合党的建设、综合治理等系统信息资源。",
        "加强信息平台和网络平台建设。",
        "推进治理体系的系统性、整体性。",
    ],
)
def test_no_practice_in(text: str) -> None:
    assert named(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("建成全市首个“城市大脑”管理平台，投入使用。", "城市大脑管理平台", "IN_USE"),
        ("着手建立网上预约挂号服务系统，在县医院试运行。", "网上预约挂号服务系统", "TRIAL"),
        ("力争年底前在全县推广使用线上水费缴纳系统。", "线上水费缴纳系统", "PLANNED"),
        ("某镇探索推进“指挥中心—工作站—网格员”三级智慧治理工程建设。", "三级智慧治理工程", "TRIAL"),
        ("依托“智慧水利”项目，开通远程监测功能。", "智慧水利项目", "IN_USE"),
    ],
)
def test_name_and_state(text: str, name: str, state: str) -> None:
    assert named(text) == {name: state}


@pytest.mark.parametrize("text", rows()["governed"]["yes"])
def test_a_quoted_name_that_a_verb_governs_is_a_practice(text: str) -> None:
    assert [found.kind.value for found in document(text).practices] == ["OTHER"]


@pytest.mark.parametrize("text", rows()["governed"]["no"])
def test_what_is_only_described_in_quotation_marks_is_none(text: str) -> None:
    assert named(text) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('试点"垃圾换物超市"，开展“小先生讲家风”活动。', ["垃圾换物超市", "小先生讲家风活动"]),
        ("推行‘屋场长’制度，通过“屋场长”收集民意。", ["屋场长制度"]),
        ("通过“屋场长”收集民意，健全「屋场长」制度。", ["屋场长制度"]),
        ("实行“三员两包”，村村落实。", ["三员两包"]),
        ("推行“屋场长”，户户点赞。通过“屋场长”制度收集民意。", ["屋场长制度"]),
        ("“屋场长”制度的由来。推行“屋场长”，户户点赞。", ["屋场长制度"]),
        ("有人说‘好得很’，大家都笑了。", []),
        ("通过“屋场长”收集民意。", []),
    ],
)
def test_names_in_quotation_marks_of_any_style(text: str, names: list[str]) -> None:
    assert list(named(text)) == names


def test_what_stands_under_advice_is_planned_and_under_a_problem_unknown() -> None:
    text = """一、存在的问题
（一）数字化水平不高。落实“互联网+医疗”行动的资金不足。
二、对策建议
（一）推进数字化转型。开发“云上医保”服务平台，实现一网通办。"""
    assert named(text) == {"互联网+医疗行动": None, "云上医保服务平台": "PLANNED"}


def test_one_record_a_name_the_occurrence_that_says_its_state_linked_to_its_unit() -> None:
    text = """“清风护苗”行动的由来。
一、强化组织保障
（一）健全机制。开展“清风护苗”专项行动，守护学生安全。"""
    doc = document(text)
    assert [found.state for found in doc.practices] == ["IN_USE"]
    assert doc.practices[0].unit_id == unit(doc, "健全机制").id


@pytest.mark.parametrize("row", rows()["same"], ids=lambda row: row["key"])
def test_variants_of_a_name_have_one_key(row: dict[str, list[str] | str]) -> None:
    assert {practice_key(name) for name in row["names"]} == {row["key"]}


@pytest.mark.parametrize("name", [*rows()["apart"][0]["names"], *(name for row in rows()["same"] for name in row["names"])])
def test_a_key_is_its_own_key(name: str) -> None:
    assert practice_key(practice_key(name)) == practice_key(name)


def test_different_practices_have_different_keys() -> None:
    names = rows()["apart"][0]["names"]
    assert len({practice_key(name) for name in names}) == len(names)


def test_any_text_has_a_key_and_no_key_is_empty_unless_the_name_is() -> None:
    assert [practice_key(name) for name in ("", "“”", "系统", "行动", "新工作机制")] == ["", "", "系统", "行动", "机制"]
