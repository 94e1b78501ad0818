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

/// Means of the boxes of a grid laid over a plane, in 64ths of an 8-bit step.
///
/// `depth` is how many bits a sample has: up to 8 in a byte, up to 16 in two. `sums` has room for
/// `width` numbers.
void mediary_box_means(const void *plane, ptrdiff_t stride, int width, int height, int depth,
                       int columns, int rows, uint16_t *means, uint32_t *sums);

/// What a line of samples looks like, in 8-bit steps.
typedef struct mediary_line {
  /// The mean of all.
  float mean;
  /// The mean of the eight neighbours that are brightest together.
  float peak;
  /// The mean of how far neighbours are apart.
  float unrest;
  /// What share of all eights is brighter than the limit asked.
  float filled;
} mediary_line;

/// Looks at `count` samples, each `step` bytes after the one before.
mediary_line mediary_look_at_line(const void *start, ptrdiff_t step, int count, int depth,
                                  float limit);

/// The mean and the noise of a block of samples, in 8-bit steps.
typedef struct mediary_block {
  float mean;
  float noise;
} mediary_block;

/// Looks at each `every`-th block of 16 by 16 samples both ways, up to `most`; says how many.
///
/// Noise is what a Laplacian leaves, which passes over what is flat, sloping or bent evenly.
int mediary_look_at_blocks(const void *plane, ptrdiff_t stride, int width, int height, int depth,
                           int every, mediary_block *blocks, int most);
