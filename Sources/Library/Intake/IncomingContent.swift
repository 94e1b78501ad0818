import Blobs
package import Foundations
package import Model

/// Content that comes piece by piece; letting go of it discards what came.
///
/// For one owner at a time.
package struct IncomingContent: Sendable {
  let intake: Intake
  let content: any BlobIntake
  let details: AssetDetails

  /// Takes more bytes; `blob.too_large` past what the quotas leave.
  package func append(_ bytes: [UInt8]) throws { try content.append(bytes) }

  /// Ends it, up to the catalogue.
  package func finish(stop: StopFlag = StopFlag()) throws -> PreparedAsset {
    try intake.finish(content.finish(), details, source: nil, stop)
  }

  /// Ends it and adds it.
  @discardableResult
  package func add(stop: StopFlag = StopFlag()) throws -> AddedAsset {
    try intake.record(finish(stop: stop))
  }

  /// Gives it up.
  package func discard() { content.discard() }
}
