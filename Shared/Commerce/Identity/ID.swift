import Foundation

/// Names a kind of entity and the prefix its ids are shown with.
public protocol IDTag: Sendable {
    /// The letters before the underscore, e.g. `ord`.
    static var prefix: String { get }
}

/// An identifier of one kind of entity, so that an order's id never meets a shipment's.
///
/// Shown, encoded and parsed as `<prefix>_` and the 32 hexadecimal digits of a UUID, e.g. `ord_0198…`.
/// Ids made by `init()` sort by their time of creation.
public struct ID<Tag: IDTag>: Hashable, Sendable {
    public let uuid: UUID

    public init(uuid: UUID) {
        self.uuid = uuid
    }

    /// Makes a new, unique id (UUIDv7, stamped with real time).
    public init() {
        self.init(uuid: UUIDv7.make())
    }
}

extension ID: LosslessStringConvertible {
    /// Parses `<prefix>_<32 hex digits>`; nil for another prefix or another form.
    public init?(_ text: String) {
        let prefix = Tag.prefix.utf8
        guard text.utf8.count == prefix.count + 33, text.utf8.starts(with: prefix) else { return nil }
        let digits = text.utf8.dropFirst(prefix.count)
        guard digits.first == UInt8(ascii: "_"), let uuid = UUID(hexDigits: Substring(digits.dropFirst())) else {
            return nil
        }
        self.init(uuid: uuid)
    }

    public var description: String {
        "\(Tag.prefix)_\(uuid.hexDigits)"
    }
}

extension ID: Comparable {
    public static func < (left: ID, right: ID) -> Bool {
        left.uuid < right.uuid
    }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected an id of the form \(Tag.prefix)_<32 hex digits>")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
