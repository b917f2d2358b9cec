import Foundation

/// Reads any JSON; numbers keep their decimal digits, members are sorted by name.
extension JSON: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let elements = try? container.decode([JSON].self) {
            self = .array(elements)
        } else if let members = try? container.decode([String: JSON].self) {
            self = .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: $0.value) })
        } else {
            self = .raw("\(try container.decode(Decimal.self))")
        }
    }

    var isObject: Bool {
        guard case .object = self else { return false }
        return true
    }
}
