/// Turns counts of units into unit numbers: what came back before has the first numbers, what comes back now the next.
struct UnitReading {
    private var reservations: [String: UnitReservation] = [:]
    /// What came back before and yet stays sold.
    private(set) var kept: [String: UnitNumbers] = [:]

    init(_ order: RefundOrder) {
        for line in order.lines { reservations[line.id] = UnitReservation(quantity: line.quantity) }
    }

    var taken: [String: UnitNumbers] {
        reservations.mapValues(\.taken).filter { !$0.value.isEmpty }
    }

    mutating func readReturned(
        _ counts: [FormField<RefundRequestForm.ReturnedCount>], _ reader: inout FormReader
    ) {
        for (index, field) in counts.enumerated() {
            let (lineID, units) = read(field, at: "already_returned", index, &reader)
            let kept = self.kept(field, at: "already_returned", index, &reader)
            if let lineID, let units, let kept, kept.percent != .hundred {
                self.kept[lineID] = (self.kept[lineID] ?? UnitNumbers()).union(units)
            }
            if let lineID, reservations[lineID] == nil {
                reader.report(
                    .unknownLine, RequestPath("already_returned", index, "line_id"), RefundCheck.unknownLine(lineID))
            }
        }
    }

    mutating func readGoods(
        _ counts: [FormField<RefundRequestForm.ReturnedCount>], _ reader: inout FormReader
    ) -> [ReturnedLine] {
        counts.enumerated().map { index, field in
            func name(_ field: String) -> RequestPath { RequestPath("return.lines", index, field) }
            let (lineID, units) = read(field, at: "return.lines", index, &reader)
            let grade = field.value.flatMap { reader.optional($0.grade, name("grade"), "a grade such as A") }
            let reason = field.value.flatMap { reader.optional($0.reason, name("reason"), "a text") }
            let waiver = field.value.flatMap { reader.optional($0.feesWaivedBy, name("fees_waived_by"), "a text") }
            return ReturnedLine(
                lineID: lineID ?? "", units: units ?? UnitNumbers(), grade: grade ?? "A", reason: reason,
                feesWaivedBy: waiver, kept: kept(field, at: "return.lines", index, &reader))
        }
    }

    private func kept(
        _ field: FormField<RefundRequestForm.ReturnedCount>, at list: String, _ index: Int, _ reader: inout FormReader
    ) -> KeptGoods? {
        func name(_ field: String) -> RequestPath { RequestPath(list, index, field) }
        guard let count = field.value, let kept = reader.optional(count.kept, name("kept"), "an object with percent")
        else { return nil }
        if case .absent = kept.percent { _ = reader.required(kept.percent, name("kept.percent"), "a percentage") }
        return KeptGoods(
            percent: reader.percentage(kept.percent, name("kept.percent")) ?? .hundred,
            by: reader.optional(kept.by, name("kept.by"), "a text"))
    }

    private mutating func read(
        _ field: FormField<RefundRequestForm.ReturnedCount>, at list: String, _ index: Int, _ reader: inout FormReader
    ) -> (lineID: String?, units: UnitNumbers?) {
        func name(_ field: String) -> RequestPath { RequestPath(list, index, field) }
        guard let count = reader.required(field, name(""), "an object") else { return (nil, nil) }
        let lineID = reader.required(count.lineID, name("line_id"), "the id of an order line")
        let quantity = reader.quantity(count.quantity, name("quantity"))
        guard let lineID, let quantity else { return (lineID, nil) }
        return (lineID, reserve(quantity, of: lineID, name("quantity"), &reader))
    }

    private mutating func reserve(
        _ quantity: Int, of lineID: String, _ field: RequestPath, _ reader: inout FormReader
    ) -> UnitNumbers? {
        guard let reservation = reservations[lineID] else { return nil }
        if let units = reservations[lineID]?.reserve(quantity) { return units }
        let left = reservation.free.count
        reader.report(
            .quantityAboveSold, field,
            "Line '\(lineID.shown)': \(left) of \(reservation.quantity) units are left; give at most \(left).")
        return nil
    }
}
