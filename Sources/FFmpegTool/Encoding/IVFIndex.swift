package import Foundations
import Glibc

/// What stands where in a file of bare AV1 (IVF): one packet a frame, in the order they are shown.
package struct IVFIndex: Sendable, Hashable {
  package let width: Int
  package let height: Int
  package let packets: [Packet]

  /// Where one frame's packet stands.
  package struct Packet: Sendable, Hashable {
    package let offset: Int64
    package let size: Int
    /// Whether it begins with a sequence header, so that decoding can begin with it.
    package let isKey: Bool
  }

  /// Reads the headers of a file; `tool.nonsense` where it is not whole to its last byte.
  package static func read(_ path: FilePath) throws(FFmpegToolFailure) -> IVFIndex {
    do {
      return try IVFReader(FileDescriptor.open(path, O_RDONLY), path).index()
    } catch let error as FFmpegToolFailure {
      throw error
    } catch {
      throw FFmpegToolFailure(
        .toolNonsense, "cannot read what was written to \(path): \(error.asFailure.message)",
        cause: error)
    }
  }

  /// How many bytes all packets have together.
  package var bytes: Int64 { packets.reduce(0) { $0 + Int64($1.size) } }
}
