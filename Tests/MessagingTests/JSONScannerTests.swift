import Foundation
import Testing

@testable import Messaging

@Suite("JSON scanner")
struct JSONScannerTests {
    private func scans(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            return scanner.skipValue() && scanner.end()
        }
    }

    private func foundationReads(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    }

    @Test("takes every well-formed text", arguments: 0..<40)
    func wellFormed(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        for _ in 0..<100 {
            let text = random.document()
            #expect(scans(Array(text.utf8)), "seed \(seed): \(text)")
            #expect(JSONScanner.isValid(Array(text.utf8)), "seed \(seed): \(text)")
        }
    }

    @Test("takes nothing that Foundation refuses", arguments: 0..<40)
    func broken(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        for _ in 0..<100 {
            let bytes = random.broken(random.document())
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!scans(bytes) || foundationReads(bytes), "seed \(seed): \(text)")
        }
    }

    @Test(
        "refuses what is not JSON",
        arguments: [
            "", " ", "{", "[1,]", #"{"a":1,}"#, #"{a:1}"#, "01", "1.", "-", "+1", "nul", "'a'", #""\x""#, "\"\n\"",
            #""\u12""#, #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, "1 2", "[1 2]", #"{"a" 1}"#, "\u{FEFF}1",
            String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
        ])
    func refused(text: String) {
        #expect(!scans(Array(text.utf8)))
    }

    @Test(
        "refuses bytes that are no UTF-8",
        arguments: [[0x22, 0xC3, 0x22], [0x22, 0xFF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
    func notUTF8(bytes: [UInt8]) {
        #expect(!scans(bytes))
    }

    @Test("half a character passes where only the form is asked for: RFC 8259 allows it")
    func halfCharacter() {
        #expect(JSONScanner.isValid(Array(#""\ud800""#.utf8)))
    }

    @Test("reads strings as Foundation does", arguments: 0..<20)
    func strings(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<50 {
            let json = Array(random.string().utf8)
            let text = json.withUnsafeBufferPointer { buffer -> String? in
                var scanner = JSONScanner(buffer)
                return scanner.text()
            }
            #expect(text == (try JSONDecoder().decode(String.self, from: Data(json))))
        }
    }

    @Test(
        "writes strings that are read back", arguments: ["", "a\"b\\c", "\u{0}\u{1f}\n\r\t", "ü😀/", "\u{7f}\u{2028}"])
    func written(text: String) throws {
        var json = JSONText(capacity: 8)
        json.append(text: text)
        #expect(try JSONDecoder().decode(String.self, from: Data(json.bytes)) == text)
    }
}
