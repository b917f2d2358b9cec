/// One claim under a warranty as a person looks at it.
enum WarrantyPicture {
    static func lines(_ claim: WarrantyModel, _ style: Style) -> [String] {
        header(claim, style) + facts(claim, style) + TimelinePicture.lines(claim.timeline, style)
    }

    private static func header(_ claim: WarrantyModel, _ style: Style) -> [String] {
        var lines = [
            "\(style(claim.id, .strong))  \(style(claim.status, Tone(status: claim.status)))  "
                + SafeText.line("\(claim.quantity) × \(claim.sku), \(claim.problem)")
        ]
        if let reason = claim.statusReason {
            lines.append(style(SafeText.line("\(reason.code): \(reason.message)"), .bad))
        }
        let ids = [
            claim.orderID.map { "order \($0)" }, claim.registrationID.map { "registration \($0)" },
            claim.returnID.map { "return \($0)" },
        ].compactMap(\.self)
        lines.append(style(SafeText.line(ids.joined(separator: "  ")), .quiet))
        if let saga = claim.sagaID { lines.append(style("saga \(saga)", .quiet)) }
        return lines
    }

    private static func facts(_ claim: WarrantyModel, _ style: Style) -> [String] {
        let facts: [(String, String?)] =
            [("says", claim.description)] + claim.evidence.map { ("shows", $0.url) } + [
                ("coverage", coverage(claim.coverage)), ("label", claim.label.map(words)),
                ("finding", claim.finding), ("remedy", claim.remedy), ("repair", claim.repair.map(words)),
                ("new goods", claim.replacement.map(words)), ("sent back", claim.parcel.map(words)),
                ("refund", refund(claim.refund)),
            ]
        let known = facts.compactMap { name, text in text.map { (name, $0) } }
        let width = known.map(\.0.count).max() ?? 0
        return [""]
            + known.map { name, text in
                let title = style(name + String(repeating: " ", count: width - name.count), .quiet)
                return "  \(title)  \(SafeText.line(text))"
            }
    }

    private static func coverage(_ coverage: WarrantyModel.Coverage) -> String {
        let plan = coverage.plan.map { "by plan \($0)" } ?? "by no plan"
        let days = [coverage.startsOn, coverage.endsOn].compactMap(\.self).joined(separator: " to ")
        let reasons = coverage.reasons.map(\.message).joined(separator: " ")
        return [coverage.outcome, plan, days, reasons].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private static func words(_ label: ReturnModel.Label) -> String {
        ([label.carrier, label.service, label.trackingNumber] + (label.voided ? ["voided"] : []))
            .joined(separator: " ")
    }

    private static func words(_ repair: WarrantyModel.Repair) -> String {
        [repair.outcome, repair.note].compactMap(\.self).joined(separator: ": ")
    }

    private static func words(_ replacement: WarrantyModel.Replacement) -> String {
        [replacement.name, replacement.shopOrderID.map { "shop order \($0)" }, replacement.orderID]
            .compactMap(\.self).joined(separator: "  ")
    }

    private static func words(_ parcel: WarrantyModel.Parcel) -> String {
        [parcel.carrier, parcel.trackingNumber].compactMap(\.self).joined(separator: " ")
    }

    private static func refund(_ refund: ReturnModel.Refund) -> String? {
        guard refund.id != nil else { return nil }
        return [refund.amount, refund.currency, refund.status].compactMap(\.self).joined(separator: " ")
    }
}
