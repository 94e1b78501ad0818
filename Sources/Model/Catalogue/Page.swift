import Foundations

/// Part of a list, and where the next part begins.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  /// Nil where the list ends.
  package let next: PageCursor?

  /// A page by its parts.
  package init(items: [Item], next: PageCursor?) {
    self.items = items
    self.next = next
  }

  /// A page of what was found where one more than `count` was asked for, to see whether more follows.
  package init(
    _ found: [(item: Item, row: Int64)], atMost count: Int, of list: String,
    by key: (Item) -> PageCursor.Key
  ) {
    precondition(count > 0, "a page has room")
    items = found.prefix(count).map(\.item)
    next =
      found.count > count
      ? PageCursor(list: list, key: key(found[count - 1].item), row: found[count - 1].row) : nil
  }
}

/// A place in a list: the last item shown, by what the list goes by and by its row.
///
/// To clients it is a text without meaning; a list of another order refuses it.
package struct PageCursor: Sendable, Hashable, CustomStringConvertible {
  /// What the list goes by, at this place.
  package enum Key: Sendable, Hashable {
    case integer(Int64)
    case real(Double)
    case text(String)
    case nothing
  }

  /// The list's order, so that a cursor of another is told: "date-".
  package let list: String
  package let key: Key
  package let row: Int64

  /// A place by its parts.
  package init(list: String, key: Key, row: Int64) {
    self.list = list
    self.key = key
    self.row = row
  }

  /// The text for clients.
  package var description: String {
    let value: JSONValue =
      switch key {
      case .integer(let value): .int(value)
      // The bits, since digits would round.
      case .real(let value): ["r": .int(Int64(bitPattern: value.bitPattern))]
      case .text(let value): .string(value)
      case .nothing: .null
      }
    let text = JSONValue.array([.string(list), value, .int(row)]).text()
    return text.utf8.map { byte in
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
    }.joined()
  }

  /// Reads a client's text; whether it belongs to a list is looked at by that list.
  package init(_ text: String) throws(ModelFailure) {
    guard let cursor = Self.read(text) else { throw Self.stray }
    self = cursor
  }

  /// Reads a client's text; `list` is the order of the list it is for.
  package init(_ text: String, list: String) throws(ModelFailure) {
    try self.init(text)
    try check(for: list)
  }

  /// Refuses a cursor of another list.
  package func check(for list: String) throws(ModelFailure) {
    guard self.list == list else { throw Self.stray }
  }

  private static var stray: ModelFailure {
    ModelFailure(
      .modelBadCursor, "the cursor does not belong to this list",
      hint: "begin again without a cursor, or give the filter and order it came with")
  }

  private static func read(_ text: String) -> PageCursor? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, digits.count <= 8_192 else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
    }
    guard let parts = try? JSONReader.read(String(decoding: bytes, as: UTF8.self)).array,
      parts.count == 3, let list = parts[0].string, let row = parts[2].int
    else { return nil }
    let key: Key
    switch parts[1] {
    case .null: key = .nothing
    case .string(let value): key = .text(value)
    case .number(let value):
      guard let value = value.int else { return nil }
      key = .integer(Int64(value))
    case .object(let value):
      guard let bits = value["r"]?.int else { return nil }
      key = .real(Double(bitPattern: UInt64(bitPattern: Int64(bits))))
    default: return nil
    }
    return PageCursor(list: list, key: key, row: Int64(row))
  }
}
