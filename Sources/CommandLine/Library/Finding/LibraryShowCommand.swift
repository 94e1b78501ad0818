import Engine
import Foundations
import Model

/// `mediary library show`: all that is known of an asset.
enum LibraryShowCommand: Command {
  static let spec = CommandSpec(
    "show", "Show all that is known of an asset.",
    description: [
      "Its facts, the names it came under, how it was made, and the runs and workflows that refer to it."
    ],
    arguments: [LibraryCommands.asset],
    examples: [
      CommandExample(
        "cp $(mediary library show ASSET --json | jq -r .file_path) out.png", "Copy the content")
    ],
    seeAlso: ["library list", "library generation"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let asset = try open.asset(named: arguments[LibraryCommands.asset])
      let known = try open.catalogue.read { catalogue in
        Known(
          origins: try catalogue.origins(of: asset.id),
          generations: try catalogue.generations(of: asset.id),
          references: try catalogue.references(to: asset.id),
          associations: try catalogue.associations(of: asset.id))
      }
      try context.answer(
        known.json(asset, open), or: AssetText.card(asset, open.library) + known.lines)
      return .success
    }
  }

  /// What hangs on an asset.
  private struct Known {
    let origins: [AssetOrigin]
    let generations: [Generation]
    let references: [AssetReference]
    let associations: [Association]

    private var runs: [String] {
      references.compactMap { if case .run(let id) = $0 { id.text } else { nil } }
    }

    func json(_ asset: Asset, _ open: OpenLibrary) -> JSONValue {
      var object = asset.json(open.library).object ?? JSONObject()
      object["origins"] = .array(origins.map(\.json))
      object["generations"] = .array(generations.map(\.json))
      object["runs"] = .array(runs.map { .string($0) })
      object["associations"] = .array(associations.map(\.json))
      return .object(object)
    }

    var lines: [StyledText] {
      var lines: [StyledText] = []
      if origins.count > 1 || origins.first?.from != nil {
        lines += ["", StyledText("came as", .heading)]
        for origin in origins {
          lines.append(
            "  \(AssetText.moment(origin.addedAt), .quiet)  \(origin.source.rawValue)  \(origin.name)"
              + StyledText(origin.from.map { "  from \($0)" } ?? "", .quiet))
        }
      }
      for generation in generations { lines += [""] + GenerationText.lines(generation) }
      if !runs.isEmpty || !associations.isEmpty {
        lines += ["", StyledText("belongs to", .heading)]
        lines += runs.map { "  run \($0, .accent)" }
        lines += associations.map {
          "  workflow \($0.workflow.text, .accent)  \($0.role.rawValue) of \($0.node)"
        }
      }
      return lines
    }
  }
}
