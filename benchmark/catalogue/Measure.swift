import Foundations

/// How long something takes, over and over.
enum Measure {
  /// Prints the median and the 99th of a hundred, in milliseconds, beside the goal.
  static func print(
    _ name: String, goal: Double? = nil, times: Int = 200, _ body: (Int) throws -> Int
  ) rethrows {
    let clock = SystemTime()
    var durations: [Double] = []
    var found = 0
    for number in 0..<times {
      let start = clock.uptime
      found = try body(number)
      durations.append((clock.uptime - start) / .milliseconds(1))
    }
    durations.sort()
    let (median, late) = (durations[times / 2], durations[min(times - 1, times * 99 / 100)])
    let verdict = goal.map { late <= $0 ? "  (goal \($0): met)" : "  (goal \($0): MISSED)" } ?? ""
    Swift.print("\(pad(name, 44)) \(rounded(median)) \(rounded(late)) ms, \(found) found\(verdict)")
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func rounded(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}
