// SPDX-License-Identifier: Apache-2.0
//
// std::mutex with the annotations that let clang (-Wthread-safety) find a forgotten lock while
// compiling. libstdc++'s own carries none.
//
//   Mutex mutex_;
//   int pending_ SCR_GUARDED_BY(mutex_);
//   ...
//   Lock lock(mutex_);
//   ++pending_;

#pragma once

#include <mutex>

#if defined(__clang__)
#define SCR_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define SCR_THREAD_ANNOTATION(x)
#endif

#define SCR_GUARDED_BY(mutex) SCR_THREAD_ANNOTATION(guarded_by(mutex))
#define SCR_REQUIRES(mutex) SCR_THREAD_ANNOTATION(requires_capability(mutex))

namespace scr {

class SCR_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void lock() SCR_THREAD_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  void unlock() SCR_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class SCR_THREAD_ANNOTATION(scoped_lockable) Lock {
 public:
  explicit Lock(Mutex& mutex) SCR_THREAD_ANNOTATION(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~Lock() SCR_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace scr
