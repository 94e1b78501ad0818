import CFFmpeg
import CPixels

extension PixelFormat {
  /// Whether luma is a plane of its own, of samples as the processor has them, up to 16 bits.
  package var hasPlaneOfLuma: Bool {
    guard let descriptor, !isRGB, !isFloat, !isHardware, !isPaletted, !isBitstream,
      bitDepth <= 16, descriptor.flags & UInt64(AV_PIX_FMT_FLAG_BE) == 0
    else { return false }
    // What is packed has luma at every other place; P010 has its bits at the upper end.
    let luma = descriptor.comp.0
    return luma.plane == 0 && Int(luma.step) == bytesPerSample && luma.shift == 0
  }
}

extension VideoFrame {
  /// The means of the boxes of a grid laid over a plane, row by row, in 64ths of an 8-bit step.
  ///
  /// Luma is plane 0 and the chromas 1 and 2, of a format with planes of their own for them.
  package func boxMeans(ofPlane plane: Int, columns: Int, rows: Int) -> [UInt16] {
    precondition(format.hasPlaneOfLuma, "\(format.name) has no plane of luma")
    let size = format.size(ofPlane: plane, width: width, height: height)
    let (start, stride) = memory(ofPlane: plane)
    let depth = Int32(format.bitDepth)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size.width) { sums in
      [UInt16](unsafeUninitializedCapacity: columns * rows) { means, count in
        mediary_box_means(
          start, stride, Int32(size.width), Int32(size.height), depth, Int32(columns),
          Int32(rows), means.baseAddress, sums.baseAddress)
        count = columns * rows
      }
    }
  }

  /// Looks at a line of luma, so many from a side; `filled` counts what is brighter than `limit`.
  package func line(_ index: Int, from side: PictureSide, over limit: Double) -> LineLook {
    precondition(format.hasPlaneOfLuma, "\(format.name) has no plane of luma")
    let (start, stride) = memory(ofPlane: 0)
    let size = format.bytesPerSample
    let look =
      switch side {
      case .top, .bottom:
        mediary_look_at_line(
          start + (side == .top ? index : height - 1 - index) * stride, size, Int32(width),
          Int32(format.bitDepth), Float(limit))
      case .left, .right:
        mediary_look_at_line(
          start + (side == .left ? index : width - 1 - index) * size, stride, Int32(height),
          Int32(format.bitDepth), Float(limit))
      }
    return LineLook(
      mean: Double(look.mean), peak: Double(look.peak), unrest: Double(look.unrest),
      filled: Double(look.filled))
  }

  /// The mean and the noise of blocks of 16 by 16 samples of luma spread over the picture, in
  /// 8-bit steps; of some thousand at most.
  package func blocks() -> [BlockLook] {
    precondition(format.hasPlaneOfLuma, "\(format.name) has no plane of luma")
    let (start, stride) = memory(ofPlane: 0)
    let all = (width / 16) * (height / 16)
    let every = max(1, Int(Double(all / 2_048).squareRoot().rounded(.up)))
    return withUnsafeTemporaryAllocation(of: mediary_block.self, capacity: 4_096) { blocks in
      let count = mediary_look_at_blocks(
        start, stride, Int32(width), Int32(height), Int32(format.bitDepth), Int32(every),
        blocks.baseAddress, 4_096)
      return (0..<Int(count)).map {
        BlockLook(mean: Double(blocks[$0].mean), noise: Double(blocks[$0].noise))
      }
    }
  }
}
