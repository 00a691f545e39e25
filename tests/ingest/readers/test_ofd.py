"""OFD: characters by their steps and matrices, pages, templates, scans, and files that are wrong or hostile."""

from __future__ import annotations

from io import BytesIO

import pytest

from archive.errors import UnreadableFile
from archive.records import SourceState, TextLayer
from ingest.pipeline import run
from ingest.readers import ocr, read
from ingest.readers.base import ReadOptions
from ingest.readers.ofd_xml import deltas
from ingest.stages import RawText
from tests.ingest.readers.ofd_writer import MM, NAMESPACE, package, page_xml, text_object, write_ofd, zipped
from tests.ingest.readers.pictures import picture_of

SPACE = f'xmlns:ofd="{NAMESPACE}"'
PARAGRAPHS = (
    "2023年，全县农村居民人均可支配收入达到16857元，同比增长9.4%。网格员350人，其中党员278人，占比为79.4%。",
    "一是建立健全基层治理工作机制。全县划分网格69个，配备专职网格员138名。",
)
TITLE = "关于基层治理工作情况的报告"


def ofd(*objects: str, **options: str) -> RawText:
    return read("a.ofd", package([page_xml(objects, **options)]))  # type: ignore[arg-type]


@pytest.mark.parametrize("scaled", [False, True])
def test_paragraphs_are_read_over_lines_and_pages(scaled: bool) -> None:
    raw = read("report.ofd", write_ofd(PARAGRAPHS * 6, title=TITLE, scaled=scaled, per_page=12))
    assert raw.pages == 2 and raw.source.media_type == "application/ofd" and raw.source.state is SourceState.READ
    text = "".join(raw.text.split())
    assert all(text.count("".join(paragraph.split())) >= 5 for paragraph in PARAGRAPHS)
    assert text.startswith(TITLE)


def test_figures_of_an_ofd_are_found_with_their_places() -> None:
    raw = read("report.ofd", write_ofd(PARAGRAPHS, title=TITLE))
    (document,) = run(raw)
    assert document.title == TITLE
    figures = {(figure.value, figure.unit) for figure in document.statistics}
    assert {(16857, "元"), (350, "人"), (278, "人"), (79.4, "%"), (69, "个"), (138, "名")} <= figures
    assert all(one.location.page == 1 and one.location.box is not None for one in document.layout)


def test_a_box_is_where_the_characters_are_printed() -> None:
    raw = ofd(text_object("共有350人", 28, 40, 16))
    (figure,) = [one for one in raw.layout if one.span.of(raw.text) == "350"]
    box = figure.location.box
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((28 / MM + 32, 28 / MM + 56), abs=0.2)
    assert (box.top, box.bottom) == pytest.approx((40 / MM, 40 / MM + 16), abs=0.2)


@pytest.mark.parametrize(
    ("written", "steps"),
    [
        ("g 3 1.5", [1.5, 1.5, 1.5]),
        ("g 2 1 3", [1.0, 1.0, 3.0]),
        ("4 g 2 1", [4.0, 1.0, 1.0]),
        ("1,2", [1.0, 2.0]),
        ("", []),
        ("g", []),
        ("g 2", []),
        ("x 1", []),
        ("g 1000000000 1", [1.0] * 9),
        ("nan 1", []),
    ],
)
def test_steps_are_written_out(written: str, steps: list[float]) -> None:
    assert deltas(written, 9) == steps


def test_a_line_in_several_objects_and_codes_is_one_line() -> None:
    size = 16 * MM
    codes = f'<ofd:TextCode X="0" Y="5">共有</ofd:TextCode><ofd:TextCode X="{2 * size}" Y="5" DeltaX="g 2 {size / 2}">350</ofd:TextCode>'
    two = f'<ofd:TextObject Boundary="28 40 60 7" Size="{size}">{codes}</ofd:TextObject>'
    after = (
        f'<ofd:TextObject Boundary="{28 + 3.5 * size} 40 60 7" Size="{size}"><ofd:TextCode X="0" Y="5">人。</ofd:TextCode></ofd:TextObject>'
    )
    assert ofd(two, after).text == "共有350人。\n"


def test_objects_are_put_in_the_order_of_the_page() -> None:
    raw = ofd(text_object("第二行在下面。", 28, 60), text_object("第一行在上面。", 28, 40))
    assert raw.text.index("第一行") < raw.text.index("第二行")


