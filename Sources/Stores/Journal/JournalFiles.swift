import Foundations

/// The files of a journal in their order.
///
/// They are called `000001.jsonl`, `000002.jsonl` and so on.
struct JournalFiles {
  private static let ending = ".jsonl"
  private static let digits = 6

  /// The numbers of the files, the oldest first.
  let numbers: [Int]
  private let folder: FilePath

  /// The files there are; none where the folder is missing.
  init(in folder: FilePath) throws {
    self.folder = folder
    guard try FileStatus.find(folder) != nil else {
      numbers = []
      return
    }
    numbers = try FolderEntries(of: .open(folder)).compactMap { entry in
      let name = entry.name.description
      guard name.hasSuffix(Self.ending) else { return nil }
      return Int(name.dropLast(Self.ending.count))
    }.sorted()
  }

  /// Where a file of a number lies.
  func path(_ number: Int) -> FilePath { Self.path(number, in: folder) }

  static func path(_ number: Int, in folder: FilePath) -> FilePath {
    let text = String(number)
    let zeros = String(repeating: "0", count: max(0, digits - text.utf8.count))
    return folder.appending(zeros + text + ending)
  }
}
