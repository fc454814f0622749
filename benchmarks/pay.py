"""A month's pay of 2,000 people: the seconds, the share of them that goes into the workbook, the memory, the growth.

    python benchmarks/pay.py [PEOPLE ...] [--orders N] [--profile]

For each number of people (200 and 2,000) a desk is made: base pay, commission on 20 orders each, 22 days of attendance,
allowances, insurance and fund, an event for every second person, income tax. ``pay run`` is then a process of its own
for a first month, for the same once more, and for the month after it with the first one closed. Told are CPU seconds,
as others may use the machine; and how much more a person costs among many than among few. ``--profile`` tells where the
time goes instead.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
PEOPLE = (200, 2000)
ORDERS = 20
MONTHS = ("2026-09", "2026-10")
MEGABYTE = 1024
TOML = """profile = "pay"
zone = "Asia/Shanghai"
[pay]
[orders]
files = ["订单*.csv"]
counts_on = "paid"
ambiguous = "unpaid"
number_pattern = '工号(\\d{5})'
[attendance]
quota_leave = ["事假"]
quota_by = "times"
quota_rests = false
[attendance.hours]
rest_days = "calendar"
auto_extend = false
export_approves = true
"""
SHEETS = {
    "提成表": "方案,比例,每单,商家类别,起始日期,截止日期\n店铺,2%,,,,\n",
    "薪资项目": "薪资项目,参数\nbase,part_month=反算\ninsurance,joined_by=15\ncommission,scheme=店铺\n"
              "allowances,\novertime,\nmanual,\nunpaid_leave,leave=事假\nscore,severe=5\nsick_pay,share=60%\n",
    "补贴": "补贴名称,金额,单位,不满月\n餐补,300,月,按出勤\n",
    "奖惩标准": "事件,第几次,累计周期,金额,对象,性质\n服务投诉,1,自然月,50,本人,罚款\n服务投诉,2,自然月,100,本人,罚款\n"
              "表扬,,,100,本人,奖励\n",
}  # fmt: skip


# --- the desk ---------------------------------------------------------------------------------------------------------


def fill(desk: Path, people: int, orders: int) -> None:
    """A desk of so many people, with so many orders each and a month's attendance."""
    chance = random.Random(2026)
    numbers = [f"{number:05}" for number in range(1, people + 1)]
    (desk / "cstools.toml").write_text(TOML, encoding="utf-8")
    for name, text in SHEETS.items():
        (desk / f"{name}.csv").write_text(text, encoding="utf-8")
    rows: dict[str, list[str]] = {
        "人员": ["工号,姓名,入职,离职,部门,岗位,城市,社保基数,公积金基数,公积金比例"],
        "底薪": ["工号,底薪,起始日期"], "事件": ["日期,事件,人员,金额,原因,批准人"], "考勤": ["工号,日期,上班,下班"],
    }  # fmt: skip
    sold = ["订单编号,订单付款时间,买家实际支付金额,订单状态,订单备注,宝贝标题"]
    for place, number in enumerate(numbers):
        rows["人员"].append(f"{number},客服{number},2024-03-01,,客服部,客服,上海,8000,8000,7%")
        rows["底薪"].append(f"{number},{chance.randrange(4000, 9000)},")
        for month in MONTHS:
            first = date.fromisoformat(f"{month}-01")
            if place % 2:
                kind = ("服务投诉", "表扬")[place % 4 == 1]
                rows["事件"].append(f"{first + timedelta(place % 28)},{kind},{number},,,经理")
            days = [first + timedelta(days) for days in range(30)]
            rows["考勤"] += [f"{number},{day},8:{chance.randrange(10, 30)},17:40" for day in days if day.weekday() < 5]  # noqa: PLR2004 - Saturday
            for _ in range(orders):
                day, yuan = chance.choice(days), chance.randrange(20, 900)
                sold.append(f"9{len(sold):017},{day} 10:00:00,{yuan}.50,交易成功,工号{number},床头柜")
    for name, lines in rows.items():
        (desk / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (desk / "订单1.csv").write_text("\n".join([*sold, ""]), encoding="gb18030")


# --- a run in a process of its own ------------------------------------------------------------------------------------


def make_run(desk: Path, month: str) -> dict[str, float]:
    """A run from the start of its process: CPU seconds, those of the workbook, megabytes."""
    from cstools.desk import Desk
    from cstools.pay import making
    from cstools.pay.asked import Asked

    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*words: Any, **more: Any) -> Any:
            begun = process_time()
            try:
                return work(*words, **more)
            finally:
                spent[name] = spent.get(name, 0) + process_time() - begun

        return measured

    timers = [patch.object(making, name, timed(name, getattr(making, name)))
              for name in ("register", "read_inputs", "compute", "keep", "digest")]  # fmt: skip
    for timer in timers:
        timer.start()
    making.make(Desk.find(desk), Asked(date.fromisoformat(f"{month}-01")))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {**spent, "all": process_time(), "memory": memory}


