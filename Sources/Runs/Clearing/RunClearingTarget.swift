/// Where cleared runs go.
package enum RunClearingTarget: String, Sendable, CaseIterable {
  case trash, archive
}
