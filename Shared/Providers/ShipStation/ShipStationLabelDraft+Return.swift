import Commerce

/// A parcel that a customer sends back.
public struct ShipStationReturn: Sendable, Equatable {
    /// Names this label at ShipStation for ever; a second label of the same return needs another one.
    public var externalID: String
    public var rmaNumber: String
    public var customer: ShipStationAddress
    /// Nil takes the account's default.
    public var weight: ShipStationWeight?
    /// What is in the parcel; declared where it crosses a border.
    public var items: [ShipStationCustoms.Item]
    public var outboundLabelID: String?

    public init(
        externalID: String, rmaNumber: String, customer: ShipStationAddress, weight: ShipStationWeight?,
        items: [ShipStationCustoms.Item], outboundLabelID: String? = nil
    ) {
        self.externalID = externalID
        self.rmaNumber = rmaNumber
        self.customer = customer
        self.weight = weight
        self.items = items
        self.outboundLabelID = outboundLabelID
    }
}

extension ShipStationLabelDraft {
    /// The label for a parcel that comes back, by the route of the country that it is sent from.
    ///
    /// Failure: `refused` with a code that names what the settings or the address lack.
    public init(_ parcel: ShipStationReturn, settings: ShipStationSettings) throws(ProviderFailure) {
        if let missing = parcel.customer.missingField {
            throw .refused(code: "invalid_address", message: "The customer's address has no \(missing).")
        }
        let country = parcel.customer.countryCode.uppercased()
        guard let route = settings.returnRoutes[country] else {
            throw .refused(
                code: "no_return_route", message: "The setting return_routes has no route for parcels from \(country).")
        }
        guard let weight = parcel.weight ?? settings.defaultWeightGrams.map(ShipStationWeight.grams) else {
            throw .refused(
                code: "no_weight", message: "The weight is not known, and there is no setting default_weight_grams.")
        }
        let customs = route.strategy == .customsLabel ? ShipStationCustoms(returned: parcel.items) : nil
        self.init(
            externalID: parcel.externalID, isReturn: route.strategy == .returnLabel, rmaNumber: parcel.rmaNumber,
            outboundLabelID: parcel.outboundLabelID, isPaperless: route.isPaperless,
            shipment: ShipStationShipmentDraft(
                carrierID: route.carrierID, serviceCode: route.serviceCode, shipFrom: parcel.customer,
                shipTo: route.returnAddress,
                parcels: [
                    ShipStationParcel(packageCode: route.packageCode, weight: weight, reference: parcel.rmaNumber)
                ],
                customs: customs))
    }
}
