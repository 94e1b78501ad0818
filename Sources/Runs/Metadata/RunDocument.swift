import Foundations
import Model

/// metadata.json as a value: what is known of a run, and what is not but stays.
struct RunDocument: Sendable, Equatable {
  /// The members that are understood; all others are kept as they were read.
  static let known: Set<String> = [
    "run_id", "user_id", "timestamp", "schema", "execution_mode", "input_text",
    "transformed_text", "state", "deleted_at", "outputs", "entities",
  ]

  var run: Run
  private(set) var outputs = OutputList()
  private(set) var entities: [RunEntity] = []
  /// Members that are not understood.
  var others = JSONObject()

  init(_ run: Run) { self.run = run }

  /// Adds an output behind the others and tells its number.
  mutating func append(_ record: OutputRecord) -> Int {
    outputs.append(record)
    return outputs.count
  }

  /// Puts a record in the place of one of the same file.
  mutating func replace(_ ordinal: Int, by record: OutputRecord) {
    outputs.replace(ordinal - 1, by: record)
  }

  /// Adds another file.
  mutating func append(_ entity: RunEntity) { entities.append(entity) }

  /// The number of the next other file.
  var nextSequence: Int { (entities.map(\.sequence).max() ?? 0) + 1 }
}
