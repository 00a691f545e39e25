"""Subjects beside other nouns: lists, 分别, figures for each, parts, clauses without a noun, words that the dictionary cuts wrongly."""

import pytest

from tests.statistics.build import read

SUBJECTS = [
    ("鱼塘3200亩、莲藕种植基地12个。", ["鱼塘", "莲藕种植基地"]),
    ("医生轮岗时间不少于3个月，累计接诊2.4万人次。", ["医生轮岗时间", "接诊"]),
    ("修渠3公里、筑坝2座。", ["修渠", "筑坝"]),
    ("幼儿园、养老院26所。", ["幼儿园、养老院"]),
    ("修建道路、河堤45处。", ["道路、河堤"]),
    ("入园率、巩固率均达到98%。", ["入园率、巩固率"]),
    ("优质粮占七成以上，水稻单产连续8年保持在600公斤以上，2023年达到640公斤。", ["优质粮占比", "水稻单产", "水稻单产"]),
    ("医护人员月工资不低于全县平均水平，人均达到6200元。", ["医护人员月工资"]),
    ("新增高中学位2400个。", ["新增高中学位"]),
    ("4A级以上景区6家，Ⅱ类以上水体占比85%。", ["4A级以上景区", "Ⅱ类以上水体占比"]),
    ("每万人口全科医生3.1人。", ["每万人口全科医生"]),
    ("残疾人护理补贴由每人每月80元提高到100元。", ["残疾人护理补贴", "残疾人护理补贴"]),
    ("电价由每千瓦时0.65元降到0.52元。", ["电价", "电价"]),
    ("村集体年均分红5万元。", ["村集体年均分红"]),
    ("农户中从事电商的占12%。", ["农户中从事电商占比"]),
    ("救护车40辆，其中配备监护设备的16辆。", ["救护车", "配备监护设备的救护车"]),
    ("儿童3.2万人，占常住人口的16%。", ["儿童", "儿童占常住人口"]),
    ("粮食播种面积发展到92万亩，机械化率达88%。", ["粮食播种面积", "机械化率"]),
    ("到账资金不足800万元。", ["到账资金"]),
    ("专项经费用于培训的比例不得低于20%。", ["专项经费用于培训的比例"]),
    ("36个村中有9个亏损。", ["村", "亏损村"]),
    ("中心卫生院有床位120张。", ["床位"]),
    ("培训在编教师210人次，村民向合作社转让闲置农房8栋。", ["培训在编教师", "闲置农房"]),
    ("入户率为96%，距离省定98%以上的要求还有差距。", ["入户率", "入户率"]),
    ("亩产由2019年的410公斤增加到2023年的520公斤。", ["亩产", "亩产"]),
    ("8家长期亏损企业关停。", ["长期亏损企业"]),
    ("工业用电量和农业用电量分别为3万千瓦时和1万千瓦时，增长8%和4%。", ["工业用电量", "农业用电量", "工业用电量增长", "农业用电量增长"]),
    ("小麦、玉米亩产比2021年分别增加21公斤和35公斤。", ["小麦亩产增加", "玉米亩产增加"]),
    ("药占比、检查占比分别下降1.5个和0.6个百分点。", ["药占比下降", "检查占比下降"]),
    ("复诊率、签约率分别比全市高1.2个、0.8个百分点。", ["复诊率高", "签约率高"]),
    # not to be joined or cut
    ("改造道路、新建桥梁12座。", ["桥梁"]),
    ("粮食120吨、蔬菜80吨。", ["粮食", "蔬菜"]),
    ("合作社种植辣椒1200亩。", ["辣椒"]),
    ("高中有8所，初中有21所。", ["高中", "初中"]),
    ("21个村中有5个重点村。", ["村", "重点村"]),
    ("党员占比为42%。", ["党员占比"]),
]


@pytest.mark.parametrize(("text", "wanted"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_a_figure_is_not_named_after_its_neighbour(text: str, wanted: list[str]) -> None:
    found = [item.subject for item in read(text).statistics]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("有机质含量每公斤提高4.5克。", [(4.5, "克", "EXACT")]),
        ("全镇38家乡镇企业。", [(38, "家", "EXACT")]),
        ("新建2所以上标准化厂房。", [(2, "所", "AT_LEAST")]),
        ("每个街道至少建成3处口袋公园。", [(3, "处", "AT_LEAST")]),
        ("改造16个小区、新建2个体育馆。", [(16, "个", "EXACT"), (2, "个", "EXACT")]),
        ("召开恳谈会26场次。", [(26, "场次", "EXACT")]),
        ("两项指标分别提高2.5个和1.1个百分点。", [(2.5, "百分点", "EXACT"), (1.1, "百分点", "EXACT")]),
        ("分别缩短12分钟和8分钟。", [(12, "分钟", "EXACT"), (8, "分钟", "EXACT")]),
        # none
        ("对工作满3年的教师给予奖励。", []),
        ("投资2.3个亿。", []),
        ("这里成长为大家庭，所以重要。", []),
        ("克服困难，攻克难关。", []),
    ],
)
def test_a_unit_is_not_taken_for_another_word(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(item.value, item.unit, item.qualifier.value) for item in read(text).statistics] == wanted


def test_the_quote_of_a_least_number_says_so() -> None:
    (item,) = read("每个街道至少建成3处口袋公园。").statistics
    assert item.quote.startswith("至少建成3处")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "到2028年，产量稳定在6万吨，加工率由目前的38%提高到42%，收入突破2万元，年均增长5%以上。",
            "PLANNED ACTUAL PLANNED PLANNED PLANNED",
        ),
        ("到2027年，累计培训农民3000人次。", "PLANNED"),
        ("收入由2012年的3100元增加到2021年的9800元，增长2.2倍。", "ACTUAL ACTUAL ACTUAL"),
        ("距离市定60%以上的标准还有差距。", "REQUIRED"),
        ("距离国定每万人5名的要求还有差距。", "REQUIRED"),
        ("力争建成车间6个，目前已完成2个。", "PLANNED ACTUAL"),
        ("2019年到2023年，全县新建水库6座。", "ACTUAL"),
    ],
)
def test_a_plan_reaches_to_the_end_of_its_sentence(text: str, wanted: str) -> None:
    found = [item.status.value for item in read(text).statistics]
    assert " ".join(found) == wanted


def test_a_target_year_that_is_over_when_the_text_appears_is_past() -> None:
    (item,) = read("到2020年，全县建成水厂6座。", published="2023-04-01").statistics
    assert item.status.value == "ACTUAL"
