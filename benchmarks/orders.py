"""A million orders under the 54 real headers in GBK: read, attributed, cleaned, deduplicated and priced.

    python benchmarks/orders.py [ROWS] [--rounds N] [--peers] [--memory]

Each round reads the file with a bare ``csv.reader``, decoded, and then has our orders added up by agent and priced at
2 %; what is told is the median of the ratios of CPU time, which should stay below 2. ``--peers`` has pandas, polars and
DuckDB do the same, as far as they are installed, and compares the commission to the fen. ``--memory`` tells the most
memory that a process of ours took for the whole, from its start.
"""

import argparse
import csv
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from cstools.money import fen
from cstools.orders import OrderSettings, read_orders

if TYPE_CHECKING:
    from cstools.errors import Fault

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
AGENTS = [f"{number:03}" for number in range(1, 25)]
RATE = Decimal("0.02")
HEADER = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,"
    "买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,"
    "订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,"
    "卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,"
    "是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,"
    "新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,"
    "确认收货时间,打款商家金额,含应开票给个人的个人红包"
)
HEADERS = HEADER.split(",")
REMARKS = ("客户要求{}日前到", "送运费险，{}楼放门口", "换颜色，已和仓库说，{}", "赠品第{}款", "发票抬头已记{}")
TITLES = [f"秋冬新款加厚纯棉四件套床单被套 {n} 号色" for n in range(300)] + ["补差价专用链接", "邮费链接 拍前联系客服"]


def fill(path: Path, rows: int) -> None:
    """Orders of October as a shop exports them; a fiftieth stands twice."""
    chance = random.Random(2026)
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        row: list[str] = []
        for number in range(rows):
            if number % 50 or not row:
                row = order(chance, number)
            writer.writerow(row)


def order(chance: random.Random, number: int) -> list[str]:
    """A row: most are paid, a few closed unpaid, a few no sale; six of seven have an agent's number in the note."""
    day, hour, minute, second = (chance.randrange(*ends) for ends in ((1, 32), (24,), (60,), (60,)))
    at = f"2026-10-{day:02} {hour:02}:{minute:02}:{second:02}"
    price = f"{chance.randrange(1000, 60000) / 100:.2f}"
    paid = chance.random() < 0.95  # noqa: PLR2004
    note = ""
    if chance.random() < 6 / 7:
        note = chance.choice(("工号", "kf", "")) + chance.choice(AGENTS)
        if chance.random() < 1 / 2:
            note += " " + chance.choice(REMARKS).format(chance.randrange(1, 1000))
    values = {
        "订单编号": f'="{2_410_000_000_000_000_000 + number * 104_729 + 1}"', "买家会员名": f"tb{number:010}",
        "买家支付宝账号": f"138{number % 10**8:08}", "买家应付货款": price, "买家应付邮费": "0.00", "买家支付积分": "0",
        "总金额": price, "返点积分": "0", "买家实际支付金额": price if paid else "0.00", "买家实际支付积分": "0",
        "订单状态": chance.choice(("交易成功", "卖家已发货")) if paid else "交易关闭", "收货人姓名": "张三",
        "收货地址 ": f"浙江省 杭州市 余杭区 五常街道文一西路{chance.randrange(1, 999)}号 {chance.randrange(1, 40)}室 ",
        "运送方式": "快递", "联系手机": f"'138{number % 10**8:08}",
        "订单创建时间": at, "订单付款时间 ": at if paid else "null",
        "宝贝标题 ": chance.choice(TITLES), "宝贝种类 ": "1", "物流单号 ": f"No:YT{number:013}", "物流公司": "圆通速递",
        "订单备注": note, "宝贝总数量": "1", "店铺Id": "0", "店铺名称": "某某家纺旗舰店", "订单关闭原因": "订单未关闭",
        "卖家服务费": "0.00", "买家服务费": "0.00", "是否手机订单": "手机订单", "退款金额": "0.00",
        "确认收货时间": at if paid else "null", "打款商家金额": f"{price}元", "含应开票给个人的个人红包": "0.00",
    }  # fmt: skip
    return [values.get(header, "") for header in HEADERS]


