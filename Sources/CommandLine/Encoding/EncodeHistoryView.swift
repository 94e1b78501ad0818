import Engine
import Foundations

/// `mediary encode --history`: what was encoded.
struct EncodeHistoryView {
  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  func show(_ arguments: ParsedArguments) throws -> ExitStatus {
    let history = try EncodingPlaces(context.configuration()).history
    let filter = arguments[EncodeHistoryOptions.filter]
    if let folder = arguments[EncodeHistoryOptions.lists] {
      let count = try history.writeLists(into: folder, having: filter, stop: context.stop)
      try context.answer(
        ["path": .string(folder.text), "encodes": .int(count)],
        or: ["\(HumanText.count(count, "encode")) listed in \(folder)"])
      return .success
    }
    let records = try history.newest(
      arguments[EncodeHistoryOptions.limit], having: filter, stop: context.stop)
    guard !context.isJSON else {
      for record in records { try context.out.write(data: JSONValue.object(record.json).text()) }
      return .success
    }
    try context.out.write(EncodeHistoryText.table(records, context.out.terminal))
    if records.isEmpty { context.say("\("no encodes", .quiet)") }
    return .success
  }
}
