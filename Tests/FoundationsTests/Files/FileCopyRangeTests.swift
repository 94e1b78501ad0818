import Foundations
import Glibc
import Testing

@Suite("Copies of parts of files")
struct FileCopyRangeTests {
  private static let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  private func copied(_ ranges: [Range<Int64>], in folder: FilePath) throws -> [UInt8] {
    try AtomicFile.replace(folder.appending("source"), with: Self.bytes, durability: .relaxed)
    let source = try FileDescriptor.open(folder.appending("source"), O_RDONLY)
    let path = folder.appending("target")
    let target = try FileDescriptor.open(path, O_RDWR | O_CREAT | O_TRUNC)
    for range in ranges { try FileCopy.range(range, of: source, to: target) }
    return try content(of: path)
  }

  private func expected(_ ranges: [Range<Int64>]) -> [UInt8] {
    ranges.flatMap { Self.bytes[Int($0.lowerBound)..<Int($0.upperBound)] }
  }

  @Test(
    "exactly the ranges come one after the other, wherever they begin and end",
    arguments: [
      [0..<300_000], [5..<5], [0..<1], [4_095..<4_097, 4_096..<8_192], [299_999..<300_000, 0..<7],
      [1..<299_999, 1..<299_999],
    ] as [[Range<Int64>]])
  func ranges(ranges: [Range<Int64>]) throws {
    try withTestFolder { folder throws in
      #expect(try copied(ranges, in: folder) == expected(ranges))
    }
  }

  @Test("where the kernel cannot copy, also in the middle, the rest is read and written")
  func byHand() throws {
    try withTestFolder { folder throws in
      let ranges: [Range<Int64>] = [3..<299_000, 100..<200]
      for call in 1...3 {
        let disk = FailingDisk(under: folder)
        let result = try disk.run(.once(errno: EXDEV), at: call, of: "copy to") {
          try copied(ranges, in: folder)
        }
        #expect(result == expected(ranges))
        #expect(disk.calls.contains { $0.operation == "write" && $0.path.name == "target" })
      }
    }
  }

  @Test("a source that ends before the range does is a failure")
  func cut() throws {
    try withTestFolder { folder throws in
      let failure = #expect(throws: FileFailure.self) {
        _ = try copied([299_990..<300_001], in: folder)
      }
      #expect(failure?.errno == EIO)
    }
  }

  @Test("a copy that is to stop copies nothing more")
  func stopped() throws {
    try withTestFolder { folder throws in
      try write("0123456789", to: folder.appending("source"))
      let source = try FileDescriptor.open(folder.appending("source"), O_RDONLY)
      let target = try FileDescriptor.open(folder.appending("target"), O_RDWR | O_CREAT)
      let stop = StopFlag()
      stop.stop()
      #expect(throws: StoppedFailure.self) {
        try FileCopy.range(0..<10, of: source, to: target, stop: stop)
      }
      #expect(try content(of: folder.appending("target")) == [])
    }
  }
}
