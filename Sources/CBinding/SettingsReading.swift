import EmbeddedMetadata
import Foundations
import Media
import MediaOutput

/// Settings as the Python package's dataclasses name them.
enum SettingsReading {
  static func video(_ json: JSONValue?) throws -> VideoSaveSettings {
    var settings = VideoSaveSettings()
    guard let json else { return settings }
    if let fps = json["fps"]?.double {
      guard fps > 0, fps <= 1_000 else {
        throw BindingFailure("there are no \(fps) frames a second")
      }
      settings.rate = FrameRate.rational(fps)
    }
    if let key = json["codec_type"]?.string { settings.codec = try VideoCodec(key: key) }
    if let key = json["container"]?.string { settings.container = try FilmContainer(key: key) }
    try read(json, &settings.pixels)
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = json["temp_dir"]?.string { settings.temporaryFolder = FilePath(folder) }
    if let threads = json["threads"]?.int { settings.threads = max(1, threads) }
    for (key, value) in json["extra_params"]?.object?.members ?? [] {
      settings.extraOptions.append((key: key, value: value.string ?? value.text()))
    }
    return settings
  }

  static func image(_ json: JSONValue?) throws -> ImageSaveSettings {
    var settings = ImageSaveSettings()
    guard let json else { return settings }
    if let key = json["quality"]?.string { settings.codec = try ImageCodec(key: key) }
    try read(json, &settings.pixels)
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = json["temp_dir"]?.string { settings.temporaryFolder = FilePath(folder) }
    return settings
  }

  static func audio(_ json: JSONValue?) throws -> AudioSaveSettings {
    var settings = AudioSaveSettings()
    guard let json else { return settings }
    if let key = json["codec"]?.string { settings.codec = try AudioCodec(key: key) }
    if let rate = json["sample_rate"]?.int {
      guard (1_000...768_000).contains(rate) else {
        throw BindingFailure("sound has no \(rate) samples a second")
      }
      settings.sampleRate = rate
    }
    settings.attempts = try attempts(json, or: settings.attempts)
    if let folder = json["temp_dir"]?.string { settings.temporaryFolder = FilePath(folder) }
    return settings
  }

  static func metadata(_ json: JSONValue) throws -> MetadataWriteOptions {
    var options = MetadataWriteOptions()
    if let name = json["placement"]?.string {
      guard let placement = MetadataWriteOptions.Placement(rawValue: name) else {
        throw BindingFailure("metadata go to embedded, sidecar, both or none, not to \(name)")
      }
      options.placement = placement
    }
    if let verify = json["verify"]?.bool { options.verify = verify }
    if let pictures = json["pictures"]?.array {
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
    guard let count = json["retry"]?.int else { return usual }
    guard (1...100).contains(count) else { throw BindingFailure("retry is from 1 to 100") }
    return count
  }

  private static func read(_ json: JSONValue, _ pixels: inout PixelSettings) throws {
    if let perRow = json["nrow"]?.int {
      guard perRow > 0 else { throw BindingFailure("nrow is at least 1") }
      pixels.perRow = perRow
    }
    if let normalizes = json["normalize"]?.bool { pixels.normalizes = normalizes }
    guard let range = json["value_range"]?.array else { return }
    guard range.count == 2, let low = range[0].double, let high = range[1].double, low < high else {
      throw BindingFailure("value_range is two numbers, the least and the greatest")
    }
    pixels.range = Float(low)...Float(high)
  }
}
