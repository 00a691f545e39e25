"""Every kind of relation: one that holds, one that cannot, one that the print leaves open, and figures that have nothing in common."""

import random
import time
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.statistics.build import read

SUMS = [
    ("6个中心共18万元;幸福院每个1.5万元,共21万元;敬老院26万元,三项合计65万元。", "180000+210000+260000=650000"),
    (
        "全县生产总值131.7亿元,增长6.2%。其中,一产增加值30.2亿元,增长4%;二产增加值48.1亿元,增长7%;三产增加值53.4亿元,增长6.8%。",
        "3020000000+4810000000+5340000000=13170000000",
    ),
    (
        "生产总值213847万元。其中:第一产业增加值51320万元;第二产业增加值62415万元,其中工业增加值41207万元;第三产业增加值100112万元。",
        "513200000+624150000+1001120000=2138470000",
    ),
    ("第二产业增加值62415万元,其中工业41207万元,建筑业21208万元。", "412070000+212080000=624150000"),
    ("税费收入86.24亿元。\n分级次看,中央级收入31.02亿元,地方级收入55.22亿元。", "3102000000+5522000000=8624000000"),
    (
        "经济总量612.8亿元,增长3%。\n央属经济实现增加值207.9亿元,增长1%;地属经济实现增加值404.9亿元,增长4%。",
        "20790000000+40490000000=61280000000",
    ),
    ("投入资金5630万元,其中中央2100万元、省级1530万元、县级1200万元、群众自筹800万元。", "21000000+15300000+12000000+8000000=56300000"),
    ("全镇辖18个行政村、3个社区,共21个村(居)。", "18+3=21"),
    ("计划改厕6500户,已完成5980户,剩余520户。", "5980+520=6500"),
    ("干部职工36名(其中领导7名,农技员9名,选调生4人,信息员6名,护林员10名)。", "7+9+4+6+10=36"),
    ("存栏牲畜18.86万头(只),其中羊15.83万只、牛2.71万头、马3204匹。", "158300+27100+3204=188600"),
    ("党支部36个,社区党支部18个、机关党支部7个、两新党支部11个。", "18+7+11=36"),
    ("三次产业结构为24.0:29.2:46.8。", "24.0+29.2+46.8=100"),
    ("粮经饲比例达到81:12:7。", "81+12+7=100"),
    ("受访者中男性占53.2%,女性占46.8%。", "53.2+46.8=100"),
    ("表示满意的占71.2%,基本满意的占22.6%,不满意的占6.2%。", "71.2+22.6+6.2=100"),
]
SHARES = [
    ("全市实现增加值1046.2亿元。县域实现增加值647.6亿元,增长4.9%,占全市的61.9%。", "64760000000/104620000000=61.9%", True),
    ("完成收入61646万元,占年初预算109466万元的56.3%。", "616460000/1094660000=56.3%", True),
    ("完成收入61646万元,占年初预算109466万元的66.3%。", "616460000/1094660000=66.3%", False),
    ("完成投资12.6亿元,为年计划15亿元的84%。", "1260000000/1500000000=84%", True),
    ("完成投资12.6亿元,为年计划15亿元的94%。", "1260000000/1500000000=94%", False),
    ("财政收入32165万元,为预算31000万元的103.8%。", "321650000/310000000=103.8%", True),
    ("计划投资15亿元,已完成投资12.6亿元,完成年度计划的84%。", "1260000000/1500000000=84%", True),
    ("干部126名。其中大专41名,高中58名,初中27名,分别占32.5%、46.0%和21.4%。", "58/126=46%", True),
    ("项目区有农户737户2809人。现有脱贫户144户、脱贫人口578人,分别占农户和农业人口的19.5%和20.6%。", "144/737=19.5%", True),
    ("项目区有农户737户2809人。现有脱贫户144户、脱贫人口578人,分别占农户和农业人口的19.5%和20.6%。", "578/2809=20.6%", True),
    ("全市一般预算收入38.3亿元,增长20.4%。\n税收收入28.1亿元,占预算收入比重为73.4%。", "2810000000/3830000000=73.4%", True),
    ("246项任务累计完成109项(进度44%)。", "109/246=44%", True),
    ("湿地总面积266.8万亩,可利用湿地面积195万亩,占湿地总面积的81.1%。", "1950000/2668000=81.1%", False),
    ("企业超过300家,其中规上企业120家,占40%以上。", "120/300=40%", None),
    ("企业300家,其中规上企业不到100家,占40%。", "100/300=40%", False),
]
CHANGES = [
    ("信访量同比下降46.2%,由去年同期的52件下降到28件。", "(28-52)/52=-46.2%", True),
    ("月均护理费1200元,比三年前的900元上涨33.3%。", "(1200-900)/900=33.3%", True),
    ("财政支出38.3亿元,同比增加6.5亿元,增长20.4%。", "650000000/(3830000000-650000000)=20.4%", True),
    ("财政支出186430万元,比上年减少4215万元,下降2.2%。", "42150000/(1864300000+42150000)=2.2%", True),
    ("造林面积12.6万亩,比上年增加0.4万亩,增长9.3%。", "4000/(126000-4000)=9.3%", False),
    ("粮食总产达106.7万吨,比2005年增加59.4万吨,增长1.3倍。", "594000/(1067000-594000)=1.3", True),
    ("满意度达到96.2%,比上年的91.5%提高4.7个百分点。", "96.2-91.5=4.7", True),
    ("满意度达到96.2%,比上年的91.5%提高5.7个百分点。", "96.2-91.5=5.7", False),
    ("最高点2700米,最低点1950米,相对高差750米。", "2700-1950=750", True),
    ("最高点2700米,最低点1950米,相对高差850米。", "2700-1950=850", False),
    ("覆盖率由20%提高到25%,增长25%。", "(25-20)/20=25%", True),
    ("投诉量从85件减少到52件,下降38.8%。", "(52-85)/85=-38.8%", True),
    ("城镇居民收入31265元,农村居民收入12506元。城乡居民收入比为2.50:1。", "31265/12506=2.5", True),
    ("城镇居民收入19425元,农村居民收入9126元,城乡居民收入比由2.17缩小到2.13。", "19425/9126=2.13", True),
]
MEANS = [
    ("新建大棚12栋,每栋补助3000元,共3.6万元。", "12×3000=36000", True),
    ("存栏肉牛1050头,养殖户42户,户均25头。", "1050/42=25", True),
    ("耕地面积5.6万亩,总人口4.2万人,人均耕地1.3亩。", "56000/42000=1.3", True),
    ("配备保洁员486名,全县162个行政村,村均3名。", "486/162=3", True),
    ("调查涉及8个村人口23743人,平均每村人口2968人。", "23743/8=2968", True),
    ("硬化道路31公里,每公里60万元,投资1860万元。", "31×600000=18600000", True),
    ("购置垃圾车8辆,每辆12万元,投入96万元。", "8×120000=960000", True),
    ("近三年离职15名,年均5名。", "15/3=5", True),
]
AGAIN = [
    ("全市GDP实现3.7%的正增长。\n上半年生产总值871亿元,同比增长3.7%。", "3.7=3.7(生产总值增长)", True),
    ("全县下辖120个行政村。全县共有120个行政村。", "120=120(行政村)", True),
    ("全县下辖120个行政村。全县共有行政村118个。", "120=118(行政村)", False),
]
NEVER_REFUTED = [
    "集体收入由2019年的186万元增长到2023年的842万元,年均增长45.9%。",
    "集体收入由2019年的186万元增长到2023年的842万元,同比增长12%。",
    "建成示范基地500亩,其中辐射带动3000亩。",
    "饲料配比为60.5:30.2:12.6。",
    "投资由12亿元增加到15亿元,按可比价格增长21%。",
    "6个中心共18万元;幸福院每个1.5万元,共21万元;敬老院26万元,三项合计65万元。",
    "甲项投资18万元、乙项21万元、丙项26万元、丁项30万元,两项合计90万元。",
    "种草12万亩、造林8万亩,两项合计21万亩。",
    "户籍人口52136人,常住人口48000人,其中男性26911人,女性25225人。",
    "全县常住人口52万人,其中城镇人口20万人,农村劳动力15万人。",
    "企业230家,其中民营企业180家,上市企业12家。",
    "参训420余人,其中男学员260人,女学员250人。",
    "一般预算收入32165万元,比上年增加3012万元,按可比口径增长12.3%。",
    "工业增加值82.6亿元,比上年增加6.2亿元,增长9.4%。",
    "满意的占61%,比较满意的占35%,不满意的占14%(可多选)。",
    "贫困发生率由20%下降到5%,下降75%。",
    "全县共有行政村120个。合并前全县共有行政村150个。",
    "甲县辖16个乡镇。乙县辖12个乡镇。",
    "排查隐患约300处,已整改285处,整改率98%。",
    "到2025年完成投资30亿元,为计划总投资的60%。",
    "农村居民人均收入16750元(其中牧区18026元,农区9652元)。",
    "比例尺为1:50000,配比为1:2:3。",
]
FALSE_SUMS = [
    ("中心补助18万元、幸福院补助21万元、敬老院补助26万元,三项合计69万元。", "180000+210000+260000=690000"),
    ("全镇户籍人口52136人,其中男性26911人,女性25825人。", "26911+25825=52136"),
    ("党员560名,其中农村党员480名,其余为机关党员100名。", "480+100=560"),
    ("三次产业结构为24.0:29.2:49.8。", "24.0+29.2+49.8=100"),
]
SILENT = [
    "储备种子7.93万吨、化肥7.2万吨、农药320吨,到位率分别为95%、91%和90%。",
    "甲业增加值47.5亿元,同比增长2.2%。乙业增加值36.1亿元,同比增长2.2%。",
    "全县有乡镇12个、村96个,培训108人次。",
    "党支部5个,党小组7个,党员120人,召开会议12次。",
    "投资300万元修路,投资200万元建桥,投资500万元办学。",
    "今年发放补贴500万元。去年修路300万元,建桥200万元。",
    "全县完成造林3万亩,种草2万亩,粮食播种面积5万亩。",
    "城镇居民人均收入3万元,农村居民人均收入1.2万元,企业4.2万元。",
    "新建幼儿园6所,小学4所,改造学校10所。",
    "满意度达到60%,知晓率40%。",
    "工业投资占60%,旅游收入增长40%。",
    "入学率98%,升学率2%。",
    "比分为3:2,时间8:30,比例尺1:50000。",
    "全镇6个村,发展合作社12家,每家带动农户2户。",
    "走访群众500户,收集意见300条,解决问题200个。",
    "最高奖补5万元,最低奖补1万元,共发放4万元。",
    "每户补助2000元,补助100户,投入35万元。",
    "全市人均收入2.5万元,其中城区人均收入3.1万元。",
    "书记12名,第一书记45名,工作队员90名,驻村干部135名。",
    "甲村120户,乙村80户,丙村200户。",
    "机关干部30名,企业50家,协会20家,志愿者100名。",
    "5月办结30件,6月办结45件,7月办结75件。",
    "全县辖12个乡镇。2015年以前全县辖18个乡镇。",
    "生产总值120亿元,比上年增加10亿元,增长6.5%。",
    "居民收入2万元,比上年增加2000元,实际增长8%。",
    "户均收入3万元,户均支出2万元,户均结余5000元。",
    "甲镇人口3.2万人,乙镇人口2.8万人,丙镇6万人。",
    "全县党员8000名,占总人口的5%。",
    "建成大棚500座,占地1000亩,亩均收入2万元。",
    "近三年投入900万元,年均400万元。",
    "6个行政村,党支部6个。",
    "茶农8.5万名,综合产值21亿元,茶农人均收入突破6000元。",
    "高考上线人数5120人,城镇新增就业3000人,农村转移就业2000人。",
    "甲乡2020年收入35.2万元,乙乡收入48.6万元,支出12.4万元。",
    "三产增加值增长6.5%,占比提高1.2个百分点,投资增长3.4%。",
    "全县常住人口52万人,其中城镇人口20万人,农村劳动力15万人。",
    "获得国家级荣誉3项、省级荣誉5项。全年召开会议8次。",
    "地区生产总值增长8%。明年地区生产总值增长8%。",
    "从2015年到2020年,投入由12亿元增加到15亿元,贫困发生率下降25%。",
    "A系统注册用户1.2万人,日活3000人,月活9000人。",
    "工期90天,其中施工60天。雨季30天。",
]
HOLDING = [(text, relation, True) for text, relation in SUMS] + [(text, relation, False) for text, relation in FALSE_SUMS]


