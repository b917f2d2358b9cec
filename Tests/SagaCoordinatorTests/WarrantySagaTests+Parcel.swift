import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// Undo, reminders, expiry: while the parcel is on its way.
extension WarrantySagaTests {
    @Test("cancelled before receipt, everything is undone in reverse and the customer told last")
    func undo() throws {
        var saga = try labelled()
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawWarranty")
        try saga.expect(.cancelled)
    }

    @Test("the customer is reminded after 7 and 21 days, and the claim expires after 30")
    func expiry() throws {
        var saga = try labelled()
        for (days, number) in [(7, 1), (14, 2)] {
            try saga.advance(by: .days(days))
            #expect(try saga.expect(RemindOfReturn.self).number == number)
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: true))
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawWarranty")
    }

    @Test("a label that took another's place has its own time before the claim expires")
    func replaced() throws {
        var saga = try labelled()
        for days in [7, 14] {
            try saga.advance(by: .days(days))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(
            to: ExpireReturn.self, .init(expired: false, newLabel: .init(id: "se-2", ageSeconds: 10 * 86_400)))
        try saga.expectWait(for: WarrantyReceived.self)
        try saga.advance(by: .days(20))
        #expect(try saga.expect(ExpireReturn.self).labelID == "se-2")
        try saga.reply(to: ExpireReturn.self, .init(expired: true))
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawWarranty")
    }

    @Test("a parcel on its way does not expire; one that is lost goes to a person, and may still come")
    func lost() throws {
        var saga = try labelled()
        for days in [7, 14] {
            try saga.advance(by: .days(days))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: false))
        try saga.advance(by: .days(21))
        #expect(try saga.expect(ReviewWarranty.self).reason.code == Refusal.parcelLost)
        try saga.reply(to: ReviewWarranty.self, Done())
        try saga.advance(by: .days(1))
        try saga.reply(to: EscalateWarranty.self, Done())
        try saga.deliver(WarrantyReceived(warrantyID: id))
        try saga.expectWait(for: WarrantyInspected.self)
    }
}
