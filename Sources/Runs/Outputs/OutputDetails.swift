package import Foundations

/// What is told of an output beside its bytes.
package struct OutputDetails: Sendable {
  /// The type wanted; the bytes decide where nobody says.
  package var type: String?
  /// The configuration that made it.
  package var config: String?
  /// The program or service that made it: `comfyui`, `replicate`.
  package var backend: String?
  /// As digits or text.
  package var seed: String?
  /// The node of the workflow it came from.
  package var node: String?
  /// Anything else: prompt id, source_url, …; secrets in it are taken out.
  package var extra = JSONObject()

  /// Details by the commonest parts.
  package init(type: String? = nil, config: String? = nil, backend: String? = nil) {
    self.type = type
    self.config = config
    self.backend = backend
  }

  /// The other members without their secrets: those that bear a secret's name, and those that are
  /// in an address.
  var safeExtra: JSONObject {
    var safe = JSONObject()
    for (key, value) in extra.members where !key.hasPrefix("_") {
      if Redaction.standard.isSecret(key) {
        safe[key] = .string(Redaction.mark)
      } else if key.contains("url") || key.contains("uri") {
        safe[key] = Redaction.standard.value(value)
      } else {
        safe[key] = value
      }
    }
    return safe
  }
}
