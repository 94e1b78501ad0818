import Sniffing

/// Files of types that no program at hand writes, byte by byte as their descriptions say.
enum HandmadeFiles {
  static let all: [(String, ContentType, [UInt8])] = [
    ("a.heic", .heic, box("ftyp", "heic\0\0\0\0mif1heic") + box("meta", "\0\0\0\0")),
    ("b.heic", .heic, box("ftyp", "mif1\0\0\0\0mif1heicmiaf")),
    ("b.avif", .avif, box("ftyp", "mif1\0\0\0\0mif1avifmiaf")),
    (
      "c.jxl", .jxl,
      [0, 0, 0, 12] + text("JXL \r\n") + [0x87, 10] + box("ftyp", "jxl \0\0\0\0jxl ")
    ),
    ("old.mov", .mov, box("wide", "") + box("mdat", "xxxxxxxxxxxx")),
    ("older.mov", .mov, [0, 0, 1, 0] + text("moov") + [0, 0, 0, 108] + text("mvhd")),
    ("a.3gp", .mp4, box("ftyp", "3gp4\0\0\0\0isom3gp4")),
    ("a.mid", .midi, text("MThd") + [0, 0, 0, 6, 0, 1, 0, 2, 1, 224] + text("MTrk")),
    ("a.rmi", .midi, text("RIFF") + [9, 0, 0, 0] + text("RMIDdata")),
    ("a.glb", .glb, text("glTF") + [2, 0, 0, 0, 100, 0, 0, 0, 80, 0, 0, 0] + text("JSON{}")),
    ("a.gltf", .gltf, text(#"{"asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}]}"#)),
    (
      "b.gltf", .gltf,
      text(#"{"accessors": [{"count": 3, "min": [-1.5e3]}], "bufferViews": [], "buffers": ["#)
    ),
    ("a.obj", .obj, text("# a triangle\nmtllib a.mtl\nv 0 0 0\nv 1 0 0.5\nv 0 1e-3 0\nf 1 2 3\n")),
    ("a.stl", .stl, text("solid cube\n  facet normal 0 0 1\n    outer loop\n")),
    ("cube.stl", .stl, stl("solid as some programs begin their binary files")),
    ("a.ply", .ply, text("ply\nformat binary_little_endian 1.0\nelement vertex 3\n") + [0, 1, 2]),
    ("a.safetensors", .safetensors, safetensors(#"{"x":{"dtype":"F32","shape":[1],"#)),
    ("a.svg", .svg, text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\"/>")),
    (
      "b.svg", .svg,
      [0xEF, 0xBB, 0xBF] + text("<?xml version=\"1.0\"?>\n<!-- by hand <html> -->\n")
        + text("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\" [<!ENTITY a \"b\">]>\n<svg>")
    ),
    ("c.svg", .svg, text("<?xml version='1.0'?><!-- x --><svg:svg xmlns:svg='y'>")),
    ("a.xml", .xml, text("<?xml version=\"1.0\"?><feed><entry/></feed>")),
    ("b.xml", .xml, text("<rss xmlns:a=\"b\"><channel/></rss>")),
    ("a.html", .html, text("\n\n  <!DOCTYPE html>\n<html><body>404 Not Found</body></html>")),
    ("a.xhtml", .html, text("<?xml version=\"1.0\"?>\n<html xmlns=\"x\"><head/></html>")),
    ("a.json", .json, text("{\"prompt\": \"ein Bär\", \"seed\": -1.5e3, \"list\": [true, null]}")),
    ("b.json", .json, text("[]")),
    ("a.txt", .text, text("Plain words, Ümläute and 漢字.\n")),
    ("a.jsonl", .text, text("{\"a\": 1}\n{\"a\": 2}\n")),
    ("a.ini", .text, text("[section]\nkey = value\n")),
    ("a.md", .text, text("# A title\n\n- v 1 2\n")),
    ("bm.txt", .text, text("BMW and other words that begin like a picture does, at some length")),
    ("utf16.txt", .text, [0xFF, 0xFE] + text("h\0i\0 \0t\0h\0e\0r\0e\0")),
  ]

  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func box(_ type: String, _ content: String) -> [UInt8] {
    [0, 0, 0, UInt8(8 + content.utf8.count)] + text(type) + text(content)
  }

  private static func stl(_ title: String) -> [UInt8] {
    let header = text(title) + [UInt8](repeating: 32, count: 80 - title.utf8.count)
    return header + [2, 0, 0, 0] + [UInt8](repeating: 0, count: 100)
  }

  private static func safetensors(_ start: String) -> [UInt8] {
    let json = text(start + #""data_offsets":[0,4]}}"#)
    return [UInt8(json.count), 0, 0, 0, 0, 0, 0, 0] + json + [0, 0, 0, 0]
  }
}
