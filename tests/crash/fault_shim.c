// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails on demand: preloaded into the compiled program, it counts every call that changes
// the file system below FAULT_ROOT, and at call number FAULT_AT does what FAULT_KIND says:
//
//   kill      the process dies before the call
//   torn      a write writes half of its bytes, then the process dies; other calls: as kill
//   enospc    the call fails: no space left on device
//   eio       the call fails: input/output error (for fsync: the data may or may not be there)
//   powercut  the process dies before the call, and what was never synced is lost; the shim leaves a
//             journal, FAULT_JOURNAL, from which the test undoes it (crash_test.py)
//
// The journal, one line an event: "data PATH", "synced PATH", "name PATH [FROM]", "gone PATH", "folder PATH",
// "all". Without FAULT_AT nothing fails, and the number of calls is written to FAULT_COUNT at the end.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;
static char root[PATH_MAX];

static void journal(const char* what, const char* path, const char* from) {
  const char* file = getenv("FAULT_JOURNAL");
  if (!file) return;
  static int (*real_open)(const char*, int, ...);
  static ssize_t (*real_write)(int, const void*, size_t);
  if (!real_open) real_open = dlsym(RTLD_NEXT, "open");
  if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
  char line[2 * PATH_MAX + 64];
  int size = snprintf(line, sizeof line, "%s\t%s\t%s\n", what, path ? path : "", from ? from : "");
  int fd = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd >= 0) {
    if (real_write(fd, line, (size_t)size) < 0) abort();
    close(fd);
  }
}

static int below_root(const char* path) {
  if (!root[0]) {
    const char* wanted = getenv("FAULT_ROOT");
    if (!wanted || !realpath(wanted, root)) return 0;
  }
  return strncmp(path, root, strlen(root)) == 0;
}

// The absolute path of `path`, whose last part need not exist yet.
static const char* absolute(const char* path, char* out) {
  char copy[PATH_MAX];
  snprintf(copy, sizeof copy, "%s", path);
  char* slash = strrchr(copy, '/');
  char folder[PATH_MAX];
  if (!slash) {
    if (!realpath(".", folder)) return path;
    snprintf(out, PATH_MAX, "%.2000s/%.2000s", folder, copy);
    return out;
  }
  *slash = 0;
  if (!realpath(slash == copy ? "/" : copy, folder)) return path;
  snprintf(out, PATH_MAX, "%.2000s/%.2000s", folder, slash + 1);
  return out;
}

static const char* path_of_fd(int fd, char* out) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, out, PATH_MAX - 1);
  if (size < 0) return "";
  out[size] = 0;
  return out;
}

// 0: go on; 1: fail with errno set; 2: tear this write.
static int fault(const char* path) {
  if (!below_root(path)) return 0;
  ++calls;
  const char* at = getenv("FAULT_AT");
  const char* kind = getenv("FAULT_KIND");
  if (!at || !kind || atol(at) != calls) return 0;
  if (!strcmp(kind, "enospc")) {
    errno = ENOSPC;
    return 1;
  }
  if (!strcmp(kind, "eio")) {
    errno = EIO;
    return 1;
  }
  if (!strcmp(kind, "torn")) return 2;
  kill(getpid(), SIGKILL);
  return 1;
}

#define DIE_IF_TORN(answer)               \
  do {                                    \
    if ((answer) == 2) kill(getpid(), SIGKILL); \
  } while (0)

