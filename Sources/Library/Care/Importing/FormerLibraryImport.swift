package import Foundations
import Model
package import FormerLibrary

extension Care {
  /// Takes in all that another MediaManager's database tells, with its files.
  ///
  /// Ids are kept where they are ids, so that links go on working. Rows that refer to what is not
  /// there are told one by one. Nothing of the other one is changed; called again, it goes on.
  package func importFormer(
    _ database: FormerDatabase, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none
  ) throws -> FormerLibraryImport.Report {
    var work = FormerLibraryImport(library: library, database: database)
    try database.read(stop: stop) { table, row in
      try stop.check()
      work.take(row, of: table, stop)
      progress.report(ProgressUpdate(Double(work.report.rows), of: nil, .items("rows")))
    }
    return work.report
  }
}

/// Brings the rows of another MediaManager over, one at a time.
package struct FormerLibraryImport {
  /// What came over.
  package struct Report: Sendable {
    package var rows = 0
    package var assets = ImportReport()
    package var generations = 0
    package var workflows = 0
    package var executions = 0
    package var associations = 0
    /// Rows that refer to what is not there, in words.
    package var orphans: [String] = []
  }

  let library: MediaLibrary
  let database: FormerDatabase
  private(set) var report = Report()
  /// What became of its ids.
  private var assets: [String: AssetID] = [:]
  private var workflows: [String: WorkflowID] = [:]
  private var executions: [String: ExecutionID] = [:]

  init(library: MediaLibrary, database: FormerDatabase) {
    self.library = library
    self.database = database
  }

  mutating func take(
    _ row: FormerRow, of table: FormerDatabase.Table, _ stop: StopFlag
  ) {
    report.rows += 1
    let id = row.text("id") ?? row.text("video_id") ?? ""
    do {
      switch table {
      case .videos: try takeVideo(row, id, stop)
      case .generations: try takeGeneration(row, id)
      case .workflows: try takeWorkflow(row, id)
      case .executions: try takeExecution(row, id)
      case .associations: try takeAssociation(row, id)
      }
    } catch {
      report.assets.refuse("\(table.rawValue) \(ShownText.of(id))", error)
    }
  }

  private mutating func orphan(_ what: String, _ missing: String) {
    guard report.orphans.count < ImportReport.mostRefusals else { return }
    report.orphans.append(ShownText.of("\(what): \(missing)"))
  }

  private mutating func takeVideo(
    _ row: FormerRow, _ id: String, _ stop: StopFlag
  ) throws {
    guard let text = row.text("file_path"), let path = file(text) else {
      return orphan("video \(id)", "its file \(row.text("file_path") ?? "") is not there")
    }
    var details = AssetDetails(
      source: row.text("source_type").flatMap(AssetSource.init(rawValue:)) ?? .uploaded)
    details.name = AssetName.mended(row.text("name") ?? path.name)
    details.addedAt = row.time("created_at")
    // An id that stands for something else here gives way.
    let wanted = try? AssetID(id)
    let holder = try wanted.flatMap { id in try library.catalogue.read { try $0.asset(id) } }
    let prepared = try library.intake.prepare(file: path, details, stop: stop)
    var new = prepared.new
    if holder == nil || holder?.blob == new.blob { new.id = wanted }
    let isKnown = try library.catalogue.read { try $0.asset(of: new.blob) } != nil
    if isKnown { new.id = nil }
    let added = try library.intake.record(PreparedAsset(new: new, file: prepared.file))
    assets[id] = added.asset.id
    report.assets.take(added)
    let extra = row.object("metadata")
    guard !extra.members.isEmpty, !added.isDuplicate else { return }
    var change = AssetChange()
    change.extra = extra
    try library.change(added.asset.id, change)
  }

  /// Where a file lies: as it was written, or beside the database or the folder around it.
  private func file(_ text: String) -> FilePath? {
    let path = FilePath(text)
    let beside = database.path.parent
    let places =
      path.isAbsolute
      ? [path] : [beside.appending(path), beside.parent.appending(path), path]
    return places.first { FileStatus.ifPresent($0)?.kind == .plain }
  }

  private mutating func takeGeneration(_ row: FormerRow, _ video: String) throws {
    guard let asset = assets[video] else {
      return orphan("generation of \(video)", "there is no such video")
    }
    let id = (try? GenerationID("mediamanager-\(video)")) ?? library.newGenerationID()
    var generation = Generation(id: id, asset: asset)
    generation.provider = row.text("provider")
    generation.model = row.text("model")
    generation.prompt = row.text("prompt")
    generation.parameters = row.object("generation_params")
    generation.seed = generation.parameters["seed"].map { $0.string ?? $0.text() }
    generation.negativePrompt = generation.parameters["negative_prompt"]?.string
    generation.jobID = row.text("job_id")
    generation.status = row.text("status") ?? "completed"
    generation.error = row.text("error")
    generation.startedAt = row.time("started_at")
    generation.completedAt = row.time("completed_at")
    try library.putGeneration(generation)
    report.generations += 1
  }

  private mutating func takeWorkflow(_ row: FormerRow, _ id: String) throws {
    let definition = JSONValue.object(row.object("definition"))
    do { _ = try WorkflowDefinition(definition) } catch {
      // Kept as a draft all the same: its owner can mend it here.
      orphan("workflow \(id)", error.message)
    }
    let made = row.time("created_at") ?? library.clock.now
    let workflow = Workflow(
      id: (try? WorkflowID(id)) ?? WorkflowID(library.ids.uuid()),
      name: AssetName.mended(row.text("name") ?? "workflow"),
      description: row.text("description"),
      status: row.text("status").flatMap(Workflow.Status.init(rawValue:)) ?? .draft,
      definition: definition, createdAt: made, updatedAt: row.time("updated_at") ?? made)
    let kept = try library.catalogue.write { catalogue in
      if let there = try catalogue.workflow(workflow.id) { return there }
      return try catalogue.putWorkflow(workflow)
    }
    workflows[id] = kept.id
    report.workflows += 1
  }

  private mutating func takeExecution(_ row: FormerRow, _ id: String) throws {
    guard let workflow = row.text("workflow_id").flatMap({ workflows[$0] }) else {
      return orphan("execution \(id)", "its workflow is not there")
    }
    let status = row.text("status").flatMap(Execution.Status.init(rawValue:)) ?? .completed
    var execution = Execution(
      id: (try? ExecutionID(id)) ?? ExecutionID(library.ids.uuid()), workflow: workflow,
      status: status, startedAt: row.time("started_at") ?? library.clock.now)
    execution.completedAt = row.time("completed_at")
    execution.error = row.text("error")
    execution.data = row.object("execution_data")
    let new = execution
    try library.catalogue.write { try $0.putExecution(new) }
    executions[id] = new.id
    report.executions += 1
  }

  private mutating func takeAssociation(_ row: FormerRow, _ video: String) throws {
    guard let asset = assets[video],
      let workflow = row.text("workflow_id").flatMap({ workflows[$0] })
    else {
      return orphan(
        "association of \(video) with \(row.text("workflow_id") ?? "")", "one of them is not there")
    }
    let execution = row.text("execution_id")
    if let execution, executions[execution] == nil {
      orphan("association of \(video)", "there is no execution \(execution)")
    }
    let association = Association(
      workflow: workflow, asset: asset, node: row.text("node_id") ?? "",
      nodeType: row.text("node_type") ?? "",
      role: row.text("role").flatMap(Association.Role.init(rawValue:)) ?? .output,
      execution: execution.flatMap { executions[$0] },
      createdAt: row.time("created_at") ?? library.clock.now)
    try library.catalogue.write { try $0.associate(association) }
    report.associations += 1
  }
}
