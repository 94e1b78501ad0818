import Blobs
import BlobsConformance
import Foundations
import Hashing
import TestSupport
import Testing

@Suite("Blobs on disk and in memory")
struct BlobModelTests {
  private static let contents = (0..<12).map { BlobPromise.content($0, size: $0 * 3_000) }
  private static let ids = contents.map { BlobID(SHA256.hash($0)) }

  @Test("agree after each of many random steps", .timeLimit(.minutes(5)))
  func agree() async throws {
    var random = Seeded()
    print("blobs on disk and in memory: SEED=\(random.seed)")
    for _ in 0..<20 {
      try await Backend.memory.withStore { memory in
        try await Backend.disk.withStore { disk in
          var both = [memory, disk].map { Side($0) }
          for step in 0..<100 {
            try compare(&both, Step.random(using: &random), "SEED=\(random.seed) step \(step)")
          }
        }
      }
    }
  }

  /// A store and what is staged in it.
  private struct Side {
    let subject: BlobPromise.Subject
    var staged: [any StagedBlob] = []
    init(_ subject: BlobPromise.Subject) { self.subject = subject }
  }

  private enum Step {
    case stage(Int), commit(Int, Durability), discard(Int), renew(Int)
    case delete(Int, Duration), sweep(Int), damage(Int), verify(Int, Bool), wait(Duration)

    static func random(using random: inout Seeded) -> Step {
      let number = Int.random(in: 0..<BlobModelTests.contents.count, using: &random)
      let time = Duration.seconds(Int.random(in: 0...200_000, using: &random))
      return switch Int.random(in: 0..<14, using: &random) {
      case 0...2: .stage(number)
      case 3...5: .commit(number, Bool.random(using: &random) ? .durable : .relaxed)
      case 6: .discard(number)
      case 7: .renew(number)
      case 8: .delete(number, time)
      case 9: .sweep(number)
      case 10: .damage(number)
      case 11: .verify(number, Bool.random(using: &random))
      default: .wait(time)
      }
    }
  }

  private func compare(_ sides: inout [Side], _ step: Step, _ place: String) throws {
    var seen: [String] = []
    for index in sides.indices {
      let answer: String
      do { answer = try run(step, &sides[index]) } catch { answer = error.asFailure.code.name }
      seen.append(answer + " " + (try state(of: sides[index])))
    }
    #expect(seen[0] == seen[1], "\(place): \(step)")
  }

  private func run(_ step: Step, _ side: inout Side) throws -> String {
    let (store, ids) = (side.subject.store, Self.ids)
    switch step {
    case .stage(let number):
      side.staged.append(try side.subject.stage(Self.contents[number]))
      return "\(side.staged.count)"
    case .commit(let number, let durability):
      guard !side.staged.isEmpty else { return "" }
      return "\(try side.staged[number % side.staged.count].commit(durability))"
    case .discard(let number):
      guard !side.staged.isEmpty else { return "" }
      side.staged.remove(at: number % side.staged.count).discard()
      return ""
    case .renew(let number): return "\(String(describing: try store.renew(ids[number])))"
    case .delete(let number, let grace):
      return "\(try store.delete(ids[number], unlessYoungerThan: grace))"
    case .sweep(let number):
      return "\(try store.sweep(batch: 1 + number) { $0.count > 3 ? Set($0.prefix(2)) : [] })"
    case .damage(let number):
      if try store.find(ids[number]) != nil { try side.subject.damage(ids[number], [1, 2]) }
      return ""
    case .verify(let number, let quarantining):
      switch try store.verify(ids[number], quarantining: quarantining, stop: nil) {
      case .damaged: return "damaged"
      case let verdict: return "\(verdict)"
      }
    case .wait(let time):
      side.subject.time.advance(by: time)
      return ""
    }
  }

  private func state(of side: Side) throws -> String {
    try side.subject.store.list(after: nil, atMost: 100).map {
      "\($0) \(try side.subject.bytes(of: $0.id).count)"
    }.joined(separator: "\n")
  }
}
