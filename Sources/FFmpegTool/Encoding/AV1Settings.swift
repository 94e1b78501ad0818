/// Everything that decides what SVT-AV1 makes of some frames; equal settings make equal bytes.
package struct AV1Settings: Sendable, Hashable {
  /// The constant rate factor in quarters: 100 is CRF 25.
  package var crfQuarters: Int
  /// 0 the slowest and best, 13 the fastest.
  package var preset: Int
  /// The longest distance between key frames in frames; 0 for one at the beginning alone.
  package var keyInterval: Int
  /// SVT-AV1's own parameters in the order they are told, each key once.
  package var parameters: [Parameter]

  /// One of SVT-AV1's parameters by its own name.
  package struct Parameter: Sendable, Hashable {
    package let key: String
    package let value: String

    /// A parameter.
    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// Settings by their parts.
  package init(crfQuarters: Int, preset: Int, keyInterval: Int, parameters: [Parameter] = []) {
    self.crfQuarters = crfQuarters
    self.preset = preset
    self.keyInterval = keyInterval
    self.parameters = parameters
  }

  /// The constant rate factor as people write it: 25.25.
  package var crf: Double { Double(crfQuarters) / 4 }
}
