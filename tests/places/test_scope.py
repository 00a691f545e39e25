"""Which place a figure belongs to: lists of visited places, 全县 and the like, villages that later sentences take up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.places import gazetteer
from archive.records import PlaceLevel
from ingest.extract.place_scope import PlaceReader
from ingest.extract.places import place_at, places_at
from tests.places.builders import about, read

SURVEY = (
    "调研组分赴乔庄镇、木鱼镇和姚渡镇等6个乡镇，座谈86人次。\n一、现状\n现有卫生室132所。全县配备村医141人。\n"
    "木鱼镇投入45万元，改造卫生室7所。县财政补助90万元。\n二、建议\n培训村医60名。"
)


def at(text: str, words: str, **head: str) -> str | None:
    """The place of the sentence in which `words` stand."""
    place = place_at(read(text, **head), text.index(words))
    return place.name if place else None


@pytest.mark.parametrize(
    "text",
    [
        SURVEY,
        "专班随机抽取乔庄镇、姚渡镇3个镇入户。全县现有卫生室132所。",
        "我们先后走访乔庄镇、姚渡镇，入户52户。全县现有卫生室132所。",
        "此次评估覆盖姚渡镇、乔庄镇、三锅镇等地。全县现有卫生室132所。",
    ],
)
def test_visited_townships_are_not_what_a_survey_of_a_county_is_about(text: str) -> None:
    title = "关于青川县村级卫生室运行情况的调研"
    assert about(text, title=title) == {"青川县"}
    assert at(text, "132所", title=title) == "青川县"
    assert "青川县" not in about(text)
    assert not {"乔庄镇", "姚渡镇"} & about(text)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("86人", "青川县"),
        ("132所", "青川县"),
        ("141人", "青川县"),
        ("45万", "木鱼镇"),
        ("7所", "木鱼镇"),
        ("90万", "青川县"),
        ("60名", "青川县"),
    ],
)
def test_a_list_of_visited_places_is_no_scope(words: str, place: str) -> None:
    assert at(SURVEY, words, title="关于青川县村级卫生室运行情况的调研") == place


def test_a_township_that_is_more_than_visited_stays_the_subject() -> None:
    assert about("走进姚渡镇，家家户户忙采茶。姚渡镇建成茶园3万亩。") == {"姚渡镇"}
    assert about("乔庄镇推进治理，建成12个站。", title="乔庄镇的网格经验") == {"乔庄镇"}
    assert at("青川县推进治理。\n青川县乔庄镇、姚渡镇建成12个站。", "12个站") == "姚渡镇"
    assert at("青川县推进治理。\n乔庄镇3个村建成12个站。", "12个站") == "乔庄镇"


VILLAGE = "旌德县推进治理。旌德县再部署。\n走进白地镇洋川村，人均增收3万元。"


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("村里办起民宿12家。", "12家"),
        ("村集体入账46万元。", "46万"),
        ("去年，村民分红81万元。", "81万"),
        ("“村里添了8盏灯。”", "8盏"),
        ("村党支部领办合作社2个。", "2个"),
        ("该村吸引游客9万人次。", "9万"),
        ("全村农户215户。", "215"),
        ("如今，村委会换届，当选5人。", "5人"),
    ],
)
def test_a_village_that_the_next_sentences_take_up_keeps_their_figures(tail: str, words: str) -> None:
    assert at(VILLAGE + tail, words) == "洋川村"


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("各村集体增收46万元。", "46万"),
        ("12个行政村集体入账46万元。", "46万"),
        ("带动农村集体增收46万元。", "46万"),
        ("下派村党支部书记46名。", "46名"),
        ("建成乡村民宿46家。", "46家"),
        ("全县村集体入账46万元。", "46万"),
        ("全县推广经验。村集体平均入账46万元。", "46万"),
        ("公路里程46公里。", "46公"),
        ("县财政补助46万元。", "46万"),
        ("\n村集体平均入账46万元。", "46万"),
    ],
)
def test_any_village_is_not_that_village(tail: str, words: str) -> None:
    assert at(VILLAGE + tail, words) == "旌德县"


def test_another_place_ends_the_villages_scope() -> None:
    assert at(VILLAGE + "江村紧随其后，庙首镇也在行动。村集体入账46万元。", "46万") != "洋川村"


def test_a_town_is_taken_up_too() -> None:
    text = "旌德县推进治理。旌德县再部署。\n白地镇牵头建成5个工坊。镇财政投入31万元，该镇就业204人。\n全镇另有6家。\n三、其他\n全镇7家。"
    assert [at(text, words) for words in ("5个", "31万", "204人", "6家")] == ["白地镇"] * 4


def test_a_township_that_is_the_subject_with_its_county_keeps_the_paragraph() -> None:
    text = "青川县姚渡镇地处两省交界。全镇现有人口3万人，低于全县平均4个百分点。种茶2万亩。全县共20个乡镇。"
    places = [at(text, words, title="姚渡镇工作总结") for words in ("3万", "4个", "2万", "20个")]
    assert places == ["姚渡镇", "姚渡镇", "姚渡镇", "青川县"]


def test_the_nearer_of_a_name_and_of_the_whole_county_decides() -> None:
    text = "青川县推进治理。\n全县试点铺开，乔庄镇建成3个站，全县另建9个站。乔庄镇获全省表彰5次。"
    assert at(text, "3个站") == "乔庄镇"
    assert at(text, "9个站") == "青川县"
    assert at(text, "5次") == "乔庄镇"


def test_the_county_compared_with_the_city_keeps_its_figures() -> None:
    text = "常山县推进治理，常山县再部署。衢州市给予支持。\n我县投入84万元，高于全市平均2万元。占全市的31%。\n全市现有1200个网格。"
    assert [at(text, words) for words in ("84万", "2万元", "31%", "1200")] == ["常山县", "常山县", "常山县", "衢州市"]


def test_that_county_is_the_last_one_named() -> None:
    text = "衢州市推进治理。衢州市再部署，衢州市总结。\n常山县率先试点。\n该县建成12个站。\n该市建成30个站。"
    assert at(text, "12个站") == "常山县"
    assert at(text, "30个站") == "衢州市"


def test_an_items_subject_ends_with_the_item() -> None:
    text = "我省推进治理。太原市、大同市、阳泉市先行。阳泉市、大同市总结。\n一是建台。太原市建成3个中心。再建4个。二是抓队伍。配备20人。"
    assert at(text, "4个") == "太原市"
    assert at(text, "20人") == "山西省"


def test_a_reader_knows_a_document_of_many_places() -> None:
    towns = [division.name for division in gazetteer().children("500000") if division.level is PlaceLevel.COUNTY]
    document = read("重庆市推进治理。\n" + "\n".join(f"{name}建成站点12个。" for name in towns))
    found = places_at(document, [document.text.index(f"{name}建成") + len(name) + 4 for name in towns])
    assert [place.name if place else None for place in found] == towns
    assert len(towns) > 30


@given(
    st.lists(
        st.sampled_from(["青川县", "乔庄镇、姚渡镇等6个乡镇", "全县", "12个", "。", "，", "\n", "村集体", "该县", "二是", "我"]),
        max_size=60,
    )
)
@settings(max_examples=150, deadline=None)
def test_asking_at_once_gives_what_asking_one_by_one_gives(pieces: list[str]) -> None:
    document = read("".join(pieces))
    offsets = range(0, len(document.text) + 1, 3)
    assert places_at(document, offsets) == tuple(place_at(document, offset) for offset in offsets)


@pytest.mark.parametrize("end", ["。", "\n", "，", "、"])
def test_a_reader_asks_for_every_figure_in_linear_time(end: str) -> None:
    short, long = (read(f"乔庄镇投入12万元{end}" * count) for count in (300, 2400))
    once, eight = min(_took(short) for _ in range(3)), min(_took(long) for _ in range(2))
    assert eight < 30 * max(once, 0.001)


def _took(document) -> float:  # type: ignore[no-untyped-def]
    begin = time.process_time()
    reader = PlaceReader(document)
    for offset in range(0, len(document.text), 9):
        reader.at(offset)
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("row", "innermost"),
    [
        ("江苏省徐州市丰县梁寨镇", "梁寨镇"),
        ("江苏省徐州市丰县", "丰县"),
        ("徐州市丰县", "丰县"),
        ("江苏省徐州市", "徐州市"),
        ("江苏省", "江苏省"),
    ],
)
def test_what_begins_with_a_row_of_places_is_about_the_innermost(row: str, innermost: str) -> None:
    text = f"{row}果农喜获丰收，冷库建成。"
    place = place_at(read(text), 1)
    assert place is not None and place.name == innermost


SAID = [
    ("“今年春茶卖了4.6万元，比去年多。”核桃坝村茶农陈大山说。", "核桃坝村"),
    ("“今年春茶卖了4.6万元。日子好了。”湄潭县永兴镇茶农陈大山高兴地说。", "永兴镇"),
    ("“家里养了羊，日子好了。今年卖了4.6万元。”说起收成，核桃坝村村民陈大山笑着告诉记者。", "核桃坝村"),
    ("“今年春茶卖了4.6万元，比去年多。”茶农陈大山说。", "湄潭县"),
    ("“全县茶农今年卖了4.6万元。”永兴镇茶站站长陈大山说。", "湄潭县"),
    ("“兴隆镇今年卖了4.6万元。”核桃坝村茶农陈大山说。", "兴隆镇"),
    ("推行“一户一账”今年卖了4.6万元。核桃坝村茶农陈大山说好。", "湄潭县"),
]


@pytest.mark.parametrize(("speech", "place"), SAID)
def test_what_somebody_says_is_about_where_he_comes_from(speech: str, place: str) -> None:
    assert at(f"湄潭县大力发展茶业。\n{speech}\n永兴镇核桃坝村建茶园。", "4.6万元", title="湄潭县的茶") == place
