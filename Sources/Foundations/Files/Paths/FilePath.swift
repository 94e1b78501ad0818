/// A path as the system takes it: bytes, not text.
///
/// A name on Linux need not be UTF-8. It is carried byte by byte and only mended for showing, so
/// that a file with an odd name can still be opened.
package struct FilePath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The bytes, without NUL; never empty, and without a slash at the end except for the root.
  package let bytes: [UInt8]

  /// A path from bytes; an empty one is the current folder, and what follows a NUL is cut off.
  package init(bytes: some Sequence<UInt8>) {
    var bytes = Array(bytes.prefix { $0 != 0 })
    while bytes.count > 1, bytes.last == Self.slash { bytes.removeLast() }
    self.bytes = bytes.isEmpty ? [UInt8(ascii: ".")] : bytes
  }

  /// A path from text.
  package init(_ text: String) { self.init(bytes: text.utf8) }

  package init(stringLiteral value: String) { self.init(value) }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The path for JSON; bytes that are not UTF-8 become U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The path for people: what a terminal would act on instead of showing is spelled out.
  package var description: String { ShownText.of(text) }

  /// Whether it begins at the root.
  package var isAbsolute: Bool { bytes.first == Self.slash }

  /// The last part: a file's or folder's own name.
  package var name: String { String(decoding: nameBytes, as: UTF8.self) }

  /// The last part as a name; nil where that is no file's own name: `/`, `.` and `..`.
  package var fileName: FileName? { FileName(bytes: nameBytes) }

  private var nameBytes: ArraySlice<UInt8> {
    guard bytes.count > 1, let last = bytes.lastIndex(of: Self.slash) else { return bytes[...] }
    return bytes[(last + 1)...]
  }

  /// The folder it lies in; the root's parent is the root.
  package var parent: FilePath {
    guard let last = bytes.lastIndex(of: Self.slash) else { return "." }
    return last == 0 ? "/" : FilePath(bytes: bytes[..<last])
  }

  /// What follows the last dot of the name, in lower case; empty for `.profile` and `name`.
  package var fileExtension: String {
    let name = nameBytes
    guard let last = name.lastIndex(of: Self.dot), last > name.startIndex else { return "" }
    return String(decoding: name[(last + 1)...], as: UTF8.self).lowercased()
  }

  /// The name without its extension.
  package var stem: String {
    let name = nameBytes
    guard let last = name.lastIndex(of: Self.dot), last > name.startIndex else { return self.name }
    return String(decoding: name[..<last], as: UTF8.self)
  }

  /// This path with one more part; an absolute part stands by itself, and `.` adds nothing.
  package func appending(_ part: FilePath) -> FilePath {
    if part.isAbsolute { return part }
    if part.bytes == [Self.dot] { return self }
    if bytes == [Self.dot] { return part }
    return FilePath(bytes: bytes + (bytes.last == Self.slash ? [] : [Self.slash]) + part.bytes)
  }

  /// This path with one more part.
  package func appending(_ part: String) -> FilePath { appending(FilePath(part)) }

  /// This path with one more part.
  package func appending(_ name: FileName) -> FilePath { appending(FilePath(bytes: name.bytes)) }

  /// A neighbour in the same folder.
  package func sibling(_ name: String) -> FilePath { parent.appending(name) }

  /// Calls `body` with the path as a C string, for this module's and the wrappers' system calls.
  package func withCString<R, E: Error>(
    _ body: (UnsafePointer<CChar>) throws(E) -> R
  ) throws(E) -> R {
    var terminated: [CChar] = []
    terminated.reserveCapacity(bytes.count + 1)
    for byte in bytes { terminated.append(CChar(bitPattern: byte)) }
    terminated.append(0)
    // ContiguousArray's closure is untyped in its throws; the pointer lives as long as the array.
    return try terminated.span.withUnsafeBufferPointer { buffer throws(E) in
      guard let base = buffer.baseAddress else {
        preconditionFailure("a terminated path is not empty")
      }
      return try body(base)
    }
  }
}
