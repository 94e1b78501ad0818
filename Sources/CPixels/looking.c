#include "pixels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__clang__)
#define WIDE __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define WIDE
#endif

WIDE static void add_bytes(uint32_t *restrict sums, const uint8_t *restrict row, int count) {
  for (int i = 0; i < count; i++) sums[i] += row[i];
}

WIDE static void add_words(uint32_t *restrict sums, const uint16_t *restrict row, int count) {
  for (int i = 0; i < count; i++) sums[i] += row[i];
}

void mediary_box_means(const void *plane, ptrdiff_t stride, int width, int height, int depth,
                       int columns, int rows, uint16_t *means, uint32_t *sums) {
  for (int box_row = 0; box_row < rows; box_row++) {
    int top = (int)((int64_t)box_row * height / rows);
    int bottom = (int)((int64_t)(box_row + 1) * height / rows);
    // A grid finer than the picture repeats its lines.
    if (bottom <= top) bottom = top + 1;
    memset(sums, 0, sizeof(uint32_t) * (size_t)width);
    for (int row = top; row < bottom; row++) {
      const uint8_t *line = (const uint8_t *)plane + row * stride;
      if (depth <= 8) {
        add_bytes(sums, line, width);
      } else {
        add_words(sums, (const uint16_t *)line, width);
      }
    }
    for (int column = 0; column < columns; column++) {
      int left = (int)((int64_t)column * width / columns);
      int right = (int)((int64_t)(column + 1) * width / columns);
      if (right <= left) right = left + 1;
      uint64_t sum = 0;
      for (int i = left; i < right; i++) sum += sums[i];
      uint64_t count = (uint64_t)(right - left) * (uint64_t)(bottom - top);
      uint64_t value = depth <= 8 ? (sum * 64 << (8 - depth)) / count
                                  : sum * 64 / (count << (depth - 8));
      means[(size_t)box_row * (size_t)columns + (size_t)column] = (uint16_t)value;
    }
  }
}

static inline int sample(const uint8_t *start, ptrdiff_t step, int index, int depth) {
  const uint8_t *place = start + index * step;
  return depth <= 8 ? *place : *(const uint16_t *)place;
}

mediary_line mediary_look_at_line(const void *start, ptrdiff_t step, int count, int depth,
                                  float limit) {
  float unit = ldexpf(1, 8 - depth);
  int64_t sum = 0, unrest = 0;
  int peak = 0, filled = 0, eights = 0;
  int last = sample(start, step, 0, depth);
  int bound = (int)fminf(limit / unit * 8, 1e9f);
  for (int first = 0; first < count; first += 8) {
    // The last eight overlaps those before it, so that no edge is left out.
    int begin = first + 8 <= count ? first : (count >= 8 ? count - 8 : 0);
    int end = begin + 8 <= count ? begin + 8 : count;
    int eight = 0;
    for (int i = begin; i < end; i++) {
      int value = sample(start, step, i, depth);
      eight += value;
      if (i >= first) {
        sum += value;
        unrest += value > last ? value - last : last - value;
        last = value;
      }
    }
    if (end - begin < 8) eight = eight * 8 / (end - begin);
    if (eight > peak) peak = eight;
    filled += eight > bound;
    eights++;
  }
  mediary_line line = {(float)sum / (float)count * unit, (float)peak / 8 * unit,
                       count > 1 ? (float)unrest / (float)(count - 1) * unit : 0,
                       (float)filled / (float)eights};
  return line;
}

enum { SIDE = 16 };

static mediary_block look_at_block(const uint8_t *start, ptrdiff_t stride, int depth) {
  int values[SIDE][SIDE];
  int64_t sum = 0, squares = 0;
  for (int y = 0; y < SIDE; y++) {
    for (int x = 0; x < SIDE; x++) {
      values[y][x] = sample(start + y * stride, depth <= 8 ? 1 : 2, x, depth);
      sum += values[y][x];
    }
  }
  for (int y = 1; y < SIDE - 1; y++) {
    for (int x = 1; x < SIDE - 1; x++) {
      int left = 4 * values[y][x] - 2 * (values[y - 1][x] + values[y + 1][x] + values[y][x - 1] +
                                         values[y][x + 1]) +
                 values[y - 1][x - 1] + values[y - 1][x + 1] + values[y + 1][x - 1] +
                 values[y + 1][x + 1];
      squares += (int64_t)left * left;
    }
  }
  float unit = ldexpf(1, 8 - depth);
  int inner = (SIDE - 2) * (SIDE - 2);
  mediary_block block = {(float)sum / (SIDE * SIDE) * unit,
                         // Of white noise the mask makes six times as much.
                         sqrtf((float)squares / (float)inner) / 6 * unit};
  return block;
}

int mediary_look_at_blocks(const void *plane, ptrdiff_t stride, int width, int height, int depth,
                           int every, mediary_block *blocks, int most) {
  int count = 0, size = depth <= 8 ? 1 : 2;
  for (int y = 0; y + SIDE <= height; y += SIDE * every) {
    for (int x = 0; x + SIDE <= width && count < most; x += SIDE * every) {
      blocks[count++] = look_at_block((const uint8_t *)plane + y * stride + x * size, stride, depth);
    }
  }
  return count;
}
