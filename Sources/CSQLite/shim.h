// SQLite's own header, and what Swift cannot reach of it: variadic calls, and macros that are casts
// or sums.
#pragma once

#include <sqlite3.h>

/// sqlite3_db_config for the switches: turns one on or off.
static inline int mediary_sqlite_switch(sqlite3 *handle, int which, int on) {
  return sqlite3_db_config(handle, which, on, (int *)0);
}

/// Settings of the whole library, which it takes only before its first use: no count of its memory,
/// which costs a lock for each piece, and what a savepoint would bring back kept in memory.
static inline int mediary_sqlite_configure(void) {
  int status = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return status == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1) : status;
}

/// Binds text that SQLite copies.
static inline int mediary_sqlite_bind_text(
    sqlite3_stmt *statement, int place, const char *text, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, place, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds bytes that SQLite copies.
static inline int mediary_sqlite_bind_bytes(
    sqlite3_stmt *statement, int place, const void *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_blob64(statement, place, bytes, length, SQLITE_TRANSIENT);
}

enum {
  mediary_sqlite_unique = SQLITE_CONSTRAINT_UNIQUE,
  mediary_sqlite_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY,
  mediary_sqlite_row_id = SQLITE_CONSTRAINT_ROWID,
  mediary_sqlite_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY,
  mediary_sqlite_check = SQLITE_CONSTRAINT_CHECK,
  mediary_sqlite_not_null = SQLITE_CONSTRAINT_NOTNULL,
};
