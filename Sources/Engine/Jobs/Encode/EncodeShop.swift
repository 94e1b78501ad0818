import Foundations
import Synchronization

/// The places and tools of encodes, opened once they are needed: most commands about jobs need none.
final class EncodeShop: Sendable {
  private let configuration: Configuration
  private let opened = Mutex<EncodingPlaces?>(nil)

  init(_ configuration: Configuration) { self.configuration = configuration }

  func places() throws -> EncodingPlaces {
    try opened.withLock { opened in
      if let opened { return opened }
      let places = try EncodingPlaces(configuration)
      opened = places
      return places
    }
  }
}
