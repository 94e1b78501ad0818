import Foundations
import Testing

@Suite("Staged links")
struct StagedLinkTests {
  @Test("publish the very file that is open, whatever stands at its path by now")
  func sameFile() throws {
    try withTestFolder { folder throws in
      let source = folder.appending("source")
      try write("first", to: source)
      let file = try FileDescriptor.open(source, 0)
      try AtomicFile.replace(source, with: Array("second".utf8))
      let open = try Folder.open(folder)
      // Its last name is gone: there is nothing left to link.
      #expect(try publishLink(to: file, in: open) == false)
      let second = try FileDescriptor.open(source, 0)
      #expect(try publishLink(to: second, in: open))
      #expect(try content(of: folder.appending("linked")) == Array("second".utf8))
      let isSame = try FileStatus.of(source).isSameFile(as: .of(folder.appending("linked")))
      #expect(isSame)
      #expect(try names(in: folder) == ["linked", "source"])
    }
  }

  @Test("that are let go of leave the file and no trace")
  func letGo() throws {
    try withTestFolder { folder throws in
      try write("text", to: folder.appending("source"))
      let file = try FileDescriptor.open(folder.appending("source"), 0)
      do { _ = try StagedFile.link(to: file, in: .open(folder)) }
      #expect(try names(in: folder) == ["source"])
    }
  }

  @Test("are not had of a file that somebody has locked, nor across file systems")
  func refused() throws {
    try withTestFolder { folder throws in
      try write("text", to: folder.appending("source"))
      let file = try FileDescriptor.open(folder.appending("source"), 0)
      let other = try FileDescriptor.open(folder.appending("source"), 0)
      #expect(try other.tryLock())
      #expect(try publishLink(to: file, in: .open(folder)) == false)
      #expect(try publishLink(to: file, in: .open("/dev/shm")) == false)
      #expect(try names(in: folder) == ["source"])
    }
  }

  @Test("a sweep of the folder leaves those alone that live")
  func swept() throws {
    try withTestFolder { folder throws in
      try write("text", to: folder.appending("source"))
      let open = try Folder.open(folder)
      let file = try FileDescriptor.open(folder.appending("source"), 0)
      guard let staged = try StagedFile.link(to: file, in: open) else {
        Issue.record("the link was refused")
        return
      }
      let swept = try StagedFile.sweep(open, olderThan: .zero, clock: SystemTime())
      #expect(swept.files == 0)
      try staged.publish(as: folder.appending("linked"))
    }
  }

  private func publishLink(
    to file: borrowing FileDescriptor, in folder: Folder
  ) throws -> Bool {
    guard let staged = try StagedFile.link(to: file, in: folder) else { return false }
    try staged.publish(as: Destination(folder: folder, name: "linked"))
    return true
  }
}
