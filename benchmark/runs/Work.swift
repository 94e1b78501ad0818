import Blobs
import Foundations
import Model
import Runs
import Sniffing
import Stores
import Synchronization

/// A library on a disk, and how long each addition to its run took.
final class Work: Sendable {
  private let blobs: DiskBlobStore
  private let catalogue: SQLiteCatalogue
  private let runs: RunStorage
  private let durability: Durability
  private let times = Mutex<[Duration]>([])

  init(in folder: FilePath, _ durability: Durability) throws {
    let blobs = try DiskBlobStore(in: folder)
    self.blobs = blobs
    self.durability = durability
    var options = SQLiteCatalogue.Options()
    options.durability = durability
    catalogue = try SQLiteCatalogue.open(in: folder, options: options)
    var ways = RunStorage.Options()
    ways.durability = durability
    runs = try RunStorage(
      in: folder, blobs: blobs, catalogue: catalogue,
      ids: IDMaker(time: SystemTime(), random: SystemRandom()), options: ways
    ) { path, name in
      let staged = try blobs.take(path, TakingOptions(), stop: nil)
      _ = try staged.commit(durability)
      return Self.asset(staged.facts, name)
    }
  }

  func begin() throws -> RunID {
    try runs.create(NewRun(schema: "dada", mode: .eco, inputText: "a cat")).id
  }

  /// Adds pictures by their numbers.
  func add(_ numbers: [Int], to run: RunID, measured: Bool = false) throws {
    var own: [Duration] = []
    for number in numbers {
      let start = ContinuousClock.now
      let intake = try blobs.beginIntake(IntakeOptions())
      try intake.append(Self.picture(number))
      let staged = try intake.finish()
      _ = try staged.commit(durability)
      var about = OutputDetails(type: "image", config: "sd35_large", backend: "comfyui")
      about.seed = "\(number)"
      about.node = "9"
      about.extra["prompt_id"] = "0d7ff0a2-0000-4000-8000-000000000001"
      _ = try runs.add(Self.asset(staged.facts, "output.png"), to: run, about)
      own.append(ContinuousClock.now - start)
    }
    guard measured else { return }
    times.withLock { [own] in $0 += own }
  }

  /// The median and the ninth of ten of the times in microseconds, and additions a second.
  func report(_ whole: Duration) -> String {
    let sorted = times.withLock { $0.sorted() }
    let rate = Double(sorted.count) / (whole / .seconds(1))
    return [sorted[sorted.count / 2], sorted[sorted.count * 9 / 10]]
      .map { String(Int($0 / .microseconds(1))) }.joined(separator: " ") + " \(Int(rate))"
  }

  func finish() { catalogue.finish() }

  private static func asset(_ facts: BlobFacts, _ name: String) -> NewAsset {
    let type = ContentType.of(facts.head, size: facts.size)
    return NewAsset(
      blob: facts.id, size: facts.size, name: name, source: .generated,
      addedAt: SystemTime().now,
      facts: AssetFacts(kind: type.kind, format: type.fileExtension, mimeType: type.mimeType))
  }

  /// A PNG's beginning and a number: 4 KiB in all.
  private static func picture(_ number: Int) -> [UInt8] {
    let head: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]
      + [0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0] + Array("number \(number)".utf8)
    return head + [UInt8](repeating: 7, count: 4_096 - head.count)
  }
}
