import Commerce
import Contracts
import Foundation
import Messaging
import Testing

@testable import Returns
@testable import Views

@Suite("What the customer reads on the ticket")
struct ReturnMessageTextTests {
    private func record(
        _ change: (inout ReturnRecord) throws -> Void = { _ in }
    ) throws -> ReturnRecord {
        let currency = try #require(Currency(code: "USD"))
        let decision = ReturnPolicy.standard(currency: currency).evaluate(
            ReturnFacts(
                now: Date(timeIntervalSince1970: 0), customer: CustomerReturnFacts(),
                order: OrderReturnFacts(currency: currency, lines: []), request: ReturnRequestFacts(lines: [])))
        var record = ReturnRecord(
            id: ReturnID(), orderID: OrderID(), ticketID: nil, sagaID: nil, status: .approved, statusReason: nil,
            resolution: .originalPayment, request: ReturnRequest(orderID: "", lines: []), decision: decision,
            policyVersion: 1, label: nil, externalIDs: [:], refund: nil, reviewDueAt: nil, receivedAt: nil,
            createdAt: Date(timeIntervalSince1970: 0), updatedAt: Date(timeIntervalSince1970: 0))
        record.lines = [
            .init(
                lineID: "1", sku: "ROBE", title: "Silk\nrobe\u{7}", reason: nil,
                units: [
                    .init(number: 1, state: .received, grade: nil, matched: nil, stays: false),
                    .init(number: 2, state: nil, grade: nil, matched: nil, stays: false),
                    .init(number: 3, state: nil, grade: nil, matched: nil, stays: true),
                ])
        ]
        try change(&record)
        return record
    }

    private func text(
        _ message: PostReturnMessage.Message, hasDocument: Bool = false, _ record: ReturnRecord
    ) throws -> String {
        try ReturnMessageText(record: record, orderNumber: "#1001", hasDocument: hasDocument).text(message)
    }

    private let label = ReturnShippingLabel(
        id: "se-1", carrier: "canada_post", service: "expedited", trackingNumber: "1234", country: "CA",
        url: "https://track.example/1234", documentID: nil)

    @Test("the label comes with its number; what stays is named and not asked for, and no title breaks the lines")
    func labelled() throws {
        let record = try record { $0.label = label }
        let text = try text(.label, hasDocument: true, record)
        #expect(text.contains("- 2 × Silk robe\n"))
        #expect(text.contains("\n\nPlease keep: 1 × Silk robe; it need not come back.\n\n"))
        #expect(text.contains("attached") && text.contains("Tracking number: 1234"))
    }

    @Test("where everything comes back, nothing is to be kept", arguments: ["en", "fr"])
    func nothingKept(language: String) throws {
        let words = try #require(ReturnLanguages.all.first { $0.code == language }?.words)
        func text(_ stays: Bool) throws -> String {
            let record = try record { $0.lines[0].units[2].stays = stays }
            return try ReturnMessageText(record: record, orderNumber: "#1001", hasDocument: false, words: words)
                .text(.label)
        }
        #expect(try text(true).contains(words.keep("1 × Silk robe")))
        #expect(try !text(false).contains(language == "fr" ? "garder" : "keep"))
    }

    @Test("a label that took another's place says that the other is not to be used any more")
    func relabelled() throws {
        let words = EnglishReturnWords().leaveOtherLabel
        let first = try record { $0.label = label }
        #expect(try !text(.label, first).contains(words))
        let second = try record { record in
            record.label = label
            record.label?.replaces = "se-0"
        }
        #expect(try text(.label, second).contains(words))
    }

    @Test("no label is spoken of where there is none that could be used", arguments: [true, false])
    func unlabelled(voided: Bool) throws {
        let record = try record { record in
            guard voided else { return }
            record.label = label
            record.label?.isVoided = true
        }
        let text = try text(.label, record)
        #expect(text.contains("approved") && !text.contains("label") && !text.contains("Tracking"))
    }

    @Test("what came in is told, and nothing else")
    func received() throws {
        #expect(try text(.received, record()).contains("- 1 × Silk robe"))
    }

