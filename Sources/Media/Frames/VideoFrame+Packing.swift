import CFFmpeg

extension VideoFrame {
  /// Puts the samples into an array: planes one after the other, rows without gaps between them.
  ///
  /// This is the form in which bare pictures go through a pipe. The array keeps its memory from
  /// frame to frame.
  package func packed(into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(packedSize)
    eachPackedRow { row in
      row.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
  }

  /// How many bytes its samples take without gaps.
  package var packedSize: Int {
    (0..<planes).reduce(0) { size, plane in
      let shape = packedShape(ofPlane: plane)
      return size + shape.length * shape.rows
    }
  }

  /// Calls `body` with the samples row by row, plane by plane; where rows have no gaps between them,
  /// with a whole plane at once.
  package func eachPackedRow(_ body: (RawSpan) -> Void) {
    for plane in 0..<planes {
      let (length, rows) = packedShape(ofPlane: plane)
      let (start, stride) = memory(ofPlane: plane)
      if stride == length {
        body(UnsafeRawBufferPointer(start: start, count: length * rows).bytes)
      } else {
        for row in 0..<rows {
          body(UnsafeRawBufferPointer(start: start + row * stride, count: length).bytes)
        }
      }
    }
  }

  private func packedShape(ofPlane plane: Int) -> (length: Int, rows: Int) {
    let length = Int(av_image_get_linesize(format.raw, handle.pointee.width, Int32(plane)))
    return (max(0, length), format.size(ofPlane: plane, width: width, height: height).height)
  }

  /// Where the rows of a plane lie, and how far one is from the next.
  func memory(ofPlane plane: Int) -> (start: UnsafeRawPointer, stride: Int) {
    precondition(plane >= 0 && plane < planes, "\(format.name) has no plane \(plane)")
    precondition(!format.isHardware, "fetch the picture from the device first")
    let data = withUnsafePointer(to: handle.pointee.data) {
      UnsafeRawPointer($0).loadUnaligned(
        fromByteOffset: plane * MemoryLayout<UnsafeMutablePointer<UInt8>?>.stride,
        as: UnsafeMutablePointer<UInt8>?.self)
    }
    let stride = withUnsafePointer(to: handle.pointee.linesize) {
      UnsafeRawPointer($0).load(fromByteOffset: plane * MemoryLayout<Int32>.stride, as: Int32.self)
    }
    guard let data else { preconditionFailure("the frame has no pixels") }
    precondition(stride > 0, "rows must follow each other from the top")
    return (UnsafeRawPointer(data), Int(stride))
  }
}
