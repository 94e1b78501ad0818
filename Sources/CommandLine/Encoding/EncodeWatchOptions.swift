import Engine
import Foundations

/// The options of `mediary encode` that watch a folder.
enum EncodeWatchOptions {
  private static let category = "Folders"

  private static let watch = Option.flag(
    "watch", "Go on, and encode what comes into the folder, until stopped.", category: category)
  private static let settles = Option(
    "settles", .duration, "With --watch: how long a film must have kept still.",
    category: category, defaultText: "10s")

  static let all: [any OptionKey] = [watch, settles]

  /// How a folder is watched; nil where it is not.
  static func options(_ arguments: ParsedArguments) throws -> WatchFolder.Options? {
    guard arguments[watch] else {
      guard arguments[settles] == nil else {
        throw UsageFailure(
          .usageConflict, "'--settles' is for --watch alone", hint: "leave it out, or add --watch")
      }
      return nil
    }
    guard !arguments[EncodeOptions.dryRun] else {
      throw UsageFailure(
        .usageConflict, "of what will come nothing can be said, and --dry-run asks for that",
        hint: "leave --watch out to see what would be done now")
    }
    var options = WatchFolder.Options()
    if let settles = arguments[settles] { options.settles = settles }
    return options
  }

  /// Refuses them where one film is encoded.
  static func refuse(_ arguments: ParsedArguments, for input: FilePath) throws {
    for option in all where arguments.isGiven(option) {
      throw UsageFailure(
        .usageConflict, "'\(option.spec.flag)' is for folders, and \(input) is none",
        hint: "name the folder that the films come into")
    }
  }
}
