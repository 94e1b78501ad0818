// A file layer for SQLite that fails as told, over the system's own one.
#pragma once

/// A layer under a name of its own, with its own count of calls.
struct failing_vfs;

/// Registers a layer, which SQLite then opens files with when it is named; null without memory.
struct failing_vfs *failing_vfs_make(const char *name);

/// From now on counts calls from 1, and fails call number `at` with `status`, and with `lasting`
/// all that follow; 0 fails none. What waits for the disk and for space is counted: opening,
/// reading, writing, cutting, flushing, sizes, removing, shared memory.
void failing_vfs_arm(struct failing_vfs *layer, long at, int status, int lasting);

/// How many calls there were since then.
long failing_vfs_calls(const struct failing_vfs *layer);

/// Takes the layer back; no file may be open through it.
void failing_vfs_free(struct failing_vfs *layer);
