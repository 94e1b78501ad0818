import CFFmpeg

extension Orientation {
  /// The transformation matrix of MP4 and its kin (16.16 fixed point, row by row).
  var displayMatrix: [Int32] {
    var matrix = [Int32](repeating: 0, count: 9)
    matrix.withUnsafeMutableBufferPointer {
      // libav counts against the clock when it reads an angle, and with it when it sets one.
      av_display_rotation_set($0.baseAddress, Double(rotation))
      if isMirrored { av_display_matrix_flip($0.baseAddress, 1, 0) }
    }
    return matrix
  }
}
