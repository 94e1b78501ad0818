import Foundations
import Testing

@Suite("Thread crews", .timeLimit(.minutes(1)))
struct ThreadCrewTests {
  @Test("each piece of a job is done once, and all are done on return", arguments: [0, 1, 7])
  func once(helpers: Int) async throws {
    let crew = try ThreadCrew(helpers: helpers, named: "crew")
    try await onThreads([
      {
        for pieces in [1, 2, 100, 3, 1, 50] {
          let done = Monitor<[Int]>([])
          crew.perform(pieces) { piece in done.withLock { $0.append(piece) } }
          #expect(done.withLock { $0.sorted() } == Array(0..<pieces))
        }
      }
    ])
  }

  @Test("the pieces are done side by side, by the crew and by who asks")
  func sideBySide() async throws {
    let crew = try ThreadCrew(helpers: 3, named: "crew")
    try await onThreads([
      {
        // Four pieces that wait for each other end only where four threads do them.
        let arrived = Monitor(0)
        crew.perform(4) { _ in
          arrived.withLock { $0 += 1 }
          arrived.notify()
          arrived.wait { $0 == 4 ? () : nil }
        }
      }
    ])
  }

  @Test("a job without pieces is done at once")
  func nothing() throws {
    try ThreadCrew(helpers: 1, named: "crew").perform(0) { _ in Issue.record("there is no piece") }
  }
}
