package import Foundations

/// What came of frames that were encoded.
package struct EncodedFrames: Sendable {
  /// What stands where in the file.
  package let index: IVFIndex
  /// What the encoder used.
  package let usage: ChildUsage

  /// How many frames there are.
  package var frames: Int { index.packets.count }
  /// How many bytes they have, without what the container adds.
  package var bytes: Int64 { index.bytes }
  /// What encoding took of the processors.
  package var cpuSeconds: Double { usage.cpuSeconds }
  /// The most memory the encoder held; 0 where it was too short-lived to be seen.
  package var peakMemory: Int64 { usage.peakMemoryBytes ?? 0 }
}
