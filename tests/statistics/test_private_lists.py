"""Lists of persons that no single name gives away: told by their head and by all names together. Places, crops and words are left alone."""

from __future__ import annotations

import pytest

from ingest.extract.name_evidence import are_names, is_headed
from ingest.extract.name_lines import is_about_one
from ingest.extract.people_names import is_put_together, people_rows
from ingest.extract.rosters import rosters
from tests.support import only
from tests.tables.support import document

HEAD = "某县关于网格工作的总结\n一、工作成效\n全县建成网格12个，配备网格员35名。"
BELOW = "二、下一步打算\n加强网格员培训，全县计划培训300人。"
AROUND = {"网格12个", "网格员35名", "培训300人"}
PLAIN = ["张山", "王河", "李春生", "赵金龙", "孙平", "周海"]
GROUPS = {
    "names like places": PLAIN,
    "two characters": ["刘畅", "王浩", "陈晨", "杨帆", "赵磊"],
    "Tibetan": ["扎西多吉", "次仁旺姆", "格桑卓玛", "旦增", "索朗"],
    "Mongol": ["巴特尔", "其其格", "娜仁高娃", "孟和巴图", "斯琴高娃"],
    "Uyghur": ["买买提·艾力", "阿依古丽", "吐尔逊", "库尔班", "努尔古丽"],
    "all of them": ["马安", "高平", "扎西多吉", "巴特尔", "买买提·艾力", "欧阳海"],
}
SHAPES = {
    "figures behind names under 低保户名单": ("2023年低保户名单", "{name} 1{at}0元"),
    "numbered under 公示": ("石桥村脱贫户公示名单：", "{at}、{name} 3{at}0元"),
    "behind marks": ("受益人名单", "{name}：{at}00元"),
    "marks of pupils": ("困难学生名单如下：", "{name}\t{at}00元\t石桥小学"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("group", GROUPS)
def test_names_with_figures_under_a_head_yield_nothing(group: str, shape: str) -> None:
    head, row = SHAPES[shape]
    found = only("\n".join([HEAD, head, *(row.format(name=name, at=at) for at, name in enumerate(GROUPS[group], 2)), BELOW]))
    assert {one.quote for one in found.statistics} == AROUND
    assert not [unit.quote for unit in found.units if any(name in unit.quote for name in GROUPS[group])]
    assert any("list of persons" in warning for warning in found.warnings)
    assert all(name in found.text for name in GROUPS[group])


@pytest.mark.parametrize("lead", ["网格员名单：", "成员：", "护林员：", "脱贫户：", "低保户名单\n", "户主："])
@pytest.mark.parametrize("parted", ["、", "，", "  ", " "])
@pytest.mark.parametrize("group", GROUPS)
def test_names_alone_are_no_unit(group: str, parted: str, lead: str) -> None:
    line = parted.join(GROUPS[group])
    found = only(f"{HEAD}\n{lead}{line}\n{BELOW}")
    assert not [unit.quote for unit in found.units if any(name in unit.quote for name in GROUPS[group])]
    assert {one.quote for one in found.statistics} == AROUND
    assert line in found.text


def test_names_alone_behind_common_surnames_need_no_head() -> None:
    assert rosters("刘畅、王浩、陈晨、杨帆、赵磊") != ()
    assert rosters("王 浩  陈 晨  杨 帆  赵建磊") != ()


SPREAD_HEADS = [
    "序 号 姓  名 联 系 电 话 负 责 区 域",
    "姓  名 性  别 联 系 电 话",
    "姓 名 职 务 负 责 网 格",
    "姓　　名 身 份 证 号 家 庭 住 址",
    "户  主 家 庭 人 口 联 系 电 话",
]


@pytest.mark.parametrize("head", SPREAD_HEADS)
def test_a_head_with_spaces_inside_its_words_is_that_head(head: str) -> None:
    rows = [f"{name} 13{at}12345678 负责第{at}网格巡查、调解矛盾" for at, name in enumerate(PLAIN, 2)]
    found = only("\n".join([HEAD, head, *rows, BELOW]))
    assert {one.quote for one in found.statistics} == AROUND
    assert not [unit.quote for unit in found.units if any(name in unit.quote for name in PLAIN)]
    assert any("list of persons" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "head", ["贫 困 户|家 庭 人 口|年 收 入", "农 户|人 口|补 贴", "村 民|人 口|补 贴", "联 户 长|走 访|化 解", "姓  名|人 口|收 入"]
)
def test_a_column_of_names_like_places_under_a_head_of_persons_gives_none(head: str) -> None:
    found = document("某县网格工作", [head, "张 山|5|12000", "王河|6|13000", "高平|4|11000"])
    assert found.statistics == ()
    assert found.warnings == ("table 1 lists persons by name: no figures are taken from it",)


def test_rows_of_a_grid_and_a_name_yield_nothing() -> None:
    rows = ["第1网格 张伟 走访120户 化解35起", "第2网格 李秀英 走访130户 化解45起", "第3网格 王芳 走访140户 化解15起"]
    found = only("\n".join([HEAD, *rows, BELOW]))
    assert {one.quote for one in found.statistics} == AROUND
    assert not [unit.quote for unit in found.units if "走访" in unit.quote]


CAPTIONS = [
    "李秀英同志2023年工作量统计",
    "张山同志工作量统计表",
    "网格员张山工作统计",
    "石桥村网格员王芳2023年走访情况统计表",
    "扎西多吉同志个人积分明细",
    "附件1：王建国同志值班情况统计表（2023年）",
    "买买提·艾力同志入户走访情况统计",
    "脱贫户张伟家庭收入情况",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_what_stands_under_the_name_of_one_person_is_withheld(caption: str) -> None:
    prose = only(f"{HEAD}\n{caption}\n走访农户120户，调解矛盾35起，代办事项56件。\n{BELOW}")
    lines = only(f"{HEAD}\n{caption}\n走访农户 120户\n调解矛盾 35起\n{BELOW}")
    table = document("某县网格工作", caption, ["项 目|数 量（件）", "走访农户|120", "调解矛盾|35"])
    assert {one.quote for one in prose.statistics} == {one.quote for one in lines.statistics} == AROUND
    assert not [unit.quote for unit in (*prose.units, *lines.units) if "走访农户" in unit.quote or "调解矛盾" in unit.quote]
    assert table.statistics == ()
    assert all(any("persons" in warning for warning in found.warnings) for found in (prose, lines, table))


@pytest.mark.parametrize(
    "caption",
    [
        "县委书记张伟同志工作情况统计",
        "镇长李秀英同志走访情况统计表",
        "石桥镇2023年工作量统计表",
        "党员同志积分情况统计表",
        "全体同志考核情况统计",
        "安全生产工作情况统计",
        "高标准农田建设情况统计表",
        "向王继才同志学习情况统计表",
        "张庄村工作情况统计",
        "网格员工作量统计表",
        "白河镇走访情况统计表",
        "金融服务情况统计",
        "各村网格员走访情况汇总",
        "文明实践工作情况统计",
        "张家坪村值班情况统计表",
    ],
)
def test_other_captions_are_about_no_private_person(caption: str) -> None:
    assert not is_about_one(caption)
    table = document("某县网格工作", caption, ["项目|数量（件）", "走访农户|120", "调解矛盾|35"])
    assert len(table.statistics) == 2


NO_NAMES = {
    "fruit": "苹果 葡萄 核桃 樱桃",
    "fruit like names": "李子 杨梅 杨桃 黄桃",
    "villages": "马庄 李庄 王庄 赵庄",
    "hamlets": "张家 李家 王家 何家",
    "villages with endings": "王家坪 李家湾 张家沟 赵家堡",
    "villages of two": "宋河 周岭 许坊 郑桥",
    "field": "高标准农田 高效节水 温室大棚",
    "tasks": "党建 治理 服务 发展",
    "duties": "安全 生产 环保 消防",
    "counties": "周至 韩城 吴起 徐水",
    "towns": "高平 石泉 白河 汉阴",
    "crops": "马铃薯 高粱 黄芪 党参",
    "herbs": "柴胡 连翘 黄精 苍术 白术",
    "days": "周一 周二 周三 周四",
    "practices": "马上办 周末办 易事办 云上办",
    "words": "计划 安全 单价 常规 应急",
    "questions": "何时 何地 何人 何事",
    "verbs": "许可 任免 巡查 宣传",
    "enterprises": "华强 万达 康师傅 金龙鱼",
    "offices": "党政办 经发办 综治办 民政办",
    "people of trades": "金牌调解员 党员 网格员 干部",
    "Tibetan places": "尼玛 达瓦 贡嘎 白玛岗",
    "banners": "乌兰 赛罕 达来 呼和浩特",
    "rivers": "白水江 黄河 汉江 金沙江",
    "livestock": "牛 羊 猪 马 鸡",
    "values": "文明 和谐 友善 诚信 法治",
    "schools": "张庄小学 李庄中学 王庄幼儿园",
    "projects": "石桥 水库 道路 车站",
}


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("group", NO_NAMES)
def test_places_crops_and_words_are_no_names_together_even_under_a_head(group: str, headed: bool) -> None:
    assert not are_names(NO_NAMES[group].split(), headed)


@pytest.mark.parametrize("lead", ["", "主要有：", "脱贫村名单：", "示范村名单\n", "示范企业名单\n", "成员单位："])
@pytest.mark.parametrize("put", ["{0}", "{0}120亩", "{0} 120人"])
@pytest.mark.parametrize("group", NO_NAMES)
def test_lists_of_them_are_read(group: str, put: str, lead: str) -> None:
    items = NO_NAMES[group].split()
    assert rosters(lead + "、".join(put.format(item) for item in items)) == ()
    assert rosters(lead + "\n".join(put.format(item) for item in items)) == ()


@pytest.mark.parametrize(
    ("before", "headed"),
    [
        ("2023年低保户名单", True),
        ("网格员：", True),
        ("受益农户名单如下：", True),
        ("名单", True),
        ("脱贫村名单", False),
        ("示范企业名单：", False),
        ("帮扶单位名单", False),
        ("成员单位：", False),
        ("主要作物：", False),
        ("特色农产品名单", False),
        ("重点项目名单", False),
        ("各乡镇名单", False),
    ],
)
def test_a_head_announces_persons_or_does_not(before: str, headed: bool) -> None:
    assert is_headed(before) is headed


ROWS = people_rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_names_of_peoples_are_put_together_of_their_parts(row: dict[str, list[str]]) -> None:
    assert all(is_put_together(word) for word in row["example"])
    assert not [word for word in row["keep"] if is_put_together(word)]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("县委书记张山带队走访企业120家。", "企业120家"),
        ("组长张山、副组长王河、成员李春生每月入户2次，全年走访农户1200户。", "农户1200户"),
        ("张山、王河、李春生3人获评优秀网格员，发放奖金1000元。", "奖金1000元"),
        ("成员由农业农村局、财政局、水利局等12个部门组成。", "12个部门"),
        ("农户种植苹果、葡萄、核桃3000亩。", "核桃3000亩"),
        ("居民代表、党员、乡贤共120人参加议事。", "120人"),
        ("高平、石泉、白河3镇建成冷库12座。", "冷库12座"),
    ],
)
def test_prose_that_names_persons_or_places_is_read(sentence: str, quote: str) -> None:
    assert rosters(sentence) == ()
    found = only(f"{HEAD}\n{sentence}")
    assert any(quote in one.quote for one in found.statistics), [one.quote for one in found.statistics]
    assert not found.warnings
