import Encoding
import FFmpegTool
package import Foundations

/// What may become of subtitles.
package enum SubtitleChoice: String, Sendable, CaseIterable {
  case keep
  case convert
}

extension EncodeRequest {
  /// The members by which an encode is asked for: the options of `mediary encode`, with _ for -.
  ///
  /// The command, the job and whoever else asks for an encode are read here and nowhere else.
  package static let members = [
    "target_vmaf", "quality_metric", "crf", "allocation", "max_encoded_percent", "standard",
    "chunked", "profile", "preset", "svt", "film_grain", "film_grain_denoise", "tune", "keyint",
    "pix_fmt", "crop", "deinterlace", "audio", "keep_lossless", "audio_tracks", "subtitle_tracks",
    "subtitles",
    "drop_dynamic_hdr", "workers", "nice", "hw_decode", "work", "keep_temp", "report",
    "overwrite",
  ]

  /// An encode as the members of an object ask for it; what they do not name is as by default.
  package init(
    _ input: FilePath, to output: FilePath, as members: JSONObject
  ) throws {
    self.init(input, to: output)
    let words = JobInput(kind: "encode", object: members)
    settings = try Self.settings(words)
    choices = try Self.choices(words)
    work = try words.plain("work").map { FilePath($0) }
    reportPage = try words.plain("report").map { FilePath($0) }
    priority = ChildPriority(niceness: Int32(try words.whole("nice") ?? 0))
    let hardware: MediarySettings.HardwareAcceleration = try words.choice("hw_decode") ?? .none
    self.hardware = hardware == .none ? nil : hardware.rawValue
  }

  private static func settings(_ words: JobInput) throws -> EncodeSettings {
    var settings = EncodeSettings()
    settings.mode = try mode(words)
    settings.profile = try words.choice("profile") ?? settings.profile
    settings.preset = try words.whole("preset")
    settings.crf = try words.plain("crf").map { try CRFByWidth(text: $0) }
    settings.target = try words.number("target_vmaf")
    settings.metric = try words.choice("quality_metric") ?? settings.metric
    settings.maxEncodedPercent = try words.number("max_encoded_percent")
    settings.filmGrain = try words.whole("film_grain")
    settings.filmGrainDenoise = try words.switched("film_grain_denoise")
    settings.tune = try words.whole("tune")
    if let text = try words.plain("keyint") { settings.keyInterval = try KeyInterval(text: text) }
    settings.pixelFormat = try words.plain("pix_fmt") ?? settings.pixelFormat
    settings.svt = try words.texts("svt").map { try EncodeSettings.parameter($0) }
    if let text = try words.plain("crop") { settings.crop = try CropChoice(text: text) }
    settings.deinterlaces = try words.switched("deinterlace")
    settings.keepsTemporaries = try words.flag("keep_temp")
    settings.allocation = try words.choice("allocation") ?? settings.allocation
    settings.workers = try words.whole("workers")
    settings.overwrites = try words.flag("overwrite")
    try settings.check()
    return settings
  }

  private static func mode(_ words: JobInput) throws -> EncodeSettings.Mode {
    switch (try words.flag("standard"), try words.flag("chunked")) {
    case (true, true):
      throw UsageFailure(
        .usageBadValue, "--standard and --chunked are two ways to encode", hint: "choose one")
    case (true, false): .standard
    case (false, true): .chunked
    case (false, false): .auto
    }
  }

  private static func choices(_ words: JobInput) throws -> StreamChoices {
    var choices = StreamChoices()
    if let text = try words.plain("audio_tracks") { choices.audioTracks = try .init(text) }
    if let text = try words.plain("subtitle_tracks") { choices.subtitleTracks = try .init(text) }
    choices.sound = try words.choice("audio") ?? choices.sound
    choices.keepsLossless = try words.flag("keep_lossless")
    choices.convertsSubtitles = try words.choice("subtitles") == SubtitleChoice.convert
    choices.dropsDynamicHDR = try words.flag("drop_dynamic_hdr")
    return choices
  }
}
