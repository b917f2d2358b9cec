/// One return as a person looks at it.
enum ReturnPicture {
    static func lines(_ goods: ReturnModel, _ style: Style) -> [String] {
        header(goods, style) + lines(of: goods, style) + InspectionPicture.lines(goods, style) + outcome(goods, style)
            + TimelinePicture.lines(goods.timeline, style)
    }

    private static func header(_ goods: ReturnModel, _ style: Style) -> [String] {
        var lines = [
            "\(style(goods.id, .strong))  \(style(goods.status, Tone(status: goods.status)))  "
                + SafeText.line(goods.resolution)
        ]
        if let reason = goods.statusReason {
            lines.append(style(SafeText.line("\(reason.code): \(reason.message)"), .bad))
        }
        let ids = goods.externalIDs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let own = ["order \(goods.orderID)"] + [goods.ticketID.map { "ticket \($0)" }].compactMap(\.self)
        lines.append(style(SafeText.line((own + ids).joined(separator: "  ")), .quiet))
        if let saga = goods.sagaID { lines.append(style("saga \(saga)", .quiet)) }
        return lines
    }

    private static func lines(of goods: ReturnModel, _ style: Style) -> [String] {
        let table = Table(
            headings: ["sku", "asked", "received", "grade", "matched", "reason"],
            rows: goods.lines.map { line in
                [
                    .init(line.sku), .init("\(line.quantity)"),
                    .init("\(line.received)", line.received == line.quantity ? .good : .waiting),
                    .init(line.grade ?? "-"), matched(line.matched), .init(line.reason ?? "-"),
                ]
            })
        let extras = goods.extras.map { "  \(style("besides", .bad))  \($0.quantity) × \(SafeText.line($0.sku))" }
        return [""] + table.lines(style).map { "  " + $0 } + declined(goods, style) + extras + evidence(goods, style)
    }

    private static func declined(_ goods: ReturnModel, _ style: Style) -> [String] {
        (goods.declined ?? []).map { line in
            let words = ["\(line.quantity) × \(line.sku)", line.message.map { "(\($0))" }].compactMap(\.self)
            return "  \(style("not accepted", .waiting))  \(SafeText.line(words.joined(separator: "  ")))"
        }
    }

    private static func evidence(_ goods: ReturnModel, _ style: Style) -> [String] {
        goods.lines.flatMap { line in
            (line.evidence ?? []).map { piece in
                let words = [line.sku, piece.url, piece.note.map { "(\($0))" }].compactMap(\.self)
                return "  \(style("shows", .quiet))  \(SafeText.line(words.joined(separator: "  ")))"
            }
        }
    }

    private static func matched(_ matched: Bool?) -> Table.Cell {
        guard let matched else { return .init("-") }
        return .init(matched ? "yes" : "no", matched ? .good : .bad)
    }

    private static func outcome(_ goods: ReturnModel, _ style: Style) -> [String] {
        let decision = SafeText.line("\(goods.decision.outcome) by \(goods.decision.rule)")
        var lines = ["", "  \(style("decision", .quiet))  \(decision)"]
        lines += goods.decision.reasons.map { "            \(SafeText.line($0.message))" }
        if let label = goods.label {
            let words = [label.carrier, label.service, label.trackingNumber, "from \(label.country)"]
            let text = SafeText.line((words + (label.voided ? ["voided"] : [])).joined(separator: " "))
            lines.append("  \(style("label", .quiet))     \(text)")
            if let paperless = label.paperless {
                let code = paperless.code.map { "a code does in its place: \($0)" } ?? "a code does in its place"
                let words = paperless.missing.map { "to be printed: \($0)" } ?? code
                lines.append("            \(SafeText.line(words))")
            }
        }
        return lines + refund(goods.refund, style)
    }

    private static func refund(_ refund: ReturnModel.Refund, _ style: Style) -> [String] {
        guard let id = refund.id else { return [] }
        let bonus = refund.bonus.map { "and \($0)" }
        let amount = [refund.amount, bonus, refund.currency].compactMap(\.self).joined(separator: " ")
        let status = style(refund.status, Tone(status: refund.status))
        let line = "  \(style("refund", .quiet))    \(amount)  \(status)  \(style(id, .quiet))"
        guard let error = refund.error else { return [line] }
        return [line, "            " + style(SafeText.line("\(error.code): \(error.message)"), .bad)]
    }
}
