package import Foundations
package import Model

/// A run that is to begin.
package struct NewRun: Sendable {
  /// The id wanted; a new one where nobody wants one.
  package var id: RunID?
  package var schema: String
  package var mode: ExecutionMode
  package var inputText: String
  package var user: String?
  package var expectedOutputs: [String] = []
  /// Other fields of metadata.json.
  package var extra = JSONObject()

  /// A run by what must be known of it.
  package init(schema: String, mode: ExecutionMode, inputText: String, user: String? = nil) {
    self.schema = schema
    self.mode = mode
    self.inputText = inputText
    self.user = user
  }

  func check() throws(RunFailure) {
    try RunValues.checkName(schema, "a schema")
    if let user { try RunValues.checkName(user, "a user") }
    try RunValues.checkText(inputText, "the input text")
  }
}
