package import Foundations
package import Model

/// What a bringer says of content, beside its bytes.
package struct AssetDetails: Sendable {
  /// The id wanted, where somebody wants one.
  package var id: AssetID?
  /// The name; that of the file where there is one, unless told otherwise.
  package var name: String?
  package var source = AssetSource.uploaded
  package var user: String?
  /// Where it came from, secrets taken out; the file's path where there is one.
  package var from: String?
  /// When it came; now, unless it came before.
  package var addedAt: Timestamp?
  /// The type it was announced as: "image/png".
  package var declaredType: String?
  /// How it was made, where the bringer knows; what the bytes tell otherwise.
  package var generation: Generation?

  /// Nothing is said.
  package init(name: String? = nil, source: AssetSource = .uploaded, user: String? = nil) {
    self.name = name
    self.source = source
    self.user = user
  }
}
