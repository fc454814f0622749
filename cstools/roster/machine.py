"""Machine code out of Python, made when it is first called and kept for the next time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from zlib import crc32

from numba import config, njit

from cstools import __version__

F = TypeVar("F", bound=Callable[..., object])
ROOMS: Final = ("machine.py", "proposals.py", "moves.py")  # what is compiled, and how

# Nothing there makes an array, so none need be counted who holds it (_nrt): that took three quarters of the time.
HOW: Final[dict[str, Any]] = {
    "nogil": True,
    "forceinline": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}

# A place for each state of them: what is kept does not notice what changed in another file, and what another version
# has kept may speak of what is gone, and could not be read.
_here = Path(__file__).parent
_state = crc32(b"".join((_here / room).read_bytes() for room in ROOMS))
config.CACHE_DIR = config.CACHE_DIR or str(_here / "__pycache__" / f"{__version__}-{_state:08x}")  # type: ignore[attr-defined] # made on import


def compiled(function: F) -> F:
    """Run as machine code, without Python's lock, where machine code calls it: Python cannot, nor is it kept by itself.

    What Python would call it by took half of the time to make it.
    """
    return cast("F", njit(**HOW | {"no_cpython_wrapper": True})(function))


def kept(function: F) -> F:
    """The same where Python calls it; it is kept with all that it calls, for the next time, where there is a place."""
    try:
        return cast("F", njit(**HOW | {"cache": True})(function))
    except RuntimeError:  # nowhere to write: neither beside this file nor at the user's
        return cast("F", njit(**HOW)(function))
