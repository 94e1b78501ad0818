#include "CFailingVFS.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct failing_vfs {
  sqlite3_vfs base;
  sqlite3_vfs *real;
  char name[64];
  atomic_long calls;
  atomic_long at;
  atomic_int status;
  atomic_int lasting;
};

// SQLite makes room for this and, behind it, for the real layer's own file.
struct failing_file {
  sqlite3_file base;
  struct failing_vfs *layer;
  sqlite3_file *real;
};

static int fault(struct failing_vfs *layer) {
  long call = atomic_fetch_add(&layer->calls, 1) + 1;
  long at = atomic_load(&layer->at);
  if (at == 0 || call < at) return SQLITE_OK;
  if (call > at && !atomic_load(&layer->lasting)) return SQLITE_OK;
  return atomic_load(&layer->status);
}

static struct failing_file *own(sqlite3_file *file) { return (struct failing_file *)file; }

// A fault of SQLITE_FULL makes sense only where something is written.
#define FAIL_OR(file, otherwise)                                 \
  do {                                                           \
    int status = fault(own(file)->layer);                        \
    return status != SQLITE_OK ? status : (otherwise);           \
  } while (0)
#define REAL(file) own(file)->real
#define CALL(file, method, ...) REAL(file)->pMethods->method(REAL(file), ##__VA_ARGS__)

static int close_file(sqlite3_file *file) { return CALL(file, xClose); }
static int read_file(sqlite3_file *file, void *to, int count, sqlite3_int64 at) {
  int status = fault(own(file)->layer);
  if (status == SQLITE_FULL) status = SQLITE_OK;
  return status != SQLITE_OK ? status : CALL(file, xRead, to, count, at);
}
static int write_file(sqlite3_file *file, const void *from, int count, sqlite3_int64 at) {
  int status = fault(own(file)->layer);
  if (status == SQLITE_OK) return CALL(file, xWrite, from, count, at);
  // A disk that fills up takes a part.
  CALL(file, xWrite, from, count / 2, at);
  return status;
}
static int cut_file(sqlite3_file *file, sqlite3_int64 size) {
  FAIL_OR(file, CALL(file, xTruncate, size));
}
static int flush_file(sqlite3_file *file, int flags) { FAIL_OR(file, CALL(file, xSync, flags)); }
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  int status = fault(own(file)->layer);
  if (status == SQLITE_FULL) status = SQLITE_OK;
  return status != SQLITE_OK ? status : CALL(file, xFileSize, size);
}
static int lock_file(sqlite3_file *file, int lock) { return CALL(file, xLock, lock); }
static int unlock_file(sqlite3_file *file, int lock) { return CALL(file, xUnlock, lock); }
static int is_reserved(sqlite3_file *file, int *answer) {
  return CALL(file, xCheckReservedLock, answer);
}
static int control(sqlite3_file *file, int which, void *argument) {
  return CALL(file, xFileControl, which, argument);
}
static int sector(sqlite3_file *file) { return CALL(file, xSectorSize); }
static int traits(sqlite3_file *file) { return CALL(file, xDeviceCharacteristics); }
static int map_shared(
    sqlite3_file *file, int page, int size, int extend, void volatile **address) {
  FAIL_OR(file, CALL(file, xShmMap, page, size, extend, address));
}
static int lock_shared(sqlite3_file *file, int offset, int count, int flags) {
  return CALL(file, xShmLock, offset, count, flags);
}
static void barrier(sqlite3_file *file) { CALL(file, xShmBarrier); }
static int unmap_shared(sqlite3_file *file, int remove) { return CALL(file, xShmUnmap, remove); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = cut_file,
    .xSync = flush_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = is_reserved,
    .xFileControl = control,
    .xSectorSize = sector,
    .xDeviceCharacteristics = traits,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier,
    .xShmUnmap = unmap_shared,
};

static int open_file(
    sqlite3_vfs *base, sqlite3_filename name, sqlite3_file *file, int flags, int *out) {
  struct failing_vfs *layer = (struct failing_vfs *)base;
  struct failing_file *opened = own(file);
  opened->base.pMethods = NULL;
  opened->layer = layer;
  opened->real = (sqlite3_file *)(opened + 1);
  int status = fault(layer);
  if (status != SQLITE_OK) return status == SQLITE_FULL ? SQLITE_FULL : SQLITE_CANTOPEN;
  status = layer->real->xOpen(layer->real, name, opened->real, flags, out);
  if (status == SQLITE_OK) opened->base.pMethods = &methods;
  return status;
}

static int remove_file(sqlite3_vfs *base, const char *name, int flush) {
  struct failing_vfs *layer = (struct failing_vfs *)base;
  int status = fault(layer);
  return status != SQLITE_OK ? SQLITE_IOERR_DELETE : layer->real->xDelete(layer->real, name, flush);
}

struct failing_vfs *failing_vfs_make(const char *name) {
  struct failing_vfs *layer = calloc(1, sizeof *layer);
  if (!layer) return NULL;
  layer->real = sqlite3_vfs_find(NULL);
  // Whatever is not about reading and writing is the real layer's, which does not look at itself.
  layer->base = *layer->real;
  strncpy(layer->name, name, sizeof layer->name - 1);
  layer->base.zName = layer->name;
  layer->base.pNext = NULL;
  layer->base.szOsFile = (int)sizeof(struct failing_file) + layer->real->szOsFile;
  layer->base.xOpen = open_file;
  layer->base.xDelete = remove_file;
  if (sqlite3_vfs_register(&layer->base, 0) != SQLITE_OK) {
    free(layer);
    return NULL;
  }
  return layer;
}

void failing_vfs_arm(struct failing_vfs *layer, long at, int status, int lasting) {
  atomic_store(&layer->calls, 0);
  atomic_store(&layer->at, at);
  atomic_store(&layer->status, status);
  atomic_store(&layer->lasting, lasting);
}

long failing_vfs_calls(const struct failing_vfs *layer) { return atomic_load(&layer->calls); }

void failing_vfs_free(struct failing_vfs *layer) {
  sqlite3_vfs_unregister(&layer->base);
  free(layer);
}
