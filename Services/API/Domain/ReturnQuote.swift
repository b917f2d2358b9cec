import Commerce
import Contracts
import Foundation

/// What a return would be decided and come to now. Nothing is held by it.
struct ReturnQuote: Sendable {
    struct Line: Sendable {
        var lineID: String
        var quantity: Int
        var reason: String?
    }

    let decision: ReturnDecision
    /// Nil where no payment of the order is known.
    let refund: RefundResult?

    /// Failure: `RefundProblems` where the sale cannot be calculated with.
    init(
        _ lines: [Line], resolution: ReturnResolution?, of order: OrderRecord, on ground: ReturnGround, at now: Date
    ) throws {
        let currency = ground.money?.sale.currency ?? Currency(code: order.currency)
        guard let currency else { throw Problem.invalid("order_id", "The order's currency is none.") }
        let policy = ground.policy ?? .standard(currency: currency)
        var request = ReturnRequestFacts(
            lines: lines.map { .init(lineID: $0.lineID, quantity: $0.quantity, reason: $0.reason) })
        request.resolution = resolution
        request.channel = .api
        request.shipFromCountry = order.document.shippingAddress?.country
        let facts = ReturnFacts(
            now: now, customer: CustomerReturnFacts(order.document.customer),
            order: Self.facts(of: order, currency, ground), request: request)
        let decided = policy.evaluate(facts)
        decision = decided
        refund = try ground.money.flatMap { try Self.refund(lines, decided, $0) }
    }

    private static func facts(
        of order: OrderRecord, _ currency: Currency, _ ground: ReturnGround
    ) -> OrderReturnFacts {
        var shipped = ShippedUnits(ground.packages)
        let lines = soldLines(order, currency, ground.money?.sale).map { line in
            var facts = line
            let (units, dates) = shipped.take(line.quantity, of: line.sku)
            facts.fulfilled = units
            facts.returned = ground.money?.held[line.id].count ?? 0
            facts.fulfilledAt = dates.shippedAt
            facts.deliveredAt = units == line.quantity ? dates.deliveredAt : nil
            if let sold = order.document.lines.first(where: { $0.id == line.id }) { facts.add(sold) }
            return facts
        }
        var facts = OrderReturnFacts(currency: currency, lines: lines)
        facts.total = try? Money(decimal: order.total, currency: currency)
        facts.shippingCountry = order.document.shippingAddress?.country
        facts.orderedAt = order.document.orderedAt?.date
        facts.tags = Set(order.document.tags)
        facts.discountCodes = order.document.discountCodes.map(Set.init)
        return facts
    }

    /// As the shop sold them; before its payments are known, as the order lists them.
    private static func soldLines(
        _ order: OrderRecord, _ currency: Currency, _ sale: Sale?
    ) -> [OrderLineReturnFacts] {
        guard let sale else {
            return order.document.lines.map {
                OrderLineReturnFacts(id: $0.id, sku: $0.sku, quantity: $0.quantity, fulfilled: 0)
            }
        }
        return sale.lines.map { line in
            OrderLineReturnFacts(
                id: line.id, sku: line.sku, quantity: line.quantity, fulfilled: 0,
                price: try? line.unitPrice.times(line.quantity, in: currency), discount: line.discount)
        }
    }

    /// The refund of what is eligible, in the order of the request and on the terms that were decided; nil where nothing
    /// is.
    private static func refund(
        _ lines: [Line], _ decision: ReturnDecision, _ ground: RefundGround
    ) throws -> RefundResult? {
        var taken = HeldUnits()
        var returned: [ReturnedLine] = []
        for (line, decided) in zip(lines, decision.lines) where decided.eligible {
            guard let units = ground.reserve(line.quantity, of: line.lineID, beside: taken) else { continue }
            taken.take(units, of: line.lineID)
            returned.append(decided.returned(units, reason: line.reason))
        }
        guard !returned.isEmpty else { return nil }
        let policy = try decision.money.policy(in: ground.sale.currency)
        return try RefundCalculation.result(for: ground.request(returned, policy: policy))
    }
}

extension CustomerReturnFacts {
    fileprivate init(_ customer: Customer) {
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
