"""Lines beside the text: whom to call, and what stands around a table. They are kept and searched, and say neither measures nor figures."""

from __future__ import annotations

import pytest

from tests.tables.support import Part, document

TITLE = "某县乡村治理工作总结"
DONE = "全县划分网格44个，配备网格员350人，建立矛盾纠纷排查调处机制。"
TABLE = ["乡镇|人数|户数", "城关镇|12|5", "段村镇|7|4"]
CONTACTS = [
    "联系人：孙丽 电话：0899-1234567",
    "联系人：孙丽，电话：0899-1234567",
    "（联系人：孙丽；联系电话：13800001111）",
    "联系人: 孙丽、王小明 电话: 0899-1234567/7654321",
    "联系人及电话：孙丽 0899-1234567",
    "联系人：县农业农村局 孙丽（办公室主任），电话：0899-1234567。",
    "联系电话：0899-1234567（传真）",
    "监督举报电话：12345",
    "传真：0899-1234567",
    "电子邮箱：abc_12@163.com",
    "邮箱:abc@163.com 邮编:731000",
    "地址：城关镇建设路12号县政府三楼",
    "通讯地址：城关镇建设路12号 邮政编码：731000",
    "填报人：张三  审核人：李四",
    "填报单位：县民政局 填报人：张三 联系电话：13800001111 填报日期：2023年12月25日",
    "单位负责人：王五    填表人：赵六",
    "负责人：王五",
    "责任人：阿卜杜拉·买买提",
    "制表人：　　　　　　审核人：",
    "网址：http://www.example.gov.cn",
]


@pytest.mark.parametrize("line", CONTACTS)
@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        pytest.param(["一、主要做法", DONE, "二、下一步打算"], 1, id="all of a section"),
        pytest.param(["一、主要做法", DONE, TABLE], 1, id="below a table"),
        pytest.param(["（一）健全机制。" + DONE, "（二）强化保障。" + DONE, TABLE], 2, id="end of the last item"),
        pytest.param(["主要做法", DONE], 0, id="a heading alone"),
        pytest.param([DONE, "下一步工作打算", "强化组织保障。" + DONE], 2, id="plans"),
    ],
)
def test_who_to_call_is_neither_a_measure_nor_a_figure(before: list[Part], kinds: int, line: str) -> None:
    without, found = document(TITLE, *before), document(TITLE, *before, line)
    assert [(unit.kind, unit.quote) for unit in found.units] == [(unit.kind, unit.quote) for unit in without.units]
    assert len(found.units) == kinds
    assert [item.quote for item in found.statistics] == [item.quote for item in without.statistics]
    assert found.practices == without.practices


@pytest.mark.parametrize(
    "line",
    [
        "确定联系人，建立联系电话制度。",
        "建立联系人制度，公布联系电话120个。",
        "负责人：统筹推进网格管理，定期研判矛盾纠纷，推动问题解决。",
        "落实责任人：每村确定1名村干部负责垃圾清运，健全管护机制。",
        "设立热线电话：群众拨打12345，24小时内答复，全年办结诉求3200件。",
        "建立微信群：网格员每天发布信息，及时回应群众诉求120件。",
        "开通举报电话3部，畅通监督渠道。",
        "地址变更登记：为搬迁群众办理户口迁移300户，落实服务保障。",
    ],
)
def test_a_sentence_about_persons_and_telephones_is_read(line: str) -> None:
    assert document(TITLE, "一、主要做法", line).units


AROUND_ABOVE = [
    "表1 2023年各乡镇网格建设情况表",
    "表1：2023年各乡镇网格建设情况",
    "附表2：推进网格建设任务分解表",
    "附件3 加强网格建设重点任务清单",
    "2023年各乡镇网格建设情况表",
    "加强网格建设任务分解表（2023年）",
    "单位：个、人",
    "（单位：人）",
    "填报单位：县民政局    单位：人",
    "续表",
    "附：推进网格建设情况统计表",
    "计量单位：人、户",
]
AROUND_BELOW = [
    "注：本表数据由各乡镇报送，不含流动人口。",
    "注：1.完善网格建设数据由各乡镇报送。",
    "备注：建立健全网格的乡镇以实际报送为准",
    "资料来源：县统计局",
    "数据来源：推进网格建设工作专班",
    "说明：建立网格数为年末数。",
    "附：加强网格建设名单",
    "填报人：张三  审核人：李四",
]


@pytest.mark.parametrize("line", AROUND_ABOVE)
def test_what_stands_above_a_table_is_no_measure(line: str) -> None:
    for before in (["一、主要做法", DONE, "二、下一步打算"], ["一、主要做法", DONE, "二、意见建议", "强化保障。" + DONE]):
        without = [(unit.kind, unit.quote) for unit in document(TITLE, *before, TABLE).units]
        found = document(TITLE, *before, line, TABLE)
        assert [(unit.kind, unit.quote) for unit in found.units] == without
        assert line in found.text


@pytest.mark.parametrize("line", AROUND_BELOW)
def test_what_stands_below_a_table_is_no_measure(line: str) -> None:
    for before in (["一、主要做法", DONE, "二、下一步打算"], ["一、主要做法", DONE, "二、意见建议", "强化保障。" + DONE]):
        without = [(unit.kind, unit.quote) for unit in document(TITLE, *before, TABLE).units]
        found = document(TITLE, *before, TABLE, line)
        assert [(unit.kind, unit.quote) for unit in found.units] == without
        assert line in found.text


def test_several_lines_around_a_table_are_all_beside_the_text() -> None:
    above = ["附件1", "2023年各乡镇网格建设情况表", "单位：人、户"]
    below = ["注：1.完善网格数为年末数；", "2.建立网格的乡镇以报送为准。", "填报人：张三 联系电话：0899-1234567"]
    found = document(TITLE, "一、主要做法", DONE, "二、下一步打算", *above, TABLE, *below)
    assert [unit.quote for unit in found.units] == ["全县划分网格44个"]
    assert all(line in found.text for line in (*above, *below))


@pytest.mark.parametrize(
    "line",
    [
        "加强网格建设，推动服务下沉到户。",
        "强化网格队伍建设",
        "（一）健全网格体系",
        "注重网格建设：配备专职网格员，建立巡查制度。",
        "表1显示，各乡镇网格建设有待加强，下一步将健全网格体系。",
        "附近村庄联动：建立联防联控机制，配备巡防队员。",
    ],
)
def test_a_measure_right_beside_a_table_stays_one(line: str) -> None:
    assert [unit for unit in document(TITLE, "一、下一步打算", line, TABLE).units if unit.quote[:4] in line]
    assert [unit for unit in document(TITLE, "一、下一步打算", TABLE, line).units if unit.quote[:4] in line]


def test_the_title_and_the_unit_of_a_table_still_say_what_its_figures_are() -> None:
    found = document(TITLE, "一、主要做法", DONE, "表1 2021年各乡镇产值情况表", "单位：万元", ["乡镇|工业产值", "城关镇|12"])
    assert [(item.subject, item.value, item.unit, item.period) for item in found.statistics][-1] == ("工业产值", 120000, "元", "2021")


def test_figures_of_a_note_are_kept() -> None:
    found = document(TITLE, DONE, TABLE, "注：本表不含流动人口3000人。")
    assert [item.subject for item in found.statistics if item.value == 3000] == ["本表不含流动人口"]
