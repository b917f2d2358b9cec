import Commerce
import Contracts
import Foundation
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Return saga: parcels that are late, lost or here already")
struct ReturnParcelSagaTests {
    private let way = ReturnWay()

    @Test("the customer is reminded after 7 and 21 days, and the return expires after 30")
    func expiry() throws {
        var saga = try way.labelled()
        try saga.advance(by: .days(7))
        #expect(try saga.expect(RemindOfReturn.self).number == 1)
        try saga.reply(to: RemindOfReturn.self, Done())
        try saga.advance(by: .days(14))
        #expect(try saga.expect(RemindOfReturn.self).number == 2)
        try saga.reply(to: RemindOfReturn.self, Done())
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: true))
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.expect(.compensated)
    }

    @Test("a parcel on its way does not expire; one that is lost goes to a person, and may still come")
    func lost() throws {
        var saga = try way.labelled()
        for day in [7, 14] {
            try saga.advance(by: .days(day))
            try saga.reply(to: RemindOfReturn.self, Done())
        }
        try saga.advance(by: .days(9))
        try saga.reply(to: ExpireReturn.self, .init(expired: false))
        try saga.advance(by: .days(21))
        #expect(try saga.expect(ReviewReturn.self).reason.code == Refusal.parcelLost)
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReceived(returnID: way.id))
        try saga.expect(AssessReturn.self)
    }

    @Test("goods that came in while a person decided need no label and are not waited for; older news told nothing")
    func hereInReview() throws {
        for areHere in [true, false, nil] {
            var saga = try way.scenario()
            try saga.reply(
                to: CheckReturn.self, .init(outcome: .inReview, reason: nil, plan: way.plan(cancelsSubscription: true)))
            try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "fine", goodsAreHere: areHere))
            try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
            guard areHere == true else {
                try saga.expect(AnnounceReturn.self)
                continue
            }
            try saga.reply(to: CancelReturnSubscription.self, .init(byUs: true, nextChargeDate: nil))
            try saga.expect(AssessReturn.self)
            #expect(saga.businessStatus == "received")
        }
    }

    @Test("goods that come in while the ERP's refusal is put right need no label either")
    func hereMeanwhile() throws {
        var saga = try way.scenario()
        try saga.reply(to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan()))
        try saga.refuse(AuthorizeReturn.self, "over_returned")
        try saga.reply(to: ReviewReturn.self, Done())
        try saga.deliver(ReturnReceived(returnID: way.id))
        try saga.deliver(ReturnReviewed(returnID: way.id, approved: true, reason: "shipped", goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "71"))
        try saga.expect(AssessReturn.self)
    }

    @Test("called off with the goods here and approved after all, it begins again at the goods")
    func hereAfterCancel() throws {
        var saga = try way.labelled()
        try saga.apply(.cancel)
        try saga.expectCompensation(
            "VoidReturnLabel", "CancelReturnAnnouncement", "CancelReturnAuthorization", "WithdrawReturn")
        try saga.apply(.restart)
        try saga.reply(
            to: CheckReturn.self, .init(outcome: .approved, reason: nil, plan: way.plan(), goodsAreHere: true))
        try saga.reply(to: AuthorizeReturn.self, .init(authorizationID: "72"))
        try saga.reply(to: AssessReturn.self, .init(verdict: .refund))
        try way.requested(&saga)
        try saga.reply(to: SendRefund.self, .init(status: .succeeded))
        try way.finish(&saga)
    }
}
