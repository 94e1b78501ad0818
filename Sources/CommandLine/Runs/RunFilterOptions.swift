import Foundations
import Model
import Runs

/// The options by which runs are chosen, wherever many are meant.
enum RunFilterOptions {
  static let user = Option("user", .text, "Only those of a user.", placeholder: "NAME")
  static let schema = Option(
    "schema", .text, "Only those of a schema.", placeholder: "NAME")
  static let mode = Option(
    "mode", .choice(of: ExecutionMode.self), "Only those of an execution mode.")
  static let status = Option(
    "status", .choice(of: RunState.Status.self), "Only those that stand so.",
    placeholder: "STATUS")

  static let all: [any OptionKey] = [user, schema, mode, status]
}
