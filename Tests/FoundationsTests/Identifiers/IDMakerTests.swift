import Foundations
import Testing

@Suite("Making ids", .timeLimit(.minutes(5)))
struct IDMakerTests {
  private enum JobTag: IDTag { static let noun = "job" }

  private let time = ManualTime()
  private let random = RepeatableRandom(seed: 7)

  @Test("ids ascend while time stands still, goes on, and is set back")
  func ascends() {
    let maker = IDMaker(time: time, random: random)
    var ids = (0..<10_000).map { _ in maker.make(ID<JobTag>.self) }
    time.advance(by: .milliseconds(50))
    ids += (0..<100).map { _ in maker.make() }
    time.setWallClock(to: Timestamp(microseconds: 0))
    ids += (0..<100).map { _ in maker.make() }
    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ids.allSatisfy { $0.uuid.version == 7 })
  }

  @Test("an id tells when it was made")
  func tellsItsTime() {
    let maker = IDMaker(time: time, random: random)
    #expect(maker.uuid().time == time.now)
    time.advance(by: .seconds(3))
    #expect(maker.uuid().time == time.now)
  }

  @Test("ids made by many at once are all different")
  func isConcurrent() async {
    let maker = IDMaker(time: SystemTime(), random: SystemRandom())
    let ids = await withTaskGroup(of: [UUID].self) { group in
      for _ in 0..<8 { group.addTask { (0..<2_000).map { _ in maker.uuid() } } }
      return await group.reduce(into: Set<UUID>()) { $0.formUnion($1) }
    }
    #expect(ids.count == 16_000)
  }

  @Test("two makers with one seed and one clock make the same ids")
  func isRepeatable() {
    let first = IDMaker(time: time, random: RepeatableRandom(seed: 3))
    let second = IDMaker(time: time, random: RepeatableRandom(seed: 3))
    #expect((0..<50).map { _ in first.uuid() } == (0..<50).map { _ in second.uuid() })
  }
}
