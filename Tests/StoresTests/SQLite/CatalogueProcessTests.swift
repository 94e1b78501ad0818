import CatalogueConformance
import Foundations
import Glibc
import Model
import Stores
import TestSupport
import Testing

@Suite("Processes at one catalogue", .timeLimit(.minutes(5)))
struct CatalogueProcessTests {
  @Test("eight that add one content have one asset and seven duplicates")
  func identical() async throws {
    let folder = try TemporaryFolder()
    await withTaskGroup(of: Void.self) { tasks in
      for number in 0..<8 {
        tasks.addTask {
          await #expect(processExitsWith: .success) {
            [path = folder.path as String, number = number as Int] in
            let store = try SQLiteCatalogue.open(in: FilePath(path))
            _ = try store.write {
              try $0.addAsset(Sample.asset(1), id: Sample.assetID(number))
            }
            store.finish()
          }
        }
      }
    }
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path))
    let page = try store.read { try $0.assets(AssetFilter(), .newest, after: nil, atMost: 10) }
    let asset = try #require(page.items.first)
    #expect(page.items.count == 1)
    #expect(try store.read { try $0.origins(of: asset.id) }.count == 8)
    #expect(try entries(of: store.journal()).count == 8)
    await finish(store)
  }

  @Test("that are killed leave all that was told, and a journal that agrees with the catalogue")
  func killed() async throws {
    let folder = try TemporaryFolder()
    var random = Seeded()
    print("processes at one catalogue that are killed: SEED=\(random.seed)")
    for round in 0..<12 {
      let times = (0..<4).map { _ in Int.random(in: 0...80_000, using: &random) }
      await withTaskGroup(of: Void.self) { tasks in
        for (number, time) in times.enumerated() {
          tasks.addTask {
            await #expect(processExitsWith: .signal(SIGKILL)) {
              [
                path = folder.path as String, base = (round * 4 + number) * 100_000 as Int,
                time = time as Int
              ] in
              try addUntilKilled(FilePath(path), from: base, after: .microseconds(time))
            }
          }
        }
      }
      try await examine(folder)
    }
  }

  private func examine(_ folder: TemporaryFolder) async throws {
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path))
    #expect(try store.problems(stop: nil).isEmpty)
    var known: Set<AssetID> = []
    var cursor: PageCursor?
    repeat {
      let page = try store.read { [cursor] in
        try $0.assets(AssetFilter(), .newest, after: cursor, atMost: 1_000)
      }
      known.formUnion(page.items.map(\.id))
      cursor = page.next
    } while cursor != nil
    let journal = try entries(of: store.journal()).map { entry -> AssetID? in
      if case .origin(let origin, _) = entry { origin.asset } else { nil }
    }
    #expect(journal.count == known.count)
    #expect(Set(journal.compactMap { $0 }) == known)
    #expect(try store.read { try $0.statistics().assets.count } == known.count)
    if FileStatus.ifPresent(FilePath(folder("told"))) != nil {
      let bytes = try SmallFile.read(FilePath(folder("told")), limit: 100 << 20)
      let told = try bytes.split(separator: 10).map {
        try AssetID(String(decoding: $0, as: UTF8.self))
      }
      #expect(Set(told).isSubset(of: known))
    }
    await finish(store)
  }
}

/// Adds one asset after the other until the process kills itself, and notes what it was told is
/// there.
private func addUntilKilled(_ folder: FilePath, from base: Int, after time: Duration) throws {
  let store = try SQLiteCatalogue.open(in: folder)
  try OwnThread.start(named: "adds") {
    do {
      let told = try FileDescriptor.open(
        folder.appending("told"), O_WRONLY | O_CREAT | O_APPEND)
      for number in base... {
        let added = try store.write {
          try $0.addAsset(Sample.asset(number), id: Sample.assetID(number))
        }
        try told.write(Array("\(added.asset.id)\n".utf8))
      }
    } catch {
      fatalError("\(error)")
    }
  }
  // The deadline is the moment of death: nothing ever comes.
  let nothing: Void? = Monitor(0).wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
