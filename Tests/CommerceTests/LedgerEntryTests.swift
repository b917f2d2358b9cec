import SeededRandom
import Testing

@testable import Commerce

@Suite("Entries of the ledger")
struct LedgerEntryTests {
    private static let currencies = ["USD", "JPY", "KWD"].compactMap(Currency.init(code:))

    private static func sale(_ random: inout SeededGenerator) throws -> Sale {
        let currency = currencies[Int.random(in: 0..<currencies.count, using: &random)]
        func money(_ upTo: Int64) -> Money {
            Money(minorUnits: .random(in: 0...upTo, using: &random), currency: currency)
        }
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { index in
            RefundOrderLine(
                id: "l\(index)", sku: "S", quantity: .random(in: 1...5, using: &random),
                unitPrice: UnitPrice(scaled: .random(in: 100_000_000...9_999_999_999, using: &random)),
                discount: money(0), tax: money(20))
        }
        return Sale(
            currency: currency, taxesIncluded: false, lines: lines, shipping: money(2000), shippingTax: money(100))
    }

    @Test(
        "captures, however the payment is split, come to exactly what was sold; each entry balances", arguments: 0..<300
    )
    func captures(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sale = try Self.sale(&random)
        let components = try sale.components()
        let total = components.reduce(Int64(0)) { $0 + $1.amount }
        let beyond = Int64.random(in: 0...50, using: &random)
        var (captured, credited) = (Int64(0), [LedgerAccount: Int64]())
        while captured < total + beyond {
            let part = Int64.random(in: 1...max(1, total + beyond - captured), using: &random)
            let entry = try LedgerEntry.captured(
                Money(minorUnits: part, currency: sale.currency), tender: "t", cause: "c\(captured)",
                credited: credited, of: sale)
            #expect(entry.isBalanced, "seed \(seed)")
            for posting in entry.postings where posting.account != .captured {
                credited[posting.account, default: 0] += posting.credit - posting.debit
            }
            captured += part
        }
        for component in components { #expect(credited[component.account] ?? 0 == component.amount, "seed \(seed)") }
        #expect(credited[.other] ?? 0 == beyond, "seed \(seed)")
    }

    @Test("a line that an edit adds is credited by its own payment: 50.00 to goods, and no cent to tax or shipping")
    func edited() throws {
        let currency = try #require(Currency(code: "USD"))
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        func line(_ id: String, _ price: String, tax: Int64) throws -> RefundOrderLine {
            RefundOrderLine(
                id: id, sku: id, quantity: 1, unitPrice: try UnitPrice(decimal: price), discount: money(0),
                tax: money(tax))
        }
        func sale(_ lines: [RefundOrderLine], shipping: Int64) -> Sale {
            Sale(
                currency: currency, taxesIncluded: false, lines: lines, shipping: money(shipping),
                shippingTax: money(0))
        }
        let sold = sale([try line("robe", "100.00", tax: 800)], shipping: 500)
        // As the shop tells of it after the edit: what is known already does not count.
        let told = sale([try line("robe", "90.00", tax: 0), try line("slip", "50.00", tax: 0)], shipping: 900)
        let edited = sold.adding(linesOf: told)
        #expect(edited.lines == sold.lines + told.lines.suffix(1) && edited.shipping == sold.shipping)
        #expect(edited.adding(linesOf: told) == edited && edited.adding(linesOf: sold) == edited)
        let first = try LedgerEntry.captured(money(11_300), tender: "t", cause: "1", credited: [:], of: sold)
        let second = try LedgerEntry.captured(
            money(5_000), tender: "u", cause: "2", credited: [.goods: 10_000, .tax: 800, .shipping: 500], of: edited)
        #expect(first.isBalanced && second.isBalanced)
        #expect(Self.sum([first])[.goods] == -10_000 && Self.sum([second])[.goods] == -5_000)
        #expect(second.postings.count == 2)
    }

    @Test("a refund balances at every turn, and what is taken back leaves nothing", arguments: 0..<300)
    func refunds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sale = try Self.sale(&random)
        let paid = try sale.components().reduce(Int64(0)) { $0 + $1.amount }
        let first = Int64.random(in: 0...paid, using: &random)
        func money(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: sale.currency) }
        let tenders = [("a", first), ("b", paid - first)].map { id, amount in
            Tender(id: id, kind: "card", captured: money(amount), refunded: money(0), pending: money(0))
        }
        let line = sale.lines[Int.random(in: 0..<sale.lines.count, using: &random)]
        let result = try RefundCalculation.result(
            for: RefundRequest(
                currency: sale.currency, order: sale.order(tenders: tenders, shippingRefunded: .zero),
                lines: [
                    ReturnedLine(
                        lineID: line.id, units: UnitNumbers(upTo: .random(in: 1...line.quantity, using: &random)))
                ]
            ))
        let requested = LedgerEntry.refundRequested(result, cause: "r")
        let turns = [requested, requested.succeeded, requested.failed, requested.reversed]
        #expect(turns.allSatisfy { $0.isBalanced }, "seed \(seed)")
        #expect(Self.sum([requested, requested.failed]).values.allSatisfy { $0 == 0 }, "seed \(seed)")
        #expect(
            Self.sum([requested, requested.succeeded, requested.reversed]).values.allSatisfy { $0 == 0 }, "seed \(seed)"
        )
    }

    @Test("what one payment gave of a refund that failed comes with the rest to the whole", arguments: 0..<300)
    func parts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sale = try Self.sale(&random)
        func money(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: sale.currency) }
        let paid = try sale.components().reduce(Int64(0)) { $0 + $1.amount }
        let first = Int64.random(in: 0...paid, using: &random)
        let line = sale.lines[Int.random(in: 0..<sale.lines.count, using: &random)]
        let returned = ReturnedLine(
            lineID: line.id, units: UnitNumbers(upTo: .random(in: 1...line.quantity, using: &random)))
        let policy = RefundPolicy(
            restockingFeePercent: try Percentage(decimal: "15") ?? .zero, returnShippingFee: money(300),
            originalShipping: .always)
        func result(given: Int64) throws -> RefundResult {
            let tenders = [("a", first), ("b", paid - first)].map { id, amount in
                Tender(
                    id: id, kind: "card", captured: money(amount), refunded: money(id == "a" ? given : 0),
                    pending: money(0))
            }
            return try RefundCalculation.result(
                for: RefundRequest(
                    currency: sale.currency, order: sale.order(tenders: tenders, shippingRefunded: .zero),
                    lines: [returned], givenBefore: given == 0 ? nil : money(given), policy: policy))
        }
        let whole = try result(given: 0)
        let given = whole.tenders[0].amount.minorUnits
        guard given > 0 else { return }
        let requested = LedgerEntry.refundRequested(whole, cause: "r")
        let part = try requested.part(given, from: "a", cause: "r/1")
        #expect(part.isBalanced && part.refunded == given, "seed \(seed)")
        let rest = try result(given: given)
        #expect(rest.total.minorUnits == whole.total.minorUnits - given && rest.givenInAll == whole.givenInAll)
        let second = LedgerEntry.refundRequested(rest, besides: [part], cause: "s")
        #expect(second.isBalanced || second.postings.isEmpty, "seed \(seed)")
        let (once, twice) = (Self.sum([requested]), Self.sum([part, second]))
        for account in LedgerAccount.allCases where account != .refunded && account != .pending {
            #expect(twice[account, default: 0] == once[account, default: 0], "seed \(seed), \(account)")
        }
    }

    @Test("an exchange balances, moves no tender, and takes all of what the goods are worth", arguments: 0..<100)
    func exchanges(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sale = try Self.sale(&random)
        func money(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: sale.currency) }
        let paid = try sale.components().reduce(Int64(0)) { $0 + $1.amount }
        let tender = Tender(id: "a", kind: "card", captured: money(paid), refunded: money(0), pending: money(0))
        let line = sale.lines[Int.random(in: 0..<sale.lines.count, using: &random)]
        let returned = ReturnedLine(
            lineID: line.id, units: UnitNumbers(upTo: .random(in: 1...line.quantity, using: &random)))
        func result(_ exchange: [ExchangeLine]) throws -> RefundResult {
            try RefundCalculation.result(
                for: RefundRequest(
                    currency: sale.currency, order: sale.order(tenders: [tender], shippingRefunded: .zero),
                    lines: [returned], exchange: exchange))
        }
        let worth = try result([]).total
        let others = ExchangeLine(sku: "S", quantity: 1, amount: worth, tax: money(0))
        let entry = LedgerEntry.exchanged(try result([others]), cause: "r")
        #expect(entry.isBalanced || (entry.postings.isEmpty && worth == money(0)), "seed \(seed)")
        #expect(entry.postings.allSatisfy { $0.tender == nil }, "seed \(seed)")
        #expect(Self.sum([entry])[.exchange, default: 0] == -worth.minorUnits, "seed \(seed)")
        #expect(Self.sum([entry])[.other, default: 0] == 0, "seed \(seed)")
        let left = Self.sum([LedgerEntry.exchanged(try result([]), cause: "r")])
        #expect(left[.other, default: 0] == -worth.minorUnits, "seed \(seed)")
    }

    /// Debits less credits, by account.
    private static func sum(_ entries: [LedgerEntry]) -> [LedgerAccount: Int64] {
        entries.flatMap(\.postings).reduce(into: [:]) { $0[$1.account, default: 0] += $1.debit - $1.credit }
    }
}
