"""A newspaper page becomes its articles; a report stays one document; heads are read into their parts."""

import pytest

from archive.records import Genre
from ingest.pipeline import run
from tests.support import articles, only, raw

BODY = "近年来，青山县坚持以人民为中心，大力推进基层治理创新，取得了明显成效，群众满意度不断提升。"
MORE = "全县共划分网格三百个，配备网格员六百名，矛盾纠纷明显减少。"


def test_a_report_with_numbered_headings_is_one_document() -> None:
    (article,) = articles(f"关于青山县养老服务的调研报告\n{BODY}\n一、主要做法\n{BODY}\n二、存在的问题\n{MORE}")
    assert article.title == "关于青山县养老服务的调研报告"
    assert article.text.startswith("近年来")
    assert article.text.endswith(MORE)


def test_a_page_with_three_articles_is_split_at_their_heads() -> None:
    page = (
        f"绿水县：数字赋能乡村\n——来自绿水县的报道\n本报记者 张三 李四\n{BODY}\n强化统筹\n{MORE}\n"
        f"青山县促增收\n党建引领集体经济\n本报青山讯（记者 王五 通讯员 赵六）{BODY}\n{MORE}\n"
        f"红土镇推行积分制\n本报记者 孙七\n{BODY}"
    )
    first, second, third = articles(page)
    assert (first.title, first.subtitle, first.authors) == ("绿水县：数字赋能乡村", "——来自绿水县的报道", ("张三", "李四"))
    assert "强化统筹" in first.text
    assert (second.kicker, second.title) == ("青山县促增收", "党建引领集体经济")
    assert (second.dateline, second.authors) == ("青山", ("王五", "赵六"))
    assert second.text.startswith("近年来")
    assert (third.title, third.authors) == ("红土镇推行积分制", ("孙七",))


def test_the_date_above_a_page_is_that_of_all_its_articles() -> None:
    page = f"2023年11月08日\n绿水县促增收\n本报记者 张三\n{BODY}\n红土镇推行积分制\n本报记者 孙七\n{MORE}"
    assert [article.published for article in articles(page)] == ["2023-11-08", "2023-11-08"]


def test_a_photo_story_is_cut_out_of_the_article_that_it_interrupts() -> None:
    page = (
        f"青山县促增收\n本报记者 张三\n{BODY}\n\n\n\n近日，红土镇组织志愿者清理河道。活动受到群众欢迎。\n"
        f"图为志愿者在清理河道。\n本报记者 李四 摄\n"
        f"红土镇推行积分制\n本报记者 孙七\n{MORE}"
    )
    article, story, other = articles(page)
    assert article.text == BODY
    assert story.text == "近日，红土镇组织志愿者清理河道。活动受到群众欢迎。"
    assert story.genre is Genre.PHOTO_NEWS
    assert [caption.text for caption in story.captions] == ["图为志愿者在清理河道。"]
    assert story.authors == ("李四",)
    assert other.title == "红土镇推行积分制"


