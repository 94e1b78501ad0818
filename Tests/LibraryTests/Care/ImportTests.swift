import Foundation
import Foundations
import Library
import Model
import FormerLibrary
import TestSupport
import Testing

@Suite("import", .timeLimit(.minutes(5)))
struct ImportTests {
  @Test("a folder comes in with all folders in it, and costs nothing the second time")
  func folder() throws {
    let store = Gathered<CountingStore>()
    let shelf = try Shelf { inner in
      let counting = CountingStore(inner)
      store.add(counting)
      return counting
    }
    for seed: UInt64 in 0..<6 {
      try shelf.file("in/\(seed % 2)/\(seed).jpg", ScenePicture.jpeg(seed))
    }
    try shelf.file("in/copy.jpg", ScenePicture.jpeg(0))
    try shelf.file("in/notes.txt", Array("no media".utf8))
    try shelf.file("in/empty.png", [])
    let path = FilePath(shelf.temporary("in"))
    let report = try shelf.library.care.importFolder(path)
    #expect(report.added == 6)
    #expect(report.duplicates == 1)
    #expect(report.passedOver == 1)
    #expect(report.refusals.map(\.why.code) == [.libraryEmpty])
    let takes = try #require(store.all.first).takes
    let before = takes.value
    let again = try shelf.library.care.importFolder(path)
    #expect(again.added == 0)
    #expect(again.duplicates == 7)
    // Only the empty file is tried again.
    #expect(takes.value == before + 1)
  }

  @Test("a library inside the folder is not taken into itself")
  func itself() throws {
    let shelf = try Shelf()
    try shelf.file("a.jpg", ScenePicture.jpeg(1))
    let report = try shelf.library.care.importFolder(FilePath(shelf.temporary.path))
    #expect(report.added == 1)
    #expect(try shelf.library.care.importFolder(FilePath(shelf.temporary.path)).added == 0)
  }

  @Test("a watched folder's files come in once their writers are done")
  func watched() throws {
    let shelf = try Shelf()
    try shelf.file("in/old.jpg", ScenePicture.jpeg(1))
    var options = WatchedFolder.Options()
    options.settles = .zero
    let (added, refused) = (Gathered<String>(), Gathered<String>())
    let stop = StopFlag()
    let path = FilePath(shelf.temporary("in"))
    // Made beforehand: the thread that watches must not be waited for by a clock.
    let next = try ScenePicture.jpeg(2)
    let deep = try ScenePicture.jpeg(3)
    let temporary = shelf.temporary
    do {
      try shelf.library.care.watch(path, options).run(stop: stop) { event in
        switch event {
        case .waiting:
          _ = try? temporary.write("in/new.jpg", next)
          _ = try? temporary.write("in/deep/er/also.jpg", deep)
          _ = try? temporary.write("in/bad.png", Array("<html>no</html>".utf8))
        case .added(let path, _): added.add(path.name)
        case .refused(let path, _): refused.add(path.name)
        }
        if added.all.count == 3, refused.all.count == 1 { stop.stop() }
      }
      Issue.record("it ended by itself")
    } catch is StoppedFailure {}
    #expect(Set(added.all) == ["old.jpg", "new.jpg", "also.jpg"])
    #expect(refused.all == ["bad.png"])
  }

