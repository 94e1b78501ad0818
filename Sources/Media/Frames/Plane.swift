/// One plane of a picture, row by row, for reading.
///
/// It cannot outlive its frame.
package struct Plane<Sample: BitwiseCopyable>: ~Escapable {
  private let samples: Span<Sample>
  /// How many samples a row has; padding after them is not shown.
  package let width: Int
  /// How many rows.
  package let height: Int
  private let stride: Int

  @_lifetime(copy samples)
  init(_ samples: Span<Sample>, width: Int, height: Int, stride: Int) {
    self.samples = samples
    self.width = width
    self.height = height
    self.stride = stride
  }

  /// A row, from the top.
  package subscript(row row: Int) -> Span<Sample> {
    @_lifetime(copy self)
    get { samples.extracting(row * stride..<row * stride + width) }
  }
}

/// One plane of a picture, row by row, for writing.
///
/// It cannot outlive its frame.
package struct MutablePlane<Sample: BitwiseCopyable>: ~Copyable, ~Escapable {
  private var samples: MutableSpan<Sample>
  /// How many samples a row has; padding after them is not shown.
  package let width: Int
  /// How many rows.
  package let height: Int
  private let stride: Int

  @_lifetime(copy samples)
  init(_ samples: consuming MutableSpan<Sample>, width: Int, height: Int, stride: Int) {
    self.samples = samples
    self.width = width
    self.height = height
    self.stride = stride
  }

  /// Calls `body` with a row, from the top.
  package mutating func withRow<R>(_ row: Int, _ body: (inout MutableSpan<Sample>) -> R) -> R {
    samples.withUnsafeMutableBufferPointer { all in
      let row = UnsafeMutableBufferPointer(rebasing: all[row * stride..<row * stride + width])
      var span = row.mutableSpan
      return body(&span)
    }
  }
}
