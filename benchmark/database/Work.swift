import Foundations
import SQLite
import Synchronization

/// What each thread does over and over, and how long each time took.
final class Work: Sendable {
  private let database: Database
  private let clock = SystemTime()
  private let end: Duration
  private let number: Int
  private let times = Mutex<[Int64]>([])

  init(database: Database, seconds: Int, number: Int) {
    self.database = database
    self.number = number
    end = clock.uptime + .seconds(seconds)
  }

  /// Commits one row after the other.
  func write(_ thread: Int) throws {
    var index = 0
    try overAndOver {
      let name = "\(number)-\(thread)-\(index)"
      index += 1
      try database.write { write in
        try write.run("INSERT INTO thing (name, size) VALUES (?1, ?2)", name, name.utf8.count)
      }
    }
  }

  /// Looks up the newest hundred, a page of a list.
  func read() throws {
    try overAndOver {
      try database.read { reading in
        try reading.each("SELECT id, name, size FROM thing ORDER BY id DESC LIMIT 100") { row in
          _ = try row[1] as String
        }
      }
    }
  }

  private func overAndOver(_ body: () throws -> Void) throws {
    var own: [Int64] = []
    while true {
      let start = clock.uptime
      guard start < end else { break }
      try body()
      own.append(Int64((clock.uptime - start) / .microseconds(1)))
    }
    times.withLock { $0 += own }
  }

  /// How often, and the median, the 99th of a hundred and the longest time in microseconds.
  var report: String {
    let sorted = times.withLock { $0.sorted() }
    guard let longest = sorted.last else { return "0 0 0 0" }
    let (median, late) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
    return "\(sorted.count) \(median) \(late) \(longest)"
  }
}
