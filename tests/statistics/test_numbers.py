"""How numbers are printed, and what is no number of anything."""

import pytest

from ingest.extract.numerals import from_han, han_range, read
from tests.statistics.build import read as extract

FOUND = [
    ("投入资金壹佰贰拾万元。", [(1_200_000, "元", "EXACT")]),
    ("合同价款叁仟伍佰圆整。", [(3500, "元", "EXACT")]),
    ("每斤卖到三元五角。", [(3.5, "元", "EXACT")]),
    ("收购价涨到4元2角。", [(4.2, "元", "EXACT")]),
    ("总投资1亿2000万元。", [(120_000_000, "元", "EXACT")]),
    ("年收入3万5千元。", [(35_000, "元", "EXACT")]),
    ("茶园面积十二点五万亩。", [(125_000, "亩", "EXACT")]),
    ("产值翻一番。", [(1, "番", "EXACT")]),
    ("产值翻了两番。", [(2, "番", "EXACT")]),
    ("近1/4的林地受灾。", [(25, "%", "ABOUT")]),
    ("五分之一的农户外出务工。", [(20, "%", "EXACT")]),
    ("百余名党员参加。", [(100, "名", "MORE_THAN")]),
    ("万余名群众到场。", [(10_000, "名", "MORE_THAN")]),
    ("吸引十几家企业落户。", [(10, "家", "MORE_THAN")]),
    ("种植三亩半。", [(3.5, "亩", "EXACT")]),
    ("工业投资增长-3.2%。", [(-3.2, "%", "EXACT")]),
    ("增速为-1.5%，回升2个百分点。", [(-1.5, "%", "EXACT"), (2, "百分点", "EXACT")]),
    ("占比分别提高2.5和1.5个百分点。", [(2.5, "百分点", "EXACT"), (1.5, "百分点", "EXACT")]),
    ("两镇分别建成大棚120、85座。", [(120, "座", "EXACT"), (85, "座", "EXACT")]),
    ("两县分别投入12.5和8万元。", [(125_000, "元", "EXACT"), (80_000, "元", "EXACT")]),
    ("接待游客8.6万人（次）。", [(86_000, "人次", "EXACT")]),
    ("网络零售额达1.5亿，增长20%。", [(150_000_000, "元", "EXACT"), (20, "%", "EXACT")]),
    ("短视频播放量突破300万。", [(3_000_000, "次", "MORE_THAN")]),
    ("累计登录36.5万次（当月新增2.1万）。", [(365_000, "次", "EXACT"), (21_000, "次", "EXACT")]),
    ("满意度提高六个百分点，投诉率下降一个百分点。", [(6, "百分点", "EXACT"), (1, "百分点", "EXACT")]),
    ("最低气温零下15℃。", [(-15, "℃", "EXACT")]),
    ("无霜期180天，优良天数340天。", [(180, "天", "EXACT"), (340, "天", "EXACT")]),
    ("工程历时86天，仅用2小时通水。", [(86, "天", "EXACT"), (2, "小时", "EXACT")]),
    ("考试600分以上32人。", [(32, "人", "EXACT")]),
    ("存栏牛羊6.5万(头只)。", [(65_000, "头", "EXACT")]),
    ("三次产业结构为10.5:42.3:47.2。", [(10.5, "", "EXACT")]),
    ("护理员与老人之比为1:8。", [(1, "", "EXACT")]),
    ("流转费800元/亩。", [(800, "元/亩", "EXACT")]),
    ("人口密度120人/平方公里。", [(120, "人/平方公里", "EXACT")]),
    ("护坡长250m、宽3.5m。", [(250, "m", "EXACT"), (3.5, "m", "EXACT")]),
    ("安装光伏板600kW。", [(600, "kW", "EXACT")]),
    ("防汛值守124小时以上。", [(124, "小时", "AT_LEAST")]),
    ("棚室面积1.2万m2。", [(12_000, "m2", "EXACT")]),
    ("占地72平\n方米。", [(72, "平方米", "EXACT")]),
    ("旱厕改造５００户。", [(500, "户", "EXACT")]),
    ("比全县平均高出2.5个百分点。", [(2.5, "百分点", "EXACT")]),
    ("不满30人的班级。", [(30, "人", "AT_MOST")]),
    ("年接待量不下5000人次。", [(5000, "人次", "AT_LEAST")]),
    ("逼近300亿元。", [(30_000_000_000, "元", "ABOUT")]),
    ("贷款额度最高50万元。", [(500_000, "元", "AT_MOST")]),
    ("每周2次入户。", [(2, "次/周", "EXACT")]),
    ("每两年体检一次。", [(1, "次/两年", "EXACT")]),
]
SIGNED = [
    ("利润总额-1.2亿元。", -120_000_000),
    ("利润总额－1.2亿元。", -120_000_000),
    ("利润总额−1.2亿元。", -120_000_000),
    ("利润总额：-1.2亿元。", -120_000_000),
    ("利润总额 -1.2亿元。", -120_000_000),
    ("利润总额-120万元。", -1_200_000),
    ("十一月利润-1.2亿元。", -120_000_000),
    ("一季度气温-5℃。", -5),
    ("常住人口净流入-1.2万人。", -12_000),
    ("合作社比上年增减-3家。", -3),
    ("出口额负0.3亿元。", -30_000_000),
    ("投资增长-3.2%。", -3.2),
    ("投资增长+2.0%。", 2),
]
UNSIGNED = [
    ("合作社-12家。", [12]),
    ("- 12家合作社挂牌。", [12]),
    ("县里有：\n-12家合作社。\n", [12]),
    ("利润总额 - 1.2亿元。", [120_000_000]),
    ("发展5户-15户。", [5]),
    ("投入15户-3万元。", [15, 30_000]),
    ("增长三成-8%。", [8]),
    ("补助1-2万元。", [10_000]),
    ("利润总额——1.2亿元。", [120_000_000]),
    ("2021-2023年投入3亿元。", [300_000_000]),
    ("1-2月投入3亿元。", [300_000_000]),
    ("联系电话0739-6821234。", []),
    ("A-12号楼。", []),
]
RANGES = [
    ("两三户农家。", 2, 3),
    ("投入七八十万元。", 700_000, 800_000),
    ("补助10万元到15万元。", 100_000, 150_000),
    ("补助10万到15万元。", 100_000, 150_000),
    ("投入8000-1万元。", 8_000, 10_000),
    ("增长5%~8%。", 5, 8),
    ("设网格员两到三名。", 2, 3),
    ("投资一百二十到一百五十万元。", 1_200_000, 1_500_000),
    ("每组3－5户。", 3, 5),
    ("补贴2万—3万元。", 20_000, 30_000),
]
NOTHING = [
    "县十七届人大三次会议，第20届展会。",
    "住在红旗村5组的村民。",
    "硬化6至8组公路。",
    "家住平安社区7组。",
    "三位一体推进，五位一体布局。",
    "工作总结 2019 年以来。",
    "队伍建设，大陆架，收拾妥当，佰草园。",
    "会议于9:30召开，20:15结束。",
    "晚上8点、早上6点30分、清晨5时许，15日10时集合。",
    "X202线、省道208、京昆高速、GB/T 19001标准、DB35/T 1234-2020。",
    "东经102°30′，北纬24.5度。",
    "见附件3、表2、图5、专栏4。",
    "传真：0877-2012345，身份证530402199001011234，QQ号12345678。",
    "三年行动、五年规划、十年禁渔。",
    "实现2个100%，守住三个100%。",
    "点击量破百万，亩产吨粮，百亩方、千亩片。",
    "全国500强企业，八小时之外，半小时应急圈。",
    "比赛于9:30开始。",
    "1+1>2的效果。",
    "打造“三个一”工程，落实“两不愁三保障”。",
    "十四五时期，863计划，985高校，211工程。",
    "“七一”前夕，三八妇女节，五四青年节，八一建军节。",
    "全天候24小时值守，365天不打烊。",
    "邮编653100，电话13800138000。",
    "见注[3]、[14]，脚注①②。",
    "12345热线，12316平台，110报警。",
    "地址：人民路128号3-2-501室。",
    "湘政办发〔2023〕12号，国办函[2022]3号。",
    "5G基站、4A级景区、C919、S20、G318线、V2.0版。",
    "位居全省第3位，名列第12名。",
    "一季度、三产融合、二十大精神、两会期间。",
    "一心一意，三心二意，五湖四海，九牛一毛。",
    "千家万户，万水千山，百里挑一。",
    "3.2.1款，1.2.3节。",
    "20XX年，xx亩，X个村，个村出列户人脱贫。",
    "2019-2021年，3-5月，5日至8日。",
    "时光飞逝，转眼三十年。",
    "2023-05-12 10:20:33",
    "页码 12/30 第3页 共8页",
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[text for text, _ in FOUND])
def test_a_number_is_read_as_it_is_printed(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(item.value, item.unit, item.qualifier.value) for item in extract(text).statistics] == wanted


