"""The desk's own sheets 考勤, 加班 and 不在线: their columns."""

from typing import Final

from cstools.desk import Form
from cstools.language import Text, mark
from cstools.tables import kinds
from cstools.tables.columns import Column

_NUMBER: Final = Column("number", mark("number"), kinds.identifier, aliases=("员工编号", "编号", "员工号"))
_NAME: Final = Column("name", mark("name"), kinds.text, default="", aliases=("名字", "员工"))
_DAY: Final = Column("day", mark("date"), kinds.day, required=True, aliases=("考勤日期",))
_APPROVED: Final = (
    Column("approved_by", mark("approved by"), kinds.text, default="", aliases=("审批人",)),
    Column("approved_at", mark("approved at"), kinds.moment, aliases=("审批时间", "批准日期"),
           note=Text("overtime counts where it was approved before it began")),
)  # fmt: skip
_REMARK: Final = Column("remark", mark("remark"), kinds.text, default="", aliases=("说明", "事由"))

ATTENDANCE: Final = Form(mark("Attendance"), (
    _NUMBER, _NAME, _DAY,
    Column("start", mark("clocked in"), kinds.time_of_day, aliases=("上班", "签到", "上班打卡"),
           note=Text("empty with the other filled in: a punch was forgotten")),
    Column("end", mark("clocked out"), kinds.time_of_day, aliases=("下班", "签退", "下班打卡"),
           note=Text("after midnight: 25:30 or 次日1:30")),
    Column("leave", mark("kind of leave"), kinds.text, default="", aliases=("请假", "请假类型")),
    Column("leave_hours", mark("hours of leave"), kinds.number.between(0, 24), aliases=("请假时长",),
           note=Text("empty: the whole day")),
    Column("absent", mark("days of truancy"), kinds.number.between(0, 1), default=0, aliases=("旷工",)),
    Column("overtime", mark("hours of overtime"), kinds.number.between(0, 24), aliases=("加班", "加班时长")),
    *_APPROVED, _REMARK,
), ("考勤表", "考勤登记"))  # fmt: skip
OVERTIME: Final = Form(mark("Overtime"), (
    _NUMBER, _NAME, _DAY,
    Column("start", mark("start"), kinds.time_of_day, aliases=("开始时间",)),
    Column("end", mark("end"), kinds.time_of_day, aliases=("结束时间",),
           note=Text("after midnight: 25:30 or 次日1:30")),
    Column("hours", mark("hours of overtime"), kinds.number.between(0, 24), aliases=("加班", "加班时长"),
           note=Text("instead of start and end")),
    *_APPROVED,
    Column("time_off", mark("time off instead"), kinds.yes_no, default=False, aliases=("补休", "转调休"),
           note=Text("a rest is given instead of pay; not for statutory days")),
    _REMARK,
), ("加班申请", "加班登记"))  # fmt: skip
OFFLINE: Final = Form(mark("Not online"), (
    _NUMBER, _NAME, _DAY,
    Column("start", mark("start"), kinds.time_of_day, required=True, aliases=("开始时间",)),
    Column("end", mark("end"), kinds.time_of_day, aliases=("结束时间",), note=Text("empty: found so at one moment")),
    Column("reason", mark("accepted reason"), kinds.text, default="", aliases=("特殊原因",),
           note=Text("filled in: doesn't count")),
    _REMARK,
), ("未登录", "离线"))  # fmt: skip
