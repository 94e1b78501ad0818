/// A path below some folder, known to lead down only.
///
/// Paths from outside (a request, an archive's member, a workflow) become this before anything is
/// done with them. It has no `..`, no `.`, no empty part, is not absolute and has no NUL. Links on
/// the way are another matter: `ConfinedFolder` has the kernel refuse them.
package struct RelativePath: Sendable, Hashable, CustomStringConvertible {
  /// The longest path the system takes, in bytes, with room for the closing NUL.
  package static let longest = 4_095

  /// The parts from the outermost folder to the file; never empty.
  package let parts: [FileName]

  /// A path of one part.
  package init(_ name: FileName) { parts = [name] }

  /// Checks a path from outside.
  package init(untrusted text: String) throws(FileFailure) { try self.init(untrusted: text.utf8) }

  /// Checks a path from outside, by its bytes.
  package init(untrusted bytes: some Sequence<UInt8>) throws(FileFailure) {
    let bytes = Array(bytes)
    let shown = ShownText.of(String(decoding: bytes.prefix(200), as: UTF8.self))
    func refusal(_ code: FailureCode, _ reason: String) -> FileFailure {
      FileFailure(code, "\"\(shown)\" is not a path below a folder: \(reason)")
    }
    guard !bytes.isEmpty else { throw refusal(.nameUnsafe, "it is empty") }
    guard bytes.count <= Self.longest else {
      throw refusal(.nameTooLong, "it has more than \(Self.longest) bytes")
    }
    guard !bytes.contains(0) else { throw refusal(.nameUnsafe, "it has a NUL in it") }
    guard bytes.first != UInt8(ascii: "/") else { throw refusal(.pathEscapes, "it is absolute") }
    var parts: [FileName] = []
    for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual("..".utf8) { throw refusal(.pathEscapes, "it leads upwards") }
      if part.isEmpty || part.elementsEqual(".".utf8) {
        throw refusal(.nameUnsafe, "it has an empty part")
      }
      guard let name = FileName(bytes: part) else {
        throw refusal(.nameTooLong, "a part has more than \(FileName.longest) bytes")
      }
      parts.append(name)
    }
    self.parts = parts
  }

  private init(parts: [FileName]) { self.parts = parts }

  /// The last part: the file's or folder's own name.
  package var name: FileName { parts[parts.count - 1] }

  /// The folders on the way to it; nil where it lies directly in the root.
  package var parent: RelativePath? {
    parts.count > 1 ? RelativePath(parts: parts.dropLast()) : nil
  }

  /// The path with one more part.
  package func appending(_ name: FileName) -> RelativePath { RelativePath(parts: parts + [name]) }

  /// The path as the system takes it.
  package var filePath: FilePath { FilePath(bytes: parts.map(\.bytes).joined(separator: [47])) }

  /// The path for people, safe on a terminal.
  package var description: String { filePath.description }
}

extension RelativePath: ExpressibleByStringLiteral {
  /// A path that stands in the source; one that leads elsewhere is a defect of the program.
  package init(stringLiteral value: String) {
    do { try self.init(untrusted: value) } catch { preconditionFailure("\(error)") }
  }
}
