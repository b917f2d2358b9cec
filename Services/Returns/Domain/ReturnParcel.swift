import Commerce
import Contracts
import Messaging
import Providers

/// The parcel that a customer sends back.
struct ReturnParcel: Codable, Sendable, Equatable {
    struct Item: Codable, Sendable, Equatable {
        var sku: String
        var title: String
        var quantity: Int
        /// Of one unit.
        var value: Money
        /// Of one unit; nil where it is not known.
        var weightGrams: Int?
    }

    /// Names the label at the carrier's broker for ever.
    var key: String
    var number: String
    var from: Address
    var email: String?
    var items: [Item]

    /// Of all goods together; nil where that of any is not known.
    var weightGrams: Int? {
        let weights = items.map { item in item.weightGrams.map { $0 * item.quantity } }
        return weights.contains(nil) ? nil : weights.compactMap(\.self).reduce(0, +)
    }

    /// Failure: a ``Refusal`` where nothing comes back, or nobody knows from where.
    init(_ row: ReturnRow, of order: CanonicalOrder) throws(Refusal) {
        guard let from = row.request.shipFrom ?? order.shippingAddress else {
            throw Refusal(
                code: "missing_address", message: "Nobody knows where the parcel is sent from; give 'ship_from'.",
                field: "ship_from")
        }
        guard let currency = Currency(code: order.currency) else {
            throw Refusal(code: "unreadable_order", message: "The order's currency '\(order.currency)' is none.")
        }
        key = row.key
        number = ReturnNumber.of(returnKey: row.key)
        self.from = from
        email = order.customer.email
        items = row.units.filter { !$0.stays }.byLine.sorted { $0.key < $1.key }.compactMap { lineID, quantity in
            order.lines.first { $0.id == lineID }.map { Item($0, quantity, currency) }
        }
        guard !items.isEmpty else {
            throw Refusal(code: "nothing_to_send", message: "No goods of the return come back.")
        }
    }
}

extension ReturnParcel.Item {
    fileprivate init(_ line: OrderLine, _ quantity: Int, _ currency: Currency) {
        self.init(
            sku: line.sku, title: line.title.isEmpty ? line.sku : line.title, quantity: quantity,
            value: Self.value(of: line, currency) ?? .zero(currency), weightGrams: line.product?.weightGrams)
    }

    /// What one unit was sold for, less its discount; nil for amounts that are none.
    private static func value(of line: OrderLine, _ currency: Currency) -> Money? {
        guard line.quantity > 0,
            let gross = try? UnitPrice(decimal: line.unitPrice).times(line.quantity, in: currency),
            let discount = try? Money(decimal: line.discount, currency: currency),
            let net = try? gross - discount, !net.isNegative
        else { return nil }
        return try? net.allocate(parts: line.quantity).last
    }
}

extension ShipStationReturn {
    init(_ parcel: ReturnParcel) {
        self.init(
            externalID: parcel.key, rmaNumber: parcel.number,
            customer: ShipStationAddress(parcel.from, email: parcel.email),
            weight: parcel.weightGrams.map(ShipStationWeight.grams),
            items: parcel.items.map { item in
                .init(description: item.title, quantity: item.quantity, value: item.value, sku: item.sku)
            })
    }
}

extension ShipStationAddress {
    init(_ address: Address, email: String?) {
        self.init(
            name: address.name, companyName: address.company, phone: address.phone, email: email,
            addressLine1: address.street1 ?? "", addressLine2: address.street2, cityLocality: address.city ?? "",
            stateProvince: address.region ?? "", postalCode: address.postalCode ?? "",
            countryCode: address.country?.uppercased() ?? "", residential: "yes")
    }
}

extension DCLAddress {
    init(_ address: Address, email: String?) {
        self.init(
            company: address.company, attention: address.name, address1: address.street1, address2: address.street2,
            city: address.city, stateProvince: address.region, postalCode: address.postalCode,
            countryCode: address.country, email: email, phone: address.phone)
    }
}
