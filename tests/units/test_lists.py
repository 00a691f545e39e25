"""Lists and what introduces them: run-on texts, introductions, semicolons; made up, of the shapes that real texts have."""

from __future__ import annotations

import pytest

from tests.units.build import units


def test_a_text_that_lost_its_line_breaks_keeps_its_outline() -> None:
    text = (
        "现将情况报告如下：一、基本情况全县辖9个乡镇。二、主要做法（一）压实管护责任。县里成立专班。（二）拓宽筹资渠道。设立专户。"
        "三、存在问题（一）水源不足。枯水期紧张。（二）人手短缺。四、对策建议（一）加强水源建设。（二）培训管护人员。"
    )
    assert units(text) == [
        ("MEASURE", "压实管护责任"),
        ("MEASURE", "拓宽筹资渠道"),
        ("PROBLEM", "水源不足"),
        ("PROBLEM", "人手短缺"),
        ("RECOMMENDATION", "加强水源建设"),
        ("RECOMMENDATION", "培训管护人员"),
    ]


def test_blanks_in_the_place_of_line_breaks_part_the_sections() -> None:
    text = "一、主要做法 1.坚持分类施策。逐村摸底。2.坚持典型引路。树样板。 二、取得成效 一是环境面貌改善。二是群众热情高涨。"
    assert units(text) == [
        ("MEASURE", "坚持分类施策"),
        ("MEASURE", "坚持典型引路"),
        ("RESULT", "环境面貌改善"),
        ("RESULT", "群众热情高涨"),
    ]


@pytest.mark.parametrize(
    ("introduction", "kind"),
    [
        ("目前还存在一些不足：", "PROBLEM"),
        ("调研中发现，主要存在以下问题。", "PROBLEM"),
        ("针对上述情况，建议从以下几方面着手。", "RECOMMENDATION"),
        ("下一步，将重点做好以下工作：", "RECOMMENDATION"),
        ("主要做法是：", "MEASURE"),
        ("主要成效体现在：", "RESULT"),
        ("我们得到以下启示：", "EXPERIENCE"),
    ],
)
def test_the_sentence_before_a_list_decides_the_kind_of_its_items(introduction: str, kind: str) -> None:
    found = units(f"{introduction}一是窗口设置。内容甲。二是人员配备。内容乙。")
    assert found == [(kind, "窗口设置"), (kind, "人员配备")]


def test_items_after_commas_count_on() -> None:
    assert units("主要问题有：一是人手偏紧，二是经费偏少，三是场地不足。") == [
        ("PROBLEM", "人手偏紧"),
        ("PROBLEM", "经费偏少"),
        ("PROBLEM", "场地不足"),
    ]


def test_a_list_of_problems_without_marks_is_parted_by_semicolons() -> None:
    found = units("我们也清醒地看到，发展中还存在不少困难和问题：龙头企业偏少；收支矛盾突出；学位供给有缺口。我们将认真解决。")
    assert found == [("PROBLEM", "龙头企业偏少"), ("PROBLEM", "收支矛盾突出"), ("PROBLEM", "学位供给有缺口")]


def test_a_list_of_economic_figures_is_one_result() -> None:
    found = units("全县生产总值达到86亿元，增长6.1%；固定资产投资增长9%；农村居民可支配收入1.9万元，增长8.2%。")
    assert found == [("RESULT", "全县生产总值达到86亿元，增长6.1%；固定资产投资增长9%；农村居民可支配收入1.9万元，增长8.2%")]


def test_other_outcomes_parted_by_semicolons_stay_apart() -> None:
    assert [kind for kind, _ in units("县外转诊减少1200人次；化解矛盾纠纷36起。")] == ["RESULT", "RESULT"]


