"""Pictures of pages: the words of a fact stand under the mark, and no file harms the server that shows it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from starlette.testclient import TestClient

from api import page_images
from api.drawing import FORMATS, draw
from api.original_headers import SAFE
from api.page_images import PageImages
from archive.addresses import DRAWN, words
from archive.errors import UnreadableFile
from archive.layout import Box
from archive.records import Document
from archive.text import Span
from tests.http.shelf import PAGE, SIZE, kept, report, serving
from tests.ingest.deadly import ends_its_process

LINES = [["关于网格化管理的调研报告", "全县建成网格12个。"], ["共有网格员350人，", "其中女网格员100人。"]]
REPORT = report(LINES)
(DOCUMENT,) = REPORT[2]
ONE_PAGE = report([["乙县有网格员88人。"]])


def picture(size: tuple[int, int] = (800, 400), form: str = "PNG", pages: int = 1) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", size, "white") for _ in range(pages)]
    frames[0].save(out, form, **({"save_all": True, "append_images": frames[1:]} if pages > 1 else {}))
    return out.getvalue()


def laughs(levels: int) -> bytes:
    """A PDF of two kilobytes that says ten times to draw what says ten times to draw …"""

    def stream(entries: bytes, body: bytes) -> bytes:
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream(b"", b"/F Do"),
    ]
    for level in range(levels):
        form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</F %d 0 R>>>>" % (level + 6)
        objects.append(stream(form, b"/F Do\n" * 10))
    objects.append(stream(b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]", b"0 0 9 9 re f\n" * 10))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)


FILES = [
    REPORT,
    ONE_PAGE,
    kept(picture(), "扫描.png", "image/png", pages=1),
    kept(picture(form="TIFF", pages=2), "fax.tif", "image/tiff", pages=2),
    kept(b"text", "a.txt", "text/plain"),
    kept(b"PK", "b.docx", "application/msword", pages=3),
    kept(b"%PDF-1.4 nothing else", "broken.pdf", "application/pdf", pages=1),
    kept(b"no picture", "broken.png", "image/png", pages=1),
]
BY_NAME = {source.name if source is not ONE_PAGE[0] else "one": source for source, _, _ in FILES}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take long to start a process."""
    monkeypatch.setattr(page_images, "SECONDS", 120.0)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serving(tmp_path_factory.mktemp("pages"), FILES) as made:
        yield made


