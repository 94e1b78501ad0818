/// Takes secrets out of what is logged and shown.
///
/// It goes by names: the value behind `password=`, `"api_key":`, `--token`, `Authorization:`, in a
/// query of a URL, in a field of a log line; and by form: the user of a URL, what follows `Bearer`.
/// Over-cautious on purpose: a page's `next_page_token` is hidden as well.
package struct Redaction: Sendable {
  /// What stands where a secret stood.
  package static let mark = "(hidden)"

  /// The names that secrets go by everywhere.
  package static let standard = Redaction(
    endings: [
      "password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey",
      "privatekey", "signingkey", "accesskeyid", "signature", "authorization", "cookie",
      "credential", "credentials",
    ],
    names: ["pwd", "pass", "auth", "sig"],
    namesInQueries: ["key", "code"])

  private let endings: [[UInt8]]
  private let names: Set<[UInt8]>
  private let namesInQueries: Set<[UInt8]>

  /// A rule over names in lower case without `-`, `_` and `.`: those that end so, those that are
  /// so, and those that are so in the query of a URL.
  package init(endings: [String], names: [String] = [], namesInQueries: [String] = []) {
    self.endings = endings.map { Array($0.utf8) }
    self.names = Set(names.map { Array($0.utf8) })
    self.namesInQueries = Set(namesInQueries.map { Array($0.utf8) })
  }

  /// Whether what goes by this name is a secret.
  package func isSecret(_ name: String, inQuery: Bool = false) -> Bool {
    isSecret(Array(name.utf8)[...], inQuery: inQuery)
  }

  func isSecret(_ name: ArraySlice<UInt8>, inQuery: Bool) -> Bool {
    let plain = name.filter { !"-_.".utf8.contains($0) }
      .map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    return names.contains(plain) || inQuery && namesInQueries.contains(plain)
      || endings.contains { plain.count >= $0.count && plain.suffix($0.count).elementsEqual($0) }
  }

  /// A text without its secrets.
  package func text(_ text: String) -> String {
    var scan = RedactionScan(text, self)
    return scan.run()
  }

  /// Fields without their secrets: by the field's own name, and within texts.
  package func fields(_ fields: JSONObject) -> JSONObject {
    var safe = JSONObject()
    for (key, value) in fields.members { safe[key] = member(key, value) }
    return safe
  }

  /// A value without its secrets, however deep.
  package func value(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(self.text(text))
    case .object(let object): .object(fields(object))
    case .array(let elements): .array(list(elements))
    case .null, .bool, .number: value
    }
  }

  private func member(_ key: String, _ value: JSONValue) -> JSONValue {
    switch value {
    // Whether a secret is there may be known.
    case .null, .bool: value
    case _ where isSecret(key): .string(Self.mark)
    default: self.value(value)
    }
  }

  /// A list may be a command's arguments, where the secret follows its flag.
  private func list(_ elements: [JSONValue]) -> [JSONValue] {
    var safe: [JSONValue] = []
    var followsFlag = false
    for element in elements {
      safe.append(followsFlag && element.string != nil ? .string(Self.mark) : value(element))
      followsFlag = element.string.map { $0.hasPrefix("-") && isSecret($0) } ?? false
    }
    return safe
  }
}
