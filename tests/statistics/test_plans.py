"""What is a fact, what is a plan, and what is a rule: told by words, paragraphs, headings, years and titles."""

import pytest

from archive.findings import Status
from tests.statistics.build import read

REPORT = """一、2023年工作回顾
全县粮食产量达到12万吨，增长3%。新建村级活动场所8个。
（一）产业稳步发展
建成标准厂房6栋，计划总投资2亿元。
二、2024年重点工作
（一）做强产业
新建高标准农田3万亩，引进企业15家。目前已落实项目4个。
（二）改善民生
改造老旧小区9个。
"""


def statuses(text: str, **fields: str | None) -> str:
    return " ".join(item.status.value[0] for item in read(text, **fields).statistics)


def test_a_work_report_tells_facts_first_and_plans_after() -> None:
    assert statuses(REPORT) == "A A A A P P P A P"


def test_the_year_of_a_heading_tells_a_plan_where_no_word_does() -> None:
    text = "一、2022年工作总结\n修路12公里。\n二、2023年主要工作\n修路20公里。\n"
    assert statuses(text) == "A P"


def test_a_heading_that_stands_alone_in_its_style_counts() -> None:
    assert statuses("培训农民300人。\n三、2025年工作安排\n培训农民500人。\n（一）抓好春耕\n播种3万亩。\n") == "A P P"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全县主要预期目标是：\n地区生产总值增长6%；\n财政收入增长5%；\n新增就业2000人。\n去年新建学校3所。\n", "P P P A"),
        ("今年经济社会发展的主要预期目标是：地区生产总值增长7%左右，粮食产量稳定在9万吨以上。\n", "P P"),
        ("下一步，我们抓好三件事。改造危桥6座。\n全镇有危桥9座。\n", "P A"),
        ("展望新的一年，我们信心满怀。新建厂房3栋。\n", "P"),
        ("下一步工作打算\n新建水池6座。\n", "P"),
        ("二、上年度工作目标完成情况\n新建水池6座。\n", "A"),
        ("一、意见建议办理情况\n办结提案35件。\n", "A"),
        ("二、对策建议\n配备护理员60名。\n", "P"),
        ("对策建议：\n（一）扩大面积\n新建果库12座。\n（二）建好队伍。培训果农2万人次。\n", "P P"),
        ("工作建议\n（一）扩大面积。新建果库12座。\n（二）建好队伍。培训果农2万人次。\n", "P P"),
        ("存在问题：\n（一）果库只有8座。\n对策建议：\n（一）新建果库12座。\n", "A P"),
        ("下步打算：\n一、新建果库12座。\n（一）新建水窖30口。\n二、培训果农600人。\n", "P P P"),
        ("2025年工作打算\n要抓好以下工作。\n一、抓产业。新建果库12座。\n二、抓民生。新建水窖30口。\n", "P P"),
        ("一、抓产业\n下步打算\n新建果库12座。\n二、抓民生\n新建水窖30口。\n", "P A"),
        ("几点建议\n一是新建果库12座。\n二是培训果农600人。\n", "P P"),
        ("对策建议：新建果库12座。\n", "P"),
        ("工作打算\n（一）新建果库12座。\n取得成效\n（一）培训果农600人。\n", "P A"),
        ("主要做法：\n（一）扩大面积。新建果库12座。\n", "A"),
        ("征集意见建议1200条，建成果库12座。\n", "A A"),
        ("主要做法\n（一）听取建议\n征求群众意见360条。\n（二）抓落实\n建成果库12座。\n", "A A"),
    ],
)
def test_paragraphs_and_headings_announce_plans(text: str, wanted: str) -> None:
    assert statuses(text) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("某县乡村建设行动方案", "P"),
        ("某县2025年工作要点", "P"),
        ("某县2024年度工作总结和2025年工作计划", "A"),
        ("某县养老服务调研报告", "A"),
        ("某县规划编制工作情况", "A"),
    ],
)
def test_a_title_announces_plans(title: str, wanted: str) -> None:
    assert statuses("新建养老驿站12个。", title=title) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全县计划种植水稻5万亩，其中早稻2万亩。", "P P"),
        ("粮食作物中计划种植玉米7万亩。", "P"),
        ("市里下达我县造林任务3万亩。", "P"),
        ("预计每户增收1200元。", "P"),
        ("年底前完成管网改造12公里。", "P"),
        ("全年要新建公厕30座。", "P"),
        ("确保粮食产量稳定在6万吨以上。", "P"),
        ("项目建成投产后，可吸纳就业300人。", "P"),
        ("项目总投资3亿元，将于明年投产，年产值突破5亿元。", "A P"),
        ("占县里下达任务1500亩的120%。", "P A"),
        ("完成全年计划的85%。", "A"),
        ("按计划完成水库除险加固6座。", "A"),
        ("超计划完成造林2万亩。", "A"),
        ("制定培训计划12份。", "A"),
        ("三年行动计划实施以来，拆除旱厕2600座。", "A"),
        ("主要完成了3项任务，新建桥梁2座。", "A A"),
        ("争取上级资金2300万元。", "A"),
        ("承诺兑现率达98%。", "A"),
        ("规模以上企业达35家，比上年增长8%。", "A A"),
        ("每个网格配备网格员1名。", "R"),
        ("覆盖率不得低于95%。", "R"),
        ("入户走访时间应不少于30分钟。", "R"),
        ("符合80%以上的要求。", "R"),
        ("新配备专职网格员260名。", "A"),
    ],
)
def test_the_words_of_a_sentence_decide(text: str, wanted: str) -> None:
    assert statuses(text) == wanted


def test_an_election_is_no_plan_for_what_follows() -> None:
    assert [item.status for item in read("对12名楼栋长在换届时予以推荐,更换7名楼栋长。").statistics] == [Status.ACTUAL, Status.ACTUAL]
    assert [item.status for item in read("项目届时带动就业300人。").statistics] == [Status.PLANNED]
