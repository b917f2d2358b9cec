import Commerce
import Testing

@Suite("Disputes of payments")
struct DisputeTests {
    private typealias Status = Dispute.Status

    private func tender(captured: Int64 = 11_300, refunded: Int64 = 0) -> TenderBalance {
        TenderBalance(
            id: TenderID(), externalID: "801", kind: "card", captured: captured, refunded: refunded, pending: 0,
            disputedBy: nil)
    }

    private func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: MoneyTests.usd) }

    /// What the news leave behind: debits less credits, by account.
    private func balances(_ news: [Dispute.Status], on tender: TenderBalance) -> (Dispute, [LedgerAccount: Int64]) {
        var dispute = Dispute("d", of: money(11_300), on: tender)
        let entries = [dispute.opening] + news.compactMap { dispute.hear($0) }
        let sums = entries.flatMap(\.postings).reduce(into: [LedgerAccount: Int64]()) {
            $0[$1.account, default: 0] += $1.debit - $1.credit
        }
        return (dispute, sums.filter { $0.value != 0 })
    }

    @Test(
        "every order and repetition of the news ends in the same balances",
        arguments: [[.open, .open, .won, .won], [.open, .lost, .lost], [.won, .lost, .open], [Dispute.Status.open]],
        [Int64(0), 4_000, 11_300])
    func permutations(news: [Dispute.Status], refunded: Int64) {
        let tender = tender(refunded: refunded)
        let ends = news.permutations.map { balances($0, on: tender) }
        for (dispute, balances) in ends {
            #expect(dispute.status == ends[0].0.status)
            #expect(balances == ends[0].1, "\(news)")
        }
    }

    @Test("open, its money is no room; won, all is as before; lost, all of it is gone, whatever was left")
    func balances() {
        let half = tender(refunded: 4_000)
        #expect(balances([.open], on: half).1 == [.disputed: 7_300, .pending: -7_300])
        #expect(balances([.open, .won], on: half).1.isEmpty)
        #expect(balances([.lost], on: half).1 == [.disputed: 11_300, .refunded: -11_300])
        let empty = tender(refunded: 11_300)
        #expect(balances([.open], on: empty).1.isEmpty)
        #expect(balances([.open, .lost], on: empty).1 == [.disputed: 11_300, .refunded: -11_300])
    }

    @Test("a dispute takes what another leaves it to hold, and gives up what is gone")
    func holds() {
        var dispute = Dispute("d", of: money(11_300), on: tender(refunded: 11_300))
        let steps: [(free: Int64, held: Int64)] = [(4_000, 4_000), (0, 4_000), (-1_000, 3_000), (20_000, 11_300)]
        for (free, held) in steps {
            let before = dispute.held
            let entry = dispute.hold(beside: "other won", free: free)
            #expect(dispute.held == held && (entry == nil) == (before == held))
            #expect(entry?.isBalanced ?? true)
            let change = entry?.postings.reduce(0) { $0 + ($1.account == .pending ? $1.credit - $1.debit : 0) } ?? 0
            #expect(change == held - before)
        }
        #expect(dispute.hear(.won) != nil && dispute.hold(beside: "other won", free: 5) == nil)
    }

    @Test("every entry of a dispute balances, or has no postings")
    func balanced() {
        for refunded in [Int64(0), 4_000, 11_300] {
            var dispute = Dispute("d", of: money(11_300), on: tender(refunded: refunded))
            let entries = [dispute.opening] + [.won, .lost].compactMap { dispute.hear($0) }
            #expect(entries.map(\.kind) == [.disputeOpened, .disputeWon, .disputeLost])
            #expect(entries.allSatisfy { $0.isBalanced || $0.postings.isEmpty })
        }
    }
}

extension Array {
    /// All orders of the elements.
    var permutations: [[Element]] {
        guard count > 1 else { return [self] }
        return indices.flatMap { index in
            var rest = self
            let element = rest.remove(at: index)
            return rest.permutations.map { [element] + $0 }
        }
    }
}
