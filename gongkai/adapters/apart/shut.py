"""关上门:这个进程和它的子进程再也上不了网,也看不了别的进程。用内核的 seccomp,不要管理员的权限。"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from typing import Any, NoReturn

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16
_UNIX = 1
#: 机器 → (内核里的代号,socket 的号,其余不许的号:ptrace、process_vm_readv、process_vm_writev、io_uring_setup)。
_MACHINES = {
    "x86_64": (0xC000003E, 41, (101, 310, 311, 425)),
    "aarch64": (0xC00000B7, 198, (117, 270, 271, 425)),
}
_X32 = 0x40000000


def shut() -> bool:
    """Refuse all sockets but local ones, for good; whether the kernel does it (else only Python refuses)."""
    done = _by_kernel()
    if not done:
        socket.socket.connect = _refused  # type: ignore[method-assign]
        socket.getaddrinfo = _refused
    return done


def _by_kernel() -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = _program(*machine)
    held = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong]
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, None, 0, 0):
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, program, 0, 0) == 0)


def _program(arch: int, opens: int, never: tuple[int, ...]) -> bytes:
    """The filter: another architecture or a forbidden call is refused; a socket only if it is a local one."""
    count = len(never)
    lines = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 0, count + 6, arch),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, count + 4, 0, _X32),
        *((_EQUAL, count + 3 - place, 0, number) for place, number in enumerate(never)),
        (_EQUAL, 1, 0, opens),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, _UNIX),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _refused(*args: Any, **given: Any) -> NoReturn:
    raise PermissionError(errno.EACCES, "读外来文件的进程没有网络")
