import CFFmpeg
import Foundations

extension VideoFrame {
  /// Makes a frame of floats of an array's pictures, a plane for each component, for formats that
  /// keep light beyond white.
  ///
  /// Floats are brought from the mapping's range to 0…1 and not cut off there; without a range they
  /// stay what they are. Whole numbers become parts of their white.
  package static func floats(
    from view: PixelView, colour: Colour, mapping: ValueMapping, perRow: Int
  ) throws -> VideoFrame {
    let grid = PictureGrid(view, perRow: perRow)
    let (wide, high) = try grid.checkedSize()
    let (format, planes): (AVPixelFormat, [Int]) =
      switch view.channels {
      case 1: (AV_PIX_FMT_GRAYF32LE, [0])
      // Green comes first in libav's planes.
      case 3: (AV_PIX_FMT_GBRPF32LE, [2, 0, 1])
      default: (AV_PIX_FMT_GBRAPF32LE, [2, 0, 1, 3])
      }
    let frame = try make(width: wide, height: high, format: PixelFormat(format), colour: colour)
    for (channel, plane) in planes.enumerated() {
      let filler = FloatPlaneFiller(view: view, mapping: mapping, channel: channel)
      guard let start = frame.planeStart(plane) else { continue }
      let stride = frame.planeStride(plane)
      if view.pictures > 1 {
        for row in 0..<high { (start + row * stride).initialize(repeating: 0, count: wide * 4) }
      }
      for picture in 0..<view.pictures {
        let corner = grid.corner(of: picture)
        for row in 0..<view.height {
          let target = start + (corner.y + row) * stride + corner.x * 4
          try target.withMemoryRebound(to: Float.self, capacity: view.width) {
            try filler.fill($0, picture: picture, row: row)
          }
        }
      }
    }
    return frame
  }

  private func planeStart(_ plane: Int) -> UnsafeMutablePointer<UInt8>? {
    let data = handle.pointee.data
    return [data.0, data.1, data.2, data.3][plane]
  }

  private func planeStride(_ plane: Int) -> Int {
    let sizes = handle.pointee.linesize
    return Int([sizes.0, sizes.1, sizes.2, sizes.3][plane])
  }
}

/// Turns one channel of a row of an array into floats.
private struct FloatPlaneFiller {
  let view: PixelView
  let mapping: ValueMapping
  let channel: Int

  func fill(_ target: UnsafeMutablePointer<Float>, picture: Int, row: Int) throws {
    let offset =
      view.start + picture * view.steps.picture + row * view.steps.row
      + channel * view.steps.channel
    try view.memory.withBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let source = base + offset
      func each<Value: BitwiseCopyable>(_ type: Value.Type, _ map: (Value) -> Float) throws {
        for column in 0..<view.width {
          let value = (source + column * view.steps.column).loadUnaligned(as: Value.self)
          let light = map(value)
          guard light.isFinite else {
            throw BadValue(
              value: light.isNaN ? "NaN" : "infinity", row: row, column: column, channel: channel)
          }
          target[column] = light
        }
      }
      switch view.element {
      case .float32: try each(Float.self) { ranged($0) }
      case .float16: try each(Float16.self) { ranged(Float($0)) }
      case .bfloat16: try each(UInt16.self) { ranged(Float(bitPattern: UInt32($0) << 16)) }
      case .float64: try each(Double.self) { ranged(Float($0)) }
      case .uint16: try each(UInt16.self) { Float($0) / 65_535 }
      case .bool: try each(UInt8.self) { $0 == 0 ? 0 : 1 }
      case .uint8: try each(UInt8.self) { Float($0) / 255 }
      case .int8: try each(Int8.self) { Float($0) / 255 }
      case .int16: try each(Int16.self) { Float($0) / 255 }
      case .int32: try each(Int32.self) { Float($0) / 255 }
      case .int64: try each(Int64.self) { Float($0) / 255 }
      case .uint32: try each(UInt32.self) { Float($0) / 255 }
      case .uint64: try each(UInt64.self) { Float($0) / 255 }
      }
    }
  }

  private func ranged(_ value: Float) -> Float {
    guard let range = mapping.range else { return value }
    return (value - range.lowerBound) / max(range.upperBound - range.lowerBound, 1e-5)
  }
}
