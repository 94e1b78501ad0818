import EmbeddedMetadata
import Foundations
import Media
import MediaOutput

/// Settings as the Python package's dataclasses name them.
enum SettingsReading {
  static func video(_ json: JSONValue?) throws -> VideoSaveSettings {
    var settings = VideoSaveSettings()
    guard let json else { return settings }
    if let fps = try json.member("fps", "a number", \.double) {
      guard (0.001...1_000).contains(fps) else {
        throw BindingFailure("there are no \(fps) frames a second")
      }
      settings.rate = FrameRate.rational(fps)
    }
    if let key = try json.member("codec_type", "text", \.string) {
      settings.codec = try VideoCodec(key: key)
    }
    if let key = try json.member("container", "text", \.string) {
      settings.container = try FilmContainer(key: key)
    }
    try read(json, &settings.pixels)
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = try json.member("temp_dir", "text", \.string) {
      settings.temporaryFolder = FilePath(folder)
    }
    if let threads = try json.member("threads", "a whole number", \.int) {
      settings.threads = max(1, threads)
    }
    if let key = try json.member("audio_codec", "text", \.string) {
      settings.soundCodec = try AudioCodec(key: key)
    }
    for (key, value) in try json.member("extra_params", "an object", \.object)?.members ?? [] {
      settings.extraOptions.append((key: key, value: value.string ?? value.text()))
    }
    return settings
  }

  static func image(_ json: JSONValue?) throws -> ImageSaveSettings {
    var settings = ImageSaveSettings()
    guard let json else { return settings }
    if let key = try json.member("quality", "text", \.string) {
      settings.codec = try ImageCodec(key: key)
    }
    try read(json, &settings.pixels)
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = try json.member("temp_dir", "text", \.string) {
      settings.temporaryFolder = FilePath(folder)
    }
    return settings
  }

  static func audio(_ json: JSONValue?) throws -> AudioSaveSettings {
    var settings = AudioSaveSettings()
    guard let json else { return settings }
    if let key = try json.member("codec", "text", \.string) {
      settings.codec = try AudioCodec(key: key)
    }
    if let rate = try json.member("sample_rate", "a whole number", \.int) {
      guard (1_000...768_000).contains(rate) else {
        throw BindingFailure("sound has no \(rate) samples a second")
      }
      settings.sampleRate = rate
    }
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = try json.member("temp_dir", "text", \.string) {
      settings.temporaryFolder = FilePath(folder)
    }
    return settings
  }

  /// What is told of how a file was made: `{"text", "placement", "pictures"}`.
  static func told(_ request: JSONValue) throws -> SaveMetadata? {
    guard let json = request["metadata"], json != .null else { return nil }
    guard let text = try json.member("text", "text", \.string) else {
      throw BindingFailure("metadata need a text")
    }
    return try SaveMetadata(text, options: try metadata(json))
  }

  /// A film's sound: `{"path"}`, or `{"samples": ARRAY, "sample_rate"}`.
  static func sound(_ json: JSONValue?) throws -> FilmSound? {
    guard let json, json != .null else { return nil }
    if let path = try json.member("path", "text", \.string) { return .file(FilePath(path)) }
    guard let rate = try json.member("sample_rate", "a whole number", \.int),
      (1_000...768_000).contains(rate)
    else { throw BindingFailure("sound needs a sample_rate from 1000 to 768000") }
    return .array(try LentArray.read(json["samples"] ?? .null), sampleRate: rate)
  }

  static func metadata(_ json: JSONValue) throws -> MetadataWriteOptions {
    var options = MetadataWriteOptions()
    if let name = try json.member("placement", "text", \.string) {
      guard let placement = MetadataWriteOptions.Placement(rawValue: name) else {
        throw BindingFailure("metadata go to embedded, sidecar, both or none, not to \(name)")
      }
      options.placement = placement
    }
    if let verify = try json.member("verify", "true or false", \.bool) { options.verify = verify }
    if let pictures = try json.member("pictures", "a list", \.array) {
      options.pictures = try pictures.map { picture in
        guard let path = picture["path"]?.string else {
          throw BindingFailure("a source picture needs a path")
        }
        return EmbeddedPicture(
          tag: picture["tag"]?.string ?? "image", filename: picture["filename"]?.string ?? path,
          bytes: try SmallFile.read(FilePath(path), limit: 64 << 20))
      }
    }
    return options
  }

  private static func attempts(_ json: JSONValue, or usual: Int) throws -> Int {
    guard let count = try json.member("retry", "a whole number", \.int) else { return usual }
    guard (1...100).contains(count) else { throw BindingFailure("retry is from 1 to 100") }
    return count
  }

  private static func read(_ json: JSONValue, _ pixels: inout PixelSettings) throws {
    if let perRow = try json.member("nrow", "a whole number", \.int) {
      guard perRow > 0 else { throw BindingFailure("nrow is at least 1") }
      pixels.perRow = perRow
    }
    if let normalizes = try json.member("normalize", "true or false", \.bool) {
      pixels.normalizes = normalizes
    }
    guard let range = try json.member("value_range", "two numbers", \.array) else { return }
    guard range.count == 2, let low = range[0].double, let high = range[1].double, low < high else {
      throw BindingFailure("value_range is two numbers, the least and the greatest")
    }
    pixels.range = Float(low)...Float(high)
  }
}

extension JSONValue {
  /// A member of an object, nil where it is absent or null; one of another kind is refused.
  fileprivate func member<Value>(
    _ name: String, _ kind: String, _ read: (JSONValue) -> Value?
  ) throws -> Value? {
    guard let value = self[name], value != .null else { return nil }
    guard let read = read(value) else {
      throw BindingFailure("\(name) is \(value.text()), not \(kind)")
    }
    return read
  }
}
