import Foundation
import Support
import Testing

/// What providers and ledger hold of returned goods at the end: each effect once, and of the money the same.
struct ReturnAccounts {
    private let shopify: JSON
    private let netSuite: JSON
    private let labels: JSON
    private let mails: [JSON]
    /// Minor units that the shop has given back, of all returns, and that the ledger says so.
    private(set) var given = 0
    private(set) var posted = 0
    private(set) var refunds = 0

    init(_ stack: RunningStack) async throws {
        shopify = try await stack.simulator("GET", "/_sim/shopify/state").json
        netSuite = try await stack.simulator("GET", "/_sim/netsuite/state").json
        labels = try await stack.simulator("GET", "/_sim/shipstation/state").json.labels
        mails = try await stack.simulator("GET", "/_sim/smtp/messages").json.data.array
    }

    /// - Parameters:
    ///   - goods: the return, as the API shows it.
    ///   - ledger: of its order, likewise.
    mutating func expectRefunded(_ shopID: String, _ goods: JSON, _ ledger: JSON) {
        let id = goods.id.string ?? "none"
        let refund = goods.refund.id.string ?? "none"
        #expect(goods.refund.status.string == "succeeded", "refund of \(id)")
        let made = shopify.refunds.array.filter { $0.order_id.int == Int(shopID) }
        #expect(made.count == 1 && made.first?.note.string?.contains(refund) == true, "refunds of order \(shopID)")
        let movements = made.flatMap { $0.transactions.array }.filter { $0.status.string == "success" }
        let money = movements.reduce(0) { $0 + Self.cents($1.amount.string) }
        #expect(money == Self.cents(goods.refund.amount.string) && money > 0, "money of \(id)")
        let tenders = ledger.tenders.array
        let kept = tenders.reduce(0) { $0 + Self.cents($1.refunded.string) }
        #expect(kept == money, "ledger of order \(shopID)")
        #expect(tenders.allSatisfy { Self.cents($0.pending.string) == 0 }, "pending of order \(shopID)")
        (refunds, given, posted) = (refunds + made.count, given + money, posted + kept)
        expectBooks(id, refund)
    }

    private func expectBooks(_ id: String, _ refund: String) {
        func count(_ collection: JSON, _ externalID: String) -> Int {
            collection.array.count { $0.externalId.string == externalID }
        }
        #expect(count(netSuite.returnAuthorizations, id) == 1, "authorizations of \(id)")
        #expect(count(netSuite.itemReceipts, "\(id)-stock") == 1, "receipts of \(id)")
        #expect(
            count(netSuite.creditMemos, refund) + count(netSuite.cashRefunds, refund) == 1, "credits of \(refund)")
        #expect(labels.array.count { $0.external_shipment_id.string == id } == 1, "labels of \(id)")
        let told = mails.filter { Self.reference(of: $0) == id }
        #expect(Set(told.compactMap(\.message_id.string)).count == told.count, "a mail of \(id) came twice")
    }

    /// What a mail is about, as its header says.
    private static func reference(of mail: JSON) -> String? {
        mail.headers.array.first { $0["name"].string?.lowercased() == "x-entity-ref-id" }?["value"].string
    }

    /// Amounts as the shop and the API write them, with two digits.
    private static func cents(_ text: String?) -> Int {
        Int((text ?? "-").filter { $0 != "." }) ?? -1
    }
}
