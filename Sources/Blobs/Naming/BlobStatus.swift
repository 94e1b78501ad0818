/// What a store knows of one blob without reading it.
package struct BlobStatus: Sendable, Equatable {
  /// Its name.
  package let id: BlobID
  /// How many bytes it has.
  package let size: Int64
  /// How long ago it was committed or renewed, by the store's own clock.
  package let age: Duration
}
