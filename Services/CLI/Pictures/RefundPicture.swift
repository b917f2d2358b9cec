import Commerce

/// One refund as a person looks at it: what it is for, whether its money has moved, and what to type next.
enum RefundPicture {
    static func lines(_ refund: RefundModel, _ style: Style) -> [String] {
        var lines = [
            "\(style(refund.id, .strong))  \(style(refund.status, Tone(status: refund.status)))  "
                + "\(refund.amount) \(refund.currency)  \(refund.resolution)"
        ]
        if let error = refund.error {
            lines.append(style(SafeText.line("\(error.code): \(error.message)"), .bad))
        }
        if let effect = refund.effect, refund.isOpen || !effect.duplicates.isEmpty {
            lines.append(style(SafeText.line(effect.told), effect.tone))
        }
        let ids = [
            "order \(refund.orderID)", refund.returnID.map { "return \($0)" },
            refund.externalID.map { "\(refund.provider ?? "provider") \($0)" },
        ].compactMap(\.self)
        lines.append(style(SafeText.line(ids.joined(separator: "  ")), .quiet))
        let asked = "asked \(Moment.text(refund.createdAt)), last changed \(Moment.text(refund.updatedAt))"
        lines.append(style(SafeText.line([refund.reason, asked].compactMap(\.self).joined(separator: "  ")), .quiet))
        return lines + SagaPicture.section("what you can do now", next(refund).map { "  " + style($0, .strong) })
    }

    /// Where its history is; of one that is not sent, what drives it: a return's saga, or nothing but its own message.
    private static func next(_ refund: RefundModel) -> [String] {
        let saga = refund.returnID.map { "stateset sagas show \($0)" }
        let driver = refund.status == "requested" ? saga ?? "stateset dead-letters list --key \(refund.id)" : nil
        let history = refund.returnID.map { "stateset returns show \($0)" }
        return [driver, history, "stateset refunds explain \(refund.id)"].compactMap(\.self)
    }

    /// Refunds as a table: the last try's code stands for the reason while there is no other.
    static let list = ListView(
        columns: [
            .time("asked", "created_at"), .status(), .text("amount"), .text("currency"),
            .init(heading: "why") { .init(reason($0) ?? "", .bad) },
            .init(heading: "applied") { applied($0) }, .text("return", "return_id"),
            .text("order", "order_id"), .text("refund", "id"),
        ], none: "no refunds")

    private static func reason(_ refund: JSONValue) -> String? {
        let error = refund["error"]?["code"] ?? refund["effect"]?["error"]?["code"]
        return error?.text
    }

    /// Of one whose sending has no end yet; what has come of the others is their status.
    private static func applied(_ refund: JSONValue) -> Table.Cell {
        guard refund["status"]?.text == "requested", let state = refund["effect"]?["state"]?.text else {
            return .init("-")
        }
        return switch state {
        case "unknown": .init("maybe", .bad)
        case "calling": .init("maybe", .waiting)
        default: .init("no", .waiting)
        }
    }
}
