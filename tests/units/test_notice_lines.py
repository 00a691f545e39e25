"""Lines of notices and names of tables in plain text of any format: they are kept and searched, and are no units."""

from __future__ import annotations

import pytest

from archive.text import Span
from ingest.notice_lines import is_row, kind_of, notice_lines, notice_rows
from ingest.pipeline import run
from tests.support import only, raw
from tests.tables.support import document

TITLE = "某县乡村治理工作总结"
DONE = "全县划分网格44个，配备网格员350人，建立矛盾纠纷排查调处机制。"
ROWS = notice_rows()
EXAMPLES = [pytest.param(row["name"], line, id=line) for row in ROWS for line in row["example"]]
KEEP = sorted({line for row in ROWS for line in row["keep"]})
SECTIONS = ["主要做法", "工作成效", "经验启示", "下一步打算"]
OTHERS = [
    "公示制度落实到位，全年公开财务信息120条，群众满意度达98%。",
    "推行“三务”公示，各村每月张贴一次，接受群众监督。",
    "监督电话作用明显，全年受理群众诉求3200件，办结率99%。",
    "健全联系人制度，每名干部联系脱贫户5户。",
    "公示对象坚持应纳尽纳，新增低保户35户。",
    "全面落实干部包联，建立任务分解表，压实工作责任。",
    "建立重点任务一览表",
    "健全网格员考核登记表",
    "落实领导干部包联名单",
    "完善党员积分排名表",
    "对公示结果有异议的，由乡镇组织复核，取消资格3户。",
    "现将低保资金按月发放到户，惠及1200户。",
    "举报邮箱开通以来，收到线索35条，办结33条。",
    "接待单位由3个增加到12个，群众办事更加方便。",
    "办公时间：推行错时延时服务，办理事项1200件。",
    "姓名牌制作350个，网格员全部挂牌上岗。",
]


@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_a_line_of_a_notice_is_told_by_its_row(name: str, line: str) -> None:
    kind = kind_of(line)
    assert kind is not None and kind.name == name


@pytest.mark.parametrize("line", [*KEEP, *OTHERS])
def test_a_line_that_tells_of_a_practice_is_none(line: str) -> None:
    assert kind_of(line) is None


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_a_line_of_a_notice_is_no_unit_in_any_section(section: str, name: str, line: str) -> None:
    before = [TITLE, f"一、{section}", DONE]
    without, found = document(*before), document(*before, line)
    assert [(unit.kind, unit.quote) for unit in found.units] == [(unit.kind, unit.quote) for unit in without.units], name
    assert [item.quote for item in found.statistics] == [item.quote for item in without.statistics]
    assert line in found.text


@pytest.mark.parametrize("line", ["监督电话：0899-1234567", "举报邮箱：abc@163.com", "公示期：2023年5月1日至5月7日", "网格员名单"])
def test_a_marked_line_of_a_notice_is_no_unit_and_its_siblings_stay(line: str) -> None:
    found = document(TITLE, "一、主要做法", f"（一）健全机制。{DONE}", f"（二）{line}", f"（三）强化保障。{DONE}")
    assert [unit.quote[:4] for unit in found.units if unit.marker in ("（一）", "（二）", "（三）")] == ["健全机制", "强化保障"]
    known = {unit.id for unit in found.units}
    assert all(unit.parent is None or unit.parent in known for unit in found.units)


@pytest.mark.parametrize("line", OTHERS)
def test_what_tells_of_a_practice_is_read(line: str) -> None:
    found = only(f"{TITLE}\n一、工作成效\n{DONE}\n{line}")
    assert [unit for unit in found.units if unit.quote[:4] in line]


def test_a_name_of_a_table_that_the_file_marks_as_a_heading_opens_its_section() -> None:
    name = "各乡镇网格建设情况统计表"
    text = f"{DONE}\n{name}\n{DONE}"
    start = text.index(name)
    assert list(notice_lines(text, tables_too=True)) == [Span(start, start + len(name))]
    assert list(notice_lines(text, True, {start})) == list(notice_lines(text, tables_too=False)) == []


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("公示期：2023年5月1日至5月7日举报邮箱：abc@163.com", True),
        ("监督电话：0899-1234567 公示期：7天", True),
        ("监督电话：0899-1234567公示制度：每月公开财务120条", False),
        ("全年办结诉求35件。监督电话：0899-1234567", False),
    ],
)
def test_lines_of_a_notice_that_were_read_as_one_are_told(line: str, whole: bool) -> None:
    assert (kind_of(line) is not None) is whole


SCAN = ["村名 户数 已走访 走访率", "石桥村 120 35 98.5%", "柳河村 130 36 97.5%", "红旗村 140 38 99.5%"]


@pytest.mark.parametrize("section", SECTIONS)
def test_rows_of_a_table_that_were_read_as_lines_are_no_units_and_keep_their_figures(section: str) -> None:
    found = only("\n".join([TITLE, f"一、{section}", DONE, *SCAN]))
    assert not [unit.quote for unit in found.units if any(row[:3] in unit.quote for row in SCAN[1:])]
    assert "98.5%" in "".join(item.quote for item in found.statistics)


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("石桥村 120 35 98.5%", True),
        ("1 石桥村 120户 35人 98.5%", True),
        ("第一网格\t120户\t35起\t98.5%", True),
        ("建成大棚 50 座", False),
        ("新建公路 12 公里 惠及群众 3000 人", False),
        ("新增大棚 120座 惠及农户 35户", False),
        ("全年走访 120 户 ，化解矛盾 35 起 。", False),
        ("1 2 3 4", False),
        ("2023年 5月 全县启动", False),
    ],
)
def test_a_row_is_told_from_words_with_spaces(line: str, row: bool) -> None:
    assert is_row(line) is row


SCATTERED = """黄土乡位于某县西部，2023年实施乡村振兴项目27个，受益群众9200人。
村名 户数 人口
120 400
村集体收入
2022年 2023年
上塘村
下塘村 133仙桥村 146
10
20.0 22.0 437 21.5
石口村
双溪村 150
41.0
"""


def test_cells_of_a_table_that_were_read_in_a_picture_are_no_units() -> None:
    quotes = [unit.quote for unit in run(raw(SCATTERED))[0].units]
    assert quotes and all("村" not in quote or "乡村振兴" in quote for quote in quotes), quotes
    assert not any("2022年 2023年" in quote for quote in quotes)


def test_lines_with_a_verb_between_cells_stay() -> None:
    marked = ("（一）建强网格队伍\n配备专职网格员120名。", "（二）开展积分兑换\n兑换积分2万分。", "（三）推行上门服务\n服务群众300人次。")
    text = "\n".join(("三、主要做法", *marked)) + "\n"
    assert len(run(raw(text))[0].units) >= 3
