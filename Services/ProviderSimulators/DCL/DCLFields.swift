import Foundation

/// Checks the fields of one object against the limits of the reference.
struct DCLFields: Sendable {
    let object: JSONObject
    /// Where the object stands, for messages: `shipping_address.`
    var path = ""

    /// A text that must be there.
    func required(_ name: String, max limit: Int) throws(DCLError) -> String {
        guard let text = object[name]?.scalarText, !text.isEmpty else { throw .required(path + name) }
        guard text.count <= limit else { throw .tooLong(path + name, limit) }
        return text
    }

    /// A text that may be there.
    func optional(_ name: String, max limit: Int) throws(DCLError) {
        guard let value = object[name], !value.isNull else { return }
        guard let text = value.scalarText else { throw .invalid(path + name, "a text is expected") }
        guard text.count <= limit else { throw .tooLong(path + name, limit) }
    }

    /// Letters, digits, `#` and `-` only.
    func requiredReference(_ name: String, max limit: Int) throws(DCLError) -> String {
        let text = try required(name, max: limit)
        guard text.utf8.allSatisfy(Self.isReferenceByte) else {
            throw .invalid(path + name, "only letters, digits, # and - are allowed")
        }
        return text
    }

    func positive(_ name: String) throws(DCLError) -> Int {
        guard let value = object[name], !value.isNull else { throw .required(path + name) }
        guard let number = value.int, number > 0 else {
            throw .invalid(path + name, "a positive whole number is expected")
        }
        return number
    }

    func date(_ name: String, isRequired: Bool) throws(DCLError) {
        guard let value = object[name], !value.isNull else {
            if isRequired { throw .required(path + name) }
            return
        }
        guard let text = value.string, Timestamps.parse(text, zone: DCLOrder.zone) != nil else {
            throw .invalid(path + name, "a date (YYYY-MM-DD) is expected")
        }
    }

    func decimal(_ name: String) throws(DCLError) {
        guard let value = object[name], !value.isNull else { return }
        guard case .number = value else { throw .invalid(path + name, "a number is expected") }
    }

    private static func isReferenceByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
