import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The job encode", .timeLimit(.minutes(10)))
struct EncodeJobTests {
  private let library: JobLibrary
  private var folder: TemporaryFolder { library.stored.folder }

  init() throws { library = try JobLibrary(contents: 1, bytes: 10) }

  /// Three shots of so many frames each.
  private func film(_ name: String = "film.mkv", frames: Int = 26) throws -> String {
    let length = Double(frames) / 25
    return try ClipCommand.make(
      name, in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=\(length)"]
        + ["-f", "lavfi", "-i", "mandelbrot=s=160x96:r=25"]
        + ["-f", "lavfi", "-i", "rgbtestsrc=s=160x96:r=25:d=\(length)", "-filter_complex"]
        + ["[1]trim=end_frame=\(frames)[b];[0][b][2]concat=n=3:v=1,noise=alls=6,format=yuv420p[v]"]
        + ["-map", "[v]", "-c:v", "libx264", "-preset", "veryfast", "-qp", "4"]
    ).text
  }

  private func input(_ members: [String: Any]) throws -> String {
    let all = members.merging(["preset": 12]) { $1 }
    return String(decoding: try JSONSerialization.data(withJSONObject: all), as: UTF8.self)
  }

  private func details(_ job: [String: Any]) throws -> [String: Any] {
    try #require(job["details"] as? [String: Any], "\(job)")
  }

  @Test("makes an asset of an asset, which tells how it was made, and what the work was at")
  func asset() throws {
    _ = try film()
    let added = try library.stored.answer("library", "add", "film.mkv")
    let id = try #require(added["asset_id"] as? String)
    let job = try library.submit("encode", input(["asset_id": id, "target_vmaf": 85]))
    try library.work()
    let done = try library.job(job)
    #expect(done["state"] as? String == "completed", "\(done["error"] ?? "")")
    #expect(done["stage"] as? String == "done" && done["progress"] as? Double == 1)
    let result = try #require(done["result"] as? [String: Any])
    let made = try #require(result["asset_id"] as? String)
    #expect(made != id && result["name"] as? String == "film.mkv")
    let checks = try #require(result["checks"] as? [[String: Any]])
    #expect(checks.count > 10 && checks.allSatisfy { $0["ok"] as? Bool == true })
    let told = try details(done)
    #expect(told["input_file"] as? String == "film.mkv")
    #expect(told["total_segments"] as? Int == 3 && told["current_segment"] as? Int == 3)
    #expect((told["vmaf_scores"] as? [Double])?.count == 3)
    #expect(try abs(#require(told["average_vmaf"] as? Double) - 85) < 4)
    #expect(told["processes"] as? Int == 0 && told["temp_files"] is [String])
    let asset = try library.stored.answer("library", "show", made)
    #expect(asset["source_type"] as? String == "encoded" && asset["codec"] as? String == "av1")
    let generations = try #require(asset["generations"] as? [[String: Any]])
    let parameters = try #require(generations.first?["generation_params"] as? [String: Any])
    #expect(parameters["asset_id"] as? String == id)
    #expect(generations.first?["job_id"] as? String == job)
    // The job's own folder is gone with what was in it.
    let left = try FileManager.default.contentsOfDirectory(
      atPath: library.stored.home + "/work/jobs")
    #expect(left.isEmpty, "\(left)")
    // The same again finds every segment, and the content it made before.
    let again = try library.submit("encode", input(["asset_id": id, "target_vmaf": 85]))
    #expect(again != job)
    try library.work()
    let second = try library.job(again)
    #expect(try details(second)["encodes"] as? Int == 0)
    #expect((second["result"] as? [String: Any])?["asset_id"] as? String == made)
  }

  @Test("writes a file where one is named, and is in the history")
  func file() throws {
    let source = try film()
    let output = folder("out.mp4")
    let words = try input(["path": source, "output": output, "crf": 50])
    let job = try library.submit("encode", words)
    // While it is open, the same is that one.
    #expect(try library.submit("encode", words) == job)
    try library.work()
    let done = try library.job(job)
    let result = try #require(done["result"] as? [String: Any], "\(done["error"] ?? "")")
    #expect(result["output"] as? String == output)
    #expect(FileManager.default.fileExists(atPath: output))
    let rows = try library.stored.lines("encode", "--history")
    #expect(rows.map { $0["job_id"] as? String } == [job])
    #expect(try library.stored.failure("jobs", "submit", "encode", "--input", words).status == 73)
  }

