// SPDX-License-Identifier: Apache-2.0
//
// A filter of system calls in classic BPF: seccomp(2), bpf(4), linux/seccomp.h. A list of what is
// allowed; anything else ends the process with SIGSYS. Threads are allowed (a HEIF decoder starts
// one), processes are not.
#include "os/internal/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <span>
#include <vector>

namespace scr::os {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "no list of system calls for this architecture yet: os/internal/confine.cc"
#endif

constexpr int kAllowed[] = {SYS_read,
                            SYS_write,
                            SYS_sendto,
                            SYS_mmap,
                            SYS_munmap,
                            SYS_mremap,
                            SYS_brk,
                            SYS_mprotect,
                            SYS_madvise,
                            SYS_futex,
                            SYS_exit,
                            SYS_exit_group,
                            SYS_rt_sigreturn,
                            SYS_rt_sigprocmask,
                            SYS_rt_sigaction,
                            SYS_sigaltstack,
                            SYS_clock_gettime,
                            SYS_getrandom,
                            SYS_getpid,
                            SYS_gettid,
                            SYS_tgkill,
                            SYS_sched_yield,
                            SYS_rseq,
                            SYS_sysinfo,  // qsort(3) asks how much memory there is
                            SYS_set_robust_list,
                            SYS_sched_getaffinity};

// What looks for files and tells of them. Refused, not fatal, where libraries probe.
constexpr int kAboutFiles[] = {
#if defined(__x86_64__)
    SYS_open,   SYS_stat,       SYS_lstat,     SYS_access,     SYS_readlink,
#endif
    SYS_openat, SYS_newfstatat, SYS_faccessat, SYS_readlinkat, SYS_statx,    SYS_fstat,
    SYS_getcwd, SYS_ioctl,      SYS_lseek,     SYS_prlimit64,  SYS_uname};
// The one file that is open, and nothing more.
constexpr int kOfOpenFile[] = {SYS_pread64, SYS_close};

sock_filter statement(std::uint16_t code, std::uint32_t k) {
  return {code, 0, 0, k};
}
sock_filter jump(std::uint16_t code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
  return {code, yes, no, k};
}

void answer_each(std::vector<sock_filter>& program, std::span<const int> calls,
                 std::uint32_t answer) {
  constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
  for (const int call : calls) {
    program.push_back(jump(kEqual, static_cast<std::uint32_t>(call), 0, 1));
    program.push_back(statement(BPF_RET | BPF_K, answer));
  }
}

std::vector<sock_filter> filter(AskedForFile asked) {
  constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
  constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
  constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
  std::vector<sock_filter> program{
      statement(kLoad, offsetof(seccomp_data, arch)),
      jump(kEqual, kArchitecture, 1, 0),
      statement(kReturn, SECCOMP_RET_KILL_PROCESS),
      statement(kLoad, offsetof(seccomp_data, nr)),
  };
  answer_each(program, kAllowed, SECCOMP_RET_ALLOW);
  if (asked == AskedForFile::is_refused) {
    answer_each(program, kOfOpenFile, SECCOMP_RET_ALLOW);
    answer_each(program, kAboutFiles, SECCOMP_RET_ERRNO | EACCES);
  }
  // clone3 hides its flags behind a pointer: "not there", and the C library takes clone.
  program.push_back(jump(kEqual, SYS_clone3, 0, 1));
  program.push_back(statement(kReturn, SECCOMP_RET_ERRNO | ENOSYS));
  program.push_back(jump(kEqual, SYS_clone, 0, 4));
  program.push_back(statement(kLoad, offsetof(seccomp_data, args)));  // low half of the flags
  program.push_back(jump(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
  program.push_back(statement(kReturn, SECCOMP_RET_ALLOW));
  program.push_back(statement(kReturn, SECCOMP_RET_KILL_PROCESS));
  program.push_back(statement(kReturn, SECCOMP_RET_KILL_PROCESS));
  return program;
}

bool limit(int what, std::uint64_t most) {
  const rlimit bound{most, most};
  return ::setrlimit(static_cast<__rlimit_resource>(what), &bound) == 0;
}

}  // namespace

bool confine(std::uint64_t memory, AskedForFile asked) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  (void)memory;
#else
  if (!limit(RLIMIT_AS, memory)) return false;
#endif
  if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0)) return false;
  std::vector<sock_filter> program = filter(asked);
  const sock_fprog bound{static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &bound) == 0;
}

}  // namespace scr::os
