import Foundations

/// `mediary library`: every content once, found again, and kept whole.
enum LibraryCommands {
  static let group = CommandSpec(
    "library", "Add media, find them, and keep them whole.",
    description: [
      "The library keeps each content once, under its SHA-256, with every name it came under and how it "
        + "was made. It lies in `--home`; the first `add` makes it.",
      "Content, journal and run folders are the truth. The catalogue is an index over them, and "
        + "`mediary library rebuild` makes it again.",
    ],
    seeAlso: ["run", "workflow"])

  static let all: [any Command.Type] = [
    LibraryAddCommand.self, LibraryListCommand.self, LibraryShowCommand.self,
    LibrarySearchCommand.self, LibrarySimilarCommand.self, LibraryStatsCommand.self,
    LibraryUpdateCommand.self, LibraryDeleteCommand.self, LibraryUndeleteCommand.self,
    LibraryGenerationCommand.self, LibraryImportCommand.self, LibraryVerifyCommand.self,
    LibraryRebuildCommand.self, LibraryBackupCommand.self, LibraryRestoreCommand.self,
    LibraryCleanupCommand.self, LibraryCollectCommand.self,
  ]

  /// An asset that is to be named.
  static let asset = Argument("ASSET", .text, "An asset: its id, or the SHA-256 of its content.")
}
