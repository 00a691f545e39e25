"""What is compared, what a rate is of, limits and lists: the noun beside a comparison, the verb behind a limit, rules of so many each."""

import pytest

from tests.statistics.build import read

SUBJECTS = [
    ("走访率由65%提升至92%，刑事案件环比下降12%。", ["走访率", "走访率", "刑事案件下降"]),
    ("入学率由65%提升至92%，留守儿童人数比2019年减少230人。", ["入学率", "入学率", "留守儿童人数减少"]),
    ("接待游客20万人次，较2022年同期增长15%。", ["游客", "游客增长"]),
    ("投诉件数较去年同期明显减少40件。", ["投诉件数减少"]),
    ("生产总值86亿元，按可比价格计算，同比增长6%。", ["生产总值", "生产总值增长"]),
    ("农民人均收入1.2万元，与上年相比增长8%。", ["农民人均收入", "农民人均收入增长"]),
    ("城镇化率42%，较上年提高1.2个百分点。", ["城镇化率", "城镇化率提高"]),
    ("全县合作社达到86家，带动率比上年提高3.2个百分点。", ["合作社", "合作社带动率提高"]),
    ("新增就业1200人，失业率较上年下降0.2个百分点。", ["新增就业", "失业率下降"]),
    ("每调处一起给予200元奖励。", ["奖励"]),
    ("累计发放补助300万元。", ["补助"]),
    ("诉求3个工作日内答复。", ["答复"]),
    ("审批时限由5天以内缩短为3天以内。", ["审批时限", "审批时限"]),
    ("网格员每个网格2名。", ["网格员"]),
    ("兼职网格员按每个网格2名配备。", ["兼职网格员"]),
    ("按照山区每个片区60至80户、平原每个片区120户左右的标准划分。", ["山区每个片区", "平原每个片区"]),
    ("由退休法官、老党员组成的调解队36支。", ["调解队"]),
    ("由9个部门组成的专班。", ["部门"]),
    ("制定环境卫生、移风易俗等5大类26项标准。", ["标准", "标准"]),
    ("连续6年获评平安单位。", ["获评平安单位"]),
]


@pytest.mark.parametrize(("text", "wanted"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_a_figure_is_named_by_the_noun_beside_its_comparison(text: str, wanted: list[str]) -> None:
    assert [item.subject for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("对创业农户最高可授信50万元。", "AT_MOST"),
        ("每户最高补贴2000元。", "AT_MOST"),
        ("给予最高8万元贷款。", "AT_MOST"),
        ("历史最高30万元。", "EXACT"),
        ("全县最高海拔5300米。", "EXACT"),
        ("网格员每月至少入户走访3次。", "AT_LEAST"),
        ("每季度至少开展1次讲座。", "AT_LEAST"),
        ("干部至少每周走访1次。", "AT_LEAST"),
        ("干部至少要联系5户群众。", "AT_LEAST"),
        ("每周召开例会1次。", "EXACT"),
    ],
)
def test_a_limit_holds_past_its_verb(text: str, wanted: str) -> None:
    assert [item.qualifier for item in read(text).statistics] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("按照山区每个片区60至80户的标准划分。", "REQUIRED"),
        ("干部至少每周走访1次。", "REQUIRED"),
        ("依照约定每户分红300元的标杆村。", "ACTUAL"),
        ("每个网格有300户。", "ACTUAL"),
    ],
)
def test_so_many_each_by_a_standard_is_a_rule(text: str, wanted: str) -> None:
    assert [item.status for item in read(text).statistics] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("办理服务事项5大类。", [(5, "类")]),
        ("全村酒席从22桌降到9桌。", [(22, "桌"), (9, "桌")]),
        ("该村连续12个月零发案。", [(12, "个月")]),
        ("该镇连续8年没有发生安全事故。", [(8, "年")]),
        ("乘坐3路公交。", []),
        ("新建3路口。", []),
        ("配套桌椅，占用4桌面。", []),
        ("村干部2把手。", []),
        ("两副手。", []),
        ("经过连续3年的努力。", []),
        ("连续5年，全县脱贫。", []),
        ("水稻单产连续8年保持在600公斤。", [(600, "公斤")]),
        ("从110千伏变电站接入。", []),
    ],
)
def test_everyday_measure_words_and_runs_of_years(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(item.value, item.unit) for item in read(text).statistics] == wanted


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("65岁以上老年人口有2.2万人。", "POPULATION"),
        ("全县脱贫人口共有2.3万人。", "POPULATION"),
        ("流动人口已超过5万人。", "POPULATION"),
        ("务工人员有3000人。", "COUNT"),
        ("老年人口有关服务人员300人。", "COUNT"),
    ],
)
def test_a_population_may_be_led_to_by_a_verb(text: str, measure: str) -> None:
    assert [item.measure for item in read(text).statistics] == [measure]
