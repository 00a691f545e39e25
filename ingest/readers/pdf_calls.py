"""PDFium's functions that are asked for each character or object, called by address: half a microsecond a call instead of one.

pypdfium2 gives them with typed pointers, and ctypes spends as long on those as PDFium on the answer. What is given here are addresses
(`address`), which live as long as what they are taken from; the interpreter's lock is kept, as each call is short.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_INT, _ADDRESS = ctypes.c_int, ctypes.c_void_p


def address(pointer: Any) -> int:
    """The address at which a pointer of pypdfium2 (`page.raw`, `textpage.raw`) points; 0 where it is null."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


char_origin = _bare(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
"""Text page, index, addresses of two doubles."""
char_box = _bare(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
"""Text page, index, address of an FS_RECTF."""
char_matrix = _bare(pdfium.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
"""Text page, index, address of an FS_MATRIX; 0 where the character has none."""
char_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT)
"""Text page, index; the size of its font."""
char_object = _bare(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
"""Text page, index; the address of the object that draws the character, None where there is none."""
char_generated = _bare(pdfium.FPDFText_IsGenerated, _INT, _ADDRESS, _INT)
"""Text page, index; 1 for white space that PDFium put in."""
object_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
"""Text object; how it is painted."""
object_font = _bare(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
"""Text object; the address of its font."""
object_at = _bare(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
"""Page, index; the address of what is drawn there, None where there is nothing."""
object_kind = _bare(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
"""Object; FPDF_PAGEOBJ_TEXT and the like."""
