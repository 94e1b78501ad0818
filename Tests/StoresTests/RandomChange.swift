import CatalogueConformance
import Foundations
import Model
import TestSupport

/// A change by chance, the same on every catalogue.
struct RandomChange: CustomStringConvertible {
  static let words = ["cat", "dog", "sunset", "sun", "Über", "北京", "夜景", "cathedral"]
  static let tags = ["sea", "sky", "old"]
  static let models = ["sdxl", "sora", "flux"]

  private let sort: Int
  private let number: Int
  private let other: Int
  private let text: String
  private let flag: Bool

  init(using random: inout Seeded) {
    sort = Int.random(in: 0..<16, using: &random)
    number = Int.random(in: 0..<14, using: &random)
    other = Int.random(in: 0..<4, using: &random)
    text = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      Self.words.randomElement(using: &random) ?? ""
    }.joined(separator: " ")
    flag = Bool.random(using: &random)
  }

  var description: String { "\(sort) \(number) \(other) \"\(text)\" \(flag)" }

  /// Makes the change; what it came to, or the code of its failure.
  func outcome(on subject: CataloguePromise.Subject) -> String {
    do {
      return try subject.store.write { try make($0) }
    } catch {
      return error.asFailure.code.name
    }
  }

  private func make(_ transaction: any CatalogueTransaction) throws -> String {
    let asset = try Sample.assetID(number)
    switch sort {
    case 0...3: return try "\(transaction.addAsset(new(), id: asset))"
    case 4, 5: return try "\(transaction.changeAsset(asset, change()))"
    case 6:
      try transaction.deleteAsset(asset, at: Sample.time(number), evenIfReferenced: flag)
    case 7: try transaction.undeleteAsset(asset)
    case 8: try transaction.purgeAsset(asset)
    case 9:
      try transaction.putGeneration(
        Sample.generation(
          number + other, asset: flag ? asset : nil, model: Self.models[other % 3], prompt: text))
    case 10:
      try transaction.setText(of: asset, flag ? "screen" : "transcript", other == 0 ? nil : text)
    case 11: try putRun(transaction, asset)
    case 12: return try "\(transaction.putWorkflow(workflow()))"
    case 13: try transaction.associate(association(asset))
    case 14:
      try transaction.putExecution(Sample.execution(number, of: WorkflowID("w\(other)")))
    default:
      if flag {
        try transaction.deleteWorkflow(WorkflowID("w\(other)"))
      } else {
        try transaction.purgeRun(RunID("r\(other)"))
      }
    }
    return ""
  }

  private func new() throws -> NewAsset {
    var new = Sample.asset(number)
    new.name = text
    new.addedAt = Sample.time(number % 5)
    new.size = Int64(number % 4)
    new.user = flag ? "ann" : nil
    if number % 2 == 0 { new.facts = Sample.film(seconds: Double(number % 3)) }
    if number % 3 == 0 { new.source = .generated }
    if other == 1 {
      new.generation = try Sample.generation(number + 20, model: "flux", prompt: text)
    }
    if other == 2 { new.id = try Sample.assetID(number / 2) }
    return new
  }

  private func change() -> AssetChange {
    var change = AssetChange()
    change.tags = Array(Self.tags.prefix(other))
    change.rating = flag ? other : nil
    change.isFavourite = flag
    change.text = text
    if other > 0 { change.extra = ["n": flag ? nil : .int(other)] }
    return change
  }

  private func putRun(_ transaction: any CatalogueTransaction, _ asset: AssetID) throws {
    var run = try Sample.run(other)
    if flag { run.deletedAt = Sample.time(1) }
    let output = RunOutput(
      run: run.id, ordinal: 1, type: "image", filename: "o.png", asset: asset, blob: nil,
      addedAt: Sample.time(1), details: [:])
    try transaction.putRun(run, outputs: [output])
  }

  private func workflow() throws -> Workflow {
    var workflow = try Sample.workflow(other)
    workflow.definition = ["nodes": flag ? [] : [["id": .string(text)]]]
    workflow.status = flag ? .saved : .draft
    workflow.updatedAt = Sample.time(number)
    return workflow
  }

  private func association(_ asset: AssetID) throws -> Association {
    Association(
      workflow: try WorkflowID("w\(other)"), asset: asset, node: "n\(number % 3)",
      nodeType: "t", role: flag ? .output : .input,
      execution: number % 2 == 0 ? nil : try ExecutionID("e\(number)"),
      createdAt: Sample.time(number))
  }
}
