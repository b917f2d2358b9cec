import Foundation
import SeededRandom
import Support

/// JSON texts of every form, and broken ones.
struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func document(depth: Int = 0) -> String {
        switch Int.random(in: 0..<(depth < 4 ? 9 : 7), using: &generator) {
        case 0: return "null"
        case 1: return "true"
        case 2: return "false"
        case 3, 4: return number()
        case 5, 6: return string()
        case 7:
            let elements = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in document(depth: depth + 1) }
            return "[" + elements.joined(separator: blank() + "," + blank()) + "]"
        default:
            let members = (0..<Int.random(in: 0..<4, using: &generator)).map { index in
                // WHY: two equal names are read differently by different readers.
                "\"\(index)\(string().dropFirst())" + blank() + ":" + blank() + document(depth: depth + 1)
            }
            return "{" + blank() + members.joined(separator: "," + blank()) + "}"
        }
    }

    mutating func string() -> String {
        let pieces = [
            "a", "Z", " ", "ü", "日本", "😀", #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\t"#, #"\b"#, #"\u00e9"#,
            #"\ud83d\ude00"#, "\u{7f}", "\u{2028}", #"\u0000"#,
        ]
        let count = Int.random(in: 0..<6, using: &generator)
        return "\"" + (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined() + "\""
    }

    private mutating func number() -> String {
        ["0", "-0", "7", "-12", "3.25", "1e3", "2E-2", "-0.5e+1", "123", "1.0"].randomElement(using: &generator)
            ?? "0"
    }

    private mutating func blank() -> String { ["", "", " ", "\n", "\t "].randomElement(using: &generator) ?? "" }

    /// The text with one byte taken out, put in, changed, or the end cut off.
    mutating func broken(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        let strays = Array("{}[]\",:\\0-e.u\u{1}x".utf8) + [0x80, 0xC3, 0xFF]
        let stray = strays.randomElement(using: &generator) ?? 0
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where place < bytes.count: bytes.remove(at: place)
        case 1: bytes.insert(stray, at: place)
        case 2 where place < bytes.count: bytes[place] = stray
        default: bytes.removeLast(bytes.count - place)
        }
        return bytes
    }
}
