"""The forms of a handover sheet: golden files, what every form must hold, and templates of a desk's own."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import handover_contents as contents
import pytest
from openpyxl import load_workbook

from cstools import assets
from cstools.errors import BadInput
from cstools.handover.forms import SUFFIXES, render
from cstools.handover.forms.rows import lines_in
from cstools.handover.sheet import GateLine, SheetContent
from cstools.handover.words import State
from cstools.language import Text, speak

GOLDEN = Path(__file__).parent / "handover"


class Words(HTMLParser):
    """A page's text, and the names of its elements."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.feed(page.decode())

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag, *(name for name, _ in attrs)]


def rendered(form: str, content: SheetContent) -> bytes:
    return render(form, content, assets.template)


def told(form: str, content: SheetContent) -> str:
    """All that a form says, in one string."""
    made = rendered(form, content)
    if form == "xlsx":
        sheet = load_workbook(BytesIO(made)).worksheets[0]
        return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
    return Words(made).words if form == "html" else made.decode()


@pytest.mark.parametrize("form", ["md", "text", "json"])
def test_a_small_sheet_word_for_word(form: str) -> None:
    golden = GOLDEN / f"small{SUFFIXES[form]}"
    assert told(form, contents.small()) == golden.read_bytes().decode(), f"look at it, then write it to {golden.name}"


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("make", [contents.small, contents.empty, contents.red])
def test_the_same_content_gives_the_same_bytes(form: str, make: Callable[[], SheetContent]) -> None:
    assert rendered(form, make()) == rendered(form, make())


@pytest.mark.parametrize("form", ["xlsx", "html", "md"])
def test_every_open_item_is_on_the_sheet_with_owner_and_relief(form: str) -> None:
    content = contents.normal()
    words = told(form, content).replace("\\", "")
    for item in content.items:
        assert f"#{item.number} {item.kind}：{item.title}" in words
    assert words.count("→ 刘洋") == 6
    assert words.count("接班人复述") == 3


@pytest.mark.parametrize("form", ["xlsx", "html", "md", "text"])
def test_nothing_open_is_said_and_no_roster_is_told_in_red(form: str) -> None:
    assert "没有未结事项（交接日志已读" in told(form, contents.empty())
    red = told(form, contents.red())
    assert "■ 没有这个班的班表" in red
    assert "没有未结事项" not in red
    assert "三倍赔偿" in red


@pytest.mark.parametrize("form", ["xlsx", "html", "md"])
def test_an_empty_section_says_so(form: str) -> None:
    words = told(form, contents.empty())
    assert words.count("无\n") + words.count("无</") >= 10 or words.count("无") >= 16
    assert "未填" in words


def test_what_looks_like_markup_or_a_formula_stays_text() -> None:
    page = Words(rendered("html", contents.small()))
    assert "<b>三倍赔偿</b> & *退款*" in page.words
    assert not {"script", "onclick", "src", "href"} & set(page.tags)
    assert r"\<b\>三倍赔偿\</b\> \& \*退款\*" in told("md", contents.small())
    sheet = load_workbook(BytesIO(rendered("xlsx", contents.small()))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    formula = replace(contents.small(), seats=(Text("{name}", name="=1+1"),))
    assert "☐ =1+1" in told("xlsx", formula)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", 1),
        ("一二三四五", 1),
        ("一二三四五六", 2),
        ("单号 1234567", 2),  # a number isn't broken: it goes to the second line whole
        ("一二三 12345678 四", 3),
        ("abcdefghijklmnopqrstuvwxyz", 3),  # unless it is longer than a line
        ("单号abcdefghijklmnopqrstuvwxyz", 4),
        ("一\n二", 2),
    ],
)
def test_words_are_wrapped_as_a_cell_wraps_them(words: str, lines: int) -> None:
    assert lines_in(words, 10.1, 9.5) == lines  # ten half-width characters


def test_no_row_is_taller_than_excel_shows() -> None:
    words = "".join(f"第{number}次来电，" for number in range(1000))
    content = replace(contents.small(), open=(contents.item(7, "其他", "催", course=words),))
    sheet = load_workbook(BytesIO(rendered("xlsx", content))).worksheets[0]
    assert max(size.height or 0 for size in sheet.row_dimensions.values()) <= 409
    assert words in told("xlsx", content).replace("\n", "")


