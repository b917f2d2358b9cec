/// The units of an order's lines that refunds and returns hold, by the id of the line.
public struct HeldUnits: Hashable, Sendable {
    public private(set) var all: [String: UnitNumbers] = [:]
    /// Those that customers keep for a part of their price.
    public private(set) var kept: [String: UnitNumbers] = [:]

    public init() {}

    public init(_ units: [(lineID: String, number: Int, isKept: Bool)]) {
        all = Self.numbers(units)
        kept = Self.numbers(units.filter(\.isKept))
    }

    public subscript(lineID: String) -> UnitNumbers { all[lineID] ?? UnitNumbers() }

    public mutating func take(_ units: UnitNumbers, of lineID: String) {
        all[lineID] = self[lineID].union(units)
    }

    private static func numbers(_ units: [(lineID: String, number: Int, isKept: Bool)]) -> [String: UnitNumbers] {
        Dictionary(grouping: units, by: \.lineID).mapValues { UnitNumbers($0.map(\.number)) }
    }
}
