"""The two models of rapidocr, one that finds lines in a picture and one that reads a line, from the files in its own package."""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.resources import files
from typing import Any

from PIL import Image

from archive.errors import UnreadableFile
from ingest.readers.ocr_lines import Character, Quad

THREADS = 2
"""Threads of a model: a worker process stands for a core already, and a third one won nothing."""
LONGEST_SIDE = 4096
"""Pixels of a side that rapidocr takes as they are; the callers keep below it."""


def find_lines(image: Image.Image) -> list[Quad]:
    """The corners of the lines of text in `image`, in no order."""
    found = _engine()(image, use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    return [tuple((float(x), float(y)) for x, y in box) for box in found.boxes]  # type: ignore[misc]


def read_line(image: Image.Image) -> list[Character]:
    """What stands in the picture of one line, from left to right.

    Lines are read one by one: in a batch each is filled up to the widest, and what is read would depend on its neighbours.
    """
    found = _engine()(image, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
    if not found.txts or not found.txts[0]:
        return []
    text, info = found.txts[0], found.word_results[0]
    columns = [column for word in info.word_cols for column in word]
    sure = info.confs if len(info.confs) == len(text) else [found.scores[0]] * len(text)
    placed = iter(columns if len(columns) == len("".join(text.split())) else [])
    middles = [None if char.isspace() else next(placed, None) for char in text]
    return [
        Character(char, float(how_sure), None if at is None else min(1.0, (at + 0.5) / info.line_txt_len))
        for char, how_sure, at in zip(text, sure, middles, strict=True)
    ]


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The models, loaded once in a process. A path is given for each, so that nothing is looked for elsewhere or fetched."""
    try:
        import rapidocr  # noqa: PLC0415 - an extra, and half a second
    except ImportError as error:
        raise UnreadableFile(
            f"it is a picture, and the library that reads pictures does not load here ({error}); install it again"
        ) from error
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    threads = "EngineConfig.onnxruntime.intra_op_num_threads"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "Global.text_score": 0.0,
            "Global.return_word_box": True,
            threads: THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": _model("det"),
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST_SIDE,
            "Rec.model_path": _model("rec"),
        }
    )


def _model(task: str) -> str:
    found = sorted(str(path) for path in files("rapidocr").joinpath("models").iterdir() if f"_{task}_" in path.name)
    if not found:
        raise UnreadableFile("it is a picture, and the installed rapidocr has no models in its package; install it again from its wheel")
    return found[-1]
