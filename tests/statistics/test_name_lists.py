"""Names with figures behind them are a list of persons, though nothing but the names says so; places and things are not."""

from __future__ import annotations

import pytest

from archive.records import Document
from ingest.extract.rosters import rosters
from ingest.pipeline import run
from tests.support import raw

NAMES = ("张伟", "李秀英", "王建国", "扎西多吉", "买买提·艾力", "欧阳明", "陈桂兰", "刘洋")
ABOVE = "全县建成网格12个，配备网格员35名。"
BELOW = "截至目前，全县发放补贴300万元。"
AROUND = {"网格12个", "网格员35名", "补贴300万元"}


def read(lines: str) -> Document:
    (document,) = run(raw(f"某县关于发放补贴的公示\n{ABOVE}\n{lines}\n{BELOW}"))
    return document


LISTS = {
    "behind a colon": "{name}：{figure}元",
    "behind a dash": "{name}——{figure}元",
    "in brackets": "{name}（{figure}元）",
    "behind tabs and a village": "{name}\t石桥村\t{figure}分\t300元",
    "in wide spaces": "{name}　　石桥村　　救助{figure}元",
    "marks of a school": "{name}  语文{figure}分  数学75分",
    "in cells": "|{name}|1人|{figure}元|",
    "numbered": "1、{name} 肢体二级 护理补贴{figure}元",
    "a village before each": "1 石桥村 {name} {figure}元",
    "sentences with the month of birth": "{name}，男，1970年3月生，石桥村村民，种植茶叶{figure}亩，年收入5万元。",
    "in commas": "1,{name},3,{figure}",
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_names_yields_nothing_and_the_text_around_it_does(kind: str) -> None:
    found = read("\n".join(LISTS[kind].format(name=name, figure=100 + at) for at, name in enumerate(NAMES)))
    assert {one.quote for one in found.statistics} == AROUND
    assert not [one.quote for one in found.units if any(name in one.quote for name in NAMES)]
    assert any("list of persons" in warning for warning in found.warnings)


@pytest.mark.parametrize("put", ["{name}{figure}元", "{name}（{figure}元）", "{name}：{figure}元"])
@pytest.mark.parametrize("lead", ["", "青山村欠费农户：", "捐款如下："])
def test_names_in_one_line_yield_nothing(put: str, lead: str) -> None:
    found = read(lead + "、".join(put.format(name=name, figure=100 + at) for at, name in enumerate(NAMES)) + "，共计828元。")
    assert not [one.quote for one in found.statistics if "300万" not in one.quote and "网格" not in one.quote]


RECOGNISED = {
    "the number of a row behind the name": "序号 户主 家庭人口 收入1 张伟 3 12000 茶叶种植2 李秀英 4 12350 茶叶种植3 王建国 5 12700 "
    "茶叶种植4 扎西多吉 3 13050 茶叶种植5 欧阳明 3 14100 茶叶种植6 刘洋 5 14800",
    "cards": "序号 农户 面积（亩) 一卡通账号1 张伟 2.5 6217******0000 2 李秀英 3.5 6217********0137 "
    "3 王建国 4.5 6217*******0274\n买买提·艾力 6217******** 6 刘洋 7.5 6217******0685\n陈桂兰 6217********\n合计 96.0",
}


@pytest.mark.parametrize("kind", RECOGNISED)
def test_a_recognised_list_yields_nothing(kind: str) -> None:
    found = read(RECOGNISED[kind])
    assert {one.quote for one in found.statistics} == AROUND
    assert not [one.quote for one in found.units if any(name in one.quote for name in NAMES)]


FORM = "姓名：{name}　性别：男　年龄：67岁\n住址：石桥村3组\n月补助：650元　家庭人口：1人\n"


def test_forms_of_persons_yield_nothing_and_what_is_no_form_does() -> None:
    found = read("\n".join(FORM.format(name=name) for name in ("张伟", "李秀英")))
    assert {one.quote for one in found.statistics} == AROUND
    assert rosters("项目名称：石桥大桥\n投资：500万元") == rosters("企业名称：张村水泥厂\n产值：500万元") == ()


OTHERS = {
    "townships": ["马营镇 120元", "牛角镇 130元", "龙泉镇 150元", "石泉镇 160元"],
    "townships, short": ["马营 120元", "白沙 130元", "黄龙 150元", "高平 160元", "龙泉 20元", "汤山 30元", "安平 30元"],
    "villages": ["张村 120元", "李家村 130元", "王庄 15元", "赵家沟 20元", "张家明村 20元", "高家岭 20元"],
    "hamlets": ["张家 120亩", "李家 120亩", "王家 30亩", "何家 20亩"],
    "communities": ["华强 120户", "建国 130户", "文昌 20户", "高明 30户", "石明 30户", "万福 20户"],
    "valleys": ["石门坎 12元", "白水洞 30元", "黄泥塘 30元", "龙潭坝 20元", "马蹄湾 30元"],
    "shops": ["张伟超市 500元", "李秀英小卖部 600元", "王建国饭店 700元", "刘洋修理铺 800元"],
    "enterprises": ["宏发公司 500万元", "华强集团 500万元", "万达 500万元", "李宁 600万元", "康师傅 500万元"],
    "schools": ["李洪小学 120人", "张明中学 130人", "王庄小学 140人"],
    "practices": ["马上办 120件", "周末办 130件", "易事办 150件", "云上办 160件"],
    "crops": ["马铃薯 120亩", "高粱 130亩", "黄芪 150亩", "党参 160亩", "黄桃 120亩", "花菜 20亩"],
    "flowers": ["杨梅 30元", "李子 20元", "梅花 30元", "桂花 20元", "柳树 20元"],
    "projects and who answers": ["大桥 马国强 500万元", "水库 王芳 600万元", "道路 李伟 700万元"],
    "projects and who answers, behind": ["大桥 500万元 马国强", "水库 600万元 王芳", "道路 700万元 李伟"],
    "villages and who answers": ["石桥村 张伟 120户 300人", "柳河村 李伟 130户 400人", "红旗村 王芳 120户 300人"],
    "days": ["周一 120人", "周二 130人", "周三 150人", "周四 160人", "周五 170人"],
    "words": ["计划 120元", "安全 130元", "单价 120元", "常规 30元", "应急 30元", "文明 40元", "文化 30元"],
    "contacts of projects": ["大桥500万元，负责人：马国强", "水库600万元，负责人：王芳", "道路700万元，负责人：李伟"],
}


@pytest.mark.parametrize("parted", [" ", "\t", "：", "\u3000", "，"])
@pytest.mark.parametrize("kind", OTHERS)
def test_lists_of_other_things_are_none(kind: str, parted: str) -> None:
    assert rosters("\n".join(row.replace(" ", parted) for row in OTHERS[kind])) == ()


@pytest.mark.parametrize("kind", OTHERS)
def test_and_none_in_one_line(kind: str) -> None:
    assert rosters("各地情况如下：" + "、".join(row.replace(" ", "") for row in OTHERS[kind]) + "。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "党员张建国包联12户、李秀英包联15户、王志强包联20户、马晓红包联18户，共化解矛盾65起。",
        "张伟、李娜、王建国3人获奖，奖金1000元。",
        "文明实践120场、文艺汇演30场、党建联建50次、高标准农田300亩。",
        "张伟：100元",
    ],
)
def test_prose_and_one_name_are_no_list(text: str) -> None:
    assert rosters(text) == ()


def test_a_form_printed_without_colons_yields_nothing() -> None:
    found = read("姓名 张伟 性别 男\n出生年月 1985年3月 民族 土家族\n家庭人口 5人 年收入 3.2万元\n帮扶措施 产业帮扶 养牛 12头")
    assert {one.quote for one in found.statistics} == AROUND
