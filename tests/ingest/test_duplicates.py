from __future__ import annotations

import random
import time
import unicodedata
from itertools import permutations
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ids import content_hash, document_id
from archive.records import Document, Source
from archive.text import MappedText, Span
from ingest import duplicates, readers
from ingest.pipeline import drafts, run
from tests.support import raw

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
CHARS = "".join(sorted({char for path in SAMPLES for char in path.read_text("utf-8") if "\u4e00" <= char <= "\u9fff"}))


def prose(seed: int, length: int) -> str:
    chance = random.Random(seed)  # noqa: S311 a text, no secret
    return "".join(chance.choice(CHARS) for _ in range(length))


def document(text: str, removed: int = 0) -> Document:
    """A document whose original holds `removed` characters more inside the body."""
    raw = text[:5] + "#" * removed + text[5:]
    whole = MappedText.whole(raw)
    body = whole.assembled((Span(0, 5), Span(5 + removed, len(raw))))
    sha256 = content_hash(raw.encode())
    source = Source(sha256=sha256, name=f"{sha256[:6]}.txt", size=len(raw))
    return duplicates.find_shingles(Document(id=document_id(sha256, 1), source=source, ordinal=1, text=body.text, offsets=body.offsets))


def related(a: str, b: str) -> bool:
    return duplicates.related(duplicates.Copy.of(document(a)), duplicates.Copy.of(document(b)))


def sample_documents() -> list[Document]:
    found: list[Document] = []
    for path in SAMPLES:
        found += map(duplicates.find_shingles, drafts(readers.read(path.name, path.read_bytes())))
    return found


def test_among_the_samples_one_is_a_reprint_and_the_better_kept_copy_is_counted() -> None:
    found = sample_documents()
    names = {each.id: each.source.name[:3] for each in found}
    marked = duplicates.mark_reprints(found)
    assert [(names[each.id], names[each.reprint_of]) for each in marked if each.reprint_of] == [("001", "000")]
    assert [each.id for each in marked] == [each.id for each in found]


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (lambda text: text.replace("，", ",").replace("。", "."), 1.0),
        (lambda text: "\n".join(text[at : at + 30] for at in range(0, len(text), 30)), 1.0),
        (lambda text: text[: len(text) * 2 // 5], 1.0),
        (lambda text: "（记者 某某）" + text + "责任编辑：某某", 0.98),
        (lambda text: "".join(chr(ord(char) + 0xFEE0) if "0" <= char <= "9" else char for char in text), 1.0),
    ],
)
def test_what_a_copy_goes_through_does_not_hide_it(change: object, least: float) -> None:
    assert callable(change)
    text = SAMPLES[2].read_text("utf-8")
    assert duplicates.containment(duplicates.sketch(change(text)), duplicates.sketch(text)) >= least - 0.03
    assert related(change(text), text)


def test_a_short_photo_story_keeps_all_its_shingles() -> None:
    text = prose(1, 100)
    assert len(duplicates.sketch(text)) == 96
    assert related(text, text[:80])


@pytest.mark.parametrize("length", [0, 1, 4, 5, 255, 256, 260, 261, 1000, 5000, 60_000])
def test_a_sketch_is_bounded_and_sorted(length: int) -> None:
    found = duplicates.sketch(prose(2, length))
    assert len(found) <= 320
    assert list(found) == sorted(set(found))
    assert len(found) >= min(90, max(0, length - 4))


def test_documents_with_stock_phrases_in_common_are_not_related() -> None:
    phrase = "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持以人民为中心的发展思想"
    a, b = (phrase + prose(seed, 900) + phrase for seed in (3, 4))
    assert not related(a, b)


PATTERN = (
    "今年以来，{county}持续推进网格化管理，划分网格{grids}个，配备专职网格员{members}名，建成党群服务中心{grids}个。各乡镇每月召开一次议事会，"
    "听取群众意见，矛盾纠纷就地化解。下一步，将继续完善网格员考核办法，把更多资源、服务、管理下沉到网格，让群众办事更方便。"
)


