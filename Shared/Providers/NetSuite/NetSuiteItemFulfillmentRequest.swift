import Commerce

/// The body of the transformation into an item fulfilment.
///
/// Lists every line of the order: NetSuite would fulfil the ones left out.
struct NetSuiteItemFulfillmentRequest: Encodable {
    private struct Line: Encodable {
        let orderLine: Int
        let itemReceive: Bool
        var quantity: Int?
        var location: NetSuiteReference?
    }

    private struct Package: Encodable {
        let packageTrackingNumber: String
        let packageWeight: DecimalText?
        let packageDescr: String?
    }

    private let externalId: String
    private let tranDate: String?
    private let memo: String?
    private let shipStatus = NetSuiteReference(id: "C")
    private let item: NetSuiteSublist<Line>
    private let package: NetSuiteSublist<Package>

    private enum CodingKeys: CodingKey { case externalId, tranDate, memo, shipStatus, item, package }

    /// Failure: `refused("unknown_order_line")` when a shipped line is not in the order.
    init(
        _ shipment: NetSuiteShipmentDraft, of order: NetSuiteSalesOrder, location: String
    ) throws(ProviderFailure) {
        let shipped = shipment.quantities.filter { $0.value > 0 }
        let unknown = Set(shipped.keys).subtracting(order.lines.map(\.number))
        guard unknown.isEmpty, !shipped.isEmpty else {
            throw .refused(code: "unknown_order_line", message: "The shipment holds no line of the sales order.")
        }
        externalId = shipment.externalID
        tranDate = shipment.tranDate
        memo = shipment.memo
        item = NetSuiteSublist(
            items: order.lines.map { line in
                guard let quantity = shipped[line.number] else {
                    return Line(orderLine: line.number, itemReceive: false)
                }
                let location = line.location.map { NetSuiteReference(id: $0.id) } ?? NetSuiteReference(id: location)
                return Line(orderLine: line.number, itemReceive: true, quantity: quantity, location: location)
            })
        package = NetSuiteSublist(
            items: shipment.packages.map { package in
                Package(
                    packageTrackingNumber: package.trackingNumber, packageWeight: package.weight,
                    packageDescr: package.description)
            })
    }
}
