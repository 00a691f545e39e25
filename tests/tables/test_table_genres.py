"""What kind of writing a document with tables is: a workbook is no news."""

from __future__ import annotations

import pytest

from archive.records import Genre
from tests.tables.support import Part, document

ROWS = ["乡镇|户数|人口", "甲镇|210|830", "乙镇|220|860", "丙镇|230|890", "丁镇|240|920"]
SENTENCE = "昨日，全县各乡镇的干部走进群众家中，了解群众的困难和需要，帮助他们发展产业，受到群众的欢迎。"


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["平遥县2023年各乡镇基本情况", ROWS], id="a table below its title"),
        pytest.param(
            ["平遥县2023年各乡镇基本情况表", ROWS, "备注：数据截至2023年9月1日，由县统计局整理提供，如有出入以年报为准。"], id="with a note"
        ),
        pytest.param(["平遥县人口调查情况", ROWS], id="a survey's table is no report on one"),
        pytest.param(["平遥县推进会签到统计", ROWS], id="a meeting's"),
        pytest.param(["某村积分管理细则", "为规范积分管理，经村民代表会议讨论通过，制定本细则。", ["项目|加分", "不赌博|10"]], id="rules"),
    ],
)
def test_a_document_of_tables_or_rules_is_no_news_and_no_report(parts: list[Part]) -> None:
    assert document(*parts).genre is Genre.OTHER


def test_a_report_with_a_small_table_keeps_its_genre() -> None:
    assert document("干部走进群众家", *[SENTENCE] * 3, ["乡镇|户数", "甲镇|210"]).genre is Genre.NEWS
