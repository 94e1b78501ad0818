/// The name of a scratch folder: what it is for, and sixteen random digits.
struct ScratchName: Hashable {
  let folder: String

  /// The name of its lock file, which lies beside it.
  var lockFile: String { "\(folder).lock" }

  /// A new name.
  init(purpose: String, token: UInt64) {
    let digits = String(token, radix: 16)
    folder = "\(purpose)-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
  }

  /// The name that a folder's entry belongs to, be it the folder or its lock file; nil for
  /// anything else that lies there.
  init?(entry: FilePath) {
    let text = String(entry.name.suffix(5) == ".lock" ? entry.name.dropLast(5) : entry.name[...])
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, Self.isPurpose(parts[0]), parts[1].utf8.count == 16,
      parts[1].utf8.allSatisfy({
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      })
    else { return nil }
    folder = text
  }

  /// Whether a word can be the first part of a name.
  static func isPurpose(_ word: some StringProtocol) -> Bool {
    !word.isEmpty && word.utf8.count <= 64
      && word.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_")
      }
  }
}
