// libav's log, kept as lines of each thread instead of being printed.
#include "shim.h"

#include <string.h>

enum { LINE = 512, LINES = 4096 };

// Whole lines since the last clearing, with a newline between them.
static _Thread_local char lines[LINES];
// The last of them that was an error and not a warning.
static _Thread_local char last_error[LINE];
// A line that has not ended yet.
static _Thread_local char part_line[LINE];

static void append(const char *line) {
  size_t length = strlen(line);
  // The oldest lines give way.
  while (lines[0] && strlen(lines) + 1 + length >= LINES) {
    char *next = strchr(lines, '\n');
    if (next)
      memmove(lines, next + 1, strlen(next + 1) + 1);
    else
      lines[0] = 0;
  }
  if (lines[0]) strcat(lines, "\n");
  strcat(lines, line);
}

static void capture(void *context, int level, const char *format, va_list arguments) {
  if (level > AV_LOG_WARNING) return;
  const AVClass *class = context ? *(const AVClass **)context : NULL;
  if (!part_line[0] && class && class->item_name) {
    // libav's own prefix has an address in it, which says nothing and changes with each run.
    strncat(part_line, class->item_name(context), LINE / 4);
    strcat(part_line, ": ");
  }
  char part[LINE];
  int prefix = 0;
  av_log_format_line2(context, level, format, arguments, part, sizeof part, &prefix);
  strncat(part_line, part, LINE - 1 - strlen(part_line));
  // A line may come in pieces; it is whole when one of them ends it.
  size_t length = strlen(part_line);
  int is_ended = length && part_line[length - 1] == '\n';
  if (!is_ended && length < LINE - 1) return;
  if (is_ended) part_line[length - 1] = 0;
  append(part_line);
  if (level <= AV_LOG_ERROR) memcpy(last_error, part_line, LINE);
  part_line[0] = 0;
}

void mediary_libav_capture_log(void) {
  av_log_set_level(AV_LOG_WARNING);
  av_log_set_callback(capture);
}

const char *mediary_libav_last_log(void) {
  if (last_error[0]) return last_error;
  const char *last = strrchr(lines, '\n');
  return last ? last + 1 : lines;
}

const char *mediary_libav_log(void) { return lines; }

void mediary_libav_clear_log(void) { lines[0] = last_error[0] = part_line[0] = 0; }
