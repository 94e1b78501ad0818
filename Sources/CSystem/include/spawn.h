// Starting a child process so that nothing of this process leaks into it, and holding on to it by
// a descriptor.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// One resource limit of a child. A stricter hard limit of this process stays in force.
struct mediary_limit {
  int resource;
  uint64_t soft;
  uint64_t hard;
};

/// What a child is to be. Every pointer is borrowed for the length of the call.
struct mediary_spawn {
  /// An absolute path; nothing is searched for.
  const char *executable;
  char *const *arguments;
  char *const *environment;
  /// The working folder; null for this process's own.
  const char *folder;
  /// What the child's descriptors 0, 1 and 2 are copies of.
  int input;
  int output;
  int errors;
  const struct mediary_limit *limits;
  size_t limit_count;
  /// The least nice value; a process that is nicer already stays so.
  int niceness;
  /// As ioprio_set(2) takes it; 0 for this process's own.
  int io_priority;
};

/// The step at which a start failed.
enum mediary_spawn_step {
  MEDIARY_SPAWN_DONE,
  MEDIARY_SPAWN_CLONE,
  MEDIARY_SPAWN_SESSION,
  MEDIARY_SPAWN_PARENT,
  MEDIARY_SPAWN_STREAMS,
  MEDIARY_SPAWN_FOLDER,
  MEDIARY_SPAWN_LIMITS,
  MEDIARY_SPAWN_PRIORITY,
  MEDIARY_SPAWN_EXECUTE,
};

/// What came of a start.
struct mediary_spawned {
  pid_t process;
  /// A descriptor of the process, closed on exec; the caller closes it.
  int descriptor;
  enum mediary_spawn_step step;
  /// The error number of the failed step.
  int error;
};

/// Starts a child in a session and process group of its own. It gets SIGKILL when the calling
/// thread ends, has the default action for every signal and none blocked, and holds no descriptor
/// but 0, 1 and 2. Returns once the program runs (0) or the start failed (-1, nothing remains).
int mediary_spawn(const struct mediary_spawn *spec, struct mediary_spawned *outcome);

/// pipe2(2) with O_CLOEXEC: the reading end, then the writing end. Returns 0, or -1 with errno.
int mediary_pipe(int ends[2]);

/// The environment of this process, which Swift may not name because it is a mutable global.
char *const *mediary_environment(void);

// Declared here because <sys/pidfd.h> pulls half of the system's headers into this module, and
// Swift then takes their types for this module's own.

/// pidfd_open(2): a descriptor that stands for a process, whatever becomes of its number.
int pidfd_open(pid_t process, unsigned flags);
/// pidfd_send_signal(2) without details, to exactly the process the descriptor stands for.
int mediary_pidfd_signal(int descriptor, int signal);
