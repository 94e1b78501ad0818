import Foundation
import Library
import TestSupport
import Testing

@Suite("base64")
struct Base64TextTests {
  private let bytes: [UInt8] = (0..<256).map { UInt8($0) } + [0xFB, 0xFF]

  @Test("plain, padded or not, with white space, and with the letters for addresses are the same")
  func forms() throws {
    let plain = Data(bytes).base64EncodedString()
    let safe = plain.replacing("+", with: "-").replacing("/", with: "_")
    let open = String(plain.prefix { $0 != "=" })
    let lines = Data(bytes).base64EncodedString(options: .lineLength76Characters)
    for text in [plain, safe, open, lines, " \n\(plain)\r\n"] {
      #expect(try Base64Text(text).bytes == bytes)
    }
  }

  @Test("a data URI tells its type")
  func dataURI() throws {
    let coded = Data(bytes).base64EncodedString()
    let found = try Base64Text("data:image/png;base64,\(coded)")
    #expect(found.bytes == bytes)
    #expect(found.declaredType == "image/png")
    #expect(try Base64Text("data:,a%20b").bytes == Array("a b".utf8))
    #expect(try Base64Text("DATA:text/plain;charset=utf-8;base64,TQ%3D%3D").bytes == [0x4D])
  }

  @Test(
    "what is none of it is refused",
    arguments: ["@@@@", "A", "data:image/png;base64", "TQ=A", "data:,%G1", "QQ="])
  func refused(_ text: String) {
    #expect(throws: LibraryFailure.self) { try Base64Text(text) }
  }

  @Test("any bytes come back")
  func roundTrip() throws {
    try property("any bytes come back") { random in
      let bytes = (0..<Int.random(in: 0...70, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let back = try Base64Text(Data(bytes).base64EncodedString()).bytes
      #expect(back == bytes)
    }
  }
}
