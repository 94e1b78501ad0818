import Foundation
import TestSupport
import Testing

@Suite("The session of docs/workflows.md")
struct WorkflowSessionTests {
  @Test("prints what the document says, of the definition that it shows")
  func session() throws {
    let folder = try TemporaryFolder()
    let made = try CommandRun(
      "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=1", "lighthouse.mp4"],
      folder: folder.path)
    try #require(made.status == 0, "\(made.stderr)")
    let document = try String(
      contentsOf: Golden.root.appending(path: "docs/workflows.md"), encoding: .utf8)
    let start = try #require(document.range(of: "```json\n"))
    let end = try #require(document[start.upperBound...].range(of: "```"))
    try folder.write("graph.json", document[start.upperBound..<end.lowerBound].utf8)
    let session = DocumentSession(document)
    #expect(session.steps.count > 15)
    let faults = try session.run(in: folder)
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n\n"))")
  }
}
