import Engine
import Foundation
import Foundations
import Library
import Model
import Runs
import TestSupport
import Testing

@Suite("Adding to a run")
struct AddToRunTests {
  /// An open library with a run in it.
  private final class Subject {
    let home: TestHome
    let open: OpenLibrary
    let run: RunID

    init() throws {
      home = try TestHome()
      open = try home.open()
      run = try open.runs.create(
        NewRun(schema: "s", mode: .eco, inputText: "a lighthouse", user: "mia")
      ).id
    }

    deinit { open.close() }

    func add(_ path: String, _ about: OutputDetails) throws -> AssetID {
      let output = try AddToRun(run, about, in: open).add(FilePath(path), stop: StopFlag())
      return try #require(output.asset)
    }

    func generations(of asset: AssetID) throws -> [Generation] {
      try open.library.catalogue.read { try $0.generations(of: asset) }
    }
  }

  private static let corpus = Result { try MediaCorpus(only: ["rgb.png", "photo.jpg"]) }

  @Test("the asset is the user's, was generated, and is found by the run's prompt")
  func prompt() throws {
    let subject = try Subject()
    var about = OutputDetails(config: "sdxl", backend: "comfyui")
    about.seed = "18446744073709551615"
    let id = try subject.add(Self.corpus.get().path("rgb.png"), about)
    let asset = try subject.open.library.asset(id)
    #expect(asset.user == "mia" && asset.source == .generated && asset.name == "rgb.png")
    let made = try subject.generations(of: id)
    #expect(made.count == 1)
    #expect(made.first?.provider == "comfyui" && made.first?.model == "sdxl")
    #expect(made.first?.prompt == "a lighthouse" && made.first?.seed == "18446744073709551615")
    let found = try subject.open.library.finding.search("lighthouse", atMost: 10)
    #expect(found.items.map(\.asset.id) == [id])
    // The same once more tells nothing new; the transformed text does.
    _ = try subject.add(Self.corpus.get().path("rgb.png"), about)
    #expect(try subject.generations(of: id).count == 1)
    _ = try subject.open.runs.setTransformedText("a lighthouse, after Monet", of: subject.run)
    _ = try subject.add(Self.corpus.get().path("rgb.png"), about)
    #expect(
      try subject.generations(of: id).map(\.prompt) == [
        "a lighthouse, after Monet", "a lighthouse",
      ])
  }

  @Test("a file that tells itself how it was made is believed")
  func told() throws {
    let subject = try Subject()
    let path = subject.home.temporary("told.png")
    try FileManager.default.copyItem(atPath: try Self.corpus.get().path("rgb.png"), toPath: path)
    let written = try CommandRun.mediary(
      ["metadata", "write", path, "--set", #"{"prompt": "a red kite", "seed": 7}"#])
    try #require(written.status == 0, "\(written.stderr)")
    let about = OutputDetails(config: "sdxl", backend: "comfyui")
    let id = try subject.add(path, about)
    #expect(try subject.generations(of: id).map(\.prompt) == ["a red kite"])
    // Also where its bytes are known by now, and not read again.
    _ = try subject.add(path, about)
    #expect(try subject.generations(of: id).map(\.prompt) == ["a red kite"])
  }

  @Test("a run in the trash takes nothing in, not even into the library")
  func trashed() throws {
    let subject = try Subject()
    _ = try subject.open.runs.delete(subject.run)
    let path = try Self.corpus.get().path("photo.jpg")
    #expect(throws: RunFailure.self) { try subject.add(path, OutputDetails()) }
    let assets = try subject.open.library.catalogue.read { try $0.statistics() }
    #expect(assets.assets.count == 0)
  }
}
