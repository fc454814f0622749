"""Slips for others' programs: the one sheet that DingTalk takes, and a page of its own for everybody."""

from collections.abc import Sequence
from html import escape
from typing import Final

from cstools.language import Text, spoken
from cstools.money import show
from cstools.pay.explain import Branch, of_line
from cstools.pay.exports.table import Field, Table
from cstools.pay.paper.columns import group_columns
from cstools.pay.paper.register import title
from cstools.pay.run import Run
from cstools.pay.slip import GROSS, GROUPS, NET, Line, Slip

FORMATS: Final = ("xlsx", "dingtalk", "html")
_REASONS: Final = 2  # so deep a page tells a line's reasons


def dingtalk(run: Run, slips: Sequence[Slip]) -> Table:
    """One sheet for DingTalk's 工资条: matched by 工号, UserId or 姓名; a column for each line."""
    order: list[str] = list(dict.fromkeys(line.item for slip in slips for line in slip.lines))
    earned = [column for group in GROSS for column in group_columns(slips, group, order)]
    taken = [column for group in NET if group not in GROSS for column in group_columns(slips, group, order)]
    heads = ("姓名", "工号", "UserId", *(column.head for column in earned), str(Text("gross")),
             *(column.head for column in taken), str(Text("net")))  # fmt: skip
    rows: list[tuple[Field, ...]] = [
        (slip.name, slip.person, str(slip.about.get("dingtalk") or ""), *(column.amount(slip) for column in earned),
         slip.gross, *(column.amount(slip) for column in taken), slip.net) for slip in slips
    ]  # fmt: skip
    return Table(title(run), heads, rows)


def page(run: Run, slip: Slip) -> bytes:
    """One person's slip as a page that stands by itself, on a phone or on A4; whatever looks like markup stays text."""
    rows = []
    for group in NET:
        lines = [line for line in slip.lines if line.group is group]
        if lines:
            rows.append(_row(str(Text(GROUPS[group])), show(slip.total(group)), "group"))
        for line in lines:
            reasons = [branch for branch in of_line(line) if 0 < branch.depth <= _REASONS][:_MOST]
            told = "".join(f"<li>{escape(_reason(branch, line))}</li>" for branch in reasons)
            rows.append(_row(str(line.label), show(line.amount), "", f"<ul>{told}</ul>"))
        if group is GROSS[-1]:
            rows.append(_row(str(Text("gross")), show(slip.gross), "sum"))
    rows.append(_row(str(Text("net")), show(slip.net), "net"))
    words = (slip.person, slip.about.get("department"), slip.about.get("position"))
    where = " · ".join(str(word) for word in words if word)
    paid = Text("paid {day}", day=run.paid_on.isoformat())
    return _PAGE.format(language=spoken(), title=escape(f"{title(run)} · {slip.name}"), name=escape(slip.name),
                        where=escape(where), paid=escape(str(paid)), rows="\n".join(rows),
                        heading=escape(title(run))).encode()  # fmt: skip


_MOST: Final = 12


def _reason(branch: Branch, line: Line) -> str:
    """A reason, with what it gives where that isn't the whole line."""
    amount = branch.amount
    return branch.text if amount is None or amount == line.amount else f"{branch.text}  {show(amount)}"


def _row(label: str, amount: str, kind: str, below: str = "") -> str:
    return f'<tr class="{kind}"><td>{escape(label)}{below}</td><td>{escape(amount)}</td></tr>'


def pages(run: Run, slips: Sequence[Slip]) -> dict[str, bytes]:
    """Everybody's page by its file's name."""
    return {f"{slip.person}_{_plain(slip.name)}.html": page(run, slip) for slip in slips}


def _plain(name: str) -> str:
    """A name as a file may be called."""
    return "".join("_" if letter in '\\/:*?"<>|' else letter for letter in name)


_PAGE: Final = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ font: 15px/1.5 "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  max-width: 40em; margin: 1em auto; padding: 0 1em }}
h1 {{ font-size: 1.3em; margin: 0 }} header p {{ color: #777; margin: 0 0 1em }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border-bottom: 1px solid #ddd; padding: .3em .2em; vertical-align: top }}
td:last-child {{ text-align: right; white-space: nowrap }}
.group td {{ background: #eef3f8; font-weight: bold }} .sum td, .net td {{ font-weight: bold }}
.net td {{ background: #fff2cc; font-size: 1.1em }}
ul {{ margin: 0; padding-left: 1.2em; color: #777; font-size: .85em; overflow-wrap: anywhere }}
@media print {{ body {{ margin: 0 }} tr {{ break-inside: avoid }} }}
</style></head><body><header><h1>{heading} · {name}</h1><p>{where} · {paid}</p></header>
<main><table>
{rows}
</table></main></body></html>
"""
