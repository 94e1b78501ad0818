package import Foundations
import Media

/// Samples that come one piece after the other, from wherever they are.
///
/// Called from one thread at a time.
protocol SoundSource: AnyObject {
  /// What the samples are.
  var form: SoundForm { get }
  /// The next samples, nil at the end.
  func next() throws -> AudioFrame?
}

/// The sound that goes into a film: an array of samples, or what another file holds.
package enum FilmSound: Sendable {
  case array(PixelArray, sampleRate: Int)
  case file(FilePath)

  /// Opens it from its start.
  func open(stop: StopFlag) throws -> any SoundSource {
    switch self {
    case .array(let array, let rate): try ArraySound(array, sampleRate: rate)
    case .file(let path): try FileSound(path, stop: stop)
    }
  }
}
