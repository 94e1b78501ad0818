package import Blobs
package import Foundations

/// One file that a run made.
package struct RunOutput: Sendable, Equatable {
  package let run: RunID
  /// From 1, in the order they came.
  package let ordinal: Int
  /// image, audio, video, model3d, text, midi, code, or what was found in use.
  package let type: String
  package let filename: String
  package let asset: AssetID?
  package let blob: BlobID?
  package let addedAt: Timestamp
  /// All that metadata.json says of it.
  package let details: JSONObject

  /// An output by its parts.
  package init(
    run: RunID, ordinal: Int, type: String, filename: String, asset: AssetID?, blob: BlobID?,
    addedAt: Timestamp, details: JSONObject
  ) {
    self.run = run
    self.ordinal = ordinal
    self.type = type
    self.filename = filename
    self.asset = asset
    self.blob = blob
    self.addedAt = addedAt
    self.details = details
  }
}
