import Engine
import Foundations
import Glibc
import Model

/// Reads on in a job's log, whatever files it moves to.
struct JobLogReader {
  private static let piece = 1 << 16

  private let job: JobID
  private let engine: JobEngine
  private let context: CommandContext
  /// How far each file was read, by the file itself: names go from one to another.
  private var places: [Place] = []
  private var rest: [UInt8] = []
  private(set) var isEmpty = true

  private struct Place {
    let file: FileStatus
    var offset: Int64
  }

  init(_ job: JobID, _ engine: JobEngine, _ context: CommandContext) {
    self.job = job
    self.engine = engine
    self.context = context
  }

  /// Shows the lines that have come since.
  mutating func readOn() throws {
    for path in try engine.logFiles(of: job) {
      do {
        try read(try FileDescriptor.open(path, O_RDONLY))
      } catch let error as FileFailure where error.errno == ENOENT {
        // It has just got another name, and is met again.
      }
    }
  }

  private mutating func read(_ file: borrowing FileDescriptor) throws {
    let status = try file.status()
    let known = places.firstIndex { $0.file.isSameFile(as: status) }
    let index = known ?? places.endIndex
    if known == nil { places.append(Place(file: status, offset: 0)) }
    while true {
      try context.stop.check()
      let bytes = try file.read(Self.piece, at: places[index].offset)
      if bytes.isEmpty { return }
      places[index].offset += Int64(bytes.count)
      rest += bytes
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        try show(rest[..<end])
        rest.removeSubrange(...end)
      }
    }
  }

  private mutating func show(_ line: ArraySlice<UInt8>) throws {
    isEmpty = false
    let text = String(decoding: line, as: UTF8.self)
    if context.isJSON { return try context.out.write(data: text) }
    guard let object = try? JSONReader.read(text).object else {
      return try context.out.write(StyledText(text))
    }
    try context.out.write(Self.styled(object))
  }

  /// A line for people; what each line of the job's own log has in common is left out.
  private static func styled(_ object: JSONObject) -> StyledText {
    let level = LogLevel(rawValue: object["level"]?.string ?? "") ?? .info
    var fields = JSONObject()
    for (name, value) in object.members
    where !["time", "level", "message", "job", "kind", "attempt"].contains(name) {
      fields[name] = value
    }
    let time = object["time"]?.string.flatMap { Timestamp(rfc3339: $0) }
    return LogFormat.styledLine(
      LogRecord(
        time: time ?? Timestamp(microseconds: 0), level: level,
        message: object["message"]?.string ?? "", fields: fields))
  }
}
