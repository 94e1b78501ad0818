import EmbeddedMetadata
import Foundations
import TestSupport
import Testing

@Suite("Files that pass between programs")
struct ExchangeTests {
  static let text = #"{"prompt":"Füchse 🦊 <a> & 'b' 雪","seed":42}"#

  /// Where exiftool finds what we wrote.
  static let places = [
    "a.png": "PNG:Comment", "a.jpg": "EXIF:UserComment", "lossy.webp": "EXIF:UserComment",
    "lossless.webp": "EXIF:UserComment", "front.mp4": "ItemList:Comment",
    "back.mp4": "ItemList:Comment", "a.mov": "ItemList:Comment", "a.m4a": "ItemList:Comment",
    "a.flac": "Vorbis:Comment", "vorbis.ogg": "Vorbis:Comment", "opus.ogg": "Vorbis:Comment",
    "a.gif": "XMP-exif:UserComment", "a.avif": "XMP-exif:UserComment",
    "bare.jxl": "XMP-exif:UserComment", "boxed.jxl": "XMP-exif:UserComment",
  ]

  @Test("exiftool reads what we write", arguments: places.keys.sorted())
  func exiftool(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    for text in [#"{"prompt":"first"}"#, Self.text] {
      try EmbeddedMetadata.write(text, to: path)
      #expect(try OtherPrograms.exiftool(["-b", "-\(Self.places[name] ?? "")"], path) == text)
    }
    #expect(try OtherPrograms.exiftool(["-Warning", "-Error", "-a"], path) == "")
  }

  @Test(
    "exiftool reads a text past 64 KB out of a JPEG and a WebP", arguments: ["a.jpg", "lossy.webp"])
  func exiftoolLong(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    try EmbeddedMetadata.write(WritingTests.long, to: path)
    let read = try OtherPrograms.exiftool(["-b", "-XMP-exif:UserComment"], path)
    #expect(read == WritingTests.long)
  }

  /// How mutagen and Pillow find what we wrote.
  static let scripts = [
    "front.mp4": mp4, "back.mp4": mp4, "a.mov": mp4, "a.m4a": mp4,
    "a.flac": "import mutagen.flac as m; text = m.FLAC(path)['comment'][0]",
    "vorbis.ogg": "import mutagen.oggvorbis as m; text = m.OggVorbis(path)['comment'][0]",
    "opus.ogg": "import mutagen.oggopus as m; text = m.OggOpus(path)['comment'][0]",
    "a.mp3": "import mutagen.id3 as m; text = m.ID3(path).getall('TXXX')[0].text[0]",
    "a.png": "from PIL import Image; text = Image.open(path).text['comment']",
    "a.jpg": exif, "lossy.webp": exif, "lossless.webp": exif,
  ]
  private static let mp4 = "import mutagen.mp4 as m; text = m.MP4(path)['\\xa9cmt'][0]"
  private static let exif = """
    from PIL import Image
    value = Image.open(path).getexif().get_ifd(0x8769)[37510]
    if isinstance(value, str): value = value.encode('latin-1')
    assert value[:8] == b'UNICODE\\0'
    text = value[8:].decode('utf-16-le')
    """

  @Test("mutagen and Pillow read what we write", arguments: scripts.keys.sorted())
  func python(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    try EmbeddedMetadata.write(Self.text, to: path)
    let script = (Self.scripts[name] ?? "") + "\nsys.stdout.buffer.write(text.encode())"
    #expect(try OtherPrograms.python(script, [path.text]) == Self.text)
  }

  static let tags = [
    "a.jpg EXIF:UserComment", "lossy.webp EXIF:UserComment", "a.jpg XMP-exif:UserComment",
    "lossy.webp XMP-exif:UserComment", "a.gif XMP-exif:UserComment", "a.gif File:Comment",
    "a.avif XMP-exif:UserComment", "a.avif EXIF:UserComment", "bare.jxl XMP-exif:UserComment",
    "boxed.jxl XMP-exif:UserComment", "boxed.jxl EXIF:UserComment", "a.png PNG:Comment",
    "a.jpg File:Comment", "front.mp4 ItemList:Comment", "a.mov ItemList:Comment",
    "a.mov UserData:Comment", "a.mov Keys:Comment", "a.m4a ItemList:Comment",
  ]

