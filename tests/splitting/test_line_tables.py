"""A title above rows that a plain text prints with spaces between their cells."""

import pytest

from tests.support import only

ROWS = ["石桥镇{0}1000{0}2000", "柳河镇{0}1020{0}2033", "大坪乡{0}1040{0}2066"]
TITLE = "泸溪县各乡镇柑橘种植情况（2023年）"
GAPS = [" ", "  ", "    ", "\t", "　"]


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("above", [["单位：亩、吨", "乡镇{0}面积{0}产量"], ["乡镇{0}面积{0}产量"], []])
@pytest.mark.parametrize("end", ["", "\n注：数据来自县统计局。"])
def test_a_short_line_above_rows_is_their_title(gap: str, above: list[str], end: str) -> None:
    lines = [line.format(gap) for line in (*above, *ROWS)]
    document = only("\n".join([TITLE, *lines]) + end)
    assert document.title == TITLE
    assert document.text == "\n".join(lines) + end


@pytest.mark.parametrize("gap", ["  ", "    ", "\t"])
def test_a_head_of_two_columns_is_no_title(gap: str) -> None:
    lines = [line.format(gap) for line in ("乡镇{0}户数", "石桥镇{0}1000", "柳河镇{0}900", "大坪乡{0}800")]
    document = only("\n".join([TITLE, *lines]))
    assert document.title == TITLE
    assert document.text == "\n".join(lines)


def test_a_list_of_persons_has_a_title_and_no_figures() -> None:
    document = only("柳河镇公益岗位人员名单\n1 张伟 男 30 石桥村 800元\n2 李秀英 女 31 石桥村 810元\n3 王建国 男 32 石桥村 820元")
    assert document.title == "柳河镇公益岗位人员名单"
    assert document.text.startswith("1 张伟")


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(ROWS).format(" "),
        "乡镇 面积 产量\n" + "\n".join(ROWS).format(" "),
        "附件1\n" + "\n".join(ROWS).format(" "),
        f"{TITLE}\n石桥镇 1000 2000",
        f"{TITLE}\n石桥镇\n柳河镇\n大坪乡",
    ],
)
def test_rows_alone_and_a_line_above_no_rows_have_no_title(page: str) -> None:
    document = only(page)
    assert document.title is None
    assert document.text == page


def test_headlines_above_text_stay_the_head_though_one_has_a_number_in_it() -> None:
    document = only("乡村振兴 2023 新篇章\n青山县推进基层治理\n近年来，青山县大力推进基层治理创新，取得了明显成效，群众满意度不断提升。")
    assert document.text.startswith("近年来")
