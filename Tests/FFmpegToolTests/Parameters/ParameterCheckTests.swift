import FFmpegTool
import Foundations
import TestSupport
import Testing

@Suite("The check of an encoder's parameters")
struct ParameterCheckTests {
  private static func settings(
    _ parameters: [(String, String)] = [], quarters: Int = 120, keyInterval: Int = 240
  ) -> AV1Settings {
    AV1Settings(
      crfQuarters: quarters, preset: 10, keyInterval: keyInterval,
      parameters: parameters.map { AV1Settings.Parameter($0, $1) })
  }

  @Test("takes what both encoders know", arguments: RealProgram.allCases)
  func known(program: RealProgram) throws {
    try program.check().require(
      Self.settings([
        ("tune", "0"), ("film-grain", "8"), ("film-grain-denoise", "0"), ("scd", "1"),
        ("scm", "0"), ("enable-overlays", "1"),
        (
          "mastering-display",
          "G(0.265,0.690)B(0.150,0.060)R(0.680,0.320)WP(0.3127,0.3290)L(1000.0,0.0001)"
        ),
        ("content-light", "1000,400"),
      ]))
    try program.check().require(Self.settings(keyInterval: 0))
  }

  @Test("takes what only the newer encoder knows there alone")
  func newer() throws {
    for (key, value) in [("ac-bias", "0.1"), ("enable-variance-boost", "0")] {
      try RealProgram.pinned.check().require(Self.settings([(key, value)]))
      let failure = #expect(throws: FFmpegToolFailure.self) {
        try RealProgram.system.check().require(Self.settings([("tune", "0"), (key, value)]))
      }
      #expect(failure?.code == .toolUnknownParameter)
      #expect(failure?.message.contains("no parameter \(key)") == true, "\(failure?.message ?? "")")
    }
  }

  @Test("refuses by name what no encoder knows", arguments: RealProgram.allCases)
  func unknown(program: RealProgram) throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try program.check().require(Self.settings([("tune", "0"), ("nonsense", "1")]))
    }
    #expect(failure?.code == .toolUnknownParameter)
    #expect(failure?.message.contains("no parameter nonsense") == true)
  }

  @Test("names the parameter that may be meant", arguments: RealProgram.allCases)
  func nearMiss(program: RealProgram) throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try program.check().require(Self.settings([("film-grian", "8")]))
    }
    #expect(failure?.hint == "did you mean film-grain?")
  }

  @Test(
    "refuses values that the encoder does not take",
    arguments: RealProgram.allCases,
    [("tune", "77"), ("film-grain", "51"), ("film-grain", "abc"), ("irefresh-type", "x")])
  func badValue(program: RealProgram, parameter: (String, String)) throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try program.check().require(Self.settings([parameter]))
    }
    #expect(failure?.code == .toolUnknownParameter)
    #expect(
      failure?.message.contains("does not take \(parameter.0)=\(parameter.1)") == true,
      "\(failure?.message ?? "")")
  }

  @Test(
    "refuses what would be read as something else",
    arguments: [
      ("tune", "0:nonsense=1"), ("tune", ""), ("", "1"), ("tu ne", "1"), ("tune=1:a", "1"),
      ("tune", "0'"), ("crf", "30"), ("lp", "4"), ("preset", "3"), ("keyint", "2"),
    ])
  func badForm(key: String, value: String) throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try RealProgram.system.check().require(Self.settings([(key, value)]))
    }
    #expect(failure?.code == .toolUnknownParameter)
  }

  @Test("takes a CRF in quarters where the encoder does, and refuses it elsewhere")
  func quarters() throws {
    try RealProgram.pinned.check().require(Self.settings(quarters: 101))
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try RealProgram.system.check().require(Self.settings(quarters: 101))
    }
    #expect(failure?.message.contains("25.25") == true)
  }

  @Test("tries a parameter once for a program")
  func remembers() throws {
    let standIn = try StandIn(
      StandIn.answering(
        encode: """
          case "$*" in *bad=*) echo "[libsvtav1 @ 0x1] Error parsing option bad: 1." >&2; exit 1 ;; esac
          cat >/dev/null
          """))
    let memory = FilePath(standIn.folder("tools.json"))
    let processes = try RealProgram.processes.get()
    func check() throws -> ParameterCheck {
      let memory = ToolMemory(memory)
      let search = FFmpegFinder(
        FFmpegPlaces(named: standIn.path), memory: memory, by: processes
      ).search()
      return ParameterCheck(try search.requireProgram(), memory: memory, by: processes)
    }
    let good = Self.settings([("tune", "0")])
    let bad = Self.settings([("tune", "0"), ("bad", "1")])
    try check().require(good)
    #expect(throws: FFmpegToolFailure.self) { try check().require(bad) }
    let starts = standIn.starts
    try check().require(good)
    #expect(throws: FFmpegToolFailure.self) { try check().require(bad) }
    #expect(standIn.starts == starts)
  }

  @Test("takes an encoder that hangs on a value for one that does not take it")
  func hangs() throws {
    let standIn = try StandIn("trap '' TERM; while :; do :; done")
    let check = ParameterCheck(
      standIn.program, memory: ToolMemory(nil), by: try RealProgram.processes.get(),
      patience: .milliseconds(300))
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try check.require(Self.settings([("tune", "0")]))
    }
    #expect(failure?.message.contains("hangs") == true, "\(failure?.message ?? "")")
  }
}
