import CFFmpeg
import Foundations

extension AudioFrame {
  /// Makes a frame of some of the samples of an array.
  ///
  /// Throws `BadValue` where a number is none; its column is the sample.
  package static func make(
    from view: SampleView, samples: Range<Int>, layout: ChannelLayout, sampleRate: Int
  ) throws -> AudioFrame {
    guard let format = view.format else {
      throw MediaFailure(
        .badMediaSetting, "sound is not kept as \(view.element)",
        hint: "save it as int16, int32 or float32")
    }
    precondition(samples.upperBound <= view.samples && layout.channels == view.channels)
    let frame = try make(
      samples: samples.count, format: format, layout: layout, sampleRate: sampleRate)
    guard let target = frame.handle.pointee.data.0 else {
      preconditionFailure("the frame has no samples")
    }
    switch view.element {
    case .uint8: try copy(view, samples, target, UInt8.self) { $0 }
    case .int16: try copy(view, samples, target, Int16.self) { $0 }
    case .int32: try copy(view, samples, target, Int32.self) { $0 }
    case .float64: try copy(view, samples, target, Double.self, checked)
    case .float32: try copy(view, samples, target, Float.self, checked)
    case .float16: try copy(view, samples, target, Float16.self) { try checked(Float($0)) }
    case .bfloat16:
      try copy(view, samples, target, UInt16.self) {
        try checked(Float(bitPattern: UInt32($0) << 16))
      }
    default: preconditionFailure("the format was chosen for the element")
    }
    return frame
  }

  private struct NotFinite: Error { let isNaN: Bool }

  private static func checked<Value: FloatingPoint>(_ value: Value) throws -> Value {
    guard value.isFinite else { throw NotFinite(isNaN: value.isNaN) }
    return value
  }

  private static func copy<From: BitwiseCopyable, To: BitwiseCopyable>(
    _ view: SampleView, _ samples: Range<Int>, _ target: UnsafeMutablePointer<UInt8>,
    _ type: From.Type, _ map: (From) throws -> To
  ) throws {
    try view.memory.withBytes { bytes in
      for (place, sample) in samples.enumerated() {
        for channel in 0..<view.channels {
          let from = view.start + sample * view.sampleStep + channel * view.channelStep
          let value = bytes.loadUnaligned(fromByteOffset: from, as: From.self)
          do {
            let at = (place * view.channels + channel) * MemoryLayout<To>.stride
            UnsafeMutableRawPointer(target).storeBytes(
              of: try map(value), toByteOffset: at, as: To.self)
          } catch let bad as NotFinite {
            throw BadValue(
              value: bad.isNaN ? "NaN" : "infinity", row: 0, column: sample, channel: channel)
          }
        }
      }
    }
  }
}
