/// One order as a person looks at it.
enum OrderPicture {
    static func lines(_ order: OrderModel, _ style: Style) -> [String] {
        header(order, style) + lines(of: order, style) + shipments(order, style)
            + TimelinePicture.lines(order.timeline, style)
    }

    private static func header(_ order: OrderModel, _ style: Style) -> [String] {
        let ids = order.externalIDs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let who = [order.customer.name, order.customer.email].compactMap(\.self).joined(separator: ", ")
        let paid = order.presentment.map { ", paid as \($0.total) \($0.currency)" } ?? ""
        var lines = [
            "\(style(SafeText.line(order.number), .strong))  \(style(order.status, Tone(status: order.status)))  "
                + "\(order.total) \(order.currency)\(SafeText.line(paid))"
        ]
        if let reason = order.statusReason {
            lines.append(style(SafeText.line("\(reason.code): \(reason.message)"), .bad))
        }
        lines.append(style(([order.id] + ids).joined(separator: "  "), .quiet))
        if !who.isEmpty { lines.append(style(SafeText.line(who), .quiet)) }
        if let saga = order.sagaID { lines.append(style("saga \(saga)", .quiet)) }
        return lines
    }

    private static func lines(of order: OrderModel, _ style: Style) -> [String] {
        guard !order.lines.isEmpty else { return [] }
        let table = Table(
            headings: ["sku", "ordered", "shipped", "unit price"],
            rows: order.lines.map { line in
                [
                    .init(line.sku), .init("\(line.quantity)"),
                    .init("\(line.shipped)", line.shipped == line.quantity ? .good : .waiting), .init(line.unitPrice),
                ]
            })
        return section(table, style)
    }

    private static func shipments(_ order: OrderModel, _ style: Style) -> [String] {
        guard !order.shipments.isEmpty else { return [] }
        let table = Table(
            headings: ["package", "carrier", "status", "contents", "known as"],
            rows: order.shipments.map { shipment in
                [
                    .init(shipment.trackingNumber ?? "-"), .init(shipment.carrier ?? "-"), .status(shipment.status),
                    .init(shipment.lines.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")),
                    .init(
                        shipment.externalIDs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                            .joined(separator: ", "), .quiet),
                ]
            })
        return section(table, style)
    }

    private static func section(_ table: Table, _ style: Style) -> [String] {
        [""] + table.lines(style).map { "  " + $0 }
    }
}
