import Foundations

/// Turns one row of an array into one row of a frame.
///
/// The loops are written out for each type of number: they run over every pixel of a film.
struct RowFiller {
  let view: PixelView
  /// How many components a pixel of the frame has.
  let channels: Int
  let mapping: ValueMapping

  /// Fills a row of 8 or 16 bit components.
  func fill(
    _ target: UnsafeMutablePointer<UInt8>, isWide: Bool, picture: Int, row: Int
  ) throws {
    let offset = view.start + picture * view.steps.picture + row * view.steps.row
    do {
      try view.memory.withBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        let source = base + offset
        if isWide {
          try target.withMemoryRebound(to: UInt16.self, capacity: view.width * channels) {
            try fill16($0, source)
          }
        } else {
          try fill8(target, source)
        }
      }
    } catch let bad as BadPlace {
      throw BadValue(
        value: bad.value, row: row, column: bad.column, channel: bad.channel)
    }
  }

  /// A bad number, before it is known in which row.
  private struct BadPlace: Error {
    let value: String
    let column: Int
    let channel: Int
  }

  private var isPacked: Bool {
    view.steps.channel == view.element.size
      && view.steps.column == view.element.size * view.channels && view.channels == channels
  }

  private func fill8(
    _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafeRawPointer
  ) throws(BadPlace) {
    switch view.element {
    case .uint8 where isPacked:
      UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: view.width * channels)
    case .uint8: try each(source, UInt8.self) { place, value in target[place] = value }
    case .bool:
      try each(source, UInt8.self) { place, value in target[place] = value == 0 ? 0 : 255 }
    case .uint16:
      try each(source, UInt16.self) { place, value in
        target[place] = UInt8((UInt32(value) * 255 + 32_767) / 65_535)
      }
    case .float32: try steps(source, Float.self, white: 255, { $0 }) { target[$0] = UInt8($1) }
    case .float16:
      try steps(source, Float16.self, white: 255, Float.init) { target[$0] = UInt8($1) }
    case .bfloat16:
      try steps(source, UInt16.self, white: 255, Self.brain) { target[$0] = UInt8($1) }
    case .float64: try steps(source, Double.self, white: 255, Float.init) { target[$0] = UInt8($1) }
    case .int8: try whole(source, Int8.self, target)
    case .int16: try whole(source, Int16.self, target)
    case .int32: try whole(source, Int32.self, target)
    case .int64: try whole(source, Int64.self, target)
    case .uint32: try whole(source, UInt32.self, target)
    case .uint64: try whole(source, UInt64.self, target)
    }
  }

  private func fill16(
    _ target: UnsafeMutablePointer<UInt16>, _ source: UnsafeRawPointer
  ) throws(BadPlace) {
    let white: Float = 65_535
    switch view.element {
    case .uint16: try each(source, UInt16.self) { place, value in target[place] = value }
    case .float32: try steps(source, Float.self, white: white, { $0 }) { target[$0] = UInt16($1) }
    case .float16:
      try steps(source, Float16.self, white: white, Float.init) { target[$0] = UInt16($1) }
    case .bfloat16:
      try steps(source, UInt16.self, white: white, Self.brain) { target[$0] = UInt16($1) }
    case .float64:
      try steps(source, Double.self, white: white, Float.init) { target[$0] = UInt16($1) }
    default:
      try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: view.width * channels) {
        row throws(BadPlace) in
        guard let base = row.baseAddress else { return }
        try fill8(base, source)
        for place in 0..<view.width * channels { target[place] = UInt16(row[place]) * 257 }
      }
    }
  }

  private static func brain(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

  /// Calls `body` for every number of a row; one channel goes to all of a pixel.
  @inline(__always)
  private func each<Value: BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ type: Value.Type,
    _ body: (_ place: Int, _ value: Value) throws(BadPlace) -> Void
  ) throws(BadPlace) {
    let step = view.channels == 1 ? 0 : view.steps.channel
    for column in 0..<view.width {
      let pixel = source + column * view.steps.column
      for channel in 0..<channels {
        let value = (pixel + channel * step).loadUnaligned(as: Value.self)
        try body(column * channels + channel, value)
      }
    }
  }

  /// Maps floats to steps of `white`.
  @inline(__always)
  private func steps<Value: BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ type: Value.Type, white: Float,
    _ float: (Value) -> Float, _ store: (Int, Float) -> Void
  ) throws(BadPlace) {
    let range = mapping.range
    let (low, high) = (range?.lowerBound ?? 0, range?.upperBound ?? 1)
    let span = max(high - low, 1e-5)
    let half: Float = mapping.rounds ? 0.5 : 0
    try each(source, type) { place, value throws(BadPlace) in
      var light = float(value)
      guard light.isFinite else {
        throw BadPlace(
          value: light.isNaN ? "NaN" : "infinity", column: place / channels,
          channel: place % channels)
      }
      if range != nil { light = (min(max(light, low), high) - low) / span }
      store(place, min(max(light * white + half, 0), white))
    }
  }

  /// Takes whole numbers of other widths as they are, where they are steps.
  @inline(__always)
  private func whole<Value: FixedWidthInteger & BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ type: Value.Type, _ target: UnsafeMutablePointer<UInt8>
  ) throws(BadPlace) {
    try each(source, type) { place, value throws(BadPlace) in
      guard let step = UInt8(exactly: value) else {
        throw BadPlace(value: "\(value)", column: place / channels, channel: place % channels)
      }
      target[place] = step
    }
  }
}
