"""Lists of persons outside tables are told, and nothing is taken from them; lists of anything else are left alone."""

from __future__ import annotations

import pytest

from archive.records import Document
from ingest.extract.rosters import rosters
from ingest.pipeline import run
from tests.support import raw

ABOVE = "全县建成网格12个，配备网格员35名。"
BELOW = "截至目前，全县发放补贴300万元。"
ROWS = ["张建国 男 13812345678 12亩", "李秀英 女 13912345678 8亩", "王志强 男 13712345678 15亩", "马晓红 女 13612345678 20亩"]
IDS = ["1 张建国 140728199001011234 500元", "2 李秀英 14072819900101123X 600元", "3 王志强 140728********1234 700元"]


def only(lines: str) -> Document:
    (document,) = run(raw(f"某县关于发放补贴的公示\n{ABOVE}\n{lines}\n{BELOW}"))
    return document


LISTS = {
    "under a head": ["姓名 性别 联系电话 种植面积", *ROWS],
    "without a head": ROWS,
    "identity numbers, some of them masked": IDS,
    "identity numbers under a head": ["序号 姓名 身份证号 金额", *IDS],
    "a village before each name": [f"红旗村 {row}" for row in ROWS],
    "names of two characters": ["张伟 男 13812345678 12亩", "李娜 女 13912345678 8亩", "王芳 女 13712345678 15亩"],
}
PUT = {"spaces": " ", "tabs": "\t", "wide spaces": "\u3000", "marks": "，", "lines": "\n"}


@pytest.mark.parametrize("parted", PUT)
@pytest.mark.parametrize("kind", LISTS)
def test_nothing_is_taken_from_a_list_of_persons_and_the_document_says_so(kind: str, parted: str) -> None:
    found = only("\n".join(row.replace(" ", PUT[parted]) for row in LISTS[kind]))
    quotes = [one.quote for one in (*found.statistics, *found.units)]
    assert not [quote for quote in quotes if "亩" in quote or "元" in quote.replace("300万元", "")], quotes
    assert "网格员35名" in [one.quote for one in found.statistics]
    (warning,) = [one for one in found.warnings if "list of persons" in one]
    assert warning.startswith("holds what looks like a list of persons (1 place)")
    assert all(name[:3] in found.text for name in ("张建国", "王志强") if name in "".join(LISTS[kind]))


NO_LISTS = {
    "townships": ["马营镇 120人 35户", "牛角镇 130人 36户", "龙泉镇 150人 37户", "石泉镇 160人 38户"],
    "townships, short": ["白河 120 35", "石泉 130 36", "汉阴 150 37", "宁陕 160 38"],
    "men and women counted": ["安康 男 120 女 130", "白河 男 110 女 120", "石泉 男 90 女 80", "高台 男 90 女 70"],
    "schools": ["王庄小学 男 120 女 110", "李庄小学 男 90 女 80", "张庄小学 男 30 女 20"],
    "practices": ["马上办 120件", "周末办 130件", "易事办 150件", "云上办 160件"],
    "crops": ["马铃薯 120亩", "高粱 130亩", "黄芪 150亩", "党参 160亩"],
    "large figures": ["张庄 13812345678元", "李庄 13912345678元", "王庄 13712345678元"],
    "who answers for projects": ["大桥 马国强 500万元", "水库 王芳 600万元", "道路 李伟 700万元"],
    "one contact": ["联系人：张建国 电话：13812345678"],
    "two contacts": ["张建国 13812345678", "李秀英 13912345678"],
}


@pytest.mark.parametrize("parted", ["spaces", "tabs", "marks"])
@pytest.mark.parametrize("kind", NO_LISTS)
def test_other_lists_are_no_lists_of_persons(kind: str, parted: str) -> None:
    assert rosters("\n".join(row.replace(" ", PUT[parted]) for row in NO_LISTS[kind])) == ()


PROSE = [
    "张建国，男，汉族，1965年3月生，带领群众种植药材300亩。李秀英，女，汉族，办起合作社，吸纳农户120户。王志强，男，建成大棚50座。",
    "组长张建国、副组长李秀英、成员王志强每月入户2次，全年走访1200户，男女老少都说好。",
    "培训妇女120人次，其中王家庄女 30人，李家庄男 20人，张家庄女 10人。",
    "制作姓名牌350个，登记电话1200个，张建国、李秀英两名网格员每人联系60户。",
    "党员张建国包联12户、李秀英包联15户、王志强包联20户、马晓红包联18户，共化解矛盾65起。",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_on_persons_is_read_as_prose(text: str) -> None:
    assert rosters(text) == ()


def test_two_lists_are_two_and_what_stands_between_them_is_read() -> None:
    found = only("\n".join([*ROWS, "二、第二批名单", "第二批共有农户120户参加。", *IDS]))
    assert "农户120户" in "".join(one.quote for one in found.statistics)
    assert any("(2 places)" in warning for warning in found.warnings)
