import Foundations
import Testing

@Suite("Ids")
struct IDTests {
  private enum RunTag: IDTag { static let noun = "run" }
  private typealias RunID = ID<RunTag>

  @Test("an id reads back from its text")
  func roundTrip() throws {
    let id = RunID(UUID.random(using: SystemRandom()))
    #expect(try RunID(id.description) == id)
  }

  @Test("what is no id is refused by the name of its sort")
  func refuses() {
    let failure = #expect(throws: IDFailure.self) { try RunID("../etc") }
    #expect(failure?.message == "not the id of a run: `../etc`")
    #expect(failure?.code.name == "id.malformed")
    #expect(failure?.kind == .usage)
  }

  @Test("a refused text is shown short and harmless")
  func showsHarmlessly() {
    let text = "\u{1B}[2J\n" + String(repeating: "x", count: 10_000)
    let failure = #expect(throws: IDFailure.self) { try RunID(text) }
    #expect((failure?.message.utf8.count ?? .max) < 120)
    #expect(failure?.message.contains(#"`\x1b[2J\nxxx"#) == true)
  }
}