@pytest.mark.parametrize(("text", "relation", "holds"), [*HOLDING, *SHARES, *CHANGES, *MEANS, *AGAIN])
def test_a_relation_is_found_with_its_truth(text: str, relation: str, holds: bool | None) -> None:
    assert (relation, holds) in [(check.relation, check.holds) for check in read(text).checks]


@pytest.mark.parametrize("text", SILENT)
def test_figures_that_happen_to_fit_are_left_alone(text: str) -> None:
    assert [(check.relation, check.holds) for check in read(text).checks if check.kind != "BOUND"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("网格员350人,其中党员278人,占比为79.4%。", "SHARE"),
        ("网格员350人,其中党员278人。", "BOUND"),
        ("小学12所、中学8所,合计20所。", "SUM"),
        ("企业由23家增加到31家,增加8家。", "CHANGE"),
        ("种植花椒1200亩,覆盖300户,户均4亩。", "AVERAGE"),
        ("每人补助3000元,共补助50人15万元。", "PRODUCT"),
        ("城镇居民收入31265元,农村居民收入12506元,城乡居民收入比2.50:1。", "RATIO"),
        ("全县44个村。走访44个村。", "REPEATED"),
        ("建立红色网格69个,网格微信群69个。", "PAIRED"),
    ],
)
def test_a_check_says_what_relation_it_is(text: str, kind: str) -> None:
    assert kind in [check.kind.value for check in read(text).checks]


