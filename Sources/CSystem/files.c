#define _GNU_SOURCE
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const int mediary_open_path = O_PATH;

int mediary_open_beneath(int folder, const char *path, int flags, mode_t mode) {
  // openat2 refuses a mode where nothing is created. O_TMPFILE contains the bit of O_DIRECTORY, so
  // it is compared whole.
  int creates = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
  struct open_how how = {
      .flags = (uint64_t)(unsigned)flags,
      .mode = creates ? mode : 0,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

int mediary_rename_new(int from_folder, const char *from, int to_folder, const char *to) {
  return renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
}

int mediary_exchange(int folder, const char *name, int other_folder, const char *other) {
  return renameat2(folder, name, other_folder, other, RENAME_EXCHANGE);
}

int mediary_start_writeback(int descriptor) {
  return sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

int mediary_reflink(int from, int to) { return ioctl(to, FICLONE, from); }

ssize_t mediary_copy_range(int from, int to, size_t count) {
  return copy_file_range(from, NULL, to, NULL, count, 0);
}

int mediary_set_modified(int descriptor, int64_t seconds, int64_t nanoseconds) {
  struct timespec times[2] = {
      {.tv_nsec = UTIME_OMIT},
      {.tv_sec = seconds, .tv_nsec = nanoseconds},
  };
  return futimens(descriptor, times);
}

ssize_t mediary_read_entries(int folder, void *buffer, size_t size) {
  return getdents64(folder, buffer, size);
}

const size_t mediary_entry_length_at = offsetof(struct dirent64, d_reclen);
const size_t mediary_entry_kind_at = offsetof(struct dirent64, d_type);
const size_t mediary_entry_name_at = offsetof(struct dirent64, d_name);

int mediary_lock_first_byte(int descriptor, int waits) {
  struct flock byte = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
  return fcntl(descriptor, waits ? F_OFD_SETLKW : F_OFD_SETLK, &byte);
}

int mediary_unlock_first_byte(int descriptor) {
  struct flock byte = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
  return fcntl(descriptor, F_OFD_SETLK, &byte);
}

int mediary_flush_file_system(int descriptor) { return syncfs(descriptor); }
