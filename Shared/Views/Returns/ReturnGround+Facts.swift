import Commerce
import Contracts
import Foundation

extension ReturnGround {
    /// The order as a policy looks at it.
    public func orderFacts(_ currency: Currency) -> OrderReturnFacts {
        var shipped = ShippedUnits(packages)
        let lines = soldLines(currency).map { line in
            var facts = line
            let (units, dates) = shipped.take(line.quantity, of: line.sku)
            facts.fulfilled = units
            facts.returned = money?.held[line.id].count ?? 0
            facts.fulfilledAt = dates.shippedAt
            facts.deliveredAt = units == line.quantity ? dates.deliveredAt : nil
            if let sold = order.lines.first(where: { $0.id == line.id }) { facts.add(sold) }
            return facts
        }
        var facts = OrderReturnFacts(currency: currency, lines: lines)
        facts.total = try? Money(decimal: order.total, currency: currency)
        facts.shippingCountry = order.shippingAddress?.country
        facts.orderedAt = order.orderedAt?.date
        facts.tags = Set(order.tags)
        facts.discountCodes = order.discountCodes.map(Set.init)
        return facts
    }

    /// As the shop sold them; before its payments are known, as the order lists them.
    private func soldLines(_ currency: Currency) -> [OrderLineReturnFacts] {
        guard let sale = money?.sale.inBooks else {
            return order.lines.map {
                OrderLineReturnFacts(id: $0.id, sku: $0.sku, quantity: $0.quantity, fulfilled: 0)
            }
        }
        return sale.lines.map { line in
            OrderLineReturnFacts(
                id: line.id, sku: line.sku, quantity: line.quantity, fulfilled: 0,
                price: try? line.unitPrice.times(line.quantity, in: currency), discount: line.discount)
        }
    }
}

extension CustomerReturnFacts {
    init(_ customer: Customer) {
        self.init()
        tags = customer.tags.map(Set.init)
    }
}

extension OrderLineReturnFacts {
    /// What the shop's order tells of the product.
    fileprivate mutating func add(_ line: OrderLine) {
        productID = line.product?.id
        vendor = line.product?.vendor
        // WHY: of types an order tells one only, and that is the one most shops take nothing back of.
        if line.product?.isGiftCard == true { type = ReturnPolicy.giftCardType }
        discountCodes = line.discountCodes.map(Set.init)
    }
}

/// Hands out what packages brought to the lines of an order, SKU by SKU.
private struct ShippedUnits {
    private var packages: [ReturnGround.Package]

    init(_ packages: [ReturnGround.Package]) {
        self.packages = packages
    }

    /// So many units, as far as they have shipped, with the last dates among them.
    mutating func take(_ quantity: Int, of sku: String) -> (units: Int, dates: (shippedAt: Date?, deliveredAt: Date?)) {
        var missing = quantity
        var (shippedAt, deliveredAt) = (Date?.none, Date?.none)
        var isDelivered = true
        for package in packages.indices where missing > 0 {
            guard let line = packages[package].lines.firstIndex(where: { $0.sku == sku && $0.quantity > 0 }) else {
                continue
            }
            let units = min(missing, packages[package].lines[line].quantity)
            packages[package].lines[line].quantity -= units
            missing -= units
            shippedAt = [shippedAt, packages[package].shippedAt].compactMap(\.self).max()
            isDelivered = isDelivered && packages[package].deliveredAt != nil
            deliveredAt = [deliveredAt, packages[package].deliveredAt].compactMap(\.self).max()
        }
        return (quantity - missing, (shippedAt, isDelivered ? deliveredAt : nil))
    }
}
