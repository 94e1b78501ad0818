package import Foundations

/// What was written, as it was found on the disk.
package struct WrittenFile: Sendable {
  package var path: FilePath
  package var codec: String
  package var width: Int?
  package var height: Int?
  package var frames: Int?
  package var pixelFormat: String?
  /// How a film's sound is encoded.
  package var soundCodec: String?
  package var samples: Int?
  package var sampleRate: Int?
  package var channels: Int?
  package var size: Int64
  package var sha256: String
  /// Where in the file it is told how it was made.
  package var metadata: String?
  /// The file beside it that tells the same.
  package var sidecar: FilePath?
  /// What the caller should know: an extension that was replaced, a format that was changed.
  package var notes: [String] = []

  /// The object that every surface shows.
  package var json: JSONObject {
    var object: JSONObject = ["path": .string(path.text)]
    func add(_ name: String, _ value: Int?) { if let value { object[name] = .int(value) } }
    add("frames", frames)
    add("width", width)
    add("height", height)
    add("samples", samples)
    add("sample_rate", sampleRate)
    add("channels", channels)
    object["codec"] = .string(codec)
    if let soundCodec { object["audio_codec"] = .string(soundCodec) }
    if let pixelFormat { object["pixel_format"] = .string(pixelFormat) }
    object["size_bytes"] = .int(Int(size))
    object["sha256"] = .string(sha256)
    if let metadata { object["metadata"] = .string(metadata) }
    if let sidecar { object["sidecar"] = .string(sidecar.text) }
    if !notes.isEmpty { object["notes"] = .array(notes.map { .string($0) }) }
    return object
  }
}
