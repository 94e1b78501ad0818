import Foundations
package import Model

extension JobContext {
  private static let pageSize = 200

  /// The jobs of its parts by their ordinal, with their results.
  ///
  /// A kind that makes thousands of parts with long results takes them one by one, by `eachChild`.
  package func children() throws -> [Job] {
    var children: [Job] = []
    try eachChild { children.append($0) }
    return children
  }

  /// Goes through the jobs of its parts by their ordinal, holding one page of them at a time.
  package func eachChild(_ body: (Job) throws -> Void) throws {
    var filter = JobFilter()
    filter.parent = job.id
    var cursor: PageCursor?
    repeat {
      try stop.check()
      let page = try store.readJobs {
        try $0.jobs(filter, after: cursor, atMost: Self.pageSize)
      }
      for child in page.items { try body(child) }
      cursor = page.next
    } while cursor != nil
  }
}
