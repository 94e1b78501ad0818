package import Foundations

/// One text, number or truth value in the extra metadata of an asset, and the way to it.
///
/// By these an asset is found. Elements of a list stand at the list's own path: any of them will do.
package struct ExtraValue: Sendable, Hashable {
  // What is longer is found by nobody who types it, and would fill the index.
  private static let longest = 500
  private static let most = 200

  /// Names joined by points: "camera.lens".
  package let path: String
  /// The value in one way of writing: 7 for 7.0.
  package let text: String

  /// A value to look for; nil for what cannot be looked for: lists, objects, and long texts.
  package init?(path: String, _ value: JSONValue) {
    switch value {
    case .string(let text): self.text = "\"" + text
    case .bool(let value): text = value ? "true" : "false"
    case .number(let number): text = number.int.map(String.init) ?? number.text
    case .null, .array, .object: return nil
    }
    self.path = path
    guard path.utf8.count + text.utf8.count <= Self.longest else { return nil }
  }

  /// All values of an object, in order, up to two hundred.
  package static func all(in object: JSONObject) -> [ExtraValue] {
    var found: [ExtraValue] = []
    for (key, value) in object.members { gather(value, at: key, into: &found) }
    return found
  }

  private static func gather(_ value: JSONValue, at path: String, into found: inout [ExtraValue]) {
    guard found.count < most else { return }
    switch value {
    case .array(let elements): for element in elements { gather(element, at: path, into: &found) }
    case .object(let object):
      for (key, value) in object.members { gather(value, at: path + "." + key, into: &found) }
    default:
      if let value = ExtraValue(path: path, value), !found.contains(value) { found.append(value) }
    }
  }
}
