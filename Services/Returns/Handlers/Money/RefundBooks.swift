import Commerce
import Messaging

/// What a turn of a refund means for its order's ledger and units.
struct RefundBooks: Sendable {
    private let refund: RefundStore.Row
    private let ledger: Ledger
    private let transaction: HandlerTransaction

    /// - Parameters:
    ///   - refund: as it is now.
    ///   - ledger: under its lock.
    init(_ refund: RefundStore.Row, of ledger: Ledger, _ transaction: HandlerTransaction) {
        self.refund = refund
        self.ledger = ledger
        self.transaction = transaction
    }

    /// Posts the turn, the first of its kind or a later one.
    /// - Returns: a name for the turn.
    func post(since before: RefundStatus) async throws -> String {
        let ledgers = LedgerStore(transaction)
        let cause = refund.id.description
        guard let requested = try await ledgers.entry(.refundRequested, cause, of: ledger),
            let entry = Self.entry(requested, from: before, to: refund.status)
        else { return cause }
        let turn = entry.turn(try await ledgers.turns(of: entry.kind, cause, of: ledger.orderID) + 1)
        try await ledgers.post(turn, to: ledger.orderID)
        return turn.cause
    }

    private static func entry(
        _ requested: LedgerEntry, from before: RefundStatus, to now: RefundStatus
    ) -> LedgerEntry? {
        switch (before, now) {
        case (.failed, .succeeded): requested.succeededLate
        case (_, .succeeded): requested.succeeded
        case (.succeeded, .failed): requested.reversed
        case (_, .failed): requested.failed
        default: nil
        }
    }

    /// The units of a refund that failed go back to its return, or are free; one that arrives after all takes them again.
    /// - Parameter isGivenInPart: whether some of its money went back although it failed; without a return, its units stay
    ///   with it then, for the rest of their price is refunded as an amount.
    func moveUnits(since before: RefundStatus, keeping isGivenInPart: Bool) async throws {
        let held = HeldUnitStore(transaction, of: refund.orderID)
        switch (refund.status, refund.returnID) {
        case (.failed, let returnID?): try await held.pass(from: refund.id.uuid, to: returnID.uuid)
        case (.failed, nil) where isGivenInPart: try await holdAgain(held)
        case (.failed, nil):
            try await ShopUnits.release(heldBy: refund.id.uuid, of: refund.orderID, in: transaction)
        case (.succeeded, let returnID?):
            let passed = try await held.pass(from: returnID.uuid, to: refund.id.uuid)
            // WHY: a return that has ended meanwhile has let go of them; what another refund of it holds is paid there.
            guard passed == 0, before == .failed,
                try await !StandingRefund.exists(of: returnID, besides: refund.id, in: transaction)
            else { return }
            try await holdAgain(held)
        case (.succeeded, nil) where before == .failed: try await holdAgain(held)
        default: break
        }
    }

    /// As many units as it gave money for, where they are still free: what is paid for is not paid for again.
    private func holdAgain(_ held: HeldUnitStore) async throws {
        guard try await held.units(heldBy: refund.id.uuid).all.isEmpty,
            let calculation = try await RefundStore(transaction).calculation(of: refund.id)
        else { return }
        var taken = try await held.units()
        for line in calculation.lines {
            guard let sold = ledger.sale.lines.first(where: { $0.id == line.lineID }) else { continue }
            var free = UnitReservation(quantity: sold.quantity, taken: taken[line.lineID])
            guard let units = free.reserve(min(line.quantity, free.free.count)) else { continue }
            let kept = line.keptDeduction.flatMap { $0.minorUnits > 0 ? KeptGoods(percent: .zero) : nil }
            let returned = ReturnedLine(lineID: line.lineID, units: units, kept: kept)
            try await held.hold([returned], by: refund.id.uuid)
            taken.take(units, of: line.lineID)
        }
    }
}
