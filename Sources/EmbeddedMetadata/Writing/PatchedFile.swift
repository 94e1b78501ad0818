import Foundations
import Glibc

/// A file that is changed in its place, step by step.
struct PatchedFile {
  private let source: SourceFile

  init(_ source: SourceFile) { self.source = source }

  /// Takes all steps, or none: a failure brings the file back to what it was.
  func apply(_ patch: Patch, _ stop: StopFlag?, check: (FilePath) throws -> Void) throws {
    let target = try FileDescriptor.open(source.path, O_RDWR)
    // Another patch of the same file would begin from what this one is about to change. A file that
    // is not published yet is locked by its owner, for whom this is done.
    guard try target.tryLock() || StagedFile.isOne(at: source.path) else { throw busy }
    // Closing would do, but not while a child that is being started has a copy of the descriptor.
    defer { try? target.unlock() }
    try source.checkUnchanged()
    // A patch keeps the times, so that they do not tell of an earlier one.
    let expected = patch.expected
    guard try source.start(expected.bytes.count, at: expected.place) == expected.bytes else {
      throw busy
    }
    var undo: [Patch.Step] = []
    do {
      for step in patch.steps {
        try stop?.check()
        let old = try source.file.read(step.bytes.count, at: step.place)
        undo.append(.init(place: step.place, bytes: old))
        try target.write(step.bytes, at: step.place)
        try target.sync()
      }
      try check(source.path)
    } catch {
      for step in undo.reversed() {
        try? target.write(step.bytes, at: step.place)
        try? target.sync()
      }
      try? target.setSize(source.size)
      try? target.setTimes(source.times)
      throw error
    }
    try clear(patch.cleared, in: target)
    try target.setTimes(source.times)
  }

  private var busy: FileFailure {
    FileFailure(.fileBusy, "\(source.path) was changed while its metadata were written")
  }

  private func clear(_ range: Range<Int64>, in target: borrowing FileDescriptor) throws {
    var place = range.lowerBound
    while place < range.upperBound {
      let count = Int(min(range.upperBound - place, 1 << 20))
      try target.write([UInt8](repeating: 0, count: count), at: place)
      place += Int64(count)
    }
    try target.sync()
  }
}
