"""What running text tells after the lead of its paragraph: one measure a sentence, in the words that say what was done."""

from __future__ import annotations

import pytest

from tests.units.build import document, units

_LEAD = "柳溪镇推行“一户一策”帮种，组织农技员包片指导。"


def _told(sentence: str) -> list[tuple[str, str]]:
    """What a sentence adds that stands second in its paragraph."""
    return [one for one in units(_LEAD + sentence) if not one[1].startswith("柳溪镇推行")]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("组建巡护队伍三支，划定责任片区。", "组建巡护队伍三支，划定责任片区"),
        ("大力推广测土配方，秧苗长势很好。", "大力推广测土配方"),
        ("同时，上线“惠农码”平台，农户扫码就能下单。", "上线“惠农码”平台"),
        ("依托旧粮站开办老年食堂，老人吃上了热饭。", "依托旧粮站开办老年食堂"),
        ("村里修起了三条环山水渠，引来山泉水。", "村里修起了三条环山水渠"),
        ("县、乡引导农户改种高山茶，统一供苗。", "县、乡引导农户改种高山茶"),
        ("将全镇林地划分为九个片区，每片都有专人。", "将全镇林地划分为九个片区"),
        ("镇里投入资金三百万元，平整土地四千亩。", "镇里投入资金三百万元，平整土地四千亩"),
        ("县妇联牵头建立帮扶队伍，与老人结对。", "县妇联牵头建立帮扶队伍"),
        ("为老人提供上门理发，一月一次。", "为老人提供上门理发"),
        ("镇供销合作社与农户签订收购协议，保底收购。", "镇供销合作社与农户签订收购协议"),
        ("“惠农码”平台集中发布供求信息，农户不再跑腿。", "“惠农码”平台集中发布供求信息"),
        ("去年入冬后，镇林业站联合派出所开展清山巡查。", "镇林业站联合派出所开展清山巡查"),
    ],
)
def test_a_later_sentence_that_says_what_was_done_is_a_measure(sentence: str, quote: str) -> None:
    assert [(kind, said.startswith(quote)) for kind, said in _told(sentence)][:1] == [("MEASURE", True)]


def test_a_measure_is_cut_before_the_result_of_its_sentence() -> None:
    found = _told("组建调解小组六个，轮流上门走访，化解邻里纠纷31起。")
    assert found == [("MEASURE", "组建调解小组六个，轮流上门走访"), ("RESULT", "化解邻里纠纷31起")]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("坚持问题导向，组建攻关小组。", "坚持问题导向，组建攻关小组"),
        ("坚持生态优先，从治水、护林、净土入手，全面整治河道。", "坚持生态优先，从治水、护林、净土入手，全面整治河道"),
        ("为守住青山，加强巡查，镇里组建护林队。", "镇里组建护林队"),
    ],
)
def test_a_quote_reaches_to_what_was_done(sentence: str, quote: str) -> None:
    assert _told(sentence) == [("MEASURE", quote)]


@pytest.mark.parametrize(
    ("lead", "quote"),
    [
        ("柳溪镇紧紧依托山林资源，建设林下药圃。", "柳溪镇紧紧依托山林资源，建设林下药圃"),
        ("为守住青山，加强日常巡查，柳溪镇组建护林队。", "为守住青山，加强日常巡查，柳溪镇组建护林队"),
        ("柳溪镇药圃总投资90万元，柳溪镇组建护圃队。", "柳溪镇组建护圃队"),
    ],
)
def test_the_quote_of_a_lead_reaches_to_what_was_done(lead: str, quote: str) -> None:
    assert units(lead) == [("MEASURE", quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "“组建护林队是对的，大家都安心。”村民罗成说。",
        "他建起了自家的冷库，日子越过越好。",
        "为了守护湖水，大家商量了很久。",
        "加强巡查是守住青山的关键。",
        "始终把增收作为头等大事。",
        "坚持党建引领、群众参与。",
        "要深刻认识到护林的分量，加强巡查。",
        "配备护林员31名。",
        "药圃建设面积达四千亩。",
        "参加培训的学员来自各村。",
        "这里是改造后的药圃，放眼望去一片葱绿。",
        "开展巡查的队伍去了哪里？",
        "全镇的茶园在山坡上连成一片。",
        "过去，组织开会靠喊。",
        "通过组织屋场夜话等方式，老人们慢慢打开了话匣子。",
    ],
)
def test_what_is_no_act_is_no_measure(sentence: str) -> None:
    assert [one for one in _told(sentence) if one[0] == "MEASURE"] == []


def test_below_short_lead_sentences_no_further_measures_are_told() -> None:
    text = """金色课堂圆梦。选聘退休教师到乡村学校支教，开设书法课。
绿色课堂育人。建立劳动实践基地，开设种植课程。"""
    assert [quote for _, quote in units(text)] == ["金色课堂圆梦", "绿色课堂育人"]


