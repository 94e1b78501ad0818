import Foundation
import TestSupport
import Testing

@Suite("mediary run add")
struct RunAddCommandTests {
  @Test("answers the output's record with its run, asset and number")
  func record() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let output = try library.answer(
      "run", "add", id, try StoredLibrary.path("h264-aac.mp4"), "--config", "veo", "--backend",
      "replicate", "--seed", "12345678901234567890", "--node", "n-3", "--set",
      #"{"prompt_id": "p", "api_key": "s3cret", "source_url": "https://u:pw@x.org/a?token=abc"}"#)
    #expect(output["run_id"] as? String == id && output["asset_id"] is String)
    #expect(output["ordinal"] as? Int == 1 && output["type"] as? String == "video")
    #expect(output["filename"] as? String == "output_video.mp4")
    #expect(output["config"] as? String == "veo" && output["backend"] as? String == "replicate")
    #expect(output["node_id"] as? String == "n-3" && output["prompt_id"] as? String == "p")
    for key in [
      "file_size_bytes", "format", "width", "height", "duration_seconds", "sha256", "mime_type",
      "timestamp",
    ] {
      #expect(output[key] != nil, "\(key)")
    }
    let path = library.home + "/runs/\(id)/metadata.json"
    let file = try String(contentsOfFile: path, encoding: .utf8)
    // All digits of the seed, and none of the secrets.
    #expect(file.contains(#""seed":12345678901234567890"#))
    for secret in ["s3cret", "pw@", "abc"] { #expect(!file.contains(secret), "\(secret)") }
  }

  @Test("a second output of a type takes the next name, and overwrites nothing")
  func second() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let (png, jpg) = (try StoredLibrary.path("rgb.png"), try StoredLibrary.path("photo.jpg"))
    let outputs = try library.lines("run", "add", id, png, jpg, png, "--config", "sdxl")
    #expect(
      outputs.map { $0["filename"] as? String } == [
        "output_image.png", "output_image_2.jpg", "output_image_3.png",
      ])
    #expect(outputs.map { $0["ordinal"] as? Int } == [1, 2, 3])
    // The same content is one asset, and both files of the run have it.
    #expect(outputs[0]["asset_id"] as? String == outputs[2]["asset_id"] as? String)
    #expect(outputs[0]["asset_id"] as? String != outputs[1]["asset_id"] as? String)
    for name in ["output_image.png", "output_image_3.png"] {
      let kept = try Data(contentsOf: URL(filePath: library.home + "/runs/\(id)/\(name)"))
      #expect(try kept == Data(contentsOf: URL(filePath: png)))
    }
    let shown = try #require(try library.answer("run", "show", id)["outputs"] as? [[String: Any]])
    #expect(shown.map { $0["filename"] as? String } == outputs.map { $0["filename"] as? String })
  }

  @Test("the bytes decide the extension, whatever the name or the type asked for says")
  func wrongExtension() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    for (name, source, wanted) in [
      ("picture.png", "photo.jpg", "output_image.jpg"),
      ("sound.mp3", "stereo-16.wav", "output_audio.wav"),
      ("picture.webp", "h264-aac.mp4", "output_video.mp4"),
    ] {
      let file = try library.folder.write(name, try StoredLibrary.media.get().bytes(source))
      let output = try library.answer("run", "add", id, file)
      #expect(output["filename"] as? String == wanted)
    }
    // Films are reported among pictures, and sound may be music.
    let film = try library.answer(
      "run", "add", id, try StoredLibrary.path("h264-aac.mp4"), "--type", "image")
    #expect(film["filename"] as? String == "output_video_2.mp4")
    let music = try library.answer(
      "run", "add", id, try StoredLibrary.path("stereo-16.wav"), "--type", "music")
    #expect(music["filename"] as? String == "output_music.wav")
    #expect(
      try library.failure(
        "run", "add", id, try StoredLibrary.path("rgb.png"), "--type", "../../etc")
        == .init(64, "run.bad_value"))
  }

  @Test(
    "a web page or nothing in the place of a picture is refused, and leaves no trace in the run")
  func refused() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let html = "<!doctype html><html><head><title>502</title></head><body>Bad</body></html>"
    let page = try library.folder.write("output.png", html.utf8)
    #expect(try library.failure("run", "add", id, page) == .init(65, "library.html_instead"))
    let bare = try library.folder.write("output", html.utf8)
    #expect(try library.failure("run", "add", id, bare) == .init(65, "run.unfit_content"))
    #expect(
      try library.failure("run", "add", id, bare, "--type", "image")
        == .init(65, "run.unfit_content"))
    let empty = try library.folder.write("empty.png", [UInt8]())
    #expect(try library.failure("run", "add", id, empty).status == 65)
    #expect(try library.failure("run", "add", id, library.folder("absent")).status == 66)
    let shown = try library.answer("run", "show", id)
    #expect((shown["outputs"] as? [Any])?.isEmpty == true)
    #expect(try library.files(in: "runs/\(id)") == ["input_text.txt", "metadata.json"])
    // A page that is meant to be one is taken.
    let code = try library.answer("run", "add", id, bare, "--type", "code")
    #expect(code["filename"] as? String == "output_code.html")
  }

  @Test("an address is refused with what to do instead, and its secrets are not repeated")
  func address() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let run = try library.run(
      "run", "add", id, "https://u:pw@example.org/x.png?token=abc", "--json")
    #expect(run.status == 64 && run.stderr.contains("later version"))
    #expect(!run.stderr.contains("abc") && !run.stderr.contains("pw"))
  }

  @Test("of several files the good ones are added, and the others told one by one")
  func several() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let page = try library.folder.write("page.png", "<html><body>no</body></html>".utf8)
    let run = try library.run(
      "run", "add", id, try StoredLibrary.path("rgb.png"), page, library.folder("absent.png"),
      try StoredLibrary.path("photo.jpg"), "--json")
    #expect(run.status == 65)
    #expect(try run.jsonLines().map { $0["ordinal"] as? Int } == [1, 2])
    let errors = run.stderr.split(separator: "\n")
    #expect(errors.count == 2)
    #expect(errors.first?.contains("library.html_instead") == true)
    #expect(errors.last?.contains("absent.png") == true)
  }

  @Test("data URIs and standard input are taken like files")
  func otherWays() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let path = try StoredLibrary.path("rgb.png")
    let bytes = try Data(contentsOf: URL(filePath: path))
    let uri = "data:image/png;base64," + bytes.base64EncodedString()
    let first = try library.answer("run", "add", id, uri)
    #expect(first["filename"] as? String == "output_image.png")
    let piped = try CommandRun(
      "sh",
      [
        "-c", "cat \"$1\" | \"$2\" run add \"$3\" - --json --home \"$4\"", "sh", path,
        BuiltProducts.mediary, id, library.home,
      ])
    let second = try #require(try piped.jsonLines().first, "\(piped.stderr)")
    #expect(second["filename"] as? String == "output_image_2.png")
    #expect(second["asset_id"] as? String == first["asset_id"] as? String)
    #expect(second["sha256"] as? String == first["sha256"] as? String)
    let broken = try library.run("run", "add", id, "data:image/png;base64,!", "--json")
    #expect(broken.status == 64 && broken.stderr.contains("library.bad_base64"))
    let page = "data:image/png,<html><body>no</body></html>"
    #expect(try library.failure("run", "add", id, page) == .init(65, "library.html_instead"))
  }

  @Test("eight processes add to one run at once, and no output is lost", .timeLimit(.minutes(5)))
  func together() throws {
    let library = try StoredLibrary()
    let id = try library.newRun()
    let script = """
      for i in 1 2 3 4 5 6 7 8; do
        "$1" run add "$2" "$3" "$4" --config "c$i" --json --home "$5" >"$6/$i.out" 2>&1 &
      done
      wait; cat "$6"/*.out
      """
    // bash, because dash waits for a signal that a child of this process may have blocked.
    let run = try CommandRun(
      "bash",
      [
        "-c", script, "bash", BuiltProducts.mediary, id, try StoredLibrary.path("rgb.png"),
        try StoredLibrary.path("photo.jpg"), library.home, library.folder.path,
      ])
    let answers = try run.jsonLines()
    #expect(answers.compactMap { $0["ordinal"] as? Int }.sorted() == Array(1...16), "\(run.stdout)")
    #expect(Set(answers.compactMap { $0["asset_id"] as? String }).count == 2)
    let shown = try #require(try library.answer("run", "show", id)["outputs"] as? [[String: Any]])
    let names = shown.compactMap { $0["filename"] as? String }
    #expect(names.count == 16 && Set(names).count == 16)
    let files = try library.files(in: "runs/\(id)")
    #expect(Set(names).isSubset(of: files), "\(files)")
    // Each answer names the output that it was for.
    for answer in answers {
      let ordinal = try #require(answer["ordinal"] as? Int)
      #expect(shown[ordinal - 1]["config"] as? String == answer["config"] as? String)
    }
  }
}
