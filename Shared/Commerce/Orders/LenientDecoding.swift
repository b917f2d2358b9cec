import Foundation

extension KeyedDecodingContainer {
    /// The text of a string or number, as it came; nil when it is absent or null.
    func lenientText(_ key: Key) throws -> String? {
        try decodeIfPresent(LenientText.self, forKey: key)?.text
    }

    /// An object of strings or numbers; nulls are left out, an absent object is empty.
    func lenientTexts(_ key: Key) throws -> [String: String] {
        let texts = try decodeIfPresent([String: LenientText?].self, forKey: key) ?? [:]
        return texts.compactMapValues { $0?.text }
    }
}

/// A JSON string, number or boolean read as text.
private struct LenientText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let string = try? container.decode(String.self) {
            text = string
        } else if let flag = try? container.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else {
            // WHY: Decimal keeps the digits of a JSON number, Double does not.
            text = "\(try container.decode(Decimal.self))"
        }
    }
}
