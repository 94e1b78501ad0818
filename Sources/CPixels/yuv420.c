#include "pixels.h"

#if defined(__x86_64__) && defined(__clang__)
#define WIDE __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define WIDE
#endif

// 15 bits behind the point; a half of the last bit kept rounds.
enum { SHIFT = 15, HALF = 1 << (SHIFT - 1) };
// Chroma comes from sums of eight samples.
enum { CHROMA_SHIFT = SHIFT + 3, CHROMA_HALF = 1 << (CHROMA_SHIFT - 1), CHROMA_ZERO = 128 };

WIDE static void split(const uint8_t *restrict source, int count, int16_t *restrict red,
                       int16_t *restrict green, int16_t *restrict blue) {
  for (int i = 0; i < count; i++) {
    red[i] = source[3 * i];
    green[i] = source[3 * i + 1];
    blue[i] = source[3 * i + 2];
  }
}

WIDE static void luma(const int16_t *restrict red, const int16_t *restrict green,
                      const int16_t *restrict blue, int count,
                      const mediary_rgb_matrix *restrict matrix, uint8_t *restrict target) {
  const int32_t from_red = matrix->luma[0], from_green = matrix->luma[1],
                from_blue = matrix->luma[2], base = (matrix->black << SHIFT) + HALF;
  for (int i = 0; i < count; i++) {
    target[i] =
        (uint8_t)((from_red * red[i] + from_green * green[i] + from_blue * blue[i] + base) >> SHIFT);
  }
}

WIDE static void add(int16_t *restrict sums, const int16_t *restrict row, int count) {
  for (int i = 0; i < count; i++) sums[i] += row[i];
}

// Sums of four columns' worth; `sums` has a sample more at either end.
WIDE static void thin_left(const int16_t *restrict sums, int count, int16_t *restrict thin) {
  for (int i = 0; i < count; i++) {
    thin[i] = (int16_t)(sums[2 * i - 1] + 2 * sums[2 * i] + sums[2 * i + 1]);
  }
}

WIDE static void thin_centred(const int16_t *restrict sums, int count, int16_t *restrict thin) {
  for (int i = 0; i < count; i++) thin[i] = (int16_t)(2 * (sums[2 * i] + sums[2 * i + 1]));
}

WIDE static void chroma(const int16_t *restrict red, const int16_t *restrict green,
                        const int16_t *restrict blue, int count, const int32_t *restrict parts,
                        uint8_t *restrict target) {
  const int32_t from_red = parts[0], from_green = parts[1], from_blue = parts[2],
                base = (CHROMA_ZERO << CHROMA_SHIFT) + CHROMA_HALF;
  for (int i = 0; i < count; i++) {
    int32_t value = (from_red * red[i] + from_green * green[i] + from_blue * blue[i] + base) >>
                    CHROMA_SHIFT;
    // In the full range the purest blue and red would round to 256.
    target[i] = (uint8_t)(value > 255 ? 255 : value);
  }
}

void mediary_rgb24_to_yuv420(const uint8_t *source, ptrdiff_t stride, int width, int height,
                             const mediary_rgb_matrix *matrix, int is_centred,
                             mediary_yuv_planes planes, int16_t *scratch) {
  int half = width / 2;
  int16_t *rows[6];
  for (int i = 0; i < 6; i++) rows[i] = scratch + (ptrdiff_t)i * (width + 2) + 1;
  int16_t *thin[3];
  for (int i = 0; i < 3; i++) thin[i] = scratch + 6 * ((ptrdiff_t)width + 2) + (ptrdiff_t)i * half;

  for (int row = 0; row < height; row += 2) {
    for (int second = 0; second < 2; second++) {
      int16_t **parts = rows + 3 * second;
      split(source + (row + second) * stride, width, parts[0], parts[1], parts[2]);
      luma(parts[0], parts[1], parts[2], width, matrix,
           planes.luma + (row + second) * planes.luma_stride);
    }
    for (int i = 0; i < 3; i++) {
      int16_t *sums = rows[i];
      add(sums, rows[i + 3], width);
      sums[-1] = sums[0];
      sums[width] = sums[width - 1];
      if (is_centred) {
        thin_centred(sums, half, thin[i]);
      } else {
        thin_left(sums, half, thin[i]);
      }
    }
    chroma(thin[0], thin[1], thin[2], half, matrix->blue,
           planes.blue + row / 2 * planes.blue_stride);
    chroma(thin[0], thin[1], thin[2], half, matrix->red, planes.red + row / 2 * planes.red_stride);
  }
}
