/// A first-in, first-out buffer of a fixed size, whose elements need not be copyable.
struct RingBuffer<Element: ~Copyable>: ~Copyable {
  // Swift's own collections take no element that cannot be copied. The slots from `first` on,
  // `count` of them and round the end, are initialised; no others.
  private let slots: UnsafeMutablePointer<Element>
  private var first = 0

  /// How many elements fit.
  let capacity: Int
  /// How many there are.
  private(set) var count = 0

  /// An empty buffer.
  init(capacity: Int) {
    precondition(capacity > 0, "a buffer holds something")
    self.capacity = capacity
    slots = .allocate(capacity: capacity)
  }

  deinit {
    for offset in 0..<count { (slots + (first + offset) % capacity).deinitialize(count: 1) }
    slots.deallocate()
  }

  /// Whether nothing more fits.
  var isFull: Bool { count == capacity }

  /// Puts an element behind the last.
  ///
  /// The buffer must not be full.
  mutating func append(_ element: consuming Element) {
    precondition(!isFull, "the buffer is full")
    (slots + (first + count) % capacity).initialize(to: element)
    count += 1
  }

  /// Takes the first element out; nil where there is none.
  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = (slots + first).move()
    first = (first + 1) % capacity
    count -= 1
    return element
  }
}
