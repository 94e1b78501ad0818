import Encoding
import FFmpegTool
package import Foundations
import Hashing

extension EncodeRequest {
  /// All that the output depends on beside the source and the tools, with defaults spelled out.
  ///
  /// Two requests that mean the same have the same, however they were written; how many segments
  /// are encoded at a time, and whether something may be replaced, is no part of it.
  package var meaning: JSONObject {
    var meaning = quality
    meaning["mode"] = settings.mode == .standard ? "standard" : "segments"
    meaning["profile"] = .string(settings.profile.rawValue)
    meaning["preset"] = .int(settings.preset ?? settings.profile.preset)
    meaning["film_grain"] = .int(settings.filmGrain ?? 0)
    meaning["film_grain_denoise"] = .bool(settings.filmGrainDenoise ?? false)
    meaning["tune"] = .int(settings.tune ?? 0)
    meaning["keyint"] = .string(settings.keyInterval.shown)
    meaning["pix_fmt"] = .string(settings.pixelFormat)
    meaning["svt"] = .array(settings.svt.map { "\($0.key)=\($0.value)" })
    meaning["crop"] = .string(settings.crop.shown)
    meaning["deinterlace"] = .bool(settings.deinterlaces ?? false)
    meaning["audio"] = .string(choices.sound.rawValue)
    meaning["keep_lossless"] = .bool(choices.keepsLossless)
    meaning["audio_tracks"] = .string(choices.audioTracks.shown)
    meaning["subtitle_tracks"] = .string(choices.subtitleTracks.shown)
    meaning["subtitles"] = choices.convertsSubtitles ? "convert" : "keep"
    meaning["drop_dynamic_hdr"] = .bool(choices.dropsDynamicHDR)
    return meaning
  }

  /// The same in a few letters, by which two are compared.
  package var fingerprint: String {
    String("\(SHA256.hash(Array(JSONValue.object(meaning).text().utf8)))".prefix(16))
  }

  private var quality: JSONObject {
    var quality = JSONObject()
    if let crf = settings.crf {
      quality["crf"] = .array(
        CRFByWidth.Size.allCases.map { .double(Double(crf[$0]) / 4) })
    } else {
      quality["target_vmaf"] = .double(orNull: settings.target)
      quality["quality_metric"] = .string(settings.metric.rawValue)
      quality["allocation"] = .string(settings.allocation.rawValue)
    }
    quality["max_encoded_percent"] = .double(orNull: settings.maxEncodedPercent)
    return quality
  }
}

extension KeyInterval {
  /// As it is typed.
  fileprivate var shown: String {
    switch self {
    case .frames(let count): "\(count)"
    case .seconds(let seconds): "\(seconds)s"
    }
  }
}

extension CropChoice {
  /// As it is typed.
  fileprivate var shown: String {
    switch self {
    case .auto: "auto"
    case .none: "none"
    case .area(let area): "\(area.width):\(area.height):\(area.x):\(area.y)"
    }
  }
}

extension TrackSelection {
  /// As it is typed.
  fileprivate var shown: String {
    switch self {
    case .all: "all"
    case .none: "none"
    case .chosen(let wishes):
      wishes.map { wish in
        switch wish {
        case .number(let number): "\(number)"
        case .language(let language): language
        }
      }.joined(separator: ",")
    }
  }
}
