/// A stretch of a new file.
enum Piece: Sendable {
  /// Bytes of the old file, which are copied inside the kernel.
  case kept(Range<Int64>)
  /// New bytes.
  case made([UInt8])
  /// So many zeros.
  case zeros(Int64)
}

/// How a file is changed: the new file's stretches in order, or a patch of the old.
struct Rewrite: Sendable {
  /// The whole of the new file.
  var pieces: [Piece]
  /// Where the text stands then: `png:iTXt comment`.
  var place: String
  /// What does the same to the old file without a copy; nil where only a copy is safe.
  var patch: Patch?

  init(_ pieces: [Piece], place: String, patch: Patch? = nil) {
    self.pieces = pieces
    self.place = place
    self.patch = patch
  }
}

/// A change of the old file in its place that a crash cannot tear.
///
/// Each step is on the disk before the next begins, and after each of them the file is whole: bytes
/// go to where no reader looks, or a few of them in one sector make others count. What the last one
/// made useless is then overwritten with zeros.
struct Patch: Sendable {
  /// Bytes at a place of the file, or behind its end.
  struct Step: Sendable {
    let place: Int64
    let bytes: [UInt8]
  }

  let steps: [Step]
  /// What has to stand there still when the first step begins.
  let expected: Step
  /// What is of no use after the last step.
  let cleared: Range<Int64>

  /// How large the file is afterwards.
  func size(from old: Int64) -> Int64 {
    steps.reduce(old) { max($0, $1.place + Int64($1.bytes.count)) }
  }
}

/// What is to be changed in a file.
struct Change: Sendable {
  /// The new text; nil takes out what is there.
  let text: String?
  /// The source pictures; nil leaves those that are there.
  let pictures: [EmbeddedPicture]?
}

extension Piece {
  /// How many bytes of the new file it is.
  var count: Int64 {
    switch self {
    case .kept(let range): range.upperBound - range.lowerBound
    case .made(let bytes): Int64(bytes.count)
    case .zeros(let count): count
    }
  }
}
