extension RefundCalculation {
    /// Why no fees are taken for a line, in words for staff; nil where they are.
    func feeWaiver(of line: ReturnedLine) -> String? {
        if line.kept != nil { return "the goods do not come back" }
        if let reason = line.reason, request.policy.waivesFees(for: reason) { return "waived for the reason \(reason)" }
        return line.feesWaivedBy.map { "waived by \($0)" }
    }

    /// Why the fee for the parcel is not taken: every line is free of fees. Nil where one is not.
    var parcelWaiver: String? {
        var grounds: [String] = []
        // WHY: what stays with the customer needs no label, and spares nobody else's.
        let coming = request.lines.filter { $0.kept == nil }
        for line in coming.isEmpty ? request.lines : coming {
            guard let ground = feeWaiver(of: line) else { return nil }
            if !grounds.contains(ground) { grounds.append(ground) }
        }
        return grounds.joined(separator: ", ")
    }
}
