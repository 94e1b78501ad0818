import Foundations
import Glibc
import Testing

@Suite("File descriptors")
struct FileDescriptorTests {
  @Test("a full disk is told as one")
  func full() throws {
    let file = try FileDescriptor.open("/dev/full", O_WRONLY)
    let failure = #expect(throws: FileFailure.self) { try file.write(Array("x".utf8)) }
    #expect(failure?.code == .diskFull)
    #expect(failure?.kind == .unavailable)
    #expect(failure?.code.httpStatus == 507)
  }

  @Test("a descriptor is closed with its owner and not inherited by children")
  func closed() throws {
    try withTestFolder { folder throws in
      let file = try FileDescriptor.open(folder.appending("x"), O_RDWR | O_CREAT)
      let number = file.number
      #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
      let inode = try file.status().inode
      _ = consume file
      // Another test may have been given the same number meanwhile.
      var raw = stat()
      #expect(fstat(number, &raw) != 0 || raw.st_ino != inode)
    }
  }

  @Test("bytes are read at a place, fewer only at the end")
  func readAt() throws {
    try withTestFolder { folder throws in
      try write("0123456789", to: folder.appending("x"))
      let file = try FileDescriptor.open(folder.appending("x"), O_RDONLY)
      #expect(try file.read(3, at: 2) == Array("234".utf8))
      #expect(try file.read(5, at: 8) == Array("89".utf8))
      #expect(try file.read(5, at: 20) == [])
    }
  }

  @Test("a lock is seen by another opening, and ends with the one that holds it")
  func lock() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("x")
      let first = try FileDescriptor.open(path, O_RDWR | O_CREAT)
      let second = try FileDescriptor.open(path, O_RDWR)
      #expect(try first.tryLock())
      #expect(try !second.tryLock())
      _ = consume first
      #expect(try second.tryLock())
    }
  }

  @Test("writeback is only advice: what cannot take it is left alone")
  func writeback() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let reading = FileDescriptor(owning: ends[0])
    let writing = FileDescriptor(owning: ends[1])
    writing.startWriteback()
    try writing.write(Array("x".utf8))
    _ = consume writing
    #expect(try reading.readAll(limit: 1) == Array("x".utf8))
  }
}
