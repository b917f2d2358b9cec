import Commerce

/// A line of an order or authorization elsewhere that units can be put on.
struct ERPLine: Sendable, Equatable {
    let number: Int
    let sku: String
    /// Units that may be put on it.
    let room: Int
}

/// Units that come back, by the order's own lines.
struct ReturnedUnits: Codable, Sendable, Equatable {
    var sku: String
    var quantity: Int
}

/// Puts units that come back on the lines of a record in the ERP. Pure.
enum LineAllocation {
    /// Where a SKU stands on as many lines here as there, the lines belong together in their order; otherwise the lines
    /// there are filled from the first.
    ///
    /// - Parameter returned: one for each line of the order, also where nothing of it comes back.
    ///
    /// Failure: ``ProviderFailure`` `refused` where more comes back than there is room for.
    static func allocate(
        _ returned: [ReturnedUnits], to lines: [ERPLine]
    ) throws(ProviderFailure) -> [Int: Int] {
        var result: [Int: Int] = [:]
        for sku in Set(returned.map(\.sku)).sorted() {
            let wanted = returned.filter { $0.sku == sku }.map(\.quantity)
            let there = lines.filter { $0.sku == sku }
            for (number, quantity) in try units(of: sku, wanted, on: there) { result[number] = quantity }
        }
        return result.filter { $0.value > 0 }
    }

    private static func units(
        of sku: String, _ wanted: [Int], on lines: [ERPLine]
    ) throws(ProviderFailure) -> [(Int, Int)] {
        if wanted.count == lines.count, zip(wanted, lines).allSatisfy({ $0 <= $1.room }) {
            return zip(lines.map(\.number), wanted).map { ($0, $1) }
        }
        let total = wanted.reduce(0, +)
        var missing = total
        var filled: [(Int, Int)] = []
        for line in lines where missing > 0 {
            let taken = min(missing, max(0, line.room))
            filled.append((line.number, taken))
            missing -= taken
        }
        guard missing == 0 else {
            throw .refused(
                code: "over_returned",
                message: "\(total) of \(sku) come back, and there is room for \(total - missing) of them in the ERP.")
        }
        return filled
    }
}
