"""Figures that share an indicator stand in one row, and what differs is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.findings import Measure, Statistic, check_coverage
from archive.records import PlaceLevel
from archive.side_by_side import DifferenceKind, Placed, Row, comparable, differences, level_of, rows, with_kin
from archive.text import Span
from tests.statistics.build import read

KIND = DifferenceKind


def placed(*texts: str, **fields: PlaceLevel | None) -> list[Placed]:
    """The figures of made-up documents, a side each."""
    found = []
    for side, text in enumerate(texts):
        document = read(text)
        for figure in document.statistics:
            if figure.normal is not None and (name := figure.normal.indicator) is not None:
                own = replace(figure, id=f"{side}-{figure.id}")
                found.append(
                    Placed(side=side, figure=own, normal=figure.normal, indicator=name, period=figure.period or document.period, **fields)
                )
    return found


def shown(row: Row) -> list[tuple[int, float, set[DifferenceKind]]]:
    return [(one.placed.side, one.placed.normal.value, {said.kind for said in one.differences}) for one in row.figures]


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("全县有网格员350人。", "全县有网格员47名。", set()),
        ("合作社99家。", "农民专业合作社120个。", set()),
        ("耕地面积3万亩。", "耕地面积2000公顷。", {KIND.UNIT}),
        ("粮食总产量达80万吨。", "粮食产量突破12亿斤。", {KIND.UNIT, KIND.PRECISION}),
        ("2022年，全县有网格员350人。", "2023年，全县有网格员360人。", {KIND.PERIOD}),
        ("全县有行政村350个。", "全县有行政村近400个。", {KIND.PRECISION}),
        ("全县有网格员350人。", "到2026年，力争网格员达到400人。", {KIND.STATUS, KIND.PERIOD}),
        ("全县有网格员350人。", "全县配备专职网格员120名。", {KIND.INDICATOR}),
        ("农村居民人均可支配收入15000元。", "农民人均纯收入8150元。", {KIND.INDICATOR}),
        ("全县有党员5636名。", "网格员350人，其中党员278人。", {KIND.PART}),
        ("全县有志愿者5000名。", "累计志愿者6000名。", {KIND.MODIFIER}),
        ("信访总量增长2%。", "信访总量下降3%。", {KIND.DIRECTION}),
        ("地区生产总值增长6%。", "GDP同比增长7.5%。", {KIND.MODIFIER}),
    ],
)
def test_two_counties_are_compared_and_what_differs_is_said(one: str, other: str, kinds: set[DifferenceKind]) -> None:
    found = [row for row in rows(placed(one, other)) if {side for side, _, _ in shown(row)} == {0, 1}]
    (row,) = found
    first, second = shown(row)
    assert first[2] == set()
    assert set(first[2] ^ second[2]) == kinds
    assert all(len(said.note) > 4 for figure in row.figures for said in figure.differences)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("贫困户625户。", "贫困户2000人。"),
        ("全县有网格员350人。", "全县有网格40个。"),
        ("地区生产总值391亿元。", "地区生产总值增长6%。"),
        ("全县有党员5636名。", "全县有党支部120个。"),
        ("建成红色驿站9个。", "建成蓝色驿站5个。"),
        ("工业完成增加值18亿元。", "建筑业完成增加值5亿元。"),
        ("投入资金260万元。", "投入资金1.2亿元。"),
        ("全县有网格员350人。", "网格员占比30%。"),
        ("出口总额2000万美元。", "出口总额1.2亿元。"),
        ("", "全县有网格员350人。"),
        ("调研组走访了5个乡镇。", "全县有18个乡镇。"),
        ("全县有网格员350人。", "天气晴朗。"),
    ],
)
def test_what_is_not_the_same_thing_never_stands_in_one_row(one: str, other: str) -> None:
    assert rows(placed(one, other)) == []


def test_the_values_of_a_row_are_in_its_unit() -> None:
    (row,) = rows(placed("耕地面积3万亩。", "耕地面积2000公顷。", "耕地面积20平方公里。"))
    assert (row.indicator, row.listed, row.unit) == ("耕地面积", True, "平方米")
    assert [value for _, value, _ in shown(row)] == [20_000_000] * 3
    assert [one.differences[0].note for one in row.figures[1:]] == [
        "单位不同：亩；公顷（1亩折合2000/3平方米，1公顷折合10000平方米）",
        "单位不同：亩；平方公里（1亩折合2000/3平方米，1平方公里折合1000000平方米）",
    ]


def test_a_side_that_has_the_indicator_itself_shows_no_near_one() -> None:
    (row,) = rows(placed("全县有网格员350人。", "全县有网格员400人，其中专职网格员120人。"))
    assert [(side, value) for side, value, _ in shown(row)] == [(0, 350), (1, 400)]


def test_a_near_indicator_fills_in_once_and_under_the_broader_name() -> None:
    (row,) = rows(placed("全县配备专职网格员120名。", "全县有网格员350人。"))
    assert row.indicator == "网格员"
    assert [(side, {kind.value for kind in kinds}) for side, _, kinds in shown(row)] == [(1, set()), (0, {"INDICATOR"})]
    assert row.figures[1].differences[0].note == "指标不同：专职网格员是网格员的一种"


def test_a_part_of_a_thing_that_holds_it_anyway_is_the_whole_of_it() -> None:
    (row,) = rows(placed("驻村干部405名，其中第一书记137名。", "全县选派第一书记120名。"))
    assert [kinds for _, _, kinds in shown(row)] == [set(), set()]


def test_rows_that_most_sides_have_come_first_and_figures_of_a_side_are_limited() -> None:
    texts = ("网格员350人，乡镇12个。", "网格员400人，乡镇9个。", "网格员410人。")
    assert [row.indicator for row in rows(placed(*texts))] == ["网格员", "乡镇"]
    many = "2019年网格员300人。2020年网格员310人。2021年网格员320人。2022年网格员330人。"
    (row,) = rows(placed(many, "网格员400人。"), each=2)
    assert [(side, value) for side, value, _ in shown(row)] == [(0, 330), (0, 320), (1, 400)]


def test_the_same_figure_said_twice_stands_once() -> None:
    (row,) = rows(placed("网格员350人。会上说，网格员350人。", "网格员400人。"))
    assert len(row.figures) == 2


def test_rows_do_not_depend_on_the_order_of_other_figures() -> None:
    figures = placed("网格员350人，乡镇12个，党员900人。", "党员800人，乡镇9个，网格员400人。")
    assert {row.indicator: shown(row) for row in rows(figures)} == {row.indicator: shown(row) for row in rows(figures[::-1])}


def test_a_whole_city_beside_a_county_is_said_and_so_is_an_inferred_place() -> None:
    (one, other) = placed("网格员350人。", "网格员400人。")
    city = replace(one, level=PlaceLevel.PREFECTURE)
    county = replace(other, level=PlaceLevel.COUNTY, figure=replace(other.figure, place="X县", place_inferred=True))
    assert [(said.kind, said.note) for said in differences(city, county)] == [
        (KIND.PLACE, "地域层级不同：地市级；县级"),
        (KIND.INFERRED, "地区由文中其他词语推断：X县"),
    ]
    assert not list(differences(one, other))


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        (None, "540235", PlaceLevel.COUNTY),
        ("某市", "540200", PlaceLevel.PREFECTURE),
        ("某省", "540000", PlaceLevel.PROVINCE),
        ("青石乡", "540235", PlaceLevel.TOWNSHIP),
        ("河湾社区", "540235", PlaceLevel.VILLAGE),
        (None, "540235200", PlaceLevel.TOWNSHIP),
        ("X县", None, None),
        (None, None, None),
    ],
)
def test_the_level_of_a_place_is_told_by_its_name_and_code(name: str | None, code: str | None, level: PlaceLevel | None) -> None:
    assert level_of(name, code) is level


def test_only_what_two_sides_have_is_comparable() -> None:
    sides = [{"网格员": 2, "乡镇": 1, "茶园面积": 1}, {"专职网格员": 1, "行政村": 3}, {"乡镇": 2}]
    assert comparable(sides) == ["网格员", "乡镇", "专职网格员"]
    assert comparable([{"网格员": 1}]) == comparable([]) == []
    assert with_kin(["网格员"], comparable(sides)) == ["网格员", "专职网格员"]
    assert with_kin(["茶园面积"], comparable(sides)) == []


@pytest.mark.parametrize(
    ("text", "checked", "total"),
    [
        ("网格员350人，其中党员278人，占79.4%。", 3, 3),
        ("网格员350人，其中党员278人，占79.4%。全县有乡镇9个。", 3, 4),
        ("全县有乡镇9个。", 0, 1),
        ("", 0, 0),
    ],
)
def test_coverage_counts_the_figures_that_took_part_in_a_check(text: str, checked: int, total: int) -> None:
    document = read(text)
    found = check_coverage(document.statistics, document.checks)
    assert (found.checked, found.total) == (checked, total)
    assert found.holding + found.failing + found.undecided == len(document.checks)


def test_coverage_tells_what_holds_from_what_does_not() -> None:
    document = read("网格员350人，其中党员278人，占89.4%。")
    found = check_coverage(document.statistics, document.checks)
    assert found.failing == 1


def test_a_figure_in_two_checks_counts_once() -> None:
    figure = Statistic(id="S", quote="1人", span=Span(0, 2), value=1, unit="人", subject=None, measure=Measure.COUNT)
    check = read("网格员350人，其中党员278人，占79.4%。").checks[0]
    both = [replace(check, id=name, statistics=("S", "T")) for name in ("A", "B")]
    assert check_coverage([figure], both).checked == 1
