import Blobs
import Library
package import Model

extension OpenLibrary {
  /// The asset that somebody names by its id or by the SHA-256 of its content.
  package func asset(named text: String) throws -> Asset {
    if let blob = BlobID(text), let asset = try catalogue.read({ try $0.asset(of: blob) }) {
      return asset
    }
    return try library.asset(AssetID(text))
  }
}