@pytest.mark.parametrize(
    "text",
    [
        "共有一、二、三等奖各若干名。获奖者二、三十人。",
        "水位涨到五、六米。其后回落。",
        "工作组到了第（一）组和第（二）组。",
        "编号为12）的水井。",
    ],
)
def test_numbers_inside_sentences_are_no_marks(text: str) -> None:
    assert units(text) == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("过去，院落设施老旧、纠纷多，住户意见大。", "PROBLEM"),
        ("受地形限制，用水困难。", "PROBLEM"),
        ("院落面貌发生了明显变化。", "RESULT"),
        ("获评省级文明乡镇。", "RESULT"),
        ("清水桥建成投入使用。", "RESULT"),
        ("养殖大户由150户发展到220户。", "RESULT"),
        ("“下一步，我们将增设窗口。”科长王宁说。", "RECOMMENDATION"),
    ],
)
def test_plain_sentences_state_what_was_and_is(sentence: str, kind: str) -> None:
    assert [found for found, _ in units(f"云岭社区有住户九百家。\n{sentence}")] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "过去一年，大家团结一心。",
        "这是全县改革的一个缩影。",
        "谈起村里的新气象，老人笑了。",
        "无论产业怎么发展，本色不改。",
        "配备帮办代办员31名。",
    ],
)
def test_remarks_and_inputs_are_no_units(sentence: str) -> None:
    assert units(f"云岭社区有住户九百家。\n{sentence}") == []


def test_a_paragraph_that_begins_with_a_lack_tells_its_measure_later() -> None:
    found = units("过去，青崖村集体收入薄弱，守着坡地过日子。2018年，青崖村流转土地，村党支部领办成立合作社。")
    assert found[1] == ("MEASURE", "青崖村流转土地，村党支部领办成立合作社")


def test_sentences_that_begin_alike_each_say_a_measure() -> None:
    found = units("围绕粮食安全，坚持把优质玉米作为稳产稳收的产业来抓，大力推广良种良法良机，办好样板田。围绕果业增值，精心打造示范园。")
    assert [kind for kind, _ in found] == ["MEASURE", "MEASURE"]


def test_headings_below_a_chapter_need_no_marks() -> None:
    text = "二、主要做法\n● 建章立制，明确内容\n召开会议，制定细则，纳入管理。\n● 规范流程，公开公正\n成立小组，每月评议一次，结果公示。"
    assert units(text) == [("MEASURE", "建章立制，明确内容"), ("MEASURE", "规范流程，公开公正")]


def test_a_section_of_problems_may_list_them_in_one_sentence() -> None:
    text = "一、存在的问题\n虽然取得了一些成绩，但离上级要求还有一定差距。主要是：产业链条不长，加工能力弱；人才短缺；道路欠账较多。"
    assert units(text) == [("PROBLEM", "产业链条不长，加工能力弱"), ("PROBLEM", "人才短缺"), ("PROBLEM", "道路欠账较多")]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("干部平均年龄下降6.2岁。", ["RESULT"]),
        ("全县累计清理垃圾3万吨。", ["RESULT"]),
        ("每成功调解一起纠纷给予50元补助。", []),
        ("今年65岁的村民说，“日子好了，收入增加了三成。”", []),
    ],
)
def test_ages_of_people_tell_a_scene_and_ages_of_a_team_do_not(sentence: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in units(f"云岭社区有住户九百家。\n{sentence}")] == kinds


@pytest.mark.parametrize(("done", "reached"), [("【主要做法】", "【工作成效】"), ("主要做法", "工作成效")])
def test_lines_that_name_sections_over_the_chapters_end_the_last_chapter(done: str, reached: str) -> None:
    text = f"{done}\n一、下放权限，少跑路。设立窗口。\n二、组建队伍，送上门。\n{reached}\n办事效率提升。时限由7天压缩至2天。\n作风转变。"
    assert [kind for kind, quote in units(text) if "由7天" not in quote] == ["MEASURE", "MEASURE", "RESULT", "RESULT"]


def test_one_short_first_sentence_is_no_heading_of_an_article() -> None:
    text = (
        "层山村的变化，是永丰县发展壮大集体经济的生动实践。该县出台扶持措施，设立专项资金。\n"
        "2019年，该村成立食用菌专业合作社，采取订单收购的模式，建成标准化大棚。"
    )
    assert [kind for kind, _ in units(text)] == ["MEASURE", "MEASURE"]


def test_a_news_paragraph_tells_the_lack_and_then_what_was_done() -> None:
    text = "以往，骑手们普遍面临歇脚难、充电难等问题。去年以来，清源县委社会工作部牵头，整合沿街商铺等资源，打造暖新驿站。"
    assert [kind for kind, _ in units(text)] == ["PROBLEM", "MEASURE"]
