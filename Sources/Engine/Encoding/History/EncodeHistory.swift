package import Foundations
import Glibc

/// All encodes there were: a file of JSON Lines to which lines are only ever added.
///
/// Several processes may add at once, each in its turn. Half a line, left by a crash or a full disk,
/// is passed over by readers, and the next line begins behind it.
package struct EncodeHistory: Sendable {
  private static let newline = UInt8(ascii: "\n")
  private static let piece = 1 << 20
  // A line has a thousand bytes; what is much longer is none, and not kept in memory.
  private static let longestLine = 1 << 20

  /// Where it lies.
  package let path: FilePath

  /// The history in a file, which is made with the first line.
  package init(_ path: FilePath) { self.path = path }

  /// Adds a line; it is on the disk when this returns.
  package func add(_ record: EncodeRecord) throws {
    let folder = try Folder.make(path.parent, durability: .durable)
    guard let name = path.fileName else { preconditionFailure("the history is a file") }
    // The folder's own lock: the file's name may be moved away meanwhile, and is made anew then.
    try folder.lock()
    defer { folder.unlock() }
    let isNew = try folder.find(name) == nil
    let file = try folder.open(name, O_RDWR | O_APPEND | O_CREAT, mode: 0o640)
    let size = try file.status().size
    let end = size > 0 ? try file.read(1, at: size - 1) : [Self.newline]
    let line = Array(JSONValue.object(record.json).text().utf8) + [Self.newline]
    do {
      try file.write(end == [Self.newline] ? line : [Self.newline] + line)
      try file.sync()
    } catch {
      try? file.cut(to: size)
      throw error
    }
    if isNew { try folder.sync() }
  }

  /// Goes through the records, oldest first; lines that are none are passed over.
  package func each(stop: StopFlag = StopFlag(), _ body: (EncodeRecord) throws -> Void) throws {
    guard try FileStatus.find(path) != nil else { return }
    let file = try FileDescriptor.open(path, O_RDONLY)
    var rest: [UInt8] = []
    var offset: Int64 = 0
    while true {
      try stop.check()
      let bytes = try file.read(Self.piece, at: offset)
      offset += Int64(bytes.count)
      rest += bytes
      let lines = rest.split(separator: Self.newline, omittingEmptySubsequences: false)
      for line in lines.dropLast() where !line.isEmpty {
        if let record = Self.record(line) { try body(record) }
      }
      rest = lines.last.map { $0.count > Self.longestLine ? [] : Array($0) } ?? []
      // The last line may lack its end, and be whole all the same.
      if bytes.isEmpty { break }
    }
    if let record = Self.record(rest[...]) { try body(record) }
  }

  /// The newest records, newest first, of which the name or path of source or output has a text.
  package func newest(
    _ limit: Int, having text: String? = nil, stop: StopFlag = StopFlag()
  ) throws -> [EncodeRecord] {
    var found: [EncodeRecord] = []
    let wanted = text?.lowercased()
    try each(stop: stop) { record in
      if let wanted {
        let paths = [record.input, record.output, record.title].map { $0.lowercased() }
        guard paths.contains(where: { $0.contains(wanted) }) else { return }
      }
      found.append(record)
      // Now and then, so that a long history takes no more memory than what is asked for.
      if found.count / 2 >= limit { found.removeFirst(found.count - limit) }
    }
    return found.suffix(limit).reversed()
  }

  private static func record(_ line: ArraySlice<UInt8>) -> EncodeRecord? {
    guard let json = try? JSONReader.read(Array(line)) else { return nil }
    return EncodeRecord(json: json)
  }
}
