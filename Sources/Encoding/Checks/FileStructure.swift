import Foundations

/// What the outermost parts of a file say, read without libav, which forgives much.
struct FileStructure {
  /// What is wrong with it; nil where nothing is.
  var fault: String?
  /// How many bytes are missing at the end, by what the outermost part says of its length.
  var missing: Int64 = 0
  /// The times that the index holds of the first track, in the container's ticks; nil where there is
  /// no index of this kind.
  var indexTicks: [Int64]?

  /// Looks at a file, Matroska or MP4 by its first bytes.
  static func look(at path: FilePath) -> FileStructure {
    do throws(FileFailure) {
      let file = try FileDescriptor.open(path, 0)
      let bytes = PlacedBytes(size: try file.status().size, file: file)
      let head = try bytes.read(8, at: 0)
      if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
        return try MatroskaStructure.look(at: bytes)
      }
      if head.dropFirst(4).elementsEqual("ftyp".utf8) { return try BoxStructure.look(at: bytes) }
      return FileStructure(fault: "neither Matroska nor MP4")
    } catch {
      return FileStructure(fault: error.message)
    }
  }
}

/// A file of which any place can be read.
struct PlacedBytes: ~Copyable {
  let size: Int64
  private let file: FileDescriptor

  init(size: Int64, file: consuming FileDescriptor) {
    self.size = size
    self.file = file
  }

  /// Up to so many bytes from a place.
  func read(_ count: Int, at place: Int64) throws(FileFailure) -> [UInt8] {
    try file.read(max(0, min(count, Int(clamping: size - place))), at: place)
  }
}