def test_a_number_is_the_same_where_its_noun_goes_on_otherwise() -> None:
    checks = read("完成13个业务看板设计。后续推进13个业务看板数据填充。").checks
    assert [(check.kind.value, check.stated, check.computed) for check in checks] == [("REPEATED", 13, 13)]


def test_a_proportion_gives_the_shares_of_the_parts_before_it() -> None:
    text = "生产总值131.7亿元。其中一产增加值30.2亿元,二产增加值48.1亿元,三产增加值53.4亿元。三次产业比为22.9：36.5：40.6。"
    shares = [check for check in read(text).checks if check.kind == "SHARE"]
    assert [check.quotes[-1].text for check in shares] == ["22.9：36.5：40.6"]
    assert shares[0].quotes[-1].span.of(text) == "22.9：36.5：40.6"


def test_several_splits_of_one_total_are_each_a_check() -> None:
    text = "户籍人口83.30万人,其中城镇人口21.73万人,乡村人口61.57万人;男性44.17万人,女性39.13万人。"
    assert [len(check.quotes) for check in read(text).checks if check.kind == "SUM"] == [3, 3]


@pytest.mark.parametrize("text", NEVER_REFUTED)
def test_what_may_be_true_is_not_accused(text: str) -> None:
    assert [check.relation for check in read(text).checks if check.holds is False] == []


