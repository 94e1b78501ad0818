import Engine
import Foundations
import Library

/// `mediary library backup`: the library saved while it is used.
enum LibraryBackupCommand: Command {
  private static let folder = Argument(
    "FOLDER", .path(.folder), "Where to; it must not be there yet.")
  private static let earlier = Option(
    "link-to", .path(.folder), "An earlier backup on the same disk, whose content is shared.",
    placeholder: "FOLDER")

  static let spec = CommandSpec(
    "backup", "Save the library to a folder, while others use it.",
    description: [
      "The backup is one state of the library, whole or not there. On the same file system content costs "
        + "no space; with `--link-to` it is shared with an earlier backup."
    ],
    arguments: [folder], options: [earlier],
    examples: [
      CommandExample("mediary library backup /mnt/backup/2026-11-21", "Save it"),
      CommandExample(
        "mediary library backup /mnt/backup/today --link-to /mnt/backup/yesterday",
        "Save it again, and copy only what is new"),
    ],
    seeAlso: ["library restore"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let target = arguments[folder]
    return try context.withLibrary { open in
      let progress = CommandProgress("Saving", context, isShown: true)
      defer { progress.end() }
      let manifest = try open.library.care.backUp(
        to: target, linkingTo: arguments[earlier], stop: context.stop, progress: progress.sink)
      progress.end()
      try context.answer(
        manifest.json(at: target),
        or: [
          "Saved \(HumanText.count(manifest.blobs, "content"), .strong) of \(HumanText.bytes(manifest.bytes)) and \(HumanText.count(manifest.files, "other file")) to \(target, .strong)."
        ])
      return .success
    }
  }
}

/// `mediary library restore`: a library made of a backup.
enum LibraryRestoreCommand: Command {
  private static let folder = Argument("FOLDER", .path(.folder), "What `library backup` made.")

  static let spec = CommandSpec(
    "restore", "Make a library of a backup.",
    description: [
      "It becomes the library of `--home`, which must not be there yet, whole or not at all. The backup "
        + "stays as it is."
    ],
    arguments: [folder],
    examples: [
      CommandExample(
        "mediary library restore /mnt/backup/2026-11-21 --home ./restored", "Beside the old one")
    ],
    seeAlso: ["library backup", "library verify"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let target = try context.configuration()[MediarySettings.home]
    let progress = CommandProgress("Restoring", context, isShown: true)
    defer { progress.end() }
    let manifest = try Restore.run(
      from: arguments[folder], to: target, stop: context.stop, progress: progress.sink)
    progress.end()
    try context.answer(
      manifest.json(at: target),
      or: [
        "\(target, .strong) is the library of \(manifest.madeAt) again: \(HumanText.count(manifest.blobs, "content")) of \(HumanText.bytes(manifest.bytes))."
      ])
    return .success
  }
}