def test_below_a_heading_line_further_measures_stand_below_the_lead_of_their_paragraph() -> None:
    text = """近年来，柳溪镇抓林业不放松。
健全巡护制度
柳溪镇推行林长制，镇村两级都有人管。组建巡护队伍三支，划定责任片区。
补齐用水短板
柳溪镇修建蓄水池九个，覆盖坡上茶园。疏通环山旧渠道，引水上山。"""
    doc = document(text)
    parents = {one.id: one.parent for one in doc.units}
    headings = {one.id: one.quote for one in doc.units if one.parent is None}
    assert [(one.quote, headings[parents[one.parent or ""] or ""]) for one in doc.units if one.quote.startswith(("组建", "疏通"))] == [
        ("组建巡护队伍三支，划定责任片区", "健全巡护制度"),
        ("疏通环山旧渠道", "补齐用水短板"),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("据了解，下一步，柳溪镇要新修水渠。", "RECOMMENDATION"),
        ("柳溪镇将大力实施沃土工程，成片改良坡地。", "RECOMMENDATION"),
        ("与会者提出了加大培训力度、统一供苗等建议。", "RECOMMENDATION"),
        ("同时希望各村继续抓好防火。", "RECOMMENDATION"),
        ("截至10月底，全镇共发生火灾事故12起。", "PROBLEM"),
        ("目前全镇还有90户未脱贫。", "PROBLEM"),
        ("近年来，村务公开不规范、账目不清等问题突出。", "PROBLEM"),
        ("从全年情况看，防火形势不容乐观。", "PROBLEM"),
        ("今年汛期，全镇安全转移群众80人。", "RESULT"),
        ("审批事项从九十项压减至41项。", "RESULT"),
        ("蓝莓已成为全镇的主导产业。", "RESULT"),
        ("三个园区晋升为国家级。", "RESULT"),
        ("村级集体收入实现突破性增长。", "RESULT"),
        ("空气质量综合得分居全市第一。", "RESULT"),
        ("村民人均收入翻了一番。", "RESULT"),
    ],
)
def test_plans_lacks_and_outcomes_are_told(sentence: str, kind: str) -> None:
    assert [one for one, _ in _told(sentence)] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "张老二家被确定为贫困户，当年收入仅2400元。",
        "去年李家申请脱贫，全家6口没被批准。",
        "即将继续营业的老店换了招牌。",
        "将积分与评优挂钩的想法由来已久。",
    ],
)
def test_what_looks_like_an_outcome_or_a_plan_is_none(sentence: str) -> None:
    assert [one for one in _told(sentence) if one[0] in ("RESULT", "RECOMMENDATION")] == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("林业局局长韩东说，今年县里将继续实施种苗补贴。", "RECOMMENDATION"),
        ("实践证明，只有大家一起使劲，山才绿得起来。", "EXPERIENCE"),
        ("但护林员流动性大，部分村人手不足。", "PROBLEM"),
        ("会议要求，各村要压实责任，开展清山行动。", "RECOMMENDATION"),
        ("镇长周敏强调，必须建立长效机制。", "RECOMMENDATION"),
        ("建议整合村级站点，设立配送中心。", "RECOMMENDATION"),
        ("要加强培训，每年培训二百人。", "RECOMMENDATION"),
        ("专业人才缺乏，多数网店靠自己摸索。", "PROBLEM"),
        ("大家齐动手，清理各类垃圾90余吨。", "RESULT"),
    ],
)
def test_demands_advice_and_lacks_stand_in_any_running_text(sentence: str, kind: str) -> None:
    assert [one for one, _ in _told(sentence)] == [kind]


@pytest.mark.parametrize("sentence", ["严格按照县里要求，强化巡查值守。", "未来，村庄会让日子越来越好。", "赵小满决定返回家乡种花椒。"])
def test_what_only_sounds_like_a_demand_or_a_plan_is_none(sentence: str) -> None:
    assert [one for one in _told(sentence) if one[0] == "RECOMMENDATION"] == []


def test_a_total_begins_after_what_was_done() -> None:
    found = _told("今年以来，柳溪镇持续开展“清山行动”，已帮助6000人返乡就业。")
    assert found == [("MEASURE", "柳溪镇持续开展“清山行动”"), ("RESULT", "已帮助6000人返乡就业")]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("2023年，三项指标稳中有升，同比分别增长4.2%、5.1%和6.3%。", ["三项指标稳中有升，同比分别增长4.2%、5.1%和6.3%"]),
        ("一、主要做法\n（一）优化考核。将巡护纳入考核，权重提高到8分。", []),
        ("一、主要做法\n（一）优化考核。巡护得分提高到92分。", ["巡护得分提高到92分"]),
    ],
)
def test_a_result_says_what_has_grown_and_a_rule_of_scoring_is_none(text: str, quotes: list[str]) -> None:
    assert [quote for kind, quote in units(text) if kind == "RESULT"] == quotes


def test_a_dash_before_an_item_is_no_part_of_its_quote() -> None:
    text = "过去一年，主要做了以下工作：\n——民生福祉持续改善。新建学校3所。\n——项目建设成效显著。实施项目30个。"
    assert ("RESULT", "民生福祉持续改善") in units(text)
