extension JSONValue {
  /// How a value is laid out as text.
  package enum Layout: Sendable {
    /// On one line, for JSON Lines and machines.
    case compact
    /// Indented by two spaces, for people.
    case indented
  }

  /// The value as text; ends without a newline.
  package func text(_ layout: Layout = .compact) -> String {
    var out: [UInt8] = []
    write(to: &out, layout: layout, depth: 0)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends the value as UTF-8.
  package func write(to out: inout [UInt8], layout: Layout = .compact, depth: Int = 0) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .number(let number): out += number.text.utf8
    case .string(let text): Self.writeString(text, to: &out)
    case .array(let elements):
      Self.writeGroup(elements, "[", "]", to: &out, layout, depth) { element, out in
        element.write(to: &out, layout: layout, depth: depth + 1)
      }
    case .object(let object):
      Self.writeGroup(object.members, "{", "}", to: &out, layout, depth) { member, out in
        Self.writeString(member.key, to: &out)
        out += (layout == .compact ? ":" : ": ").utf8
        member.value.write(to: &out, layout: layout, depth: depth + 1)
      }
    }
  }

  private static func writeGroup<Element>(
    _ elements: [Element], _ open: String, _ close: String, to out: inout [UInt8],
    _ layout: Layout, _ depth: Int, _ writeOne: (Element, inout [UInt8]) -> Void
  ) {
    out += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      if layout == .indented { breakLine(&out, depth + 1) }
      writeOne(element, &out)
    }
    if layout == .indented, !elements.isEmpty { breakLine(&out, depth) }
    out += close.utf8
  }

  private static func breakLine(_ out: inout [UInt8], _ depth: Int) {
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private static func writeString(_ text: String, to out: inout [UInt8]) {
    var text = text
    let isPlain = text.withUTF8 { bytes in
      // Most texts are, and go over in one piece. C2 begins the C1 controls.
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F && $0 != 0xC2 })
      else { return false }
      out.append(UInt8(ascii: "\""))
      out.append(contentsOf: bytes)
      out.append(UInt8(ascii: "\""))
      return true
    }
    if !isPlain { writeEscaped(text, to: &out) }
  }

  private static func writeEscaped(_ text: String, to out: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    var isAfterC2 = false
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      defer { isAfterC2 = byte == 0xC2 }
      switch byte {
      case UInt8(ascii: "\""): out += "\\\"".utf8
      case UInt8(ascii: "\\"): out += "\\\\".utf8
      case 0x0A: out += "\\n".utf8
      case 0x0D: out += "\\r".utf8
      case 0x09: out += "\\t".utf8
      // DEL and the C1 controls (C2 80 to C2 9F in UTF-8) are escaped too: they are legal in JSON,
      // but a terminal would act on them.
      case 0x80..<0xA0 where isAfterC2:
        out.removeLast()
        out += "\\u00".utf8
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      case 0..<0x20, 0x7F:
        out += "\\u00".utf8
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
