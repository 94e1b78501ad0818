import Compression
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("ZIP archives")
struct ZipTests {
  private static let time = Timestamp(microseconds: 1_767_225_600_000_000)

  /// An archive of some contents, written as it would be sent.
  private static func archive(
    _ entries: [(name: String, method: ZipWriter.Method, bytes: [UInt8])], announced: Bool = true
  ) throws -> [UInt8] {
    let collected = Collected<[UInt8]>()
    let zip = ZipWriter { collected.note($0) }
    for entry in entries {
      try zip.add(
        try RelativePath(untrusted: entry.name), entry.method, modified: time,
        expecting: announced ? Int64(entry.bytes.count) : nil
      ) { write in
        for start in stride(from: 0, to: entry.bytes.count, by: 70_000) {
          try write(Array(entry.bytes[start..<min(start + 70_000, entry.bytes.count)]))
        }
      }
    }
    try zip.finish()
    return collected.values.flatMap { $0 }
  }

  private static let entries: [(name: String, method: ZipWriter.Method, bytes: [UInt8])] = [
    ("metadata.json", .deflated, Array(String(repeating: "{\"a\": 1}\n", count: 40_000).utf8)),
    ("bild é.png", .stored, (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }),
    ("empty", .deflated, []), ("also empty", .stored, []), ("folder/in/it.txt", .deflated, [65]),
  ]

  @Test("are read by Python as what was put in", arguments: [true, false])
  func python(announced: Bool) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.zip", Self.archive(Self.entries, announced: announced))
    let script = """
      import sys, zipfile, hashlib
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for i in z.infolist():
        print(i.filename, i.compress_type, i.file_size, i.date_time[0], hashlib.md5(z.read(i)).hexdigest())
      """
    let run = try CommandRun("/usr/bin/python3", ["-c", script, path])
    #expect(run.status == 0, "\(run.stderr)")
    let lines = run.stdout.split(separator: "\n")
    #expect(lines.count == Self.entries.count)
    for (line, entry) in zip(lines, Self.entries) {
      #expect(
        line.hasPrefix("\(entry.name) \(entry.method.rawValue) \(entry.bytes.count) 2026 "),
        "\(line)")
    }
    try Self.compare(FilePath(path), Self.entries)
  }

  private static func compare(
    _ path: FilePath, _ entries: [(name: String, method: ZipWriter.Method, bytes: [UInt8])]
  ) throws {
    let zip = try ZipReader(path)
    #expect(zip.entries.map(\.path.filePath.text) == entries.map(\.name))
    for (entry, expected) in zip.entries.enumerated().map({ ($1, entries[$0]) }) {
      #expect(try zip.read(entry, atMost: 1 << 30) == expected.bytes)
    }
  }

  @Test("of Python are read as what it put in, packed and not, with a comment behind")
  func fromPython() throws {
    let folder = try TemporaryFolder()
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1], 'w')
      z.comment = b'a comment'
      z.writestr('a/', b'')
      z.writestr('a/b.txt', b'text ' * 9000, zipfile.ZIP_DEFLATED)
      with z.open('wide', 'w', force_zip64=True) as f: f.write(b'wide')
      z.close()
      """
    let run = try CommandRun("/usr/bin/python3", ["-c", script, folder("p.zip")])
    #expect(run.status == 0, "\(run.stderr)")
    try Self.compare(
      FilePath(folder("p.zip")),
      [
        ("a/b.txt", .deflated, Array(String(repeating: "text ", count: 9_000).utf8)),
        ("wide", .stored, Array("wide".utf8)),
      ])
  }

  @Test("with more entries than the old format counts are read all the same")
  func many() throws {
    let folder = try TemporaryFolder()
    let entries = (0..<70_000).map { ("n\($0)", ZipWriter.Method.stored, [UInt8]()) }
    let path = try folder.write("many.zip", Self.archive(entries))
    #expect(try ZipReader(FilePath(path)).entries.count == 70_000)
    let run = try CommandRun(
      "/usr/bin/python3",
      ["-c", "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))", path])
    #expect(run.stdout == "70000\n", "\(run.stderr)")
  }

  @Test("whose names lead elsewhere, or which are damaged or cut, are refused")
  func hostile() throws {
    let folder = try TemporaryFolder()
    func refusal(_ bytes: [UInt8]) throws -> String? {
      let path = FilePath(try folder.write("x.zip", bytes))
      do {
        let zip = try ZipReader(path)
        for entry in zip.entries { try zip.read(entry) { _ in } }
        return nil
      } catch { return (error as? any Failure)?.code.name }
    }
    let whole = try Self.archive(Self.entries)
    #expect(try refusal(whole) == nil)
    #expect(try refusal([]) == "compression.damaged")
    #expect(try refusal(Array(whole.dropLast(30))) == "compression.damaged")
    var damaged = whole
    // In the content that lies there as it is.
    damaged[whole.count / 2] ^= 0x55
    #expect(try refusal(damaged) == "compression.damaged")
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1], 'w')
      z.writestr(sys.argv[2], b'x')
      z.close()
      """
    for name in ["../up", "/root", "a/../../b"] {
      let run = try CommandRun("/usr/bin/python3", ["-c", script, folder("evil.zip"), name])
      #expect(run.status == 0)
      let bytes = Array(try Data(contentsOf: URL(filePath: folder("evil.zip"))))
      #expect(try refusal(bytes) == "file.escapes", "\(name)")
    }
  }

  @Test("say so where a content is not of the size announced")
  func changed() throws {
    let zip = ZipWriter { _ in }
    #expect(throws: CompressionFailure.self) {
      try zip.add("a", .stored, modified: Self.time, expecting: 2) { try $0([1]) }
    }
  }

  @Test("of random bytes are packed and unpacked to the same")
  func roundTrip() throws {
    try property("deflate gives back what it took", times: 30) { random in
      let bytes = (0..<Int.random(in: 0...200_000, using: &random)).map { _ in
        UInt8.random(in: 0...3, using: &random)
      }
      var deflater = try Deflater.make(.zlib, level: 1)
      var packed: [UInt8] = []
      try deflater.pack(bytes) { packed += $0 }
      try deflater.finish { packed += $0 }
      #expect(try Inflater.unpack(packed, .zlib, atMost: 1 << 20) == bytes)
    }
  }
}
