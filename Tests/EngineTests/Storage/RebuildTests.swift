import Blobs
import Engine
import Foundations
import Library
import Model
import Runs
import TestSupport
import Testing

@Suite("Rebuilding a library", .timeLimit(.minutes(5)))
struct RebuildTests {
  @Test("gives back the same assets, runs, outputs, generations, workflows and executions")
  func sameItems() throws {
    let home = try TestHome()
    let open = try home.open()
    try fill(open, home)
    let before = try LibraryDump(open).lines
    open.close()
    try remove(home)
    let report = try RebuildLibrary().run(TestHome.configuration(home.path), stop: StopFlag())
    #expect(report.isWhole, "\(report.json.text())")
    #expect(report.oldCatalogue == nil)
    let again = try home.open()
    defer { again.close() }
    let after = try LibraryDump(again).lines
    #expect(before.count > 40)
    for (old, new) in zip(before, after) { #expect(old == new) }
    #expect(before.count == after.count)
    // And what comes after it is journalled and rebuilt in turn.
    _ = try again.library.intake.add(bytes: content(99), AssetDetails(name: "later.txt"))
  }

  @Test("can be done again after changes, and puts the catalogue that was there aside")
  func again() throws {
    let home = try TestHome()
    for round in 0..<3 {
      let open = try home.open()
      let added = try open.library.intake.add(bytes: content(round), AssetDetails(name: "a.txt"))
      var change = AssetChange()
      change.tags = ["round-\(round)"]
      try open.library.change(added.asset.id, change)
      let before = try LibraryDump(open).lines
      open.close()
      var rebuilding = RebuildLibrary()
      rebuilding.replaces = true
      let report = try rebuilding.run(TestHome.configuration(home.path), stop: StopFlag())
      let old = try #require(report.oldCatalogue)
      #expect(FileStatus.ifPresent(old) != nil)
      let after = try home.open()
      #expect(try LibraryDump(after).lines == before)
      after.close()
    }
  }

  @Test("that is stopped changes nothing, and leaves nothing behind")
  func stopped() throws {
    let home = try TestHome()
    let open = try home.open()
    try fill(open, home)
    open.close()
    try remove(home)
    let journal = try names(home.path.appending("journal"))
    let stop = StopFlag()
    let progress = ProgressSink { if $0.done >= 5 { stop.stop() } }
    #expect(throws: StoppedFailure.self) {
      try RebuildLibrary().run(
        TestHome.configuration(home.path), stop: stop, progress: progress)
    }
    #expect(FileStatus.ifPresent(home.path.appending("mediary.db")) == nil)
    #expect(try names(home.path.appending("journal")) == journal)
    #expect(try names(home.path.appending("work")).isEmpty)
    #expect(throws: LibraryFailure.self) { try home.open() }
  }

  @Test("a line of the journal that cannot be read is told, and the others come back")
  func damagedLine() throws {
    let home = try TestHome()
    let open = try home.open()
    for number in 0..<3 {
      _ = try open.library.intake.add(bytes: content(number), AssetDetails(name: "\(number).txt"))
    }
    open.close()
    let name = try #require(try names(home.path.appending("journal")).first)
    let file = home.path.appending("journal").appending(name)
    var lines = String(decoding: try SmallFile.read(file, limit: 1 << 20), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    let second = try #require(
      lines.indices.filter { lines[$0].contains("\"origin\"") }.dropFirst().first)
    lines[second] = String(lines[second].dropLast(5)) + "#####"
    try AtomicFile.replace(file, with: (lines.joined(separator: "\n") + "\n").utf8)
    try remove(home)
    let report = try RebuildLibrary().run(TestHome.configuration(home.path), stop: StopFlag())
    #expect(!report.isWhole && report.damaged.count == 1)
    #expect(report.assets.count == 2 && report.catalogue.untracked == 1)
  }

  @Test("without a journal, content and runs alone come back")
  func withoutJournal() throws {
    let home = try TestHome()
    let open = try home.open()
    try fill(open, home)
    let assets = try open.library.finding.statistics().assets.count
    open.close()
    try remove(home)
    for name in try names(home.path.appending("journal")) {
      let place = try Destination(home.path.appending("journal").appending(name))
      try place.folder.removeFile(place.name)
    }
    let report = try RebuildLibrary().run(TestHome.configuration(home.path), stop: StopFlag())
    #expect(report.runs == 3)
    // What had been in the trash lives again: nothing tells that it had not.
    #expect(report.assets.count >= assets)
  }

  private func remove(_ home: TestHome) throws {
    let folder = try Folder.open(home.path)
    try folder.removeFile("mediary.db")
    for name: FileName in ["mediary.db-wal", "mediary.db-shm"] where try folder.find(name) != nil {
      try folder.removeFile(name)
    }
  }

  private func names(_ folder: FilePath) throws -> [String] {
    try FolderEntries(of: .open(folder)).map(\.name.text).sorted()
  }

