import Synchronization

/// What the streams that end at one terminal share: the lock that keeps their lines whole, and the
/// live region below them.
final class Screen: Sendable {
  private struct Region {
    var painter = LivePainter()
    let terminal: Terminal
    let writer: StreamWriter
    // Once the terminal is gone there is nobody to tell; the work goes on without a picture.
    var isLost = false

    mutating func send(_ text: String) {
      guard !text.isEmpty, !isLost else { return }
      do { try writer.write(Array(text.utf8)) } catch { isLost = true }
    }
  }

  // Held while the system writes, which is its purpose: a slow reader holds up those who write to
  // the same screen, and nobody else.
  private let region = Mutex<Region?>(nil)

  /// Writes whole lines above the region.
  func write(_ bytes: [UInt8], to writer: StreamWriter) throws(FileFailure) {
    try region.withLock { region throws(FileFailure) in
      guard var live = region else { return try writer.write(bytes) }
      live.send(live.painter.erase(on: live.terminal))
      defer {
        live.send(live.painter.repaint(on: live.terminal))
        region = live
      }
      try writer.write(bytes)
    }
  }

  /// Opens the region; there is one at a time.
  func open(on terminal: Terminal, _ writer: StreamWriter) {
    region.withLock { region in
      precondition(region == nil, "a screen has one live region at a time")
      region = Region(terminal: terminal, writer: writer)
    }
  }

  /// Draws a frame; nothing where the region is closed.
  func paint(_ lines: [StyledText]) {
    region.withLock { region in
      guard var live = region else { return }
      live.send(live.painter.paint(lines, on: live.terminal))
      region = live
    }
  }

  /// Closes the region, after a last frame where one is given; a second time does nothing.
  func close(after lines: [StyledText]?, keeping isKept: Bool) {
    region.withLock { region in
      guard var live = region else { return }
      if let lines { live.send(live.painter.paint(lines, on: live.terminal)) }
      live.send(live.painter.finish(keeping: isKept, on: live.terminal))
      region = nil
    }
  }
}