def page(client: TestClient, name: str, number: object, query: str = "") -> Image.Image:
    response = client.get(f"/originals/{BY_NAME[name].id}/pages/{number}.png{query}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(response.content))
    assert image.format == "PNG"
    return image.convert("RGB")


def refusal(client: TestClient, address: str) -> tuple[int, str, str]:
    response = client.get(address)
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"], error["message"]


def fact(document: Document, quote: str) -> str:
    return next(one.id for one in document.statistics if quote in one.quote)


def yellow(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all pixels that are marked: what is printed is black on white."""
    red, _, blue = image.split()
    return ImageChops.subtract(red, blue).point(lambda value: 255 if value > 60 else 0).getbbox()


def test_a_page_is_as_wide_as_asked_for(client: TestClient) -> None:
    for width in (100, 640, 2000):
        image = page(client, "报告.pdf", 1, f"?width={width}")
        assert image.width == width
        assert abs(image.height - width * PAGE[1] / PAGE[0]) <= 1
    assert page(client, "报告.pdf", 1).width == 1000


def test_the_words_of_a_fact_stand_under_the_mark(client: TestClient) -> None:
    mark = fact(DOCUMENT, "12个")
    image = page(client, "报告.pdf", 1, f"?width=800&mark={mark}")
    found = yellow(image)
    assert found is not None
    line = [2 * value for value in (50, 100 + 2 * SIZE, 50 + SIZE * len(LINES[0][1]), 100 + 3 * SIZE)]
    assert line[0] - 5 <= found[0] and found[2] <= line[2] + 5, (found, line)
    assert abs(found[1] - line[1]) <= 5 and abs(found[3] - line[3]) <= 5
    assert any(max(pixel) < 60 for pixel in image.crop(found).get_flattened_data()), "the mark hides what it marks"


def test_a_mark_shows_on_the_page_where_the_words_are_and_on_no_other(client: TestClient) -> None:
    mark = fact(DOCUMENT, "350人")
    assert yellow(page(client, "报告.pdf", 1, f"?mark={mark}")) is None
    assert yellow(page(client, "报告.pdf", 2, f"?mark={mark}")) is not None
    assert yellow(page(client, "报告.pdf", 2)) is None


def test_any_words_of_a_document_can_be_marked(client: TestClient) -> None:
    start = DOCUMENT.text.index("网格员350人")
    by_range = yellow(page(client, "报告.pdf", 2, f"?mark={words(DOCUMENT.id, Span(start, start + 7))}"))
    assert by_range is not None
    for mark in (f"DOC-{'0' * 16}-1:1-2", ONE_PAGE[2][0].id + ":0-2"):
        assert refusal(client, f"/originals/{REPORT[0].id}/pages/1.png?mark={mark}")[:2] == (404, "NOT_FOUND")
    beyond = page(client, "报告.pdf", 2, f"?mark={words(DOCUMENT.id, Span(10_000, 20_000))}&mark={words(DOCUMENT.id, Span(9, 2))}")
    assert yellow(beyond) is None


def test_graphql_says_where_the_marked_pages_are(client: TestClient) -> None:
    asked = "{ search(first: 50, filter: {types: [STATISTIC]}) { nodes { ... on Statistic { id evidence { quote pageImages } } } } }"
    nodes = client.post("/graphql", json={"query": asked}).json()["data"]["search"]["nodes"]
    addresses = {node["id"]: node["evidence"]["pageImages"] for node in nodes}
    (address,) = addresses[fact(DOCUMENT, "350人")]
    assert address.startswith(f"/originals/{REPORT[0].id}/pages/2.png?mark=DOC-")
    shown = Image.open(io.BytesIO(client.get(address).content)).convert("RGB")
    assert yellow(shown) == yellow(page(client, "报告.pdf", 2, f"?mark={fact(DOCUMENT, '350人')}"))


def test_what_is_said_to_be_drawn_is_what_is_drawn() -> None:
    assert {"application/pdf", *FORMATS} == DRAWN


def test_several_facts_are_marked_at_once(client: TestClient) -> None:
    both = [fact(DOCUMENT, "350人"), fact(DOCUMENT, "100人")]
    one, two, all_of_them = (yellow(page(client, "报告.pdf", 2, f"?mark={query}")) for query in (*both, "&mark=".join(both)))
    assert one and two and all_of_them
    assert all_of_them == (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def test_pictures_are_pages_too_and_never_blown_up(client: TestClient) -> None:
    assert page(client, "扫描.png", 1, "?width=400").size == (400, 200)
    assert page(client, "扫描.png", 1, "?width=2000").size == (800, 400)
    assert page(client, "fax.tif", 2, "?width=400").size == (400, 200)


def test_a_very_long_page_comes_out_narrower(tmp_path: Path) -> None:
    path = tmp_path / "long.png"
    path.write_bytes(picture((1000, 20_000)))
    image = Image.open(io.BytesIO(draw(str(path), "image/png", 1, 1000, ())))
    assert image.width < 1000 and image.width * image.height <= 6_010_000


def test_the_picture_has_the_headers_of_a_strangers_file_and_is_not_sent_twice(client: TestClient) -> None:
    address = f"/originals/{REPORT[0].sha256}/pages/1.png"
    first = client.get(address)
    assert {name: first.headers[name] for name in SAFE} == SAFE
    assert "sandbox" in first.headers["content-security-policy"]
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("number", ["0", "3", "01", "-1", "1.5", "x", "９", "9" * 5000, "%2e%2e"])
def test_a_page_that_is_not_there_is_not_found(client: TestClient, number: str) -> None:
    assert refusal(client, f"/originals/{REPORT[0].id}/pages/{number}.png")[:2] == (404, "NOT_FOUND")


@pytest.mark.parametrize(("name", "says"), [("a.txt", "has no pages"), ("b.docx", "this format cannot")])
def test_a_format_without_pages_or_without_pictures_of_them_says_so(client: TestClient, name: str, says: str) -> None:
    status, code, message = refusal(client, f"/originals/{BY_NAME[name].id}/pages/1.png")
    assert (status, code) == (404, "NOT_FOUND") and says in message


@pytest.mark.parametrize(
    "query",
    ["width=99", "width=2001", "width=x", "width=", "width=1e3", "width=500&width=600", "height=5", "mark=x", "mark="],
)
def test_an_argument_at_fault_is_400(client: TestClient, query: str) -> None:
    assert refusal(client, f"/originals/{REPORT[0].id}/pages/1.png?{query}")[:2] == (400, "BAD_REQUEST")


def test_too_many_marks_are_400(client: TestClient) -> None:
    query = "&".join(f"mark=STAT-{'0' * 16}-1-{number}" for number in range(1, 60))
    assert refusal(client, f"/originals/{REPORT[0].id}/pages/1.png?{query}")[:2] == (400, "BAD_REQUEST")


def test_a_fact_of_another_original_and_one_that_is_not_there_are_not_found(client: TestClient) -> None:
    other = fact(ONE_PAGE[2][0], "88人")
    for mark in (other, f"STAT-{REPORT[0].sha256[:16]}-1-999"):
        assert refusal(client, f"/originals/{REPORT[0].id}/pages/1.png?mark={mark}")[:2] == (404, "NOT_FOUND")


@pytest.mark.parametrize("name", ["broken.pdf", "broken.png"])
def test_a_page_that_cannot_be_drawn_is_refused_with_a_reason(client: TestClient, name: str) -> None:
    status, code, message = refusal(client, f"/originals/{BY_NAME[name].id}/pages/1.png")
    assert (status, code) == (422, "UNREADABLE_FILE") and "get the file itself" in message


def test_a_file_that_would_be_drawn_for_ever_is_given_up_and_the_server_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "SECONDS", 6.0)
    hostile = kept(laughs(9), "laughs.pdf", "application/pdf", pages=1)
    with serving(tmp_path, [hostile, REPORT]) as client:
        status, code, message = refusal(client, f"/originals/{hostile[0].id}/pages/1.png")
        assert (status, code) == (504, "TIMEOUT") and "6 seconds" in message
        assert client.get("/health").status_code == 200
        assert page(client, "报告.pdf", 1).width == 1000


def test_a_file_that_ends_the_process_that_draws_it_costs_one_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, [REPORT]) as client:
        with monkeypatch.context() as patched:
            patched.setattr(page_images, "draw_bounded", ends_its_process)
            assert refusal(client, f"/originals/{REPORT[0].id}/pages/1.png")[:2] == (422, "UNREADABLE_FILE")
        assert page(client, "报告.pdf", 1).width == 1000


def test_more_requests_than_can_wait_are_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "WAITING", 0)
    with serving(tmp_path, [REPORT]) as client:
        response = client.get(f"/originals/{REPORT[0].id}/pages/1.png")
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_what_was_drawn_is_kept_up_to_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, data, _ = REPORT
    path = tmp_path / "report.pdf"
    path.write_bytes(data)

    async def widths() -> list[int]:
        images = PageImages()
        try:
            for width in (200, 201, 202, 200):
                await images.image(source, path, 1, width, ())
                kept_sizes = [len(image.png) for image in images._kept.values()]
                assert sum(kept_sizes) == images._size <= page_images.CACHE_BYTES
            path.unlink()  # what is kept needs no file
            await images.image(source, path, 1, 200, ())
            with pytest.raises(UnreadableFile):
                await images.image(source, path, 1, 201, ())
            return [key[2] for key in images._kept]
        finally:
            images.close()

    size = len(draw(str(path), "application/pdf", 1, 202, ()))
    monkeypatch.setattr(page_images, "CACHE_BYTES", 2 * size + size // 2)
    assert asyncio.run(widths()) == [202, 200]


def test_a_photo_is_drawn_as_it_was_held_so_that_its_boxes_fit(tmp_path: Path) -> None:
    path = tmp_path / "held.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    Image.new("RGB", (300, 100), "white").save(path, exif=exif)
    image = Image.open(io.BytesIO(draw(str(path), "image/jpeg", 1, 400, (Box(20, 200, 80, 220),))))
    assert image.size == (100, 300)
    assert yellow(image) == (18, 198, 82, 222)


def test_a_box_beyond_the_page_marks_what_is_on_it(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(picture((100, 100)))
    boxes = (Box(-50, 10, 1000, 20), Box(30, 40, 20, 30))
    image = Image.open(io.BytesIO(draw(str(path), "image/png", 1, 100, boxes)))
    assert yellow(image) == (0, 8, 100, 22)
