import Foundation

/// Runs a body on so many threads at once, and returns when all are done.
package func withThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    // Threads and not tasks: the body may block, and a pool of two would run them in turn.
    Thread.detachNewThread {
      body(number)
      group.leave()
    }
  }
  group.wait()
}
