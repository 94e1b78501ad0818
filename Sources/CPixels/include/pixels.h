// Loops over pixels that want the processor's wide instructions, which Swift can only use when the
// whole program is built for one processor. The right version of each is chosen when the program
// is loaded; all versions give the same bytes.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// How red, green and blue come to luma (in 32,768ths) and to the two chromas (in 32,768ths), for
/// the luma of black.
typedef struct mediary_rgb_matrix {
  int32_t luma[3];
  int32_t blue[3];
  int32_t red[3];
  int32_t black;
} mediary_rgb_matrix;

typedef struct mediary_yuv_planes {
  uint8_t *luma;
  uint8_t *blue;
  uint8_t *red;
  ptrdiff_t luma_stride;
  ptrdiff_t blue_stride;
  ptrdiff_t red_stride;
} mediary_yuv_planes;

/// How many numbers `mediary_rgb24_to_yuv420` works in.
static inline size_t mediary_yuv420_scratch(int width) {
  return 6 * ((size_t)width + 2) + 3 * ((size_t)width / 2);
}

/// Turns packed RGB of even sides into planes with chroma of half the size both ways.
///
/// Chroma is the mean of the two rows and, where it sits between two columns (`is_centred`), of the
/// two columns; where it sits on the left one, of that with half of each neighbour's.
void mediary_rgb24_to_yuv420(const uint8_t *source, ptrdiff_t stride, int width, int height,
                             const mediary_rgb_matrix *matrix, int is_centred,
                             mediary_yuv_planes planes, int16_t *scratch);
