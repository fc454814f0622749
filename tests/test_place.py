"""Which folders are no good place for a journal."""

from pathlib import Path, PurePosixPath

import pytest
from conftest import Run
from desks import make

from cstools.desk.place import doubt, network_mount, on_network, synced_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/team /mnt/team nfs4 rw 0 0
//server/share /mnt/two\\040words cifs rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [("/home/me", False), ("/mnt/team", True), ("/mnt/team/desk", True), ("/mnt/team/local/desk", False),
     ("/mnt/two words/desk", True), ("/mnt/teams", False), ("/mnt/c/Users", True)],
)  # fmt: skip
def test_network_folders_by_the_mounts_of_linux(folder: str, *, network: bool) -> None:
    assert network_mount(Path(folder), MOUNTS) is network


def test_a_share_of_windows_is_a_network() -> None:
    assert on_network(Path("\\\\server\\share\\desk"))


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("/Users/me/OneDrive - 公司/desk", "OneDrive - 公司"),
        ("/home/我/我的坚果云/排班", "我的坚果云"),
        ("/home/one/drive", ""),
    ],
)
def test_folders_of_cloud_drives(folder: str, name: str) -> None:
    assert synced_by(Path(PurePosixPath(folder))) == name


def test_doctor_notes_it_and_still_passes(run: Run, tmp_path: Path) -> None:
    assert doubt(tmp_path) is None
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    make(folder)
    done = run("--desk", folder, "doctor")
    assert done.exit_code == 0
    assert "“OneDrive”" in done.output