def test_captions_leave_the_body_and_keep_their_place_in_the_original() -> None:
    page = f"{BODY}\n图为青山县启动会现场\n(启动会在红土镇召开)\n{MORE}"
    (article,) = articles(page)
    assert article.text == f"{BODY}\n{MORE}"
    assert [page[caption.source.start : caption.source.end] for caption in article.captions] == [
        "图为青山县启动会现场",
        "(启动会在红土镇召开)",
    ]


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("青山镇：“小积分”撬动“大治理”\n发布时间：2024-03-05 09:12  来源：县委组织部", "published", "2024-03-05"),
        ("乡村振兴怎么干\n作者：张三 来源：青山发布", "authors", ("张三",)),
        ("关于青山县人居环境整治情况的\n调研报告\n青山县农业农村局", "title", "关于青山县人居环境整治情况的调研报告"),
        ("关于青山县人居环境整治情况的\n调研报告\n青山县农业农村局", "authors", ()),
        ("政府工作报告\n——在青山县人民代表大会上\n青山县人民政府县长 王建国", "title", "政府工作报告"),
        ("政府工作报告\n——在青山县人民代表大会上\n青山县人民政府县长 王建国", "authors", ("王建国",)),
        ("【党旗飘扬】\n把工作做到群众心里\n本报记者 张三", "column", "党旗飘扬"),
        ("如何破解“空心村”难题？", "title", "如何破解“空心村”难题？"),
        ("党建\n引领\n边疆\n党建引领边疆治理实践探索\n党建引领边疆治理实践探索", "title", "党建引领边疆治理实践探索"),
        ("标题：积分制撬动乡村治理", "title", "积分制撬动乡村治理"),
        ("绿水县的做法\n□ 记者 张三 通讯员 李四", "authors", ("张三", "李四")),
        ("绿水县的做法\n本报记者次仁多吉", "authors", ("次仁多吉",)),
        ("绿水县：黄沙变绿洲\n2023-06-17　来源：绿水生态环境　作者：　字号：[ 大 中 小 ]", "title", "绿水县：黄沙变绿洲"),
        ("绿水县：黄沙变绿洲\n2023-06-17　来源：绿水生态环境　作者：　字号：[ 大 中 小 ]", "published", "2023-06-17"),
        ("绿水：黑土地上的丰收\n原创 绿水县融媒体中心 2024-05-16 08:30 青海", "title", "绿水：黑土地上的丰收"),
        ("绿水：黑土地上的丰收\n原创 绿水县融媒体中心 2024-05-16 08:30 青海", "published", "2024-05-16"),
        ("绿水县教育工作总结\n【下载后可任意编辑】\n文档格式：DOCX　页数：4", "title", "绿水县教育工作总结"),
        ("绿教〔2024〕3号\n绿水县教育工作总结", "kicker", None),
        ("绿水县的做法\n记者 刘文君　通讯员 黄小平", "authors", ("刘文君", "黄小平")),
        ("绿水县的做法\n供稿：绿水县自然资源局", "authors", ()),
        ("关于绿水县物业治理的调研报告\n中共绿水县委党校　王海涛　孙雪梅", "title", "关于绿水县物业治理的调研报告"),
        ("关于绿水县物业治理的调研报告\n中共绿水县委党校　王海涛　孙雪梅", "authors", ("王海涛", "孙雪梅")),
        ("中共绿水县委社会工作部\n2024年工作总结和2025年工作打算", "title", "中共绿水县委社会工作部2024年工作总结和2025年工作打算"),
        ("绿水县村规民约调查\n2022-09-19 07:40刘成喜马瑞明\n治理探索 2022年5期\n关键词：村规民约", "authors", ("刘成喜", "马瑞明")),
        ("绿水县村规民约调查\n2022-09-19 07:40刘成喜马瑞明\n治理探索 2022年5期\n关键词：村规民约", "title", "绿水县村规民约调查"),
        ("绿水县村规民约调查\n刘成喜，马瑞明\n（1.江南大学 管理学院，江苏 无锡 214000）", "authors", ("刘成喜", "马瑞明")),
        ("绿水县的做法\n通讯员：王海涛李建国", "authors", ("王海涛", "李建国")),
        ("绿水县农村养老调研报告（2）\n绿水县农村养老调研报告", "title", "绿水县农村养老调研报告"),
        ("绿水县积分制经验.docxVIP\n绿水县积分制经验.docx", "title", "绿水县积分制经验"),
        ("政府工作报告\n2024年1月8日在绿水县第六届人民代表大会第六次会议上\n绿水县人民政府县长 李 静", "title", "政府工作报告"),
        ("政府工作报告\n2024年1月8日在绿水县第六届人民代表大会第六次会议上\n绿水县人民政府县长 李 静", "authors", ("李静",)),
        ("在绿水县基层治理大会上的讲话", "title", "在绿水县基层治理大会上的讲话"),
        (
            "标题：绿水县的做法\n发文单位：绿水县人民政府\n发文时间：未知\n来源URL：http://example.invalid/a?id=1\n\n正文：",
            "title",
            "绿水县的做法",
        ),
        ("绿水县的做法\n索引号: gk-2022-0197 发布日期: 2021年09月14日 09时21分\n内容概述: 绿水县的做法\n分享:", "published", "2021-09-14"),
        ("会员登录  新用户注册 退出\n×\n绿水县的做法\n|", "title", "绿水县的做法"),
        ("绿水县乡村治理经验材料\n文档简介", "authors", ()),
        ("绿水县乡村治理经验材料\n方法", "authors", ()),
        ("绿水县生活垃圾分类调研报告\n绿水县人大常委会调研组\n（2023年10月）", "title", "绿水县生活垃圾分类调研报告"),
        ("绿水县养老服务调研报告\n绿水县民政局\n2024年5月", "title", "绿水县养老服务调研报告"),
        ("绿水县养老服务调研报告\n绿水县民政局\n2024年5月6日", "published", "2024-05-06"),
        ("绿水县养老服务调研报告\n二〇二四年五月", "title", "绿水县养老服务调研报告"),
        ("绿水县盐碱地治理调研报告\n宁夏绿水县政协", "title", "绿水县盐碱地治理调研报告"),
        (
            "绿水县人大常委会\n关于全县苹果产业的调研报告\n（2024年5月20日绿水县第十九届人大常委会第十五次会议）",
            "title",
            "关于全县苹果产业的调研报告",
        ),
        ("民情日报 2022年11月08日 星期二 第03版\n绿水县人居环境见闻\n本报记者 张三", "published", "2022-11-08"),
        ("民情日报 2022年11月08日 星期二 第03版\n绿水县人居环境见闻\n本报记者 张三", "kicker", None),
        ("绿水县重点项目汇报材料\n单位名称：绿水县发改局　汇报人：\n汇报时间：2024年7月", "title", "绿水县重点项目汇报材料"),
        ("绿水县人居环境见闻\n绿水日报\n2022年04月30日 08:29", "title", "绿水县人居环境见闻"),
        ("绿水县人居环境见闻\n本报记者 李 纵 周小苑", "authors", ("李纵", "周小苑")),
        ("绿水县人居环境见闻\n通讯员：阎晋于文哲", "authors", ()),
        ("还剩3页未读，继续阅读\n下载文档到电脑，查找使用更方便\n小积分撬动大格局", "title", "小积分撬动大格局"),
    ],
)
def test_heads_are_read_into_their_parts(head: str, field: str, value: object) -> None:
    (article,) = articles(f"{head}\n{BODY}\n{MORE}")
    assert getattr(article, field) == value
    assert article.text == f"{BODY}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    ["记者走进王家村", "记者节当天开展活动", "作者简介", "通讯员队伍建设"],
)
def test_headings_that_only_begin_like_a_byline_stay_in_the_body(line: str) -> None:
    (article,) = articles(f"标题在这里写着\n{BODY}\n{line}\n{MORE}")
    assert line in article.text


