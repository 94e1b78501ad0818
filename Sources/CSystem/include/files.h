// System calls that Swift cannot reach by itself: variadic ones, and those glibc shows only to C
// that asks for GNU's own names.
#pragma once

#include <linux/openat2.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// O_PATH: opens a place in the tree without opening what stands there.
extern const int mediary_open_path;

/// openat2(2): opens `path` below the folder `folder` and refuses, in the kernel, every way out of
/// it (`..`, absolute paths, links). Returns the descriptor, or -1 with errno.
int mediary_open_beneath(int folder, const char *path, int flags, mode_t mode);

/// renameat2(2) with RENAME_NOREPLACE: fails with EEXIST where the target stands already.
int mediary_rename_new(int from_folder, const char *from, int to_folder, const char *to);

/// renameat2(2) with RENAME_EXCHANGE: each of two entries gets the other's name, in one step.
int mediary_exchange(int folder, const char *name, int other_folder, const char *other);

/// sync_file_range(2) with SYNC_FILE_RANGE_WRITE: starts writing a file's dirty pages out and does
/// not wait, so that many files reach the disk side by side before each is waited for.
int mediary_start_writeback(int descriptor);

/// ioctl(FICLONE): makes `to` share the blocks of `from`, where the file system can.
int mediary_reflink(int from, int to);

/// copy_file_range(2) from and to where both files stand: copies inside the kernel. Returns the
/// bytes copied, 0 at the end, or -1 with errno.
ssize_t mediary_copy_range(int from, int to, size_t count);

/// futimens(2) on the time of the last change alone.
int mediary_set_modified(int descriptor, int64_t seconds, int64_t nanoseconds);

/// getdents64(2): fills the buffer with a folder's next entries. Returns the bytes filled, 0 at
/// the end, or -1 with errno. Each entry is laid out as the numbers below say.
ssize_t mediary_read_entries(int folder, void *buffer, size_t size);

/// Where in an entry its own length (16 bits) lies.
extern const size_t mediary_entry_length_at;
/// Where in an entry its kind (8 bits, DT_…) lies.
extern const size_t mediary_entry_kind_at;
/// Where in an entry its name begins, which a NUL ends.
extern const size_t mediary_entry_name_at;

/// Locks the first byte of a file against other openings of it (fcntl(2), F_OFD_SETLK), which
/// flock(2) neither sees nor minds. `waits`: until it is free, in the order of asking; otherwise
/// EAGAIN where it is not. Returns 0, or -1 with errno.
int mediary_lock_first_byte(int descriptor, int waits);

/// Lets the lock on the first byte go. Returns 0, or -1 with errno.
int mediary_unlock_first_byte(int descriptor);

/// syncfs(2): waits until all that was written to the file system of an open file or folder is on
/// its disk. Returns 0, or -1 with errno.
int mediary_flush_file_system(int descriptor);
