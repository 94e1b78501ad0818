import Encoding
import Engine
import FFmpegTool
import Foundations

/// The options of an encode, and what they mean.
enum EncodeOptions {
  private static let quality = "Quality"
  private static let pictures = "Pictures"
  private static let rest = "Sound and the rest"

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
    "standard", "Encode the whole film in one go, at one CRF: by its width, or for --target-vmaf.",
    category: quality)
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
  private static let deinterlace = Option.toggle(
    "deinterlace",
    "Make whole pictures of interlaced ones; one of the two has to be chosen for them.",
    category: pictures)

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
    "subtitles", .choice(of: SubtitleChoice.self),
    "Whether text subtitles may become the kind that the container holds.", category: rest
  ).default(.keep, shownAs: "keep")
  private static let dropDynamicHDR = Option.flag(
    "drop-dynamic-hdr", "Let go of Dolby Vision and HDR10+, which an encode cannot carry over.",
    category: rest)

  static let workers = Option(
    "workers", .integer(in: 1...256), "How many segments are encoded at a time.",
    defaultText: "as many as cores and memory allow")
  private static let nice = Option(
    "nice", .integer(in: 0...19), "How far the encoders stand back behind other processes.",
    defaultText: "0")
  private static let hardware = Option(
    "hw-decode", .choice(of: MediarySettings.HardwareAcceleration.self),
    "The hardware that decodes, where its frames are the very same; the processor so far."
  ).default(.none, shownAs: "none")
  private static let work = Option(
    "work", .path(.folder), "A folder of this encode's own for its log, pieces and the like.",
    defaultText: "the library's, or the user's cache")
  private static let keepTemporaries = Option.flag(
    "keep-temp", "Keep what was made on the way: empty no work folder, sweep no cache.")
  private static let report = Option(
    "report", .path(.file), "Write a page about the encode, with its charts and worst moments.",
    placeholder: "FILE.html")
  static let overwrite = Option.flag("overwrite", "Replace an output that is there already.")
  static let dryRun = Option.flag("dry-run", "Say what would be done, and encode nothing.")

  static let all: [any OptionKey] = [
    target, metric, crf, allocation, maxPercent, standard, chunked, profile, preset, svt, filmGrain,
    denoise, tune, keyInterval, pixelFormat, crop, deinterlace, audio, keepLossless, audioTracks,
    subtitleTracks, subtitles, dropDynamicHDR, workers, nice, hardware, work, keepTemporaries,
    report, overwrite, dryRun,
  ]

  /// What was asked for of a film.
  static func request(
    _ arguments: ParsedArguments, _ input: FilePath, to output: FilePath
  ) throws -> EncodeRequest {
    try EncodeRequest(input, to: output, as: members(arguments))
  }

  /// The options given, as the input of a job has them: `--target-vmaf 90` is `"target_vmaf": 90`.
  private static func members(_ arguments: ParsedArguments) -> JSONObject {
    var members = JSONObject()
    for option in all.map(\.spec) where option.name != dryRun.spec.name {
      let member = String(option.name.map { $0 == "-" ? "_" : $0 })
      precondition(EncodeRequest.members.contains(member), "an encode is asked for by \(member)")
      let given = arguments.given.filter { $0.name == option.name }
      guard let last = given.last else { continue }
      members[member] =
        option.repetition == .once
        ? value(last.text, option.form) : .array(given.map { value($0.text, option.form) })
    }
    return members
  }

  /// What was typed and found to be of its form, as JSON.
  private static func value(_ text: String, _ form: ValueForm?) -> JSONValue {
    switch form {
    case nil: .bool(text == "true")
    case .integer: Int(text).map { .int($0) } ?? .string(text)
    case .number: Double(text).map { .double($0) } ?? .string(text)
    case .choice(let choices):
      .string(choices.map(\.word).first { $0.lowercased() == text.lowercased() } ?? text)
    default: .string(text)
    }
  }
}

/// Of these, the options of a search, which encodes nothing but samples.
extension EncodeOptions {
  static let searching: [any OptionKey] = [
    target, metric, profile, preset, svt, filmGrain, denoise, tune, keyInterval, pixelFormat, crop,
    deinterlace, workers,
  ]

  /// What was asked for of a search.
  static func searchSettings(
    _ arguments: ParsedArguments, _ film: FilePath
  ) throws -> EncodeSettings {
    try EncodeRequest(film, to: film, as: members(arguments)).settings
  }
}
