"""Whatever is wrong with what a sheet is made from: a line each, the right exit code, and nothing written."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from agents import MONDAY, TUESDAY, Agents
from click.testing import CliRunner, Result
from conftest import Run

from cstools.cli import main
from cstools.desk import Desk
from cstools.handover.lock import only_one
from cstools.handover.making import LOCK
from cstools.journal import Journal
from cstools.journal.schema import MIGRATIONS

JOURNAL = ".cstools/journal.db"
LOG = "交接日志.xlsx"
TYPES = "templates/handover/事项类型.csv"
CHECKS = "templates/handover/检查清单.csv"
Spoil = Callable[[Agents], object]
NEXT = ("sheet", "--next")
ITEM: Mapping[str, object] = {"事项": "查件", "负责人": "001"}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    return Agents.at(folder, lambda *words: CliRunner().invoke(main, [str(word) for word in words])).folder


@pytest.fixture
def desk(ready: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agents:
    made = Agents.of(ready, tmp_path, run)
    monkeypatch.setattr(Desk, "now", lambda _: made.clock.now)
    return made


def refused(desk: Agents, *words: object) -> Result:
    """A command that does nothing but say why."""
    before = state(desk.folder)
    done = desk.say(*words)
    assert done.stdout == ""
    assert state(desk.folder) == before
    return done


def state(folder: Path) -> dict[str, bytes]:
    """All that a command could have written, but for the lock, which is empty."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"sheets.lock", "交接日志.xlsx"}
    }


def enter(sheet: str, **cells: object) -> Spoil:
    return lambda desk: desk.enter(sheet, cells)


# --- the agents' workbook ---------------------------------------------------------------------------------------------


def numbered_twice(desk: Agents) -> None:
    desk.enter("事项", ITEM, ITEM)
    desk.edit("事项", 3, 编号="001")


def without_a_number(desk: Agents) -> None:
    desk.edit("事项", 40, **ITEM)


def take_out(sheet: str) -> Spoil:
    def spoil(desk: Agents) -> None:
        desk.book.remove(desk.book[sheet])
        desk.changed = True

    return spoil


def read_then_take_out(desk: Agents) -> None:
    desk.arrive("003")
    assert desk.read() == (0, "")
    take_out("到岗")(desk)


def rename_header(desk: Agents) -> None:
    desk.edit("到岗", 1, 到岗人="谁来了")


def not_final(desk: Agents) -> None:
    (desk.folder / TYPES).write_text("类型,最终结果\n退款,已退款、不予退款\n", encoding="utf-8")
    desk.enter("事项", {**ITEM, "类型": "退款", "结果": "等等看"})


