/// The name of one entry of a folder, which can lead nowhere else.
///
/// Bytes and not text, as `FilePath`. Whoever has a value of this type knows: it is not empty, not
/// `.` or `..`, and has no slash and no NUL. Whether it is *wise* as a name is another question,
/// which `SafeName` answers.
package struct FileName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The longest name that any file system has, in bytes: most end at 255, but not those that
  /// count characters (NTFS) or were widened (ZFS).
  package static let longest = 1_023

  /// The bytes.
  package let bytes: [UInt8]

  /// A name from bytes; nil where they are none.
  package init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard !bytes.isEmpty, bytes.count <= Self.longest,
      !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0),
      bytes != [UInt8(ascii: ".")], bytes != [UInt8(ascii: "."), UInt8(ascii: ".")]
    else { return nil }
    self.bytes = bytes
  }

  /// A name from text; nil where it is none.
  package init?(text: String) { self.init(bytes: text.utf8) }

  /// The name for JSON; bytes that are not UTF-8 become U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The name for people, safe on a terminal.
  package var description: String { ShownText.of(text) }

  /// Whether listings leave it out unless asked: it begins with a dot.
  package var isHidden: Bool { bytes.first == UInt8(ascii: ".") }

  /// Byte by byte, which is the same on every machine and in every language.
  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Calls `body` with the name as a C string.
  func withCString<R, E: Error>(
    _ body: (UnsafePointer<CChar>) throws(E) -> R
  ) throws(E) -> R {
    try FilePath(bytes: bytes).withCString(body)
  }
}

extension FileName: ExpressibleByStringLiteral {
  /// A name that stands in the source; one that is none is a defect of the program.
  package init(stringLiteral value: String) {
    guard let name = FileName(text: value) else { preconditionFailure("\(value) is not a name") }
    self = name
  }
}
