/// The sorts of failure, and the one table from them to exit status and HTTP status.
package enum FailureKind: String, Sendable, CaseIterable {
  /// The caller asked for something that makes no sense.
  case usage
  /// The media itself is damaged, or is no media.
  case badMedia
  /// The thing named is not there.
  case notFound
  /// What is there already stands against it.
  case conflict
  /// Somebody stopped it.
  case cancelled
  /// It may work later: busy, full, not reachable.
  case unavailable
  /// Not permitted.
  case denied
  /// The configuration is wrong.
  case configuration
  /// A defect of the program itself.
  case internalError
  /// Nobody reads the output any more; a success of sorts.
  case brokenPipe

  /// The process's exit status, after `sysexits.h`.
  package var exitStatus: Int32 {
    switch self {
    case .usage: 64
    case .badMedia: 65
    case .notFound: 66
    case .internalError: 70
    case .conflict: 73
    case .unavailable: 75
    case .denied: 77
    case .configuration: 78
    case .cancelled: 130
    case .brokenPipe: 0
    }
  }

  /// The HTTP status; a `FailureCode` may carry a finer one.
  package var httpStatus: Int {
    switch self {
    case .usage: 400
    case .badMedia: 422
    case .notFound: 404
    case .conflict, .cancelled: 409
    case .unavailable: 503
    case .denied: 403
    case .configuration, .internalError: 500
    case .brokenPipe: 499
    }
  }
}
