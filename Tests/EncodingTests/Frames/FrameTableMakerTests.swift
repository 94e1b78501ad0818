import Encoding
import Media
import TestSupport
import Testing

@Suite("The table of a film's frames")
struct FrameTableMakerTests {
  private func made(
    _ times: [Int64?], usual: Int64? = nil
  ) -> (table: FrameTable, mended: Int) {
    var maker = FrameTableMaker(timebase: Rational(1, 1_000), usualDuration: usual)
    for time in times { maker.add(time, duration: 0, isKey: false) }
    return maker.finish()
  }

  @Test("times that rise stay as they are, however uneven")
  func rising() {
    let (table, mended) = made([5, 6, 40, 41, 100])
    #expect(table.ticks == [5, 6, 40, 41, 100])
    #expect(mended == 0)
    #expect(table.entries == [FrameTable.Entry(frame: 0, ticks: 5)])
  }

  @Test("a missing time is put between its neighbours")
  func missing() {
    let (table, mended) = made([0, 40, nil, 120, nil, nil, 240])
    #expect(table.ticks == [0, 40, 80, 120, 160, 200, 240])
    #expect(mended == 3)
  }

  @Test("doubled times and times that go backwards are put in order, and the others stay")
  func disorder() {
    #expect(made([0, 40, 40, 120, 160]).table.ticks == [0, 40, 80, 120, 160])
    #expect(made([0, 40, 20, 120, 160]).table.ticks == [0, 10, 20, 120, 160])
    #expect(made([0, 40, 90_000, 120, 160]).table.ticks == [0, 40, 80, 120, 160])
  }

  @Test("where there are no times at all the film's pace makes them")
  func none() {
    let (table, mended) = made([nil, nil, nil], usual: 40)
    #expect(table.ticks == [0, 40, 80])
    #expect(table.lastDuration == 40)
    #expect(mended == 3)
  }

  @Test("whatever comes in, the times rise")
  func anything() {
    var random = Seeded()
    for _ in 0..<200 {
      let times = (0..<Int.random(in: 1...60, using: &random)).map { _ -> Int64? in
        Int.random(in: 0..<5, using: &random) == 0
          ? nil : Int64.random(in: -20...20, using: &random)
      }
      let table = made(times).table
      #expect(table.count == times.count)
      for (sooner, later) in zip(table.ticks, table.ticks.dropFirst()) {
        #expect(sooner < later, "seed \(random.seed)")
      }
      #expect(table.lastDuration > 0)
    }
  }
}
