"""A sentence or line that tells of one private person gives no figure and no unit; those on offices, deeds and places give theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.extract.rosters import rosters
from ingest.extract.told_persons import told_persons
from tests.support import only

HEAD = "某县青石乡困难群众走访情况\n\n全乡建成网格12个。"
BELOW = "截至目前，全乡发放补贴300万元。"

PRIVATE = {
    "sex, age, household": "赵立新，男，66岁，红岩村二组，家庭人口2人，年收入2900元，月领低保金480元。",
    "debt": "王秀英，女，68岁，石坑村一组，家庭人口2人，年收入4200元，欠债5万元。",
    "a surname that is a word": "冷水生，男，71岁，大堰村三组，家庭人口1人，年收入3100元，月领低保金510元。",
    "a given name that is a word": "柯常胜，男，55岁，大堰村三组，家庭人口4人，欠债6万元，月领低保金1200元。",
    "two characters": "周涛，男，49岁，红岩村一组，家庭人口5人，欠债8万元。",
    "disability": "刘芳，女，45岁，石坑村二组，三级残疾，年收入5200元。",
    "a numbered item on illness": "1. 赵立新，红岩村二组，因病住院花费3.2万元，救助2000元。",
    "a numbered item on losses": "2、孙桂芳，红岩村四组，房屋受灾损失1.5万元，救助1500元。",
    "an item of a list": "- 赵立新，男，66岁，红岩村二组，家庭人口2人，年收入2900元",
    "a group and a colon": "红岩村2组赵立新：66岁，家庭人口2人，年收入2900元，养羊12只。",
    "householders in one sentence": "户主赵立新，家庭人口2人，年收入2900元，欠债2万元；户主孙桂芳，家庭人口1人，种植面积6亩。",
    "a householder behind a colon": "户主：赵立新，全家5口人，种植面积6亩，年收入2900元。",
    "spaces": "赵立新 男 66岁 红岩村二组 家庭人口2人 年收入2900元",
    "masked": "赵某某，男，66岁，家庭人口2人，年收入2900元。",
    "masked by stars": "赵**，女，73岁，年收入3300元，欠债2万元。",
    "brackets": "困难户李建国（男，71岁），年收入3100元，养鸡40只。",
    "no mark behind the name": "村民赵立新今年66岁，家庭人口2人，年收入2900元，种植玉米4亩。",
    "born": "赵立新，男，1958年3月生，红岩村村民，种植茶叶3亩，年收入1.2万元。",
    "a telephone": "赵立新，13812345678，红岩村二组，五保户，年领取供养金7200元。",
    "an identity number": "孙桂芳，女，140728********1234，发放补贴500元。",
    "a Tibetan name": "扎西多吉，男，52岁，家庭人口6人，养牦牛35头。",
    "a name with a dot": "买买提·艾力，男，47岁，家庭人口5人，年收入9000元。",
    "a double surname": "欧阳明，男，38岁，石坑村二组，家庭人口3人，养猪20头。",
    "enumeration commas": "赵立新、男、66岁、红岩村二组、家庭人口2人、年收入2900元。",
    "what follows on the household": "赵立新，男，66岁，红岩村二组。家庭人口2人，年收入2900元。该户欠债2万元。",
    "a sentence in two lines": "赵立新，男，66岁，红岩村二组，\n家庭人口2人，年收入2900元，月领低保金480元。",
    "helped by others": "赵立新，男，66岁，红岩村二组，在合作社带动下养羊12只，年收入2.9万元。",
    "visited": "赵立新，女，66岁，红岩村二组，经走访核实年收入2900元，儿子是教师。",
    "a member who is called on": "困难党员赵立新，男，80岁，送去慰问金500元。",
    "a public post": "赵立新，男，58岁，低保户，担任保洁员，月工资500元。",
    "a label behind": "赵立新（低保户），66岁，养羊12只，年收入2900元。",
    "one in a case": "被告人王某，男，45岁，盗窃耕牛3头，罚款2万元。",
    "an old man by his name": "孙桂芳老人，女，73岁，独居，每月领取养老金120元。",
    "masked behind a trade": "司机王某，男，45岁，赔偿伤者3.2万元。",
    "a household with a standing": "赵立新，脱贫户，家庭人口4人，人均纯收入12000元。",
    "a family": "赵立新家，家中5口人，因病致贫，年收入2900元。",
    "marks of another width": "赵立新,男,66岁,红岩村二组,家庭人口2人,年收入2900元.",
    "a party member's poverty": "赵立新，男，66岁，中共党员，家庭人口2人，年收入2900元，帮扶责任人王强。",
}


@pytest.mark.parametrize("kind", PRIVATE)
@pytest.mark.parametrize("times", [1, 2])
def test_nothing_is_taken_from_what_tells_of_one_private_person(kind: str, times: int) -> None:
    found = only("\n".join([HEAD, *[PRIVATE[kind]] * times, BELOW]))
    assert {one.quote for one in found.statistics} == {"网格12个", "补贴300万元"}
    assert not [unit.quote for unit in found.units if unit.quote in PRIVATE[kind]]
    assert any("list of persons" in warning for warning in found.warnings)


def test_what_is_said_of_the_place_in_the_same_sentence_stays() -> None:
    found = only(
        f"{HEAD}\n红岩村共有低保户12户，其中赵某某，男，66岁，家庭人口2人，年收入2900元。孙某，女，73岁，年收入3300元，欠债2万元。"
    )
    assert [one.quote for one in found.statistics] == ["网格12个", "低保户12户"]
    found = only(f"{HEAD}\n赵立新，男，66岁，家庭人口2人，年收入2900元；全村共有低保户12户。")
    assert [one.quote for one in found.statistics] == ["网格12个", "低保户12户"]


OTHERS = [
    "红岩村，位于青石乡西部，家庭户数420户，人口1510人，集体收入36万元，党员48名。",
    "高平，位于青石乡北部，家庭户数310户，人口1120人，集体收入21万元。",
    "石泉，红岩村二组，因病致贫12户，救助困难群众35人。",
    "全村男性120人，女性95人。",
    "高平，男120人，女95人，60岁以上老人35人。",
    "白沙 男 110 女 120",
    "户均收入2.3万元，户均家庭人口3.2人。",
    "困难家庭人口35人，欠债农户12户。",
    "家庭人口3人以下的低保户12户，家庭人口5人以上的8户。",
    "户主为女性的农户12户，残疾人35人。",
    "60岁以上老人120人，80岁以上老人35人，残疾人12人。",
    "平均年龄45岁，男，66岁，女，63岁。",
    "女性，45岁以下，培训120人次。",
    "党支部书记李某，男，45岁，带领群众种植药材300亩。",
    "网格员李某，女，35岁，服务居民320户，化解矛盾65起。",
    "第一书记王强，男，38岁，驻村帮扶脱贫户120户。",
    "李国强，男，45岁，红岩村党支部书记，种植药材300亩，集体收入36万元。",
    "张桂梅，女，1957年6月生，女子高级中学校长，帮助女孩1800名。",
    "张建国，男，汉族，1965年3月生，带领群众种植药材300亩。",
    "黄秀英，女，1989年4月生，驻村干部，走访群众195户。",
    "王强，男，38岁，退役军人，返乡创办养殖场，存栏羊500只，带动就业30人。",
    "李秀英，女，45岁，残疾人，创办合作社，吸纳残疾人32名。",
    "陈桂兰，女，52岁，合作社理事长，流转土地500亩，社员120户。",
    "种植大户刘洋，男，41岁，流转土地800亩，亩产600公斤。",
    "非遗传承人孙某，女，58岁，培训学员320人，带徒12名。",
    "县人大代表周涛，男，47岁，提出建议12件。",
    "县长王强调研石坑村二组，要求救助困难群众35户。",
    "李明，县民政局局长，红岩村二组入户走访，救助困难群众35户。",
    "王强书记到红岩村二组走访低保户12户，发放救助金2万元。",
    "党员张建国包联12户，救助困难家庭8户，红岩村二组全覆盖。",
    "村民代表会议由户主参加，红岩村二组到会45人，救助方案获通过。",
    "红岩村二组，低保户12户，救助资金3.6万元。",
    "为红岩村二组残疾人安装扶手35处，救助12户。",
    "低保户12户，五保户3户，残疾人家庭8户，家庭人口合计65人。",
    "每户家庭人口4人计算，人均住房面积25平方米，年收入低于4000元的给予救助。",
    "大病救助对象住院报销比例90%，红岩村三组受益12人。",
    "王家坪，家庭户数120户，欠债农户12户，残疾人18名。",
    "马营，五保户6户，低保户35户，因病致贫8户，红岩村一组3户。",
    "凡年满60岁，家庭人口2人以上，年收入低于4000元的，均可申请救助500元。",
    "张伟家养牛15头。",
    "王某等12户低保户，发放补贴3.6万元。",
    "安康，享有五保户供养35人，住院120人次。",
    "张先生，男，45岁，投资500万元，建成厂房3000平方米。",
    "常宁，脱贫户，家庭人口350人，监测户，8户。",
    "王强，男，邀请专家5人，试种茶叶35亩。",
    "网格员李某，女，35岁，照料五保老人12人，办理低保35件。",
    "院长王强，男，45岁，减免住院费用3.2万元，接诊1200人次。",
    "李秀英，女，52岁，红岩村妇联主任，帮助欠债农户12户，探访困难家庭人口35人。",
]


@pytest.mark.parametrize("sentence", OTHERS)
def test_offices_deeds_places_and_counts_are_no_private_persons(sentence: str) -> None:
    assert list(told_persons(sentence)) == []
    assert rosters(f"{HEAD}\n{sentence}\n{BELOW}") == ()


@pytest.mark.parametrize("sentence", PRIVATE.values())
def test_a_range_lies_within_its_sentences_and_the_ranges_are_in_order(sentence: str) -> None:
    text = f"{HEAD}\n{sentence}\n{BELOW}\n{sentence}"
    found = list(told_persons(text))
    assert len(found) == 2
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(span.of(text) in sentence for span in found)


def test_a_text_that_only_repeats_signs_or_names_gives_nothing() -> None:
    for text in ("赵立新，" * 5_000, "男，" * 20_000, "66岁，" * 20_000, "家庭人口2人" * 10_000, "红岩村二组救助" * 10_000):
        assert list(told_persons(text)) == []