def test_blocks_composites_and_invisible_objects() -> None:
    block = f"<ofd:PageBlock><ofd:PageBlock>{text_object('块中的字。', 28, 40)}</ofd:PageBlock></ofd:PageBlock>"
    hidden = text_object("看不见的字。", 28, 60, attributes=' Visible="false"')
    unit = f'<ofd:CompositeGraphicUnit ID="7" Width="100" Height="50"><ofd:Content>{text_object("复合对象。", 0, 0)}</ofd:Content>'
    unit = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    composite = '<ofd:CompositeObject ID="6" ResourceID="7" Boundary="28 90 100 50"/>'
    raw = read("a.ofd", package([page_xml([block, hidden, composite])], resources=unit))
    assert "".join(raw.text.split()) == "块中的字。复合对象。"


def test_composites_that_hold_each_other_come_to_an_end() -> None:
    inner = '<ofd:CompositeObject ResourceID="7" Boundary="0 0 9 9"/>' * 10
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    page = page_xml([text_object("正文。", 28, 40), '<ofd:CompositeObject ResourceID="7" Boundary="0 0 9 9"/>'])
    assert read("a.ofd", package([page], resources=unit)).text == "正文。\n"


def test_the_running_head_of_a_template_is_set_apart_and_its_form_is_read() -> None:
    raw = read("a.ofd", write_ofd(PARAGRAPHS, header="内部资料  注意保存"))
    assert "内部资料" not in raw.text and any("内部资料" in one for one in raw.set_apart)
    form = package([page_xml([text_object("张三", 60, 150)], template=True)], template=[text_object("姓名：", 28, 150)])
    assert "".join(read("a.ofd", form).text.split()) == "姓名：张三"


def test_what_a_stamp_prints_is_set_apart() -> None:
    listed = f'<ofd:Annotations {SPACE}><ofd:Page PageID="100"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    stamp = (
        f'<ofd:Annot Type="Stamp"><ofd:Appearance Boundary="90 200 40 40">{text_object("办公室专用章", 0, 0)}</ofd:Appearance></ofd:Annot>'
    )
    raw = read(
        "a.ofd",
        package(
            [page_xml([text_object("正文在此。", 28, 40)])],
            document_tail="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
            extra={
                "Doc_0/Annots/Annotations.xml": listed,
                "Doc_0/Annots/Page_0.xml": f"<ofd:PageAnnot {SPACE}>{stamp}</ofd:PageAnnot>",
            },
        ),
    )
    assert raw.text == "正文在此。\n" and raw.set_apart == ("办公室专用章",)


def test_attachments_are_named() -> None:
    raw = read(
        "a.ofd",
        package(
            [page_xml([text_object("正文在此。", 28, 40)])],
            document_tail="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
            extra={"Doc_0/Attachs/Attachments.xml": f'<ofd:Attachments {SPACE}><ofd:Attachment Name="明细.xlsx"/></ofd:Attachments>'},
        ),
    )
    (warning,) = raw.source.warnings
    assert "明细.xlsx" in warning and raw.source.state is SourceState.PARTIAL


def scan(path: str = "scan.png", data: bytes | None = None) -> bytes:
    file = BytesIO()
    picture_of(["全县共有网格员350人。"]).save(file, "PNG")
    resources = (
        f'<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>{path}</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    )
    image = '<ofd:ImageObject ResourceID="5" Boundary="0 0 210 68" CTM="210 0 0 68 0 0"/>'
    return package([page_xml([image])], resources=resources, extra={"Doc_0/Res/scan.png": file.getvalue() if data is None else data})


def test_a_page_that_is_a_scan_is_recognised() -> None:
    raw = read("scan.ofd", scan())
    assert raw.text == "全县共有网格员350人。\n" and raw.text_layer is TextLayer.RECOGNISED
    box = raw.layout[0].location.box
    assert box is not None and (box.x0, box.top) == pytest.approx((72, 74), abs=8)


def test_without_the_extra_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(UnreadableFile, match=r"fangzhi\[ocr\]"):
        read("scan.ofd", scan())


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_scan_whose_picture_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="picture on page 1"):
        read("scan.ofd", scan(data=data))


