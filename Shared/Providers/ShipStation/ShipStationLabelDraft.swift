/// A label to buy.
public struct ShipStationLabelDraft: Sendable, Equatable {
    /// Unique in the account: what keeps a label from being bought twice.
    public var externalID: String
    public var isReturn: Bool
    public var rmaNumber: String?
    /// The label the goods went out on.
    public var outboundLabelID: String?
    /// Whether a code that the carrier takes in the place of paper is asked for beside the label.
    public var isPaperless: Bool
    public var shipment: ShipStationShipmentDraft

    public init(
        externalID: String, isReturn: Bool, rmaNumber: String? = nil, outboundLabelID: String? = nil,
        isPaperless: Bool = false, shipment: ShipStationShipmentDraft
    ) {
        self.externalID = externalID
        self.isReturn = isReturn
        self.rmaNumber = rmaNumber
        self.outboundLabelID = outboundLabelID
        self.isPaperless = isPaperless
        self.shipment = shipment
    }

    // LIMIT: ShipStation's own bound on external ids.
    static let externalIDMax = 50
}

/// What travels from where to where.
public struct ShipStationShipmentDraft: Encodable, Sendable, Equatable {
    public var carrierID: String?
    public var serviceCode: String?
    public var shipFrom: ShipStationAddress
    public var shipTo: ShipStationAddress
    public var parcels: [ShipStationParcel]
    public var customs: ShipStationCustoms?

    public init(
        carrierID: String? = nil, serviceCode: String? = nil, shipFrom: ShipStationAddress,
        shipTo: ShipStationAddress, parcels: [ShipStationParcel], customs: ShipStationCustoms? = nil
    ) {
        self.carrierID = carrierID
        self.serviceCode = serviceCode
        self.shipFrom = shipFrom
        self.shipTo = shipTo
        self.parcels = parcels
        self.customs = customs
    }

    private enum CodingKeys: String, CodingKey {
        case customs
        case carrierID = "carrier_id"
        case serviceCode = "service_code"
        case shipFrom = "ship_from"
        case shipTo = "ship_to"
        case parcels = "packages"
    }
}
