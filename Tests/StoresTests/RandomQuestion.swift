import CatalogueConformance
import Foundations
import Model
import Sniffing
import TestSupport

/// A question by chance: a list by a filter and an order, page by page, and the hits of some words.
struct RandomQuestion: CustomStringConvertible {
  private let filter: AssetFilter
  private let order: AssetOrder
  private let count: Int
  private let text: String
  private let number: Int

  init(using random: inout Seeded) {
    filter = Self.filter(using: &random)
    order = AssetOrder(
      AssetOrder.Key.allCases.randomElement(using: &random) ?? .date,
      isDescending: Bool.random(using: &random))
    count = Int.random(in: 1...5, using: &random)
    let word = RandomChange.words.randomElement(using: &random) ?? ""
    let forms = [word, String(word.prefix(3)) + "*", "*" + word.dropFirst(1), "\"\(word) sun\""]
    text = forms.randomElement(using: &random) ?? ""
    number = Int.random(in: 0..<14, using: &random)
  }

  var description: String { "\(filter) \(order) \(count) \(text) \(number)" }

  private static func filter(using random: inout Seeded) -> AssetFilter {
    var filter = AssetFilter()
    func chance() -> Bool { Int.random(in: 0..<7, using: &random) == 0 }
    if chance() { filter.kinds = [.video] }
    if chance() { filter.kinds = [.video, .image] }
    if chance() { filter.sources = [.generated, .stitched] }
    if chance() { filter.codec = "h264" }
    if chance() { filter.model = RandomChange.models.randomElement(using: &random) }
    if chance() { filter.user = "ann" }
    if chance() { filter.tags = [RandomChange.tags.randomElement(using: &random) ?? ""] }
    if chance() { filter.leastRating = Int.random(in: 0...4, using: &random) }
    if chance() { filter.isFavourite = Bool.random(using: &random) }
    if chance() { filter.isDuplicated = Bool.random(using: &random) }
    if chance() { filter.isDeleted = true }
    if chance() { filter.width = 600...700 }
    if chance() { filter.durationSeconds = 1...2 }
    if chance() { filter.size = 1...2 }
    if chance() { filter.from = Sample.time(2) }
    if chance() { filter.to = Sample.time(3) }
    if chance() { filter.extra = [("n", .int(1))] }
    if chance() { filter.workflow = try? WorkflowID("w1") }
    if chance() { filter.run = try? RunID("r1") }
    return filter
  }

  /// Everything that a catalogue says to it.
  func answer(of subject: CataloguePromise.Subject) -> [String] {
    do {
      return try subject.store.read { try answer(of: $0) }
    } catch {
      return [error.asFailure.code.name]
    }
  }

  private func answer(of session: any CatalogueReading) throws -> [String] {
    var answer = try pages { try session.assets(filter, order, after: $0, atMost: count) }
      .map { "\($0)" }
    let query = try TextQuery(text)
    answer += try pages { try session.search(query, filter, .newest, after: $0, atMost: count) }
      .map { "\($0.asset.id) \($0.field)" }
    // Which comes first is the store's own judgement; which there are is not.
    answer += try pages { try session.search(query, filter, .best, after: $0, atMost: count) }
      .map { "\($0.asset.id)" }.sorted()
    answer += try about(session)
    return answer
  }

  private func about(_ session: any CatalogueReading) throws -> [String] {
    let (asset, workflow) = (try Sample.assetID(number), try WorkflowID("w\(number % 4)"))
    var answer: [String] = []
    if try session.asset(asset) != nil {
      answer += [
        try "\(session.origins(of: asset))", try "\(session.generations(of: asset))",
        try "\(session.references(to: asset))", try "\(session.associations(of: asset))",
      ]
    }
    if try session.workflow(workflow) != nil {
      answer += [
        try "\(session.versions(of: workflow))", try "\(session.associations(of: workflow))",
      ]
      answer += try pages { try session.executions(of: workflow, after: $0, atMost: count) }
        .map { "\($0)" }
    }
    answer += try pages { try session.workflows(WorkflowFilter(), after: $0, atMost: count) }
      .map { "\($0)" }
    answer += try pages { try session.runs(RunFilter(), after: $0, atMost: count) }.map { "\($0)" }
    return answer
  }

  private func pages<Item>(_ page: (PageCursor?) throws -> Page<Item>) rethrows -> [Item] {
    var items: [Item] = []
    var cursor: PageCursor?
    repeat {
      let next = try page(cursor)
      items += next.items
      cursor = next.next
    } while cursor != nil
    return items
  }
}