def test_a_body_wrapped_to_a_width_is_not_taken_for_headlines() -> None:
    body = (BODY + MORE) * 3
    wrapped = "\n".join(body[at : at + 36] for at in range(0, len(body), 36))
    (article,) = articles(f"青山县2023年教育工作总结\n{wrapped}\n一、主要做法\n{wrapped}")
    assert article.title == "青山县2023年教育工作总结"
    assert "".join(article.text.split()) == f"{body}一、主要做法{body}"


def test_a_text_without_a_headline_has_no_title() -> None:
    (article,) = articles(f"{BODY}\n一、主要做法\n{MORE}")
    assert article.title is None


def test_a_note_on_the_author_is_cut_from_the_end() -> None:
    (article,) = articles(f"标题在这里写着\n{BODY}\n{MORE}（作者单位：青山县委党校）")
    assert article.text.endswith(MORE)


@pytest.mark.parametrize(
    ("note", "authors"),
    [
        ("（通讯员 古丽娜尔·买买提 赵磊）", ("古丽娜尔·买买提", "赵磊")),
        ("（来源：青山日报）", ()),
        ("（作者单位：青山县委党校）", ()),
        ("　（王小明 李建国）", ("王小明", "李建国")),
    ],
)
def test_a_closing_note_names_the_authors_when_it_signs_for_persons(note: str, authors: tuple[str, ...]) -> None:
    (article,) = articles(f"标题在这里写着\n{BODY}\n{MORE}{note}")
    assert article.text.endswith(MORE)
    assert article.authors == authors


@pytest.mark.parametrize("page", ["", "\n\n", "　\r\n", "第 3 页 共 12 页"])
def test_a_page_without_text_gives_no_article(page: str) -> None:
    assert articles(page) == ()


@pytest.mark.parametrize("page", ["积分制的做法", "本报记者 张三", "图为活动现场", "——副题", "一、做法\n二、成效"])
def test_a_page_of_headings_alone_loses_nothing(page: str) -> None:
    (article,) = articles(page)
    assert article.text == page
    assert article.title is None


@pytest.mark.parametrize(
    ("page", "genre"),
    [
        (f"关于青山县养老服务的调研报告\n{BODY}", Genre.RESEARCH_REPORT),
        (f"青山县2023年工作总结\n{BODY}", Genre.WORK_REPORT),
        (f"{BODY}\n一、主要做法\n{BODY}\n二、存在的问题\n{BODY}\n三、对策建议\n{BODY}", Genre.RESEARCH_REPORT),
        (f"{BODY}\n一、背景\n{BODY}\n二、主要做法\n{BODY}\n三、经验启示\n{BODY}", Genre.CASE),
        (f"重点项目推进情况汇报材料\n{BODY}", Genre.WORK_REPORT),
        (f"一季度全县经济运行情况\n{BODY}", Genre.WORK_REPORT),
        (f"一年来，我们狠抓污染防治。{BODY}", Genre.WORK_REPORT),
        (f"绿水县召开结对帮扶总结会\n{BODY}\n一是要压实责任。{BODY}\n二是要办成实事。{BODY}\n三是要常抓不懈。{BODY}", Genre.NEWS),
        (f"青山县促增收\n本报青山讯（记者 王五）{BODY}", Genre.NEWS),
        (f"典型案例：东岭村让闲房变客房\n{BODY}\n一、存在的问题\n{BODY}\n二、对策建议\n{BODY}", Genre.CASE),
        (f"关于治理典型案例的调研报告\n{BODY}\n一、存在的问题\n{BODY}\n二、对策建议\n{BODY}", Genre.RESEARCH_REPORT),
        (f"东岭乡办理信访案例库建设的思考\n{BODY}", Genre.RESEARCH_REPORT),
        (f"如何破解“空心村”难题？\n案例背景\n{BODY}\n主要做法\n{BODY}", Genre.CASE),
    ],
)
def test_the_genre_comes_from_head_and_sections(page: str, genre: Genre) -> None:
    assert only(page).genre is genre


