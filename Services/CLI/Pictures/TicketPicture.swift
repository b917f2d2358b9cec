import Commerce
import Foundation

/// One ticket as a person looks at it, with what happened to its return.
enum TicketPicture {
    static func lines(_ ticket: TicketModel, _ goods: ReturnModel?, _ style: Style) throws -> [String] {
        try header(ticket, goods, style) + fields(ticket, style) + flags(ticket, style)
            + TimelinePicture.lines(goods?.timeline ?? [], style)
    }

    private static func header(_ ticket: TicketModel, _ goods: ReturnModel?, _ style: Style) -> [String] {
        var lines = [
            "\(style(SafeText.line(ticket.subject), .strong))  \(style(ticket.status, Tone(status: ticket.status)))",
            style("\(ticket.id)  \(SafeText.line(ticket.customerEmail))", .quiet),
        ]
        if let returnID = ticket.returnID {
            let order = goods.map { "  order \($0.orderID)" } ?? ""
            lines.append(style("return \(returnID)\(order)", .quiet))
        }
        return lines
    }

    private static func fields(_ ticket: TicketModel, _ style: Style) throws -> [String] {
        guard !ticket.customFields.isEmpty else { return [] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let table = Table(
            headings: ["field", "value"],
            rows: try ticket.customFields.sorted { $0.key < $1.key }.map { name, value in
                [.init(name), .init(try value.text ?? String(decoding: encoder.encode(value), as: UTF8.self))]
            })
        return [""] + table.lines(style).map { "  " + $0 }
    }

    private static func flags(_ ticket: TicketModel, _ style: Style) -> [String] {
        guard !ticket.flags.isEmpty else { return [] }
        return [""] + ticket.flags.map { "  " + style(SafeText.line("\($0.code): \($0.message)"), .waiting) }
    }
}