static int open_common(const char* name, const char* path, int flags, mode_t mode) {
  int (*real)(const char*, int, ...) = dlsym(RTLD_NEXT, name);
  if (!(flags & O_CREAT)) return real(path, flags, mode);
  char full[PATH_MAX];
  const char* where = absolute(path, full);
  struct stat status;
  int existed = stat(path, &status) == 0;
  int answer = fault(where);
  DIE_IF_TORN(answer);
  if (answer) return -1;
  int fd = real(path, flags, mode);
  if (fd >= 0 && below_root(where)) {
    if (!existed) journal("name", where, "");
    if (existed && (flags & O_TRUNC)) journal("data", where, "");
  }
  return fd;
}

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? (mode_t)va_arg(list, int) : 0;
  va_end(list);
  return open_common("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? (mode_t)va_arg(list, int) : 0;
  va_end(list);
  return open_common("open64", path, flags, mode);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  ssize_t (*real)(int, const void*, size_t) = dlsym(RTLD_NEXT, "write");
  char path[PATH_MAX];
  path_of_fd(fd, path);
  int answer = fault(path);
  if (answer == 1) return -1;
  if (answer == 2) {
    if (real(fd, bytes, size / 2) < 0) abort();
    kill(getpid(), SIGKILL);
  }
  if (below_root(path)) journal("data", path, "");
  return real(fd, bytes, size);
}

static int sync_common(const char* name, int fd, const char* what) {
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  char path[PATH_MAX];
  path_of_fd(fd, path);
  int answer = fault(path);
  DIE_IF_TORN(answer);
  if (answer) return -1;
  int result = real(fd);
  struct stat status;
  if (below_root(path)) {
    int folder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
    journal(what ? what : folder ? "folder" : "synced", path, "");
  }
  return result;
}

int fsync(int fd) { return sync_common("fsync", fd, NULL); }
int fdatasync(int fd) { return sync_common("fdatasync", fd, NULL); }
int syncfs(int fd) { return sync_common("syncfs", fd, "all"); }

static int two_names(const char* name, const char* from, const char* to, const char* what) {
  int (*real)(const char*, const char*) = dlsym(RTLD_NEXT, name);
  char full_from[PATH_MAX], full_to[PATH_MAX];
  const char* a = absolute(from, full_from);
  const char* b = absolute(to, full_to);
  int answer = fault(b);
  DIE_IF_TORN(answer);
  if (answer) return -1;
  // What a rename replaces is kept beside the journal, so that a power cut can bring it back.
  struct stat status;
  const char* kept = getenv("FAULT_JOURNAL");
  char backup[PATH_MAX];
  backup[0] = 0;
  if (kept && stat(to, &status) == 0 && S_ISREG(status.st_mode)) {
    snprintf(backup, sizeof backup, "%.3000s.%ld", kept, calls);
    int (*real_link)(const char*, const char*) = dlsym(RTLD_NEXT, "link");
    real_link(to, backup);
  }
  int result = real(from, to);
  if (result == 0 && below_root(b)) {
    journal(what, b, a);
    if (backup[0]) journal("replaced", b, backup);
  }
  return result;
}

int rename(const char* from, const char* to) { return two_names("rename", from, to, "renamed"); }
int link(const char* from, const char* to) { return two_names("link", from, to, "name"); }

int mkdir(const char* path, mode_t mode) {
  int (*real)(const char*, mode_t) = dlsym(RTLD_NEXT, "mkdir");
  char full[PATH_MAX];
  const char* where = absolute(path, full);
  int answer = fault(where);
  DIE_IF_TORN(answer);
  if (answer) return -1;
  int result = real(path, mode);
  if (result == 0 && below_root(where)) journal("name", where, "");
  return result;
}

int unlink(const char* path) {
  int (*real)(const char*) = dlsym(RTLD_NEXT, "unlink");
  char full[PATH_MAX];
  const char* where = absolute(path, full);
  int answer = fault(where);
  DIE_IF_TORN(answer);
  if (answer) return -1;
  return real(path);  // a name that comes back after a power cut does no harm here: nothing trusts it
}

__attribute__((destructor)) static void tell_count(void) {
  const char* file = getenv("FAULT_COUNT");
  if (!file) return;
  FILE* out = fopen(file, "w");
  if (out) {
    fprintf(out, "%ld\n", calls);
    fclose(out);
  }
}
