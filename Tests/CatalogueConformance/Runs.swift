import Foundations
import Model
import Testing

/// What is promised of runs.
enum Runs {
  static let promises = [
    CataloguePromise("a run is what its folder says, with all its outputs, and grows with it") {
      try $0.add(1)
      var run = try Sample.run(1)
      run.user = "ann"
      run.inputText = "a cat"
      run.state.stage = "media"
      run.state.expectedOutputs = ["image"]
      let outputs = try (1...3).map { number in
        RunOutput(
          run: run.id, ordinal: number, type: "image", filename: "output_image_\(number).png",
          asset: try Sample.assetID(1), blob: Sample.blob(1), addedAt: Sample.time(number),
          details: ["seed": .int(number), "width": 640])
      }
      let store = $0.store
      for count in [1, 3, 2] {
        run.state.status = count == 2 ? .complete : .running
        try store.write { [run] in try $0.putRun(run, outputs: Array(outputs.prefix(count))) }
        let id = run.id
        #expect(try store.read { try $0.run(id) } == run)
        #expect(try store.read { try $0.outputs(of: id) } == Array(outputs.prefix(count)))
      }
      #expect(try store.read { try $0.statistics().runs } == 1)
      let id = run.id
      try store.write { try $0.purgeRun(id) }
      #expect(try store.read { try $0.run(id) } == nil)
      #expect(try $0.ids() == ["a1"])
      #expect(try store.read { try $0.statistics().runs } == 0)
    },
    CataloguePromise("an output of an asset that is not there is refused") {
      let store = $0.store
      let run = try Sample.run(1)
      let output = RunOutput(
        run: run.id, ordinal: 1, type: "image", filename: "o.png", asset: try Sample.assetID(1),
        blob: nil, addedAt: Sample.time(1), details: [:])
      let code = failureCode { try store.write { try $0.putRun(run, outputs: [output]) } }
      #expect(code == .modelNotFound)
      #expect(try store.read { try $0.run(run.id) } == nil)
    },
    CataloguePromise("runs come the newest first, in pages, by every filter") { subject in
      for number in 0..<9 {
        var run = try Sample.run(number)
        run.createdAt = Sample.time(number / 2)
        run.user = number % 2 == 0 ? "ann" : nil
        run.state.status = number % 3 == 0 ? .failed : .complete
        if number == 8 { run.deletedAt = Sample.time(9) }
        if number == 7 { run.archivedAt = Sample.time(9) }
        try subject.store.write { [run] in try $0.putRun(run, outputs: []) }
      }
      #expect(try ids(subject) { _ in } == ["r7", "r6", "r5", "r4", "r3", "r2", "r1", "r0"])
      #expect(try ids(subject) { $0.user = "ann" } == ["r6", "r4", "r2", "r0"])
      #expect(try ids(subject) { $0.status = .failed } == ["r6", "r3", "r0"])
      #expect(try ids(subject) { $0.isDeleted = true } == ["r8"])
      #expect(try ids(subject) { $0.isArchived = true } == ["r7"])
      #expect(
        try ids(subject) {
          $0.from = Sample.time(1)
          $0.to = Sample.time(2)
          $0.schema = "dada"
          $0.mode = "eco"
        } == ["r5", "r4", "r3", "r2"])
      #expect(try ids(subject) { $0.schema = "bauhaus" }.isEmpty)
    },
  ]

  private static func ids(
    _ subject: CataloguePromise.Subject, _ set: (inout RunFilter) -> Void
  ) throws -> [String] {
    var filter = RunFilter()
    set(&filter)
    var found: [String] = []
    var cursor: PageCursor?
    repeat {
      let page = try subject.store.read { [filter, cursor] in
        try $0.runs(filter, after: cursor, atMost: 3)
      }
      found += page.items.map(\.id.text)
      cursor = page.next
    } while cursor != nil
    return found
  }
}
