import CFailingVFS
import Foundations
import SQLite

/// A file layer for SQLite whose Nth call fails, for databases opened through it.
final class FailingLayer {
  /// What happens from the chosen call on.
  enum Fault: CaseIterable, Sendable { case fullOnce, fullLasting, brokenOnce, brokenLasting }

  let name: String
  private let layer: OpaquePointer

  init(_ name: String) {
    self.name = name
    guard let layer = failing_vfs_make(name) else { fatalError("no memory for a file layer") }
    self.layer = layer
  }

  deinit { failing_vfs_free(layer) }

  /// Options that open through it.
  var options: DatabaseOptions {
    var options = DatabaseOptions()
    options.fileLayer = name
    return options
  }

  /// How many calls there were since the last arming.
  var calls: Int { failing_vfs_calls(layer) }

  /// Lets no call fail, and counts anew.
  func calm() { failing_vfs_arm(layer, 0, 0, 0) }

  /// Lets a call fail, counted from 1 from now on.
  func arm(_ fault: Fault, at call: Int) {
    // SQLITE_FULL and SQLITE_IOERR.
    let status: Int32 = fault == .fullOnce || fault == .fullLasting ? 13 : 10
    failing_vfs_arm(layer, call, status, fault == .fullLasting || fault == .brokenLasting ? 1 : 0)
  }
}
