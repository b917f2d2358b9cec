import Commerce
import Foundation

/// JSON as providers speak it.
enum ProviderJSON {
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// Keys in order, so that the same value always gives the same bytes.
    static func encode(_ value: some Encodable) throws(ProviderFailure) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            throw .refused(code: "unencodable", message: "The request holds a value that JSON cannot express.")
        }
        return Array(data)
    }
}
