"""A text with another township's or village's name put into it is a document of its own; a copy that names its place otherwise is none."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Document
from ingest.duplicates import THRESHOLD, containment, mark_reprints
from ingest.same_place import About, Named, may_be_one
from tests.support import only

OPENING = "为解决老人吃饭难的问题，四川省青川县{town}从去年起办起互助食堂，由村集体出场地、乡贤出资、邻里出力，让留守老人吃上热饭。"
FIGURES = (
    "{town}有老人1260人，办起食堂14个，日均用餐430人次，每餐收费5元，志愿者96名轮流值班。",
    "建立账目公示制度，每月5日张榜，群众代表12人监督，累计收到意见83条，已经办结81条，其余两条正在办理之中。",
    "镇里把食堂与卫生室、活动室合在一处，改造旧校舍6间，投入资金38万元，其中村集体出资11万元，其余由社会捐助。",
)
SAMPLE = "{village}是最早办起来的，{village}的老人说，以前一个人懒得做饭，现在到点就来，吃完饭还能坐在一起说说话。"


def report(town: str = "", title: str = "互助食堂暖人心", village: str = "", parts: tuple[str, ...] = (OPENING, *FIGURES)) -> Document:
    body = "\n".join([*(part.format(town=town) for part in parts), *([SAMPLE.format(village=village)] if village else [])])
    return only(f"{title.format(town=town)}\n\n{body}")


def repeats(*documents: Document) -> list[int | None]:
    """For each document the number of the one that it repeats; the same in whatever order they come."""
    place = {document.id: number for number, document in enumerate(documents)}
    found = [mark_reprints(order) for order in permutations(documents)]
    answers = {tuple((one.id, one.reprint_of) for one in sorted(marked, key=lambda one: place[one.id])) for marked in found}
    (answer,) = answers
    return [None if of is None else place[of] for _, of in answer]


@pytest.mark.parametrize(("one", "other"), [("乔庄镇", "沙州镇"), ("骑马乡", "乔庄镇"), ("乐安寺乡", "凉水镇")])
@pytest.mark.parametrize("title", ["互助食堂暖人心", "{town}办起互助食堂", "{town}：一餐热饭暖人心"])
def test_another_township_of_the_county_in_the_same_words_and_figures_is_no_reprint(one: str, other: str, title: str) -> None:
    pair = report(one, title), report(other, title)
    assert containment(pair[0].shingles, pair[1].shingles) >= THRESHOLD
    assert repeats(*pair) == [None, None]


def test_the_reprints_of_a_report_stay_its_reprints_beside_the_one_of_another_township() -> None:
    original, other = report("乔庄镇", "{town}办起互助食堂"), report("凉水镇", "{town}办起互助食堂")
    retitled, excerpt = report("乔庄镇", "一餐热饭里的大民生"), report("乔庄镇", "青川乔庄：小食堂大民生", parts=FIGURES[:2])
    found = repeats(original, other, retitled, excerpt)
    assert found[1] is None
    assert found[3] in (0, 2)
    assert {found[0], found[2]} in ({None, 0}, {None, 2})


def test_another_village_of_the_township_is_no_reprint() -> None:
    pair = [report(f"乔庄镇{village}", "{town}办起互助食堂", village) for village in ("大沟村", "张家村")]
    assert containment(pair[0].shingles, pair[1].shingles) >= THRESHOLD
    assert repeats(*pair) == [None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (report("乔庄镇"), report("乔庄镇", "乔庄办起互助食堂")),
        (report("乔庄乡"), report("乔庄镇")),
        (report("乔庄镇"), report("我镇")),
        (report("乔庄镇", village="大沟村"), report("乔庄镇", village="大沟社区")),
        (report("乔庄镇", village="大沟村"), report("乔庄镇", village="我村")),
    ],
    ids=["the title leaves the rank out", "a township became a town", "our for the name", "a village became a community", "our village"],
)
def test_a_copy_that_names_its_place_in_another_way_is_a_reprint(one: Document, other: Document) -> None:
    assert sorted(of is None for of in repeats(one, other)) == [False, True]


def test_an_excerpt_on_one_township_repeats_a_report_that_is_mostly_about_another() -> None:
    more = "乔庄镇还办起农机互助社，乔庄镇有农机手48名，乔庄镇全年代耕土地2100亩，为在外务工的人家省下工钱56万元。"
    whole = only("\n\n".join(["青川县办起互助食堂", "\n".join([more, *(part.format(town="凉水镇") for part in (OPENING, *FIGURES))])]))
    excerpt = report("凉水镇", "{town}办起互助食堂")
    assert sorted(of is None for of in repeats(whole, excerpt)) == [False, True]


def test_two_titles_of_one_text_about_two_townships_leave_it_one_text() -> None:
    pair = "乔庄镇、凉水镇"
    assert sorted(of is None for of in repeats(report(pair, "乔庄镇联手邻居办食堂"), report(pair, "凉水镇联手邻居办食堂"))) == [False, True]


stems = st.sampled_from(["乔庄", "凉水", "沙州"])


@st.composite
def named(draw: st.DrawFn) -> Named:
    times = draw(st.dictionaries(stems, st.integers(1, 3)))
    main = draw(st.frozensets(st.sampled_from(sorted(times)), min_size=1)) if times else frozenset()
    return Named(main, frozenset((stem, number) for stem, count in times.items() for number in range(count)))


@given(named(), named(), named())
def test_whether_two_texts_may_be_about_one_place_hangs_on_no_order_and_a_text_may_be_its_own_copy(a: Named, b: Named, c: Named) -> None:
    one, other = About(townships=a, villages=c), About(townships=b, villages=c)
    assert may_be_one(one, other) == may_be_one(other, one)
    assert may_be_one(one, one)
    assert may_be_one(one, About())