CELLS: Mapping[str, tuple[Spoil, str]] = {
    "somebody unknown": (enter("事项", **{**ITEM, "负责人": "王方"}), "事项!F2 “王方”: 人员表里没有这个工号或姓名 → 是不是“王芳”？"),
    "nobody": (enter("事项", 事项="查件"), "事项!F2: “负责人”没有填 → 写工号或姓名"),
    "a row without its number": (without_a_number, "事项!A40: “编号”没有填 → 填编号，例如 007 或 kf01"),
    "a number that stands twice": (numbered_twice, "事项!A3 “001”: 这个编号出现了两次 → 一个编号一行"),
    "an unknown type": (enter("事项", **ITEM, 类型="投拆"), "事项!C2 “投拆”: 没有这种事项 → 是不是“投诉”？"),
    "an unknown severity": (enter("事项", **ITEM, 程度="要命"), "事项!D2 “要命”: 程度：不在可选项里 → 只能填：一般、重大、紧急"),
    "a time that isn't": (enter("事项", **ITEM, 发生时间="昨晚"), "事项!B2 “昨晚”: 发生时间：不是有效的日期时间 → 填日期和时间，例如 2026-11-09 18:30"),
    "a time to come": (enter("事项", **ITEM, 发生时间=datetime(2026, 11, 9, 23)), "事项!B2 “2026-11-09 23:00:00”: 这个时间还没到 → 不晚于现在（2026-11-09 16:35）"),
    "an outcome that ends nothing": (not_final, "事项!O2 “等等看”: “等等看”不是退款的最终结果：已退款、不予退款"),
    "a formula without a result": (enter("事项", 事项="=A1", 负责人="001"), "事项!E2 “=A1”: 事项：公式没有结果 → 请在 Excel 中打开并保存一次"),
    "fewer than nothing": (enter("清点", 物品="钥匙", 应有=-1, 清点人="001"), "清点!C2 “-1”: 应有：超出范围 → 最小 0"),
    "a new thing": (enter("清点", 物品="钥匙", 实点=1, 清点人="001"), "清点!C2: 钥匙是新登记的：写明应有多少"),
    "an unknown state": (enter("设备", 设备或系统="座机", 现状="还行", 登记人="001"), "设备!C2 “还行”: 现状：不在可选项里 → 只能填：正常、故障、启动中、停机中、维修中、停用"),
    "an unknown line": (enter("检查", 日期=MONDAY, 班次="白", 检查项="电脑关闭", 完成人="001"), "检查!C2 “电脑关闭”: 检查清单里没有这一项 → 是不是“电脑已关闭”？"),
    "an unknown shift": (enter("到岗", 日期=MONDAY, 班次="夜班", 到岗人="003"), "到岗!B2 “夜班”: 没有这个班次 → 可用：白、晚"),
    "a day that isn't": (enter("到岗", 日期="11月31日", 班次="晚", 到岗人="003"), "到岗!A2 “11月31日”: 日期：不是有效的日期 → 填日期，例如 2026-11-09"),
    "an order that ends before it begins": (enter("指示", 指示内容="先退款", 谁的指示="主管", 起=TUESDAY, 止=MONDAY, 登记人="001"), "指示!G2 “2026-11-09”: 结束早于开始 → 不早于 2026-11-10 周二"),
    "an unknown gate": (lambda desk: desk.sign("放行", "009", "我盯着", "接班人没到岗"), "签字!G2 “接班人没到岗”: 没有这个关口 → 是不是“接班人未到岗”？"),
    "a refusal without a reason": (lambda desk: desk.sign("拒接", "003"), "签字!F2: “备注”没有填 → 几个字说明原因"),
    "a missing header": (rename_header, "到岗!A1: 缺少表头“到岗人” → 这一行只有：日期、班次、谁来了、发生时间、备注"),
    "a missing sheet": (take_out("事项"), ": 缺少工作表“事项” → 请恢复原来的表名；删掉了就从备份里拷回来"),
    "a sheet that was read before": (read_then_take_out, ": 缺少工作表“到岗” → 请恢复原来的表名；删掉了就从备份里拷回来"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), CELLS.values(), ids=CELLS)
def test_a_wrong_cell_is_one_line(desk: Agents, spoil: Spoil, line: str) -> None:
    spoil(desk)
    done = refused(desk, *NEXT)
    assert (done.exit_code, done.stderr) == (3, f"交接日志.xlsx{'' if line[0] == ':' else ' '}{line}\n")


def test_all_wrong_cells_are_told_at_once(desk: Agents) -> None:
    desk.enter("事项", {**ITEM, "类型": "投拆"}, ITEM, {**ITEM, "发生时间": datetime(2026, 11, 9, 23)})
    desk.enter("清点", {"物品": "钥匙", "实点": 1, "清点人": "没人"})
    desk.sign("画押", "谁")
    done = refused(desk, *NEXT)
    assert done.exit_code == 3
    assert refused(desk, "import").stderr == done.stderr
    assert [line.split("!")[1].split(" ")[0].rstrip(":") for line in done.stderr.splitlines()] == [
        "C2",
        "G2",
        "C2",
        "D2",
    ]


# --- files ------------------------------------------------------------------------------------------------------------


def write(name: str, content: str | bytes) -> Spoil:
    def spoil(desk: Agents) -> None:
        path = desk.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return spoil


def cut(name: str, size: int) -> Spoil:
    return lambda desk: (desk.folder / name).write_bytes((desk.folder / name).read_bytes()[:size])


def read_then_lose(desk: Agents) -> None:
    desk.enter("事项", ITEM)
    assert desk.read() == (0, "")
    desk.path.unlink()


def folder_instead(name: str) -> Spoil:
    def spoil(desk: Agents) -> None:
        (desk.folder / name).unlink(missing_ok=True)
        (desk.folder / name).mkdir()

    return spoil


