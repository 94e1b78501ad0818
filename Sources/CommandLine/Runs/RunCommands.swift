import Engine
import Foundations
import Model
import Runs

/// `mediary run`: passes of a pipeline, each a folder that explains itself.
enum RunCommands {
  static let group = CommandSpec(
    "run", "Keep what a pipeline made: its inputs, texts and outputs, run by run.",
    description: [
      "A run is a folder below `runs/` of the library with its texts, its outputs and a `metadata.json`. Any "
        + "number of programs may add to one at once: no output is lost, and none overwrites another. What is added "
        + "is in the library too, each content once.",
      "Commands that take several runs tell of those that fail one by one, and the others go on.",
    ])

  static let all: [any Command.Type] = [
    RunCreateCommand.self, RunAddCommand.self, RunNoteCommand.self, RunUpdateCommand.self,
    RunShowCommand.self, RunListCommand.self, RunDeleteCommand.self, RunUndeleteCommand.self,
    RunArchiveCommand.self, RunUnarchiveCommand.self, RunPurgeCommand.self,
    RunImportCommand.self, RunCleanupCommand.self,
  ]

  static let run = Argument("RUN", .id(RunID.self), "The id of a run.")
  static let runs = Argument("RUN", .id(RunID.self), "The ids of runs.").many()

  /// Shows a run after a change: in JSON all of it, in text where it stands.
  static func show(_ id: RunID, in open: OpenLibrary, did what: String, _ context: CommandContext)
    throws
  {
    let report = try open.report(on: id)
    try context.answer(
      .object(report.json), or: ["\("\(what)", .good)  \(id.text, .strong)  in \(report.path)"])
  }
}
