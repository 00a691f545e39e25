"""What a rebuild decides anew, it decides as ingest did."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.archives import Archive, write

PATTERN = (
    "今年以来，{county}持续推进网格化管理，划分网格12个，配备专职网格员120名，建成党群服务中心12个。各乡镇每月召开一次议事会，听取群众意见，"
    "矛盾纠纷就地化解。下一步，将继续完善网格员考核办法，把更多资源、服务、管理下沉到网格，让群众办事更方便。"
)


def test_two_counties_that_fill_in_one_pattern_are_no_reprints_after_a_rebuild_either(tmp_path: Path) -> None:
    files = {f"{county}.txt": PATTERN.format(county=county) for county in ("青川县", "剑阁县")}
    archive = Archive(tmp_path / "archive")
    archive.ingest(write(tmp_path / "in", files))
    assert [of for of in archive.reprints().values() if of] == []
    before = archive.dump()
    archive.rebuild()
    assert archive.dump() == before
