package import Foundations
package import Media

/// Numbers in memory or in a file, with a shape: frames, pictures, a batch of them, or sound.
///
/// Never written to. Of a file only what a frame needs is read at a time.
package struct PixelArray: Sendable {
  /// Where the numbers are.
  enum Storage: Sendable {
    case memory(SharedBytes)
    case file(ArrayFile)
  }

  /// The lengths of the axes, outermost first.
  package let shape: [Int]
  package let element: ElementType
  /// How far a step goes along each axis, in bytes.
  let strides: [Int]
  /// Where the first number lies.
  let start: Int
  let storage: Storage

  init(shape: [Int], element: ElementType, strides: [Int], start: Int, storage: Storage) {
    self.shape = shape
    self.element = element
    self.strides = strides
    self.start = start
    self.storage = storage
  }

  /// An array in memory; without strides its last axis is the innermost and nothing lies between.
  package init(
    _ memory: SharedBytes, shape: [Int], element: ElementType, strides: [Int]? = nil, start: Int = 0
  ) throws(MediaOutputFailure) {
    let packed = try Self.packedStrides(shape, element)
    guard strides == nil || strides?.count == shape.count else {
      throw MediaOutputFailure(.outputBadShape, "the array has not one stride for each axis")
    }
    self.init(
      shape: shape, element: element, strides: strides ?? packed, start: start,
      storage: .memory(memory))
  }

  /// The strides of an array without gaps; refuses shapes past counting.
  static func packedStrides(
    _ shape: [Int], _ element: ElementType, isColumnMajor: Bool = false
  ) throws(MediaOutputFailure) -> [Int] {
    var strides = [Int](repeating: 0, count: shape.count)
    var step = element.size
    for axis in isColumnMajor ? Array(shape.indices) : shape.indices.reversed() {
      strides[axis] = step
      let (next, overflow) = step.multipliedReportingOverflow(by: max(1, shape[axis]))
      guard shape[axis] >= 0, !overflow else {
        throw MediaOutputFailure(.outputBadShape, "the shape \(shape) is past counting")
      }
      step = next
    }
    return strides
  }

  /// How many bytes its numbers take up in a file.
  static func byteCount(_ shape: [Int], _ element: ElementType) throws(MediaOutputFailure) -> Int {
    let strides = try packedStrides(shape, element)
    guard let first = strides.first else { return element.size }
    return shape.contains(0) ? 0 : first * max(1, shape[0])
  }

  /// The number of a name of an axis in a layout, 1 where there is none.
  func length(of axis: Character, in layout: PixelLayout) -> Int {
    layout.axes.firstIndex(of: axis).map { shape[$0] } ?? 1
  }

  private func stride(of axis: Character, in layout: PixelLayout) -> Int {
    layout.axes.firstIndex(of: axis).map { strides[$0] } ?? 0
  }

  /// The pictures at one moment of a film, or of a still batch.
  func view(frame: Int, layout: PixelLayout) throws -> PixelView {
    guard layout.axes.count == shape.count else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(shape) cannot have the layout \(layout)")
    }
    var steps = PixelView.Steps(
      picture: stride(of: "B", in: layout), row: stride(of: "H", in: layout),
      column: stride(of: "W", in: layout), channel: stride(of: "C", in: layout))
    let size = (
      pictures: length(of: "B", in: layout), height: length(of: "H", in: layout),
      width: length(of: "W", in: layout), channels: length(of: "C", in: layout)
    )
    var offset = start + frame * stride(of: "T", in: layout)
    let memory: SharedBytes
    switch storage {
    case .memory(let bytes): memory = bytes
    case .file(let file):
      let gathered = try file.gather(
        from: offset, counts: [size.pictures, size.height, size.width, size.channels],
        strides: [steps.picture, steps.row, steps.column, steps.channel], element: element.size)
      memory = gathered.bytes
      (steps.picture, steps.row) = (gathered.strides[0], gathered.strides[1])
      (steps.column, steps.channel) = (gathered.strides[2], gathered.strides[3])
      offset = 0
    }
    guard
      let view = PixelView(
        memory, start: offset, element: element, pictures: size.pictures, height: size.height,
        width: size.width, channels: size.channels, steps: steps)
    else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(shape) has no pixels, or not all of them")
    }
    return view
  }

  /// All of its numbers in memory.
  func wholeInMemory() throws -> (memory: SharedBytes, start: Int, strides: [Int]) {
    switch storage {
    case .memory(let bytes): return (bytes, start, strides)
    case .file(let file):
      let gathered = try file.gather(
        from: start, counts: shape, strides: strides, element: element.size)
      return (gathered.bytes, 0, gathered.strides)
    }
  }
}
