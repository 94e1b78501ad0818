import Foundation
import Foundations
import Glibc
import Testing

@Suite("A process in the table")
struct ProcessEntryTests {
  private func parse(_ text: String) -> ProcessEntry? { ProcessEntry(stat: Array(text.utf8)) }

  private let rest = "S 7 8 9 0 -1 4194560 1 2 3 4 11 12 13 14 20 0 1 0 777 4096 55 1844 1 1 0"

  @Test("is read from its line")
  func line() throws {
    let entry = try #require(parse("4711 (perl) \(rest)\n"))
    #expect(entry.identity == ProcessIdentity(number: 4711, startTicks: 777))
    #expect(entry.parent == 7)
    #expect(entry.group == 8)
    #expect(entry.session == 9)
    #expect(entry.userTicks == 11 + 13)
    #expect(entry.systemTicks == 12 + 14)
    #expect(entry.residentPages == 55)
    #expect(!entry.isZombie)
  }

  @Test("may have any name", arguments: ["", "a b", ") S 1 1 1", "((", "\n", "ü"])
  func name(name: String) {
    #expect(parse("4711 (\(name)) \(rest)")?.parent == 7)
  }

  @Test("is over as a zombie", arguments: ["Z", "X"])
  func zombie(state: String) {
    #expect(parse("4711 (perl) \(state)\(rest.dropFirst())")?.isZombie == true)
  }

  @Test(
    "is nothing where the line is not one",
    arguments: ["", "4711", "4711 (perl)", "4711 (perl) S 1", "x (perl) S 7", ") ("])
  func garbage(text: String) {
    #expect(parse(text) == nil)
  }

  @Test("is found for this process")
  func own() throws {
    let stat = try #require(FileManager.default.contents(atPath: "/proc/self/stat"))
    let entry = try #require(ProcessEntry(stat: Array(stat)))
    #expect(entry.identity.number == getpid())
    #expect(entry.parent == getppid())
    #expect(entry.residentPages > 0)
    #expect(entry.identity.isAlive)
    #expect(!ProcessIdentity(number: getpid(), startTicks: 1).isAlive)
  }
}
