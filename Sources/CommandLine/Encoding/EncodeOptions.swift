import Encoding
import Engine
import FFmpegTool
import Foundations

/// The options of an encode, and what they mean.
enum EncodeOptions {
  private static let quality = "Quality"
  private static let pictures = "Pictures"
  private static let rest = "Sound and the rest"

  /// What may become of subtitles.
  private enum Subtitles: String, CaseIterable {
    case keep
    case convert
  }

  private static let target = Option(
    "target-vmaf", .number(in: 1...100), "The quality to reach, by the metric's scale.",
    category: quality, defaultText: "93, or 95 for HDR")
  private static let metric = Option(
    "quality-metric", .choice(of: QualityMetric.self), "By what quality is measured.",
    category: quality
  ).default(.vmaf, shownAs: "vmaf")
  private static let crf = Option(
    "crf", .text, "A fixed CRF instead of a target: one, or three for SD, HD and UHD.",
    placeholder: "CRF", category: quality)
  private static let allocation = Option(
    "allocation", .choice(of: EncodeSettings.Allocation.self),
    "The same quality everywhere, or the most for the bits, with a floor.", category: quality
  ).default(.constant, shownAs: "constant")
  private static let maxPercent = Option(
    "max-encoded-percent", .number(in: 1...1_000),
    "Refuse an output that is larger than this share of the source.", placeholder: "PERCENT",
    category: quality)
  private static let standard = Option.flag(
    "standard", "Encode the whole film in one go.", category: quality)
  private static let chunked = Option.flag(
    "chunked", "Encode in segments, whatever the film.", category: quality)

  private static let profile = Option(
    "profile", .choice(of: EncodeProfile.self), "Parameters that go together.", category: pictures
  ).default(.standard, shownAs: "default")
  private static let preset = Option(
    "preset", .integer(in: 0...13), "The encoder's preset: 0 is the slowest and best.",
    category: pictures, defaultText: "6; 8 with --profile quick")
  private static let svt = Option(
    "svt", .text, "A parameter of SVT-AV1; one that it lacks is refused.", placeholder: "KEY=VALUE",
    category: pictures
  ).repeated()
  private static let filmGrain = Option(
    "film-grain", .integer(in: 0...50), "How much grain players are told to add.",
    category: pictures, defaultText: "0")
  private static let denoise = Option.toggle(
    "film-grain-denoise", "Take out the grain that players will add.", category: pictures)
  private static let tune = Option(
    "tune", .integer(in: 0...5), "What the encoder tunes for.", category: pictures,
    defaultText: "0")
  private static let keyInterval = Option(
    "keyint", .text, "The longest distance between key frames: frames, or seconds with an s.",
    placeholder: "FRAMES|10s", category: pictures, defaultText: "10s")
  private static let pixelFormat = Option(
    "pix-fmt", .text, "The pixels that are encoded: yuv420p10le or yuv420p.", placeholder: "FORMAT",
    category: pictures, defaultText: "yuv420p10le")
  private static let crop = Option(
    "crop", .text, "What is cut off: auto, none, or all but W:H:X:Y.", placeholder: "AREA",
    category: pictures, defaultText: "auto")

  private static let audio = Option(
    "audio", .choice(of: SoundChoice.self), "What sound becomes.", category: rest
  ).default(.opus, shownAs: "opus")
  private static let keepLossless = Option.flag(
    "keep-lossless", "Take lossless sound over as it is.", category: rest)
  private static let audioTracks = Option(
    "audio-tracks", .text, "Which sound tracks, in this order: all, none, 2,1 or jpn,eng.",
    placeholder: "TRACKS", category: rest, defaultText: "all")
  private static let subtitleTracks = Option(
    "subtitle-tracks", .text, "Which subtitles, in this order.", placeholder: "TRACKS",
    category: rest, defaultText: "all")
  private static let subtitles = Option(
    "subtitles", .choice(of: Subtitles.self),
    "Whether text subtitles may become the kind that the container holds.", category: rest
  ).default(.keep, shownAs: "keep")
  private static let dropDynamicHDR = Option.flag(
    "drop-dynamic-hdr", "Let go of Dolby Vision and HDR10+, which an encode cannot carry over.",
    category: rest)

