/// Files of boxes (ISO base media, QuickTime), told apart by their brands.
enum BoxSigns {
  private static let brands: [(names: Set<String>, type: ContentType)] = [
    (["avif", "avis"], .avif),
    (["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"], .heic),
    (["M4A ", "M4B ", "M4P ", "F4A "], .m4a),
    (["qt  "], .mov),
    (["jxl "], .jxl),
    (
      [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42",
        "avc1", "av01", "dash", "cmfc", "cmf2", "M4V ", "M4VH", "M4VP", "f4v ", "F4V ", "mmp4",
        "MSNV", "XAVC", "3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "3g2b", "3g2c", "hvc1", "dby1",
      ], .mp4
    ),
    // Pictures of some coding, which the brands before would have named.
    (["mif1", "msf1"], .heic),
  ]

  static func type(of head: Head) -> ContentType? {
    if head.has("ftyp", at: 4) { return byBrand(head) }
    return isQuickTime(head) ? .mov : nil
  }

  private static func byBrand(_ head: Head) -> ContentType? {
    guard let size = head.big(4, at: 0), size >= 16, let major = head.word(at: 8) else {
      return nil
    }
    let end = Int(min(size, 4_096))
    var compatible: [String] = []
    for place in stride(from: 16, to: end, by: 4) {
      if let brand = head.word(at: place) { compatible.append(brand) }
    }
    // A picture may give a general major brand; a film may list picture brands beside its own.
    if let type = type([major]), major != "mif1", major != "msf1" { return type }
    return type(compatible) ?? type([major])
  }

  private static func type(_ names: [String]) -> ContentType? {
    brands.first { !$0.names.isDisjoint(with: names) }?.type
  }

  /// Old films begin with a box of their content, without a brand.
  private static func isQuickTime(_ head: Head) -> Bool {
    guard let size = head.big(4, at: 0), let type = head.word(at: 4) else { return false }
    switch type {
    case "moov": return size >= 16 && ["mvhd", "cmov", "rmra", "udta"].contains(head.word(at: 12))
    case "mdat": return size == 0 || size == 1 || size >= 8
    case "wide", "free", "skip", "pnot":
      guard size >= 8, size <= 4_096 else { return false }
      return ["mdat", "moov", "free", "wide", "skip"].contains(head.word(at: Int(size) + 4))
    default: return false
    }
  }
}
