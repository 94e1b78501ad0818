package import Foundations
package import Library
import Media

extension Intake {
  private static let piece = 1 << 20

  /// Takes in what comes by standard input, up to its end.
  package func prepareStandardInput(
    _ details: AssetDetails, stop: StopFlag
  ) throws -> PreparedAsset {
    let incoming = try begin(details)
    let input = try MediaSource.standardInputBytes(stop: stop)
    while true {
      try stop.check()
      let bytes = try input.read(Self.piece)
      if bytes.isEmpty { break }
      try incoming.append(bytes)
    }
    return try incoming.finish(stop: stop)
  }
}
