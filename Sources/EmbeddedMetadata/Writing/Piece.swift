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
/// First bytes are added at the end, where no reader looks for anything. Then one small write, the
/// switch, makes them count. What the switch made useless is then overwritten with zeros.
struct Patch: Sendable {
  /// What is added at the end.
  let added: [UInt8]
  /// Where the switch is written.
  let switchPlace: Int64
  /// The switch, of a few bytes.
  let switchBytes: [UInt8]
  /// What is of no use after the switch.
  let cleared: Range<Int64>
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
