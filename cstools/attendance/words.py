"""What stands in one cell of a day: ``正常班:迟到10分钟 (08:40,18:30)``, ``休息 (-)``, ``事假09:00到12:00 3小时``."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from cstools.days import DAY, Minutes, read_time
from cstools.tables.grid import fold

UNKNOWN: Final = -1  # minutes that the cell doesn't tell
_LONGEST: Final = 24 * 400  # hours that a leave may have, which stands in each of its days
_TIMES: Final = re.compile(r"\(([^()]*)\)\s*$")
_ARE_TIMES: Final = re.compile(r"\d:\d|^[\s,-]*$")
_SHIFT: Final = re.compile(r"^([^\n]*?):(?!\s*\d)")
_AMOUNT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(天|小时|分|h)")
_LENGTH: Final = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:小时|h))?\s*(?:(\d+)\s*分钟?)?$")
_NORMAL: Final = re.compile(
    r"正常|外勤.*|出差.*|外出.*|.*审批通过|补卡.*|.*改为正常|加班.*|出勤|已打卡|范围外.*|地点异常.*|设备异常.*|--?|假勤申请"
)
_REST: Final = re.compile(r"休息.*|未排班.*|不在考勤组.*|公休|放假|节假日|未加入考勤组|非工作日")
_MISSING: Final = re.compile(r"(?:上班|下班)?(?:缺卡|未打卡|漏打卡|忘打卡)(?:\(?(\d+)次\)?)?")
_LATE: Final = re.compile(r"(严重|旷工)?迟到(.*)")
_EARLY: Final = re.compile(r"早退(.*)")
_ABSENT: Final = re.compile(r"旷工(.*)")
_LEAVE: Final = r"([^\d\s(]*?(?:假|休{}))(?=$|[\d\s(]|上午|下午|半天)(.*)"


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says of a day; ``late`` and ``early`` are UNKNOWN where it tells no minutes.

    ``leave`` is (kind, hours), hours None for the rest of the day; ``unread`` are words that mean nothing to us.
    """

    start: Minutes | None = None
    end: Minutes | None = None
    planned: str = ""
    late: int = 0
    severe: bool = False
    truant: bool = False
    early: int = 0
    missing: int = 0
    absent: Decimal = Decimal(0)
    rest: bool = False
    normal: bool = False
    leave: tuple[tuple[str, Decimal | None], ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A company's own words and what each means, its names of leave that end neither in 假 nor in 休, and the hours of
    a whole day of leave.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    leave_words: Sequence[str] = ()
    leave_day: Decimal = Decimal(8)

    @cached_property
    def _own(self) -> Mapping[str, str]:
        return {fold(word): meaning for word, meaning in self.words.items()}

    @cached_property
    def _leave(self) -> re.Pattern[str]:
        return re.compile(_LEAVE.format("".join(f"|{re.escape(word)}" for word in self.leave_words)))

    def read(self, cell: str) -> Said:
        """What a cell says. Raises ValueError where its times can't be."""
        plain = unicodedata.normalize("NFKC", cell).strip()
        said = Said()
        found = _TIMES.search(plain)
        if found and _ARE_TIMES.search(found[1]):
            start, end = read_punches(found[1])
            said, plain = Said(start, end), plain[: found.start()].strip()
        if shift := _SHIFT.match(plain):
            said, plain = replace(said, planned=shift[1].strip()), plain[shift.end() :]
        for word in re.split(r"[,、;\n]+", plain):
            if word.strip():
                said = self._add(said, re.sub(r"\s+", " ", word.strip()))
        return said

    def _add(self, said: Said, word: str) -> Said:
        """The same with one more word; the company's own meaning first."""
        if meaning := self._own.get(fold(word)):
            return _mean(said, meaning, word)
        for pattern, add in _PLAIN:
            if found := pattern.fullmatch(word):
                return add(said, found)
        if found := _ABSENT.fullmatch(word):
            hours = self._hours(found[1])
            return replace(said, absent=Decimal(1) if hours is None else min(Decimal(1), hours / self.leave_day))
        if found := self._leave.fullmatch(word):
            return replace(said, leave=(*said.leave, (found[1], self._hours(found[2]))))
        return replace(said, unread=(*said.unread, word))

    def _hours(self, rest: str) -> Decimal | None:
        """The hours of ``09:00到12:00 3小时``, ``1天``, ``上午``; None where nothing is told: the whole day."""
        if re.match(r"[\s(]*(上午|下午|半天)", rest):
            return self.leave_day / 2
        units = {"天": self.leave_day, "小时": Decimal(1), "h": Decimal(1), "分": Decimal(1) / 60}
        found = _AMOUNT.findall(rest)
        hours = sum((Decimal(number) * units[unit] for number, unit in found), Decimal(0))
        if hours > _LONGEST:
            raise ValueError(rest)
        return hours if found else None


def is_rest(shift: str) -> bool:
    """Whether the name of a shift means a day off."""
    return bool(_REST.fullmatch(shift.strip()))


def read_punches(words: str) -> tuple[Minutes | None, Minutes | None]:
    """The first and the last punch of ``08:17,18:30``, ``-,18:30`` or ``21:55,次日06:02``. Raises ValueError."""
    parts = [part.strip() for part in words.split(",")]
    first, last = (None if part.strip("-") == "" else read_time(part) for part in (parts[0], parts[-1]))
    if len(parts) == 1:
        return first, None
    return first, last + DAY if first is not None and last is not None and last < first else last


def _mean(said: Said, meaning: str, word: str) -> Said:
    """The same with one of the company's own words."""
    if meaning == "missing":
        return replace(said, missing=said.missing + 1)
    if meaning == "leave":
        return replace(said, leave=(*said.leave, (word, None)))
    values: dict[str, object] = {"late": UNKNOWN, "early": UNKNOWN, "absent": Decimal(1)}
    return replace(said, **{meaning: values.get(meaning, True)})  # type: ignore[arg-type] # normal and rest are flags


def _minutes(rest: str) -> int:
    """``10分钟``, ``1小时5分钟``; UNKNOWN where nothing is told. Raises ValueError for more than a day."""
    found = _LENGTH.search(rest.strip(" ()"))
    if not found or not (found[1] or found[2]):
        return UNKNOWN
    minutes = int(Decimal(found[1] or 0) * 60) + int(found[2] or 0)
    if minutes > DAY:
        raise ValueError(rest)
    return minutes


def _late(said: Said, found: re.Match[str]) -> Said:
    return replace(said, late=_minutes(found[2]), severe=found[1] == "严重", truant=found[1] == "旷工")


# What words say without regard to the company.
_PLAIN: Final[tuple[tuple[re.Pattern[str], Callable[[Said, re.Match[str]], Said]], ...]] = (
    (_NORMAL, lambda said, _: replace(said, normal=True)),
    (_REST, lambda said, _: replace(said, rest=True)),
    (_MISSING, lambda said, found: replace(said, missing=said.missing + int(found[1] or 1))),
    (_LATE, _late),
    (_EARLY, lambda said, found: replace(said, early=_minutes(found[1]))),
)
