import Foundation

/// What a parcel weighs.
public struct ShipStationWeight: Codable, Sendable, Equatable {
    public enum Unit: String, Codable, Sendable {
        case pound, ounce, gram, kilogram
    }

    /// Above zero.
    public var value: DecimalText
    public var unit: Unit

    public init(_ value: DecimalText, _ unit: Unit) {
        self.value = value
        self.unit = unit
    }

    public static func grams(_ grams: Int) -> ShipStationWeight {
        ShipStationWeight(DecimalText("\(grams)"), .gram)
    }
}

public struct ShipStationDimensions: Codable, Sendable, Equatable {
    public enum Unit: String, Codable, Sendable {
        case inch, centimeter
    }

    public var unit: Unit
    public var length: DecimalText
    public var width: DecimalText
    public var height: DecimalText

    public init(_ unit: Unit, length: DecimalText, width: DecimalText, height: DecimalText) {
        self.unit = unit
        self.length = length
        self.width = width
        self.height = height
    }
}

/// One parcel of a shipment.
public struct ShipStationParcel: Encodable, Sendable, Equatable {
    private struct Messages: Encodable {
        let reference1: String
    }

    public var packageCode: String
    public var weight: ShipStationWeight
    public var dimensions: ShipStationDimensions?
    /// What is printed on the label, e.g. the number of the return.
    public var reference: String?

    public init(
        packageCode: String = "package", weight: ShipStationWeight, dimensions: ShipStationDimensions? = nil,
        reference: String? = nil
    ) {
        self.packageCode = packageCode
        self.weight = weight
        self.dimensions = dimensions
        self.reference = reference
    }

    private enum CodingKeys: String, CodingKey {
        case weight, dimensions
        case packageCode = "package_code"
        case labelMessages = "label_messages"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(packageCode, forKey: .packageCode)
        try container.encode(weight, forKey: .weight)
        try container.encodeIfPresent(dimensions, forKey: .dimensions)
        try container.encodeIfPresent(reference.map(Messages.init), forKey: .labelMessages)
    }
}
