"""What a paragraph says: its runs, with fields, changes, hidden text, symbols, notes and text boxes each in its right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.readers.office_xml import Element
from ingest.readers.word.equations import MATH, linear
from ingest.readers.word.names import ALTERNATE, alternative, switch, value, w
from ingest.readers.word.styles import Styles
from ingest.readers.word.symbols import PRIVATE, legible, symbol

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTENTS = re.compile(r"\s*TOC\b")


@dataclass(slots=True)
class Seen:
    """What was met on the way and is worth a warning."""

    changes: bool = False
    hidden: int = 0
    foreign_parts: int = 0
    pictures: int = 0


@dataclass(slots=True)
class Words:
    """The text of a paragraph: `lines` are more than one where it has line breaks. `boxes` are the text boxes that hang on it.

    `notes` are the foot- and endnotes whose marks stand in it: (kind, id).
    """

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    contents: bool = False
    mark_deleted: bool = False

    @property
    def text(self) -> str:
        """Its lines in one."""
        return " ".join(filter(None, self.lines))


@dataclass(slots=True)
class _Field:
    code: bool = True
    instruction: str = ""


class Inline:
    """Reads paragraphs in the order of the document: fields may go on from one to the next."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen
        self._fields: list[_Field] = []
        self._words = Words()
        self._hidden_style = False
        self._hidden = False
        self._font: str | None = None
        into = dict.fromkeys(("hyperlink", "smartTag", "sdtContent", "customXml", "dir", "bdo", "fldSimple", "rubyBase"), self._walk)
        handlers: dict[str, Callable[[Element], None]] = {
            **into,
            "r": self._run,
            "ruby": lambda element: self._walk_all(element.iterfind(w("rubyBase"))),
            "sdt": self._control,
            "ins": self._changed,
            "moveTo": self._changed,
            "del": self._removed,
            "moveFrom": self._removed,
            "t": self._text,
            "tab": lambda _: self._put("\t"),
            "ptab": lambda _: self._put("\t"),
            "br": lambda _: self._break(),
            "cr": lambda _: self._break(),
            "noBreakHyphen": lambda _: self._put("-"),
            "sym": lambda element: self._put(symbol(element.get(w("font")), element.get(w("char")))),
            "fldChar": self._field,
            "instrText": self._instruction,
            "footnoteReference": lambda element: self._note("footnote", element),
            "endnoteReference": lambda element: self._note("endnote", element),
            "drawing": self._drawing,
            "pict": self._drawing,
            "object": self._drawing,
        }
        self._handlers = {w(name): handler for name, handler in handlers.items()}
        self._handlers[ALTERNATE] = self._alternative
        for name in MATH:
            self._handlers[name] = lambda element: self._put(linear(element))

    def read(self, paragraph: Element) -> Words:
        """The words of a paragraph (`w:p`)."""
        words = self._words = Words()
        properties = paragraph.find(w("pPr"))
        style = self._styles[value(properties, "pStyle")]
        self._hidden_style = bool(style.hidden)
        self._hidden, self._font = False, None
        self._walk(paragraph)
        words.lines = [re.sub(r"[ \t]+$|^[ \t]+", "", line) for line in words.lines]
        in_contents = any(_CONTENTS.match(one.instruction) for one in self._fields) and bool(re.search(r"\d$", words.text))
        words.contents = style.contents or in_contents
        mark = properties.find(w("rPr")) if properties is not None else None
        words.mark_deleted = mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None)
        self._fields = [one for one in self._fields if not one.code]  # a code that is never ended would swallow the document
        return words

    def _walk(self, parent: Element) -> None:
        self._walk_all(iter(parent))

    def _walk_all(self, elements: Iterator[Element]) -> None:
        for element in elements:
            handler = self._handlers.get(element.tag)
            if handler is not None:
                handler(element)

    def _run(self, run: Element) -> None:
        before = self._hidden, self._font
        properties = run.find(w("rPr"))
        hidden = switch(properties, "vanish")
        if hidden is None:
            character = value(properties, "rStyle")
            hidden = self._styles[character].hidden if character else None
        self._hidden = self._hidden_style if hidden is None else hidden
        fonts = properties.find(w("rFonts")) if properties is not None else None
        self._font = fonts.get(w("ascii")) if fonts is not None else None
        self._walk(run)
        self._hidden, self._font = before

    def _text(self, element: Element) -> None:
        text = "".join([element.text or "", *(child.tail or "" for child in element)])  # entities are left out
        if element.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        self._put(legible(text, self._font) if PRIVATE.search(text) else text)

    def _put(self, text: str) -> None:
        if any(one.code for one in self._fields):
            return
        if self._hidden:
            self._seen.hidden += len(text.strip())
            return
        self._words.lines[-1] += text

    def _break(self) -> None:
        if not self._hidden and not any(one.code for one in self._fields):
            self._words.lines.append("")

    def _control(self, element: Element) -> None:
        properties = element.find(w("sdtPr"))
        if not switch(properties, "showingPlcHdr"):
            self._walk_all(element.iterfind(w("sdtContent")))

    def _changed(self, element: Element) -> None:
        self._seen.changes = True
        self._walk(element)

    def _removed(self, _: Element) -> None:
        self._seen.changes = True

    def _field(self, element: Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].code = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _instruction(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].instruction = (self._fields[-1].instruction + (element.text or ""))[:100]

    def _note(self, kind: str, element: Element) -> None:
        self._words.notes.append((kind, element.get(w("id"), "")))

    def _alternative(self, element: Element) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self._walk(chosen)

    def _drawing(self, element: Element) -> None:
        if self._hidden:
            return
        boxes = list(_text_boxes(element))
        self._words.boxes += boxes
        self._seen.pictures += not boxes


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == w("txbxContent"):
            yield child
        elif child.tag == ALTERNATE:
            chosen = alternative(child)
            if chosen is not None:
                yield from _text_boxes(chosen)
        else:
            yield from _text_boxes(child)
