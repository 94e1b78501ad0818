import Foundations
import Glibc
import Testing

@Suite("Small files")
struct SmallFileTests {
  @Test("a file is read whole, whatever its size", arguments: [0, 1, 4_095, 4_096, 4_097, 70_000])
  func whole(size: Int) throws {
    try withTestFolder { folder throws in
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      try AtomicFile.replace(folder.appending("x"), with: bytes, durability: .relaxed)
      #expect(try SmallFile.read(folder.appending("x"), limit: size) == bytes)
      #expect(try SmallFile.read(folder.appending("x"), limit: 1 << 30) == bytes)
    }
  }

  @Test("one byte more than the limit is too much, whatever size the file claims")
  func tooLarge() throws {
    try withTestFolder { folder throws in
      try write("12345", to: folder.appending("x"))
      let failure = #expect(throws: FileFailure.self) {
        try SmallFile.read(folder.appending("x"), limit: 4)
      }
      #expect(failure?.code == .fileTooLarge)
      #expect(failure?.message == "\(folder)/x is larger than 4 bytes")
    }
    // It claims no size and never ends.
    let endless = #expect(throws: FileFailure.self) {
      try SmallFile.read("/dev/zero", limit: 100_000)
    }
    #expect(endless?.code == .fileTooLarge)
  }

  @Test("a file that claims no size is read to its end")
  func unknownSize() throws {
    #expect(try SmallFile.read("/proc/self/status", limit: 1 << 20).count > 100)
  }

  @Test("a folder cannot be read as a file")
  func folder() throws {
    try withTestFolder { folder throws in
      let failure = #expect(throws: FileFailure.self) { try SmallFile.read(folder, limit: 9) }
      #expect(failure?.code == .fileIsFolder)
    }
  }
}
