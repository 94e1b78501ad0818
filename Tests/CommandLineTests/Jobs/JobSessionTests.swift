import Foundation
import TestSupport
import Testing

@Suite("The session of docs/jobs.md")
struct JobSessionTests {
  @Test("prints what the document says")
  func session() throws {
    let folder = try TemporaryFolder()
    _ = try ClipCommand.make(
      "beach.jpg", in: folder,
      ["-f", "lavfi", "-i", "mandelbrot=s=640x360:start_scale=2.5", "-frames:v", "1"])
    _ = try ClipCommand.film("dance.mp4", in: folder)
    try folder.write("notes.txt", "the sea, from above\n".utf8)
    let document = try String(
      contentsOf: Golden.root.appending(path: "docs/jobs.md"), encoding: .utf8)
    let session = DocumentSession(document)
    #expect(session.steps.count > 15)
    let faults = try session.run(in: folder)
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n\n"))")
  }
}