def measured(desk: Path, month: str) -> dict[str, float]:
    """What such a process tells, and its wall time."""
    begun = perf_counter()
    words = [sys.executable, __file__, "--child", str(desk), month]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "wall": perf_counter() - begun}


def close(desk: Path, month: str) -> None:
    """Approve and close a month."""
    from cstools.desk import Desk
    from cstools.pay.closing import Named
    from cstools.pay.closing import approve as approved
    from cstools.pay.closing import close as closed

    named = Named(date.fromisoformat(f"{month}-01"))
    approved(Desk.find(desk), named, "x")
    closed(Desk.find(desk), named, "x")


def told(people: int, what: str, found: dict[str, float]) -> None:
    """A line about a run."""
    parts = {"reading": "read_inputs", "computing": "compute", "workbook": "register", "keeping": "keep",
             "hashing files": "digest"}  # fmt: skip
    shares = ", ".join(f"{name} {found[key] / found['all']:.0%}" for name, key in parts.items())
    print(f"{people} people, {what}: {found['all']:.1f} s of CPU ({found['wall']:.1f} s on the clock), {shares}; "
          f"{found['memory']:.0f} MB")  # fmt: skip


def main() -> None:
    """Make the desks and tell what their runs cost."""
    asked = argparse.ArgumentParser()
    asked.add_argument("people", type=int, nargs="*")
    asked.add_argument("--orders", type=int, default=ORDERS)
    asked.add_argument("--profile", action="store_true")
    asked.add_argument("--child", nargs=2)
    words = asked.parse_args()
    if words.child:
        print(json.dumps(make_run(Path(words.child[0]), words.child[1])))
        return
    costs = {}
    for people in words.people or PEOPLE:
        with tempfile.TemporaryDirectory() as folder:
            desk = Path(folder)
            fill(desk, people, words.orders)
            if words.profile:
                profile(desk)
                continue
            found = measured(desk, MONTHS[0])
            costs[people] = found["all"]
            told(people, "the first month", found)
            told(people, "the same again", measured(desk, MONTHS[0]))
            close(desk, MONTHS[0])
            told(people, "the month after", measured(desk, MONTHS[1]))
            (desk / "底薪.csv").write_text((desk / "底薪.csv").read_text("utf-8") + "00001,9500,2026-10-01\n", "utf-8")
            told(people, "and its files changed since the first was closed", measured(desk, MONTHS[1]))
    if len(costs) > 1:
        few, many = min(costs), max(costs)
        print(f"{many / few:.0f} times the people: {costs[many] / costs[few]:.1f} times the CPU "
              f"(load {os.getloadavg()[0]:.1f})")  # fmt: skip


def profile(desk: Path) -> None:
    """Where the time of a first run goes."""
    with cProfile.Profile() as taken:
        make_run(desk, MONTHS[0])
    pstats.Stats(taken).sort_stats("cumulative").print_stats(60)
    pstats.Stats(taken).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
