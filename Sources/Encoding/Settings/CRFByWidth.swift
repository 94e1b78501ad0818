/// A constant rate factor for small, middle and large pictures, in quarters.
package struct CRFByWidth: Sendable, Hashable {
  /// The CRFs that there are.
  package static let range = 0.0...63.0

  package var sdQuarters: Int
  package var hdQuarters: Int
  package var uhdQuarters: Int

  /// How wide pictures are, coarsely.
  package enum Size: String, Sendable, CaseIterable {
    case sd
    case hd
    case uhd
  }

  /// Whole CRFs.
  package init(sd: Int, hd: Int, uhd: Int) {
    (sdQuarters, hdQuarters, uhdQuarters) = (sd * 4, hd * 4, uhd * 4)
  }

  /// One for all, or three with commas between: "27", "25,27.5,29".
  package init(text: String) throws(EncodingFailure) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 3 else { throw Self.refusal(text) }
    var quarters: [Int] = []
    for part in parts {
      guard let value = Double(part), Self.range.contains(value),
        let whole = Int(exactly: value * 4)
      else { throw Self.refusal(text) }
      quarters.append(whole)
    }
    (sdQuarters, hdQuarters) = (quarters[0], quarters[parts.count / 2])
    uhdQuarters = quarters[parts.count - 1]
  }

  /// The CRF of a size.
  package subscript(size: Size) -> Int {
    switch size {
    case .sd: sdQuarters
    case .hd: hdQuarters
    case .uhd: uhdQuarters
    }
  }

  private static func refusal(_ text: String) -> EncodingFailure {
    .badSetting(
      "--crf", text, "0 to 63 in quarters, one for all or three as SD,HD,UHD: 27 or 25,27,29")
  }
}
