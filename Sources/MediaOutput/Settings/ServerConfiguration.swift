package import EmbeddedMetadata
package import Foundations

/// A generator server's configuration, by the keys that its users have: how films, pictures and
/// sound are written, and where it is told how they were made.
///
/// Keys that are not about that are passed over; a value of the wrong kind is refused by name.
package struct ServerConfiguration: Sendable {
  package private(set) var video = VideoSaveSettings()
  package private(set) var image = ImageSaveSettings()
  /// Sound that stands alone.
  package private(set) var audio = AudioSaveSettings()
  package private(set) var placement = MetadataWriteOptions.Placement.embedded
  /// Whether the pictures that a film was made from go into it.
  package private(set) var embedsSourceImages = false

  /// The settings that a configuration comes to.
  package init(_ json: JSONValue) throws(MediaOutputFailure) {
    guard json.object != nil else {
      throw MediaOutputFailure(.outputUnfitting, "a server's configuration is a JSON object")
    }
    if let key = try Self.text("video_output_codec", json) {
      video.codec = try VideoCodec(key: key)
    }
    if let key = try Self.text("video_container", json) {
      video.container = try FilmContainer(key: key)
    }
    if let key = try Self.text("image_output_codec", json) {
      image.codec = try ImageCodec(key: key)
    }
    if let key = try Self.text("audio_output_codec", json) {
      video.soundCodec = try AudioCodec(key: key)
    }
    if let key = try Self.text("audio_stand_alone_output_codec", json) {
      audio.codec = try AudioCodec(key: key)
    }
    switch try Self.text("metadata_type", json) {
    case nil, "metadata": break
    case "json": placement = .sidecar
    default: placement = .none
    }
    embedsSourceImages = try Self.flag("embed_source_images", json) ?? false
    if case .hdr = video.codec.family, let crf = try Self.number("hdr_video_crf", json) {
      video.codec = try VideoCodec(key: "hdr_\(crf)")
    }
  }

  /// Reads the configuration in a file.
  package static func read(_ path: FilePath) throws -> ServerConfiguration {
    let text = String(decoding: try SmallFile.read(path, limit: 4 << 20), as: UTF8.self)
    return try ServerConfiguration(try JSONReader.read(text))
  }

  private static func text(
    _ name: String, _ json: JSONValue
  ) throws(MediaOutputFailure) -> String? {
    try member(name, json, "text", \.string).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func number(_ name: String, _ json: JSONValue) throws(MediaOutputFailure) -> Int? {
    try member(name, json, "a whole number", \.int)
  }

  private static func flag(_ name: String, _ json: JSONValue) throws(MediaOutputFailure) -> Bool? {
    try member(name, json, "true or false", \.bool)
  }

  private static func member<Value>(
    _ name: String, _ json: JSONValue, _ kind: String, _ read: (JSONValue) -> Value?
  ) throws(MediaOutputFailure) -> Value? {
    guard let value = json[name], value != .null else { return nil }
    guard let read = read(value) else {
      throw MediaOutputFailure(.outputUnfitting, "\(name) is \(value.text()), not \(kind)")
    }
    return read
  }
}
