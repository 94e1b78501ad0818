/// The value, or an error that says there is none: `#require` for values that cannot be copied.
package func present<Value: ~Copyable>(_ value: consuming Value?) throws -> Value {
  guard let value = consume value else { throw CommandRunError("nothing came out") }
  return value
}
