import Foundations
import Testing

@Suite("Free space")
struct FreeSpaceTests {
  @Test("the file system tells its room, and a small need passes")
  func enough() throws {
    try withTestFolder { folder throws in
      let space = try FreeSpace.at(folder)
      let available = try #require(space.available)
      #expect(available > 0 && available <= space.total ?? 0)
      try FreeSpace.check(1, at: folder, reserve: 0)
    }
  }

  @Test("more than there is, is refused with the numbers", arguments: [Int64.max, Int64.max / 2])
  func refused(needed: Int64) throws {
    try withTestFolder { folder throws in
      let failure = #expect(throws: FileFailure.self) { try FreeSpace.check(needed, at: folder) }
      #expect(failure?.code == .diskFull)
      let message = try #require(failure?.message)
      #expect(message.contains("EB are needed at \(folder)"))
      #expect(message.contains("268.4 MB of them stay free"))
      #expect(failure?.hint?.contains("EB") == true)
    }
  }

  @Test("the reserve is not given away")
  func reserve() throws {
    try withTestFolder { folder throws in
      let available = try #require(try FreeSpace.at(folder).available)
      #expect(throws: FileFailure.self) {
        try FreeSpace.check(0, at: folder, reserve: available + (1 << 40))
      }
    }
  }

  @Test("a place that is not there is named")
  func missing() {
    let failure = #expect(throws: FileFailure.self) { try FreeSpace.at("/no/such/place") }
    #expect(failure?.code == .fileNotFound)
  }

  @Test("a file system that tells nothing refuses nothing")
  func silent() throws {
    #expect(try FreeSpace.at("/proc").available == nil)
    try FreeSpace.check(.max, at: "/proc")
  }
}
