import Encoding
import Engine
import Foundations

/// The options of `mediary encode` that are for folders alone.
enum EncodeFolderOptions {
  private static let category = "Folders"

  private static let container = Option(
    "container", .choice(of: OutputContainer.self), "What the outputs are written as.",
    placeholder: "mkv|mp4|webm", category: category
  ).default(.mkv, shownAs: "mkv")
  private static let reencodesAV1 = Option.flag(
    "reencode-av1", "Encode films, too, that are AV1 already.", category: category)

  static let all: [any OptionKey] = [container, reencodesAV1]

  /// What was asked for of a folder.
  static func request(
    _ arguments: ParsedArguments, _ each: EncodeRequest
  ) -> FolderRequest {
    var request = FolderRequest(each)
    request.container = arguments[container]
    request.reencodesAV1 = arguments[reencodesAV1]
    return request
  }

  /// Refuses them where one film is encoded.
  static func refuse(_ arguments: ParsedArguments, for input: FilePath) throws {
    for option in all where arguments.isGiven(option) {
      throw UsageFailure(
        .usageConflict, "'\(option.spec.flag)' is for folders, and \(input) is none",
        hint: option.spec.name == container.spec.name
          ? "the ending of OUTPUT says which container is written" : "leave it out")
    }
  }
  /// Refuses a page, which is about one film.
  static func refusePage(_ request: EncodeRequest) throws {
    guard let page = request.reportPage else { return }
    throw UsageFailure(
      .usageConflict, "'--report' is about one film, and \(request.input) is a folder",
      hint: "leave out --report \(page)")
  }
}
