import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("Mails about returns", .enabled(if: ReturnsBench.isThere))
struct ReturnNoticeTests {
    private func day(after days: Double) -> String { BusinessDay.text(Date(timeIntervalSinceNow: days * 86_400)) }

    private func mail(_ sent: [Envelope]) throws -> SendEmail {
        try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
    }

    private func remind(_ bench: ReturnsBench, _ id: ReturnID) async throws -> SendEmail {
        try mail(
            await bench.handleAndSend {
                _ = try await RemindOfReturnHandler().handle(RemindOfReturn(returnID: id, number: 1), in: $0)
            }.sent)
    }

    @Test("a reminder says by when the parcel has to be here, and an expiry when it had to")
    func dates() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let today = day(after: 0)
            let reminder = try await remind(bench, id)
            #expect(reminder.template == .returnReminder)
            #expect([day(after: 30), day(after: 29.999)].contains(try #require(reminder.values.texts["date"])))
            let sent = try await bench.handleAndSend {
                _ = try await ReturnsBench.expire(id, in: $0)
                _ = try await WithdrawReturnHandler().handle(WithdrawReturn(returnID: id), in: $0)
            }.sent
            let expiry = try mail(sent)
            #expect(expiry.template == .returnExpired)
            #expect([today, day(after: 0)].contains(try #require(expiry.values.texts["date"])))
            #expect(expiry.values.texts["carrier"] == nil && expiry.values.texts["voided"] == nil)
        }
    }

    @Test("the goods of a claim are reminded of, and expire, as a claim's")
    func claim() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let claim = try await bench.claim()
            let goods = try #require(try await bench.check(claim).outline.returnID)
            try await bench.handle {
                _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: goods), in: $0)
            }
            let reminder = try await remind(bench, goods)
            #expect(reminder.template == .warrantyReminder && reminder.values.texts["date"] != nil)
            #expect(reminder.values.texts["return_number"] == "\(claim)" && reminder.version == "\(goods)-1")
            let sent = try await bench.handleAndSend {
                _ = try await ReturnsBench.expire(goods, in: $0)
                _ = try await WithdrawWarrantyHandler().handle(WithdrawWarranty(warrantyID: claim), in: $0)
            }.sent
            let expiry = try mail(sent)
            #expect(expiry.template == .warrantyExpired && expiry.values.texts["date"] != nil)
        }
    }

    @Test("a request's language goes with its mails, a claim's also with those about its goods")
    func language() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.locale = "fr-CA" }
            let row = try await bench.handle { try await ReturnCase.lock(id, in: $0).row }
            let sent = try await bench.handleAndSend {
                try await ReturnNotice(.returnInReview, of: row).send(in: $0)
            }.sent
            #expect(try mail(sent).locale == "fr-CA")
            try await bench.setTerms()
            let claim = try await bench.claim { $0.locale = "fr" }
            let goods = try #require(try await bench.check(claim).outline.returnID)
            try await bench.handle {
                _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: goods), in: $0)
            }
            #expect(try await remind(bench, goods).locale == "fr")
            #expect(try await bench.handle { try await ReturnCase.lock(goods, in: $0).row.request.locale } == "fr")
        }
    }

    @Test("a label is spoken of as what it is: attached, to be left, or void")
    func labels() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let row = try await bench.handle { try await ReturnCase.lock(id, in: $0).row }
            for isVoided in [false, true] {
                var labelled = row
                labelled.label = ReturnShippingLabel(
                    id: "se-1", carrier: "ups", service: "ground", trackingNumber: "1Z1", country: "US", url: nil,
                    documentID: DocumentID(), isVoided: isVoided)
                let row = labelled
                for (name, isAttached) in [(MailName.returnLabel, true), (.returnCancelled, false)] {
                    let sent = try await bench.handleAndSend { try await ReturnNotice(name, of: row).send(in: $0) }.sent
                    let mail = try mail(sent)
                    let texts = mail.values.texts
                    #expect(!mail.documents.isEmpty == isAttached && (texts["voided"] != nil) == isVoided)
                    #expect(texts["carrier"] == "ups")
                }
            }
        }
    }

    @Test("the label's mail asks for what is to come back and says what need not; a receipt's lists what is here")
    func goods() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            var row = try await bench.handle { try await ReturnCase.lock(id, in: $0).row }
            row.units = [
                .init(lineID: "1", number: 1, sku: "ROBE", title: "Robe", reason: nil, stays: false, state: .received),
                .init(lineID: "1", number: 2, sku: "ROBE", title: "Robe", reason: nil, stays: false),
                .init(lineID: "2", number: 1, sku: "SLIP", title: "Slip", reason: nil, stays: true),
                .init(lineID: "3", number: 1, sku: "CAP", title: "Cap", reason: nil, stays: false, state: .wrongItem),
            ]
            let expected: [(MailName, [MailValues.Line], String?)] = [
                (.returnLabel, [.init(title: "Robe", quantity: 2), .init(title: "Cap", quantity: 1)], "1 × Slip"),
                (.returnReceived, [.init(title: "Robe", quantity: 1)], nil),
            ]
            for (name, lines, kept) in expected {
                let row = row
                let sent = try await bench.handleAndSend { try await ReturnNotice(name, of: row).send(in: $0) }.sent
                let values = try mail(sent).values
                #expect(values.lines == lines && values.texts["kept"] == kept)
            }
        }
    }
}
