package import Foundations
package import Media
import Synchronization

/// The pictures of a folder as frames, in order of their names, numbers counted as numbers.
package final class FolderFrames: FrameSource {
  private let pictures: [FilePath]
  private let stop: StopFlag
  private let place = Mutex(0)

  /// The pictures of a folder; other files are passed over.
  package init(_ folder: FilePath, stop: StopFlag) throws {
    let extensions: Set<String> = [
      "png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "exr", "gif",
    ]
    let opened = try Folder.open(folder)
    pictures = try FolderEntries(of: opened).map(\.name.text)
      .filter { name in
        guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
        return extensions.contains(name[name.index(after: dot)...].lowercased())
      }
      .sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
      .map { folder.appending($0) }
    self.stop = stop
    guard !pictures.isEmpty else {
      throw MediaOutputFailure(.outputEmpty, "\(folder) holds no pictures")
    }
  }

  /// A name with its numbers made equally long, so that frame 10 comes after frame 9.
  private static func key(_ name: String) -> [UInt8] {
    var key: [UInt8] = []
    var digits: [UInt8] = []
    func flush(_ key: inout [UInt8], _ digits: inout [UInt8]) {
      guard !digits.isEmpty else { return }
      let number = digits.drop { $0 == UInt8(ascii: "0") }
      key += [UInt8(ascii: "0"), UInt8(truncatingIfNeeded: number.count)] + number
      digits = []
    }
    for byte in name.utf8 {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        digits.append(byte)
      } else {
        flush(&key, &digits)
        key.append(byte)
      }
    }
    flush(&key, &digits)
    return key
  }

  package var count: Int? { pictures.count }

  package func rewind() -> Bool {
    place.withLock { $0 = 0 }
    return true
  }

  package func next(_ wish: FrameWish) throws -> VideoFrame? {
    let index = place.withLock { place in
      defer { place += 1 }
      return place
    }
    guard index < pictures.count else { return nil }
    guard let frame = try FilmFrames(pictures[index], stop: stop).next(wish) else {
      throw MediaOutputFailure(.outputEmpty, "\(pictures[index]) holds no picture")
    }
    return frame
  }
}
