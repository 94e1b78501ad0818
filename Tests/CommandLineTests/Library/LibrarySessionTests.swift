import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The session of docs/library.md")
struct LibrarySessionTests {
  @Test("prints what the document says")
  func session() throws {
    let folder = try TemporaryFolder()
    let picture = ["-f", "lavfi", "-i"]
    let beach = try ClipCommand.make(
      "beach.jpg", in: folder, picture + ["mandelbrot=s=640x360:start_scale=2.5", "-frames:v", "1"])
    try FileManager.default.copyItem(
      atPath: beach.text, toPath: folder("copy-of-beach.jpg"))
    _ = try ClipCommand.make(
      "beach-small.jpg", in: folder, ["-i", "beach.jpg", "-vf", "scale=320:180"])
    _ = try ClipCommand.make(
      "lighthouse.png", in: folder, picture + ["cellauto=s=320x180:rule=110", "-frames:v", "1"])
    for (name, source) in [("dance", "testsrc2"), ("swim", "smptebars")] {
      _ = try ClipCommand.make(
        "\(name).mp4", in: folder, ["-f", "lavfi", "-i", "\(source)=s=320x240:r=25", "-t", "2"])
    }
    try FileManager.default.createDirectory(
      atPath: folder("holiday"), withIntermediateDirectories: false)
    for name in ["dance.mp4", "swim.mp4"] {
      try FileManager.default.moveItem(atPath: folder(name), toPath: folder("holiday/\(name)"))
    }
    let document = try String(
      contentsOf: Golden.root.appending(path: "docs/library.md"), encoding: .utf8)
    let session = DocumentSession(document)
    #expect(session.steps.count > 15)
    let faults = try session.run(in: folder)
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n\n"))")
  }
}
