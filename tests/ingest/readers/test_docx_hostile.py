"""Word files from strangers: damage, bombs and macros cost a refusal or a warning, never memory, time or a look at other files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableFile
from ingest.readers import office_xml
from tests.ingest.readers.containers import package
from tests.ingest.readers.word_files import KIND, NAMESPACES, W, cell, lines, p, read, table, word


def bare(document: str, **more: str) -> bytes:
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override ContentType="{KIND}.main+xml"/></Types>'
    return package({"[Content_Types].xml": types, "word/document.xml": document, **more})


def test_the_strict_variety_of_the_format_is_read_alike() -> None:
    strict = word(p("甲"), table(cell("乙") + cell("1")))
    document = f"<w:document {NAMESPACES}><w:body>{p('甲')}{table(cell('乙') + cell('1'))}</w:body></w:document>"
    found = read(bare(document.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")))
    assert found.text == read(strict).text == "甲\n乙\t1\t\n"


def test_a_package_without_relations_is_read_by_the_usual_paths() -> None:
    assert read(bare(f"<w:document {NAMESPACES}><w:body>{p('甲')}</w:body></w:document>")).text == "甲\n"


def test_a_relation_that_leads_out_of_the_package_leads_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "styles.xml"
    secret.write_text("<x/>", "utf-8")
    relation = (
        f'<Relationship Id="r" Type="x/styles" Target="../../../../..{secret}"/>'
        f'<Relationship Id="s" Type="x/numbering" TargetMode="External" Target="{secret.as_uri()}"/>'
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    document = f"<w:document {NAMESPACES}><w:body>{p('甲')}</w:body></w:document>"
    assert read(bare(document, **{"word/_rels/document.xml.rels": relations})).text == "甲\n"


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    doctype = f'<!DOCTYPE w:document [<!ENTITY inside "哈"><!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    raw = read(bare(f"{doctype}<w:document {NAMESPACES}><w:body>{p('甲&inside;&file;乙')}</w:body></w:document>"))
    assert raw.text == "甲乙\n"


def test_entities_that_multiply_are_refused_or_left_out() -> None:
    laughs = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
    doctype = f'<!DOCTYPE w:document [<!ENTITY a0 "哈">{laughs}]>'
    try:
        found = read(bare(f"{doctype}<w:document {NAMESPACES}><w:body>{p('甲&a9;乙')}</w:body></w:document>")).text
    except UnreadableFile as refused:
        found = str(refused)
    assert len(found) < 300


def test_macros_are_not_run_and_told() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled"
    data = word(p("正文"), more={"word/vbaProject.bin": b"\xd0\xcf"})
    assert read(data).source.warnings == ("its macros were neither run nor read",)
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'
    document = f"<w:document {NAMESPACES}><w:body>{p('正文')}</w:body></w:document>"
    assert read(package({"[Content_Types].xml": types, "word/document.xml": document}), "a.docm").text == "正文\n"


@pytest.mark.parametrize("depth", [100, 60_000])
def test_nesting_without_end_is_refused(depth: int) -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    with pytest.raises(UnreadableFile, match="damaged"):
        lines(opened * depth + p("甲") + closed * depth)


def test_tables_in_tables_are_read_as_deep_as_people_nest_them() -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    assert lines(opened * 20 + p("甲") + closed * 20) == ["甲"]


def test_more_tags_than_any_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_xml, "MAX_TAGS", 1000)
    with pytest.raises(UnreadableFile, match="more than 1,000 tags"):
        lines(p("甲") * 300)


@pytest.mark.parametrize("document", ["", "<", "<a/>", f"<w:document {NAMESPACES}/>", f"<w:document {NAMESPACES}><w:body>{p('甲')}", "甲"])
def test_a_document_without_a_body_is_refused(document: str) -> None:
    with pytest.raises(UnreadableFile, match=r"damaged|holds no text"):
        read(bare(document))


def test_damaged_styles_are_told_by_their_name() -> None:
    with pytest.raises(UnreadableFile, match=r"its part word/styles\.xml is damaged .*save it anew"):
        read(word(p("甲"), parts={"styles:styles.xml": ("styles", "<w:style>")}))


def test_styles_that_build_on_each_other_end() -> None:
    styles = "".join(
        f'<w:style w:styleId="{one}" w:type="paragraph"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("a", "b"), ("b", "a"), ("c", "c"))
    )
    assert lines(p("甲", style="a"), p("乙", style="c"), p("丙", style="none"), styles=styles) == ["甲", "乙", "丙"]


@given(seed=st.integers(0, 100_000))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 damage, no secret
    data = bytearray(word(p("网格员350人。"), table(cell("乙") + cell("1"))))
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    try:
        assert read(bytes(data)).text
    except UnreadableFile as refused:
        assert len(str(refused)) > 20