  @Test("another MediaManager's database comes over with its files, and its orphans are told")
  func mediaManager() throws {
    let shelf = try Shelf()
    try shelf.file(
      "old/videos/a.mkv", SyntheticScene(seed: 1).film(width: 64, height: 48, seconds: 1))
    let script = """
      import json, sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      db.executescript('''
      CREATE TABLE videos (id TEXT PRIMARY KEY, name TEXT, file_path TEXT UNIQUE, file_hash TEXT,
        size_bytes INTEGER, source_type TEXT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
        metadata TEXT);
      CREATE TABLE video_generation (video_id TEXT PRIMARY KEY, provider TEXT, model TEXT,
        prompt TEXT, generation_params TEXT, job_id TEXT, status TEXT, error TEXT,
        started_at TEXT, completed_at TEXT);
      CREATE TABLE workflows (id TEXT PRIMARY KEY, name TEXT, description TEXT, status TEXT,
        definition TEXT, created_at TEXT, updated_at TEXT, last_executed_at TEXT);
      CREATE TABLE workflow_executions (id TEXT PRIMARY KEY, workflow_id TEXT, status TEXT,
        started_at TEXT, completed_at TEXT, error TEXT, execution_data TEXT);
      CREATE TABLE workflow_videos (workflow_id TEXT, video_id TEXT, node_id TEXT, node_type TEXT,
        role TEXT, execution_id TEXT, created_at TEXT);
      ''')
      db.execute("INSERT INTO videos VALUES ('v1','first','videos/a.mkv','x',1,'generated','2025-10-15 08:30:00',?)", (json.dumps({'take': 3}),))
      db.execute("INSERT INTO videos VALUES ('v2','gone','videos/b.mkv','y',1,'uploaded','2025-10-15 08:31:00',NULL)")
      db.execute("INSERT INTO video_generation VALUES ('v1','google','veo','a red door',?,'j1','completed',NULL,'2025-10-15T08:29:00.250000','2025-10-15T08:30:00')", (json.dumps({'seed': 7}),))
      db.execute("INSERT INTO video_generation VALUES ('nobody','google','veo','lost',NULL,'j2','completed',NULL,NULL,NULL)")
      db.execute("INSERT INTO workflows VALUES ('w1','drama',NULL,'saved',?,'2025-10-14 10:00:00','2025-10-14 11:00:00',NULL)", (json.dumps({'nodes': [{'id': 'n', 'type': 'Sora2Video'}]}),))
      db.execute("INSERT INTO workflow_executions VALUES ('e1','w1','completed','2025-10-15 08:00:00','2025-10-15 08:30:00',NULL,'{}')")
      db.execute("INSERT INTO workflow_executions VALUES ('e2','w9','completed',NULL,NULL,NULL,NULL)")
      db.execute("INSERT INTO workflow_videos VALUES ('w1','v1','n','Sora2Video','output','e1','2025-10-15 08:30:00')")
      db.execute("INSERT INTO workflow_videos VALUES ('w1','nobody','n','Sora2Video','output',NULL,NULL)")
      db.commit()
      """
    let database = FilePath(shelf.temporary("old/media.db"))
    let python = try CommandRun("/usr/bin/python3", ["-c", script, database.text])
    #expect(python.status == 0, "\(python.stderr)")
    let report = try shelf.library.care.importFormer(FormerDatabase(database))
    #expect(report.assets.added == 1)
    #expect(report.orphans.count == 4)
    #expect(report.assets.refusals.isEmpty)
    let asset = try shelf.library.asset(AssetID("v1"))
    #expect(asset.name == "first")
    #expect(asset.source == .generated)
    #expect(asset.addedAt.description == "2025-10-15T08:30:00.000Z")
    #expect(asset.notes.extra["take"]?.int == 3)
    let generation = try #require(
      shelf.catalogue.read { try $0.generations(of: asset.id).first })
    #expect(generation.prompt == "a red door")
    #expect(generation.startedAt?.description == "2025-10-15T08:29:00.250Z")
    let workflow = try shelf.library.workflows.show(WorkflowID("w1"))
    #expect(workflow.status == .saved)
    let association = try #require(
      shelf.library.workflows.associations(of: workflow.id).first)
    #expect(association.execution?.text == "e1")
    // Called again, it adds nothing.
    let again = try shelf.library.care.importFormer(FormerDatabase(database))
    #expect(again.assets.added == 0)
    #expect(try shelf.library.workflows.associations(of: workflow.id).count == 1)
    #expect(try shelf.catalogue.read { try $0.generations(of: asset.id) }.count == 1)
  }
}
