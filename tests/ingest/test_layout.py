"""Tables and headings that a file marks, from its reader to the documents."""

from __future__ import annotations

from archive.layout import Location, locations
from archive.records import Document, Source
from ingest.pipeline import run
from ingest.readers.builder import CellText, TextBuilder
from ingest.stages import FileMeta, RawText

BEFORE = "近年来，全县选聘网格员350人，化解矛盾纠纷1200件。"
AFTER = "下一步，将新建养老服务站点12个。"


def read(builder: TextBuilder, meta: FileMeta | None = None) -> tuple[Document, ...]:
    text, layout, tables, headings = builder.built()
    source = Source(sha256="a" * 64, name="甲.docx", size=1)
    return run(RawText(source, text, layout, tables, headings, meta=meta or FileMeta(), paragraphs=True))


def with_table() -> TextBuilder:
    builder = TextBuilder()
    builder.line("某县推进基层治理的做法", Location(paragraph=1), heading=0)
    builder.line(BEFORE, Location(paragraph=2))
    cells = (("乡镇", "网格员"), ("一、甲镇", "30人"), ("来源：乙镇", "20人"), ("", "50人"))
    builder.table(
        [
            [CellText(text, Location(cell=f"表1!{column}{row}")) for column, text in zip("AB", texts, strict=True)]
            for row, texts in enumerate(cells, 1)
        ]
    )
    builder.line(AFTER, Location(paragraph=3))
    return builder


def test_every_row_stays_a_line_of_the_body_whatever_its_cells_look_like() -> None:
    (document,) = read(with_table())
    assert document.title == "某县推进基层治理的做法"
    assert document.text.split("\n") == [BEFORE, "乡镇\t网格员", "一、甲镇\t30人", "来源：乙镇\t20人", "50人", AFTER]


def test_each_cell_is_found_again_in_the_text() -> None:
    (document,) = read(with_table())
    (table,) = document.tables
    assert [cell.span.of(document.text) for cell in table.cells] == ["乡镇", "网格员", "一、甲镇", "30人", "来源：乙镇", "20人", "", "50人"]
    assert [(cell.row, cell.column) for cell in table.cells] == [(row, column) for row in range(4) for column in range(2)]


def test_rules_of_prose_never_see_a_table() -> None:
    (document,) = read(with_table())
    (table,) = document.tables
    assert not [node for node in document.outline if node.span.start in range(*table.span)]
    assert not [unit for unit in document.units if unit.span.start in range(*table.span)]
    assert [one.quote for one in document.statistics if not table.span.holds(one.span)] == [
        "网格员350人",
        "化解矛盾纠纷1200件",
        "养老服务站点12个",
    ]


def test_a_figure_knows_its_paragraph() -> None:
    (document,) = read(with_table())
    figure = next(one for one in document.statistics if one.quote.endswith("12个"))
    assert locations(document.layout, document.offsets.to_source(figure.span)) == (Location(paragraph=3),)


def test_lines_that_are_whole_paragraphs_are_not_joined() -> None:
    builder = TextBuilder()
    for line in ("某县推进基层治理的做法", BEFORE, "网格员，", "楼栋长", AFTER):
        builder.line(line)
    (document,) = read(builder)
    assert "网格员，\n楼栋长" in document.text


def test_what_a_file_says_of_itself_fills_only_what_it_does_not_print() -> None:
    builder = with_table()
    (document,) = read(builder, FileMeta(title="模板", authors=("王小明",), published="2024-05-06"))
    assert (document.title, document.authors, document.published) == ("某县推进基层治理的做法", ("王小明",), "2024-05-06")
