// libav's log, kept as the last line of each thread instead of being printed.
#include "shim.h"

#include <string.h>

enum { LINE = 512 };

static _Thread_local char last_line[LINE];
static _Thread_local char part_line[LINE];

static void capture(void *context, int level, const char *format, va_list arguments) {
  static _Thread_local int prefix = 1;
  if (level > AV_LOG_WARNING) return;
  char part[LINE];
  av_log_format_line2(context, level, format, arguments, part, sizeof part, &prefix);
  // A line may come in pieces; it is whole when one of them ends it.
  strncat(part_line, part, LINE - 1 - strlen(part_line));
  size_t length = strlen(part_line);
  if (length && (part_line[length - 1] == '\n' || length == LINE - 1)) {
    if (part_line[length - 1] == '\n') part_line[length - 1] = 0;
    memcpy(last_line, part_line, LINE);
    part_line[0] = 0;
  }
}

void mediary_libav_capture_log(void) {
  av_log_set_level(AV_LOG_WARNING);
  av_log_set_callback(capture);
}

const char *mediary_libav_last_log(void) { return last_line; }

void mediary_libav_clear_log(void) { last_line[0] = part_line[0] = 0; }
