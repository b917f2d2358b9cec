/// Names a value of a refund request or of its answer, e.g. `order.lines[0].tax`, `lines[0].net` or `total`.
public struct DerivationName: Hashable, Sendable {
    /// The lists whose entries have named values.
    public enum List: String, Hashable, Sendable, CaseIterable {
        /// For values that belong to no list.
        case none = ""
        case orderLines = "order.lines"
        case orderTenders = "order.tenders"
        case returnLines = "return.lines"
        case exchangeLines = "exchange.lines"
        /// The lines of the answer.
        case lines
        /// The tenders of the answer.
        case tenders
    }

    public let list: List
    /// The position in the list, from 0; -1 without a list.
    public let index: Int
    public let field: DerivationField

    public init(_ list: List, _ index: Int, _ field: DerivationField) {
        self.list = list
        self.index = index
        self.field = field
    }

    public init(_ field: DerivationField) {
        self.init(.none, -1, field)
    }
}

extension DerivationName: LosslessStringConvertible {
    public var description: String {
        list == .none ? field.rawValue : "\(list.rawValue)[\(index)].\(field.rawValue)"
    }

    /// Nil for a text that `description` never gives.
    public init?(_ text: String) {
        if let field = DerivationField(rawValue: text) {
            self.init(field)
            return
        }
        let parts = text.split(separator: "[", maxSplits: 1).flatMap { $0.split(separator: "]", maxSplits: 1) }
        guard parts.count == 3, let list = List(rawValue: String(parts[0])), list != .none,
            let index = Int(parts[1]), index >= 0, parts[2].first == ".",
            let field = DerivationField(rawValue: String(parts[2].dropFirst()))
        else { return nil }
        self.init(list, index, field)
    }
}

extension DerivationName: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = DerivationName(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the name of a value")
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
