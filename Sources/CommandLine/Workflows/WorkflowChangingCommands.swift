import Engine
import Foundations
import Library
import Model

/// `mediary workflow update`.
enum WorkflowUpdateCommand: Command {
  private static let name = Option("name", .text, "What it is called.", placeholder: "NAME")
  private static let description = Option(
    "description", .textOrEmpty,
    "What it is for: the text, @ and a file with it, or -; empty takes it away.",
    placeholder: GivenText.placeholder)
  private static let ifVersion = Option(
    "if-version", .integer(in: 1...Int.max),
    "Only if it still is at this version; a conflict otherwise.")
  private static let template = Option.toggle("template", "Whether it is to make others of.")

  static let spec = CommandSpec(
    "update", "Change a workflow; a changed definition is a new version.",
    arguments: [WorkflowCommands.workflow],
    options: [name, description, WorkflowCommands.definition, ifVersion, template],
    examples: [
      CommandExample(
        "mediary workflow update WORKFLOW --definition @graph.json --if-version 3",
        "Change it, unless somebody else has meanwhile")
    ],
    seeAlso: ["workflow save", "workflow versions"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let wishes: [any OptionKey] = [name, description, WorkflowCommands.definition, template]
    guard wishes.contains(where: { arguments.isGiven($0) }) else {
      throw UsageFailure(
        .usageMissingOption, "'mediary workflow update' was told no change",
        hint: "see 'mediary workflow update --help'")
    }
    var change = Workflows.Change()
    change.name = arguments[name]
    change.description = try arguments[description].map { try GivenText.text($0, context) }
    change.definition = try WorkflowCommands.definition(arguments, context)
    change.ifVersion = arguments[ifVersion]
    change.isTemplate = arguments[template]
    let wanted = change
    return try context.withLibrary { open in
      let kept = try open.library.workflows.update(
        arguments[WorkflowCommands.workflow], wanted)
      try WorkflowCommands.show(kept, did: "updated", context)
      return .success
    }
  }
}

/// `mediary workflow save`.
enum WorkflowSaveCommand: Command {
  static let spec = CommandSpec(
    "save", "Say that a workflow is done with drawing.",
    arguments: [WorkflowCommands.workflow], options: [WorkflowCommands.definition],
    seeAlso: ["workflow update"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let definition = try WorkflowCommands.definition(arguments, context)
    return try context.withLibrary { open in
      let kept = try open.library.workflows.save(
        arguments[WorkflowCommands.workflow], definition: definition)
      try WorkflowCommands.show(kept, did: "saved", context)
      return .success
    }
  }
}

/// `mediary workflow versions`.
enum WorkflowVersionsCommand: Command {
  private static let restore = Option(
    "restore", .integer(in: 1...Int.max), "Bring this version back, as a new one.")

  static let spec = CommandSpec(
    "versions", "List the definitions that a workflow had, or bring one back.",
    arguments: [WorkflowCommands.workflow], options: [restore],
    examples: [
      CommandExample("mediary workflow versions WORKFLOW --restore 2", "Bring version 2 back"),
      CommandExample(
        "mediary workflow versions WORKFLOW --json | jq '.items[1].definition'",
        "Look at the one before"),
    ],
    seeAlso: ["workflow update"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let id = arguments[WorkflowCommands.workflow]
    return try context.withLibrary { open in
      if let number = arguments[restore] {
        let kept = try open.library.workflows.restore(id, version: number)
        try WorkflowCommands.show(kept, did: "restored", context)
        return .success
      }
      let versions = try open.library.workflows.versions(of: id)
      let page = Page<WorkflowVersion>(items: versions, next: nil)
      try context.answer(page.json { $0.json }, or: lines(versions, context.out.terminal))
      return .success
    }
  }

  private static func lines(_ versions: [WorkflowVersion], _ terminal: Terminal) -> [StyledText] {
    var table = TextTable([
      TextTable.Column("Version", .trailing), TextTable.Column("Saved (UTC)"),
      TextTable.Column("Nodes", .trailing), TextTable.Column("Connections", .trailing),
    ])
    for version in versions {
      let definition = try? WorkflowDefinition(version.definition)
      table.add([
        StyledText("\(version.number)", .accent),
        StyledText(version.savedAt.shownInColumn, .quiet),
        StyledText(definition.map { "\($0.nodes.count)" } ?? "?"),
        StyledText(definition.map { "\($0.connections.count)" } ?? "?"),
      ])
    }
    return table.lines(for: terminal)
  }
}