def sql(*statements: str) -> Spoil:
    def spoil(desk: Agents) -> None:
        with closing(sqlite3.connect(desk.folder / JOURNAL)) as link:
            for statement in statements:
                link.execute(statement)
            link.commit()

    return spoil


def another_database(desk: Agents) -> None:
    (desk.folder / JOURNAL).unlink()
    sql("CREATE TABLE mails (words TEXT)")(desk)


OPEN = "请在 Excel 中打开并另存为 .xlsx"
DAMAGED = "这不是 cstools 的记录，或者已损坏 → 应是 cstools 的记录；请换回文件夹最近一份好的备份"
LISTED = "这份交接班单清单已损坏 → 删掉它，下次 --catch-up 会重新生成"
FILES: Mapping[str, tuple[Spoil, str]] = {
    "a workbook cut short": (cut(LOG, 3000), f"{LOG}: 工作簿已损坏，或者不是 .xlsx → {OPEN}"),
    "text called xlsx": (write(LOG, "事项"), f"{LOG}: 这不是 Excel 工作簿 → 请在 Excel 中另存为 .xlsx"),
    "a folder called xlsx": (folder_instead(LOG), f"{{folder}}/{LOG}: 文件读不了：这是文件夹 → 请给出工作簿或 csv 文件的路径"),
    "a workbook that was read before and is gone": (read_then_lose, f"{{folder}}/{LOG}: 以前读过的这个工作簿不见了 → 请放回原处；不再用旧的就新建一个：cstools handover book"),
    "an unknown gate": (write("cstools.toml", "[handover.gates.major_opened]\non = false"), "cstools.toml handover.gates.major_opened: 没有这个关口 → 是不是“major_open”？"),
    "a gate's setting": (write("cstools.toml", '[handover.gates.major_open]\non = "no"'), "cstools.toml handover.gates.major_open.on “no”: 这项设置不能这样填 → true 或 false"),
    "minutes in quotes": (write("cstools.toml", '[handover]\nlate_after = "15"'), "cstools.toml handover.late_after “15”: 这项设置不能这样填 → 分钟数，0 到 240"),
    "a value for a section": (write("cstools.toml", "handover = 3"), "cstools.toml handover “3”: 这项设置不能这样填 → 这是一节，单独一行写 [handover]"),
    "broken toml": (write("cstools.toml", "[handover"), 'cstools.toml 第1行 “[handover”: 这一行读不懂 → 一行一项，如 team = "team.xlsx"'),
    "a type's severity": (write(TYPES, "类型,最低程度\n投诉,很大\n"), "事项类型.csv B2 “很大”: 最低程度：不在可选项里 → 只能填：一般、重大、紧急"),
    "a type's time": (write(TYPES, "类型,逾期\n投诉,一会儿\n"), "事项类型.csv B2 “一会儿”: 逾期：不是时限 → 例如 30分钟、24小时、当日18:00、次日、7天、3个工作日、用餐+10分钟"),
    "an empty checklist": (write(CHECKS, ""), "检查清单.csv: 工作表是空的 → 表头：清单、内容、班别、星期、时间"),
    "a checklist without a time": (write(CHECKS, "清单,内容,时间\n定时,递交,\n"), "检查清单.csv C2: 没有写时间 → 例如 11:30、14:30"),
    "a spoilt template": (write("templates/handover.xlsx", "no"), "handover.xlsx: 这不是 Excel 工作簿 → 请在 Excel 中另存为 .xlsx"),
    "a template with an unknown blank": (write("templates/handover.html", "$title $change $alarms $matters $lists $supervisor $signatures $notes $sumary"), "handover.html “$sumary”: 没有这个填空 → 是不是“summary”？"),
    "a template in GBK": (write("templates/handover.html", "交接".encode("gbk")), "handover.html: 文字编码不是 UTF-8 → 另存为 UTF-8"),
    "a damaged journal": (cut(JOURNAL, 5000), f"{{folder}}/{JOURNAL}: {DAMAGED}"),
    "a journal that is text": (write(JOURNAL, "no"), f"{{folder}}/{JOURNAL}: {DAMAGED}"),
    "a journal of a newer version": (sql("PRAGMA user_version = 99"), f"{{folder}}/{JOURNAL}: 这份记录是更新的 cstools 写的（第 99 版） → 请更新 cstools；现在的只认得到第 {{known}} 版"),
    "another program's database": (another_database, f"{{folder}}/{JOURNAL}: 这个数据库是别的程序的 → 应是 cstools 的记录"),
    "a damaged list of sheets": (write(".cstools/sheets.json", "[1"), f"{{folder}}/.cstools/sheets.json: {LISTED}"),
    "an odd list of sheets": (write(".cstools/sheets.json", '{"x": {"at": 1, "made": 2, "final": 3, "files": 4}}'), f"{{folder}}/.cstools/sheets.json: {LISTED}"),
    "a desk's workbook cut short": (cut("team.xlsx", 2000), f"team.xlsx: 工作簿已损坏，或者不是 .xlsx → {OPEN}"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "line"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_one_line(desk: Agents, spoil: Spoil, line: str) -> None:
    desk.enter("事项", ITEM)
    desk.say("list")  # saves the workbook, and records nothing
    spoil(desk)
    done = refused(desk, *NEXT)
    assert (done.exit_code, done.stderr) == (3, line.format(folder=desk.folder, known=len(MIGRATIONS)) + "\n")


# --- places that cannot be written, and writers in the way ------------------------------------------------------------


def test_a_file_where_the_folder_of_sheets_should_be(desk: Agents) -> None:
    (desk.folder / "交接").write_text("x")
    done = desk.say(*NEXT)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{desk.folder}/交接 写不进去：有同名文件占着\n")


def test_a_folder_where_a_sheet_should_be(desk: Agents) -> None:
    path = desk.folder / "交接" / "交接_2026-11-09_晚.xlsx"
    path.mkdir(parents=True)
    done = desk.say(*NEXT)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{path} 写不进去：这是文件夹\n")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_another_run_has_the_lock(desk: Agents) -> None:
    with only_one(desk.folder / LOCK):
        done = refused(desk, *NEXT)
    assert (done.exit_code, done.stderr) == (75, "另一个程序正在生成交接班单，这次不再重复\n")


def test_somebody_writes_for_too_long(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.folder / JOURNAL
    monkeypatch.setattr(Desk, "journal", property(lambda _: Journal(path, wait=0.1)))
    with Journal(path).writing(by="x", now=desk.clock.now):
        done = refused(desk, "add", "查件", "--owner", "001")
    assert (done.exit_code, done.stderr) == (75, f"{path} 正被别人写入，请过一分钟再试\n")


def test_a_workbook_that_may_not_be_read(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def in_use(path: Path) -> bytes:
        if path.name == LOG:
            raise PermissionError
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", in_use)
    done = desk.say(*NEXT)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "交接日志.xlsx: 文件打不开：正被占用，或者没有读取权限 → 请在 Excel 中关闭它再试\n"


def test_an_unwritable_sheet_and_nothing_beside_it(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", locked)
    done = desk.say(*NEXT)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (75, "", 1)
    assert list((desk.folder / "交接").iterdir()) == []


def test_the_file_beside_goes_once_the_sheet_is_free_again(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def open_in_excel(path: Path, target: Path) -> Path:
        if target.name == "交接_2026-11-09_晚.html":
            raise PermissionError
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", open_in_excel)
        done = desk.say(*NEXT, "--format", "html")
    folder = desk.folder / "交接"
    assert done.exit_code == 0
    assert done.stdout == f"文件正打开着，交接班单另存为：{folder}/交接_2026-11-09_晚-1.html\n"
    assert [path.name for path in folder.iterdir()] == ["交接_2026-11-09_晚-1.html"]
    assert desk.say(*NEXT, "--format", "html").output == ""
    assert [path.name for path in folder.iterdir()] == ["交接_2026-11-09_晚.html"]


def test_a_folder_whose_files_cannot_be_locked(desk: Agents, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("cstools.handover.lock._lock", no_locks)
    done = refused(desk, *NEXT)
    assert (done.exit_code, done.stderr) == (
        1,
        f"{desk.folder}/.cstools/sheets.lock 写不进去：那个文件夹里的文件不能加锁\n",
    )


# --- what is asked ----------------------------------------------------------------------------------------------------

WHITE = ("--date", MONDAY, "--shift", "白")
TOMORROW = ("--at", "2026-11-10T09:00")
ASKED: Mapping[str, tuple[tuple[object, ...], int, str]] = {
    "a day that isn't": (("sheet", "--date", "2026-13-01", "--shift", "白"), 2, "“2026-13-01”不是日期，请写成 2026-11-02 这样"),
    "a day without its shift": (("sheet", "--date", MONDAY), 2, "--date 和 --shift 要一起用"),
    "an unknown shift": (("sheet", "--date", MONDAY, "--shift", "早早"), 2, "没有“早早”这个班次"),
    "an unknown form": ((*NEXT, "--format", "pdf"), 2, "没有“pdf”这种格式；有 xlsx,html,md,json,text"),
    "an unknown group": ((*NEXT, "--team", "三组"), 2, "“人员”表里没有“三组”这个组"),
    "an unknown type": (("add", "x", "--owner", "001", "--type", "投拆"), 2, "没有“投拆”这种类型"),
    "an unknown owner": (("add", "x", "--owner", "王方"), 2, "“王方”：人员表里没有这个工号或姓名"),
    "a matter to come": (("add", "x", "--owner", "001", *TOMORROW), 2, "2026-11-10 09:00 还没到"),
    "an unknown matter": (("close", "99", "--result", "已处理"), 2, "没有事项 99"),
    "an arrival for no shift": (("arrive", "003", "--shift", "夜"), 2, "没有“夜”这个班次"),
    "a signature to come": (("sign", "out", "001", *WHITE, *TOMORROW), 2, "2026-11-10 09:00 还没到"),
    "a refusal to come": (("refuse", "003", "--reason", "x", *WHITE, *TOMORROW), 2, "2026-11-10 09:00 还没到"),
    "an override to come": (("override", "接班人未到岗", "009", "--reason", "x", *WHITE, *TOMORROW), 2, "2026-11-10 09:00 还没到"),
    "an override by anybody": (("override", "接班人未到岗", "003", "--reason", "x", *WHITE), 1, "李娜不能放行：只有主管、经理、值班经理可以"),
    "a signature of the wrong side": (("sign", "out", "003", *WHITE), 1, "李娜不在这次交接的这一边：张伟、王芳"),
    "a thing that is new": (("count", "钥匙", "3"), 2, "钥匙是新登记的：写明应有多少"),
    "a workbook that isn't there": (("import", "没有.xlsx"), 2, "文件 '没有.xlsx' 不存在"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "line"), ASKED.values(), ids=ASKED)
def test_what_cannot_be_asked_is_told(desk: Agents, words: tuple[object, ...], code: int, line: str) -> None:
    desk.enter("事项", ITEM)  # not read either
    done = refused(desk, *words)
    assert done.exit_code == code
    assert line in done.stderr.splitlines()[-1] or line in done.stderr.splitlines()[0]


# --- nothing open, nothing known --------------------------------------------------------------------------------------


def test_nothing_open_and_nothing_recorded_look_different(desk: Agents) -> None:
    empty = desk.sheet()
    assert (empty["header"]["begun"], empty["open"]) == (False, [])
    page = text(desk)
    assert "还没有任何记录" in page
    assert "没有未结事项：" not in page
    desk.enter("事项", {**ITEM, "结果": "已签收"})
    desk.sheet()
    shutil.rmtree(desk.folder / "交接")
    page = text(desk)
    assert "还没有任何记录" not in page
    assert "没有未结事项" in page


def text(desk: Agents) -> str:
    assert desk.say(*NEXT, "--format", "text").exit_code == 0
    return (desk.folder / "交接" / "交接_2026-11-09_晚.txt").read_text("utf-8")


def test_a_new_workbook_for_a_lost_one_does_not_reuse_numbers(desk: Agents) -> None:
    desk.enter("事项", ITEM, ITEM)
    assert desk.read() == (0, "")
    desk.path.unlink()
    assert desk.say("book").exit_code == 0
    from openpyxl import load_workbook

    assert load_workbook(desk.path)["事项"]["A2"].value == "003"
    assert desk.say(*NEXT).exit_code == 0
