/// The XML of XMP, as far as one text in it goes.
///
/// What others put into a packet stays byte by byte: our part is a description of its own, found
/// again by its exact beginning.
enum XMPPacket {
  /// What an APP1 segment with XMP begins with.
  static let signature = "http://ns.adobe.com/xap/1.0/\0"
  /// What an APP1 segment with a part of a long packet begins with.
  static let extensionSignature = "http://ns.adobe.com/xmp/extension/\0"

  private static let head =
    "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
  private static let tail = "</rdf:RDF></x:xmpmeta>"
  private static let packetEnd = "\n<?xpacket end=\"w\"?>"
  private static let textStart =
    "<rdf:Description rdf:about=\"\" xmlns:mediary=\"urn:mediary:metadata\""
    + " xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"><exif:UserComment><rdf:Alt>"
    + "<rdf:li xml:lang=\"x-default\">"
  private static let textEnd = "</rdf:li></rdf:Alt></exif:UserComment></rdf:Description>"
  private static let elementEnd = "</exif:UserComment>"
  private static let noteStart =
    "<rdf:Description rdf:about=\"\" xmlns:mediary=\"urn:mediary:metadata\""
    + " xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" xmpNote:HasExtendedXMP=\""
  private static let noteEnd = "\"/>"

  /// The text of the comment in a packet, nil where there is none.
  static func comment(in packet: [UInt8]) -> String? {
    if let start = packet.firstPlace(of: textStart) {
      let from = start + textStart.utf8.count
      guard let end = packet.firstPlace(of: "</rdf:li>", from: from) else { return nil }
      return unescaped(packet[from..<end])
    }
    if let attribute = attribute(in: packet) { return unescaped(packet[attribute.value]) }
    guard let element = element(in: packet) else { return nil }
    let inner = Array(packet[element].dropLast(elementEnd.utf8.count))
    if let item = inner.firstPlace(of: "<rdf:li"),
      let open = inner.firstPlace(of: ">", from: item),
      let close = inner.firstPlace(of: "</rdf:li>", from: open)
    {
      return unescaped(inner[(open + 1)..<close])
    }
    guard let open = inner.firstPlace(of: ">") else { return nil }
    return unescaped(inner[(open + 1)...])
  }

  /// The name of the long packet that a packet refers to, nil where there is none.
  static func extensionName(in packet: [UInt8]) -> String? {
    let key = "xmpNote:HasExtendedXMP"
    guard let start = packet.firstPlace(of: key) else { return nil }
    // An attribute ="…" or an element >…<; the name is 32 hex digits either way.
    let rest = packet[(start + key.utf8.count)...].drop { "=\"'> ".utf8.contains($0) }
    return rest.count < 32 ? nil : String(decoding: rest.prefix(32), as: UTF8.self)
  }

  /// Whether the reference to a long packet, where there is one, is ours.
  static func isOurExtension(_ packet: [UInt8]) -> Bool {
    packet.firstPlace(of: noteStart) != nil || extensionName(in: packet) == nil
  }

  /// Where somebody else's comment stands as an element.
  private static func element(in packet: [UInt8]) -> Range<Int>? {
    guard let start = packet.firstPlace(of: "<exif:UserComment"),
      let end = packet.firstPlace(of: elementEnd, from: start)
    else { return nil }
    return start..<end + elementEnd.utf8.count
  }

  /// Where somebody else's comment stands as an attribute, and what is between its quotes.
  private static func attribute(in packet: [UInt8]) -> (whole: Range<Int>, value: Range<Int>)? {
    let name = "exif:UserComment="
    guard let start = packet.firstPlace(of: name) else { return nil }
    let open = start + name.utf8.count
    guard open < packet.count, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(packet[open]),
      let end = packet.firstPlace(of: [packet[open]], from: open + 1)
    else { return nil }
    return (start..<end + 1, open + 1..<end)
  }

  /// A packet without the comment, whoever wrote it; nil where nothing of it is left.
  static func withoutComment(_ packet: [UInt8]) -> [UInt8]? {
    var packet = packet
    for (start, end) in [(textStart, textEnd), (noteStart, noteEnd)] {
      guard let from = packet.firstPlace(of: start),
        let to = packet.firstPlace(of: end, from: from + start.utf8.count)
      else { continue }
      packet.removeSubrange(from..<to + end.utf8.count)
    }
    while let place = attribute(in: packet)?.whole ?? element(in: packet) {
      packet.removeSubrange(place)
    }
    return packet == Array((head + tail + packetEnd).utf8) ? nil : packet
  }

  /// The packet as a change wants it: with its text, or without any comment; nil for none at all.
  static func changed(
    _ packet: [UInt8]?, _ change: Change, _ file: SourceFile
  ) throws -> [UInt8]? {
    let rest = packet.flatMap { withoutComment($0) }
    guard let text = change.text else { return rest }
    guard let new = holding(text, in: rest) else {
      throw MetadataFailure.unsupported(file.path, "its XMP cannot be added to")
    }
    return new
  }

  /// A packet with the text in it; nil where the one there cannot be added to.
  static func holding(_ text: String, in packet: [UInt8]?) -> [UInt8]? {
    inserting(Array(textStart.utf8) + escaped(text) + Array(textEnd.utf8), into: packet)
  }

  /// A packet that refers to a long one; nil where the one there cannot be added to.
  static func referring(to name: String, in packet: [UInt8]?) -> [UInt8]? {
    inserting(Array((noteStart + name + noteEnd).utf8), into: packet)
  }

  /// The long packet with the text, which has no wrapper.
  static func long(_ text: String) -> [UInt8] {
    let start = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    return Array((start + rdf + textStart).utf8) + escaped(text) + Array((textEnd + tail).utf8)
  }

  private static func inserting(_ part: [UInt8], into packet: [UInt8]?) -> [UInt8]? {
    guard var packet else { return Array(head.utf8) + part + Array((tail + packetEnd).utf8) }
    guard let place = packet.firstPlace(of: "</rdf:RDF>") else { return nil }
    packet.insert(contentsOf: part, at: place)
    return packet
  }

  private static func escaped(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case 0x0D: out += "&#xD;".utf8
      default: out.append(byte)
      }
    }
    return out
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&"), let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let sign = sign(of: String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
      else {
        out.append(byte)
        continue
      }
      out += String(sign).utf8
      rest = rest[(end + 1)...]
    }
    return ForeignText.utf8OrLatin1(out)
  }

  private static func sign(of entity: String) -> Character? {
    switch entity {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard entity.hasPrefix("#") else { return nil }
      let digits = entity.dropFirst()
      let value =
        digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return value.flatMap(Unicode.Scalar.init).map(Character.init)
    }
  }
}
