"""What stands by now, what a series of leads has in common, what closes an article and what is announced."""

from __future__ import annotations

import pytest

from ingest.extract.themes import themes_of
from ingest.extract.unit_cues import wording_of
from tests.units.build import document, unit, units


def _below_a_measure(sentence: str) -> list[tuple[str, str]]:
    return units(f"一、主要做法\n（一）强化工作保障。建立工作专班。{sentence}。\n（二）压实工作责任。")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("选派指导员逐村帮建，目前已全部晋级", "目前已全部晋级"),
        ("制定方案推动清欠，截至目前欠薪已全部清零", "截至目前欠薪已全部清零"),
        ("改造旧校舍，目前床位使用186张，使用率达91.2%", "目前床位使用186张，使用率达91.2%"),
        (
            "通过股份合作带动，目前全乡27个村中，年收入8万元以上的村有19个，占70.4%",
            "目前全乡27个村中，年收入8万元以上的村有19个，占70.4%",
        ),
        ("引入社会力量托管，截至10月底入园儿童2100人", "截至10月底入园儿童2100人"),
        ("据抽样调查，今年前三季度居民安全感达98.4%，较上年同期提高1.2个百分点", "今年前三季度居民安全感达98.4%"),
        ("开展入户宣传，政策知晓率达96%", "政策知晓率达96%"),
    ],
)
def test_what_is_reached_by_now_is_told_from_its_own_clause_on(sentence: str, said: str) -> None:
    assert any(kind == "RESULT" and quote.startswith(said) for kind, quote in _below_a_measure(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "推进管网改造，目前尚未完工的有3处",
        "推进管网改造，目前仍有3处没有完工",
        "修建泵站，目前正在办理手续",
        "力争增设站点，目前目标为30个",
        "整合机构，目前全县现有站所12个",
        "明确截至时间为10月31日",
        "要求目前在册的20家企业签订承诺书",
        "确保参与率达95%",
    ],
)
def test_what_is_not_reached_by_now_is_no_result(sentence: str) -> None:
    assert "RESULT" not in [kind for kind, _ in _below_a_measure(sentence)]


_SERIES = """近日，云溪县青石镇的长廊里坐满了人。
钱怎么花，大家定。镇里把每一笔公益金的用途交给村民小组逐项讨论，公示七天后执行。
路怎么修，咱们说了算。各组推选三名老人看线路、量尺寸，图纸在广场上挂出来，让大伙儿挑毛病。
账清不清，上墙就知道。每季度把收支贴在公告栏里，由监督小组签字，谁有疑问当场翻票据。
"""


def test_the_leads_of_a_series_of_like_shape_come_out_alike() -> None:
    found = units(_SERIES)
    assert [quote for _, quote in found] == ["钱怎么花，大家定", "路怎么修，咱们说了算", "账清不清，上墙就知道"]
    assert len({kind for kind, _ in found}) == 1


@pytest.mark.parametrize(
    "odd", ["记者看到，人来人往", "老人说，路好走了", "他一抬头，天亮了", "目前，运行平稳", "走进院坝，笑声不断", "2023年，路通了"]
)
def test_a_scene_between_leads_is_none_of_the_series(odd: str) -> None:
    lines = _SERIES.split("\n")
    text = "\n".join([*lines[:3], f"{odd}。长廊里的灯亮着，几位老人围着炉子聊着这几年的事。", *lines[3:]])
    assert odd not in [quote for _, quote in units(text)]


def test_two_short_sentences_of_a_tale_are_no_series() -> None:
    text = """天刚亮，鸟先醒了。院子里的鸡叫了三遍，炊烟从一排排屋顶上慢慢升起来。
雨停了，远处的云散开。远处的山露出青色的轮廓，河边的柳树垂着水珠。"""
    assert units(text) == []


@pytest.mark.parametrize("lead", ["百姓的日子成色更足", "乡村治理底座更牢", "山水底色更亮", "营商环境更优", "发展后劲更为充足"])
def test_a_lead_that_states_more_of_something_is_a_result(lead: str) -> None:
    worded = wording_of(lead)
    assert worded is not None
    assert worded[0].value == "RESULT"


@pytest.mark.parametrize("lead", ["让群众办事更顺", "强服务，让企业更省心", "推动产业更强", "只有队伍强，根基才会更牢", "追求更高更强"])
def test_a_lead_that_aims_at_more_is_no_result(lead: str) -> None:
    worded = wording_of(lead)
    assert worded is None or worded[0].value != "RESULT"


_ARTICLE = """青石镇盘活旧粮站，办起了老年食堂。
合力筹资，解决“钱从哪来”。整合帮扶资金82万元，发动能人捐款，改造厨房三间。
邻里互助，解决“谁来做”。组织妇女轮流掌勺，每天为四十多位老人做饭送饭。
"""


