#define _GNU_SOURCE
#include "machine.h"

#include <sched.h>
#include <sys/vfs.h>
#include <unistd.h>

int mediary_usable_cores(void) {
  cpu_set_t usable;
  if (sched_getaffinity(0, sizeof usable, &usable) != 0) return -1;
  return CPU_COUNT(&usable);
}

int mediary_file_system(const char *path, struct mediary_file_system_facts *answer) {
  struct statfs system;
  if (statfs(path, &system) != 0) return -1;
  answer->magic = (uint32_t)system.f_type;
  answer->block_size = system.f_frsize > 0 ? system.f_frsize : system.f_bsize;
  answer->free_blocks = (int64_t)system.f_bavail;
  answer->total_blocks = (int64_t)system.f_blocks;
  return 0;
}

const char *mediary_environment_entry(int index) { return environ ? environ[index] : NULL; }
