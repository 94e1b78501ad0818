package import Foundations
package import Testing

/// Whether the work is refused with a code, with a word in its message and one in its hint; records
/// what happened instead.
package func refusal(
  _ code: FailureCode, _ word: String = "", hint: String = "",
  sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws -> Void
) -> Bool {
  do {
    try work()
    Issue.record("it was not refused", sourceLocation: sourceLocation)
    return false
  } catch let failure as any Failure {
    let isRight =
      failure.code == code && failure.message.contains(word)
      && (hint.isEmpty || failure.hint?.contains(hint) == true)
    if !isRight {
      Issue.record("\(failure), hint: \(failure.hint ?? "none")", sourceLocation: sourceLocation)
    }
    return isRight
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
    return false
  }
}