  @Test(
    "is refused when it is asked for, and not when it is done",
    arguments: [
      (#"{}"#, "jobs.bad_input"), (#"{"path": "film.mkv"}"#, "jobs.bad_input"),
      (#"{"path": "FILM", "output": "x.mkv"}"#, "jobs.bad_input"),
      (#"{"path": "FILM", "asset_id": "x"}"#, "jobs.bad_input"),
      (#"{"path": "FILM", "presett": 4}"#, "jobs.bad_input"),
      (#"{"path": "FILM", "preset": 40}"#, "encoding.bad_setting"),
      (#"{"path": "FILM", "output": "/x/y.avi"}"#, "encoding.bad_setting"),
      (#"{"path": "/nowhere/film.mkv"}"#, "file.not_found"),
      (#"{"path": "NOTES"}"#, "media.unrecognised"),
    ])
  func refused(words: String, code: String) throws {
    let source = try film()
    let notes = try folder.write("notes.txt", "no film".utf8)
    let input = words.split(separator: "FILM", omittingEmptySubsequences: false)
      .joined(separator: source)
      .split(separator: "NOTES", omittingEmptySubsequences: false).joined(separator: notes)
    #expect(
      try library.stored.failure("jobs", "submit", "encode", "--input", input).codes == [code])
  }

  /// Follows a job until it has finished a segment.
  private func awaitSegment(_ job: String) throws {
    let watch = try BackgroundCommand(
      ["jobs", "watch", job, "--json", "--home", library.stored.home])
    defer {
      watch.signal(SIGTERM)
      watch.awaitEnd()
    }
    while let line = watch.nextLine() {
      let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let details = (event?["progress"] as? [String: Any])?["details"] as? [String: Any]
      if let done = details?["current_segment"] as? Int, done > 0 { return }
    }
    Issue.record("the job ended before a segment was done")
  }

  @Test("goes on from the segments that are done, after a cancel and after kill -9 of its worker")
  func goesOn() throws {
    // Three shots of two segments each.
    let source = try film(frames: 80)
    let words = try input(["path": source, "output": folder("out.mkv"), "target_vmaf": 85])
    let job = try library.submit("encode", words)
    let first = try library.worker("--lease", "1")
    try awaitSegment(job)
    #expect(try library.run("jobs", "cancel", job).status == 0)
    _ = first.awaitEvent("job_cancelled")
    first.signal(SIGKILL)
    first.awaitEnd()
    #expect(try library.job(job)["state"] as? String == "cancelled")
    #expect(!FileManager.default.fileExists(atPath: folder("out.mkv")))

    #expect(try library.run("jobs", "retry", job).status == 0)
    let second = try library.worker("--lease", "1")
    try awaitSegment(job)
    second.signal(SIGKILL)
    second.awaitEnd()
    try library.work()
    let done = try library.job(job)
    #expect(done["state"] as? String == "completed", "\(done["error"] ?? "")")
    let told = try details(done)
    let (made, reused) = (told["encodes"] as? Int ?? 0, told["reused"] as? Int ?? 0)
    #expect(reused > 0)
    // The same as at one go; and what is found was not made again.
    let other = try JobLibrary(contents: 1, bytes: 10)
    let calm = try other.submit(
      "encode", input(["path": source, "output": folder("calm.mkv"), "target_vmaf": 85]))
    try other.work()
    let whole = try #require(try details(other.job(calm))["encodes"] as? Int)
    #expect(made + reused == whole && made < whole, "\(made) made, \(reused) found, of \(whole)")
    #expect(
      try Data(contentsOf: URL(filePath: folder("out.mkv")))
        == Data(contentsOf: URL(filePath: folder("calm.mkv"))))
  }
}
