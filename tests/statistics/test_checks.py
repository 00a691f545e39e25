"""Relations of printed figures: what is recomputed, what cannot hold, and what is no relation at all."""

import pytest

from tests.statistics.build import read

HOLDS = [
    ("网格员350人,其中党员278人,占比为79.4%。", "278/350=79.4%", True),
    ("网格员350人,其中党员278人,占比为89.4%。", "278/350=89.4%", False),
    ("全县有学校20所,其中小学12所、中学8所。", "12+8=20", True),
    ("党员120人,其中女党员130人。", "130<=120(其中)", False),
    ("企业由23家增加到31家,增加8家。", "31-23=8", True),
    ("企业由23家增加到31家,增加9家。", "31-23=9", False),
    ("收入由2000元增加到2500元,增长25%。", "(2500-2000)/2000=25%", True),
    ("入学率由92%提高到98%,提高6个百分点。", "98-92=6", True),
    ("种植花椒1200亩,覆盖300户,户均4亩。", "1200/300=4", True),
    ("每人补助3000元,共补助50人15万元。", "50×3000=150000", True),
    ("划分为44个综合网格、3个专属网格,配备专职网格员47名。", "44+3=47(专职网格员)", True),
    ("7名包乡县级领导联系7个重点村。", "7=7(每个一名)", True),
    ("种草12.5万亩、造林8.2万亩，两项合计20.7万亩。", "125000+82000=207000", True),
    ("种草12.5万亩、造林8.2万亩，两项合计21.5万亩。", "125000+82000=215000", False),
    ("160个站点中有40个停用，停用率25%。", "40/160=25%", True),
    ("160个站点中有40个停用，停用率35%。", "40/160=35%", False),
    ("全县林地面积80万亩。去年新建公益林20万亩，占林地面积的25%。", "200000/800000=25%", True),
    ("常住人口40.2万人，其中儿童6.1万人，占常住人口的15.2%。", "61000/402000=15.2%", True),
    ("收入从4000元增加到9000元，增长1.25倍。", "9000/4000-1=1.25", True),
    ("收入从4000元增加到9000元，增长2.5倍。", "9000/4000-1=2.5", False),
    ("近五年培养技师150名，年均30名。", "150/5=30", True),
    ("常住人口40万人，其中儿童6万人，占常住人口的15%；老人10万人，占25%。", "100000/400000=25%", True),
    ("考取大学生900人，比上年增加60人，其中师范类200人。", "200<=900(其中)", True),
    ("排查隐患300处，已整改285处，整改率98%。", "285/300=98%", False),
    ("排查隐患300处，已整改285处，整改率95%。", "285/300=95%", True),
    ("全县企业1200家，组建工会840家，组建率达90%。", "840/1200=90%", False),
    ("建成公租房500套，分配入住480户，入住率96%。", "480/500=96%", True),
    ("养老院设床位240张。目前入住老人198人，入住率为82.5%。", "198/240=82.5%", True),
    ("现有学校50所，在校生2.3万人。其中，小学30所，占60%；中学15所；幼儿园5所。", "30+15+5=50", True),
    ("现有学校50所，在校生2.3万人。其中，小学30所，占60%；中学15所；幼儿园5所。", "30/50=60%", True),
    ("建立红色网格69个,网格微信群69个。", "69=69(网格微信群,每红色网格一个)", True),
]
SILENT = [
    "160个站点中有40个停用，满意率90%。",
    "受理案件1200件，办结980件，按时办结率99%。",
    "养老院设床位240张，目前入住老人198人，入住率为62.5%。",
    "培训500人，覆盖村民300人，覆盖率80%。",
    "化解纠纷1200件，化解率98%。",
    "全县有村120个，人口30万人。其中，种植花椒的村30个、面积90亩。",
    "修渠3公里、筑坝2座，合计投资600万元。",
    "全县林地面积80万亩。去年新建公益林20万亩，占公益林面积的60%。",
    "近五年培养技师150名，年均引进45名。",
    "小学新增20所，中学5所，合计投入3000元。",
    "修桥12座,植树12棵。",
    "网格员350余人,党员278人。",
    "全县有党员300名。干部中党员占20%。",
    "召开会议20次,受益群众20人。",
    "收入增长6%,投资增长6%。",
    "村级活动室5个,羊5只。",
    "平均住院日由9.2天缩短至7.6天,药占比降至28%。",
    "企业由23家增加到31家,产值增长40%。",
]


@pytest.mark.parametrize(("text", "relation", "holds"), HOLDS, ids=[text for text, _, _ in HOLDS])
def test_a_relation_is_recomputed(text: str, relation: str, holds: bool) -> None:
    assert (relation, holds) in [(check.relation, check.holds) for check in read(text).checks]


@pytest.mark.parametrize("text", SILENT)
def test_unrelated_figures_are_not_compared(text: str) -> None:
    assert [check.relation for check in read(text).checks] == []


def test_a_rough_figure_is_a_bound() -> None:
    checks = read("网格员350余人,其中党员278人,占比为79.4%。").checks
    assert [check.holds for check in checks if "/" in check.relation] in ([None], [])


def test_a_total_stated_twice_is_one_check() -> None:
    text = "对44个村(居)进行摸排。县委书记走访44个村(居)。为44个村(居)修订公约。"
    assert [(check.relation, len(check.quotes)) for check in read(text).checks] == [("44=44=44(村(居))", 3)]


def test_quotes_of_a_check_stand_in_the_text() -> None:
    found = read("网格员350人,其中党员278人,占比为79.4%。")
    for check in found.checks:
        assert all(quote.span.of(found.text) == quote.text for quote in check.quotes)
        assert set(check.statistics) <= {item.id for item in found.statistics}
