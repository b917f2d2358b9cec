/// Whether a list of what is not taken back holds a line.
enum ExclusionFinding: Equatable {
    case clear
    /// The member of the list, e.g. `tags`, and what was found in it.
    case excluded(member: String, value: String)
    /// It is in the list, but is taken back for this reason.
    case excepted(reason: String)
    /// Members that nobody can tell about, because the fact is not known.
    case unknown(members: [String])
}

extension ItemExclusions {
    /// Looks a line up; what is found for certain comes before what is not known.
    func finding(_ line: OrderLineReturnFacts, order: OrderReturnFacts, reason: String?) -> ExclusionFinding {
        let lookups = lookups(line, order)
        let hit = lookups.first { $0.hit != nil }
        guard let hit, let value = hit.hit else {
            let unknown = lookups.filter { !$0.isKnown }.map(\.member)
            return unknown.isEmpty ? .clear : .unknown(members: unknown)
        }
        if let reason, exceptReasons.contains(where: { $0.lowercased() == reason.lowercased() }) {
            return .excepted(reason: reason)
        }
        return .excluded(member: hit.member, value: value)
    }

    private struct Lookup {
        let member: String
        let hit: String?
        let isKnown: Bool
    }

    private func lookups(_ line: OrderLineReturnFacts, _ order: OrderReturnFacts) -> [Lookup] {
        [
            lookup("skus", skus.contains(line.sku) ? line.sku : nil),
            lookup("tags", tags, line.tags),
            lookup("types", types, line.type.map { [$0] }),
            lookup("collections", collections, line.collections),
            lookup("discount_codes", discountCodes, line.discountCodes ?? order.discountCodes),
            discountLookup(line),
        ]
    }

    private func lookup(_ member: String, _ hit: String?) -> Lookup {
        Lookup(member: member, hit: hit, isKnown: true)
    }

    private func lookup(_ member: String, _ listed: [String], _ found: Set<String>?) -> Lookup {
        guard !listed.isEmpty else { return lookup(member, nil) }
        guard let found else { return Lookup(member: member, hit: nil, isKnown: false) }
        let words = Set(found.map { $0.lowercased() })
        return lookup(member, listed.first { words.contains($0.lowercased()) })
    }

    private func discountLookup(_ line: OrderLineReturnFacts) -> Lookup {
        let member = "discount_percent_from"
        guard let discountPercentFrom else { return lookup(member, nil) }
        guard let price = line.price, let discount = line.discount, price.currency == discount.currency else {
            return Lookup(member: member, hit: nil, isKnown: false)
        }
        // WHY: compared crosswise, so that a third off is not less than 33.3333 % by a rounded digit.
        let share = Int128(discount.minorUnits) * 100 * 10_000
        let limit = Int128(discountPercentFrom.scaled) * Int128(price.minorUnits)
        let isReached = price.minorUnits > 0 && discount.minorUnits > 0 && share >= limit
        return lookup(member, isReached ? "\(discountPercentFrom)" : nil)
    }
}
