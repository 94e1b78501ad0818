import Compression
import Foundations

/// numpy's `.npz`: a ZIP archive of arrays, each a `.npy`.
///
/// Read in place where `np.savez` wrote it; what `np.savez_compressed` packed is unpacked to a file
/// without a name first, so that memory stays small.
struct ArrayArchive {
  private let file: ArrayFile
  private let temporaryFolder: FilePath
  /// An archive of more arrays than this is none of pictures.
  private static let mostEntries = 10_000

  private struct Entry {
    let name: String
    let method: Int
    let checksum: UInt32
    /// Unpacked.
    let size: Int64
    let packedSize: Int64
    let header: Int64
  }

  init(_ file: ArrayFile, temporaryFolder: FilePath) {
    self.file = file
    self.temporaryFolder = temporaryFolder
  }

  /// The array of a name, or the only one.
  func open(_ name: String?) throws -> PixelArray {
    let entries = try entries()
    let names = entries.map(\.name).joined(separator: ", ")
    guard let name else {
      guard entries.count == 1 else {
        throw MediaOutputFailure(
          .outputUnfitting, "\(file.path) holds \(entries.count) arrays: \(names)",
          hint: "name one of them with --array")
      }
      return try open(entries[0])
    }
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(file.path) holds no array \"\(name)\"", hint: "it holds \(names)")
    }
    return try open(entry)
  }

  private func open(_ entry: Entry) throws -> PixelArray {
    let local = try file.read(30, at: entry.header)
    guard local.starts(with: [0x50, 0x4B, 3, 4]), local.count == 30 else { throw damaged() }
    let start = entry.header + 30 + Int64(local.number(26, 2)) + Int64(local.number(28, 2))
    guard entry.method != 0 else { return try array(in: file, at: start, size: entry.size) }
    return try array(in: try unpacked(entry, at: start), at: 0, size: entry.size)
  }

  private func array(in file: ArrayFile, at start: Int64, size: Int64) throws -> PixelArray {
    let head = try file.read(NumpyHeader.most + 16, at: start)
    return try ArrayReader.numpy(file, head, at: start, limit: start + size)
  }

  /// A file without a name that holds what an entry packs.
  private func unpacked(_ entry: Entry, at start: Int64) throws -> ArrayFile {
    guard entry.method == Self.deflated else {
      throw MediaOutputFailure(
        .outputBadArray,
        "the array \(entry.name) of \(file.path) is compressed by method \(entry.method)",
        hint: "save it with np.savez_compressed, np.savez or np.save")
    }
    let staged = try StagedFile.create(in: Folder.open(temporaryFolder), for: "array")
    var inflater = try Inflater.make(.raw, atMost: entry.size)
    var checksum = CRC32()
    var (place, end) = (start, start + entry.packedSize)
    end = min(end, try file.size())
    while place < end, !inflater.isFinished {
      let piece = try file.read(Int(min(256 << 10, end - place)), at: place)
      try inflater.unpack(piece) {
        checksum.update($0)
        try staged.append($0)
      }
      place += Int64(piece.count)
    }
    guard inflater.isFinished, checksum.value == entry.checksum else { throw damaged() }
    // The name goes with `staged`; the file stays as long as it is open.
    return ArrayFile(try FileDescriptor.open(staged.path, 0), path: file.path)
  }

  private static let deflated = 8

  private func damaged() -> MediaOutputFailure {
    MediaOutputFailure(.outputBadArray, "\(file.path) is no whole ZIP archive of arrays")
  }

  private func entries() throws -> [Entry] {
    let size = try file.size()
    // The end's record, with a comment of any length behind it.
    let tailStart = max(0, size - 65_600)
    let tail = try file.read(Int(size - tailStart), at: tailStart)
    guard tail.count >= 22,
      let end = (0...tail.count - 22).reversed().first(where: {
        tail[$0] == 0x50 && tail[$0 + 1] == 0x4B && tail[$0 + 2] == 5 && tail[$0 + 3] == 6
      })
    else { throw damaged() }
    var (count, place) = (tail.number(end + 10, 2), Int64(tail.number(end + 16, 4)))
    if place == 0xFFFF_FFFF || count == 0xFFFF {
      guard end >= 20 else { throw damaged() }
      let big = try file.read(56, at: Int64(bitPattern: UInt64(tail.number(end - 20 + 8, 8))))
      guard big.starts(with: [0x50, 0x4B, 6, 6]), big.count == 56 else { throw damaged() }
      (count, place) = (big.number(32, 8), Int64(big.number(48, 8)))
    }
    guard count <= Self.mostEntries, place >= 0, place <= size else { throw damaged() }
    let directory = try file.read(Int(min(size - place, 16 << 20)), at: place)
    return try entries(directory, count: count)
  }

  private func entries(_ directory: [UInt8], count: Int) throws -> [Entry] {
    var entries: [Entry] = []
    var at = 0
    for _ in 0..<count {
      guard at + 46 <= directory.count, directory[at...].starts(with: [0x50, 0x4B, 1, 2]) else {
        throw damaged()
      }
      let (name, extra, comment) = (
        directory.number(at + 28, 2), directory.number(at + 30, 2), directory.number(at + 32, 2)
      )
      let end = at + 46 + name + extra + comment
      guard end <= directory.count else { throw damaged() }
      let sizes = bigSizes(
        Array(directory[at + 46 + name..<at + 46 + name + extra]),
        [
          directory.number(at + 24, 4), directory.number(at + 20, 4), directory.number(at + 42, 4),
        ])
      // Past this, adding to a place would be past counting.
      guard sizes.allSatisfy({ $0 < 1 << 60 }) else { throw damaged() }
      var text = String(decoding: directory[at + 46..<at + 46 + name], as: UTF8.self)
      if text.hasSuffix(".npy") { text.removeLast(4) }
      entries.append(
        Entry(
          name: text, method: directory.number(at + 10, 2),
          checksum: UInt32(directory.number(at + 16, 4)), size: Int64(sizes[0]),
          packedSize: Int64(sizes[1]), header: Int64(sizes[2])))
      at = end
    }
    return entries
  }

  /// Sizes past 4 GB stand in an extra field: unpacked, packed, place, of which those are there
  /// whose own field is full of ones.
  private func bigSizes(_ extra: [UInt8], _ sizes: [Int]) -> [Int] {
    guard sizes.contains(0xFFFF_FFFF) else { return sizes }
    var at = 0
    while at + 4 <= extra.count {
      let (kind, length) = (extra.number(at, 2), extra.number(at + 2, 2))
      if kind == 1, at + 4 + length <= extra.count {
        var (sizes, next) = (sizes, at + 4)
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          guard next + 8 <= at + 4 + length else { break }
          sizes[index] = extra.number(next, 8)
          next += 8
        }
        return sizes
      }
      at += 4 + length
    }
    return sizes
  }
}

extension [UInt8] {
  /// The number of some bytes, least first; the largest there is where it would not fit.
  fileprivate func number(_ place: Int, _ count: Int) -> Int {
    var number: UInt64 = 0
    for index in (0..<count).reversed() { number = number << 8 | UInt64(self[place + index]) }
    return Int(exactly: number) ?? .max
  }
}
