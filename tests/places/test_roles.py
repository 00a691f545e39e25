"""What a document is about, and what each of its sentences is about."""

from __future__ import annotations

import json

import pytest

from archive.records import Document
from ingest.extract.places import find_places, place_at
from tests.places.builders import about, read
from tests.support import ROOT, SAMPLES, articles

GOLD = ROOT / "tests" / "gold"


def at(text: str, words: str, **head: str) -> str | None:
    """The place of the sentence in which `words` stand."""
    place = place_at(read(text, **head), text.index(words))
    return place.name if place else None


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("近年来，仁布县党委高度重视。按照日喀则市委要求，仁布县开展活动。", {}, {"仁布县"}),
        ("林芝市波密县顿多镇近年来大力推进“红心党建”，组织党员佩戴党徽。", {}, {"波密县", "顿多镇"}),
        ("安多县推进治理。安多县玛曲乡选派宣讲员。安多县再部署。", {}, {"安多县"}),
        ("拉萨市全面推行。林芝市、日喀则市同步推进。我区再部署。", {}, {"西藏自治区"}),
        ("拉萨市全面推行，我区肯定拉萨市做法，林芝市学习拉萨市。", {"title": "拉萨市创新治理"}, {"拉萨市"}),
        ("内蒙古自治区XX市推进治理，XX市出台意见。乌拉特中旗试点。", {}, {"XX市"}),
        ("安吉县和德清县共建。长兴县参与。", {"title": "安吉县德清县跨界共治"}, {"安吉县", "德清县"}),
        ("县辖两镇（马栏镇、柏梁镇），12个社区。马栏镇、柏梁镇设站。", {"title": "鄢陵县简介"}, {"鄢陵县"}),
        (
            "独龙江乡距贡山县城80公里，距昆明市900公里。昆明市的客商到过昆明市的展会，又从昆明市来。",
            {"title": "独龙江乡简介"},
            {"独龙江乡", "贡山县"},
        ),
        ("丙中洛镇划分网格12个。", {"title": "丙中洛镇网格化管理经验"}, {"丙中洛镇"}),
        ("县委高度重视。", {}, set()),
    ],
)
def test_the_place_that_a_document_is_about(text: str, head: dict[str, str], expected: set[str]) -> None:
    assert about(text, **head) == expected


def test_a_sentence_is_about_the_place_that_it_names() -> None:
    text = "我区推进治理。\n拉萨市吸纳595名。选派12名。林芝市划分40个网格，配备399名。\n全区投入3亿元。"
    assert at(text, "595名") == "拉萨市"
    assert at(text, "12名") == "拉萨市"
    assert at(text, "399名") == "林芝市"
    assert at(text, "3亿元") == "西藏自治区"


def test_where_a_rule_comes_from_is_not_what_the_sentence_is_about() -> None:
    text = "今年以来，仁布县抓支部。\n按照日喀则市委要求，覆盖率达到25%以上。\n学习浙江省经验，建成5个站。仁布县有3个镇，仁布县有8个乡。"
    assert at(text, "25%") == "仁布县"
    assert at(text, "5个站") == "仁布县"


def test_what_a_place_holds_is_not_what_the_sentence_is_about() -> None:
    text = "XX市面积6万平方公里，下辖腾冲市和施甸县2个市县，XX市有网格员201人。"
    assert at(text, "2个市县") == "XX市"


def test_the_whole_county_passes_over_the_city_and_the_village() -> None:
    text = "聂拉木县推进治理。\n波绒乡扎青村建成3个站，全县配备350人。\n日喀则市党委肯定，全县再配备20人。聂拉木县聂拉木县"
    assert at(text, "3个站") == "扎青村"
    assert at(text, "350人") == "聂拉木县"
    assert at(text, "20人") == "聂拉木县"


def test_an_unnamed_example_holds_for_its_sentence_and_for_its_whole() -> None:
    text = (
        "XX市推进治理，XX市有652个嘎查。\n比如,边境旗组建141支队伍。在防控中,全旗105个党组织冲锋在前。三是推进智能化,建成21个平台。"
        "比如,边境旗建成3个站。"
    )
    assert at(text, "141支") == "边境旗"
    assert at(text, "105个") == "边境旗"
    assert at(text, "21个") == "XX市"


def test_a_heading_speaks_for_its_section() -> None:
    text = "我省有两地试点。\n一、太原市的做法\n建成12个站。\n二、大同市的做法\n建成20个站。"
    assert at(text, "12个站") == "太原市"
    assert at(text, "20个站") == "大同市"


def test_a_document_without_places_says_so() -> None:
    assert at("县委高度重视，建成12个站。", "12个站") is None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:3])
def test_samples_name_exactly_the_places_of_the_gold(path) -> None:  # type: ignore[no-untyped-def]
    gold = json.loads((GOLD / f"{path.stem}.json").read_text("utf-8"))["documents"]
    found = [find_places(document) for document in articles(path.read_text("utf-8"))]
    assert len(found) == len(gold)
    for want, have in zip(gold, found, strict=True):
        compare(want["places"], have)


def compare(gold: list[dict[str, object]], document: Document) -> None:
    """Every required name with its code and role, and no name that the gold does not have."""
    found = {place.name: place for place in document.places}
    assert set(found) <= {str(row["name"]) for row in gold}
    for row in gold:
        if not row.get("optional"):
            place = found[str(row["name"])]
            assert place.adcode in (row["adcode"], *row.get("adcode_also", ()))  # type: ignore[misc]
            assert place.role.value in (row["role"], *row.get("role_also", ()))  # type: ignore[misc]
