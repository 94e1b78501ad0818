import Foundations
import Model

/// One line of a journal's file.
enum JournalLine: Equatable {
  /// A change, by its number and by how many marks of void lines were committed before it; those
  /// of a snapshot have none.
  case entry(sequence: Int64?, voids: Int64, JournalEntry)
  /// A group of changes begins, which is committed together: the number of its first.
  case begins(Int64)
  /// The lines before this one with this number or a higher one were never committed; marks have
  /// numbers of their own.
  case void(Int64, mark: Int64)
  /// A file begins that holds all state as of a number.
  case snapshot(Int64)
  /// That file ends here, and is whole.
  case whole(Int64, voids: Int64)

  init(_ bytes: [UInt8]) throws {
    let json = try JSONReader.read(bytes)
    if let number = Self.number(json["begins"]) {
      self = .begins(number)
    } else if let number = Self.number(json["void"]) {
      self = .void(number, mark: Self.number(json["mark"]) ?? 0)
    } else if let number = Self.number(json["snapshot"]) {
      self = .snapshot(number)
    } else if let number = Self.number(json["whole"]) {
      self = .whole(number, voids: Self.number(json["voids"]) ?? 0)
    } else if let entry = json["entry"] {
      self = .entry(
        sequence: Self.number(json["sequence"]), voids: Self.number(json["voids"]) ?? 0,
        try JournalEntry(json: entry))
    } else {
      throw ModelFailure(.modelBadJournal, "the journal has a line of no known sort")
    }
  }

  private static func number(_ value: JSONValue?) -> Int64? { value?.int.map { Int64($0) } }

  /// The line with its end.
  var bytes: [UInt8] {
    let json: JSONValue =
      switch self {
      case .entry(let sequence?, 0, let entry): ["sequence": .int(sequence), "entry": entry.json]
      case .entry(let sequence?, let voids, let entry):
        ["sequence": .int(sequence), "voids": .int(voids), "entry": entry.json]
      case .entry(nil, _, let entry): ["entry": entry.json]
      case .begins(let number): ["begins": .int(number)]
      case .void(let number, let mark): ["void": .int(number), "mark": .int(mark)]
      case .snapshot(let number): ["snapshot": .int(number)]
      case .whole(let number, let voids): ["whole": .int(number), "voids": .int(voids)]
      }
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