@pytest.mark.parametrize("qualifier", ["余", "多", "左右"])
def test_a_rough_part_never_refutes_a_sum(qualifier: str) -> None:
    checks = read(f"全镇户籍人口52136人,其中男性26911人,女性25800{qualifier}人。").checks
    assert not [check for check in checks if check.holds is False]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(101, 99_999), min_size=2, max_size=9, unique=True))
def test_listed_parts_hold_and_one_more_does_not(parts: list[int]) -> None:
    sums = {sum(some) for size in range(2, len(parts)) for some in combinations(parts, size)}
    assume(not sums & set(parts))  # a part that is the sum of others is read as their whole, which it may well be
    listed = "、".join(f"{name}级资金{part}元" for name, part in zip("甲乙丙丁戊己庚辛壬", parts, strict=False))
    whole = sum(parts)
    right = read(f"投入资金{whole}元,其中{listed}。").checks
    assert [check.holds for check in right if check.kind == "SUM" and len(check.quotes) == len(parts) + 1] == [True]
    wrong = read(f"投入资金{whole + 1}元,其中{listed}。").checks
    assert not [check for check in wrong if check.kind == "SUM" and len(check.quotes) == len(parts) + 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_share_that_is_rounded_right_is_never_refuted(one: int, other: int) -> None:
    part, whole = sorted((one, one + other))
    share = f"{100 * part / whole:.1f}"
    checks = read(f"全县有企业{whole}家,其中规上企业{part}家,占比为{share}%。").checks
    assert not [check for check in checks if check.holds is False]


def test_unrelated_figures_rarely_make_a_check() -> None:
    """Two thousand random figures in sentences without a word that relates them: what is left to chance stays under one in two hundred."""
    random_ = random.Random(7)  # noqa: S311
    nouns = ("修建水渠", "安装路灯", "培训农民", "走访农户", "发放贷款", "种植果树", "清理河道", "改造厕所", "引进企业", "收集意见")
    units = ("米", "盏", "人", "户", "万元", "棵", "公里", "座", "家", "条")
    text = "。".join(
        "，".join(f"{nouns[at]}{random_.randint(3, 900)}{units[at]}" for at in random_.sample(range(10), 5)) for _ in range(400)
    )
    found = read(text)
    assert (
        len([check for check in found.checks if check.kind in ("SUM", "SHARE", "CHANGE", "AVERAGE", "PRODUCT")])
        <= len(found.statistics) / 200
    )
    assert not [check for check in found.checks if check.holds is False]


@pytest.mark.parametrize(
    "unit", ["其中2个、", "共3个，", "占5%，", "增加7元，", "甲8元、", "1:2:97 ", "比3:1，", "户均9元，", "全县共有6个网格。"]
)
def test_time_of_the_rules_grows_with_the_number_of_figures_only(unit: str) -> None:
    small, large = (_seconds(unit, count) for count in (1_500, 6_000))
    assert large < 12 * small + 0.5


def _seconds(unit: str, count: int) -> float:
    text = unit * count
    start = time.process_time()
    read(text)
    return time.process_time() - start
