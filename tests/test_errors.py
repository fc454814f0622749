"""What the system says of a file is told in the reader's words."""

import errno
from pathlib import Path

import pytest

from cstools.errors import BadInput, CstoolsError, system_says
from cstools.tables.grid import read_book
from cstools.tables.save import make_folder


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有读写权限"), (errno.ENOTEMPTY, "系统错误 ENOTEMPTY")],
)
def test_an_error_of_the_system_is_told_in_chinese(number: int, words: str) -> None:
    assert str(system_says(OSError(number, "whatever the system says"))) == words
    assert str(system_says(OSError("no number"))) == "系统错误 ?"


def test_a_folder_and_a_file_in_the_way_are_called_so(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").mkdir()
    with pytest.raises(BadInput) as told:
        read_book(tmp_path / "book.xlsx")
    assert "这是文件夹" in str(told.value.faults[0])
    (tmp_path / "排班").write_bytes(b"")
    with pytest.raises(CstoolsError, match="有同名文件占着"):
        make_folder(tmp_path / "排班" / "十一月")
