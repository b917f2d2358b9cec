import Commerce

/// A label as ShipStation has it.
public struct ShipStationLabel: Sendable, Equatable {
    public enum Status: Sendable, Equatable {
        /// Still being made: read it again.
        case processing
        case completed
        case error
        case voided
        case unrecognized(String)
    }

    public let id: String
    public let status: Status
    public let externalID: String?
    public let trackingNumber: String?
    public let trackingURL: String?
    public let carrierID: String?
    public let carrierCode: String?
    public let serviceCode: String?
    public let isReturn: Bool
    public let isVoided: Bool
    public let rmaNumber: String?
    public let cost: ShipStationAmount?
    /// Where the PDF is, or the PDF itself as a data URI. Expires: fetch it at once and keep the bytes.
    public let documentURL: String?
    /// What the carrier takes in the place of paper; nil where it gave nothing, or was not asked to.
    public let paperless: ShipStationPaperless?
    public let createdAt: String?
}

/// A code that a carrier takes in the place of a label, and any of what belongs to it.
public struct ShipStationPaperless: Sendable, Equatable, Decodable {
    /// Where its picture or page is. Expires as the label's document does.
    public let url: String?
    public let instructions: String?
    /// For the counter, or the machine that takes the parcel.
    public let handoffCode: String?

    private enum CodingKeys: String, CodingKey {
        case instructions
        case url = "href"
        case handoffCode = "handoff_code"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        url = try container.nonEmptyText(.url)
        instructions = try container.nonEmptyText(.instructions)
        handoffCode = try container.nonEmptyText(.handoffCode)
    }

    var isEmpty: Bool { url == nil && instructions == nil && handoffCode == nil }
}

extension ShipStationLabel: Decodable {
    private struct Download: Decodable {
        let href: String?
        let pdf: String?
    }

    private enum CodingKeys: String, CodingKey {
        case status, voided
        case id = "label_id"
        case externalID = "external_shipment_id"
        case trackingNumber = "tracking_number"
        case trackingURL = "tracking_url"
        case carrierID = "carrier_id"
        case carrierCode = "carrier_code"
        case serviceCode = "service_code"
        case isReturn = "is_return_label"
        case rmaNumber = "rma_number"
        case cost = "shipment_cost"
        case download = "label_download"
        case paperless = "paperless_download"
        case createdAt = "created_at"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        status = Status(try container.text(.status) ?? "")
        externalID = try container.nonEmptyText(.externalID)
        trackingNumber = try container.nonEmptyText(.trackingNumber)
        trackingURL = try container.nonEmptyText(.trackingURL)
        carrierID = try container.nonEmptyText(.carrierID)
        carrierCode = try container.nonEmptyText(.carrierCode)
        serviceCode = try container.nonEmptyText(.serviceCode)
        isReturn = try container.flag(.isReturn) ?? false
        isVoided = try container.flag(.voided) ?? false || status == .voided
        rmaNumber = try container.nonEmptyText(.rmaNumber)
        cost = try container.decodeIfPresent(ShipStationAmount.self, forKey: .cost)
        let download = try container.decodeIfPresent(Download.self, forKey: .download)
        documentURL = download?.pdf ?? download?.href
        let paperless = try container.decodeIfPresent(ShipStationPaperless.self, forKey: .paperless)
        self.paperless = paperless?.isEmpty == false ? paperless : nil
        createdAt = try container.nonEmptyText(.createdAt)
    }
}

extension ShipStationLabel.Status {
    init(_ text: String) {
        switch text.lowercased() {
        case "processing": self = .processing
        case "completed": self = .completed
        case "error": self = .error
        case "voided": self = .voided
        default: self = .unrecognized(text)
        }
    }
}

/// An amount with its currency, which comes in small letters as a rule.
public struct ShipStationAmount: Sendable, Equatable, Decodable {
    public let currency: String
    public let amount: DecimalText

    private enum CodingKeys: CodingKey { case currency, amount }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        currency = try container.text(.currency)?.uppercased() ?? ""
        amount = try container.decodeIfPresent(DecimalText.self, forKey: .amount) ?? "0"
    }

    /// Nil when the currency is unknown or the amount finer than its minor unit.
    public var money: Money? {
        guard let currency = Currency(code: currency) else { return nil }
        return try? Money(decimal: amount.text, currency: currency)
    }
}
