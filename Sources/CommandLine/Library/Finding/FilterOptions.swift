import Foundations
import Model
import Sniffing

/// The options by which assets are filtered, wherever many are meant.
enum FilterOptions {
  static let kind = Option(
    "kind", ValueKind<[ContentKind]>.list(of: .choice()), "Of these kinds.", placeholder: "KIND,…")
  static let source = Option(
    "source", ValueKind<[AssetSource]>.list(of: .choice()), "That came so.", placeholder: "SOURCE,…"
  )
  static let format = Option(
    "format", .list(of: .text), "Of these formats, such as png,mp4.", placeholder: "FORMAT,…")
  static let codec = Option("codec", .text, "Of this codec.", placeholder: "CODEC")
  static let run = Option("run", .id(RunID.self), "Made by this run.", placeholder: "RUN")
  static let workflow = Option(
    "workflow", .id(WorkflowID.self), "Belonging to this workflow.", placeholder: "WORKFLOW")
  static let provider = Option(
    "provider", .text, "Made by this provider.", placeholder: "PROVIDER")
  static let model = Option("model", .text, "Made by this model.", placeholder: "MODEL")
  static let user = Option("user", .text, "Of this user.", placeholder: "USER")
  static let tag = Option("tag", .text, "With this tag; all that are given.", placeholder: "TAG")
    .repeated()
  static let rating = Option(
    "rating", .integer(in: 1...5), "With as many stars or more.", placeholder: "STARS")
  static let favourite = Option.toggle("favourite", "Favourites alone, or all others.")
  static let from = Option("from", .time, "That came then or later.", placeholder: "TIME")
  static let to = Option("to", .lastTime, "That came then or earlier.", placeholder: "TIME")
  static let leastWidth = Option(
    "min-width", .integer(in: 0...1_000_000), "At least so wide.", placeholder: "PIXELS")
  static let mostWidth = Option(
    "max-width", .integer(in: 0...1_000_000), "At most so wide.", placeholder: "PIXELS")
  static let leastHeight = Option(
    "min-height", .integer(in: 0...1_000_000), "At least so high.", placeholder: "PIXELS")
  static let mostHeight = Option(
    "max-height", .integer(in: 0...1_000_000), "At most so high.", placeholder: "PIXELS")
  static let leastDuration = Option(
    "min-duration", .duration, "At least so long.", placeholder: "TIME")
  static let mostDuration = Option(
    "max-duration", .duration, "At most so long.", placeholder: "TIME")
  static let leastSize = Option("min-size", .byteSize, "At least so large.", placeholder: "SIZE")
  static let mostSize = Option("max-size", .byteSize, "At most so large.", placeholder: "SIZE")
  static let duplicated = Option.toggle("duplicates", "That came more than once, or only once.")
  static let deleted = Option.flag("deleted", "What is in the trash.")
  static let extra = Option(
    "where", .pair, "With this in its other metadata: `camera.lens=35mm`.",
    placeholder: "PATH=VALUE"
  ).repeated()

  static let all: [any OptionKey] = [
    kind, source, format, codec, run, workflow, provider, model, user, tag, rating, favourite,
    from, to, leastWidth, mostWidth, leastHeight, mostHeight, leastDuration, mostDuration,
    leastSize, mostSize, duplicated, deleted, extra,
  ]

  /// What was asked for.
  static func filter(_ arguments: ParsedArguments) throws -> AssetFilter {
    var filter = AssetFilter()
    filter.kinds = Set(arguments[kind] ?? [])
    filter.sources = Set(arguments[source] ?? [])
    filter.formats = Set(arguments[format] ?? [])
    filter.codec = arguments[codec]
    filter.run = arguments[run]
    filter.workflow = arguments[workflow]
    filter.provider = arguments[provider]
    filter.model = arguments[model]
    filter.user = arguments[user]
    filter.tags = arguments[tag]
    filter.leastRating = arguments[rating]
    filter.isFavourite = arguments[favourite]
    filter.from = arguments[from]
    filter.to = arguments[to]
    filter.isDuplicated = arguments[duplicated]
    filter.isDeleted = arguments[deleted]
    try setRanges(of: &filter, arguments)
    // A number where it is one: `seed=7` means the number, `name=7up` the text.
    filter.extra = arguments[extra].map { pair in
      (pair.key, (try? JSONReader.read(pair.value)) ?? .string(pair.value))
    }
    return filter
  }

  private static func setRanges(
    of filter: inout AssetFilter, _ arguments: ParsedArguments
  ) throws {
    filter.width = try range(arguments[leastWidth], arguments[mostWidth], 0, .max, leastWidth)
    filter.height = try range(arguments[leastHeight], arguments[mostHeight], 0, .max, leastHeight)
    filter.size = try range(
      arguments[leastSize]?.bytes, arguments[mostSize]?.bytes, 0, .max, leastSize)
    filter.durationSeconds = try range(
      arguments[leastDuration].map { $0 / .seconds(1) },
      arguments[mostDuration].map { $0 / .seconds(1) }, 0, .greatestFiniteMagnitude, leastDuration)
  }

  private static func range<Bound: Comparable>(
    _ least: Bound?, _ most: Bound?, _ lowest: Bound, _ highest: Bound, _ option: any OptionKey
  ) throws -> ClosedRange<Bound>? {
    guard least != nil || most != nil else { return nil }
    let (from, to) = (least ?? lowest, most ?? highest)
    guard from <= to else {
      throw UsageFailure(
        .usageConflict, "\(option.spec.flag) is more than its --max", hint: "swap the two")
    }
    return from...to
  }
}
