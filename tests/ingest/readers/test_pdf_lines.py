"""Runs of characters on one base line, in whatever order a program drew them."""

from __future__ import annotations

from ingest.readers.pdf_lines import lines_of
from ingest.readers.pdf_run import Run

SIZE = 10.0


def run(text: str, x: float, advance: float = SIZE) -> Run:
    xs = [x + advance * index for index in range(len(text))]
    return Run(list(text), xs, 100.0, SIZE, 91.2, 101.6, xs[-1] + advance)


def with_gaps(*parts: tuple[str, float]) -> Run:
    """One run of parts that each begin where they are said to, with a space before all but the first."""
    chars, xs = list(parts[0][0]), [parts[0][1] + SIZE * index for index in range(len(parts[0][0]))]
    for text, x in parts[1:]:
        chars += [" ", *text]
        xs += [x, *(x + SIZE * index for index in range(len(text)))]
    return Run(chars, xs, 100.0, SIZE, 91.2, 101.6, xs[-1] + SIZE)


def test_quotation_marks_that_were_drawn_behind_the_line_stand_in_its_gaps() -> None:
    line = with_gaps(("推行", 50), ("边境红色驿站", 75), ("制度", 140))
    (found,) = lines_of([line, run("“", 70, 5), run("”", 135, 5)])
    assert found.text == "推行“边境红色驿站”制度"
    lefts = [piece.box.x0 for piece in found.pieces]
    assert lefts == sorted(lefts)


def test_what_stands_upon_characters_cuts_nothing() -> None:
    line = with_gaps(
        ("推行边境红色驿站制度", 50),
    )
    (found,) = lines_of([line, run("密", 83)])
    assert "推行边境红色驿站制度" in found.text


def test_a_gap_that_nothing_fills_stays_one() -> None:
    (found,) = lines_of([with_gaps(("一、", 50), ("主要做法", 76))])
    assert found.text == "一、 主要做法"
