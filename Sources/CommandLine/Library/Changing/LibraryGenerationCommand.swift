import Engine
import Foundations
import Library
import Model

/// `mediary library generation`: how an asset was made.
enum LibraryGenerationCommand: Command {
  private static let set = Option(
    "set", .text, "What is known: a JSON object.",
    placeholder: GivenText.jsonPlaceholder)

  static let spec = CommandSpec(
    "generation", "Show how an asset was made, or say it.",
    description: [
      "Members: `provider`, `model`, `prompt`, `negative_prompt`, `seed`, `generation_params` (an object), "
        + "`job_id`, `status`, `error`, `started_at`, `completed_at`. With the `generation_id` of one that is "
        + "there, that one is replaced; an asset may have several."
    ],
    arguments: [LibraryCommands.asset], options: [set],
    examples: [
      CommandExample(
        #"mediary library generation ASSET --set '{"model": "sdxl", "prompt": "a red kite", "seed": 7}'"#,
        "Say how it was made")
    ],
    seeAlso: ["library show", "metadata read"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let asset = try open.asset(named: arguments[LibraryCommands.asset])
      if let given = arguments[set] {
        let object = try GivenText.object(given, for: set, context)
        let generation = try open.library.putGeneration(
          Generation(object, of: asset.id, newID: open.library.newGenerationID()))
        try context.answer(generation.json, or: GenerationText.lines(generation))
        return .success
      }
      let all = try open.catalogue.read { try $0.generations(of: asset.id) }
      try context.answer(
        ["asset_id": .string(asset.id.text), "items": .array(all.map(\.json))],
        or: all.isEmpty
          ? ["Nothing is known of how \(asset.name) was made."]
          : all.flatMap(GenerationText.lines))
      return .success
    }
  }
}

/// How an asset was made, as people read it.
enum GenerationText {
  static func lines(_ generation: Generation) -> [StyledText] {
    let made = [generation.provider, generation.model].compactMap { $0 }.joined(separator: ", ")
    var lines: [StyledText] = [
      "\("made by", .heading) \(made.isEmpty ? "?" : made)  \(generation.id.text, .quiet)"
    ]
    lines += AssetText.line("prompt", generation.prompt)
    lines += AssetText.line("not", generation.negativePrompt)
    lines += AssetText.line("seed", generation.seed)
    if generation.status != "completed" {
      lines += AssetText.line("status", generation.status)
    }
    lines += AssetText.line("error", generation.error)
    for (key, value) in generation.parameters.members {
      lines += AssetText.line(key, value.string ?? value.text())
    }
    lines += AssetText.line("read from", generation.readFrom)
    return lines
  }
}