  static let workers = Option(
    "workers", .integer(in: 1...256), "How many segments are encoded at a time.",
    defaultText: "as many as cores and memory allow")
  private static let report = Option(
    "report", .path(.file), "Write a page about the encode, with its charts and worst moments.",
    placeholder: "FILE.html")
  static let overwrite = Option.flag("overwrite", "Replace an output that is there already.")
  static let dryRun = Option.flag("dry-run", "Say what would be done, and encode nothing.")

  static let all: [any OptionKey] = [
    target, metric, crf, allocation, maxPercent, standard, chunked, profile, preset, svt, filmGrain,
    denoise, tune, keyInterval, pixelFormat, crop, audio, keepLossless, audioTracks, subtitleTracks,
    subtitles, dropDynamicHDR, workers, report, overwrite, dryRun,
  ]

  /// What was asked for of a film.
  static func request(
    _ arguments: ParsedArguments, _ input: FilePath, to output: FilePath
  ) throws -> EncodeRequest {
    var request = EncodeRequest(input, to: output)
    request.settings = try settings(arguments)
    request.choices = try choices(arguments)
    request.reportPage = arguments[report]
    return request
  }

  private static func settings(_ arguments: ParsedArguments) throws -> EncodeSettings {
    var settings = EncodeSettings()
    settings.mode = try mode(arguments)
    settings.profile = arguments[profile]
    settings.preset = arguments[preset]
    settings.crf = try arguments[crf].map { try CRFByWidth(text: $0) }
    settings.target = arguments[target]
    settings.metric = arguments[metric]
    settings.maxEncodedPercent = arguments[maxPercent]
    settings.filmGrain = arguments[filmGrain]
    settings.filmGrainDenoise = arguments[denoise]
    settings.tune = arguments[tune]
    if let text = arguments[keyInterval] { settings.keyInterval = try KeyInterval(text: text) }
    if let format = arguments[pixelFormat] { settings.pixelFormat = format }
    settings.svt = try arguments[svt].map { try EncodeSettings.parameter($0) }
    if let text = arguments[crop] { settings.crop = try CropChoice(text: text) }
    settings.allocation = arguments[allocation]
    settings.workers = arguments[workers]
    settings.overwrites = arguments[overwrite]
    try settings.check()
    return settings
  }

  private static func mode(_ arguments: ParsedArguments) throws -> EncodeSettings.Mode {
    switch (arguments[standard], arguments[chunked]) {
    case (true, true):
      throw UsageFailure(
        .usageBadValue, "--standard and --chunked are two ways to encode", hint: "choose one")
    case (true, false): .standard
    case (false, true): .chunked
    case (false, false): .auto
    }
  }

  private static func choices(_ arguments: ParsedArguments) throws -> StreamChoices {
    var choices = StreamChoices()
    if let text = arguments[audioTracks] { choices.audioTracks = try TrackSelection(text) }
    if let text = arguments[subtitleTracks] { choices.subtitleTracks = try TrackSelection(text) }
    choices.sound = arguments[audio]
    choices.keepsLossless = arguments[keepLossless]
    choices.convertsSubtitles = arguments[subtitles] == .convert
    choices.dropsDynamicHDR = arguments[dropDynamicHDR]
    return choices
  }
}

/// Of these, the options of a search, which encodes nothing but samples.
extension EncodeOptions {
  static let searching: [any OptionKey] = [
    target, metric, profile, preset, svt, filmGrain, denoise, tune, keyInterval, pixelFormat, crop,
    workers,
  ]

  /// What was asked for of a search.
  static func searchSettings(_ arguments: ParsedArguments) throws -> EncodeSettings {
    var settings = EncodeSettings()
    settings.profile = arguments[profile]
    settings.preset = arguments[preset]
    settings.target = arguments[target]
    settings.metric = arguments[metric]
    settings.filmGrain = arguments[filmGrain]
    settings.filmGrainDenoise = arguments[denoise]
    settings.tune = arguments[tune]
    if let text = arguments[keyInterval] { settings.keyInterval = try KeyInterval(text: text) }
    if let format = arguments[pixelFormat] { settings.pixelFormat = format }
    settings.svt = try arguments[svt].map { try EncodeSettings.parameter($0) }
    if let text = arguments[crop] { settings.crop = try CropChoice(text: text) }
    settings.workers = arguments[workers]
    try settings.check()
    return settings
  }
}