@pytest.mark.parametrize(("text", "value"), SIGNED)
def test_a_minus_right_before_a_number_is_its_sign(text: str, value: float) -> None:
    (item,) = extract(text).statistics
    assert item.value == value
    assert item.quote in text
    assert not item.subject.endswith(("-", "－", "−"))


@pytest.mark.parametrize(("text", "values"), UNSIGNED)
def test_a_hyphen_is_no_sign(text: str, values: list[float]) -> None:
    assert [item.value for item in extract(text).statistics] == values


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_two_ends_are_one_figure(text: str, low: int, high: int) -> None:
    (item,) = extract(text).statistics
    assert (item.value, item.max_value, item.qualifier.value) == (low, high, "RANGE")


@pytest.mark.parametrize("text", NOTHING)
def test_what_counts_nothing_yields_nothing(text: str) -> None:
    assert [item.quote for item in extract(text).statistics] == []


def test_a_change_has_two_figures() -> None:
    assert [item.value for item in extract("合作社由3个到9个。").statistics] == [3, 9]


@pytest.mark.parametrize(("numeral", "value"), [("壹仟贰佰", 1200), ("拾", 10), ("零", 0), ("叁万伍仟", 35_000), ("一百万", 1_000_000)])
def test_numerals_of_contracts_are_read(numeral: str, value: int) -> None:
    assert from_han(numeral) == value


@pytest.mark.parametrize(("numeral", "ends"), [("两三", (2, 3)), ("十七八", (17, 18)), ("三五百", (300, 500)), ("二三十", (20, 30))])
def test_neighbours_are_the_ends_of_a_rough_number(numeral: str, ends: tuple[int, int]) -> None:
    assert han_range(numeral) == ends


@pytest.mark.parametrize("numeral", ["一二三", "四五六", "三二", "二十三", ""])
def test_other_digits_are_no_rough_number(numeral: str) -> None:
    assert han_range(numeral) is None


def test_a_point_may_be_written_out() -> None:
    assert str(read("十二点零五")) == "12.05"