@pytest.mark.parametrize(
    ("name", "genre"),
    [
        ("07典型案例.md", Genre.CASE),
        ("积分案例（东岭村）.txt", Genre.CASE),
        ("03材料.txt", Genre.RESEARCH_REPORT),
        ("案例调研报告.txt", Genre.RESEARCH_REPORT),
    ],
)
def test_the_name_of_its_file_may_call_a_document_a_case(name: str, genre: Genre) -> None:
    page = f"东岭村让闲房变客房\n{BODY}\n一、存在的问题\n{BODY}\n二、对策建议\n{BODY}"
    assert [one.genre for one in run(raw(page, name))] == [genre]


def test_articles_that_are_signed_at_their_ends_are_split_there() -> None:
    page = f"青山乡：逐村观摩促工作\n\n{BODY}\n{MORE}（王小明 李建国）\n\n青山县：五个聚焦促发展\n\n{BODY}\n{MORE}（赵闪）"
    found = articles(page)
    assert [(one.title, one.authors) for one in found] == [
        ("青山乡：逐村观摩促工作", ("王小明", "李建国")),
        ("青山县：五个聚焦促发展", ("赵闪",)),
    ]
    assert [one.text for one in found] == [f"{BODY}\n{MORE}"] * 2


@pytest.mark.parametrize("end", ["（高新区）", "（完）", "（下转第三版）", "（青山县委组织部）", "（含村级）"])
def test_brackets_at_an_end_that_name_nobody_stay(end: str) -> None:
    (article,) = articles(f"标题在这里写着\n{BODY}\n{MORE}{end}")
    assert article.text.endswith(end)
    assert article.authors == ()


@pytest.mark.parametrize(
    ("end", "place", "authors"),
    [
        ("中新网绿水新闻4月30日电(王小明 李建国)", "绿水", ("王小明", "李建国")),
        ("1月6日消息：", None, ()),
        ("本报绿水讯（通讯员王小明）", "绿水", ("王小明",)),
    ],
)
def test_datelines_of_agencies_and_sites(end: str, place: str | None, authors: tuple[str, ...]) -> None:
    (article,) = articles(f"绿水县人居环境见闻\n{end}{BODY}\n{MORE}")
    assert (article.dateline, article.authors, article.text) == (place, authors, f"{BODY}\n{MORE}")


@pytest.mark.parametrize("gap", ["\n\n\n", "\n\n\n\n", "\n（责任编辑：王小明）\n\n\n\n"])
def test_a_headline_below_a_wide_gap_begins_an_article(gap: str) -> None:
    found = articles(f"青山县：三项机制激活力\n{BODY}\n{MORE}{gap}绿水县：四措并举提精神\n{MORE}\n{BODY}")
    assert [one.title for one in found] == ["青山县：三项机制激活力", "绿水县：四措并举提精神"]
    assert [one.text for one in found] == [f"{BODY}\n{MORE}", f"{MORE}\n{BODY}"]


@pytest.mark.parametrize("heading", ["主要做法", "成效与启示", "一、强化组织领导"])
def test_a_section_heading_below_a_gap_stays_in_its_article(heading: str) -> None:
    (article,) = articles(f"青山县：三项机制激活力\n{BODY}\n{MORE}\n\n\n{heading}\n{MORE}\n{BODY}")
    assert heading in article.text


def test_paragraphs_that_all_stand_apart_are_one_article() -> None:
    body = "\n\n\n".join([BODY, "群众的日子越过越好", MORE, "产业的路子越走越宽", BODY])
    (article,) = articles(f"青山县：三项机制激活力\n\n\n{body}")
    assert "产业的路子越走越宽" in article.text


@pytest.mark.parametrize("heading", ["政区划分", "村情概况", "历史沿革", "自然资源"])
def test_the_name_of_a_first_section_is_no_title(heading: str) -> None:
    (article,) = articles(f"绿水镇简介\n{heading}\n{BODY}\n{MORE}")
    assert (article.title, article.text) == ("绿水镇简介", f"{heading}\n{BODY}\n{MORE}")
