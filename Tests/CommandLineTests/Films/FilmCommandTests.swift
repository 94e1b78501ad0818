import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary scenes and mediary crop", .timeLimit(.minutes(5)))
struct FilmCommandTests {
  /// Two shots of 30 frames between bars of 20 lines.
  private static func film(in folder: TemporaryFolder) throws -> String {
    try ClipCommand.make(
      "film.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=160x80:r=25:d=1.2"]
        + ["-f", "lavfi", "-i", "mandelbrot=s=160x80:r=25"]
        + ["-filter_complex"]
        + [
          "[1]trim=end_frame=30[b];[0][b]concat=n=2:v=1,pad=160:120:0:20:black,format=yuv420p[v]"
        ]
        + ["-map", "[v]", "-c:v", "libx264", "-preset", "veryfast", "-qp", "0"]
    ).text
  }

  private func mediary(_ arguments: [String], _ folder: TemporaryFolder) throws -> CommandRun {
    try CommandRun.mediary(
      arguments,
      environment: ["XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none")])
  }

  @Test("what one of them found, the other need not decode again; and nothing need be kept")
  func kept() throws {
    let folder = try TemporaryFolder()
    let path = try Self.film(in: folder)
    let first = try mediary(["crop", "--json", path], folder)
    // Whoever decodes writes these anew, as other files of the same names.
    func entries() throws -> [String: Int?] {
      let analyses = folder("cache/mediary/derived/analyses")
      let names = try FileManager.default.contentsOfDirectory(atPath: analyses)
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          let file = try FileManager.default.attributesOfItem(atPath: analyses + "/" + name)
          return (name, file[.systemFileNumber] as? Int)
        })
    }
    let before = try entries()
    #expect(before.count == 2)
    #expect(try mediary(["scenes", path], folder).status == 0)
    #expect(try entries() == before)
    try folder.write("file", [])
    let elsewhere = try CommandRun.mediary(
      ["crop", "--json", path],
      environment: ["XDG_CACHE_HOME": folder("file"), "MEDIARY_HOME": folder("none")])
    #expect(elsewhere.stdout == first.stdout, "\(elsewhere.stderr)")
  }

  @Test("scenes are told by their times and by how they begin")
  func scenes() throws {
    let folder = try TemporaryFolder()
    let run = try mediary(["scenes", "--json", Self.film(in: folder)], folder)
    #expect(run.status == 0, "\(run.stderr)")
    let answer = try #require(try run.jsonLines().first)
    let scenes = try #require(answer["scenes"] as? [[String: Any]])
    try #require(scenes.count == 2)
    #expect(scenes[0]["start"] as? Double == 0)
    #expect(scenes[0]["end"] as? Double == 1.2)
    #expect(scenes[0]["transition"] as? String == "start")
    #expect(scenes[1]["start"] as? Double == 1.2)
    #expect(abs(try #require(scenes[1]["end"] as? Double) - 2.4) < 0.002)
    #expect(scenes[1]["transition"] as? String == "cut")
    #expect(try #require(scenes[1]["score"] as? Double) > 0.5)
    let text = try mediary(["scenes", Self.film(in: folder)], folder)
    #expect(text.stdout.split(separator: "\n").count == 2)
    #expect(text.stdout.contains("0:01.200"))
  }

  @Test("the picture between the bars is told, and why where nothing is to be cut")
  func crop() throws {
    let folder = try TemporaryFolder()
    let path = try Self.film(in: folder)
    let run = try mediary(["crop", "--json", path], folder)
    let answer = try #require(try run.jsonLines().first)
    #expect(answer["crop"] as? [String: Int] == ["w": 160, "h": 80, "x": 0, "y": 20])
    #expect(answer["reason"] as? String == "bars")
    #expect(try mediary(["crop", path], folder).stdout == "160:80:0:20\n")
    let plain = try ClipCommand.film("plain.mkv", in: folder, size: "160x120").text
    let none = try #require(try mediary(["crop", "--json", plain], folder).jsonLines().first)
    #expect(none["crop"] is NSNull)
    #expect(none["reason"] as? String == "none")
  }

  @Test("what is no film is refused", arguments: ["scenes", "crop"])
  func noFilm(command: String) throws {
    let folder = try TemporaryFolder()
    let sound = try ClipCommand.make(
      "a.wav", in: folder, ["-f", "lavfi", "-i", "sine=440", "-t", "0.1"])
    let run = try mediary([command, sound.text], folder)
    #expect(run.status == 65)
    #expect(run.stderr.contains("error[encoding.no_film]"))
    #expect(try mediary([command, folder("absent.mkv")], folder).status == 66)
  }
}
