// System calls that Swift cannot reach by itself: variadic ones, and those glibc has no name for.
#pragma once

#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// openat2(2): opens `path` below the folder `folder` and refuses, in the kernel, every way out of
/// it (`..`, absolute paths, links). Returns the descriptor, or -1 with errno.
int mediary_open_beneath(int folder, const char *path, int flags, mode_t mode);

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the target stands already.
int mediary_rename_new(int from_folder, const char *from, int to_folder, const char *to);

/// sync_file_range(2) with SYNC_FILE_RANGE_WRITE: starts writing a file's dirty pages out and does
/// not wait, so that many files reach the disk side by side before each is waited for.
int mediary_start_writeback(int descriptor);

/// ioctl(FICLONE): makes `to` share the blocks of `from`, where the file system can.
int mediary_reflink(int from, int to);
