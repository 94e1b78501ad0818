/// The lines of a child's output, as they come; to be read by one task.
///
/// The child is held up while its lines are not read. Letting go of the iteration, or cancelling
/// its task, drops the rest. It keeps the child's owner alive.
package struct OutputLines: AsyncSequence, Sendable {
  /// A line.
  package typealias Element = OutputLine
  /// Reading never fails: what goes wrong is in the child's result.
  package typealias Failure = Never

  private let child: Child
  private let feed: OutputFeed
  private let longest: Int

  init(of child: Child, _ feed: OutputFeed, longest: Int) {
    self.child = child
    self.feed = feed
    self.longest = longest
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(reader: Reader(child, feed), splitter: LineSplitter(longest: longest))
  }

  /// Counts as a reader of the feed for as long as it lives.
  fileprivate final class Reader {
    let child: Child
    let feed: OutputFeed

    init(_ child: Child, _ feed: OutputFeed) {
      self.child = child
      self.feed = feed
      feed.addReader()
    }

    deinit { feed.removeReader() }
  }

  /// Splits what comes, on the reading task.
  package struct Iterator: AsyncIteratorProtocol {
    private let reader: Reader
    private var splitter: LineSplitter
    private var ready: ArraySlice<OutputLine> = []
    private var isEnded = false

    fileprivate init(reader: Reader, splitter: LineSplitter) {
      self.reader = reader
      self.splitter = splitter
    }

    package mutating func next() async -> OutputLine? {
      while true {
        if let line = ready.popFirst() { return line }
        if isEnded { return nil }
        if let bytes = await reader.feed.take() {
          ready = splitter.take(bytes)[...]
        } else {
          isEnded = true
          return splitter.finish()
        }
      }
    }
  }
}
