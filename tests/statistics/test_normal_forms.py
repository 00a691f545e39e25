"""Figures in the form in which those of different counties can be laid side by side."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.findings import Aspect, Direction, NormalForm
from archive.indicators import bare
from ingest.extract.normal_forms import normal_form
from ingest.extract.normal_subjects import rows, take_apart
from ingest.extract.statistic_figures import figures
from tests.statistics.build import read

LEVEL, CHANGE, SHARE, RATE, AVERAGE = Aspect.LEVEL, Aspect.CHANGE, Aspect.SHARE, Aspect.RATE, Aspect.AVERAGE


@pytest.mark.parametrize("row", [row for side in rows().values() for row in side], ids=lambda row: row["example"])
def test_words_around_an_indicator_come_off_in_their_example(row: dict[str, Any]) -> None:
    found = take_apart(row["example"])
    assert found is not None and found.indicator == row["term"]
    if row["effect"] == "KEEP":
        return
    assert found.aspect is (CHANGE if row["effect"] in ("MORE", "FEWER") or "增长" in row["example"] else LEVEL)


@pytest.mark.parametrize(
    ("subject", "indicator", "aspect", "whole", "modifiers"),
    [
        ("全县地区生产总值", "地区生产总值", LEVEL, None, ()),
        ("我县GDP同比增长", "地区生产总值", CHANGE, None, ("同比",)),
        ("地区生产总值（GDP）", "地区生产总值", LEVEL, None, ()),
        ("农牧民人均可支配收入", "农民人均可支配收入", AVERAGE, None, ()),
        ("村民人均纯收入", "农民人均纯收入", AVERAGE, None, ()),
        ("网格员中党员", "党员", LEVEL, "网格员", ()),
        ("网格员中党员占比", "党员", SHARE, "网格员", ()),
        ("全县党员占总人口的比重", "党员", SHARE, "总人口", ()),
        ("民宿从业人员中返乡青年占比", "返乡青年", SHARE, "民宿从业人员", ()),
        ("户籍人口中65岁以上老年人占常住人口", "65岁以上老年人", SHARE, "常住人口", ()),
        ("养老床位中护理型床位", "护理型床位", LEVEL, "养老床位", ()),
        ("新增养老床位", "养老床位", CHANGE, None, ("新增",)),
        ("累计新建高标准农田", "高标准农田", CHANGE, None, ("累计", "新建")),
        ("城镇新增就业", "城镇新增就业", LEVEL, None, ()),
        ("减少贫困人口", "贫困人口", CHANGE, None, ("减少",)),
        ("民生支出占一般公共预算支出比重提高", "民生支出", CHANGE, "一般公共预算支出", ("占比",)),
        ("年末全县常住人口", "常住人口", LEVEL, None, ()),
        ("固定资产投资年均增长", "固定资产投资", CHANGE, None, ("年均",)),
        ("党员总数", "党员", LEVEL, None, ()),
        ("地区生产总值增长提高", "地区生产总值", CHANGE, None, ("增速",)),
        ("规模以上工业增加值增长高于全市平均水平", "规模以上工业增加值", CHANGE, None, ("增速",)),
        ("新建养老服务用房每百户配套面积", "养老服务用房每百户配套面积", AVERAGE, None, ("新建",)),
        ("土地流转面积占耕地面积的比重", "流转土地", SHARE, "耕地面积", ()),
        ("占总人口", "", SHARE, "总人口", ()),
        ("“双联户”户长", "双联户户长", None, None, ()),
    ],
)
def test_a_subject_is_taken_apart(
    subject: str, indicator: str, aspect: Aspect | None, whole: str | None, modifiers: tuple[str, ...]
) -> None:
    found = take_apart(subject)
    assert found is not None
    if aspect is None:
        assert found.known is not None and found.known.term == "联户长"
        return
    assert (found.indicator, found.aspect, found.whole, found.modifiers) == (indicator, aspect, whole, modifiers)


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("专职网格员补贴", "专职网格员补贴"),
        ("非党员", "非党员"),
        ("党员示范户", "党员示范户"),
        ("网格员手机终端", "网格员手机终端"),
        ("贫困户子女", "贫困户子女"),
        ("中小学生", "中小学生"),
        ("集中供养老人", "集中供养老人"),
        ("初中生", "初中生"),
        ("其中", "其中"),
        ("空中课堂", "空中课堂"),
        ("安装监控的路口", "安装监控的路口"),
        ("亩均产值高的企业", "亩均产值高的企业"),
        ("县域内就诊率", "县域内就诊率"),
        ("粮食产量大户", "粮食产量大户"),
        ("到位资金", "到位资金"),
        ("床位", "床位"),
        ("满意度", "满意度"),
        ("增收渠道", "增收渠道"),
        ("各类矛盾", "矛盾"),
    ],
)
def test_what_the_thesaurus_does_not_know_keeps_its_own_words(subject: str, key: str) -> None:
    found = take_apart(subject)
    assert found is not None
    assert (found.indicator, found.known) == (key, None)


@pytest.mark.parametrize(
    ("apart", "near"),
    [
        ("专职网格员", "网格员"),
        ("农户", "农牧户"),
        ("农民人均可支配收入", "农村居民人均可支配收入"),
        ("农民人均纯收入", "农民人均可支配收入"),
        ("财政收入", "一般公共预算收入"),
        ("调解矛盾纠纷", "化解矛盾纠纷"),
        ("贫困户", "贫困人口"),
        ("常住人口", "户籍人口"),
        ("空巢老人", "独居老人"),
        ("生猪存栏", "生猪出栏"),
        ("蔬菜产量", "蔬菜种植面积"),
        ("党支部", "党支部书记"),
    ],
)
def test_near_things_are_kept_apart(apart: str, near: str) -> None:
    one, other = take_apart(apart), take_apart(near)
    assert one and other and one.indicator != other.indicator


def forms(text: str) -> list[NormalForm]:
    return [figure.normal for figure in read(text).statistics if figure.normal]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全县地区生产总值391亿元，增长8.6%。", [(LEVEL, None), (CHANGE, Direction.UP)]),
        ("信访总量同比下降12.5%。", [(CHANGE, Direction.DOWN)]),
        ("财政总收入、税收收入分别增长6%和7.4%。", [(CHANGE, Direction.UP), (CHANGE, Direction.UP)]),
        ("城镇化率提高1.2个百分点。", [(CHANGE, Direction.UP)]),
        ("森林覆盖率提高到62.3%。", [(RATE, None)]),
        ("贫困发生率由12.1%下降到1.2%。", [(RATE, None), (RATE, None)]),
        ("网格员350人，其中党员278人，占79.4%。", [(LEVEL, None), (LEVEL, None), (SHARE, None)]),
        ("新增养老床位430张。", [(CHANGE, Direction.UP)]),
        ("户均增收2400元。", [(AVERAGE, None)]),
        ("城镇居民人均可支配收入达到42170元，增长8.2%。", [(AVERAGE, None), (CHANGE, Direction.UP)]),
        ("注册志愿者较上年增加1.1万名。", [(CHANGE, Direction.UP)]),
        ("群众满意度达96.5%。", [(RATE, None)]),
        ("粮食总产量增加到80万吨。", [(LEVEL, None)]),
        ("矛盾纠纷同比减少近三成。", [(CHANGE, Direction.DOWN)]),
    ],
)
def test_a_level_a_change_a_share_and_an_average_are_told_apart(text: str, wanted: list[tuple[Aspect, Direction | None]]) -> None:
    assert [(form.aspect, form.direction) for form in forms(text)] == wanted


@pytest.mark.parametrize(
    ("text", "indicator", "whole"),
    [
        ("全镇有干部职工36名，其中妇联干部7名。", "妇联干部", "干部职工"),
        ("栽种银杏和香樟138亩，其中香樟89亩。", "香樟", "银杏和香樟"),
        ("全县建有养老床位4826张，其中护理型床位2316张。", "护理型床位", "养老床位"),
        ("村里办起了空中课堂12期。", "空中课堂", None),
        ("中小学校长48名。", "中小学校长", None),
    ],
)
def test_a_part_is_told_from_a_name_that_holds_the_same_character(text: str, indicator: str, whole: str | None) -> None:
    form = forms(text)[-1]
    assert (form.indicator, form.whole) == (indicator, whole)


@pytest.mark.parametrize(
    "text", ["完成增加值18.3亿元。", "完成投资1.6亿元。", "投入资金260万元。", "累计培训120人次。", "惠及群众3000人。"]
)
def test_what_says_too_little_alone_has_no_indicator(text: str) -> None:
    assert [form.indicator for form in forms(text)] == [None]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("调研组深入全县6个乡镇24个行政村。", ["走访乡镇", "走访行政村"]),
        ("先后走访了5个乡镇、30个行政村。", ["走访乡镇", "走访行政村"]),
        ("随机抽取5个乡镇的30个行政村。", ["走访乡镇", "走访行政村"]),
        ("全县有18个乡镇。", ["乡镇"]),
        ("全县辖18个乡镇、454个行政村。", ["乡镇", "行政村"]),
        ("深入推进18个乡镇整治。", ["乡镇"]),
        ("调研发现，全县有454个行政村。", ["行政村"]),
        ("走访农户320户。", ["走访农户"]),
        ("调研组走访了三地，全县454个行政村。", ["行政村"]),
    ],
)
def test_what_a_survey_visited_is_not_what_the_place_has(text: str, indicators: list[str]) -> None:
    assert [form.indicator for form in forms(text)] == indicators


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("新建日处理能力200吨的焚烧厂1座。", [LEVEL, CHANGE]),
        ("新建年产10万吨的饲料厂3座。", [LEVEL, CHANGE]),
        ("建成日处理能力5000吨的污水处理厂2座。", [LEVEL, LEVEL]),
        ("新建焚烧厂2座。", [CHANGE]),
        ("日处理能力200吨的焚烧厂1座。", [LEVEL, LEVEL]),
    ],
)
def test_what_is_new_is_the_thing_and_not_its_size(text: str, aspects: list[Aspect]) -> None:
    assert [form.aspect for form in forms(text)] == aspects


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("配备网格员98人，占应配122人的80.3%。", [("网格员", LEVEL), (None, LEVEL), ("网格员", SHARE)]),
        ("全县有党员5636名，占总人口30万人的1.9%。", [("党员", LEVEL), ("总人口", LEVEL), ("党员", SHARE)]),
        ("网格员350人，其中党员占278人。", [("网格员", LEVEL), ("党员", LEVEL)]),
        ("网格员350人，其中党员占79.4%。", [("网格员", LEVEL), ("党员", SHARE)]),
    ],
)
def test_a_count_behind_a_share_is_no_share(text: str, found: list[tuple[str | None, Aspect]]) -> None:
    assert [(form.indicator, form.aspect) for form in forms(text)] == found


def test_the_name_of_its_place_is_no_part_of_what_a_figure_counts() -> None:
    text = "青石村贫困发生率降至0.4%。"
    (figure,) = list(figures(text))
    form = normal_form("青石村贫困发生率", figure, text, place="青石村")
    assert form is not None and form.indicator == "贫困发生率"
    bare_name = normal_form("青石村", figure, text, place="青石村")
    assert bare_name is not None and bare_name.indicator == "青石村"


def test_a_figure_without_a_subject_has_no_normal_form() -> None:
    assert take_apart("") is None
    assert take_apart("“”") is None


@given(st.text(alphabet="党员网格中占比的新增同比增长全县累计人均数率（）(“”、和　\n12%", max_size=60))
def test_any_subject_is_taken_apart_into_something_that_stands_in_it(subject: str) -> None:
    found = take_apart(subject)
    assert (found is None) is (bare(subject) == "")
    if found is not None:
        assert found.known is not None or found.indicator in bare(subject)
