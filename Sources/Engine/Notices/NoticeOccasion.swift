/// When somebody is told of an encode.
package enum NoticeOccasion: String, Sendable, CaseIterable {
  /// When it went well.
  case finished
  /// When it failed.
  case failed
  case both

  func covers(failure isFailure: Bool) -> Bool {
    switch self {
    case .finished: !isFailure
    case .failed: isFailure
    case .both: true
    }
  }
}