def filled(county: str, grids: int, members: int) -> Document:
    return run(raw(f"{county}网格化管理工作情况\n" + PATTERN.format(county=county, grids=grids, members=members)))[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("青川县", 12, 120), ("剑阁县", 35, 350)),
        (("青川县", 12, 120), ("剑阁县", 12, 120)),
        (("青川县", 12, 120), ("青川县", 12, 121)),
    ],
)
def test_another_county_and_a_corrected_figure_are_no_reprints(one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    pair = [filled(*one), filled(*other)]
    assert duplicates.containment(pair[0].shingles, pair[1].shingles) >= duplicates.THRESHOLD
    assert [each.reprint_of for each in duplicates.mark_reprints(pair)] == [None, None]


def test_a_corrected_figure_is_told_although_the_new_one_stands_elsewhere_in_the_text() -> None:
    text = prose(31, 300) + "建成网格12个，" + prose(32, 300) + "选派干部35名，" + prose(33, 300) + "走访农户12户。完。"
    assert not related(text, text.replace("12户", "35户"))
    assert related(text, text[:-2])


CUTS = {
    "head": lambda text: text[: len(text) * 2 // 5],
    "middle": lambda text: text[len(text) * 3 // 10 : len(text) * 7 // 10],
    "tail": lambda text: text[len(text) * 3 // 5 :],
    "scattered": lambda text: "。".join(text.split("。")[::5] + text.split("。")[1::5]),
}


@pytest.mark.parametrize("length", [300, 1000, 5000, 20_000])
@pytest.mark.parametrize("cut", CUTS)
def test_a_copy_that_was_cut_to_two_fifths_is_a_reprint_even_when_the_cut_goes_through_a_figure(length: int, cut: str) -> None:
    for seed in range(40, 48):
        chance = random.Random(seed)  # noqa: S311 a text, no secret
        text = "".join(f"{prose(seed * 1000 + at, 18)}{chance.randrange(10, 99_999)}个。" for at in range(length // 24))
        assert related(CUTS[cut](text), text)


def test_the_same_report_under_another_headline_is_a_reprint() -> None:
    first = filled("青川县", 12, 120)
    second = run(raw("青川县：小网格托起大平安\n本报记者 张三\n" + first.text))[0]
    assert sorted(bool(each.reprint_of) for each in duplicates.mark_reprints([first, second])) == [False, True]


def test_texts_too_short_to_tell_are_no_reprints() -> None:
    assert not any(each.reprint_of for each in duplicates.mark_reprints([document("图片新闻"), document("图片新闻", removed=1)]))


def test_the_copy_that_needed_least_cleaning_is_counted_whatever_the_order() -> None:
    text = prose(5, 800)
    copies = [document(text, removed) for removed in (30, 4, 11)]
    for order in permutations(copies):
        marked = {each.id: each.reprint_of for each in duplicates.mark_reprints(order)}
        assert marked == {copies[0].id: copies[1].id, copies[1].id: None, copies[2].id: copies[1].id}


def test_an_excerpt_repeats_the_whole_even_when_it_is_cleaner() -> None:
    text = prose(6, 2000)
    whole, part = document(text, removed=40), document(text[:300])
    assert [each.reprint_of for each in duplicates.mark_reprints([part, whole])] == [whole.id, None]


def test_a_collection_counts_for_what_it_holds_and_its_parts_are_not_reprints_of_each_other() -> None:
    first, second = prose(7, 700), prose(8, 700)
    collection, one, two = document(first + second, removed=20), document(first), document(second)
    marked = {each.id: each.reprint_of for each in duplicates.mark_reprints([one, two, collection])}
    assert marked == {collection.id: None, one.id: collection.id, two.id: collection.id}


def test_a_chain_of_overlaps_does_not_make_its_ends_reprints() -> None:
    a, b, c = prose(11, 500), prose(12, 700), prose(13, 500)
    chain = [document(a + b), document(b + c, removed=1)]
    third = document(c + prose(14, 400), removed=2)
    marked = {each.id: each.reprint_of for each in duplicates.mark_reprints([*chain, third])}
    assert marked == {chain[0].id: None, chain[1].id: chain[0].id, third.id: None}


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_reading_never_matters(data: st.DataObject) -> None:
    texts = [prose(seed, 400) for seed in range(20, 24)]
    pieces = st.lists(st.sampled_from(texts), min_size=1, max_size=3)
    made = data.draw(st.lists(st.tuples(pieces, st.integers(0, 9), st.integers(0, 150)), min_size=1, max_size=8))
    found = list({each.id: each for each in (document("".join(parts)[cut:], removed) for parts, removed, cut in made)}.values())
    shuffled = data.draw(st.permutations(found))
    repeats = duplicates.principals(map(duplicates.Copy.of, found))
    assert repeats == duplicates.principals(map(duplicates.Copy.of, shuffled))
    assert all(repeats[principal] is None for principal in repeats.values() if principal)


@given(text=st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_sketch_that_holds_itself(text: str) -> None:
    found = duplicates.sketch(text)
    assert duplicates.containment(found, found) == (1.0 if len(found) >= duplicates.MIN_SHARED else 0.0)


def test_a_long_text_is_sketched_in_linear_time() -> None:
    started = time.process_time()
    duplicates.sketch(prose(9, 1000) * 1700)
    duplicates.sketch("的" * 1_700_000)
    assert time.process_time() - started < 8


def test_no_related_pair_is_missed_by_the_search_for_candidates() -> None:
    pool = [prose(seed, 120) for seed in range(60, 90)]
    chance = random.Random(4)  # noqa: S311 texts, no secret
    stock = prose(99, 200)
    found = [document(stock + "".join(chance.sample(pool, chance.choice((1, 2, 5, 20)))), removed) for removed in range(60)]
    copies = [duplicates.Copy.of(each) for each in found]
    pairs = {(min(a.id, b.id), max(a.id, b.id)) for a in copies for b in copies if a.id != b.id and duplicates.related(a, b)}
    assert len(pairs) > 50
    assert pairs <= duplicates._candidates(copies)


def test_a_corpus_full_of_stock_phrases_is_grouped_without_comparing_each_with_each() -> None:
    stock = prose(98, 130)
    copies = [duplicates.Copy.of(document(stock + prose(1000 + number, 1200))) for number in range(150)]
    assert len(duplicates._candidates(copies)) < 150
    assert set(duplicates.principals(copies).values()) == {None}


def sketch_by_definition(text: str) -> tuple[int, ...]:
    folded = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    hashes = {crc32(folded[at : at + 5].encode("utf-32-le", "surrogatepass")) for at in range(len(folded) - 4)}
    level = max(0, (len(folded) - 5).bit_length() - 8)
    return tuple(sorted(value for value in hashes if value < 1 << (32 - level)))


@given(
    st.lists(
        st.one_of(st.text(max_size=8), st.sampled_from(["全县投入１２万元，", "é", "e\u0301", "①②", "㎡", "ｶﾞ", "한", "\u1112\u1161"])),
        max_size=60,
    )
)
@settings(max_examples=150, deadline=None)
def test_a_sketch_is_that_of_the_normal_form(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert duplicates.sketch(text) == sketch_by_definition(text)
    assert duplicates.sketch(text * 40) == sketch_by_definition(text * 40)


def test_the_usual_characters_stand_alone() -> None:
    """What is left as it is becomes no other word, and is never the second part of a composed character."""
    parts = [unicodedata.decomposition(chr(code)).split() for code in range(0x110000)]
    second = {chr(int(two[1], 16)) for two in parts if len(two) == 2 and two[0][0] != "<"}
    for char in map(chr, range(0x10000)):
        if not duplicates.UNUSUAL.match(char):
            form = unicodedata.normalize("NFKC", char)
            assert form == char or not any(map(str.isalnum, char + form))
            assert not unicodedata.combining(char)
            assert char not in second
