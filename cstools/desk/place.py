"""Folders in which a journal isn't safe: on a network, where locks may not hold, or kept in step by a cloud drive."""

import sys
from pathlib import Path
from typing import Final

from cstools.errors import Fault, Source
from cstools.language import Text

_MOUNTS: Final = Path("/proc/self/mounts")
_NETWORK: Final = ("nfs", "cifs", "smb", "9p", "afs", "davfs", "vboxsf", "fuse.sshfs", "fuse.rclone", "fuse.davfs")
_REMOTE_DRIVE: Final = 4  # what Windows answers for a network's drive
# A folder's name, folded, as these programs make it.
_SYNCED: Final = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nutstore", "坚果云",
    "baidusyncdisk", "百度网盘", "wps云盘", "wpsdrive", "微云", "synologydrive",
)  # fmt: skip


def doubt(folder: Path) -> Fault | None:
    """A note on a desk's folder where two people writing at once, or a sync, may spoil the journal."""
    if name := synced_by(folder):
        wrong = Text("this folder is kept in step by “{name}”, which may spoil the journal", name=name)
        return Fault(
            Source(str(folder)), None, wrong, Text("keep the desk outside of it, and copy the whole folder there")
        )
    if on_network(folder):
        wrong = Text("this folder is on a network, where two people writing at once may spoil the journal")
        return Fault(Source(str(folder)), None, wrong, Text("keep the desk on this computer's own disk"))
    return None


def synced_by(folder: Path) -> str:
    """The folder above that belongs to a cloud drive; empty for none."""
    return next((part for part in folder.parts if any(name in part.casefold() for name in _SYNCED)), "")


def on_network(folder: Path) -> bool:
    """Whether a folder lies on another computer, as far as this one tells."""
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == _REMOTE_DRIVE)
    return _MOUNTS.exists() and network_mount(folder, _MOUNTS.read_text(encoding="utf-8", errors="replace"))


def network_mount(folder: Path, mounts: str) -> bool:
    """Whether the mount that a folder lies in, of those that Linux lists, is a network's."""
    found = (line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2)  # noqa: PLR2004 - device, folder, type
    above = {Path(place.replace("\\040", " ")): kind for place, kind in found}
    nearest = next((above[parent] for parent in (folder, *folder.parents) if parent in above), "")
    return nearest.startswith(_NETWORK)