  /// A library with something of everything.
  private func fill(_ open: OpenLibrary, _ home: TestHome) throws {
    let intake = open.library.intake
    var ids: [AssetID] = []
    for number in 0..<12 {
      let source = try home.file("source-\(number).txt", content(number))
      ids.append(try intake.add(file: source, AssetDetails(user: "ada")).asset.id)
    }
    // A second name, a change, a deletion, one brought back, one forgotten.
    _ = try intake.add(bytes: content(1), AssetDetails(name: "again.txt", source: .downloaded))
    var change = AssetChange()
    (change.name, change.tags, change.text) = ("née.txt", ["best", "日本"], "notes\nin lines")
    (change.rating, change.isFavourite) = (4, true)
    change.extra = ["camera": ["lens": "35mm", "iso": 100], "list": [1, "two", nil]]
    try open.library.change(ids[2], change)
    try open.library.delete(ids[3])
    try open.library.delete(ids[4])
    try open.library.undelete(ids[4])
    try open.library.delete(ids[5])
    try open.library.care.emptyTrash(olderThan: .zero, isDryRun: false)
    try open.library.delete(ids[6])
    for number in 0..<2 {
      var generation = Generation(id: open.library.newGenerationID(), asset: ids[7])
      generation.prompt = "a red kite \(number)"
      generation.seed = "18446744073709551615"
      generation.parameters = ["steps": 20, "loras": ["a", "b"]]
      try open.library.putGeneration(generation)
    }
    try fillRuns(open)
    try fillWorkflows(open, ids)
  }

  private func fillRuns(_ open: OpenLibrary) throws {
    for (number, name) in ["live", "gone", "packed"].enumerated() {
      var new = NewRun(
        schema: "story", mode: .fast, inputText: "a lighthouse \(number)", user: "bo")
      new.id = try RunID(name)
      new.extra = ["unknown": ["kept": true]]
      _ = try open.runs.create(new)
      for output in 0..<3 {
        let prepared = try open.library.intake.prepare(
          bytes: content(100 + 10 * number + output),
          AssetDetails(name: "out.txt", source: .generated))
        var about = OutputDetails(type: "text", config: "sdxl", backend: "local")
        about.seed = "\(output)"
        _ = try open.runs.add(prepared.new, to: RunID(name), about)
      }
      _ = try open.runs.addText("a text", type: "interception", to: RunID(name))
      _ = try open.runs.setState(RunStateChange(.complete, stage: "done"), of: RunID(name))
    }
    _ = try open.runs.delete(RunID("gone"))
    _ = try open.runs.archive(RunID("packed"))
  }

  private func fillWorkflows(_ open: OpenLibrary, _ ids: [AssetID]) throws {
    let workflows = open.library.workflows
    let definition: JSONValue = [
      "nodes": [
        ["id": "text", "type": "TextInput"], ["id": "draw", "type": "ImageGenerator"],
      ], "connections": [["from": "text-output-0", "to": "draw-input-0"]],
    ]
    let kept = try workflows.create(name: "kites", description: "d", definition: definition)
    var change = Workflows.Change()
    change.definition = ["nodes": [["id": "text", "type": "TextInput"]], "connections": []]
    change.status = .saved
    try workflows.update(kept.workflow.id, change)
    for number in 0..<2 {
      let execution = try workflows.start(kept.workflow.id, data: ["number": .int(number)])
      for asset in ids[7...8] {
        try workflows.associate(
          asset, with: kept.workflow.id, node: "draw", role: .output, execution: execution.id)
      }
      try workflows.update(
        execution.id, status: number == 0 ? .failed : .completed, error: number == 0 ? "no" : nil)
    }
    let template = try workflows.create(name: "template", isTemplate: true)
    try workflows.archive(template.workflow.id)
    let gone = try workflows.create(name: "gone")
    try workflows.delete(gone.workflow.id)
  }
}

/// All that a library answers of its things, a line each.
struct LibraryDump {
  private(set) var lines: [String] = []

  init(_ open: OpenLibrary) throws {
    try takeAssets(open)
    try takeRuns(open)
    try takeWorkflows(open)
    lines.append(JSONValue.object(try open.library.finding.statistics().json).text())
  }

  private mutating func takeAssets(_ open: OpenLibrary) throws {
    for isDeleted in [false, true] {
      var filter = AssetFilter()
      filter.isDeleted = isDeleted
      let page = try open.library.finding.list(filter, atMost: 1_000)
      for asset in page.items {
        lines.append("asset " + asset.json(open.library).text())
        try open.catalogue.read { catalogue in
          lines += try catalogue.origins(of: asset.id).map { "origin " + $0.json.text() }
          lines += try catalogue.generations(of: asset.id).map { "generation " + $0.json.text() }
          lines += try catalogue.references(to: asset.id).map { "reference \($0)" }.sorted()
        }
      }
    }
  }

  private mutating func takeRuns(_ open: OpenLibrary) throws {
    for (isDeleted, isArchived) in [(false, false), (true, false), (false, true)] {
      var filter = RunFilter()
      (filter.isDeleted, filter.isArchived) = (isDeleted, isArchived)
      for run in try open.runs.list(filter, atMost: 1_000).items {
        lines.append("run " + run.json.text())
        lines.append("metadata " + JSONValue.object(try open.runs.metadata(of: run.id).json).text())
        for output in try open.catalogue.read({ try $0.outputs(of: run.id) }) {
          lines.append(
            "output \(output.ordinal) \(output.type) \(output.filename) \(output.asset?.text ?? "")"
              + " \(output.blob?.description ?? "") \(JSONValue.object(output.details).text())")
        }
      }
    }
  }

  private mutating func takeWorkflows(_ open: OpenLibrary) throws {
    for isArchived in [false, true] {
      var filter = WorkflowFilter()
      filter.isArchived = isArchived
      for workflow in try open.library.workflows.list(filter).items {
        lines.append("workflow " + workflow.json.text())
        let id = workflow.id
        lines += try open.library.workflows.versions(of: id).map { "version " + $0.json.text() }
        lines += try open.library.workflows.executions(of: id).items.map {
          "execution " + $0.json.text()
        }
        lines += try open.library.workflows.associations(of: id).map {
          "association " + $0.json.text()
        }
      }
    }
  }
}