  @Test("we read what exiftool writes, and take its place or take it out", arguments: tags)
  func fromExiftool(tag: String) throws {
    let samples = try Samples()
    let words = tag.split(separator: " ").map(String.init)
    let path = try samples.make(words[0])
    let before = try Samples.decoded(path)
    try OtherPrograms.tag(path, ["\(words[1])=\(Self.text)"])
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
    let copy = FilePath(try samples.folder.write("b-\(words[0])", Samples.bytes(path)))
    try EmbeddedMetadata.strip(copy)
    #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.read(copy) }
    #expect(try Samples.decoded(copy) == before)
    try EmbeddedMetadata.write(#"{"prompt":"ours"}"#, to: path)
    #expect(try EmbeddedMetadata.read(path).record.prompt == "ours")
    #expect(try Samples.decoded(path) == before)
  }

  @Test(
    "we read exiftool's and piexif's comments in both byte orders",
    arguments: ["a.jpg", "lossy.webp"], ["II", "MM"])
  func orders(name: String, order: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    _ = try OtherPrograms.exiftool(
      ["-overwrite_original", "-ExifByteOrder=\(order)", "-EXIF:UserComment=\(Self.text)"], path)
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
    // piexif's header is always big-endian; what Wan2GP puts behind it is little-endian.
    let coding = order == "II" ? "utf-16-le" : "utf-16-be"
    let script = """
      import piexif
      value = b'UNICODE\\0' + more[0].encode('\(coding)')
      piexif.insert(piexif.dump({'Exif': {piexif.ExifIFD.UserComment: value}}), path)
      """
    _ = try OtherPrograms.python(script, [path.text, Self.text])
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
  }

  /// How mutagen and Pillow write.
  static let writers = [
    "front.mp4": mp4Writer, "a.mov": mp4Writer, "a.m4a": mp4Writer,
    "a.flac": "import mutagen.flac as m; f = m.FLAC(path); f['comment'] = more[0]; f.save()",
    "vorbis.ogg":
      "import mutagen.oggvorbis as m; f = m.OggVorbis(path); f['COMMENT'] = more[0]; f.save()",
    "opus.ogg":
      "import mutagen.oggopus as m; f = m.OggOpus(path); f['comment'] = more[0]; f.save()",
    "a.mp3": """
    import mutagen.id3 as m
    f = m.ID3(path); f.add(m.TXXX(encoding=1, desc='WanGP', text=more[0])); f.save(v2_version=3)
    """,
    "a.png": """
    from PIL import Image, PngImagePlugin
    i = PngImagePlugin.PngInfo(); i.add_itxt('comment', more[0], zip=True)
    Image.open(path).save(path, pnginfo=i)
    """,
    "a.gif": "from PIL import Image; Image.open(path).save(path, comment=more[0].encode())",
    "a.jpg": """
    from PIL import Image
    i = Image.open(path); e = i.getexif()
    e[0x8769] = {37510: b'UNICODE\\0' + more[0].encode('utf-16-le')}; i.save(path, exif=e)
    """,
    "lossy.webp": "from PIL import Image; i = Image.open(path); e = i.getexif(); e[37510] = "
      + "b'UNICODE\\0' + more[0].encode('utf-16-le'); i.save(path, exif=e)",
  ]
  private static let mp4Writer =
    "import mutagen.mp4 as m; f = m.MP4(path); f['\\xa9cmt'] = [more[0]]; f.save()"

  @Test("we read what mutagen and Pillow write", arguments: writers.keys.sorted())
  func fromPython(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    _ = try OtherPrograms.python(Self.writers[name] ?? "", [path.text, Self.text])
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
    let before = try Samples.decoded(path)
    try EmbeddedMetadata.write(#"{"prompt":"ours"}"#, to: path)
    #expect(try EmbeddedMetadata.read(path).record.prompt == "ours")
    #expect(try Samples.decoded(path) == before)
  }

  @Test(
    "we read the comments that ffmpeg writes",
    arguments: [
      "front.mp4", "a.mov", "a.m4a", "a.mkv", "a.webm", "a.wav", "rf64.wav", "a.flac", "vorbis.ogg",
      "opus.ogg", "a.mp3",
    ])
  func fromFFmpeg(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    try OtherPrograms.ffmpeg(path, Self.text)
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
  }

  @Test(
    "exiftool's other tags are the same after a write and a strip",
    arguments: [
      "a.png", "a.jpg", "lossy.webp", "lossless.webp", "front.mp4", "a.mov", "a.gif", "a.avif",
      "boxed.jxl",
    ])
  func others(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    try OtherPrograms.tag(path, ["XMP-dc:Title=Ein Fuchs", "XMP-dc:Creator=A. Maker"])
    if !name.hasPrefix("a.gif") { try? OtherPrograms.tag(path, ["EXIF:Artist=A. Maker"]) }
    // What moves with the text is no tag of the picture.
    let ours = [
      "PNG:Comment", "ExifIFD:UserComment", "XMP-exif:UserComment", "ItemList:Comment",
      "ItemList:Encoder", "QuickTime:HandlerType", "QuickTime:HandlerVendorID",
      "QuickTime:MediaDataOffset", "QuickTime:MediaDataSize", "File:GIFVersion", "RIFF:WebP_Flags",
      "QuickTime:MetaDataOffset", "ExifIFD:ExifVersion", "XMP-xmpNote:",
      // Of the second of two with one name, whichever that is.
      "Track2:HandlerType",
    ]
    let before = try OtherPrograms.tags(path, but: ours)
    #expect(before.contains { $0.contains("Ein Fuchs") })
    for text in [Self.text, WritingTests.long] {
      try EmbeddedMetadata.write(text, to: path)
      #expect(try OtherPrograms.tags(path, but: ours) == before)
    }
    try EmbeddedMetadata.strip(path)
    #expect(try OtherPrograms.tags(path, but: ours) == before)
  }

  @Test("A JPEG XL made of a JPEG is turned back into it, byte by byte, with our text inside")
  func transcoded() throws {
    let samples = try Samples()
    let path = try samples.make("jpeg.jxl")
    let jpeg = { () throws -> [UInt8] in
      let back = FilePath(samples.folder("back.jpg"))
      let run = try CommandRun("djxl", [path.text, back.text, "--quiet"])
      #expect(run.status == 0, "\(run.stderr)")
      return try Samples.bytes(back)
    }
    let before = try jpeg()
    let writing = try EmbeddedMetadata.write(Self.text, to: path)
    #expect(writing.place == "jxl:xmp UserComment")
    #expect(try jpeg() == before)
  }
}
