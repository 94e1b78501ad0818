import Foundations

/// AVIF: an item with XMP that describes the picture.
enum AVIFFile: MetadataContainer {
  static var standsAside: Bool { true }

  /// The file's boxes and its list of items.
  private static func parts(
    of file: SourceFile
  ) throws -> (boxes: [MP4Layout.Top], meta: MP4Layout.Top, list: ItemList)? {
    let boxes = try MP4Layout.tops(of: file)
    let metas = boxes.filter { $0.type == "meta" }
    guard let meta = metas.first, metas.count == 1,
      let list = ItemList(try file.bytes(meta.whole, limit: MetadataLimits.text))
    else { return nil }
    return (boxes, meta, list)
  }

  static func isSigned(_ file: SourceFile) throws -> Bool { try MP4File.isSigned(file) }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    guard let (_, _, list) = try parts(of: file) else { return [] }
    var texts: [FoundText] = []
    if let item = list.xmp, let packet = try content(of: item, list, file),
      let text = XMPPacket.comment(in: packet)
    {
      texts.append(FoundText("comment", text, place: "avif:xmp UserComment"))
    }
    if let item = list.exif, let content = try content(of: item, list, file) {
      texts += EXIFItem(content)?.block.texts(place: "avif:exif") ?? []
    }
    return texts
  }

  /// An item's bytes; nil where it has none.
  private static func content(
    of item: ItemList.Item, _ list: ItemList, _ file: SourceFile
  ) throws -> [UInt8]? {
    guard let location = list.locations[item.id] else { return nil }
    var bytes: [UInt8] = []
    for extent in location.extents {
      guard extent.count + bytes.count <= MetadataLimits.text else {
        throw file.damaged("an item is over the bound")
      }
      switch location.method {
      case .file:
        guard extent.upperBound <= file.size else { throw file.damaged("an item lies outside") }
        bytes += try file.bytes(extent)
      case .data:
        guard extent.upperBound <= list.data.count,
          let part = list.bytes.part(
            at: list.data.lowerBound + Int(extent.lowerBound), count: extent.count)
        else { throw file.damaged("an item lies outside") }
        bytes += part
      }
    }
    return bytes
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    guard let (boxes, meta, list) = try parts(of: file), try isAVIF(boxes, file),
      !boxes.contains(where: { ["moov", "moof"].contains($0.type) })
    else {
      throw MetadataFailure.unsupported(file.path, "it is no plain picture of AVIF")
    }
    let old = try list.xmp.flatMap { try content(of: $0, list, file) }
    let packet = try XMPPacket.changed(old, change, file)
    let exif = change.text == nil ? try strippedEXIF(list, file) : nil
    guard packet != old || exif != nil else {
      return Rewrite([.kept(0..<file.size)], place: "")
    }
    let edit = ItemEdit(file: file, boxes: boxes, meta: meta, list: list, exif: exif)
    guard let pieces = try edit.pieces(packet == old ? nil : .some(packet)) else {
      throw MetadataFailure.unsupported(file.path, "its items lie in a way that is not known")
    }
    return Rewrite(pieces, place: "avif:xmp UserComment")
  }

  /// Whether the file claims to be AVIF, and not one of the formats that it shares its boxes with.
  private static func isAVIF(_ boxes: [MP4Layout.Top], _ file: SourceFile) throws -> Bool {
    guard let brands = boxes.first(where: { $0.type == "ftyp" })?.content else { return false }
    let names = try file.start(min(brands.count, 1_024), at: brands.lowerBound)
    return names.firstPlace(of: "avif") != nil
  }

  /// The item's place in the file and its new bytes; nil where it tells nothing of the making.
  private static func strippedEXIF(
    _ list: ItemList, _ file: SourceFile
  ) throws -> (place: Range<Int64>, bytes: [UInt8])? {
    guard let id = list.exif, let old = try content(of: id, list, file), var item = EXIFItem(old),
      !item.block.texts(place: "").isEmpty
    else { return nil }
    item.block.removeGeneration()
    guard let location = list.locations[id.id], location.method == .file,
      location.extents.count == 1, item.bytes.count <= old.count
    else {
      throw MetadataFailure.unsupported(file.path, "its EXIF cannot be changed in its place")
    }
    let rest = [UInt8](repeating: 0, count: old.count - item.bytes.count)
    return (location.extents[0], item.bytes + rest)
  }
}
