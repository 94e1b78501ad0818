import Foundations
import Synchronization

/// The calls that are running and can be stopped, by the names that their callers gave them.
enum Tickets {
  private static let running = Mutex<[String: StopFlag]>([:])

  /// Runs a call's work under a flag that `mediary_stop` raises by the request's ticket.
  static func whileStoppable(
    _ request: JSONValue, _ work: (StopFlag) throws -> JSONValue
  ) throws -> JSONValue {
    let stop = StopFlag()
    guard let ticket = request["ticket"]?.string else { return try work(stop) }
    let isNew = running.withLock { running in
      guard running[ticket] == nil else { return false }
      running[ticket] = stop
      return true
    }
    guard isNew else { throw BindingFailure("two calls at once have the ticket \(ticket)") }
    defer { running.withLock { running in running[ticket] = nil } }
    return try work(stop)
  }

  /// Stops a call.
  static func stop(_ ticket: String) { running.withLock { $0[ticket] }?.stop() }
}
