/// A table while it is being read, and the rules of TOML on what may be added to it.
///
/// A class, because headers come back to tables that began far above. It never leaves the reader.
final class TOMLDraft {
  /// How a table came to be; that decides who may add to it.
  enum Origin {
    /// Named only as the parent of another: `a` in `[a.b]`. It may still get its own header.
    case implicit
    /// By a header of its own, or as the file itself.
    case header
    /// By a key with dots: `a` in `a.b = 1`. More such keys may add to it, a header may not.
    case dotted
  }

  /// A key as it was written.
  struct Key {
    let name: String
    let place: Range<Int>

    /// The name as it stands in a message: harmless, and not long.
    var shown: String { name.inMessage }
  }

  /// The tables of `[[a]]`; a class, so that adding the thousandth does not copy the others.
  private final class List {
    var tables: [TOMLDraft] = []
  }

  private enum Item {
    case value(TOMLNode)
    case table(TOMLDraft)
    case tables(List)
  }

  private var origin: Origin
  private var items: [(key: Key, item: Item)] = []
  // By bytes and not by String, whose equality takes two ways of writing an accent for one.
  private var places: [[UInt8]: Int] = [:]

  init(_ origin: Origin) { self.origin = origin }

  /// Sets the value of a key, making the tables on its way.
  func define(_ path: [Key], as node: TOMLNode) throws(TOMLProblem) {
    var table = self
    for key in path.dropLast() { table = try table.step(to: key) }
    guard let key = path.last else { preconditionFailure("a key has a name") }
    guard table.item(key) == nil else {
      throw TOMLProblem(key.place, "`\(key.shown)` is set twice", hint: "keep one of the two lines")
    }
    table.add(key, .value(node))
  }

  /// The table that a dotted key goes through.
  private func step(to key: Key) throws(TOMLProblem) -> TOMLDraft {
    switch item(key) {
    case nil: return add(key, TOMLDraft(.dotted))
    case .table(let table) where table.origin != .header:
      table.origin = .dotted
      return table
    case .table:
      throw TOMLProblem(
        key.place, "`\(key.shown)` has a header of its own, and dotted keys cannot add to it",
        hint: "write the key below that header")
    case .tables, .value: throw Self.noTable(key, item(key))
    }
  }

  /// The table of a header `[path]`.
  func open(_ path: [Key]) throws(TOMLProblem) -> TOMLDraft {
    let (parent, key) = try parent(of: path)
    switch parent.item(key) {
    case nil: return parent.add(key, TOMLDraft(.header))
    case .table(let table) where table.origin == .implicit:
      table.origin = .header
      return table
    case .table:
      throw TOMLProblem(
        key.place, "the table `\(key.shown)` is there already", hint: "write its keys together")
    case .tables, .value: throw Self.noTable(key, parent.item(key))
    }
  }

  /// A new table of the list of a header `[[path]]`.
  func append(_ path: [Key]) throws(TOMLProblem) -> TOMLDraft {
    let (parent, key) = try parent(of: path)
    let list: List
    switch parent.item(key) {
    case nil:
      list = List()
      parent.add(key, .tables(list))
    case .tables(let present): list = present
    case .table, .value:
      throw TOMLProblem(key.place, "`\(key.shown)` is there already and is no list of tables")
    }
    let table = TOMLDraft(.header)
    list.tables.append(table)
    return table
  }

  /// The table in which a header's last key lies.
  private func parent(of path: [Key]) throws(TOMLProblem) -> (TOMLDraft, Key) {
    var table = self
    for key in path.dropLast() {
      switch table.item(key) {
      case nil: table = table.add(key, TOMLDraft(.implicit))
      case .table(let next): table = next
      case .tables(let list):
        guard let newest = list.tables.last else {
          preconditionFailure("a list begins with a table")
        }
        table = newest
      case .value: throw Self.noTable(key, table.item(key))
      }
    }
    guard let key = path.last else { preconditionFailure("a header has a name") }
    return (table, key)
  }

  private static func noTable(_ key: Key, _ item: Item?) -> TOMLProblem {
    switch item {
    case .value(let node):
      if case .table = node.value {
        return TOMLProblem(
          key.place, "`\(key.shown)` is an inline table, and nothing can be added to it",
          hint: "write all of its keys between the braces")
      }
      return TOMLProblem(key.place, "`\(key.shown)` is \(node.value.noun) and not a table")
    default: return TOMLProblem(key.place, "`\(key.shown)` is a list of tables already")
    }
  }

  private func item(_ key: Key) -> Item? { places[Array(key.name.utf8)].map { items[$0].item } }

  private func add(_ key: Key, _ item: Item) {
    places[Array(key.name.utf8)] = items.count
    items.append((key, item))
  }

  private func add(_ key: Key, _ table: TOMLDraft) -> TOMLDraft {
    add(key, .table(table))
    return table
  }

  /// The finished table.
  var table: TOMLTable {
    TOMLTable(
      entries: items.map { key, item in
        let node =
          switch item {
          case .value(let node): node
          case .table(let draft): TOMLNode(value: .table(draft.table), place: key.place)
          case .tables(let list):
            TOMLNode(
              value: .array(
                list.tables.map { TOMLNode(value: .table($0.table), place: key.place) }),
              place: key.place)
          }
        return TOMLTable.Entry(key: key.name, node: node, keyPlace: key.place)
      })
  }
}
