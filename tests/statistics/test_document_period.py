"""The period that a document reports on."""

from __future__ import annotations

from typing import Any

import pytest

from archive.records import Document, Genre
from ingest.extract.document_period import find_period
from tests.places.builders import draft


def period(text: str, **head: Any) -> str | None:
    document: Document = find_period(draft(text, **head))
    return document.period


REPORT = {"title": "某县2024年政府工作报告", "genre": Genre.WORK_REPORT}


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("各位代表：\n一、2023年工作回顾\n2023年，全县坚持稳中求进。", REPORT, "2023"),
        ("各位代表：\n一、2024年工作打算\n今年要抓好项目。", REPORT, "2024"),
        ("各位代表：\n2019年工作总结已经印发。今年要抓好项目。", REPORT, "2024"),
        ("2021年底，柳林村举行换届选举。新班子上任。", {"published": "2021-12-20"}, "2021"),
        ("2017年，柳林村的鱼塘闲置多年。", {"published": "2018-01-09"}, "2017"),
        ("2017年，柳林村的鱼塘闲置多年。今年修好。", {"published": "2023-01-09"}, None),
        ("2017年，柳林村的鱼塘闲置多年。今年修好。", {}, None),
        ("棚室发展迅速。\n2014年，建成棚室20个。扣棚面积4万亩。", {}, "2014"),
        ("棚室发展迅速。\n2014年，建成棚室20个。2012年才3个。", {}, None),
        ("棚室发展迅速。\n2014年，建成棚室20个。目前扣棚面积4万亩。", {}, None),
        ("秋天的村子很美。", {"title": "柳林村获评2022年中国美丽乡村"}, None),
        ("秋天的村子很美。", {"title": "柳林村2022年工作总结"}, "2022"),
        ("服务队成立多年。2026年5月2日至9日，服务队围绕春耕，深入各村。", {}, "2026-05"),
    ],
)
def test_the_period_is_what_the_document_reports_on(text: str, head: dict[str, Any], expected: str | None) -> None:
    assert period(text, **head) == expected
