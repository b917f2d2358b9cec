import Commerce
import Contracts

extension OrderRecord {
    /// The schema `Order`.
    var json: JSON {
        [
            "id": .id(id),
            "number": .string(number),
            "status": .string(status),
            "status_reason": statusReason.map(JSON.raw) ?? .null,
            "external_ids": Self.object(externalIDs),
            "currency": .string(currency),
            "total": .string(amount(total)),
            "presentment": document.presentment.map(Self.paid) ?? .null,
            "customer": ["email": .text(document.customer.email), "name": .text(document.customer.name)],
            "lines": .array(lines),
            "shipments": .array(shipments.map(\.json)),
            "saga_id": .id(sagaID),
            "timeline": .array(timeline.map(\.json)),
        ]
    }

    private var lines: [JSON] {
        let shipped = ShippedQuantities.of(document.lines, in: shipments.map(\.lines))
        return zip(document.lines, shipped).map { line, shipped in
            [
                "id": .string(line.id),
                "sku": .string(line.sku),
                "quantity": .int(line.quantity),
                "shipped": .int(shipped),
                "unit_price": .string(price(line.unitPrice)),
            ]
        }
    }

    /// In the currency's digits; what is no amount is shown as it came, because the order waits for its correction.
    private func amount(_ text: String) -> String {
        guard let currency = Currency(code: currency), let money = try? Money(decimal: text, currency: currency) else {
            return text
        }
        return money.decimalString
    }

    private func price(_ text: String) -> String {
        guard let currency = Currency(code: currency), let price = try? UnitPrice(decimal: text) else { return text }
        return price.decimalString(in: currency)
    }

    /// What the customer paid in another currency than the shop's.
    private static func paid(_ presentment: CanonicalOrder.Presentment) -> JSON {
        ["currency": .string(presentment.currency), "total": .string(presentment.total)]
    }

    fileprivate static func object(_ texts: [String: String]) -> JSON {
        .object(texts.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) })
    }
}

extension OrderRecord.Shipment {
    fileprivate var json: JSON {
        [
            "id": .id(id),
            "tracking_number": .text(trackingNumber),
            "carrier": .text(carrier),
            "status": .string(status),
            "lines": .array(lines.map { ["sku": .string($0.sku), "quantity": .int($0.quantity)] }),
            "external_ids": OrderRecord.object(externalIDs),
        ]
    }
}

extension OrderRecord.Happening {
    fileprivate var json: JSON {
        [
            "at": .time(at),
            "type": .string(type),
            "actor": .string(actor),
            "summary": .string(summary),
            "external_ref": .text(externalRef),
        ]
    }
}
