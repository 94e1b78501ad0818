package import Blobs
package import Foundations
package import Model
package import SQLite
package import Sniffing

// How the words of the library lie in columns.

extension EntityID: SQLEncodable, SQLDecodable {
  package var sqlValue: SQLValue { .text(text) }

  package init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue, let id = try? EntityID(text) else { return nil }
    self = id
  }
}

extension BlobID: SQLEncodable, SQLDecodable {
  package var sqlValue: SQLValue { .bytes(bytes) }

  package init?(sqlValue: SQLValue) {
    guard case .bytes(let bytes) = sqlValue else { return nil }
    self.init(stored: bytes)
  }
}

extension Timestamp: SQLEncodable, SQLDecodable {
  package var sqlValue: SQLValue { .integer(microseconds) }

  package init?(sqlValue: SQLValue) {
    guard case .integer(let number) = sqlValue else { return nil }
    self.init(microseconds: number)
  }
}

/// Whole texts of JSON; an empty object or list is NULL, since most are empty.
extension JSONObject: SQLEncodable, SQLDecodable {
  package var sqlValue: SQLValue {
    members.isEmpty ? .null : .text(JSONValue.object(self).text())
  }

  package init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .null: self.init()
    case .text(let text):
      guard let object = try? JSONReader.read(text).object else { return nil }
      self = object
    default: return nil
    }
  }
}

/// A list of texts in a column.
struct TextList: SQLEncodable, SQLDecodable {
  let texts: [String]

  init(_ texts: [String]) { self.texts = texts }

  var sqlValue: SQLValue {
    texts.isEmpty ? .null : .text(JSONValue.array(texts.map { .string($0) }).text())
  }

  init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .null: texts = []
    case .text(let text):
      guard let list = try? JSONReader.read(text).array else { return nil }
      texts = list.compactMap(\.string)
    default: return nil
    }
  }
}

extension AssetSource: SQLEncodable, SQLDecodable {}
extension ContentKind: SQLEncodable, SQLDecodable {}
extension RunState.Status: SQLEncodable, SQLDecodable {}
extension Workflow.Status: SQLEncodable, SQLDecodable {}
extension Association.Role: SQLEncodable, SQLDecodable {}
extension Execution.Status: SQLEncodable, SQLDecodable {}
