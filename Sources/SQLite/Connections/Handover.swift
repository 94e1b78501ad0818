/// Something that one thread leaves for another to take, once.
///
/// `@unchecked Sendable` because it is given away whole when it is made (`sending`), before the
/// thread that takes it begins.
final class Handover<Value>: @unchecked Sendable {
  private var value: Value?

  init(_ value: sending Value) { self.value = value }

  /// Takes it; nothing is left behind.
  func take() -> Value? {
    defer { value = nil }
    return value
  }
}
