import Commerce
import Foundation
import Providers

extension NetSuiteSalesOrderDraft {
    /// The canonical order in NetSuite's terms. Amounts keep their digits.
    ///
    /// Discounts go on the account's discount item; without one they are taken off the lines they belong to. Taxes are
    /// NetSuite's own reckoning.
    /// - Throws: ``ProviderFailure`` `refused` for an amount that is none.
    init(
        _ order: CanonicalOrder, externalID: String, customerID: String, items: [String: String],
        settings: NetSuiteSettings, at now: Date
    ) throws {
        let discountsOnLines = settings.discountItemID == nil
        self.init(
            externalID: externalID, customerID: customerID,
            lines: try order.lines.map { line in
                try Line(
                    line, itemID: items[line.sku] ?? "", of: order, takingDiscount: discountsOnLines,
                    locationID: settings.locationID)
            })
        tranDate = BusinessDay.text(order.orderedAt?.date ?? now)
        otherRefNum = order.number
        memo = order.externalIDs["shopify"].map { _ in "Shopify \(order.number)" } ?? order.number
        email = order.customer.email
        location = NetSuiteReference(id: settings.locationID)
        shipMethod = settings.shipMethodID.map { NetSuiteReference(id: $0) }
        shippingCost = DecimalText(order.shipping)
        shopifyOrderID = order.externalIDs["shopify"]
        shippingAddress = order.shippingAddress.map(NetSuiteAddress.init)
        if let item = settings.discountItemID, order.discount.contains(where: { ("1"..."9").contains($0) }) {
            discountItem = NetSuiteReference(id: item)
            discountRate = DecimalText("-\(order.discount)")
        }
    }
}

extension NetSuiteSalesOrderDraft.Line {
    fileprivate init(
        _ line: OrderLine, itemID: String, of order: CanonicalOrder, takingDiscount: Bool, locationID: String
    ) throws {
        self.init(
            itemID: itemID, quantity: line.quantity, rate: DecimalText(line.unitPrice),
            amount: try Self.amount(of: line, in: order.currency, takingDiscount: takingDiscount),
            locationID: locationID,
            description: line.title.isEmpty ? nil : line.title)
    }

    private static func amount(
        of line: OrderLine, in code: String, takingDiscount: Bool
    ) throws -> DecimalText {
        guard let currency = Currency(code: code) else {
            throw ProviderFailure.refused(code: "unknown_currency", message: "'\(code)' is no currency.")
        }
        do {
            let full = try UnitPrice(decimal: line.unitPrice).times(line.quantity, in: currency)
            guard takingDiscount else { return DecimalText(full.decimalString) }
            return DecimalText(try (full - Money(decimal: line.discount, currency: currency)).decimalString)
        } catch {
            throw ProviderFailure.refused(code: "bad_amount", message: "\(line.sku): \(error.description)")
        }
    }
}

extension NetSuiteAddress {
    init(_ address: Address) {
        self.init(
            addressee: address.company ?? address.name, attention: address.company == nil ? nil : address.name,
            addr1: address.street1, addr2: address.street2, city: address.city, state: address.region,
            zip: address.postalCode, country: address.country.map { NetSuiteReference(id: $0) },
            addrPhone: address.phone)
    }
}

extension NetSuiteCustomerDraft {
    /// Keyed by the shop's customer, then by the e-mail address, and for a guest without either by the order.
    init(_ customer: Customer, orderKey: String) {
        let key =
            customer.externalID.map { "shopify-customer-\($0)" }
            ?? customer.email.map { "email-\($0.lowercased())" }
            ?? "guest-\(orderKey)"
        let words = (customer.name ?? "").split(whereSeparator: \.isWhitespace)
        self.init(
            externalID: key, firstName: words.dropLast().joined(separator: " "),
            lastName: words.last.map(String.init) ?? "Customer", email: customer.email, phone: customer.phone)
    }
}