@pytest.mark.parametrize(
    ("closing", "kind", "quote"),
    [
        ("下一步，全镇将扩大食堂覆盖面，新增就餐点9个。", "RECOMMENDATION", "下一步，全镇将扩大"),
        ("目前，食堂累计服务老人3.2万人次，满意率达97%。", "RESULT", "目前，食堂累计"),
        ("截至11月底，累计服务老人3.2万人次。", "RESULT", "截至11月底"),
        ("“要量力而行。”云溪县民政局局长表示，今后，将力争在2027年底前新建食堂14家。", "RECOMMENDATION", "新建食堂14家"),
    ],
)
def test_a_closing_paragraph_is_no_part_of_the_last_lead(closing: str, kind: str, quote: str) -> None:
    doc = document(_ARTICLE + closing)
    found = unit(doc, quote)
    assert (found.kind.value, found.parent) == (kind, None)
    assert unit(doc, "谁来做").extent.end <= doc.text.index(closing)


def test_what_goes_on_with_the_last_lead_stays_below_it() -> None:
    doc = document(_ARTICLE + "掌勺的妇女轮流值班，一年下来帮助86户家庭解决了吃饭难题。")
    assert unit(doc, "解决了吃饭难题").parent == unit(doc, "谁来做").id


def test_below_a_heading_line_a_total_belongs_to_the_heading() -> None:
    doc = document("""健全自治机制
安吉县推行“村民说事”制度，在每个行政村设立说事长廊，每月逢五集中说事。
补齐服务短板
桐庐县整合基层卫生资源，建立流动医院，为山区老人提供上门诊疗服务。
目前，流动医院累计服务群众2.1万人次。""")
    assert unit(doc, "2.1万人次").parent == unit(doc, "补齐服务短板").id


_OUTLINED = """一、主要做法
（一）健全管护队伍。选聘管护员64名。
（二）统一管护标准。编印手册3册。{item}
{closing}
"""


def test_the_paragraph_of_what_is_to_come_closes_an_outlined_text() -> None:
    doc = document(_OUTLINED.format(item="", closing="下一步，全县将扩大管护范围，新增管护员20名。"))
    assert unit(doc, "将扩大管护范围").parent is None


def test_where_each_item_has_its_own_next_step_they_stay_below() -> None:
    doc = document(
        """一、主要做法
（一）健全管护队伍。选聘管护员64名，签订协议64份。
下一步，全县将轮训管护员。
（二）统一管护标准。编印手册3册，张贴图示120处。
下一步，全县将修订管护手册。"""
    )
    assert unit(doc, "将轮训").parent == unit(doc, "健全管护队伍").id
    assert unit(doc, "将修订").parent == unit(doc, "统一管护标准").id


def test_a_heading_over_what_is_to_come_keeps_it() -> None:
    doc = document("一、健全管护队伍\n选聘管护员64名，签订协议64份。\n二、统一管护标准\n下一步，全县将修订管护手册。")
    assert unit(doc, "将修订").parent == unit(doc, "统一管护标准").id


@pytest.mark.parametrize(
    "sentence",
    [
        "云溪县水务局局长介绍，下一步，将对36公里管网进行改造",
        "青石镇镇长赵明透露，还将新建冷库2座",
        "云溪县教育局负责人表示，将力争在2027年底前改建学校6所",
        "云溪县财政局有关负责人说，今后将加大投入力度",
    ],
)
def test_what_an_official_announces_is_advice(sentence: str) -> None:
    assert [kind for kind, _ in units(f"青石镇推行错时服务，设立窗口8个。\n{sentence}。")] == ["MEASURE", "RECOMMENDATION"]


@pytest.mark.parametrize("sentence", ["青石镇镇长赵明介绍，将积分与评优挂钩后，矛盾少了", "据介绍，青石镇推行错时服务"])
def test_what_an_official_tells_of_the_past_is_no_advice(sentence: str) -> None:
    assert "RECOMMENDATION" not in [kind for kind, _ in units(f"青石镇推行错时服务，设立窗口8个。\n{sentence}。")]


_SURVEY = """一、基本现状
全县有乡镇9个。
（一）医疗网络初步形成。现有卫生室112个，村级服务覆盖率达37.5%。{more}
（二）道路条件逐步改善。通村公路210公里。
二、存在的问题
（一）人手不足。"""


def test_a_level_below_a_lead_of_a_survey_is_no_result() -> None:
    assert not any("37.5%" in quote for _, quote in units(_SURVEY.format(more="")))


def test_a_change_below_a_lead_of_a_survey_is_one_and_so_is_a_level_below_a_measure() -> None:
    assert any("签约率" in quote for _, quote in units(_SURVEY.format(more="家庭医生签约率由31%提高到58%。")))
    text = _SURVEY.replace("医疗网络初步形成", "健全医疗网络").format(more="")
    assert ("RESULT", "村级服务覆盖率达37.5%") in units(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("突出村民主体是关键", "议事协商"),
        ("修什么路由群众说了算，议题公开征集", "议事协商"),
        ("小区物业费收缴难", "民生服务"),
        ("新建幸福大院7所", "民生服务"),
        ("村级助餐点11个", "民生服务"),
    ],
)
def test_a_text_that_speaks_of_one_theme_has_it_first(text: str, label: str) -> None:
    assert themes_of(text)[:1] == (label,)


@pytest.mark.parametrize("text", ["全县企业主体达3200家", "企业办理物业税申报。", "新建停车位800个。"])
def test_a_word_alike_has_neither_theme(text: str) -> None:
    assert not {"议事协商", "民生服务"} & set(themes_of(text))
