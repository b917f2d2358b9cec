import Commerce
import Testing

@Suite("The words of others for a return")
struct ReturnVocabularyTests {
    /// Tickets, automation, Shopify, NetSuite, its code, Loop, AfterShip; the usual word, empty for none.
    static let rows: [(ReturnStatus, [String])] = [
        (.requested, ["return_requested", "", "REQUESTED", "pendingApproval", "A", "open", "submitted"]),
        (.eligibilityCheck, ["eligibility_check", "", "REQUESTED", "pendingApproval", "A", "open", "submitted"]),
        (.inReview, ["in_review", "", "REQUESTED", "pendingApproval", "A", "needs review", "submitted"]),
        (.approved, ["approved", "rma-approved", "OPEN", "pendingReceipt", "B", "open", "approved"]),
        (.labelPending, ["approved", "generating-label", "OPEN", "pendingReceipt", "B", "label new", "approved"]),
        (
            .labelSent,
            ["label_sent", "attached-label-to-zendesk", "OPEN", "pendingReceipt", "B", "pre_transit", "approved"]
        ),
        (.inTransit, ["label_sent", "item-picked", "OPEN", "pendingReceipt", "B", "in_transit", "shipped"]),
        (.received, ["item_received", "arrived-at-warehouse", "OPEN", "pendingRefund", "F", "delivered", "received"]),
        (
            .inspected,
            ["item_received", "condition-updated", "OPEN", "pendingRefund", "F", "open", "receiving.created"]
        ),
        (.refundPending, ["item_received", "", "OPEN", "pendingRefund", "F", "open", ""]),
        (.refunded, ["refunded", "refund-processed", "OPEN", "refunded", "G", "closed", "done"]),
        (.exchanged, ["closed", "", "", "", "", "closed", "exchange.order.created"]),
        (.closed, ["closed", "", "CLOSED", "closed", "H", "closed", "done"]),
        (.rejected, ["rejected", "", "DECLINED", "cancelled", "C", "cancelled", "rejected"]),
        (.cancelled, ["cancelled", "", "CANCELED", "cancelled", "C", "cancelled", ""]),
        (.expired, ["cancelled", "", "CANCELED", "cancelled", "C", "expired", "expired"]),
    ]

    @Test("are those of their pages", arguments: rows)
    func words(status: ReturnStatus, words: [String]) {
        #expect(ReturnVocabulary.allCases.map { $0.words(for: status).first ?? "" } == words)
    }

    @Test("mean what they were written for", arguments: ReturnVocabulary.allCases)
    func backwards(vocabulary: ReturnVocabulary) {
        for status in ReturnStatus.allCases {
            for word in vocabulary.words(for: status) {
                #expect(vocabulary.statuses(for: word).contains(status))
            }
        }
        #expect(vocabulary.statuses(for: "teleported") == [])
    }

    @Test(
        "the condition of goods is a grade",
        arguments: [
            ("good", .a), ("fair", .b), ("poor", .c), ("damaged", .d), ("A", .a), ("D", .d), ("E", nil), ("Good", nil),
        ] as [(String, GoodsGrade?)])
    func grades(condition: String, grade: GoodsGrade?) {
        #expect(GoodsGrade(condition: condition) == grade)
    }

    @Test("a word for several statuses names them all, in the order of a return's life")
    func ambiguous() {
        #expect(ReturnVocabulary.shopify.statuses(for: "CLOSED") == [.refunded, .closed])
        #expect(ReturnVocabulary.netSuiteCode.statuses(for: "D") == [.received])
        #expect(ReturnVocabulary.netSuiteCode.statuses(for: "E") == [.received])
        #expect(ReturnVocabulary.loop.statuses(for: "delivered") == [.received])
        #expect(ReturnVocabulary.tickets.statuses(for: "item_received") == [.received, .inspected, .refundPending])
    }
}
