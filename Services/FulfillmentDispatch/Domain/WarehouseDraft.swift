import Commerce
import Foundation
import Messaging
import Providers

extension DCLOrderDraft {
    /// The canonical order in the warehouse's terms. Amounts are for the packing slip.
    /// - Throws: a ``Refusal`` for an order that cannot be told to a warehouse.
    init(_ order: CanonicalOrder, number: String, at now: Date) throws {
        guard let orderNumber = DCLOrderNumber(number) else {
            throw Refusal(
                code: "bad_order_number",
                message: "The warehouse takes numbers of at most 25 letters, digits, '#' and '-'; '\(number)' is none.")
        }
        guard let address = order.shippingAddress else {
            throw Refusal(code: "missing_address", message: "The order has no shipping address; add one.")
        }
        self.init(
            orderNumber: orderNumber, shippingAddress: DCLAddress(address, email: order.customer.email),
            lines: order.lines.enumerated().map { index, line in
                Line(
                    lineNumber: index + 1, itemNumber: line.sku, description: line.title.isEmpty ? nil : line.title,
                    quantity: line.quantity, price: DecimalText(line.unitPrice))
            })
        orderedDate = (order.orderedAt?.date ?? now).formatted(Date.ISO8601FormatStyle().year().month().day())
        poNumber = Self.purchaseOrderNumber(order.number)
        customerNumber = order.customer.externalID.map { String($0.prefix(Self.numberLengthMax)) }
        shippingHandling = DecimalText(order.shipping)
        salesTax = DecimalText(order.tax)
        totalDue = DecimalText(order.total)
    }

    // LIMIT: the warehouse cuts longer numbers.
    private static let numberLengthMax = 25

    /// `#1001` is `1001` on a packing slip.
    private static func purchaseOrderNumber(_ number: String) -> String {
        String(number.drop { $0 == "#" }.prefix(numberLengthMax))
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
