extension StopReason {
  /// The exit status of a process that was stopped for this reason: 130 after SIGINT, 143 after
  /// SIGTERM, as a shell reports a program that a signal ended.
  package var exitStatus: Int32 {
    switch self {
    case .signal(let number): 128 + number
    case .cancelled: FailureKind.cancelled.exitStatus
    case .deadline: FailureCode.deadlinePassed.kind.exitStatus
    }
  }
}
