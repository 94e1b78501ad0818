import Foundations
import Glibc
import Testing

@Suite("Files replaced whole")
struct AtomicFileTests {
  @Test("a file is made where none stands, and replaced where one does")
  func replaced() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("metadata.json")
      try AtomicFile.replace(path, with: Array("{}".utf8))
      #expect(try content(of: path) == Array("{}".utf8))
      try AtomicFile.replace(path, with: [])
      #expect(try content(of: path) == [])
      #expect(try names(in: folder) == ["metadata.json"])
    }
  }

  @Test("a private file stays private, and a mode that is asked for is given")
  func mode() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("token")
      try AtomicFile.replace(path, with: [1], mode: 0o600)
      #expect(try FileStatus.of(path).mode == 0o600)
      try AtomicFile.replace(path, with: [2])
      #expect(try FileStatus.of(path).mode == 0o600)
      try AtomicFile.replace(path, with: [3], mode: 0o644)
      #expect(try FileStatus.of(path).mode == 0o644)
    }
  }

  @Test("nobody who reads while it is replaced ever sees half a file", .timeLimit(.minutes(1)))
  func neverHalf() async throws {
    try await withTestFolder { folder in
      let path = folder.appending("x")
      let size = 50_000
      try AtomicFile.replace(path, with: [UInt8](repeating: 0, count: size))
      let stop = StopFlag()
      let reader: @Sendable () throws -> Void = {
        while !stop.isStopped {
          let bytes = try SmallFile.read(path, limit: size)
          #expect(bytes.count == size && Set(bytes).count == 1)
        }
      }
      let writer: @Sendable () throws -> Void = {
        defer { stop.stop() }
        for round in 1...200 {
          let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: round), count: size)
          try AtomicFile.replace(path, with: bytes, durability: .relaxed)
        }
      }
      try await onThreads([reader, reader, reader, writer])
    }
  }
}
