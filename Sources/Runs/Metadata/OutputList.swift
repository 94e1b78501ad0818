import Foundations

/// A run's outputs in the order they came, with their lines of metadata.json.
///
/// They lie in pieces that values share: a run of thousands of outputs that is copied and gets one
/// more copies the last piece alone, and the lines of all others are written as they were made.
struct OutputList: Sendable {
  private struct Piece: Sendable {
    var records: [OutputRecord] = []
    /// The lines, each with what parts it from the one before.
    var text: [UInt8] = []
  }

  private static let mostInPiece = 128

  private var pieces: [Piece] = []
  /// The places of those that were found after a crash, which are few.
  private(set) var recovered: [Int] = []

  /// Adds an output behind the others.
  mutating func append(_ record: OutputRecord) {
    if count % Self.mostInPiece == 0 { pieces.append(Piece()) }
    if record.isRecovered { recovered.append(count) }
    Self.writeLine(record, isFirst: isEmpty, to: &pieces[pieces.count - 1].text)
    pieces[pieces.count - 1].records.append(record)
  }

  /// Puts a record in the place of another.
  mutating func replace(_ index: Int, by record: OutputRecord) {
    recovered.removeAll { $0 == index }
    if record.isRecovered { recovered.append(index) }
    let number = index / Self.mostInPiece
    pieces[number].records[index % Self.mostInPiece] = record
    var text: [UInt8] = []
    for (place, record) in pieces[number].records.enumerated() {
      Self.writeLine(record, isFirst: number == 0 && place == 0, to: &text)
    }
    pieces[number].text = text
  }

  /// The lines, piece by piece.
  var texts: some Sequence<[UInt8]> { pieces.lazy.map(\.text) }

  private static func writeLine(_ record: OutputRecord, isFirst: Bool, to out: inout [UInt8]) {
    out += isFirst ? "\n    ".utf8 : ",\n    ".utf8
    JSONValue.object(record.details).write(to: &out)
  }
}

extension OutputList: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int {
    pieces.isEmpty
      ? 0 : (pieces.count - 1) * Self.mostInPiece + pieces[pieces.count - 1].records.count
  }

  subscript(index: Int) -> OutputRecord {
    pieces[index / Self.mostInPiece].records[index % Self.mostInPiece]
  }
}

extension OutputList: Equatable {
  /// Whether they are written in the same way.
  static func == (left: Self, right: Self) -> Bool { left.texts.elementsEqual(right.texts) }
}
