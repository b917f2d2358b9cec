extension RefundCalculation {
    /// Captured less refunded less pending, for each tender.
    func tenderRooms() throws(MoneyError) -> [DerivationNode] {
        var rooms: [DerivationNode] = []
        for (index, tender) in request.order.tenders.enumerated() {
            func name(_ field: DerivationField) -> DerivationName { DerivationName(.orderTenders, index, field) }
            let operands = [
                build.literal(tender.captured, name(.captured)),
                build.literal(tender.refunded, name(.refunded)),
                build.literal(tender.pending, name(.pending)),
            ]
            rooms.append(try build(.difference, operands, as: name(.room)))
        }
        return rooms
    }

    /// What each tender gives, in the order of the tenders; none more than its room.
    func tenderAmounts(_ settlement: Settlement) throws(MoneyError) -> [DerivationNode] {
        switch request.policy.tenderOrder {
        case .proportional: try proportional(settlement)
        case .kinds(let kinds): try filled(settlement, by: kinds)
        }
    }

    /// WHY: with a total of at most the rooms' sum, a share by largest remainder never exceeds its room.
    private func proportional(_ settlement: Settlement) throws(MoneyError) -> [DerivationNode] {
        var amounts: [DerivationNode] = []
        for index in settlement.rooms.indices {
            let operands = [build.constant(index), settlement.total] + settlement.rooms
            amounts.append(try build(.largestRemainder, operands, as: tenderName(index)))
        }
        return amounts
    }

    private func filled(_ settlement: Settlement, by kinds: [String]) throws(MoneyError) -> [DerivationNode] {
        let tenders = request.order.tenders
        let rank = tenders.map { kinds.firstIndex(of: $0.kind) ?? kinds.count }
        var amounts: [Int: DerivationNode] = [:]
        var given: [DerivationNode] = []
        for index in tenders.indices.sorted(by: { (rank[$0], $0) < (rank[$1], $1) }) {
            let missing = try build(.difference, [settlement.total] + given)
            let amount = try build(.least, [missing, settlement.rooms[index]], as: tenderName(index))
            amounts[index] = amount
            given.append(amount)
        }
        return tenders.indices.compactMap { amounts[$0] }
    }

    private func tenderName(_ index: Int) -> DerivationName {
        DerivationName(.tenders, index, .amount)
    }
}
