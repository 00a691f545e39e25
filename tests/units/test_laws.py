"""What holds for the units and practices of any text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.units.build import linked

_PIECES = [
    *(
        "一、主要做法\n",
        "二、存在的问题\n",
        "三、对策建议\n",
        "（一）",
        "（二）",
        "1.",
        "一是",
        "二是",
        "一方面，",
        "\n",
        "。",
        "，",
        "；",
        "“",
        "”",
    ),
    *(
        "强化组织保障",
        "人才不足",
        "化解纠纷20起",
        "截至目前",
        "目前，",
        "下一步，",
        "存在短板问题",
        "清溪县推行",
        "“云治”平台",
        "智慧管理系统",
    ),
    *(
        "取得成效\n",
        "下一阶段重点工作\n",
        "到2031年，",
        "将突破",
        "告诉记者",
        "在大棚里，",
        "投入资金",
        "增长9%",
        "服务网络初步形成",
        "网格状",
        '"',
    ),
    *(
        "针对人才不足问题，",
        "为破解这些难题，",
        "截至6月底，",
        "引进人才",
        "通过培训，",
        "存在以下问题：",
        "（1）",
        "①",
        "首先，",
        "——",
        "● ",
        " ",
    ),
    *("一、", "二、", "过去，", "由3户增加到9户", "获评先进", "当地", "建议从以下几方面着手。", "全县公开招聘"),
    *("实现了全覆盖", "同时，", "3600户", "说：", "𠀀", "\u3000", "要加强", "必须"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_every_unit_and_practice_is_a_quote_inside_its_extent(text: str) -> None:
    doc = linked(text)
    ids = {unit.id: unit for unit in doc.units}
    assert len(ids) == len(doc.units)
    assert [unit.span.start for unit in doc.units] == sorted(unit.span.start for unit in doc.units)
    for unit in doc.units:
        assert unit.span.of(text) == unit.quote
        assert unit.quote.strip()
        assert unit.extent.holds(unit.span)
        assert len(unit.themes) <= 3
        assert unit.parent is None or ids[unit.parent].extent.holds(unit.span)
    for before, after in zip(doc.units, doc.units[1:], strict=False):
        assert before.span.end <= after.span.start
    for practice in doc.practices:
        assert practice.span.of(text) == practice.quote
        assert practice.unit_id is None or ids[practice.unit_id].extent.holds(practice.span)
    targets = {*ids, *(one.id for one in doc.statistics)}
    for link in doc.links:
        assert link.start in ids
        assert link.target in targets - {link.start}
        assert link.cue.text
        assert link.cue.span.of(text) == link.cue.text
    assert len({(link.start, link.relation, link.target) for link in doc.links}) == len(doc.links)
    assert linked(text) == doc


def test_time_is_linear_in_texts_made_to_be_slow() -> None:
    for piece in (
        "存在",
        "“",
        "得到",
        "实现",
        "一是推进",
        "清溪县推行，",
        "目前1",
        "建设系统",
        "强化保障。\n",
        "（一）推进\n",
        "取得成效\n",
        "“好。”",
        "一、甲（一）乙",
        "针对人手不足问题，推进。",
        "1.人手不足。",
        "一是建议，",
    ):
        linked(piece * 200)
        started = time.process_time()
        linked(piece * (60_000 // len(piece)))
        assert time.process_time() - started < 3, piece
