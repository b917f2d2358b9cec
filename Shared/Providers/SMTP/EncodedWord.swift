import Foundation

/// Text in a header that is not plain ASCII (RFC 2047).
enum EncodedWord {
    /// With `=?utf-8?B?` and `?=` at most 75 characters.
    private static let bytesMax = 45

    /// Words of whole characters, folded.
    static func encode(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > bytesMax {
                words.append(wrap(word))
                word = []
            }
            word += bytes
        }
        if !word.isEmpty { words.append(wrap(word)) }
        return words.joined(separator: "\r\n ")
    }

    private static func wrap(_ bytes: [UInt8]) -> String {
        "=?utf-8?B?\(Data(bytes).base64EncodedString())?="
    }
}