    @Test("a rejection tells what the policy says and what a person does, who may write in paragraphs")
    func rejected() throws {
        let rejection = RejectionWords(reasons: ["Too\nlate."], message: "One.\n\nTwo.\u{7}")
        let text = try ReturnMessageText(
            record: record(), orderNumber: "#1001", hasDocument: false, rejection: rejection
        ).text(.rejected)
        #expect(text.hasSuffix("#1001.\n\nToo late.\n\nOne.\n\nTwo."))
    }

    @Test("money is told once it has arrived, and not before", arguments: RefundStatus.allCases)
    func refunded(status: RefundStatus) throws {
        let currency = try #require(Currency(code: "USD"))
        let record = try record {
            $0.refund = ReturnRefund(
                id: RefundID(), status: status, amount: Money(minorUnits: 6950, currency: currency), error: nil,
                calculation: nil)
        }
        guard status == .succeeded else {
            #expect(throws: Refusal.self) { try text(.refunded, record) }
            return
        }
        #expect(try text(.refunded, record).contains("We have refunded 69.50 USD for the return of order #1001"))
    }

    @Test("a bonus is told where it was given", arguments: [true, false])
    func bonus(isGiven: Bool) throws {
        let currency = try #require(Currency(code: "USD"))
        let record = try record {
            $0.resolution = .storeCredit
            $0.refund = ReturnRefund(
                id: RefundID(), status: .succeeded, amount: Money(minorUnits: 6950, currency: currency), error: nil,
                calculation: nil)
        }
        let bonus = isGiven ? Money(minorUnits: 695, currency: currency) : nil
        let text = try ReturnMessageText(record: record, orderNumber: "#1001", hasDocument: false, bonus: bonus)
            .text(.refunded)
        #expect(text.contains("We have added a bonus of 6.95 USD to your store credit.") == isGiven)
    }

    @Test("what became of the subscription is told with the last word, and nothing where nothing did")
    func subscription() throws {
        let record = try record()
        func told(
            _ change: SubscriptionChange?, with message: PostReturnMessage.Message = .exchanged
        ) throws -> String {
            try ReturnMessageText(record: record, orderNumber: "#1001", hasDocument: false, subscription: change)
                .text(message)
        }
        #expect(try !told(nil).contains("subscription"))
        #expect(try told(.skipped("2026-04-01")).contains("on 2026-04-01 is skipped."))
        #expect(try told(.paused(until: "2027-04-01")).contains("charged again on 2027-04-01."))
        #expect(try told(.cancelled).contains("is cancelled."))
        #expect(try told(.ending).contains("ends with the period"))
        for message in [PostReturnMessage.Message.cancelled, .expired, .rejected, .unrefunded] {
            #expect(try !told(nil, with: message).contains("subscription"))
            #expect(try told(.cancelled, with: message).contains("The subscription of the goods is cancelled."))
        }
    }

    @Test("a review says what of the return is looked at", arguments: ["en", "fr"])
    func reviewed(language: String) throws {
        let words = try #require(ReturnLanguages.all.first { $0.code == language }?.words)
        let record = try record()
        let texts = try [ReviewStage.request, .parcel, .goods].map { stage in
            try ReturnMessageText(
                record: record, orderNumber: "#1001", hasDocument: false, words: words, review: stage
            ).text(.inReview)
        }
        #expect(Set(texts).count == 3 && texts.allSatisfy { $0.contains("#1001") })
    }

    @Test("every message has words in every language, and none is left in another", arguments: ["en", "fr"])
    func worded(language: String) throws {
        let words = try #require(ReturnLanguages.all.first { $0.code == language }?.words)
        let currency = try #require(Currency(code: "USD"))
        let record = try record {
            $0.label = label
            $0.refund = ReturnRefund(
                id: RefundID(), status: .succeeded, amount: Money(minorUnits: 6950, currency: currency), error: nil,
                calculation: nil)
        }
        var texts: Set<String> = []
        for message in PostReturnMessage.Message.allCases {
            let text = try ReturnMessageText(record: record, orderNumber: "#1001", hasDocument: true, words: words)
                .text(message)
            #expect(text.hasPrefix(language == "fr" ? "Bonjour,\n\n" : "Hello,\n\n") && text.contains("#1001"))
            #expect(text.contains(" order ") == (language == "en"))
            texts.insert(text)
        }
        #expect(texts.count == PostReturnMessage.Message.allCases.count)
    }
}
