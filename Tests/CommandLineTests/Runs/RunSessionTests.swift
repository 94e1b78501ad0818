import Foundation
import TestSupport
import Testing

@Suite("The session of docs/runs.md")
struct RunSessionTests {
  @Test("prints what the document says")
  func session() throws {
    let folder = try TemporaryFolder()
    for (name, source) in [
      ("lighthouse.png", "cellauto=s=320x180:rule=110"),
      ("shore.jpg", "mandelbrot=s=640x360:start_scale=2.5"),
      ("exports/json/2025-01-02/dev_1/final/01_output_image.jpg", "testsrc=s=160x90"),
    ] {
      try folder.write(name, [])
      let made = try CommandRun(
        "ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1", name],
        folder: folder.path)
      try #require(made.status == 0, "\(made.stderr)")
    }
    try folder.write("error.png", "<html><body>502 Bad Gateway</body></html>".utf8)
    try folder.write("prompt.txt", "the sea, from above\n".utf8)
    try folder.write(
      "exports/json/2025-01-02/dev_1/metadata.json",
      """
      {"run_id": "run_1735786800000_a1b2c3", "timestamp": "2025-01-02T03:04:05",
       "config_name": "bauhaus", "entities": [{"sequence": 1, "type": "output_image",
       "filename": "01_output_image.jpg"}]}
      """.utf8)
    let document = try String(
      contentsOf: Golden.root.appending(path: "docs/runs.md"), encoding: .utf8)
    let session = DocumentSession(document)
    #expect(session.steps.count > 15)
    let faults = try session.run(in: folder)
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n\n"))")
  }
}
