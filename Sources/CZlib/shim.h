#pragma once
#include <zlib.h>

// inflateInit2 is a macro that passes the version and size of this header's structure.
static inline int mediary_inflate_begin(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}