def test_a_merged_block_has_one_value_and_no_block_in_it() -> None:
    sheet = load_workbook(BytesIO(rendered("xlsx", contents.small()))).worksheets[0]
    blocks = sorted(sheet.merged_cells.ranges, key=lambda block: (block.min_row, block.min_col))
    assert len(blocks) > 20
    assert all(block.size["rows"] * block.size["columns"] > 1 for block in blocks)
    places = [place for block in blocks for place in block.cells]
    assert len(places) == len(set(places))
    assert all(sheet.cell(*place).value is None for block in blocks for place in list(block.cells)[1:])


def test_a_signed_and_frozen_sheet_says_so() -> None:
    header = replace(
        contents.header(), frozen=True, made_late=True, signed_late=True, written=True, state=State.ACCEPTED
    )
    gate = GateLine("grave", Text("major"), (Text("none"),), Text("overridden by {name}", name="周丽"))
    words = told("md", replace(contents.small(), header=header, gates=(gate,), checksum="ab" * 32))
    for said in ("定稿：记录截至 11-09 17:00", "补生成", "延迟交接", "书面交接", "已接", "▲主管放行", "校验码：abab"):
        assert said in words
    assert "■暂不能交" not in words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Shanghai", "2026-11-09 17:00（国家标准时间）"),
        ("Asia/Urumqi", "2026-11-09 17:00（Asia/Urumqi 时间，UTC+06:00）"),
        ("Europe/Berlin", "2026-11-09 17:00（Europe/Berlin 时间，UTC+01:00）"),
    ],
)
def test_a_sheet_says_by_whose_clock_it_is(zone: str, words: str) -> None:
    small = contents.small()
    assert words in told("md", replace(small, header=replace(small.header, zone=zone)))


def test_a_sheet_speaks_english() -> None:
    speak("en")
    words = told("html", contents.small())
    assert "OVERDUE since 16:00" in words
    assert "赶紧处理" not in words


# --- a desk's own templates -------------------------------------------------------------------------------------------


def own(folder: Path, name: str, old: str, new: str) -> Callable[[str], Path]:
    """A finder of templates: the packaged one with a change."""
    words = assets.template(name).read_text(encoding="utf-8").replace(old, new)
    (folder / name).write_text(words, encoding="utf-8")
    return lambda asked: folder / name if asked == name else assets.template(asked)


def test_a_desks_own_page_is_filled(tmp_path: Path) -> None:
    find = own(tmp_path, "handover.html", "<h1>$title</h1>", "<h1>某某公司 $title，押金 $$5</h1>")
    assert "某某公司 客服部交接班单，押金 $5" in Words(render("html", contents.small(), find)).words


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("$facts", "$fact", "handover.html “$fact”: 没有这个填空 → 是不是“facts”？"),
        ("<h1>", "<h1>5 $ ", "handover.html: 有单独的 $；要写 $ 请写成 $$"),
        ("$alarms", "", "handover.html: 缺少填空 $alarms"),
    ],
)
def test_a_page_that_cannot_be_filled_is_told(tmp_path: Path, old: str, new: str, line: str) -> None:
    with pytest.raises(BadInput) as error:
        render("html", contents.small(), own(tmp_path, "handover.html", old, new))
    assert str(error.value).splitlines()[-1] == line


def test_a_desks_own_workbook_keeps_its_looks_below_the_body(tmp_path: Path) -> None:
    book = load_workbook(assets.template("handover.xlsx"))
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A10"] = "某某公司 $title", "保存两年"
    sheet.row_dimensions[10].height = 33
    sheet.merge_cells("A10:L10")
    book.save(tmp_path / "own.xlsx")
    made = render("xlsx", contents.small(), lambda _: tmp_path / "own.xlsx")
    sheet = load_workbook(BytesIO(made)).worksheets[0]
    last = sheet.max_row
    assert (sheet["A1"].value, sheet.cell(last, 1).value) == ("某某公司 客服部交接班单", "保存两年")
    assert sheet.row_dimensions[last].height == 33
    assert f"A{last}:L{last}" in {str(merge) for merge in sheet.merged_cells.ranges}
    assert [sheet.cell(last - 4, column).value for column in (1, 5, 9)] == ["交班人", "接班人", "主管"]


def test_a_workbook_that_cannot_be_filled_is_told(tmp_path: Path) -> None:
    book = load_workbook(assets.template("handover.xlsx"))
    book.worksheets[0]["A2"] = "$chang"
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(BadInput, match=r"own.xlsx 交接班单!A2 “\$chang”: 没有这个填空 → 是不是“change”？"):
        render("xlsx", contents.small(), lambda _: tmp_path / "own.xlsx")
    (tmp_path / "own.xlsx").write_bytes(b"PK nonsense")
    with pytest.raises(BadInput, match=r"own\.xlsx"):
        render("xlsx", contents.small(), lambda _: tmp_path / "own.xlsx")
