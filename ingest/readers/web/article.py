"""Which blocks of a page are its article: the title and source line as printed, the body whole, nothing that stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.cleaning.boilerplate import find_banners
from ingest.cleaning.lines import LineKind, kind_of
from ingest.cleaning.link_lists import find_link_lists, links_offered
from ingest.readers.web.blocks import Block, Extent, Page
from ingest.readers.web.metadata import is_site

_SENTENCE = re.compile(r"[。！？；]|，.*，", re.DOTALL)
_SHORTEST_PROSE = 20  # characters outside links
_STRAY_PROSE = 40  # the same, outside the element that a template keeps bodies in
_LINKED = 0.5  # share of a block's characters in links above which it leads elsewhere
_LIST_OF_LINKS = 0.6  # the same for a page without a sentence: it is a list
_RUN_OF_LINKS = 3
_DATES = re.compile(r"[\d\s年月日./:：\[\]()（）·•>|-]+")
"""What stands beside a link in a list without being text."""
_LABEL = re.compile(r"[:：]|(?<=】)")
_OFFERS = re.compile(r"(?:相关|推荐|延伸|猜你|热门|更多|上一|下一)")
_TABLE_OF_FACTS = re.compile(r"索引号|发文机关|发文字号|发布机构|成文日期|主题分类|文\s{0,2}号")
_TABLE = "表。"
"""What stands for a table among lines: no headline."""
_ABOVE = 40  # blocks before the body in which the title is looked for
_LONGEST_HEAD_LINE = 160
_SHORTEST_TITLE = 4
SURE_TITLE = 8
"""Characters from which on a line is a title rather than the name of a site or of a section."""
_SMALL = 3  # blocks: an element that holds fewer is widened to the one around it
_LEAST_SHARE = 0.5  # of the prose that a second opinion must hold to be heard


@dataclass(frozen=True, slots=True)
class Article:
    """Numbers of blocks: those above the title, of the title, of the rest of the head, and of the body, each in the order of the text."""

    above: tuple[int, ...]
    title: tuple[int, ...]
    head: tuple[int, ...]
    body: tuple[int, ...]
    set_apart: tuple[str, ...] = ()


def article_of(page: Page, titles: Sequence[str], second_opinion: Callable[[], str | None]) -> Article | None:
    """The article of a page; None when it has none, but a list of links.

    `titles` are what the page calls itself, best first. `second_opinion` is asked where no template tells the body: all text that
    another method takes for the article, or None; it trims what stands before and behind, and takes nothing from the middle.
    """
    view = _View(page)
    prose = view.prose()
    settled = view.known(prose)
    if settled is not None:
        body = settled
    else:
        extent = view.smallest_around(prose or view.lines())
        if extent is None:
            return None
        body = view.of_extent(extent)
        if not prose and view.is_list(body):
            return None
        body = view.trimmed(body, second_opinion)
    if not body:
        return None
    title, head = view.head(body, titles)
    above, head = view.above(body, title, head, titles, in_template=settled is not None)
    taken = {*above, *title, *head}
    dropped = [index for index in view.dropped if index not in taken]
    rest = tuple(sorted({*body} - taken - {*dropped}))
    return Article(above, title, head, rest, tuple(dict.fromkeys(page.blocks[index].text for index in dropped)))


class _View:
    """A page with what is told of each block once."""

    def __init__(self, page: Page) -> None:
        self.blocks = page.blocks
        self.page = page
        self.sizes = [len("".join(block.text.split())) for block in self.blocks]
        self.furniture = _furniture(self.blocks)
        self.linked = [block.linked > _LINKED * max(1, len(_DATES.sub("", block.text))) for block in self.blocks]
        self.dropped: list[int] = []
        self._heed_around = True

    def prose(self) -> list[int]:
        """The blocks that are sentences or tables; those around the article only where hardly any others are."""
        found = [index for index in range(len(self.blocks)) if self._is_prose(index)]
        proper = [index for index in found if not self.blocks[index].around]
        if sum(self.sizes[index] for index in proper) * 2 >= sum(self.sizes[index] for index in found):
            return proper
        self._heed_around = False
        return found

    def _is_prose(self, index: int) -> bool:
        block = self.blocks[index]
        if index in self.furniture or self.linked[index]:
            return False
        return block.grid is not None or (self.sizes[index] - block.linked >= _SHORTEST_PROSE and bool(_SENTENCE.search(block.text)))

    def lines(self) -> list[int]:
        """The blocks with text of their own, for a page without sentences."""
        return [index for index in range(len(self.blocks)) if self._stays(index) and not self.linked[index]]

    def _stays(self, index: int) -> bool:
        return index not in self.furniture and not (self._heed_around and self.blocks[index].around)

    def known(self, prose: list[int]) -> list[int] | None:
        """The body by the template, with the sentences that stand outside of it; None where it holds too little of the page's."""
        inside = {index for extent in self.page.bodies for index in range(extent.start, extent.end)}
        own = sum(self.sizes[index] for index in inside if index not in self.furniture)
        stray = [index for index in prose if index not in inside and self.sizes[index] >= _STRAY_PROSE and self.blocks[index].grid is None]
        if not own or own < sum(self.sizes[index] for index in stray):
            return None
        return self._without_offers(sorted({*inside, *stray}), _RUN_OF_LINKS * 1_000)

    def smallest_around(self, indexes: list[int]) -> Extent | None:
        """The smallest element that holds all of these blocks, and more than a few."""
        if not indexes:
            return None
        first, last = indexes[0], indexes[-1]
        around = sorted((one for one in self.page.extents if one.start <= first and one.end > last), key=lambda one: one.end - one.start)
        chosen = around[0] if around else Extent(0, len(self.blocks))
        for wider in around:
            if chosen.end - chosen.start >= _SMALL or self._mostly_links(wider, chosen):
                break
            chosen = wider
        return chosen

    def _mostly_links(self, wider: Extent, inner: Extent) -> bool:
        added = [*range(wider.start, inner.start), *range(inner.end, wider.end)]
        links = sum(self.blocks[index].linked for index in added)
        return bool(added) and links * 2 > sum(self.sizes[index] for index in added)

    def of_extent(self, extent: Extent) -> list[int]:
        """The blocks of an element that are no furniture and lead nowhere."""
        within = range(extent.start, extent.end)
        self.dropped += [index for index in within if index not in self.furniture and not self._stays(index)]
        return self._without_offers([index for index in within if index in self.furniture or self._stays(index)], _RUN_OF_LINKS)

    def _without_offers(self, indexes: list[int], longest: int) -> list[int]:
        """Without furniture, the links that it offers, and runs of `longest` links and more."""
        offers = _offers(self.blocks, indexes)
        self.dropped += sorted(offers)
        kept: list[int] = []
        run: list[int] = []
        offered = False
        for index in indexes:
            if index in offers:
                offered = True
                continue
            if index in self.furniture:
                self.dropped.append(index)
                offered = bool(_OFFERS.match(self.blocks[index].text))
            elif self.linked[index] and self.blocks[index].grid is None:
                if offered or links_offered(_LABEL.split(self.blocks[index].text, maxsplit=1)[0]):
                    self.dropped.append(index)
                else:
                    run.append(index)
                continue
            else:
                offered = False
            kept += run if len(run) < longest else []
            run = []
            if index not in self.furniture:
                kept.append(index)
        return kept + (run if len(run) < longest else [])

    def is_list(self, body: list[int]) -> bool:
        """Whether a page without sentences is one of links."""
        links = sum(size for size, linked in zip(self.sizes, self.linked, strict=True) if linked)
        return not body or links > _LIST_OF_LINKS * sum(self.sizes)

    def trimmed(self, body: list[int], second_opinion: Callable[[], str | None]) -> list[int]:
        """The body without the lines before and behind that the second opinion leaves out, sentences and tables excepted."""
        opinion = second_opinion()
        if opinion is None:
            return body
        whole = "".join(opinion.split())
        agreed = {index for index in body if "".join(self.blocks[index].text[:80].split()) in whole}
        prose = {index for index in body if self._is_prose(index)}
        if sum(self.sizes[index] for index in prose & agreed) < _LEAST_SHARE * sum(self.sizes[index] for index in prose):
            return body
        held = agreed | prose
        first, last = min(held, default=0), max(held, default=-1)
        self.dropped += [index for index in body if not first <= index <= last]
        return [index for index in body if first <= index <= last]

    def head(self, body: list[int], titles: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The blocks of the printed title, and those of the head below it; the title's are empty where the page prints none."""
        first = next((index for index in body if self._is_prose(index)), body[0])
        start = max(0, first - _ABOVE)
        title = self._title(range(start, min(len(self.blocks), first + 1)), titles)
        below = range(title[-1] + 1, body[0]) if title else range(max(start, body[0] - 6), body[0])
        head = [index for index in below if self._belongs(index, after_title=bool(title))]
        facts = [index for index in range(start, first) if self.blocks[index].grid and _TABLE_OF_FACTS.search(self.blocks[index].text)]
        return title, (*head, *(index for index in facts if index not in head))

    def above(
        self, body: Sequence[int], title: Sequence[int], head: tuple[int, ...], titles: Sequence[str], in_template: bool
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The lines of the body that stand above a title that is no doubtful one, and the head with the source lines among them.

        Where templates keep bodies such a line is a kicker; on any other page it is a slogan or a footer of the print, and dropped.
        """
        lines = [index for index in body if title and index < title[0] and index not in head]
        if not lines or not self._is_settled(title, titles):
            return (), head
        told = tuple(index for index in lines if kind_of(self.blocks[index].text) is LineKind.META)
        others = tuple(index for index in lines if index not in told)
        self.dropped += () if in_template else others
        return others if in_template else (), (*head, *told)

    def _is_settled(self, title: Sequence[int], titles: Sequence[str]) -> bool:
        """Whether a title is what the page calls itself, or its only heading of the first level."""
        text = "".join("".join(self.blocks[index].text.split()) for index in title)
        tops = [index for index, block in enumerate(self.blocks) if block.level == 1]
        return tops == list(title) or any(text in "".join(one.split()) for one in titles)

    def _title(self, among: range, titles: Sequence[str]) -> tuple[int, ...]:
        lines = {index: "".join(self.blocks[index].text.split()) for index in among if self._may_be_title(index)}
        wanted = ["".join(title.split()) for title in titles]
        for whole in wanted:
            for index in reversed(lines):
                if lines[index] == whole:
                    return (index,)
                for count in (2, 3):
                    run = range(index, index + count)
                    if all(one in lines for one in run) and "".join(lines[one] for one in run) == whole:
                        return tuple(run)
        for index in reversed(lines):
            if len(lines[index]) >= SURE_TITLE and any(lines[index] in whole for whole in wanted):
                return (index,)
        return self._marked_title([index for index in lines if kind_of(self.blocks[index].text) is not LineKind.MARKED])

    def _marked_title(self, lines: Sequence[int]) -> tuple[int, ...]:
        """The heading of the first level, or else the last of the second; a short one, or a site's name, heads the site."""
        tops = [index for index in lines if self.blocks[index].level == 1]
        own = [index for index in tops if self.sizes[index] >= SURE_TITLE and not is_site(self.blocks[index].text)]
        return tuple((own or [index for index in lines if self.blocks[index].level in (1, 2)])[-1:])

    def _may_be_title(self, index: int) -> bool:
        block = self.blocks[index]
        fits = _SHORTEST_TITLE <= self.sizes[index] <= _LONGEST_HEAD_LINE
        return fits and block.grid is None and index not in self.furniture and not self.linked[index]

    def _belongs(self, index: int, after_title: bool) -> bool:
        block = self.blocks[index]
        if index in self.furniture or self.linked[index] or block.grid is not None or self.sizes[index] > _LONGEST_HEAD_LINE:
            return False
        return kind_of(block.text) is LineKind.META or (after_title and not block.around)


def _offers(blocks: Sequence[Block], indexes: Sequence[int]) -> frozenset[int]:
    """Of the blocks with these numbers those that are lists of links with their headings, told as in a text without links."""
    starts: dict[int, int] = {}
    lines: list[str] = []
    at = 0
    for index in indexes:
        starts[at] = index
        lines.append(_TABLE if blocks[index].grid else " ".join(blocks[index].text.split("\n")))
        at += len(lines[-1]) + 1
    return frozenset(starts[edit.start] for edit in find_link_lists("\n".join(lines)))


def _furniture(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that are nothing but wordings of boilerplate."""
    lines = ["" if block.grid else " ".join(block.text.split("\n")) for block in blocks]
    starts: dict[int, tuple[int, int]] = {}
    at = 0
    for index, line in enumerate(lines):
        starts[at] = (index, len(line))
        at += len(line) + 1
    edits = [edit for edit in find_banners("\n".join(lines)).edits if edit.start in starts]
    return frozenset(starts[edit.start][0] for edit in edits if edit.end - edit.start >= starts[edit.start][1])