def test_pages_are_left_out_on_request() -> None:
    data = package([page_xml([text_object(f"第{number}页。", 28, 40)]) for number in (1, 2)])
    raw = read("a.ofd", data, options=ReadOptions(without_pages=frozenset({1})))
    assert raw.text == "第2页。\n" and raw.pages == 2 and raw.source.state is SourceState.PARTIAL


@pytest.mark.parametrize("root", ["/Doc_0/Document.xml", "Doc_0\\Document.xml", "doc_0/document.XML", "./Doc_0/Document.xml"])
def test_wrong_paths_are_found(root: str) -> None:
    entry = f'<OFD xmlns="{NAMESPACE}"><DocBody><DocRoot>{root}</DocRoot></DocBody></OFD>'
    assert read("a.ofd", package([page_xml([text_object("正文在此。", 28, 40)])], extra={"OFD.xml": entry})).text == "正文在此。\n"


def test_several_documents_in_one_file_are_read_one_after_the_other() -> None:
    other = page_xml([text_object("第二份。", 28, 40)])
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>" for root in ("Doc_0/Document.xml", "Doc_1/Document.xml")
    )
    document = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
    extra = {"OFD.xml": f"<ofd:OFD {SPACE}>{bodies}</ofd:OFD>", "Doc_1/Document.xml": document, "Doc_1/P.xml": other}
    raw = read("a.ofd", package([page_xml([text_object("第一份。", 28, 40)])], extra=extra))
    assert raw.text.split() == ["第一份。", "第二份。"] and raw.pages == 2


def test_a_missing_page_is_told() -> None:
    pages = [page_xml([text_object("第一页。", 28, 40)]), page_xml([])]
    raw = read("a.ofd", package(pages, extra={"Doc_0/Pages/Page_1/Content.xml": "<broken"}))
    assert raw.text == "第一页。\n" and "page 2" in raw.source.warnings[0]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"OFD.xml": ""}, "OFD.xml is missing or empty"),
        ({"OFD.xml": "<OFD/>"}, "OFD.xml is missing or empty"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>none.xml</DocRoot></DocBody></OFD>"}, "no text was found"),
        ({"OFD.xml": "<OFD><DocBody/></OFD>", "Encryptions.xml": "<x/>"}, "encrypted"),
        ({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><OFD><DocBody><DocRoot>&b;</DocRoot></DocBody></OFD>'}, "document type"),
        ({"OFD.xml": '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><OFD/>'}, "document type"),
    ],
)
def test_broken_and_hostile_files_are_refused(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read("a.ofd", zipped(parts))


def test_nesting_without_end_is_refused() -> None:
    deep = "<ofd:PageBlock>" * 200 + "</ofd:PageBlock>" * 200
    with pytest.raises(UnreadableFile, match="too deep"):
        ofd(deep)


def test_pages_without_text_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="no text was found"):
        ofd()


@pytest.mark.parametrize("title", ["Microsoft Word - 报告", "关于工作情况的报告.docx", "文档1", "无标题文档", "abc"])
def test_names_of_files_and_programs_are_no_titles(title: str) -> None:
    assert read("a.ofd", package([page_xml([text_object("正文在此。", 28, 40)])], title=title)).meta.title is None


def test_figures_that_are_set_in_squares_have_no_blanks() -> None:
    line = "栽植油茶5600亩，年产值1320万元"
    size = 16 * MM
    squares = f"g {len(line) - 1} {size:.4f}"
    code = f'<ofd:TextCode X="0" Y="{0.86 * size:.4f}" DeltaX="{squares}">{line}</ofd:TextCode>'
    raw = ofd(f'<ofd:TextObject ID="9" Boundary="28 40 170 8" Font="1" Size="{size:.4f}">{code}</ofd:TextObject>')
    assert raw.text.strip() == line


def test_a_space_between_figures_stays_one() -> None:
    line, size = "栽植油茶1215亩", 16 * MM
    steps = [size, size, size, size, size / 2, size, size / 2, size / 2]
    deltas_ = " ".join(f"{step:.4f}" for step in steps)
    code = f'<ofd:TextCode X="0" Y="{0.86 * size:.4f}" DeltaX="{deltas_}">{line}</ofd:TextCode>'
    raw = ofd(f'<ofd:TextObject ID="9" Boundary="28 40 170 8" Font="1" Size="{size:.4f}">{code}</ofd:TextObject>')
    assert raw.text.strip() == "栽植油茶12 15亩"
