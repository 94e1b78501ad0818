import Glibc

/// The three standard streams of a child that is about to start.
struct Streams {
  /// One of them: the end the child gets, and ours if there is one.
  struct Stream {
    /// The descriptor the child gets a copy of.
    let theirs: Int32
    /// Our end of a pipe; it never blocks.
    let ours: HeldDescriptor?
    // Kept open until the child has its copy.
    private let held: HeldDescriptor?

    /// A descriptor of the caller's.
    init(borrowing number: Int32) {
      theirs = number
      ours = nil
      held = nil
    }

    /// Nothing to read, and writes go nowhere.
    init(nowhere: Void) throws(FileFailure) {
      let null = HeldDescriptor(try FileDescriptor.open("/dev/null", O_RDWR))
      theirs = null.number
      ours = nil
      held = null
    }

    /// A pipe, one end of which is the child's.
    init(theirs: HeldDescriptor, ours: HeldDescriptor) throws(FileFailure) {
      try ours.neverBlock()
      self.theirs = theirs.number
      self.ours = ours
      held = theirs
    }
  }

  let input: Stream
  let output: Stream
  let errors: Stream

  init(of command: ChildCommand) throws(FileFailure) {
    input = try Self.stream(for: command.input)
    output = try Self.stream(for: command.output)
    errors = try Self.stream(for: command.errors)
  }

  private static func stream(for input: ChildInput) throws(FileFailure) -> Stream {
    switch input {
    case .none: return try Stream(nowhere: ())
    case .descriptor(let number): return Stream(borrowing: number)
    case .bytes, .stream:
      let pipe = try Pipe()
      return try Stream(theirs: pipe.readEnd, ours: pipe.writeEnd)
    }
  }

  private static func stream(for output: ChildOutput) throws(FileFailure) -> Stream {
    switch output {
    case .discarded: return try Stream(nowhere: ())
    case .descriptor(let number): return Stream(borrowing: number)
    case .kept, .lines:
      let pipe = try Pipe()
      return try Stream(theirs: pipe.writeEnd, ours: pipe.readEnd)
    }
  }
}
