"""The example queries give the answers that the gold files hold, each with its quote, within the limits of the service."""

import asyncio
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, validate

from api.limits import Limits
from schema.build import build_schema
from schema.context import Context
from tests.graphql.world import QUERIES, gold, schema, services

FILES = sorted(QUERIES.glob("*.graphql"))


@cache
def answer(name: str) -> Any:
    (path,) = [file for file in FILES if file.stem.startswith(name)]
    given = path.with_suffix(".json")
    variables = json.loads(given.read_text("utf-8")) if given.exists() else None
    limited = build_schema([Limits])
    result = asyncio.run(limited.execute(path.read_text("utf-8"), variable_values=variables, context_value=Context.of(services())))
    assert not result.errors, result.errors
    return result.data


def source(node: dict[str, Any]) -> str:
    return str(node["source"]["name"])[:3]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_is_valid_runs_and_finds_something(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# 问题（") and "\n# 看什么：" in text
    assert validate(schema().graphql, parse(text)) == []
    assert json.dumps(answer(path.stem)).count('"id"') > 0


def test_every_variables_file_has_its_query() -> None:
    assert {path.stem for path in QUERIES.glob("*.json")} <= {path.stem for path in FILES}


def test_secretary_projects_are_told_by_three_documents_and_one_reprint() -> None:
    nodes = [edge["node"] for edge in answer("01")["search"]["edges"]]
    assert sorted(source(node) for node in nodes) == ["000", "002", "004"]
    assert answer("01")["search"]["totalCount"] == 3
    reprints = {source(node): [source(one) for one in node["reprints"]] for node in nodes}
    assert reprints == {"000": ["001"], "002": [], "004": []}


def test_figures_of_secretary_projects_are_added_up_again() -> None:
    checks = {source(edge["node"]): edge["node"]["checks"] for edge in answer("01")["search"]["edges"]}
    held = {check["relation"].replace(" ", ""): check["holds"] for check in checks["000"]}
    for want in gold("000")["documents"][0]["consistency"]:
        assert held.get(want["relation"]) is want["holds"], held


def test_grid_workers_of_four_places_with_their_quotes_and_nobody_else() -> None:
    nodes = answer("02")["figures"]["nodes"]
    found = {(node["placeName"], node["value"]) for node in nodes}
    assert {("X县", 350), ("X县", 278), ("聂拉木县", 47), ("林芝市", 399), ("XX市", 16000)} <= found
    for node in nodes:
        assert "网格员" in node["subject"]
        assert "双联户" not in node["subject"] + node["quote"]
        assert node["value"] not in {489, 209}
        assert node["placeInferred"] is (node["placeName"] in {"X县", "XX市"})
    quotes = {node["quote"] for node in nodes}
    assert {"网格员350人", "网格员399名", "网格员1.6万名"} <= quotes


def test_problems_of_a_county_and_what_it_recommends_against_them() -> None:
    units = answer("03")["document"]["units"]["nodes"]
    wanted = {unit["quote"] for unit in gold("000")["documents"][0]["units"] if unit["kind"] == "PROBLEM" and not unit.get("optional")}
    found = {unit["quote"] for unit in units}
    assert len(wanted & found) >= 0.8 * len(wanted)
    advice = {unit["quote"] for unit in gold("000")["documents"][0]["units"] if unit["kind"] == "RECOMMENDATION"}
    answered = [unit for unit in units if unit["recommendations"]]
    assert len(answered) >= len(units) / 2
    for unit in answered:
        shared = {theme["name"] for theme in unit["themes"]}
        for one in unit["recommendations"]:
            assert shared & {theme["name"] for theme in one["themes"]}
    given = {one["quote"] for unit in answered for one in unit["recommendations"]}
    assert len(given & advice) >= 0.7 * len(given)


def test_who_is_short_of_hands() -> None:
    problems = answer("04")["problems"]["nodes"]
    assert problems and {unit["kind"] for unit in problems} == {"PROBLEM"}
    assert {"000"} <= {source(unit["document"]) for unit in problems}
    assert all(unit["kind"] == "MEASURE" for unit in answer("04")["measures"]["nodes"])


def test_systems_and_platforms_with_their_states() -> None:
    found = {node["name"].strip("“”"): node for node in answer("05")["practices"]["nodes"]}
    names = " ".join(found)
    for name in ("珠峰智慧党建系统", "珠峰党建信息管理系统", "网上缴纳党费管理系统", "智慧党建数字乡村"):
        assert name in names
    assert found["珠峰党建信息管理系统"]["state"] == "IN_USE"
    assert found["网上缴纳党费管理系统"]["state"] == "TRIAL"
    assert found["珠峰智慧党建系统"]["state"] == "PLANNED"
    assert {node["kind"] for node in found.values()} <= {"SYSTEM", "PLATFORM"}
    assert found["珠峰党建信息管理系统"]["placeName"] == "仁布县"
    (called,) = [node for node in answer("05")["called"]["nodes"] if node["name"].startswith("四级智慧党建")]
    assert called["document"]["source"]["name"].startswith("004")


def test_four_counties_on_three_themes() -> None:
    table = answer("06")["compare"]
    assert [place["name"] for place in table["places"]] == ["仁布县", "岗巴县", "米林县", "聂拉木县"]
    cells = {(cell["placeId"][6:], cell["themeId"][6:]): cell for cell in table["cells"]}
    assert len(cells) == 12
    assert "NO_DOCUMENT" not in {cell["state"] for cell in cells.values()}
    assert cells["540422", "grid-management"]["state"] == "FOUND"
    assert cells["540235", "grid-management"]["state"] == "FOUND"
    assert cells["540235", "service-centres"]["state"] == "FOUND"
    assert cells["540237", "grid-management"]["state"] == "READ_NOT_MENTIONED"
    for cell in cells.values():
        assert (cell["state"] == "FOUND") is bool(cell["units"])


def test_figures_of_three_places_side_by_side_with_what_differs() -> None:
    found = answer("10")["compareFigures"]
    assert [side["place"]["name"] for side in found["sides"]] == ["聂拉木县", "林芝市", "岗巴县"]
    rows = {row["indicator"]: row for row in found["rows"]}
    assert rows["网格员"]["unit"] == "人"
    assert rows["网格员"]["figures"][0]["statistic"]["quote"] == "网格员399名"
    narrower = [figure for figure in rows["网格员"]["figures"] if figure["statistic"]["quote"] == "专职网格员47名"]
    assert ["专职网格员是网格员的一种" in said["note"] for said in narrower[0]["differences"]].count(True) == 1


def test_the_first_page_has_all_that_a_front_end_shows() -> None:
    page = answer("07")["search"]
    assert page["totalCount"] >= len(page["edges"]) > 0
    assert {one["label"] for one in page["appliedFilters"]} == {"新闻报道", "典型案例"}
    assert [facet["field"] for facet in page["facets"]] == ["TYPE", "GENRE", "PLACE", "THEME", "UNIT_KIND", "SOURCE"]
    assert all(edge["node"]["__typename"] and edge["highlights"] for edge in page["edges"])


def test_the_document_page_stands_on_its_text() -> None:
    page = answer("08")["document"]
    assert source(page) == "002" and page["genre"] == "CASE"
    for unit in page["units"]["nodes"]:
        start, end = unit["evidence"]["range"].values()
        assert page["text"][start:end] == unit["quote"] or end > 3000
    assert page["captions"] and page["outline"] and page["places"]


def test_a_practice_stands_once_with_its_mentions_in_several_documents() -> None:
    found = {one["name"]: one for one in answer("09")["namedPractices"]}
    project = found["书记项目"]
    assert {source(node["document"]) for node in project["mentions"]["nodes"]} == {"000", "002", "004"}
    assert project["mentionCount"] == 3
    assert project["states"] == ["IN_USE"]
    assert {"聂拉木县"} <= {place["name"] for place in project["places"]}
    assert all(one["variants"] for one in found.values())


def test_a_query_in_the_search_language_tells_how_it_was_read_and_what_else_there_is() -> None:
    found = answer("12")
    assert [node["quote"] for node in found["figures"]["nodes"]] and found["figures"]["totalCount"] == 2
    assert [clause["label"] for clause in found["figures"]["reading"]["clauses"]] == ["数据：网格员≥300人", "不要地区：林芝市"]
    assert found["misspelt"]["didYouMean"]["text"] == "网格员 党员"
    assert found["nothing"]["nothingFound"]["relaxed"]["text"] == "书记项目"
