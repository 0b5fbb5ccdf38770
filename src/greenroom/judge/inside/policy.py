"""Which system calls a candidate's process may make, and why. Everything else answers EPERM or kills.

Sources of the numbers: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

import errno

ALLOWED = """
read 0 63                    answers, inputs and module files
write 1 64                   answers and printed output
readv 19 65                  glibc streams
writev 20 66                 glibc streams
pread64 17 67                memory-mapped and zipped module files
pwrite64 18 68               scratch files
close 3 57                   files the program opened
fstat 5 80                   import machinery, open()
lseek 8 62                   files
newfstatat 262 79            import machinery looks for modules
stat 4 -                     the same, older glibc
lstat 6 -                    the same, older glibc
statx 332 291                the same, newer glibc
access 21 -                  libraries ask before they open
faccessat 269 48             the same
faccessat2 439 439           the same
readlink 89 -                os.path.realpath
readlinkat 267 78            the same
getcwd 79 17                 os.getcwd, import of relative paths
chdir 80 49                  scratch folders; landlock still decides what can be opened
getdents64 217 61            import machinery lists package folders
open 2 -                     older glibc; landlock decides what
openat 257 56                lazy imports and scratch files; landlock decides what
mkdir 83 -                   scratch folders
mkdirat 258 34               the same
unlink 87 -                  scratch files
unlinkat 263 35              the same
rmdir 84 -                   scratch folders
rename 82 -                  scratch files
renameat 264 38              the same
renameat2 316 276            the same
ftruncate 77 46              scratch files
fsync 74 82                  flush of scratch files
statfs 137 43                libraries ask for the file system's kind
fstatfs 138 44               the same
mmap 9 222                   memory, shared libraries
mprotect 10 226              memory, shared libraries
munmap 11 215                memory
mremap 25 216                growing arrays
brk 12 214                   memory
madvise 28 233               allocators give pages back
mincore 27 232               allocators look at pages
msync 26 227                 memory-mapped scratch files
membarrier 324 283           allocators, thread libraries
get_mempolicy 239 236        BLAS asks where memory lies; changes nothing
rt_sigaction 13 134          Python's own handlers
rt_sigprocmask 14 135        thread start
rt_sigreturn 15 139          return from a handler
sigaltstack 131 132          faulthandler, thread start
restart_syscall 219 128      the kernel restarts interrupted sleeps
alarm 37 -                   a program's own timers
setitimer 38 103             a program's own timers
getitimer 36 102             the same
pause 34 -                   waiting for an own timer
poll 7 -                     waiting on own descriptors
ppoll 271 73                 the same
select 23 -                  the same
pselect6 270 72              the same
epoll_create1 291 20         the same, asyncio
epoll_ctl 233 21             the same
epoll_wait 232 -             the same
epoll_pwait 281 22           the same
eventfd2 290 19              asyncio, DuckDB; no other process shares it
pipe 22 -                    own pipes; no other process shares them
pipe2 293 59                 the same
dup 32 23                    printed output is joined
dup2 33 -                    the same
dup3 292 24                  the same
getpid 39 172                random module, logging
getppid 110 173              logging
gettid 186 178               thread start
getuid 102 174               os.path.expanduser, site
geteuid 107 175              the same
getgid 104 176               the same
getegid 108 177              the same
getgroups 115 158            tempfile asks
getpgrp 111 -                logging
umask 95 166                 tempfile
getrlimit 97 163             BLAS asks for the stack size
getrusage 98 165             programs measure themselves
times 100 153                os.times
sysinfo 99 179               memory size for thread pools
uname 63 160                 platform module
clock_gettime 228 113        time module
clock_getres 229 114         time module
clock_nanosleep 230 115      time.sleep
nanosleep 35 101             time.sleep
gettimeofday 96 169          time module
time 201 -                   time module
getrandom 318 278            random, hashing, secrets
futex 202 98                 locks
futex_waitv 449 449          newer thread libraries
set_robust_list 273 99       thread start
get_robust_list 274 100      thread start
rseq 334 293                 thread start
set_tid_address 218 96       thread start
sched_yield 24 124           spin locks of BLAS and OpenMP
sched_getaffinity 204 123    number of cores for thread pools
sched_getparam 143 121       thread start
sched_getscheduler 145 120   thread start
getcpu 309 168               OpenMP
arch_prctl 158 -             thread-local storage
exit 60 93                   end of a thread
exit_group 231 94            end of the process
"""
"""name, number on x86_64, number on aarch64 (- where it does not exist), reason"""

KILLED = """
ptrace 101 117               reads and steers other processes
process_vm_readv 310 270     reads other processes
process_vm_writev 311 271    writes other processes
kcmp 312 272                 compares other processes
bpf 321 280                  kernel programs
perf_event_open 298 241      kernel counters
userfaultfd 323 282          exploit primitive
io_uring_setup 425 425       system calls that pass the filter by
io_uring_enter 426 426       the same
io_uring_register 427 427    the same
mount 165 40                 file systems
umount2 166 39               file systems
pivot_root 155 41            file systems
chroot 161 51                file systems
fsopen 430 430               file systems
fsmount 432 432              file systems
move_mount 429 429           file systems
open_tree 428 428            file systems
mount_setattr 442 442        file systems
unshare 272 97               namespaces
setns 308 268                namespaces
keyctl 250 219               kernel keys
add_key 248 217              kernel keys
request_key 249 218          kernel keys
init_module 175 105          kernel modules
finit_module 313 273         kernel modules
delete_module 176 106        kernel modules
kexec_load 246 104           another kernel
reboot 169 142               the machine
swapon 167 224               the machine
settimeofday 164 170         the machine
clock_settime 227 112        the machine
"""
"""No honest program asks for these: the process dies at once (SIGSYS) and the verdict is a violation."""

UNKNOWN = """
clone3 435 435               its flags lie in memory where a filter cannot read them: glibc falls back to clone
openat2 437 437              falls back to openat
close_range 436 436          Python falls back to a loop
"""
"""Answer ENOSYS, so that libraries take their older way."""

CLONE_NUMBERS = (56, 220)
IOCTL_NUMBERS = (16, 29)
FCNTL_NUMBERS = (72, 25)
PRLIMIT_NUMBERS = (302, 261)

CLONE_THREAD = 0x0001_0000
CLONE_NEW_ANY = 0x7E02_0000 | 0x0000_0080  # all namespace flags
IOCTL_ALLOWED = {
    0x5401: "TCGETS: isatty() of printed output",
    0x5421: "FIONBIO: non-blocking own pipes",
    0x541B: "FIONREAD: bytes waiting in own pipes",
    0x5451: "FIOCLEX: open() with close-on-exec",
}
IOCTL_KILLED = {0x5412: "TIOCSTI: types into the terminal of whoever started Greenroom"}
FCNTL_ALLOWED = {
    0: "F_DUPFD",
    1: "F_GETFD",
    2: "F_SETFD",
    3: "F_GETFL",
    4: "F_SETFL",
    1030: "F_DUPFD_CLOEXEC",
}
"""Not F_SETOWN and F_SETSIG: they make the kernel send signals to other processes."""

DEFAULT_ERRNO = errno.EPERM
UNKNOWN_ERRNO = errno.ENOSYS


def numbers(table: str, *, is_aarch64: bool) -> dict[str, int]:
    """Name to number of one of the tables above, without the calls the architecture lacks."""
    found = {}
    for line in table.strip().splitlines():
        name, x86_64, aarch64, _reason = line.split(None, 3)
        number = aarch64 if is_aarch64 else x86_64
        if number != "-":
            found[name] = int(number)
    return found
