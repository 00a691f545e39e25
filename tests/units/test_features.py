"""Feature writing: who speaks, what is said, what the reporter sees, and what was spent are neither measures nor results."""

from __future__ import annotations

import pytest

from tests.units.build import units

_MEASURE = "青山乡推行“一户一策”帮种，组织农技员包片指导。"


@pytest.mark.parametrize(
    "attribution",
    [
        "东河县水产发展中心主任李少文告诉记者",
        "村党支部书记韩大勇对记者说",
        "该镇农业发展办公室负责人介绍说",
        "推广站站长周敏坦言",
    ],
)
def test_who_speaks_is_no_measure(attribution: str) -> None:
    assert units(f"{_MEASURE}\n“明年还要再种一季油菜。”{attribution}。") == [("MEASURE", "青山乡推行“一户一策”帮种")]


@pytest.mark.parametrize(
    "speech",
    [
        "“这垄地换了新品种，比老品种增收了300元。”技术员捧着麦穗说。",
        "“我包了80亩塘。以前要请7个工，现在1个就够，每亩节省开支120元。”养殖户罗成说。",
        "“去年收成好！合作社的订单增长40%。”",
        '"我家的地流转出去了。一年下来增收了6000元。"王军说。',
    ],
)
def test_direct_speech_holds_no_result(speech: str) -> None:
    assert units(f"{_MEASURE}\n{speech}") == [("MEASURE", "青山乡推行“一户一策”帮种")]


def test_a_quoted_name_in_a_sentence_is_no_speech() -> None:
    found = units(f"{_MEASURE}\n“银龄课堂”开办以来，化解矛盾纠纷41起。“问题清单”全部办结。")
    assert ("RESULT", "化解矛盾纠纷41起") in found
    assert any("全部办结" in quote for _, quote in found)


def test_an_official_may_say_what_is_planned_and_the_quote_ends_before_the_marks() -> None:
    text = f"{_MEASURE}\n“去年收成好。下一步，我们将建设冷库3座，延长产业链条。”乡长说。"
    assert ("RECOMMENDATION", "下一步，我们将建设冷库3座，延长产业链条") in units(text)


@pytest.mark.parametrize(
    "scene",
    [
        "在柳林村食用菌烘干车间，3条传送带每小时可烘干鲜菇2吨，速度比土灶提高6倍",
        "在高桥镇的大棚里，绿油油的秧苗整齐排列，长势喜人",
        "在村口的文化广场上，孩子们追逐嬉戏，老人们提着鸟笼集聚一处",
    ],
)
def test_a_scene_is_no_measure(scene: str) -> None:
    assert "MEASURE" not in [kind for kind, _ in units(f"{scene}。")]


def test_what_came_of_it_is_a_result_and_no_measure() -> None:
    assert units("2021年，全县蜂蜜总产量900吨，总产值1.2亿元，带动2.6万名蜂农增收。") == [("RESULT", "带动2.6万名蜂农增收")]


def test_what_is_done_at_a_place_is_a_measure() -> None:
    assert [kind for kind, _ in units("在村级活动室，设立政策咨询窗口，安排专人轮流值守。")] == ["MEASURE"]


@pytest.mark.parametrize(
    "sentence",
    [
        "市财政安排助学专项资金2600万元，比上年增长9%",
        "全年投入养护经费580万元，同比增长21%",
        "县里拨付奖补资金900万元，较去年增加15%",
    ],
)
def test_what_was_spent_is_no_result(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化保障。成立工作专班。{sentence}。\n（二）压实责任。"
    assert "RESULT" not in [kind for kind, _ in units(text)]


@pytest.mark.parametrize("sentence", ["全年销售额3.1亿元，同比增长18%", "门诊量达8万人次，较上年增长11%"])
def test_what_grew_by_itself_is_a_result(sentence: str) -> None:
    text = f"一、主要做法\n（一）强化保障。成立工作专班。{sentence}。\n（二）压实责任。"
    assert ("RESULT", sentence) in units(text)


@pytest.mark.parametrize(
    "sentence", ["清溪县推行“两轮一休”等间歇放牧模式，划定轮牧区18个", "大河镇推行“农户下单、集中配送”模式，设立取货点26个"]
)
def test_to_practise_a_model_is_a_measure(sentence: str) -> None:
    text = f"清溪县地处高原，草场广阔。\n{sentence}。\n护好一片草场\n牧民们按时转场，草场得到休养，来年的草长得更密更高了。"
    assert [kind for kind, quote in units(text) if "模式" in quote] == ["MEASURE"]
