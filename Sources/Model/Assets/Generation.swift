package import Foundations

/// How an asset was made, or was tried to be; one asset can have several.
package struct Generation: Sendable, Equatable {
  package var id: GenerationID
  package var asset: AssetID?
  package var provider: String?
  package var model: String?
  package var prompt: String?
  package var negativePrompt: String?
  /// As digits, since seeds of some tools do not fit into 63 bits.
  package var seed: String?
  package var parameters = JSONObject()
  package var jobID: String?
  /// `completed` unless something else is known.
  package var status = "completed"
  package var error: String?
  package var startedAt: Timestamp?
  package var completedAt: Timestamp?
  /// The tool whose words in the file told it; nil where its bringer did.
  package var readFrom: String?

  /// A generation of which nothing is known yet.
  package init(id: GenerationID, asset: AssetID? = nil) {
    self.id = id
    self.asset = asset
  }
}
