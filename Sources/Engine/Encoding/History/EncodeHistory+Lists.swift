package import Foundations

extension EncodeHistory {
  /// Writes what was encoded into four text files of a folder, which are replaced whole.
  ///
  /// `encoded_files.txt`, `encoding_times.txt` (whole seconds), `input_sizes.txt` and
  /// `output_sizes.txt` (bytes) have a line for each encode that was completed, oldest first: the
  /// same line of each is of the same film.
  ///
  /// - Returns: How many lines they have.
  @discardableResult
  package func writeLists(
    into folder: FilePath, having text: String? = nil, stop: StopFlag = StopFlag()
  ) throws -> Int {
    var lists: [(name: String, lines: String)] = [
      ("encoded_files.txt", ""), ("encoding_times.txt", ""), ("input_sizes.txt", ""),
      ("output_sizes.txt", ""),
    ]
    var count = 0
    for record in try newest(.max, having: text, stop: stop).reversed()
    where record.state == .completed {
      count += 1
      // A name may have a line end in it, and would be two lines.
      lists[0].lines += String(record.input.map { $0.isNewline ? " " : $0 }) + "\n"
      lists[1].lines += "\(Int(record.seconds.rounded()))\n"
      lists[2].lines += "\(record.source?.size ?? 0)\n"
      lists[3].lines += "\(record.result?.size ?? 0)\n"
    }
    _ = try Folder.make(folder)
    for list in lists {
      try AtomicFile.replace(folder.appending(list.name), with: Array(list.lines.utf8))
    }
    return count
  }
}
