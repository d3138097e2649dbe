// SPDX-License-Identifier: Apache-2.0
#include "os/least_privilege.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "os/files.h"

namespace scr::os {
namespace {

namespace fs = std::filesystem;

// A list of what is refused: unlike a worker, a service needs most of what is left.
constexpr int kRefused[] = {
#if defined(__x86_64__)
    SYS_fork,
    SYS_vfork,
#endif
    SYS_execve,
    SYS_execveat,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_setuid,
    SYS_setgid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_userfaultfd,
    SYS_io_uring_setup};

// Everything that Landlock's first version can withhold.
constexpr std::uint64_t kAllOfFiles = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

sock_filter service_statement(std::uint16_t code, std::uint32_t k) {
  return {code, 0, 0, k};
}

std::vector<sock_filter> service_filter() {
#if defined(__x86_64__)
  constexpr std::uint32_t kHere = AUDIT_ARCH_X86_64;
#else
  constexpr std::uint32_t kHere = AUDIT_ARCH_AARCH64;
#endif
  constexpr std::uint16_t kEqual = BPF_JMP | BPF_JEQ | BPF_K;
  std::vector<sock_filter> program{
      service_statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      {kEqual, 1, 0, kHere},
      service_statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      service_statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  for (const int call : kRefused) {
    program.push_back({kEqual, 0, 1, static_cast<std::uint32_t>(call)});
    program.push_back(service_statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
  program.push_back(service_statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return program;
}

Result<bool> become_owner_of(const fs::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0)
    return tl::unexpected(io_error("cannot be read", folder));
  if (::geteuid() != 0 || status.st_uid == 0) return false;
  if (::setgroups(0, nullptr) != 0 ||
      ::setresgid(status.st_gid, status.st_gid, status.st_gid) != 0 ||
      ::setresuid(status.st_uid, status.st_uid, status.st_uid) != 0) {
    return tl::unexpected(io_error("root could not become its owner", folder));
  }
  return true;
}

// False if this kernel has no Landlock.
Result<bool> confine_files_to(const fs::path& folder) {
  const landlock_ruleset_attr rules{.handled_access_fs = kAllOfFiles};
  const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return false;
  const int fd = ::open(folder.c_str(), O_PATH | O_CLOEXEC);
  landlock_path_beneath_attr below{};
  below.allowed_access = kAllOfFiles & ~std::uint64_t{LANDLOCK_ACCESS_FS_EXECUTE};
  below.parent_fd = fd;
  const bool done =
      fd >= 0 &&
      ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0 &&
      ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  const Error error = io_error("could not be made the only folder", folder);
  if (fd >= 0) ::close(fd);
  ::close(static_cast<int>(ruleset));
  if (!done) return tl::unexpected(error);
  return true;
}

}  // namespace

Result<GivenUp> give_up_privileges(const fs::path& folder) {
  const rlimit none{0, 0};
  GivenUp given_up;
  SCR_TRY(became, become_owner_of(folder));
  given_up.became_owner = became;
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return tl::unexpected(io_error("this process could not be confined", folder));
  }
  SCR_TRY(confined, confine_files_to(folder));
  given_up.files_are_confined = confined;
  std::vector<sock_filter> program = service_filter();
  const sock_fprog bound{static_cast<unsigned short>(program.size()), program.data()};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &bound) != 0) {
    return tl::unexpected(io_error("this process could not be confined", folder));
  }
  return given_up;
}

}  // namespace scr::os
