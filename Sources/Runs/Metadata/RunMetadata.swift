package import Foundations
package import Model

/// All that a run's metadata.json says.
package struct RunMetadata: Sendable {
  package let run: Run
  package let outputs: [OutputRecord]
  package let entities: [RunEntity]
  /// The whole object, with what is not understood here.
  package let json: JSONObject

  init(_ document: RunDocument) {
    run = document.run
    outputs = Array(document.outputs)
    entities = document.entities
    json = document.object
  }
}