def bare(path: Path) -> int:
    """What Python needs at least to see every row: how many."""
    with path.open(encoding="gb18030", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def ours(path: Path) -> Mapping[str, Decimal]:
    """Commission by agent."""
    faults: list[Fault] = []
    settings = OrderSettings(files=(path.name,), counts_on="paid", ambiguous="unpaid")
    orders = read_orders(path.parent, settings, FIRST, LAST, faults, [], frozenset(AGENTS))
    assert not faults, faults[0]  # noqa: S101 - the file is right
    return {agent: fen(total.paid * RATE) for agent, total in orders.by_agent().items()}


# --- peers ------------------------------------------------------------------------------------------------------------

COLUMNS = ["订单编号", "买家实际支付金额", "订单状态", "订单付款时间 ", "宝贝标题 ", "订单备注"]
NUMBER = r"(?:工号|客服|kf|^| )(\d{3})(?:\D|$)"
NO_SALE = "补差价|差价补|邮费链接|补邮费|邮费专拍|补运费|补单"


def pandas(path: Path) -> Mapping[str, Decimal]:
    """The same in pandas, with whole fen."""
    pd: Any = import_module("pandas")
    table = pd.read_csv(path, encoding="gb18030", usecols=COLUMNS, dtype=str, keep_default_na=False)
    table.columns = pd.Index([name.strip() for name in table.columns])
    table["订单编号"] = table["订单编号"].str.strip("=\"'\t ")
    table = table.drop_duplicates("订单编号")
    day = table["订单付款时间"].str.slice(0, 10)
    table = table[(day >= "2026-10-01") & (day <= "2026-10-31") & ~table["宝贝标题"].str.contains(NO_SALE)]
    agent = table["订单备注"].str.extract(NUMBER, expand=False)
    in_fen = table["买家实际支付金额"].str.replace(".", "", regex=False).astype("int64")
    sums = in_fen[agent.isin(AGENTS)].groupby(agent).sum()
    return {name: fen(Decimal(int(paid)).scaleb(-2) * RATE) for name, paid in sums.items()}


def polars(path: Path) -> Mapping[str, Decimal]:
    """The same in polars, which takes GB18030 only after it was decoded as a whole."""
    pl: Any = import_module("polars")
    table = pl.read_csv(path, encoding="gb18030", columns=COLUMNS, infer_schema_length=0)
    day = pl.col("订单付款时间 ").str.slice(0, 10)
    sums = (
        table.lazy()
        .with_columns(pl.col("订单编号").str.strip_chars("=\"'\t "),
                      pl.col("订单备注").str.extract(NUMBER).alias("agent"))
        .unique("订单编号", keep="first")
        .filter(day.is_between(pl.lit("2026-10-01"), pl.lit("2026-10-31")), ~pl.col("宝贝标题 ").str.contains(NO_SALE),
                pl.col("agent").is_in(AGENTS))
        .group_by("agent")
        .agg(pl.col("买家实际支付金额").str.replace(".", "", literal=True).cast(pl.Int64).sum())
        .collect()
    )  # fmt: skip
    return {name: fen(Decimal(paid).scaleb(-2) * RATE) for name, paid in sums.iter_rows()}


def duckdb(path: Path) -> Mapping[str, Decimal]:
    """The same in DuckDB, of which the file must be UTF-8: it is written anew first, a part of the price."""
    db: Any = import_module("duckdb")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as plain:
        with path.open(encoding="gb18030", newline="") as file:
            plain.write(file.readline().replace(" ,", ","))  # it drops blanks of headers, sometimes
            while text := file.read(1 << 22):
                plain.write(text)
        plain.flush()
        found = db.sql(f"""
            select agent, sum(paid) from (
                select distinct on (number) * from (
                    select trim("订单编号", '="''') as number, cast("买家实际支付金额" as decimal(18, 2)) as paid,
                           "宝贝标题" as title, left("订单付款时间", 10) as day,
                           regexp_extract("订单备注", '{NUMBER}', 1) as agent
                    from read_csv('{plain.name}', all_varchar = true, header = true, quote = '"')
                )
            ) where day between '2026-10-01' and '2026-10-31' and not regexp_matches(title, '{NO_SALE}')
                and list_contains({AGENTS}, agent) group by agent
        """).fetchall()  # noqa: S608 - our own words
    return {name: fen(paid * RATE) for name, paid in found}


PEERS: Mapping[str, Callable[[Path], Mapping[str, Decimal]]] = {"pandas": pandas, "polars": polars, "duckdb": duckdb}


# --- figures ----------------------------------------------------------------------------------------------------------


def timed(work: Callable[[Path], object], path: Path) -> tuple[float, float, object]:
    """CPU seconds of all cores, seconds on the wall, and what came of it."""
    started, cpu = perf_counter(), process_time()
    found = work(path)
    return process_time() - cpu, perf_counter() - started, found


def most() -> int:
    """The most kB that this process took; not, as getrusage may say, its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def most_memory(name: str, path: Path) -> float:
    """The most GB that a fresh process took for one of the ways."""
    words = [sys.executable, __file__, "0", "--only", name, "--file", str(path)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Fill a file and tell its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.only:
        {"ours": ours, **PEERS}[told.only](told.file)
        print(most() / 1e6)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ExportOrderList202611030915.csv"
        fill(path, told.rows)
        show(path, told.rows, told.rounds, peers=told.peers, memory=told.memory)


def show(path: Path, rows: int, rounds: int, *, peers: bool, memory: bool) -> None:
    """Measure and print."""
    print(f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB")
    pairs = [(timed(bare, path), timed(ours, path)) for _ in range(rounds)]
    cpu, wall = statistics.median(mine[0] for _, mine in pairs), statistics.median(mine[1] for _, mine in pairs)
    least = statistics.median(pair[0][0] for pair in pairs)
    ratio = statistics.median(mine[0] / plain[0] for plain, mine in pairs)
    print(f"bare csv.reader: {least:.1f} s CPU")
    print(f"ours:            {cpu:.1f} s CPU, {wall:.1f} s; {ratio:.2f} x the bare reader")
    if memory:
        print(f"                 {most_memory('ours', path):.2f} GB")
    for name, work in PEERS.items() if peers else ():
        if find_spec(name) is None:
            print(f"{name} isn't installed")
            continue
        cpu, wall, found = timed(work, path)
        same = "the same commission" if found == pairs[0][1][2] else "another commission!"
        most = f", {most_memory(name, path):.2f} GB" if memory else ""
        print(f"{name + ':':<16} {cpu:.1f} s CPU, {wall:.1f} s{most}; {same}")


if __name__ == "__main__":
    main()
