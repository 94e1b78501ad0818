import Foundation
import Foundations
import Glibc
import SwiftOverlayShims
import Testing

@Suite("Times, places and sizes of files")
struct FileTimesTests {
  @Test("the times of a file are given back to the nanosecond, also those before 1970")
  func times() throws {
    try withTestFolder { folder throws in
      for seconds in [981_173_106, -86_400] {
        let path = folder.appending("old")
        try write("x", to: path)
        let both = [
          timespec(tv_sec: seconds, tv_nsec: 123_456_789),
          timespec(tv_sec: seconds + 7, tv_nsec: 1),
        ]
        try #require(utimensat(AT_FDCWD, path.text, both, 0) == 0)
        let times = try FileDescriptor.open(path, O_RDONLY).times()
        let copy = try FileDescriptor.open(folder.appending("copy"), O_RDWR | O_CREAT)
        try copy.write(Array("changed now".utf8))
        try copy.setTimes(times)
        #expect(try copy.times() == times)
        var raw = stat()
        try #require(stat(folder.appending("copy").text, &raw) == 0)
        #expect((raw.st_atim.tv_sec, raw.st_atim.tv_nsec) == (seconds, 123_456_789))
        #expect((raw.st_mtim.tv_sec, raw.st_mtim.tv_nsec) == (seconds + 7, 1))
      }
    }
  }

  @Test("different moments are different times")
  func unequal() throws {
    try withTestFolder { folder throws in
      let file = try FileDescriptor.open(folder.appending("x"), O_RDWR | O_CREAT)
      let before = try file.times()
      try file.setModified(Timestamp(microseconds: 5))
      #expect(try file.times() != before)
      #expect(try file.times().accessed == before.accessed)
    }
  }

  @Test("bytes are written at a place, past the end too, and where the file stands is not moved")
  func writeAt() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("x")
      let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
      try file.write(Array("0123456789".utf8))
      try file.write(Array("ab".utf8), at: 3)
      try file.write([], at: 5)
      try file.write(Array("z".utf8), at: 12)
      try file.write(Array("!".utf8))
      #expect(try content(of: path) == Array("012ab56789!\0z".utf8))
      #expect(throws: FileFailure.self) { try file.write([1], at: -1) }
    }
  }

  @Test("a full disk is told by a write at a place, and one that fails by its errno")
  func writeAtFails() throws {
    let full = try FileDescriptor.open("/dev/full", O_WRONLY)
    let failure = #expect(throws: FileFailure.self) { try full.write([1], at: 0) }
    #expect(failure?.code == .diskFull)
    try withTestFolder { folder throws in
      try write("old", to: folder.appending("x"))
      let file = try FileDescriptor.open(folder.appending("x"), O_RDONLY)
      let failure = #expect(throws: FileFailure.self) { try file.write([1], at: 0) }
      #expect(failure?.errno == EBADF)
      #expect(throws: FileFailure.self) { try file.setSize(0) }
      #expect(try content(of: folder.appending("x")) == Array("old".utf8))
    }
  }

  @Test("a size cuts the file, or adds zeros that take no room")
  func size() throws {
    try withTestFolder { folder throws in
      let path = folder.appending("x")
      let file = try FileDescriptor.open(path, O_RDWR | O_CREAT)
      try file.write(Array("0123456789".utf8))
      try file.setSize(4)
      #expect(try content(of: path) == Array("0123".utf8))
      try file.setSize(6)
      #expect(try content(of: path) == Array("0123\0\0".utf8))
      try file.setSize(1 << 40)
      #expect(try file.status().size == 1 << 40)
      #expect(try file.read(2, at: 1 << 39) == [0, 0])
    }
  }
}
