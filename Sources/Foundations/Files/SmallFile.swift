import Glibc

/// Small files that are read whole: configuration, sidecars, requests.
package enum SmallFile {
  /// The content of a file; `file.too_large` past the limit.
  ///
  /// Pipes are read to their end.
  package static func read(_ path: FilePath, limit: Int) throws(FileFailure) -> [UInt8] {
    try FileDescriptor.open(path, O_RDONLY).readAll(limit: limit)
  }
}

extension FileDescriptor {
  /// Everything from here to the end; `file.too_large` past the limit.
  ///
  /// The limit is held to while reading: the size that a file claims may be wrong or change.
  package func readAll(limit: Int) throws(FileFailure) -> [UInt8] {
    precondition(limit >= 0 && limit < Int.max, "a limit is a number of bytes")
    let claimed = try Int(clamping: status().size)
    var bytes = [UInt8](repeating: 0, count: min(limit, max(claimed, 4_096)) + 1)
    var used = 0
    while true {
      let got = try read(into: &bytes, from: used)
      if got == 0 { break }
      used += got
      if used > limit {
        let place = path.map { "\($0)" } ?? "the input"
        throw FileFailure(.fileTooLarge, "\(place) is larger than \(limit) bytes")
      }
      if used == bytes.count {
        bytes.append(contentsOf: repeatElement(0, count: min(bytes.count, limit - used + 1)))
      }
    }
    bytes.removeLast(bytes.count - used)
    return bytes
  }
}
