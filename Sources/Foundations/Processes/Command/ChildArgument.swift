/// One argument of a child: bytes, because a path on Linux need not be text.
package struct ChildArgument: Sendable, Hashable, ExpressibleByStringInterpolation,
  CustomStringConvertible
{
  /// The bytes the child will see, without the NUL that ends them.
  package let bytes: [UInt8]

  /// An argument from text.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// A path, byte for byte.
  package init(_ path: FilePath) { bytes = path.bytes }

  /// Text with a path behind it, as in `file:/a/b` or `model=/a/b`.
  package init(_ prefix: String, _ path: FilePath) { bytes = Array(prefix.utf8) + path.bytes }

  package init(stringLiteral value: String) { self.init(value) }

  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
