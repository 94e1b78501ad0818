#define _GNU_SOURCE
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child runs on this until it becomes another program. It calls nothing deep.
enum { STACK_SIZE = 64 * 1024 };

// The kernel's own signal set: 64 bits, where glibc's sigset_t has 1024.
enum { KERNEL_SIGSET_SIZE = 8 };

struct start {
  const struct mediary_spawn *spec;
  pid_t parent;
  enum mediary_spawn_step step;
  int error;
};

// Everything from here to `child` runs in the child, in the memory of its parent, whose calling
// thread stands still meanwhile while its other threads run on. So: plain system calls only, no
// allocation, no locks, and no writes but to the child's stack and to `struct start`.

static int reset_signals(void) {
  // In whatever order the kernel's structure has its members, zeroes are the default action. Past
  // glibc, which does not touch the two signals it keeps for itself; they may have been ignored
  // since before this process began.
  static const char default_action[64];
  for (int number = 1; number < NSIG; number++) {
    if (number == SIGKILL || number == SIGSTOP) continue;
    if (syscall(SYS_rt_sigaction, number, default_action, NULL, KERNEL_SIGSET_SIZE) != 0) return -1;
  }
  return 0;
}

static int close_others(void) {
  if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0) return 0;
  // A kernel or a sandbox without close_range.
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return -1;
  for (rlim_t number = 3; number < files.rlim_cur && number < (1u << 20); number++)
    close((int)number);
  return 0;
}

static int place_streams(const struct mediary_spawn *spec) {
  int from[3] = {spec->input, spec->output, spec->errors};
  // First out of the way of 0, 1 and 2: one of them may be the source of another, and dup2 onto
  // itself would leave the descriptor closed on exec.
  for (int i = 0; i < 3; i++) {
    from[i] = fcntl(from[i], F_DUPFD, 3);
    if (from[i] < 0) return -1;
  }
  for (int i = 0; i < 3; i++)
    if (dup2(from[i], i) < 0) return -1;
  return close_others();
}

static int apply_limits(const struct mediary_spawn *spec) {
  for (size_t i = 0; i < spec->limit_count; i++) {
    const struct mediary_limit *wanted = &spec->limits[i];
    struct rlimit limit;
    if (getrlimit(wanted->resource, &limit) != 0) return -1;
    if (wanted->hard < limit.rlim_max) limit.rlim_max = wanted->hard;
    limit.rlim_cur = wanted->soft < limit.rlim_max ? wanted->soft : limit.rlim_max;
    if (setrlimit(wanted->resource, &limit) != 0) return -1;
  }
  return 0;
}

static int apply_priority(const struct mediary_spawn *spec) {
  // -1 is a nice value too, so that an error shows in errno alone; for oneself there is none.
  if (spec->niceness > getpriority(PRIO_PROCESS, 0)
      && setpriority(PRIO_PROCESS, 0, spec->niceness) != 0)
    return -1;
  enum { WHO_PROCESS = 1 };
  if (spec->io_priority != 0
      && syscall(SYS_ioprio_set, WHO_PROCESS, 0, spec->io_priority) != 0)
    return -1;
  return 0;
}

static int die_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
  // The parent may have died before the line above; then nobody is left to send the signal.
  if (getppid() == parent) return 0;
  errno = ESRCH;
  return -1;
}

static int unblock_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  return sigprocmask(SIG_SETMASK, &none, NULL);
}

static int fail(struct start *start, enum mediary_spawn_step step) {
  start->error = errno;
  start->step = step;
  _exit(127);
}

static int child(void *context) {
  struct start *start = context;
  const struct mediary_spawn *spec = start->spec;
  if (setsid() < 0) return fail(start, MEDIARY_SPAWN_SESSION);
  if (die_with_parent(start->parent) != 0) return fail(start, MEDIARY_SPAWN_PARENT);
  // Before any signal is let in: a handler of the parent must not run in the child.
  if (reset_signals() != 0) return fail(start, MEDIARY_SPAWN_SESSION);
  if (place_streams(spec) != 0) return fail(start, MEDIARY_SPAWN_STREAMS);
  if (spec->folder && chdir(spec->folder) != 0) return fail(start, MEDIARY_SPAWN_FOLDER);
  if (apply_limits(spec) != 0) return fail(start, MEDIARY_SPAWN_LIMITS);
  if (apply_priority(spec) != 0) return fail(start, MEDIARY_SPAWN_PRIORITY);
  if (unblock_signals() != 0) return fail(start, MEDIARY_SPAWN_SESSION);
  execve(spec->executable, spec->arguments, spec->environment);
  return fail(start, MEDIARY_SPAWN_EXECUTE);
}

int mediary_spawn(const struct mediary_spawn *spec, struct mediary_spawned *outcome) {
  *outcome = (struct mediary_spawned){.process = -1, .descriptor = -1, .step = MEDIARY_SPAWN_CLONE};
  char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) {
    outcome->error = errno;
    return -1;
  }
  // Past glibc, which would leave its own two signals out: truly none may reach the child before
  // it has reset the handlers.
  uint64_t all = ~(uint64_t)0, before = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, KERNEL_SIGSET_SIZE);

  struct start start = {.spec = spec, .parent = getpid(), .step = MEDIARY_SPAWN_DONE};
  int descriptor = -1;
  // CLONE_VM and CLONE_VFORK: no page table is copied, however large this process is, and the
  // child's failure can be read from `start` once the call returns.
  pid_t process = clone(child, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD,
                        &start, &descriptor);
  int clone_error = errno;

  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, KERNEL_SIGSET_SIZE);
  munmap(stack, STACK_SIZE);

  if (process < 0) {
    outcome->error = clone_error;
    return -1;
  }
  if (start.step == MEDIARY_SPAWN_DONE) {
    *outcome = (struct mediary_spawned){.process = process, .descriptor = descriptor};
    return 0;
  }
  while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
  }
  close(descriptor);
  outcome->step = start.step;
  outcome->error = start.error;
  return -1;
}

int mediary_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

char *const *mediary_environment(void) { return environ; }

int mediary_pidfd_signal(int descriptor, int number) {
  return pidfd_send_signal(descriptor, number, NULL, 0);
}
