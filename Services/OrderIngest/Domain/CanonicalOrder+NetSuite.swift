import Commerce
import Providers

extension CanonicalOrder {
    /// A sales order that was typed into NetSuite, in our words.
    init(_ order: NetSuiteSalesOrder) {
        let currency = Self.currency(of: order)
        self.init(
            number: order.otherRefNum ?? order.tranID ?? order.id,
            externalIDs: ["netsuite": order.id],
            currency: currency,
            total: Self.amount(order.total, in: currency),
            customer: Customer(
                email: order.email, name: order.shippingAddress?.addressee ?? order.entity?.refName,
                phone: order.shippingAddress?.addrPhone),
            shippingAddress: order.shippingAddress.map(Address.init),
            lines: order.lines.filter { $0.openQuantity > 0 }.map(OrderLine.init),
            shipping: Self.amount(order.shippingCost, in: currency),
            tax: Self.amount(order.taxTotal, in: currency),
            discount: Self.amount(order.discountTotal, in: currency),
            orderedAt: order.tranDate.map { Timestamp(text: "\($0)T00:00:00Z") })
        // WHY: a key of ours names the shop order; its webhook, if it comes later, must not make a second order.
        externalIDs["shopify"] = order.shopifyOrderID ?? order.externalID.flatMap(SalesOrderKey.shopID)
    }

    /// The code where NetSuite names it, otherwise what its stock currencies are numbered. An account without several
    /// currencies names none; its one currency is taken to be the dollar.
    private static func currency(of order: NetSuiteSalesOrder) -> String {
        guard let reference = order.currency else { return "USD" }
        if let name = reference.refName, Currency(code: name) != nil { return name }
        return stockCurrencies[reference.id] ?? reference.refName ?? reference.id
    }

    private static let stockCurrencies = ["1": "USD", "2": "GBP", "3": "CAD", "4": "EUR"]

    /// NetSuite reckons in floating point: `155.12` may come with further digits.
    private static func amount(_ text: DecimalText?, in currency: String) -> String {
        guard let text else { return "0" }
        let digits = text.text.hasPrefix("-") ? String(text.text.dropFirst()) : text.text
        guard let currency = Currency(code: currency), let price = try? UnitPrice(decimal: digits),
            let money = try? price.times(1, in: currency)
        else { return digits }
        return money.decimalString
    }
}

extension Address {
    fileprivate init(_ address: NetSuiteAddress) {
        self.init(
            name: address.attention ?? address.addressee, company: address.attention == nil ? nil : address.addressee,
            street1: address.addr1, street2: address.addr2.flatMap { $0.isEmpty ? nil : $0 }, city: address.city,
            region: address.state, postalCode: address.zip, country: address.country?.id, phone: address.addrPhone)
    }
}

extension OrderLine {
    fileprivate init(_ line: NetSuiteSalesOrder.Line) {
        self.init(
            id: "\(line.number)", sku: line.sku ?? "", title: line.description ?? "", quantity: line.openQuantity,
            unitPrice: line.rate?.text ?? "0")
    }
}
