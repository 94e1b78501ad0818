import Foundations

/// An open file with an array in it, read piece by piece.
final class ArrayFile: Sendable {
  /// The most that one frame may take up: a 16k picture of floats, and some.
  private static let mostBytes = 4 << 30

  let path: FilePath
  private let descriptor: FileDescriptor

  init(_ descriptor: consuming FileDescriptor, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  func read(_ count: Int, at offset: Int64) throws(FileFailure) -> [UInt8] {
    try descriptor.read(count, at: offset)
  }

  func size() throws(FileFailure) -> Int64 { try descriptor.status().size }

  /// Brings numbers that lie apart in the file together in memory, in the order of the file.
  ///
  /// Answers where they now lie: the strides in the order that the axes were given in.
  func gather(
    from offset: Int, counts: [Int], strides: [Int], element: Int
  ) throws -> (bytes: SharedBytes, strides: [Int]) {
    // Axes of one element do not matter, wherever they would lead.
    let order = counts.indices.filter { counts[$0] > 1 }.sorted { strides[$0] > strides[$1] }
    var packed = [Int](repeating: 0, count: counts.count)
    var total = element
    for axis in order.reversed() {
      packed[axis] = total
      let (next, overflow) = total.multipliedReportingOverflow(by: counts[axis])
      guard !overflow, next <= Self.mostBytes else {
        throw MediaOutputFailure(
          .outputBadShape, "one frame of \(path) has more than \(Self.mostBytes) bytes")
      }
      total = next
    }
    // The innermost axes without gaps are one run in the file.
    var run = element
    var outer = order
    while let axis = outer.last, strides[axis] == run {
      run *= counts[axis]
      outer.removeLast()
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total)
    try collect(outer[...], counts, strides, at: offset, run: run, into: &bytes)
    return (SharedBytes(bytes), packed)
  }

  private func collect(
    _ axes: ArraySlice<Int>, _ counts: [Int], _ strides: [Int], at offset: Int, run: Int,
    into bytes: inout [UInt8]
  ) throws {
    guard let axis = axes.first else {
      let piece = try read(run, at: Int64(offset))
      guard piece.count == run else {
        throw MediaOutputFailure(
          .outputBadArray, "\(path) ends before its array does",
          hint: "it may still be being written, or be cut off")
      }
      bytes += piece
      return
    }
    for index in 0..<counts[axis] {
      try collect(
        axes.dropFirst(), counts, strides, at: offset + index * strides[axis], run: run,
        into: &bytes)
    }
  }
}
