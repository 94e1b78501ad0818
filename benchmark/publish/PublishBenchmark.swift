import Foundations

/// Files published a second, in each way there is, on the disk that is asked about.
///
/// The ways take turns within a round, so that a noisy neighbour disturbs all of them alike, and
/// the median of the rounds counts. `README.md` says how to run it and keeps a report.
@main
struct PublishBenchmark {
  static func main() throws {
    let settings = try Settings(CommandLine.arguments.dropFirst().map { $0 })
    let folder = try Folder.make(settings.folder.appending("publish-benchmark"))
    print(
      "\(settings.files) files of \(settings.bytes) bytes a way and round,"
        + " \(settings.rounds) rounds, in \(folder.path)")
    var rates: [[Double]] = Array(repeating: [], count: Way.all.count)
    for _ in 0..<settings.rounds {
      for (index, way) in Way.all.enumerated() {
        rates[index].append(try rate(of: way, in: folder, settings))
      }
    }
    report(rates)
    try ConfinedFolder.open(settings.folder).removeTree("publish-benchmark")
  }

  /// Publishes a round's files one way and gives the files a second; the folder is emptied after.
  private static func rate(
    of way: Way, in folder: Folder, _ settings: Settings
  ) throws -> Double {
    let clock = SystemTime()
    let files = try Folder.make(folder.path.appending("files"))
    let start = clock.uptime
    try way.publish(settings.files, of: settings.bytes, in: files)
    let seconds = (clock.uptime - start) / .seconds(1)
    try ConfinedFolder(folder).removeTree("files")
    return Double(settings.files) / seconds
  }

  private static func report(_ rates: [[Double]]) {
    let medians = rates.map(median)
    let base = Way.all.firstIndex { $0.name == Way.singly.name }.map { medians[$0] } ?? 1
    print(padded("way", 34), padded("files/s", 9), padded("times", 7), "rounds")
    for (index, way) in Way.all.enumerated() {
      let rounds = rates[index].map { String(Int($0)) }.joined(separator: " ")
      let ratio = (medians[index] / base * 100).rounded() / 100
      print(
        padded(way.name, 34), padded("\(Int(medians[index]))", 9), padded("\(ratio)", 7), rounds)
    }
  }

  private static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

/// What is measured: where, how many and how large.
struct Settings {
  let folder: FilePath
  var files = 512
  var bytes = 65_536
  var rounds = 5

  init(_ arguments: [String]) throws {
    folder = FilePath(arguments.first ?? ".")
    let numbers = arguments.dropFirst().map { Int($0) }
    guard numbers.allSatisfy({ ($0 ?? 0) > 0 }), numbers.count <= 3 else { throw Usage() }
    if let files = numbers.first ?? nil { self.files = files }
    if let rounds = numbers.dropFirst().first ?? nil { self.rounds = rounds }
    if let bytes = numbers.dropFirst(2).first ?? nil { self.bytes = bytes }
  }

  struct Usage: Error, CustomStringConvertible {
    let description = "usage: PublishBenchmark [FOLDER [FILES [ROUNDS [BYTES]]]]"
  }
}
