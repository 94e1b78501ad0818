import FFmpegTool
import Foundations
import TestSupport
import Testing

@Suite("The search for an ffmpeg")
struct FFmpegFinderTests {
  private func search(
    _ places: FFmpegPlaces, memory: FilePath? = nil, patience: Duration = .seconds(60)
  ) throws -> FFmpegSearch {
    FFmpegFinder(
      places, memory: ToolMemory(memory), by: try RealProgram.processes.get(), patience: patience
    ).search()
  }

  @Test("describes the system's own: SVT-AV1 1, no measures, whole CRFs")
  func system() throws {
    let program = try RealProgram.system()
    #expect(program.version.hasPrefix("5.1"))
    #expect(program.encoderVersion?.hasPrefix("1.4") == true)
    #expect(program.metrics == [])
    #expect(!program.takesQuarters)
    #expect(!program.isComplete)
  }

  @Test("describes the project's own: SVT-AV1 4, both measures, quarters")
  func pinned() throws {
    let program = try RealProgram.pinned()
    #expect(program.version.hasPrefix("9.0.2"))
    #expect(program.encoderVersion?.hasPrefix("4.2.0") == true)
    #expect(program.metrics == [.vmaf, .xpsnr])
    #expect(program.takesQuarters)
    #expect(program.isComplete)
  }

  @Test("takes the project's own before a system's that lacks something")
  func prefersComplete() throws {
    let search = try search(
      FFmpegPlaces(searchPath: "/bin:/usr/bin", pinned: [RealProgram.pinnedPath]))
    #expect(search.candidates.count == 2)
    #expect(try search.requireProgram().path == RealProgram.pinnedPath)
  }

  @Test("takes one of PATH that has everything before the project's own")
  func prefersPath() throws {
    let standIn = try StandIn(StandIn.answering())
    let search = try search(
      FFmpegPlaces(
        searchPath: "relative:\(standIn.folder.path)", pinned: [RealProgram.pinnedPath]))
    #expect(try search.requireProgram().path == standIn.path)
  }

  @Test("takes the one that was named, whatever it lacks")
  func prefersNamed() throws {
    let standIn = try StandIn(StandIn.answering(encoder: "1.4.1"))
    let search = try search(
      FFmpegPlaces(named: standIn.path, searchPath: "/usr/bin", pinned: [RealProgram.pinnedPath]))
    #expect(try search.requireProgram().path == standIn.path)
    #expect(try search.requireProgram().encoderVersion == "1.4.1")
    #expect(try search.requireProgram(measuring: .xpsnr).path == RealProgram.pinnedPath)
  }

  @Test(
    "passes over one that cannot be used, with the reason",
    arguments: [
      ("exit 3", "ended with status 3"), ("kill -SEGV $$", "SIGSEGV"),
      ("echo hello", "does not answer as ffmpeg does"), ("exec sleep 1000", "longer than"),
      (
        StandIn.answering(encode: ":").replacing("Svt", with: "sorry").replacing("Lib", with: ""),
        "cannot encode"
      ),
    ])
  func passesOver(body: String, reason: String) throws {
    let standIn = try StandIn(body)
    let search = try search(
      FFmpegPlaces(named: standIn.path),
      patience: body.contains("sleep") ? .seconds(1) : .seconds(60))
    let failure = #expect(throws: FFmpegToolFailure.self) { try search.requireProgram() }
    #expect(failure?.code == .toolMissing)
    #expect(failure?.message.contains(reason) == true, "\(failure?.message ?? "")")
    #expect(failure?.message.contains(standIn.path.text) == true)
    #expect(failure?.hint?.contains("scripts/ensure-ffmpeg") == true)
  }

  @Test("passes over files that are missing or may not be run")
  func notRunnable() throws {
    let folder = try TemporaryFolder()
    let plain = FilePath(try folder.write("plain", "text".utf8))
    for path in [FilePath(folder("absent")), plain, FilePath(folder.path)] {
      let failure = #expect(throws: FFmpegToolFailure.self) {
        try search(FFmpegPlaces(named: path)).requireProgram()
      }
      #expect(failure?.code == .toolMissing)
      #expect(failure?.message.contains(path.text) == true)
    }
    #expect(throws: FFmpegToolFailure.self) { try search(FFmpegPlaces()).requireProgram() }
  }

  @Test("asks a program once, as long as it does not change")
  func remembers() throws {
    let standIn = try StandIn(StandIn.answering())
    let memory = FilePath(standIn.folder("cache/tools.json"))
    let first = try search(FFmpegPlaces(named: standIn.path), memory: memory).requireProgram()
    let starts = standIn.starts
    #expect(starts == 4)
    let second = try search(FFmpegPlaces(named: standIn.path), memory: memory).requireProgram()
    #expect(second == first)
    #expect(standIn.starts == starts)
    try standIn.folder.write("ffmpeg", Array("#!/bin/sh\nexit 1\n".utf8))
    #expect(throws: FFmpegToolFailure.self) {
      try search(FFmpegPlaces(named: standIn.path), memory: memory).requireProgram()
    }
  }

  @Test("does not mind a memory that is damaged or cannot be written")
  func damagedMemory() throws {
    let standIn = try StandIn(StandIn.answering())
    let memory = FilePath(try standIn.folder.write("tools.json", "{\"version\":1,".utf8))
    _ = try search(FFmpegPlaces(named: standIn.path), memory: memory).requireProgram()
    _ = try search(FFmpegPlaces(named: standIn.path), memory: "/proc/none/tools.json")
      .requireProgram()
  }
}
