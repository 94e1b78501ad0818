import Foundations
import Glibc
import Testing

@Suite("File status")
struct FileStatusTests {
  @Test("each kind of thing is told apart, and a link from what it names")
  func kinds() throws {
    try withTestFolder { folder throws in
      try write("abc", to: folder.appending("plain"))
      try makeLink(at: folder.appending("link"), to: "plain")
      mkfifo(folder.appending("pipe").text, 0o600)
      let plain = try FileStatus.of(folder.appending("plain"))
      #expect(plain.kind == .plain && plain.size == 3 && plain.links == 1)
      #expect(try FileStatus.of(folder).kind == .folder)
      #expect(try FileStatus.of(folder.appending("pipe")).kind == .pipe)
      #expect(try FileStatus.of("/dev/null").kind == .device)
      let link = folder.appending("link")
      #expect(try FileStatus.of(link, followLinks: false).kind == .link)
      #expect(try FileStatus.of(link).isSameFile(as: plain))
    }
  }

  @Test("a time too far away for nanoseconds is held at the last that fits")
  func farTimes() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("far")
      let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
      try file.setModified(Timestamp(microseconds: 11_000_000_000 * 1_000_000))
      #expect(try file.status().modifiedNanoseconds == .max)
      try file.setModified(Timestamp(microseconds: 1_234_567_890_123_456))
      #expect(try file.status().modifiedNanoseconds == 1_234_567_890_123_456_000)
      try file.setModified(Timestamp(microseconds: -1_500_000))
      #expect(try file.status().modifiedNanoseconds == -1_500_000_000)
    }
  }

  @Test("what is not there is nothing, but what cannot be looked at is a failure")
  func find() throws {
    try withTestFolder { folder throws in
      #expect(try FileStatus.find(folder.appending("no")) == nil)
      try makeLink(at: folder.appending("round"), to: "round")
      let failure = #expect(throws: FileFailure.self) {
        try FileStatus.find(folder.appending("round"))
      }
      #expect(failure?.code == .fileLoop)
      #expect(FileStatus.ifPresent(folder.appending("round")) == nil)
    }
  }
}
