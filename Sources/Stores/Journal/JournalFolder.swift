import Foundations
import Glibc
import Model
import Synchronization

/// The journal of a library: its folder of files, to which lines are only ever added.
///
/// It is written to inside the turn of the process that writes to the catalogue, just before the
/// catalogue commits. So its end can be ahead of the catalogue by one group at most: one that was
/// never committed because the process died or the commit failed. Such lines are marked as void by
/// whoever comes next, and not taken out: nothing of a journal is ever lost but by `compact`.
final class JournalFolder: Sendable {
  /// Where the end was when this process last wrote.
  private struct Place: Equatable {
    var number: Int
    var size: Int64
    var tail: JournalTail
  }

  private struct State {
    var place: Place?
    /// Whether a mark was written whose number is not committed yet.
    var isMarking = false
  }

  let path: FilePath
  private let fileBytes: Int64
  private let durability: Durability
  private let state = Mutex(State())

  init(_ path: FilePath, fileBytes: Int64, durability: Durability) {
    self.path = path
    self.fileBytes = fileBytes
    self.durability = durability
  }

  /// Adds the lines of a group; in the writer's turn, before its commit.
  ///
  /// - Throws: `JournalOutOfStep` where the journal does not end with what was committed last.
  func append(_ lines: [[UInt8]]) throws {
    guard let first = try lines.first.map({ try Self.place($0) }) ?? nil,
      let last = try lines.last.map({ try Self.place($0) }) ?? nil
    else { return }
    try state.withLock { state in
      var now = try end(state.place)
      state.place = nil
      let isInStep = now.tail.last == first.sequence - 1 && now.tail.voids == first.voids
      guard isInStep, !state.isMarking else { throw JournalOutOfStep() }
      if now.size >= fileBytes { now = Place(number: now.number + 1, size: 0, tail: now.tail) }
      var bytes = JournalLine.begins(first.sequence).bytes
      for line in lines { bytes += line }
      try write(bytes, at: now)
      state.place = Place(
        number: now.number, size: now.size + Int64(bytes.count),
        tail: JournalTail(last: last.sequence, begins: first.sequence, voids: last.voids))
    }
  }

  /// How the journal stood to what the catalogue had committed.
  enum Step {
    case agrees
    /// It told more, which is marked as void now; the catalogue must count the mark.
    case marked
    /// It tells less: it was taken away, or is an old copy.
    case behind
  }

  /// Brings the end into line with what the catalogue has committed; in the writer's turn.
  ///
  /// A mark counts once the catalogue has committed its number, in a transaction without lines of
  /// its own. SQLite may find a commit again that a killed process had written and not shown: until
  /// something else was committed over it, what is marked here can still come true, and then no
  /// other line may bear its number.
  func reconcile(committed: Int64, voids: Int64) throws -> Step {
    try state.withLock { state in
      let now = try end(state.place)
      state.place = nil
      if now.tail.last < committed { return .behind }
      if now.tail.last == committed, now.tail.voids == voids { return .agrees }
      if now.tail.last > committed, now.tail.begins != committed + 1 {
        throw ahead(now.tail.last, committed)
      }
      state.isMarking = true
      try write(JournalLine.void(committed + 1, mark: voids + 1).bytes, at: now)
      return .marked
    }
  }

  /// Lets lines be added again, after the attempt to commit a mark.
  func endMarking() { state.withLock { $0.isMarking = false } }

  private func ahead(_ last: Int64, _ committed: Int64) -> ModelFailure {
    ModelFailure(
      .modelJournalAhead,
      "\(path) tells of \(last) changes, and the catalogue beside it knows the first \(committed)",
      hint: "the catalogue is an old copy: `mediary library rebuild` builds it from the journal")
  }

  /// Lets what comes next begin a file that leaves room for a snapshot before it, whose number is
  /// given; in the writer's turn.
  func leaveRoom() throws -> Int {
    try state.withLock { state in
      let now = try end(state.place)
      state.place = nil
      try write([], at: Place(number: now.number + 2, size: 0, tail: now.tail))
      return now.number + 1
    }
  }

  /// Where the journal ends; what a crash left of a line is cut off.
  private func end(_ known: Place?) throws -> Place {
    let files = try JournalFiles(in: path)
    guard let newest = files.numbers.last else {
      return Place(number: 1, size: 0, tail: JournalTail())
    }
    let file = try FileDescriptor.open(files.path(newest), O_RDWR)
    let size = try file.status().size
    if let known, known.number == newest, known.size == size { return known }
    let whole = try JournalTail.wholeSize(file)
    if whole < size { try file.cut(to: whole) }
    if let tail = try JournalTail.read(file) {
      return Place(number: newest, size: whole, tail: tail)
    }
    // A new file with nothing in it yet: the journal ends in an older one.
    var tail: JournalTail?
    for number in files.numbers.dropLast().reversed() where tail == nil {
      tail = try JournalTail.read(.open(files.path(number), O_RDONLY))
    }
    return Place(number: newest, size: whole, tail: tail ?? JournalTail())
  }

  private func write(_ bytes: [UInt8], at place: Place) throws {
    let folder = try Folder.make(path, durability: durability)
    let name = JournalFiles.path(place.number, in: path)
    let isNew = FileStatus.ifPresent(name) == nil
    let file = try FileDescriptor.open(name, O_WRONLY | O_CREAT | O_APPEND)
    do {
      try file.write(bytes)
      if durability == .durable { try file.sync() }
    } catch {
      // Half a line would be cut off by the next anyway; whole ones would have to be marked.
      try? file.cut(to: place.size)
      throw error
    }
    if isNew, durability == .durable { try folder.sync() }
  }

  private static func place(_ line: [UInt8]) throws -> (sequence: Int64, voids: Int64)? {
    guard case .entry(let sequence?, let voids, _) = try JournalLine(line.dropLast()) else {
      return nil
    }
    return (sequence, voids)
  }
}

/// The journal does not end with what the catalogue has committed last: another process was killed
/// between the two, or a commit failed.
struct JournalOutOfStep: Error {}

extension JournalLine {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws { try self.init(Array(bytes)) }
}
