// What the machine offers, asked for by calls that Swift has no names for.
#pragma once

#include <stdint.h>

/// sched_getaffinity(2): how many processors this process may run on, or -1.
int mediary_usable_cores(void);

/// What statfs(2) tells of a file system.
struct mediary_file_system_facts {
  uint64_t magic;
  int64_t block_size;
  int64_t free_blocks;
  int64_t total_blocks;
};

/// statfs(2) of the file system that `path` lies on; 0, or -1 with errno.
int mediary_file_system(const char *path, struct mediary_file_system_facts *answer);

/// An entry of the environment, "NAME=value", by its place; NULL past the last.
const char *mediary_environment_entry(int index);
